# For workers only.
"""What is filled in to say who may see one item, and what a carer may be told."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.design.fields import ChoiceField, CodesField, DateField, EmailField, TelField, TextField, TickField
from alongside.design.forms import Form
from alongside.design.words import words
from alongside.safety.choices.codes import ITEM, TOPICS


class ChooseForItem(Form):
    who = ChoiceField(
        label=_("Who may see this?"),
        help_text=_(
            "It counts from the next page on. Whoever wrote something keeps sight of it; you may lose sight of it yourself."
        ),
    )

    def __init__(self, *args: Any, partners: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_name = [(key, _("not %(organisation)s") % {"organisation": name}) for key, name in partners]
        self.fields["who"].choices = [*((one, words(ITEM, one)) for one in ITEM), *by_name]  # type: ignore[attr-defined]  # a ChoiceField, as declared


class WriteDownCarer(Form):
    name = TextField(label=_("What are they called?"), longest=120)
    relationship = TextField(
        label=_("Who are they to them?"),
        help_text=_("For example: sister, carer, a friend they trust."),
        longest=60,
        required=False,
    )
    phone = TelField(label=_("Telephone"), required=False)
    email = EmailField(label=_("E-mail address"), required=False)


class ChooseForCarer(Form):
    topics = CodesField(
        TOPICS,
        label=_("What may they be told?"),
        help_text=_("Ask the person, and tick what they choose. Ask of place and hour last: might anybody wait for them there?"),
        required=False,
    )
    nothing = TickField(label=_("Nothing but general advice"))
    review_on = DateField(
        label=_("On which day do you ask them again?"), help_text=_("At most 180 days ahead. The choice ends then by itself.")
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if "topics" in given and bool(given["topics"]) == bool(given.get("nothing")):
            self.add_error("topics", _("Tick what they chose; or, when they chose nothing, only that."))
        return given

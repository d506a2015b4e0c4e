# For workers only.
"""What a privacy officer fills in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.design.fields import ChoiceField, CodeField, DateField, TextField
from alongside.design.forms import Form
from alongside.safety.watching.codes import FINDINGS, WATCH_REASONS


class SettleLook(Form):
    finding = CodeField(FINDINGS, label=_("What did you find?"))
    words = TextField(
        label=_("In a few words"), help_text=_("Kept here, and not in the journal."), longest=400, lines=3, required=False
    )


class AskFor(Form):
    reference = TextField(label=_("The person's reference"), help_text=_("They have it on paper or in a message."), longest=20)


class LivesAt(Form):
    postcode = TextField(
        label=_("Where they live: the postcode, as they told you"),
        help_text=_("Only to notice a look at a neighbour. Leave it empty to take it back."),
        longest=10,
        required=False,
    )


class BeginWatch(Form):
    reference = TextField(label=_("The person's reference"), longest=20)
    reason = CodeField(WATCH_REASONS, label=_("Why?"))
    words = TextField(
        label=_("In a few words"), help_text=_("Kept here, and not in the journal."), longest=400, lines=3, required=False
    )
    until_on = DateField(label=_("Until which day?"), help_text=_("At most a year ahead."))


class MakeUp(Form):
    name = TextField(label=_("A name that nobody here has"), longest=120)
    born_on = DateField(label=_("Date of birth"))
    postcode = TextField(label=_("Postcode"), longest=10)


class NameWitness(Form):
    organisation = ChoiceField(label=_("Which organisation keeps the end?"), widget=forms.Select)
    address = TextField(label=_("E-mail address"), longest=254, inputmode="email")

    def __init__(self, *args: Any, partners: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = [("", _("Choose")), *partners]  # type: ignore[attr-defined]  # a ChoiceField

"""Forms of the pages that cross stages."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.access.codes import WHY_ASSETS, WHY_OWN_PEOPLE
from alongside.design.fields import ChoiceField, CodeField, CodesField, FileField, NumberField, TextField, TickField
from alongside.design.forms import Form
from alongside.vocabulary.needs import NEEDS
from alongside.vocabulary.ways_of_help import WAYS


class Say(Form):
    words = TextField(label=_("What would you like to add?"), longest=4000, lines=5, required=False)
    worse = TickField(label=_("It has got worse"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("words") and not given.get("worse") and not self.errors:
            self.add_error("words", _("Write something, or tick the box."))
        return given


class HelpWished(Form):
    near = TextField(
        label=_("Near which place? (a town or the first half of a postcode, never a home)"), longest=120, required=False
    )
    wish = CodesField(WAYS, label=_("What do they wish for?"), required=False)


class TakeOut(Form):
    how = ChoiceField(label=_("As what?"))
    reason = CodeField(WHY_OWN_PEOPLE, label=_("What do you need it for?"), help_text=_("It is written down with your name."))

    def __init__(self, *args: Any, kinds: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["how"].choices = kinds  # type: ignore[attr-defined]  # a ChoiceField, as declared


class ChangeRules(Form):
    age_from = NumberField(
        label=_("Youngest age"), help_text=_("Leave it blank when there is none."), largest=120, required=False
    )
    age_to = NumberField(label=_("Oldest age"), help_text=_("Leave it blank when there is none."), largest=120, required=False)
    needs = CodesField(NEEDS, label=_("For which needs is it?"))
    not_with = CodesField(
        NEEDS,
        label=_("With which other needs does it take nobody?"),
        help_text=_("Whoever has one of these as well is not offered it. Best is none."),
        required=False,
    )


class SaveRules(Form):
    reason = TextField(
        label=_("Why is it changed?"), help_text=_("One line. It stands in the history of the entry."), longest=400
    )
    agreed_by = TextField(
        label=_("Who agreed to it?"),
        help_text=_("Needed where somebody would lose: such as the governance group and its day."),
        longest=160,
        required=False,
    )


class TakeAssets(Form):
    how = ChoiceField(label=_("As what?"), choices=[("xlsx", _("a spreadsheet (XLSX)")), ("csv", _("a table (CSV)"))])
    reason = CodeField(WHY_ASSETS, label=_("What do you need it for?"), help_text=_("It is written down with your name."))


class BringAssets(Form):
    file = FileField(
        label=_("The spreadsheet or table"), help_text=_("As it was taken out, or completed: XLSX or CSV."), largest_mb=10
    )

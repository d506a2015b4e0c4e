"""Finding support, keeping entries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alongside.design.fields import ChoiceField, CodeField, TextField
from alongside.design.forms import Form
from alongside.journey.directory.codes import COLUMNS, FEED_KINDS
from alongside.vocabulary.ages import AGE_BANDS
from alongside.vocabulary.needs import NEEDS


class FindSupport(Form):
    words = TextField(label=_("What would help?"), longest=400, required=False)
    near = TextField(
        label=_("Near which place?"), help_text=_("A town, or the first half of a postcode."), longest=120, required=False
    )
    need = CodeField(NEEDS, label=_("For what?"), select=True, blank=_("Anything"), required=False)
    age = CodeField(AGE_BANDS, label=_("For what age?"), select=True, blank=_("Any age"), required=False)


class SomethingWrong(Form):
    words = TextField(label=_("What is wrong here?"), longest=1000, lines=3)


class CloseService(Form):
    instead = ChoiceField(
        label=_("What is there instead?"),
        help_text=_("Whoever looks for this service is led there. Leave it open when nothing is."),
        widget=forms.Select,
        required=False,
    )

    def __init__(self, *args: Any, choices: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["instead"].choices = [("", _("Nothing that we know of")), *choices]  # type: ignore[attr-defined]  # a choice field


class Propose(Form):
    words = TextField(
        label=_("What is proposed?"), help_text=_("One line, such as “A debt adviser at the practice on Mondays.”"), longest=400
    )


class EditFeed(Form):
    name = TextField(
        label=_("What is it called?"),
        help_text=_("Its entries carry this name as their source, so it stays as it is."),
        longest=80,
    )
    kind = CodeField(FEED_KINDS, label=_("What kind of feed is it?"))
    address = TextField(
        label=_("At which web address is it?"),
        help_text=_("Of Open Referral UK the address before “/services”; of a table the address of the file."),
        longest=500,
        inputmode="url",
        spellcheck=False,
    )
    columns = TextField(
        label=_("Which column is what?"),
        help_text=_("One on each line, such as “Service name = name”. Columns that stand here nowhere are left out and named."),
        longest=4000,
        lines=6,
        under=("kind", "csv"),
    )
    licence = TextField(
        label=_("Under which licence may it be used?"),
        help_text=_("As its publisher says, such as “Open Government Licence v3.0”."),
        longest=120,
    )

    def __init__(self, *args: Any, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["name"]

    def clean_columns(self) -> str:
        """Find the first line that is not "column = part"."""
        text: str = self.cleaned_data["columns"]
        for line in filter(str.strip, text.splitlines()):
            column, _equals, what = line.rpartition("=")
            if not column.strip() or what.strip() not in COLUMNS:
                raise ValidationError(
                    _("Write “column = part” on the line “%(line)s”, with a part of the list below."),
                    code="odd_line",
                    params={"line": line.strip()[:80]},
                )
        return text


class SettleCorrection(Form):
    done = TextField(
        label=_("What was done?"),
        help_text=_("One line, such as “The new number stands in the entry.” Leave it blank when it is not so."),
        longest=400,
        required=False,
    )

# For workers only.
"""What is filled in to write an alert, and to end one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.design.fields import ChoiceField, CodeField, DateField, TextField
from alongside.design.forms import Form
from alongside.safety.alerts.codes import BECAUSE, KINDS, LABELS


class WriteAlert(Form):
    instead = ChoiceField(
        label=_("There are five already. Which of them ends with this one?"),
        help_text=_("Five are all that anybody reads when it matters."),
    )
    kind = CodeField(KINDS, label=_("What does it warn of?"))
    words = TextField(
        label=_("What does everybody need to know, and do?"),
        help_text=_("120 letters at most. For example: two meet him together, never at home."),
        longest=120,
        lines=2,
    )
    label = CodeField(LABELS, label=_("Who reads these words?"), initial="open")
    owner = ChoiceField(
        label=_("Whose alert is it?"), help_text=_("They are asked before it ends, and others ask them."), widget=forms.Select
    )
    until_on = DateField(label=_("Until which day?"), help_text=_("At most 180 days ahead. Then it is shown no longer."))

    def __init__(self, *args: Any, owners: list[tuple[str, str]], five: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = owners  # type: ignore[attr-defined]  # a ChoiceField, as declared
        self.fields["instead"].choices = five  # type: ignore[attr-defined]  # as above
        if not five:
            del self.fields["instead"]


class EndAlert(Form):
    because = CodeField(BECAUSE, label=_("Why does it end?"))

"""Finding support, keeping entries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.design.fields import ChoiceField, CodeField, TextField
from alongside.design.forms import Form
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


class SettleCorrection(Form):
    done = TextField(
        label=_("What was done?"),
        help_text=_("One line, such as “The new number stands in the entry.” Leave it blank when it is not so."),
        longest=400,
        required=False,
    )

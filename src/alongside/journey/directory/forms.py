"""Finding support, keeping entries."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from alongside.design.fields import CodeField, TextField
from alongside.design.forms import Form
from alongside.vocabulary.ages import AGE_BANDS
from alongside.vocabulary.needs import NEEDS


class FindSupport(Form):
    words = TextField(label=_("What would help?"), longest=100, required=False)
    near = TextField(
        label=_("Near which place?"), help_text=_("A town, or the first half of a postcode."), longest=120, required=False
    )
    need = CodeField(NEEDS, label=_("For what?"), select=True, blank=_("Anything"), required=False)
    age = CodeField(AGE_BANDS, label=_("For what age?"), select=True, blank=_("Any age"), required=False)


class SomethingWrong(Form):
    words = TextField(label=_("What is wrong here?"), longest=1000, lines=3)


class SettleCorrection(Form):
    done = TextField(
        label=_("What was done?"),
        help_text=_("One line, such as “The new number stands in the entry.” Leave it blank when it is not so."),
        longest=400,
        required=False,
    )

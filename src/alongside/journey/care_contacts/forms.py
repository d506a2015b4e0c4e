# For workers only.
"""The contact log: two taps and a line, and the next date."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from alongside.design.fields import CodeField, DateField, TextField
from alongside.design.forms import Form
from alongside.vocabulary.contact_log import MODES, OUTCOMES


class LogContact(Form):
    outcome = CodeField(OUTCOMES, label=_("What happened?"))
    mode = CodeField(MODES, label=_("If you met: how?"), required=False)
    words = TextField(label=_("One line of what happened"), longest=1000, required=False)
    came_along = TextField(label=_("Who came along?"), longest=160, required=False)
    next_on = DateField(label=_("Next date"), required=False)

"""What somebody writes to open their own page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from alongside.design.fields import TextField
from alongside.design.forms import Form


class Number(Form):
    number = TextField(
        label=_("The six digits that you were given"),
        longest=20,
        inputmode="numeric",
        autocomplete="off",
        width=10,
        error_messages={"required": _("Write the six digits.")},
    )


class WayAndNumber(Form):
    way = TextField(
        label=_("Your e-mail address or mobile number"),
        help_text=_("The one that you chose with us."),
        longest=254,
        autocomplete="off",
        error_messages={"required": _("Write your e-mail address or mobile number.")},
    )
    number = TextField(
        label=_("The six digits that you were given"),
        longest=20,
        inputmode="numeric",
        autocomplete="off",
        width=10,
        error_messages={"required": _("Write the six digits.")},
    )


class CodeThatCame(Form):
    code = TextField(
        label=_("The code that came"),
        longest=20,
        inputmode="numeric",
        autocomplete="one-time-code",
        width=10,
        error_messages={"required": _("Write the code.")},
    )

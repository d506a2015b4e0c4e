# For workers only.
"""The word of a hub lead that nothing is missing any more."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from alongside.design.fields import TickField
from alongside.design.forms import Form


class WrittenAgain(Form):
    ways = TickField(
        label=_("Every change of a way of contact since then has been written again, or asked about"),
        required=True,
        error_messages={"required": _("Tick it when it is so. Until then a number that is no longer safe could be used.")},
    )
    rest = TickField(
        label=_("Everything else that we know of has been written again: who left, who must be kept away, who came in"),
        required=True,
        error_messages={"required": _("Tick it when it is so.")},
    )

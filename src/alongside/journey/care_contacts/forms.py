# For workers only.
"""The contact log: two taps and a line, and the next date; and the receiver's own "we have met"."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.design.fields import CodeField, DateField, MomentField, TextField
from alongside.design.forms import Form
from alongside.journey.care_contacts.commands import VoicemailNotAllowed
from alongside.vocabulary.contact_log import MODES, OUTCOMES


class LogContact(Form):
    outcome = CodeField(OUTCOMES, label=_("What happened?"))
    mode = CodeField(MODES, label=_("How did you meet?"), under=("outcome", "met"))
    words = TextField(label=_("One line of what happened"), longest=1000, required=False)
    came_along = TextField(label=_("Who came along?"), longest=160, required=False)
    next_on = DateField(label=_("Next date"), required=False)

    def __init__(self, *args: Any, voicemail_allowed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if voicemail_allowed:
            return
        outcome: Any = self.fields["outcome"]
        outcome.choices = [pair for pair in outcome.choices if pair[0] != "voicemail"]
        if self.data.get("outcome") == "voicemail":
            outcome.error_messages["invalid_choice"] = VoicemailNotAllowed.message


class WeHaveMet(Form):
    when = MomentField(label=_("When did you meet?"), past_only=True)
    mode = CodeField(MODES, label=_("How did you meet?"))
    words = TextField(label=_("One line of what happened"), longest=1000, required=False)
    came_along = TextField(label=_("Who came along?"), longest=160, required=False)
    next_on = DateField(label=_("Next date"), required=False)

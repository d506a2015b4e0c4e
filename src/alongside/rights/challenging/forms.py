# For workers only.
"""What is filled in when somebody says that something in their record is not right, or is not to be used."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.design.fields import CodeField, DateField, TextField, TickField
from alongside.design.forms import Form
from alongside.safety.codes import CHALLENGES, OUTCOMES

LONGEST = 4_000


class NotRight(Form):
    words = TextField(
        label=_("What do they say?"),
        help_text=_("In their words. From now on they stand beside the item, for everybody who reads it."),
        lines=5,
        longest=LONGEST,
    )
    not_used = TickField(
        label=_("Until it is answered nobody sees this item but who wrote it"),
        help_text=_("Only when they ask for it. Allergies, medicines and alerts stay in sight for their safety."),
    )
    asked_on = DateField(label=_("On which day did they say so?"))


class NotUsed(Form):
    because = CodeField(CHALLENGES, only=("not_allowed", "for_a_claim", "objects"), label=_("Why?"))
    words = TextField(label=_("What do they say?"), help_text=_("In their words."), lines=5, longest=LONGEST)
    asked_on = DateField(label=_("On which day did they say so?"))


class Answer(Form):
    outcome = CodeField(OUTCOMES, label=_("What is the answer?"))
    answer = TextField(
        label=_("What is right, or why it stays"),
        help_text=_("The person reads this, and so does everybody who reads the item."),
        lines=5,
        longest=LONGEST,
    )

    def __init__(self, *args: Any, fits: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"] = CodeField(OUTCOMES, only=tuple(fits), label=_("What is the answer?"))

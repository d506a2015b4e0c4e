"""Introducing somebody, and answering an introduction."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.design.fields import ChoiceField, CodeField, DateField, MomentField, TextField, TickField
from alongside.design.forms import Form
from alongside.journey.directory.queries.flow import weeks_words
from alongside.journey.directory.rules import ROOM_WEEKS
from alongside.journey.handovers.codes import RESULTS
from alongside.vocabulary.handover_answers import ANSWERS, NOT_US


class Introduce(Form):
    receiver = ChoiceField(label=_("To whom?"), widget=forms.Select)
    words = TextField(label=_("In the person's words: what would help?"), longest=4000, lines=4)
    agreed_to_share = TextField(label=_("What they agreed to share"), longest=1000, lines=2, required=False)
    how_to_meet = TextField(label=_("How they like to be met"), longest=400, required=False)
    joint_on = DateField(label=_("Joint call or meeting on"), future_only=True, required=False)
    person_agrees = TickField(label=_("They say yes to this introduction"))

    def __init__(self, *args: Any, receivers: list[tuple[str, list[tuple[str, str]]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["receiver"].choices = [("", _("Choose")), *receivers]  # type: ignore[attr-defined]  # a ChoiceField, as declared


class Answer(Form):
    answer = CodeField(ANSWERS, label=_("Your answer"))
    meet_on = DateField(label=_("When do you meet them?"), future_only=True, under=("answer", "yes"))
    until = DateField(label=_("From when may we ask you again?"), future_only=True, under=("answer", "not_now"))
    reason = CodeField(NOT_US, label=_("Because"), under=("answer", "not_us"))
    words = TextField(label=_("Anything to add"), longest=1000, required=False)


class AnswerByLink(Answer):
    room = ChoiceField(
        label=_("What can you take now?"),
        help_text=_("Whoever looks for help sees it for two weeks, as the word of your service."),
        widget=forms.Select,
        required=False,
    )
    by_name = TextField(label=_("Your name and service"), longest=160)
    code = TextField(label=_("The code you were given separately"), longest=12, inputmode="numeric", autocomplete="one-time-code")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = [(str(weeks), weeks_words(weeks)) for weeks in ROOM_WEEKS]
        self.fields["room"].choices = [("", _("I would rather not say")), *said, ("full", weeks_words(None))]  # type: ignore[attr-defined]  # a ChoiceField, as declared


class WriteDownAnswer(Answer):
    """What a receiver told the giver, in whose words the questions then are."""

    answer = CodeField(ANSWERS, label=_("Their answer"))
    meet_on = DateField(label=_("When do they meet them?"), future_only=True, under=("answer", "yes"))
    until = DateField(label=_("From when may we ask them again?"), future_only=True, under=("answer", "not_now"))
    by_name = TextField(label=_("Who said so?"), longest=160)


class MetAsTold(Form):
    by_name = TextField(label=_("Who told you so?"), longest=160)
    met_at = MomentField(label=_("When did they meet?"), past_only=True)


class MetByLink(Form):
    met_at = MomentField(label=_("When did you meet?"), past_only=True)
    by_name = TextField(label=_("Your name and service"), longest=160)
    code = TextField(label=_("The code you were given separately"), longest=12, inputmode="numeric", autocomplete="one-time-code")


class Signpost(Form):
    ask_on = DateField(label=_("When will you ask how it went?"), future_only=True)


class Result(Form):
    result = CodeField(RESULTS, label=_("How did it go?"))

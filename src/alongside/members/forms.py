# For workers only.
"""Next date, task, change of holder, rest; leave, and the end of a hat."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.design.fields import ChoiceField, CodeField, DateField, TextField, TickField
from alongside.design.forms import Form
from alongside.members.codes import WHY_TAKEN_BACK
from alongside.vocabulary.codes import Code, CodeList
from alongside.vocabulary.rest import WAYS_TO_REST

NEXT_WHAT = CodeList(
    "what is next",
    "ours",
    Code("call", "call", "galwad"),
    Code("meet", "meet", "cwrdd"),
    Code("hello", "say hello", "dweud helo"),
)


class NextDate(Form):
    on = DateField(label=_("Next date"))
    what = CodeField(NEXT_WHAT, label=_("What"), required=False)


class NewTask(Form):
    words = TextField(label=_("What is to be done?"), longest=400)
    due_on = DateField(label=_("By when?"), future_only=True)
    call_back = TickField(label=_("It is a call-back"))


class ChangeHolder(Form):
    holder = ChoiceField(label=_("Who holds them from now?"), widget=forms.Select)
    on = DateField(label=_("Next date"), required=False)
    told = TickField(
        label=_("The person knows who holds them from now"),
        help_text=_("Without this tick, the new holder is asked to tell them."),
    )

    def __init__(self, *args: Any, holders: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder"].choices = holders  # type: ignore[attr-defined]  # a ChoiceField, as declared


class Rest(Form):
    reason = CodeField(WAYS_TO_REST, label=_("Why?"))
    hello_on = DateField(label=_("When do we say hello? (agreed with them; may be blank)"), required=False)
    wants_messages = TickField(label=_("They would like to hear from us meanwhile"))


class TheyHaveDied(Form):
    died_on = DateField(
        label=_("On which day?"), help_text=_("Leave it blank when it is not known."), past_only=True, required=False
    )


class TakeBackDeath(Form):
    reason = CodeField(WHY_TAKEN_BACK, label=_("How did it come to be written down?"))


class ArrangeLeave(Form):
    from_on = DateField(label=_("First day away"), future_only=True)
    until_on = DateField(label=_("Last day away"), future_only=True)
    cover = ChoiceField(
        label=_("Who covers?"), help_text=_("They see everybody whom this worker holds while it lasts."), widget=forms.Select
    )

    def __init__(self, *args: Any, hats: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cover"].choices = [("", _("Choose")), *hats]  # type: ignore[attr-defined]  # a ChoiceField, as declared

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("from_on") and given.get("until_on") and given["until_on"] < given["from_on"]:
            self.add_error("until_on", _("The last day is before the first."))
        return given


class EndHat(Form):
    holder = ChoiceField(label=_("Who holds their people from now?"), widget=forms.Select, required=False)

    def __init__(self, *args: Any, holders: list[tuple[str, str]], is_asked: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder"].choices = [("", _("Choose")), *holders]  # type: ignore[attr-defined]  # as above
        if not is_asked:
            del self.fields["holder"]


class EndTeam(EndHat):
    holder = ChoiceField(label=_("Which team takes over?"), widget=forms.Select, required=False)

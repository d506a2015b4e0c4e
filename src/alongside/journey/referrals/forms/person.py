"""What is asked of a person at the public door, one question a page, worded for whom it is about; nothing is saved here."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alongside.design.fields import (
    DO_THEY,
    MAY_WE,
    ChoiceField,
    CodeField,
    CodesField,
    DateField,
    EmailField,
    TextField,
    TickField,
    YesNoField,
)
from alongside.design.forms import Form
from alongside.design.words import words
from alongside.vocabulary.ages import AGE_BANDS
from alongside.vocabulary.channels import CHANNELS, TALKING_WELL
from alongside.vocabulary.email_address import is_email
from alongside.vocabulary.needs import NEEDS
from alongside.vocabulary.phone import is_callable

CAN_BE_BLANK = _("You can leave this blank and go on.")


class Question(Form):
    """One page of "ask for help". Somebody who asks for another is asked about that one, in other words."""

    title: ClassVar[Any]
    title_for_another: ClassVar[Any] = None
    lead: ClassVar[Any] = ""
    for_another: ClassVar[dict[str, dict[str, Any]]] = {}
    """Field to what is said otherwise of it (label, help_text, needed, choices) when it is for somebody else."""

    def __init__(self, *args: Any, is_for_another: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.heading = (is_for_another and self.title_for_another) or self.title
        for name, said in self.for_another.items() if is_for_another else ():
            field = self.fields[name]
            field.label, field.help_text = said.get("label", field.label), said.get("help_text", field.help_text)
            field.error_messages["required"] = said.get("needed", field.error_messages["required"])
            if "choices" in said and isinstance(field, ChoiceField):
                field.choices = said["choices"]


class Safe(Question):
    title = _("Are you safe right now?")
    title_for_another = _("Are you, and the one you are worried about, safe right now?")
    for_another = {
        "safe": {
            "label": title_for_another,
            "choices": [
                ("yes", pgettext_lazy("Are both of you …?", "Yes")),
                ("no", pgettext_lazy("Are both of you …?", "No, or I am not sure")),
            ],
        }
    }

    safe = ChoiceField(
        label=title,
        help_text=_("If you are not, we show you who can help right now. You can still go on."),
        choices=[("yes", pgettext_lazy("Are you …?", "Yes")), ("no", _("No, or I am not sure"))],
        required=False,
    )


class Who(Question):
    title = _("Who is it for, and how old?")
    for_another = {"age_band": {"label": _("How old are they?")}}

    who = ChoiceField(
        label=_("Who is it for?"),
        choices=[("me", _("Me")), ("someone", _("Somebody I am worried about"))],
        required=False,
        initial="me",
    )
    age_band = CodeField(AGE_BANDS, label=_("How old?"), required=False)
    asked_with = TextField(
        label=_("Who is with you, or helps you with this?"),
        help_text=_("For example: my nan. We tell nobody unless you say so."),
        longest=120,
        required=False,
        under=("age_band", "under_11"),
    )
    """Asked of a child who asks; not of whoever asks for one."""

    def __init__(self, *args: Any, is_for_another: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, is_for_another=is_for_another, **kwargs)
        if is_for_another:
            del self.fields["asked_with"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        return {**given, "asked_with": ""} if given.get("who") == "someone" else given


class AboutYou(Question):
    """Asked only when somebody asks on another's behalf."""

    title = _("About you, who are asking")

    name = TextField(label=_("What shall we call you?"), longest=120)
    relationship = TextField(
        label=_("Who are you to them?"), help_text=_("For example: sister, neighbour, teacher."), longest=60, required=False
    )
    phone = TextField(label=_("Your telephone number"), longest=60, required=False, autocomplete="tel", inputmode="tel")
    email = EmailField(label=_("Your e-mail address"), required=False)
    knows = YesNoField(label=_("Do they know that you are asking?"), answers=DO_THEY, required=False)
    first = ChoiceField(
        label=_("How shall we first reach them?"),
        choices=[("through_me", _("Talk with me first")), ("directly", _("Reach them directly, in the safe way I give next"))],
        required=False,
        initial="through_me",
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not (given.get("phone") or given.get("email")) and not self.errors:
            self.add_error("phone", _("Give a telephone number or an e-mail address, so that we can talk with you."))
        return given


class CallYou(Question):
    title = _("What shall we call you?")
    title_for_another = _("What shall we call them?")
    for_another = {
        "name": {
            "label": title_for_another,
            "help_text": _("Any name they go by."),
            "needed": _("Tell us what to call them."),
        },
        "pronouns": {"label": _("Their pronouns, if you know them")},
    }

    name = TextField(
        label=title,
        help_text=_("Any name you like."),
        longest=120,
        autocomplete="nickname",
        error_messages={"required": _("Tell us what to call you.")},
    )
    pronouns = TextField(label=_("Pronouns, if you wish"), longest=40, required=False)


class Reach(Question):
    """How they can be reached. Whoever asks for another and wants to talk with us first need not say."""

    title = _("How can we reach you safely?")
    title_for_another = _("How can we reach them safely?")
    for_another = {
        "channels": {
            "label": title_for_another,
            "help_text": _("We use only the ways you choose, and we never say what it is about. Choose one or more."),
            "needed": _("Choose at least one way to reach them."),
        }
    }

    channels = CodesField(
        CHANNELS,
        label=title,
        help_text=_("We use only the ways you choose, and we never say what it is about. Choose one or more."),
        error_messages={"required": _("Choose at least one way to reach you.")},
    )

    def __init__(self, *args: Any, through_asker: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if through_asker:
            self.fields["channels"].required = False
            self.fields["channels"].help_text = _("We talk with you first, as you asked. You can leave this blank and go on.")


class ReachDetails(Question):
    """The fields of each way that was chosen: where, when, voicemail, who else might see it; one part for each way."""

    title = _("The safe way to reach you")
    title_for_another = _("The safe way to reach them")

    def __init__(self, *args: Any, channels: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.channels = [channel for channel in CHANNELS if channel in channels]
        for channel in self.channels:
            where, times, others = _WAYS[channel]
            self.fields[f"{channel}_value"] = where()
            if channel == "text" and "call" in self.channels:
                self.fields["text_value"].required = False
                self.fields["text_same"] = TickField(label=_("The same number as for calls"), initial=True)
            self.fields[f"{channel}_times"] = TextField(label=times, longest=120, required=False)
            if channel == "call":
                self.fields["call_voicemail"] = YesNoField(label=_("May we leave a voicemail?"), answers=MAY_WE, required=False)
            self.fields[f"{channel}_others"] = TextField(label=others, longest=200, required=False)

    def parts(self) -> list[tuple[str, list[BoundField]]]:
        """Give each way with its fields, so that a page can head them."""
        return [
            (words(CHANNELS, channel).capitalize(), [self[name] for name in self.fields if name.startswith(f"{channel}_")])
            for channel in self.channels
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        same = given.pop("text_same", False)
        if "text_same" in self.fields and not given.get("text_value") and "text_value" not in self.errors:
            given["text_value"] = given.get("call_value", "") if same else ""
            if not same:
                self.add_error("text_value", _("Write a number, or tick the box."))
        for channel in ("call", "text"):
            number = given.get(f"{channel}_value", "")
            if number and not is_callable(number) and f"{channel}_value" not in self.errors:
                self.add_error(f"{channel}_value", _("Write a telephone number with digits, like 07700 900123."))
        email = given.get("email_value", "")
        if email and not is_email(email):
            self.add_error("email_value", _("Write an e-mail address with an @, like name@example.com."))
        return given


_WAYS = {
    "call": (
        lambda: TextField(label=_("Number to call"), longest=60, autocomplete="tel", inputmode="tel"),
        _("Good times to call"),
        _("Who else might hear it, or see that we called?"),
    ),
    "text": (
        lambda: TextField(label=_("Number to text"), longest=60, autocomplete="tel", inputmode="tel"),
        _("Good times to text"),
        _("Who else might see a text?"),
    ),
    "email": (
        lambda: TextField(label=_("E-mail address"), longest=250, autocomplete="email"),
        _("Good times to write"),
        _("Who else might read an e-mail?"),
    ),
    "letter": (
        lambda: TextField(label=_("Address that is safe for a letter"), longest=250, lines=3),
        _("Good days for a letter to come"),
        _("Who else might open or see a letter?"),
    ),
    "through": (
        lambda: TextField(label=_("Through whom, and how do we reach them?"), longest=250),
        _("Good times to reach them"),
        _("Who else might hear of it?"),
    ),
}
"""For each way: its field, what good times are called, and who else might notice."""


class Words(Question):
    title = _("What is going on?")
    title_for_another = _("What are you worried about?")
    for_another = {
        "words": {
            "label": title_for_another,
            "help_text": _(
                "In your own words. What have you seen or heard? When did it start? You can leave this blank and go on."
            ),
        }
    }

    words = TextField(
        label=title,
        help_text=_(
            "In your own words. A few are enough. What is hardest? When did it start? What has helped before? You can leave this blank and go on."
        ),
        longest=10000,
        lines=8,
        required=False,
    )
    rather_in_person = TickField(label=_("I would rather say it in person"))


class Matters(Question):
    title = _("What matters most right now?")
    title_for_another = _("What do you think matters most to them right now?")
    for_another = {"first": {"label": title_for_another}}

    first = CodeField(
        NEEDS,
        label=title,
        help_text=_("Choose up to three. You need not choose any."),
        select=True,
        blank=_("No choice"),
        required=False,
    )
    second = CodeField(NEEDS, label=_("And after that?"), select=True, blank=_("No choice"), required=False)
    third = CodeField(NEEDS, label=_("And third?"), select=True, blank=_("No choice"), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        chosen: set[str] = set()
        for place in ("first", "second", "third"):
            need = given.get(place)
            if need and need in chosen:
                self.add_error(place, _("You have chosen this already. Choose another one, or nothing."))
            chosen.add(need or "")
        return given


class Talk(Question):
    title = _("What helps us talk well?")
    title_for_another = _("What helps them talk well?")
    for_another = {
        "helps": {"label": title_for_another},
        "other": {"label": _("Anything else, such as the language they speak")},
    }

    helps = CodesField(TALKING_WELL, label=title, help_text=CAN_BE_BLANK, required=False)
    other = TextField(label=_("Anything else, such as the language you speak"), longest=200, required=False)


class KeepAway(Question):
    title = _("Is there anyone in these services who should not see this?")

    words = TextField(
        label=title,
        help_text=_(
            "For example somebody you know who works here. Only the safeguarding lead and whoever holds you will read this. You can leave this blank and go on."
        ),
        longest=400,
        required=False,
    )


class Depends(Question):
    title = _("Does anyone depend on you?")
    title_for_another = _("Does anyone depend on them?")
    lead = CAN_BE_BLANK
    for_another = {
        "children": {"label": _("Children who depend on them")},
        "adults": {"label": _("An adult they care for")},
    }

    children = TextField(
        label=_("Children who depend on you"), help_text=_("For example: two, 4 and 9."), longest=200, required=False
    )
    adults = TextField(label=_("An adult you care for"), longest=200, required=False)


class Details(Question):
    title = _("If you wish, a few details")
    title_for_another = _("If you know them, a few details about them")
    lead = _("None of this is needed to get help.")

    born_on = DateField(label=_("Date of birth"), help_text=_("For example, 27 3 1984."), required=False)
    postcode = TextField(label=_("Postcode"), longest=10, required=False, autocomplete="postal-code")
    gp_practice = TextField(label=_("GP practice"), longest=160, required=False)
    nhs_number = TextField(label=_("NHS number"), longest=30, required=False, inputmode="numeric")


class Send(Form):
    """Check your answers. The field that nobody sees is left empty by people and filled in by machines."""

    website = TextField(label=_("Leave this empty"), longest=400, required=False, widget=forms.HiddenInput)


class ChangeMind(Form):
    words = TextField(label=_("Anything you would like us to know (you need not say)"), longest=1000, lines=3, required=False)

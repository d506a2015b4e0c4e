"""What is asked of a person at the public door, one question a page; nothing is saved here."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.design.fields import ChoiceField, CodeField, CodesField, DateField, EmailField, TextField, TickField, YesNoField
from alongside.design.forms import Form
from alongside.vocabulary.ages import AGE_BANDS
from alongside.vocabulary.arrival import Arrival, AskedBy, PersonAsTold, WayToReach
from alongside.vocabulary.channels import CHANNELS, TALKING_WELL
from alongside.vocabulary.email_address import is_email
from alongside.vocabulary.needs import NEEDS
from alongside.vocabulary.phone import is_callable


class Safe(Form):
    safe = ChoiceField(
        label=_("Are you safe right now?"),
        choices=[("yes", _("Yes")), ("no", _("No, or I am not sure"))],
        required=False,
    )


class Who(Form):
    who = ChoiceField(
        label=_("Who is it for?"),
        choices=[("me", _("Me")), ("someone", _("Somebody I am worried about"))],
        required=False,
        initial="me",
    )
    age_band = CodeField(AGE_BANDS, label=_("How old are they, or you?"), required=False)


class AboutYou(Form):
    """Asked only when somebody asks on another's behalf."""

    name = TextField(label=_("What shall we call you?"), longest=120)
    relationship = TextField(
        label=_("Who are you to them?"), help_text=_("For example: sister, neighbour, teacher."), longest=60, required=False
    )
    phone = TextField(label=_("Your telephone number"), longest=60, required=False, autocomplete="tel", inputmode="tel")
    email = EmailField(label=_("Your e-mail address"), required=False)
    knows = YesNoField(label=_("Do they know that you are asking?"), required=False)
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


class CallYou(Form):
    name = TextField(
        label=_("What shall we call you?"),
        help_text=_("Any name you like. If it is for somebody else, their name."),
        longest=120,
        autocomplete="nickname",
        error_messages={"required": _("Tell us what to call you.")},
    )
    pronouns = TextField(label=_("Pronouns, if you wish"), longest=40, required=False)


class Reach(Form):
    channels = CodesField(
        CHANNELS,
        label=_("How can we reach you safely?"),
        help_text=_("Choose one or more."),
        error_messages={"required": _("Choose at least one way to reach you.")},
    )


class ReachDetails(Form):
    """The fields of each way that was chosen: where, when, voicemail, who else might see it."""

    def __init__(self, *args: Any, channels: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.channels = [channel for channel in CHANNELS if channel in channels]
        for channel in self.channels:
            self.fields[f"{channel}_value"] = _WAYS[channel]()
            self.fields[f"{channel}_times"] = TextField(label=_("Good times"), longest=120, required=False)
            if channel == "call":
                self.fields["call_voicemail"] = YesNoField(label=_("May we leave a voicemail?"), required=False)
            self.fields[f"{channel}_others"] = TextField(label=_("Who else might see or hear it?"), longest=200, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for channel in ("call", "text"):
            number = given.get(f"{channel}_value", "")
            if number and not is_callable(number):
                self.add_error(f"{channel}_value", _("Write a telephone number with digits, like 07700 900123."))
        email = given.get("email_value", "")
        if email and not is_email(email):
            self.add_error("email_value", _("Write an e-mail address with an @, like name@example.com."))
        return given


_WAYS = {
    "call": lambda: TextField(label=_("Number to call"), longest=60, autocomplete="tel", inputmode="tel"),
    "text": lambda: TextField(label=_("Number to text"), longest=60, autocomplete="tel", inputmode="tel"),
    "email": lambda: TextField(label=_("E-mail address"), longest=250, autocomplete="email"),
    "letter": lambda: TextField(label=_("Address that is safe for a letter"), longest=250, lines=3),
    "through": lambda: TextField(label=_("Through whom, and how do we reach them?"), longest=250),
}


class Words(Form):
    words = TextField(
        label=_("What is going on?"),
        help_text=_("In your own words. A few are enough. What is hardest? When did it start? What has helped before?"),
        longest=10000,
        lines=8,
        required=False,
    )
    rather_in_person = TickField(label=_("I would rather say it in person"))


class Matters(Form):
    first = CodeField(NEEDS, label=_("What matters most right now?"), select=True, blank=_("Nothing to choose"), required=False)
    second = CodeField(NEEDS, label=_("And after that?"), select=True, blank=_("Nothing to choose"), required=False)
    third = CodeField(NEEDS, label=_("And after that? (third)"), select=True, blank=_("Nothing to choose"), required=False)


class Talk(Form):
    helps = CodesField(TALKING_WELL, label=_("What helps us talk well?"), required=False)
    other = TextField(label=_("Anything else, such as the language you speak"), longest=200, required=False)


class KeepAway(Form):
    words = TextField(
        label=_("Is there anyone in these services who should not see this?"),
        help_text=_(
            "For example somebody you know who works here. Only the safeguarding lead and whoever holds you will read this."
        ),
        longest=400,
        required=False,
    )


class Depends(Form):
    children = TextField(
        label=_("Children who depend on you"), help_text=_("For example: two, 4 and 9."), longest=200, required=False
    )
    adults = TextField(label=_("An adult you care for"), longest=200, required=False)


class Details(Form):
    born_on = DateField(label=_("Date of birth"), help_text=_("For example, 27 3 1984."), required=False)
    postcode = TextField(label=_("Postcode"), longest=10, required=False, autocomplete="postal-code")
    gp_practice = TextField(label=_("GP practice"), longest=160, required=False)
    nhs_number = TextField(label=_("NHS number"), longest=30, required=False, inputmode="numeric")


class Send(Form):
    """Check your answers. The field that nobody sees is left empty by people and filled in by machines."""

    website = TextField(label=_("Leave this empty"), longest=400, required=False, widget=forms.HiddenInput)


class Say(Form):
    words = TextField(label=_("What would you like to add?"), longest=4000, lines=5, required=False)
    worse = TickField(label=_("It has got worse"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("words") and not given.get("worse") and not self.errors:
            self.add_error("words", _("Write something, or tick the box."))
        return given


class ChangeMind(Form):
    words = TextField(label=_("Anything you would like us to know (you need not say)"), longest=1000, required=False)


def arrival_from(answers: dict[str, Any], *, suspected_spam: bool) -> Arrival:
    """Turn the answers of a draft (as kept: step to cleaned values) into what every door hands in."""
    who, about, reach = answers.get("who", {}), answers.get("about-you", {}), answers.get("reach-details", {})
    for_another = who.get("who") == "someone"
    words, details, talk = answers.get("words", {}), answers.get("details", {}), answers.get("talk", {})
    helps = talk.get("helps") or []
    written = words.get("words", "") or ("I would rather say it in person." if words.get("rather_in_person") else "")
    depends = answers.get("depends", {})
    person = PersonAsTold(
        chosen_name=answers.get("name", {}).get("name", ""),
        pronouns=answers.get("name", {}).get("pronouns", ""),
        ways=tuple(ways_from(reach, answers.get("reach", {}).get("channels") or [])),
        age_band=who.get("age_band", ""),
        language="cy" if "welsh" in helps else "en",
        spoken_language=talk.get("other", "")[:40],
        interpreter="interpreter" in helps,
        communication=tuple((code, "") for code in helps) + ((("other", talk["other"]),) if talk.get("other") else ()),
        dependants=tuple((kind, depends[key]) for kind, key in (("child", "children"), ("adult", "adults")) if depends.get(key)),
        born_on=date.fromisoformat(details["born_on"]) if details.get("born_on") else None,
        postcode=details.get("postcode", ""),
        gp_practice=details.get("gp_practice", ""),
        nhs_number=details.get("nhs_number", ""),
    )
    ranked = [answers.get("matters", {}).get(place) for place in ("first", "second", "third")]
    return Arrival(
        person=person,
        door="someone_worried" if for_another else "self",
        words=written,
        whose_words="carer" if for_another else "person",
        needs=tuple(dict.fromkeys(need for need in ranked if need)),
        not_safe_now=answers.get("safe", {}).get("safe") == "no",
        knows=about.get("knows") if for_another else True,
        agrees=about.get("knows") if for_another else True,
        exclusion=answers.get("keep-away", {}).get("words", ""),
        asked_by=AskedBy(
            name=about.get("name", ""),
            relationship=about.get("relationship", ""),
            phone=about.get("phone", ""),
            email=about.get("email", ""),
            reach_through_them_first=about.get("first") == "through_me",
        )
        if for_another
        else None,
        suspected_spam=suspected_spam,
    )


def ways_from(details: dict[str, Any], channels: list[str]) -> list[WayToReach]:
    return [
        WayToReach(
            channel=channel,
            value=details[f"{channel}_value"],
            voicemail=bool(details.get("call_voicemail")) if channel == "call" else False,
            good_times=details.get(f"{channel}_times", ""),
            who_else=details.get(f"{channel}_others", ""),
            whose=details[f"{channel}_value"][:120] if channel == "through" else "",
        )
        for channel in channels
        if details.get(f"{channel}_value")
    ]

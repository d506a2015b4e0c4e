"""The whole of "ask for help": which questions apply, what was answered, what is missing, and what it hands in at the door."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from alongside.design.fields import DateField, TickField, YesNoField
from alongside.design.words import day
from alongside.journey.referrals.forms import person as forms
from alongside.vocabulary.arrival import Arrival, AskedBy, PersonAsTold, WayToReach

STEPS: dict[str, type[forms.Question]] = {
    "safe": forms.Safe,
    "who": forms.Who,
    "about-you": forms.AboutYou,
    "name": forms.CallYou,
    "reach": forms.Reach,
    "reach-details": forms.ReachDetails,
    "words": forms.Words,
    "matters": forms.Matters,
    "talk": forms.Talk,
    "keep-away": forms.KeepAway,
    "depends": forms.Depends,
    "details": forms.Details,
}
Answers = dict[str, Any]
"""Step to its cleaned values, as a draft keeps them."""


class Said(NamedTuple):
    """One question with its answer in words."""

    step: str
    question: str
    answer: str


def is_for_another(answers: Answers) -> bool:
    """Tell whether somebody asks on another's behalf."""
    return bool(answers.get("who", {}).get("who") == "someone")


def goes_through_asker(answers: Answers) -> bool:
    """Tell whether whoever asks for another wants to be talked with first."""
    return is_for_another(answers) and answers.get("about-you", {}).get("first") == "through_me"


def order(answers: Answers) -> list[str]:
    """List the questions that apply: about the asker only when it is for another, details only of the ways chosen."""
    left_out = set()
    if not is_for_another(answers):
        left_out.add("about-you")
    if not answers.get("reach", {}).get("channels"):
        left_out.add("reach-details")
    return [step for step in STEPS if step not in left_out]


def form_of(step: str, answers: Answers, data: Any = None) -> forms.Question:
    """Give the form of one question, worded for whom it is about, with what was answered before."""
    more: dict[str, Any] = {"is_for_another": is_for_another(answers)}
    if step == "reach":
        more["through_asker"] = goes_through_asker(answers)
    if step == "reach-details":
        more["channels"] = answers.get("reach", {}).get("channels", [])
    return STEPS[step](data, initial=answers.get(step), **more)


def name_in(answers: Answers) -> str:
    """Give what they want to be called, as far as it was said."""
    return str(answers.get("name", {}).get("name", ""))


def reached_by(answers: Answers) -> list[tuple[str, str]]:
    """List (channel, where) of every way that was given: to the person, and to whoever asks for them."""
    details, about = answers.get("reach-details", {}), answers.get("about-you", {}) if is_for_another(answers) else {}
    ways = [(way.channel, way.value) for way in ways_from(details, answers.get("reach", {}).get("channels") or [])]
    asker = (("call", about.get("phone", "")), ("email", about.get("email", "")))
    return ways + [(channel, value) for channel, value in asker if value]


def can_be_heard(answers: Answers) -> bool:
    """Tell whether there are a name and a way to reach somebody, the person or whoever asks for them."""
    return bool(name_in(answers) and reached_by(answers))


def missing(answers: Answers) -> str:
    """Say what is still needed before it can be sent, or nothing."""
    for_another = is_for_another(answers)
    if not name_in(answers):
        return _("Tell us what to call them.") if for_another else _("Tell us what to call you.")
    own = ways_from(answers.get("reach-details", {}), answers.get("reach", {}).get("channels") or [])
    if own or (goes_through_asker(answers) and reached_by(answers)):
        return ""
    if for_another:
        return _("Tell us one way to reach them, or that we talk with you first.")
    return _("Tell us one way to reach you.")


def known_to_duty(answers: Answers) -> tuple[str, ...]:
    """List the questions answered so far that the duty team reads; who should not see this is read by nobody there."""
    return tuple(step for step in STEPS if step in answers and step != "keep-away")


def said(answers: Answers, *, steps: tuple[str, ...] = tuple(STEPS)) -> list[Said]:
    """List every answer with its question, in words: a "no" is an answer; a page without any is one line, left blank."""
    found: list[Said] = []
    for step in order(answers):
        if step not in steps:
            continue
        form, given = form_of(step, answers), answers.get(step, {})
        rows = [Said(step, str(field.label), _spoken(field, given.get(name))) for name, field in form.fields.items()]
        answered = [row for row in rows if row.answer]
        found += answered or [Said(step, str(form.heading), _("Left blank"))]
    return found


def _spoken(field: Any, value: Any) -> str:
    choices: dict[Any, str] = {key: str(text) for key, text in getattr(field, "choices", None) or ()}
    if isinstance(field, YesNoField):
        return "" if value is None else choices["yes" if value else "no"]
    if isinstance(field, TickField):
        return _("Yes") if value else ""
    if isinstance(field, DateField):
        return day(date.fromisoformat(value)) if value else ""
    if isinstance(value, list):
        return ", ".join(choices.get(one, str(one)) for one in value)
    return choices.get(value, str(value)) if value else ""


def arrival_from(answers: Answers, *, suspected_spam: bool) -> Arrival:
    """Turn the answers of a draft (as kept: step to cleaned values) into what every door hands in."""
    who, about, reach = answers.get("who", {}), answers.get("about-you", {}), answers.get("reach-details", {})
    for_another = is_for_another(answers)
    ways = ways_from(reach, answers.get("reach", {}).get("channels") or [])
    words, details, talk = answers.get("words", {}), answers.get("details", {}), answers.get("talk", {})
    helps = talk.get("helps") or []
    written = words.get("words", "") or ("I would rather say it in person." if words.get("rather_in_person") else "")
    depends = answers.get("depends", {})
    person = PersonAsTold(
        chosen_name=answers.get("name", {}).get("name", ""),
        pronouns=answers.get("name", {}).get("pronouns", ""),
        ways=(*_through_asker(about), *ways) if goes_through_asker(answers) else tuple(ways),
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
        asked_with=who.get("asked_with", "") if who.get("age_band") == "under_11" and not for_another else "",
        suspected_spam=suspected_spam,
    )


def _through_asker(about: dict[str, Any]) -> tuple[WayToReach, ...]:
    """Give the first way to reach somebody whose asker wants to be talked with first; a machine never writes by it."""
    reached = about.get("phone") or about.get("email")
    if not reached:
        return ()
    name = about.get("name", "")
    who = f"{name} ({about['relationship']})" if about.get("relationship") else name
    return (WayToReach("through", f"{who}, {reached}"[:250], whose=name[:120]),)


def ways_from(details: dict[str, Any], channels: list[str]) -> list[WayToReach]:
    """Turn the answers about each way that was chosen into what every door hands in."""
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

"""Every kind of record in the words of a copy for the person: a heading, a moment, and lines of what stands there.

A kind that is missing here is an error when a copy is made and in the tests, so that nothing new is left out in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.access.records import PersonRecord
from alongside.design.words import day, moment, words
from alongside.hubs.models import Hat
from alongside.hubs.words import hat_words
from alongside.journey.handovers.codes import RESULTS, STATUS
from alongside.journey.handovers.queries import receiver_words, wish_words
from alongside.members.codes import TASKS
from alongside.messages.wording import NAMES
from alongside.people.codes import WHY_AGAIN
from alongside.rights.codes import WHOSE_WORD, WHOSE_WORDS
from alongside.safety.alerts.codes import KINDS as ALERTS
from alongside.safety.choices.codes import TOPICS
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.channels import CHANNELS
from alongside.vocabulary.clock import local
from alongside.vocabulary.contact_log import MODES, OUTCOMES
from alongside.vocabulary.domains import DOMAINS, EVERYDAY, FORMULATION, NEXT_STEPS, RISK_PROMPTS
from alongside.vocabulary.doors import DOORS
from alongside.vocabulary.levels import LEVELS
from alongside.vocabulary.needs import NEEDS
from alongside.vocabulary.urgency import URGENCY

Lines = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Written:
    """One item as it is written in a copy."""

    heading: str
    at: datetime | date | None
    """When; what has no moment of its own stands at the end of its part."""
    lines: tuple[tuple[str, str], ...]

    @property
    def on(self) -> date | None:
        """Give the day, so that days and moments stand in one order."""
        return local(self.at).date() if isinstance(self.at, datetime) else self.at

    @property
    def when(self) -> str:
        """Say when."""
        return moment(self.at) if isinstance(self.at, datetime) else day(self.at)


def write(record: PersonRecord, actor: Actor) -> Written:
    """Say one record in words. In: who reads it out, so that a partner that keeps its own notes is not named (KeyError: a kind
    that nobody has written down here)."""
    heading, at, lines = KINDS[record._meta.label](record, actor)
    return Written(str(heading), at, tuple((str(label), str(said)) for label, said in lines if said not in ("", None)))


def _by(hat: Hat | None, actor: Actor) -> tuple[str, str]:
    return (_("Written down by"), hat_words(hat, actor) if hat else "")


def _story(one: Any, actor: Actor) -> tuple[str, Any, Lines]:
    about = words(DOMAINS, one.domain) if one.domain in DOMAINS else _("asking for help")
    files = [(_("Attached: a picture or paper; ask us for it"), file.caption or day(file.at)) for file in one.attachments.all()]
    return about.capitalize(), one.at, [(words(WHOSE_WORDS, one.whose_words), one.words), *files, _by(one.written_by, actor)]


def _referral(one: Any, actor: Actor) -> tuple[str, Any, Lines]:
    by = ", ".join(part for part in (one.source_name, one.source_organisation.name if one.source_organisation else "") if part)
    return _("How you came to us"), one.received_at, [
        (_("By which door"), words(DOORS, one.door)),
        (_("Who asked"), by),
        (words(WHOSE_WORDS, one.whose_words), one.words),
        (_("What was asked for"), one.wants),
        (_("What was agreed would happen next"), one.agreed_next),
        (_("What mattered"), ", ".join(words(NEEDS, code) for code in one.needs if isinstance(code, str))),
        (_("How urgent"), words(URGENCY, one.urgency)),
        (_("Reference"), one.reference),
    ]  # fmt: skip


def _decision(one: Any, actor: Actor) -> tuple[str, Any, Lines]:
    return _("What we decided when you came to us"), one.at, [
        (_("How urgent"), words(URGENCY, one.urgency)),
        (_("Level of support"), words(LEVELS, one.level) if one.level is not None else ""),
        *((words(RISK_PROMPTS, code).capitalize(), said) for code, said in one.risk.items()),
        (_("Why"), one.why),
        _by(one.by, actor),
    ]  # fmt: skip


def _call(one: Any, actor: Actor) -> tuple[str, Any, Lines]:
    taken = f"{one.taken_by_name}, {moment(one.taken_at)}" if one.taken_at else ""
    return (
        _("A call because you may not have been safe"),
        one.opened_at,
        [(_("Who called"), taken), (_("How it went"), one.outcome)],
    )


def _conversation(one: Any, actor: Actor) -> tuple[str, Any, Lines]:
    lines: Lines = []
    for version in one.versions.all():
        said = [(_part(code), text) for code, text in _texts(version.parts)]
        lines += [(_("Saved"), f"{moment(version.at)}, {hat_words(version.by, actor)}"), *said] if said else []
    return _("The conversation"), one.begun_at, lines


def _texts(parts: dict[str, Any]) -> Iterable[tuple[str, str]]:
    for code, said in parts.items():
        if isinstance(said, dict):
            yield from _texts(said)
        elif said:
            yield code, str(said)


def _part(code: str) -> str:
    for codes in (DOMAINS, EVERYDAY, FORMULATION, NEXT_STEPS, NEEDS):
        if code in codes:
            return words(codes, code).capitalize()
    return code.replace("_", " ").capitalize()


def _need(one: Any, actor: Actor) -> tuple[str, Any, Lines]:
    return _("What matters most"), one.until_at, [
        (_("In your order"), str(one.rank)), (_("What it is"), words(NEEDS, one.code)), (_("In your words"), one.words),
    ]  # fmt: skip


def _handover(one: Any, actor: Actor) -> tuple[str, Any, Lines]:
    return _("An introduction"), one.offered_at, [
        (_("To whom"), receiver_words(actor, one)),
        (_("In your words"), one.words),
        (_("What you agreed to share"), one.agreed_to_share),
        (_("How you like to be met"), one.how_to_meet),
        (_("What you wished for"), wish_words(one)),
        (_("How many services you were shown"), str(len(one.shown) or "")),
        (_("Where it stands"), words(STATUS, one.status)),
        (_("Met"), day(one.met_at)),
        (_("Who introduced you"), hat_words(one.offered_by, actor)),
    ]  # fmt: skip


def _signpost(one: Any, actor: Actor) -> tuple[str, Any, Lines]:
    return _("A service you were told of"), one.given_at, [
        (_("Which"), one.service.name), (_("What you wished for"), wish_words(one)),
        (_("How many services you were shown"), str(len(one.shown) or "")), (_("How it went"), words(RESULTS, one.result)), (_("Who told you"), hat_words(one.given_by, actor)),
    ]  # fmt: skip


def _contact(one: Any, actor: Actor) -> tuple[str, Any, Lines]:
    return _("A meeting or call"), one.at, [
        (_("How it was"), words(OUTCOMES, one.outcome)),
        (_("How we met"), words(MODES, one.mode)),
        (_("Who came along"), one.came_along),
        (_("What happened"), one.words),
        _by(one.hat, actor),
    ]  # fmt: skip


def _task(one: Any, actor: Actor) -> tuple[str, Any, Lines]:
    return _("Something to be done for you"), one.made_at, [
        (_("What"), one.words or words(TASKS, one.what)), (_("By when"), day(one.due_on)), (_("Done"), day(one.done_at)),
    ]  # fmt: skip


def _invitation(one: Any, actor: Actor) -> tuple[str, Any, Lines]:
    return _("An invitation"), one.invited_at, [
        (_("How"), words(CHANNELS, one.how)), (_("For which day"), day(one.for_on)), (_("Answered"), day(one.answered_at)),
    ]  # fmt: skip


def _message(one: Any, actor: Actor) -> tuple[str, Any, Lines]:
    return _("A message"), one.made_at, [
        (_("What"), words(NAMES, one.template)), (_("How"), words(CHANNELS, one.channel)), (_("Sent"), day(one.sent_at)),
    ]  # fmt: skip


def _dependant(one: Any, actor: Actor) -> tuple[str, Any, Lines]:
    kind = _("children") if one.kind == "child" else _("an adult they care for")
    return _("Somebody who depends on you"), None, [(_("Who"), kind), (_("In your words"), one.words)]


def _related(one: Any, actor: Actor) -> tuple[str, Any, Lines]:
    """Their name and who they are to the person; how they are reached is theirs."""
    return _("Somebody around you"), None, [(_("Name"), one.name), (_("Who they are to you"), one.relationship)]


def _as_told(heading: Any) -> Callable[[Any, Actor], tuple[str, Any, Lines]]:
    def said(one: Any, actor: Actor) -> tuple[str, Any, Lines]:
        return str(heading), one.at, [
            (_("What was told"), one.words), (_("Whose word it is"), words(WHOSE_WORD, one.source)),
            (_("No longer so since"), day(one.until_at)), _by(one.written_by, actor),
        ]  # fmt: skip

    return said


def _alert(one: Any, actor: Actor) -> tuple[str, Any, Lines]:
    return _("Something that everybody near you is told at once"), one.from_at, [
        (_("What it is"), words(ALERTS, one.kind)),
        (_("What it says"), one.words),
        (_("Shown until"), day(one.ended_at or one.until_at)),
        _by(one.written_by, actor),
    ]  # fmt: skip


def _carer_choice(one: Any, actor: Actor) -> tuple[str, Any, Lines]:
    told = ", ".join(words(TOPICS, code) for code in one.topics) or _("nothing")
    return _("What you chose that a carer may be told"), one.written_at, [
        (_("Who"), one.carer.name),
        (_("What they may be told"), told),
        (_("Until"), day(one.ended_at) or day(one.review_on)),
        _by(one.written_by, actor),
    ]  # fmt: skip


def _asked_again(one: Any, actor: Actor) -> tuple[str, Any, Lines]:
    about = words(DOMAINS, one.topic) if one.topic in DOMAINS else one.topic
    return _("A question that was asked again"), one.at, [(_("About"), about), (_("Why"), words(WHY_AGAIN, one.reason))]


KINDS: dict[str, Callable[[Any, Actor], tuple[str, Any, Lines]]] = {
    "people.StoryEntry": _story,
    "people.AskedAgain": _asked_again,
    "people.Dependant": _dependant,
    "people.RelatedPerson": _related,
    "people.Allergy": _as_told(gettext_lazy("An allergy")),
    "people.Medicine": _as_told(gettext_lazy("A medicine")),
    "referrals.Referral": _referral,
    "referrals.TriageDecision": _decision,
    "referrals.CrisisCall": _call,
    "assessments.Assessment": _conversation,
    "assessments.Need": _need,
    "handovers.Handover": _handover,
    "handovers.Signpost": _signpost,
    "care_contacts.CareContact": _contact,
    "members.Task": _task,
    "members.Invitation": _invitation,
    "messages.Message": _message,
    "safety.Alert": _alert,
    "safety.CarerChoice": _carer_choice,
}
"""Every kind of record about a person but those of the vault, which stand in no copy (a test compares it with the tables)."""

READ_WITH: dict[str, tuple[str, ...]] = {
    "people.StoryEntry": ("written_by__worker", "written_by__organisation"),
    "people.Allergy": ("written_by__worker", "written_by__organisation"),
    "people.Medicine": ("written_by__worker", "written_by__organisation"),
    "referrals.Referral": ("source_organisation",),
    "referrals.TriageDecision": ("by__worker", "by__organisation"),
    "handovers.Handover": ("person", "to_team__organisation", "to_service", "offered_by__worker", "offered_by__organisation"),
    "handovers.Signpost": ("service", "given_by__worker", "given_by__organisation"),
    "care_contacts.CareContact": ("hat__worker", "hat__organisation"),
    "safety.Alert": ("written_by__worker", "written_by__organisation"),
    "safety.CarerChoice": ("carer", "written_by__worker", "written_by__organisation"),
}
"""What is read with each, so that a long record costs as many statements as a short one."""
ALSO_READ: dict[str, tuple[str, ...]] = {
    "people.StoryEntry": ("attachments",),
    "assessments.Assessment": ("versions__by__worker", "versions__by__organisation"),
}

"""Reads of introductions: both ways, of one person, and those that wait too long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from alongside.access.actors import worker_actor
from alongside.access.policy import has_relationship, visible_to
from alongside.design.words import day, moment, words
from alongside.hubs.models import Hat
from alongside.hubs.queries import live, teams_in_hub
from alongside.journey.directory.queries.entries import services_to_choose
from alongside.journey.directory.queries.matching import EarlierAnswer
from alongside.journey.handovers.models import Handover, Signpost
from alongside.journey.handovers.policies import may_say_met
from alongside.journey.handovers.rules import may_answer, may_meet
from alongside.messages.rules import Asked
from alongside.reads import Read, read
from alongside.refusals import NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.handover_answers import NOT_US
from alongside.vocabulary.reference import fingerprint

_NEAR = (
    "person",
    "to_team",
    "to_service",
    "offered_by__worker",
    "offered_by__organisation",
    "accepted_by__worker",
    "answered_by__worker",
)
_SAYING = ("introduced_by__worker", "met_written_by__worker", "confirmed_by__worker", "disputed_by__worker", "settled_by__worker")


def get_handover(actor: Actor, handover_id: UUID) -> Handover:
    """Get one introduction within reach."""
    found = (
        visible_to(actor, Handover.objects.filter(public_id=handover_id)).select_related(*_NEAR, *_SAYING, "link_message").first()
    )
    if found is None:
        raise NotFound
    return found


def lock_handover(actor: Actor, handover_id: UUID, *, at: datetime) -> Handover:
    """Get one introduction within reach, under a lock: accepting and meeting are for one worker at a time."""
    locked = Handover.objects.select_for_update(of=("self",)).select_related("person").filter(public_id=handover_id)
    found = visible_to(actor, locked, at=at).first()
    if found is None:
        raise NotFound
    return found


def lock_by_link(token: str) -> Handover:
    """Get, under a lock, the introduction that a one-time link is about."""
    found = _by_link(token).select_for_update(of=("self",)).first()
    if found is None:
        raise NotFound
    return found


def asked_by_link(token: str) -> str:
    """Tell what a link asks for now: "answer", "met", or "" when all is said; nothing about the introduction is told.

    Refuses: NotFound for a link that is unknown or has been replaced.
    """
    found = _by_link(token).first()
    if found is None:
        raise NotFound
    if may_answer(found.facts):
        return "answer"
    return "met" if may_meet(found.facts) else ""


def _by_link(token: str) -> QuerySet[Handover]:
    found = Handover.objects.filter(link_fingerprint=fingerprint(token) if 20 <= len(token) <= 80 else "")
    return found.select_related("person")


def how_asked(message_id: int, at: datetime) -> Asked:
    """Say how an introduction stands when the e-mail with its one-time link is about to leave, for the gate of messages.

    Empty: it is not current when another link has taken its place.
    """
    found = Handover.objects.select_related("person", "to_service").filter(link_message_id=message_id).first()
    if found is None:
        return Asked(agreed=False, is_open=False, is_current=False)
    return Asked(
        agreed=found.person_agrees,
        is_open=found.to_service is not None and found.to_service.closed_at is None,
        is_current=may_answer(found.facts),
        hat_id=giver_near(found, at),
    )


def giver_near(handover: Handover, at: datetime) -> int | None:
    """Give the giver's hat while it works here and may see the person; None when what is to be done is the holder's."""
    giver = worker_actor(handover.offered_by_id, user_id=None, at=at)
    return giver.hat_id if giver and has_relationship(giver, handover.person_id, at=at) else None


def waiting_for_an_answer() -> QuerySet[Handover]:
    """Give the introductions that still wait for an answer, by the index of what is not settled: not of somebody who has died."""
    return Handover.objects.filter(
        answer__in=["", "not_now"], accepted_at__isnull=True, settled_at__isnull=True, person__death_written_at__isnull=True
    )


def _accepted() -> QuerySet[Handover]:
    """Give the introductions that were said yes to and wait for the two to meet: not of somebody who has died."""
    return Handover.objects.filter(
        accepted_at__isnull=False, met_at__isnull=True, settled_at__isnull=True, person__death_written_at__isnull=True
    )


def _who_said_yes_has_left(at: datetime) -> Q:
    return Q(accepted_by__isnull=False) & ~live(at, "accepted_by__")


def said_yes_and_not_met(hub_id: int, today: date) -> QuerySet[Handover]:
    """Give a hub's introductions that were said yes to, and whose day to meet has passed."""
    return _accepted().filter(hub_id=hub_id, meet_by__lt=today)


def said_yes_and_left(hub_id: int, at: datetime) -> QuerySet[Handover]:
    """Give a hub's introductions that were said yes to by somebody who has left, whatever the day: nobody comes on it."""
    return _accepted().filter(_who_said_yes_has_left(at), hub_id=hub_id)


def still_to_be_met(person_id: int) -> list[Handover]:
    """List the introductions of a person to a team that were offered and neither met nor answered "not us"."""
    found = Handover.objects.filter(person_id=person_id, met_at__isnull=True, to_team__isnull=False)
    return list(found.exclude(answer="not_us").order_by("pk"))


def introductions_to_answer(actor: Actor) -> Read[Handover]:
    """List the introductions that wait for an answer from the actor's teams, oldest first."""
    return read(_to_answer, actor=actor)


def _to_answer(actor: Actor, at: datetime) -> QuerySet[Handover]:
    found = visible_to(actor, waiting_for_an_answer().filter(to_team_id__in=actor.team_ids), at=at)
    return found.select_related(*_NEAR).order_by("offered_at")[:100]


def introductions_received(actor: Actor) -> list[Handover]:
    """List what the actor's teams have accepted and not settled yet."""
    found = visible_to(
        actor, Handover.objects.filter(to_team_id__in=actor.team_ids, accepted_at__isnull=False, settled_at__isnull=True)
    )
    return list(found.select_related(*_NEAR).order_by("offered_at")[:100])


def introductions_given(actor: Actor) -> list[Handover]:
    """List what this hat has offered and is not settled yet, "not us" included until something else is offered."""
    found = visible_to(actor, Handover.objects.filter(offered_by_id=actor.hat_id, settled_at__isnull=True))
    return list(found.select_related(*_NEAR).order_by("offered_at")[:100])


def introductions_of(actor: Actor, person_id: int) -> Read[Handover]:
    """List a person's introductions within reach, newest first."""
    return read(_introductions, actor=actor, person_id=person_id)


def _introductions(actor: Actor, person_id: int, at: datetime) -> QuerySet[Handover]:
    found = visible_to(actor, Handover.objects.filter(person_id=person_id), at=at)
    near = ("person", "to_team", "to_service", "offered_by__worker", "offered_by__organisation", "answered_by__worker")
    return found.select_related(*near, *_SAYING).order_by("-offered_at", "-pk")[:50]


def signposts_of(actor: Actor, person_id: int) -> Read[Signpost]:
    """List a person's signposts within reach, newest first."""
    return read(_signposts, actor=actor, person_id=person_id)


def _signposts(actor: Actor, person_id: int, at: datetime) -> QuerySet[Signpost]:
    found = visible_to(actor, Signpost.objects.filter(person_id=person_id), at=at)
    return found.select_related("service", "given_by__worker").order_by("-given_at", "-pk")[:50]


class LateIntroduction(NamedTuple):
    """An introduction of this hat, or to its team, that waits for somebody to do something about it."""

    handover_id: UUID
    person_key: int
    name: str
    answer_by: date
    meet_by: date | None
    """The last day to meet, once it was said yes to."""
    given_by: int
    accepted_by: int | None
    team: str | None
    service: str | None

    @property
    def receiver(self) -> str:
        """Name the service or team that was asked."""
        return self.service or self.team or ""

    @property
    def due_on(self) -> date:
        """Give the day that has passed, or is to come while whoever said yes has left: of the meeting, or of the answer."""
        return self.meet_by or self.answer_by


def late_introductions(actor: Actor, on: date) -> Read[LateIntroduction]:
    """List what this hat gave that is not answered, or not met, past its day; and what it is to meet, having said yes, or in
    the place of a colleague who has left.

    Order: the longest waiting first. Rows: 100. Queries: one.
    """
    return read(_late, into=LateIntroduction, actor=actor, on=on)


def _late(actor: Actor, on: date, at: datetime) -> QuerySet[Any, Any]:
    left = _who_said_yes_has_left(at)
    unanswered = Q(answer__in=["", "not_now"], accepted_at__isnull=True, answer_by__lt=on)
    not_met = Q(accepted_at__isnull=False, met_at__isnull=True) & (Q(meet_by__lt=on) | left)
    mine = Q(accepted_by_id=actor.hat) | Q(accepted_by__isnull=True) | left
    # Each side begins with what an index of the open ones begins with, so that none of the settled are read.
    given = Q(offered_by_id=actor.hat) & (unanswered | not_met)
    received = Q(to_team_id__in=actor.team_ids) & not_met & mine
    found = Handover.objects.filter(given | received, settled_at__isnull=True, person__death_written_at__isnull=True)
    return visible_to(actor, found, at=at).order_by("answer_by", "pk").values_list(
        "public_id", "person_id", "person__chosen_name", "answer_by", "meet_by", "offered_by_id", "accepted_by_id",
        "to_team__name", "to_service__name",
    )[:100]  # fmt: skip


class LateAnswer(NamedTuple):
    """An introduction without an answer as a lead sees it: from whom, to whom, since when; never of whom."""

    giver: str
    team: str | None
    service: str | None
    offered_at: datetime
    answer_by: date

    @property
    def receiver(self) -> str:
        """Name the service or team that was asked."""
        return self.service or self.team or ""


def late_answers_at(actor: Actor, on: date) -> Read[LateAnswer]:
    """List, for a lead, the introductions from or to their organisation whose day for an answer has passed, the longest waiting first.

    Reach:    a lead has no sight of the people, so nobody is named: organisation, team or service, and dates only.
    Rows:     100. Queries: one.
    Source:   lists.md (Handovers: rises daily to giver, both leads, and the ward). The ward hears of it when there is one: the
              virtual ward comes with a later issue.
    """
    return read(_late_answers, into=LateAnswer, actor=actor, on=on)


def _late_answers(actor: Actor, on: date, at: datetime) -> QuerySet[Any, Any]:
    theirs = (
        Q(offered_by__organisation_id=actor.organisation)
        | Q(to_team__organisation_id=actor.organisation)
        | Q(to_service__organisation_id=actor.organisation)
    )
    found = waiting_for_an_answer().filter(theirs, hub_id=actor.hub, answer_by__lt=on)
    return found.order_by("answer_by", "pk").values_list(
        "offered_by__organisation__name", "to_team__name", "to_service__name", "offered_at", "answer_by"
    )[:100]


def signposts_to_ask_about(actor: Actor, today: date) -> Read[Signpost]:
    """List this hat's signposts whose result is to be asked now, the longest waiting first. Rows: 50."""
    return read(_signposts_to_ask_about, actor=actor, today=today)


def _signposts_to_ask_about(actor: Actor, today: date, at: datetime) -> QuerySet[Signpost]:
    open_ones = Signpost.objects.filter(given_by_id=actor.hat, result_at__isnull=True, ask_on__lte=today)
    found = visible_to(actor, open_ones.filter(person__death_written_at__isnull=True), at=at)
    return found.select_related("service", "person").order_by("ask_on", "pk")[:50]


def unanswered(hub_id: int, today: date) -> QuerySet[Handover]:
    """Give a hub's introductions whose day for an answer has passed; a "not now" waits until its own day."""
    return waiting_for_an_answer().filter(hub_id=hub_id, answer_by__lt=today)


def unanswered_past(hub_id: int, today: date) -> list[Handover]:
    """List those of them that the sweep raises in one round, the longest first."""
    found = unanswered(hub_id, today).select_related("person", "to_team", "to_service")
    return list(found.order_by("answer_by")[:500])


def accepted_for(actor: Actor, person_id: int, *, at: datetime) -> Handover | None:
    """Get the accepted introduction of a person that the actor's first attended contact will have met, as its receiver."""
    waiting = Handover.objects.filter(person_id=person_id, accepted_at__isnull=False, met_at__isnull=True)
    near = waiting.filter(to_team_id__in=actor.team_ids).select_related("accepted_by").order_by("accepted_at")
    return next((one for one in near if may_say_met(actor, one, at=at)), None)


def earlier_answers(actor: Actor, person_id: int, on: date) -> list[EarlierAnswer]:
    """List who has said "not us" for a person, or "not now" until a day to come, as it stands with each receiver now.

    Out: plain values for matching: which service or team, and a sentence; never the words they added. Queries: one.
    """
    found = visible_to(actor, Handover.objects.filter(person_id=person_id, answered_at__isnull=False)).order_by(
        "answered_at", "pk"
    )
    newest = {(one.to_service_id, one.to_team_id): one for one in found}
    return [
        EarlierAnswer(service=service, team=None if service else team, words=_answer_words(one))
        for (service, team), one in newest.items()
        if one.answer == "not_us" or (one.answer == "not_now" and one.not_now_until and one.not_now_until > on)
    ]


def _answer_words(one: Handover) -> str:
    if one.answer == "not_now":
        return _("they said not now on %(day)s: from %(until)s") % {"day": day(one.answered_at), "until": day(one.not_now_until)}
    return _("they said not us on %(day)s: %(why)s") % {"day": day(one.answered_at), "why": words(NOT_US, one.not_us_reason)}


@dataclass(frozen=True, slots=True)
class Step:
    """A fact of an introduction: what, when, and who says so."""

    name: str
    at: datetime
    who: str


def steps_of(one: Handover) -> list[Step]:
    """List the facts after the answer in the order of the journey, each with who and when."""
    person = _("the person, by their own link")
    steps = (
        (_("Introduced"), one.introduced_at, _name(one.introduced_by)),
        (_("Met"), one.met_at, _who_says_met(one)),
        (_("Confirmed that they met"), one.confirmed_at, _name(one.confirmed_by) or person),
        (_("Said that they had not met"), one.disputed_at, _name(one.disputed_by) or person),
        (_("Settled"), one.settled_at, _name(one.settled_by)),
    )
    return [Step(name, at, who) for name, at, who in steps if at]


def what_became_of_the_link(one: Handover) -> str:
    """Say where the e-mail with the one-time link is; nothing when the link goes by hand."""
    email = one.link_message
    if email is None:
        return ""
    where = {"address": email.to_address, "at": moment(email.sent_at)}
    if email.sent_at:
        return _("left for %(address)s on %(at)s") % where
    if email.failed_at or email.stopped_at:
        return _("did not reach %(address)s") % where
    return _("is on its way to %(address)s") % where


def _who_says_met(one: Handover) -> str:
    if one.met_how == "link":
        return _("%(who)s, by link") % {"who": one.met_by_name}
    if one.met_how == "written":
        return _("%(who)s, as they told %(giver)s") % {"who": one.met_by_name, "giver": _name(one.met_written_by)}
    return _name(one.met_written_by)


def _name(hat: Hat | None) -> str:
    return hat.worker.name if hat else ""


def latest_for_the_person(person_id: int) -> Handover | None:
    """Get a person's newest introduction, for their own private link."""
    return (
        Handover.objects.filter(person_id=person_id)
        .select_related("person", "to_team", "to_service", "accepted_by__worker")
        .order_by("-offered_at")
        .first()
    )


@dataclass(frozen=True, slots=True)
class Receivers:
    """To whom somebody may be introduced, each once: a service behind which a team of the hub stands goes to that team."""

    groups: list[tuple[str, list[tuple[str, str]]]]
    """(heading, (value, words) of each) for a select."""
    keys: dict[str, tuple[int | None, int | None]]
    """Team and service of each value."""
    chosen: str
    """The value of the service that was chosen elsewhere, or nothing."""


def receivers_to_choose(actor: Actor, *, chosen: UUID | None = None) -> Receivers:
    """List the teams of the hub and the services without one, confirmed ones first. Queries: four at most."""
    services = services_to_choose(actor, chosen=chosen)
    keys: dict[str, tuple[int | None, int | None]] = {}
    teams: list[tuple[str, str]] = []
    value_chosen = ""
    for team in teams_in_hub(actor):
        value = f"team:{team.pk}"
        behind = [one for one in services.of_teams if one.team_id == team.pk]
        asked = next((one for one in behind if one.public_id == chosen), None)
        value_chosen = value if asked else value_chosen
        keys[value] = team.pk, asked.pk if asked else None
        offers = "; ".join(one.name for one in behind if one.name != team.name)
        teams.append((value, f"{team.name} ({offers})" if offers else team.name))
    for one in (*services.confirmed, *services.others):
        keys[f"service:{one.public_id}"] = None, one.pk
        value_chosen = f"service:{one.public_id}" if one.public_id == chosen else value_chosen
    groups = [
        (_("Teams of this hub"), teams),
        (_("Services, confirmed in the last year"), [(f"service:{one.public_id}", one.name) for one in services.confirmed]),
        (_("Services that nobody has confirmed lately"), [(f"service:{one.public_id}", one.name) for one in services.others]),
    ]
    return Receivers([group for group in groups if group[1]], keys, value_chosen)


def get_signpost(actor: Actor, signpost_id: UUID) -> Signpost:
    """Get one signpost within reach."""
    found = visible_to(actor, Signpost.objects.filter(public_id=signpost_id)).select_related("person", "service").first()
    if found is None:
        raise NotFound
    return found

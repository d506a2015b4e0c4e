# For workers only.
"""The live figures of the promises. A figure and the rows behind it are one query, so that they cannot disagree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from alongside.access.policy import kept_away, relationships_of, visible_to
from alongside.hubs.models import Team, TeamSeat
from alongside.hubs.queries import live
from alongside.journey.care_contacts.models import CareContact
from alongside.journey.handovers.models import Handover, Signpost
from alongside.journey.referrals.models import Referral
from alongside.members.models import Holding, Membership
from alongside.people.models import AskedAgain, Person, StoryRead
from alongside.refusals import NotFound
from alongside.safety.challenges import not_to_be_counted
from alongside.vocabulary.actor import Actor

PAGE = 200
_COUNTED = "A figure of the hub: counted; its rows are limited by visible_to."
DAYS = 90


@dataclass(frozen=True, slots=True)
class Behind:
    """What a figure counts: every row, whose it is, when it was, and which rows are the part of the whole."""

    rows: QuerySet[Any]
    when: str
    person: str = "person"
    part: Q | Exists | None = None
    """Which rows are the 51 of "51 of 91"; nothing for a figure that is one number."""
    also: Mapping[str, Any] = field(default_factory=dict)
    """What else is counted for the sentence beside it."""


@dataclass(frozen=True, slots=True)
class Definition:
    """One figure of the hub page: what it promises, what it means, and how its rows are marked."""

    promise: str | Promise
    means: Promise
    """With "whole", or what else is counted, in the right number."""
    behind: Callable[[int, datetime], Behind]
    dated: Promise
    """What the moment of a row is."""
    marks: tuple[str | Promise, str | Promise] = ("", "")
    """What is said beside a row of the part, and beside the others."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure as it is now."""

    whole: int
    part: int | None
    also: Mapping[str, int]


class Counts(NamedTuple):
    """One row behind a figure."""

    key: int
    person_key: int
    person_id: UUID
    name: str
    when: datetime
    is_part: bool


@dataclass(frozen=True, slots=True)
class Rows:
    """A page of the rows behind a figure that a reader may see, and how many they may not."""

    counted: Counted
    rows: list[Counts]
    within_reach: int
    has_more: bool

    @property
    def beyond(self) -> int:
        """Give how many rows the figure counts that this reader may not see."""
        return self.counted.whole - self.within_reach


def count(behind: Behind) -> Counted:
    """Count one figure. Queries: one."""
    part = {} if behind.part is None else {"part_": Count("pk", filter=Q(is_part=True))}
    found = _marked(behind).aggregate(whole_=Count("pk"), **part, **behind.also)
    return Counted(found.pop("whole_"), found.pop("part_", None), found)


def rows_behind(actor: Actor, behind: Behind, *, at: datetime, after: tuple[datetime, int] | None = None) -> Rows:
    """List the rows behind a figure that this actor may see, newest first; those beyond their reach are only counted.

    Order: newest, then key; keyset `after`. Rows: 200. Queries: three, whatever the size of the hub.
    """
    near = relationships_of(actor, at).values("person_id")
    reach = {f"{behind.person}__in": visible_to(actor, Person.objects.filter(pk__in=near), at=at)}
    found = _marked(behind).filter(**reach)
    within = found.count()
    if after:
        found = found.filter(Q(**{f"{behind.when}__lt": after[0]}) | Q(**{behind.when: after[0], "pk__lt": after[1]}))
    names = ("pk", f"{behind.person}_id", f"{behind.person}__public_id", f"{behind.person}__chosen_name", behind.when, "is_part")
    page = [Counts(*row) for row in found.order_by(f"-{behind.when}", "-pk").values_list(*names)[: PAGE + 1]]
    return Rows(count(behind), page[:PAGE], within, len(page) > PAGE)


def definition(what: str) -> Definition:
    """Give the definition of a figure by the name in its address."""
    if what not in FIGURES:
        raise NotFound
    return FIGURES[what]


def _marked(behind: Behind) -> QuerySet[Any]:
    rows = behind.rows.exclude(not_to_be_counted(f"{behind.person}_id"))
    return rows.annotate(is_part=Q(pk__isnull=False) if behind.part is None else behind.part)


def _came_in(hub_id: int, since: datetime) -> Behind:
    rows = Referral.objects.unscoped(_COUNTED).filter(hub_id=hub_id, received_at__gte=since)
    return Behind(rows, "received_at", also={"doors": Count("door", distinct=True)})


def _held(hub_id: int, since: datetime) -> Behind:
    held = Exists(Holding.objects.filter(open_for=OuterRef("pk")))
    return Behind(Membership.objects.filter(hub_id=hub_id), "since", part=held)


def _told_once(hub_id: int, since: datetime) -> Behind:
    """First meetings of a worker with a person; the part are those whose worker had read the story before (promise 3)."""
    same = CareContact.objects.filter(person=OuterRef("person"), hat=OuterRef("hat"), outcome="met")
    earlier = same.filter(Q(at__lt=OuterRef("at")) | Q(at=OuterRef("at"), pk__lt=OuterRef("pk")))
    firsts = CareContact.objects.unscoped(_COUNTED).filter(
        ~Exists(earlier), hub_id=hub_id, at__gte=since, outcome="met", hat__isnull=False
    )
    read = StoryRead.objects.filter(person=OuterRef("person"), hat=OuterRef("hat"), at__lte=OuterRef("at"))
    return Behind(firsts, "at", part=Exists(read))


def _asked_again(hub_id: int, since: datetime) -> Behind:
    return Behind(
        AskedAgain.objects.unscoped(_COUNTED).filter(hub_id=hub_id, at__gte=since),
        "at",
    )


def _introduced(hub_id: int, since: datetime) -> Behind:
    return Behind(
        Handover.objects.unscoped(_COUNTED).filter(hub_id=hub_id, offered_at__gte=since),
        "offered_at",
        part=Q(met_at__isnull=False),
    )


def _not_us(hub_id: int, since: datetime) -> Behind:
    return Behind(
        Handover.objects.unscoped(_COUNTED).filter(hub_id=hub_id, offered_at__gte=since, answer="not_us"),
        "offered_at",
    )


def _signposts(hub_id: int, since: datetime) -> Behind:
    return Behind(
        Signpost.objects.unscoped(_COUNTED).filter(hub_id=hub_id, given_at__gte=since),
        "given_at",
        part=~Q(result=""),
    )


FIGURES: Mapping[str, Definition] = {
    "came-in": Definition(
        _("Any door, and nobody is turned away"),
        ngettext_lazy("came in by %(doors)s door in 90 days", "came in by %(doors)s doors in 90 days", "doors"),
        _came_in,
        _("came in %(time)s"),
    ),
    "held": Definition(
        _("Somebody always holds you"),
        ngettext_lazy("member with exactly one holder now", "members with exactly one holder now", "whole"),
        _held,
        _("here since %(time)s"),
        (_("held"), _("held by nobody")),
    ),
    "told-once": Definition(
        _("Told once"),
        ngettext_lazy(
            "first meeting in 90 days whose worker had read the story before",
            "first meetings in 90 days whose worker had read the story before",
            "whole",
        ),
        _told_once,
        _("met %(time)s"),
        (_("story read before"), _("story not read before")),
    ),
    "asked-again": Definition(
        _("Asked again"),
        ngettext_lazy(
            "question asked although the answer was there, in 90 days (goal 0)",
            "questions asked although the answer was there, in 90 days (goal 0)",
            "whole",
        ),
        _asked_again,
        _("asked %(time)s"),
    ),
    "introduced": Definition(
        _("Hands stay on until hands are met"),
        ngettext_lazy("introduction offered in 90 days has met", "introductions offered in 90 days have met", "whole"),
        _introduced,
        _("offered %(time)s"),
        (_("met"), _("not met yet")),
    ),
    "not-us": Definition(
        _("Not us"),
        ngettext_lazy(
            "answer in 90 days that gave a reason and left the person with their holder",
            "answers in 90 days that gave a reason and left the person with their holder",
            "whole",
        ),
        _not_us,
        _("offered %(time)s"),
    ),
    "signposts": Definition(
        _("Signposts with a result"),
        ngettext_lazy("signpost in 90 days", "signposts in 90 days", "whole"),
        _signposts,
        _("told of it %(time)s"),
        (_("result known"), _("result open")),
    ),
}
"""In the order of the page; each by the name in its address."""


def since(at: datetime) -> datetime:
    """Give the moment from which the figures count."""
    return at - timedelta(days=DAYS)


@dataclass(frozen=True, slots=True)
class Load:
    """What one team has in hand: by itself, and through the hats that sit in it; with the oldest next date of both."""

    team_id: UUID
    team: str
    itself: int
    by_its_workers: int
    oldest_next: date | None


def team_loads(actor: Actor, at: datetime) -> list[Load]:
    """Count whom each team holds. Whoever sits in two teams counts for both. Queries: three.

    Also:     whoever keeps the reader away is not counted for the reader's own teams: of those they see everybody else, so one
              more in the number than in the list would tell them (trust.md T01).
    """
    hub_id, away = actor.hub, kept_away(actor, at).values("person")
    mine = Holding.objects.filter(hub_id=hub_id, until_at__isnull=True, team__isnull=False)
    own = mine.exclude(team__in=actor.team_ids, membership__in=away).values_list("team_id")
    own = own.annotate(held=Count("pk"), oldest=Min("next_on"))
    open_ones = Q(hat__holdings__until_at__isnull=True)
    if actor.team_ids:
        open_ones &= ~Q(team__in=actor.team_ids) | ~Q(hat__holdings__membership__in=away)
    sitting = TeamSeat.objects.filter(live(at), team__hub_id=hub_id).values_list("team_id")
    seats = sitting.annotate(
        held=Count("hat__holdings", filter=open_ones), oldest=Min("hat__holdings__next_on", filter=open_ones)
    )
    itself, by_workers = ({team: (held, oldest) for team, held, oldest in rows} for rows in (own, seats))
    found = []
    for team in Team.objects.filter(hub_id=hub_id, ended_at__isnull=True).order_by("name"):
        (held, oldest), (by_them, their_oldest) = itself.get(team.pk, (0, None)), by_workers.get(team.pk, (0, None))
        oldest_next = min((day for day in (oldest, their_oldest) if day), default=None)
        found.append(Load(team.public_id, team.name, held, by_them, oldest_next))
    return found


def held_by_team(actor: Actor, team_id: UUID, at: datetime) -> tuple[str, Behind]:
    """Give a team's name, and whom it holds itself."""
    team = _team(actor.hub, team_id)
    held = _but_whom_they_must_not_know(actor, team, Holding.objects.filter(team=team, until_at__isnull=True), at)
    return team.name, Behind(held, "from_at", person="membership__person")


def held_by_workers_of(actor: Actor, team_id: UUID, at: datetime) -> tuple[str, Behind]:
    """Give a team's name, and whom the hats that sit in it hold."""
    team = _team(actor.hub, team_id)
    sitting = TeamSeat.objects.filter(live(at), team=team).values("hat_id")
    held = _but_whom_they_must_not_know(actor, team, Holding.objects.filter(hat_id__in=sitting, until_at__isnull=True), at)
    return team.name, Behind(held, "from_at", person="membership__person")


def _but_whom_they_must_not_know(actor: Actor, team: Team, held: QuerySet[Holding], at: datetime) -> QuerySet[Holding]:
    """Leave out of a reader's own team whoever keeps the reader away, as `team_loads` does."""
    return held.exclude(membership__in=kept_away(actor, at).values("person")) if team.pk in actor.team_ids else held


def _team(hub_id: int, team_id: UUID) -> Team:
    found = Team.objects.filter(hub_id=hub_id, public_id=team_id, ended_at__isnull=True).first()
    if found is None:
        raise NotFound
    return found

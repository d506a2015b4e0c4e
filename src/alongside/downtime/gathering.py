# For workers only.
"""Who stands in which pack, and what of them: read for everybody of a pack at once, through the scope of its readers.

Source: trust.md C30, H06, H16; ADR 0026.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, TypeVar

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from alongside.access import policy
from alongside.access.in_common import InCommon, OfALead
from alongside.access.models import Joined, Relationship
from alongside.access.records import PersonRecord
from alongside.access.shell import crisis_lines
from alongside.design.words import day, language, moment, words
from alongside.downtime.pages import Due, InPack, PackAlonePage
from alongside.hubs.models import Hat, Hub, TeamSeat
from alongside.hubs.queries import live, local_date
from alongside.journey.handovers.models import Handover
from alongside.journey.referrals.models import CrisisCall, TriageDecision
from alongside.members.codes import NEXT, TASKS
from alongside.members.models import Holding, Invitation, Membership, Task
from alongside.members.strip import about_words, holder_words, next_words
from alongside.people.models import (
    Allergy,
    CommunicationNeed,
    ContactPoint,
    Dependant,
    Medicine,
    Person,
    RelatedPerson,
)
from alongside.people.queries import way_words, with_secrets
from alongside.reads import naming
from alongside.safety.alerts.queries import shown
from alongside.safety.models import Alert
from alongside.safety.queries import ring_words
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.channels import TALKING_WELL
from alongside.web.record import crisis_words, risk_words

DAYS = 3
"""Today and the next two (trust.md C30 says today's; two more bridge a weekend)."""
LASTS = timedelta(hours=24)
"""So long a pack is to be relied on."""
Reader = InCommon | OfALead
R = TypeVar("R", bound=PersonRecord)


class Contact(NamedTuple):
    """Somebody who is to be met, called or thought of on a day, and whose that is."""

    person_id: int
    on: date | None
    """None: not on a day (an alert that lives)."""
    what: str
    teams: frozenset[int]
    record: tuple[type[PersonRecord], int] | None = None
    """What says so, where that has a label and a scope of its own: who may not see it does not read of it here either."""


def contacts_of_hub(hub_id: int, at: datetime) -> list[Contact]:
    """List what a hub has to do in these days, and everybody with a live alert, each with the teams whose it is. Queries: nine.

    No team where nobody sits in any: then it is a lead's to know.
    """
    everything, days = Actor.system("downtime", hub_id), _days(at)
    alive = {"person__death_written_at__isnull": True}
    seats: dict[int, set[int]] = defaultdict(set)
    for hat_id, team_id in TeamSeat.objects.filter(live(at), team__hub_id=hub_id).values_list("hat_id", "team_id"):
        seats[hat_id].add(team_id)

    def whose(team_id: int | None, hat_id: int | None) -> frozenset[int]:
        return frozenset({team_id} if team_id else seats.get(hat_id or 0, ()))

    open_holdings = Holding.objects.filter(
        hub_id=hub_id, until_at__isnull=True, membership__person__death_written_at__isnull=True
    )
    due = open_holdings.filter(next_on__in=days)
    found = [
        Contact(person, on, words(NEXT, what), whose(team, hat))
        for person, on, what, team, hat in due.values_list(
            "membership_id", "next_on", "membership__next_what", "team_id", "hat_id"
        )
    ]
    introduced = Handover.objects.filter(**alive, accepted_at__isnull=False, met_at__isnull=True)
    for column, what in (("meet_on", _("an introduction: they meet")), ("joint_on", _("an introduction: met together"))):
        rows = policy.visible_to(everything, introduced.filter(**{f"{column}__in": days}), at=at)
        for key, person, on, team, giver in rows.values_list("pk", "person_id", column, "to_team_id", "offered_by_id"):
            found.append(Contact(person, on, what, whose(team, None) | whose(None, giver), (Handover, key)))
    tasks = policy.visible_to(everything, Task.objects.filter(**alive, done_at__isnull=True, due_on__in=days), at=at)
    for key, person, on, code, team, hat in tasks.values_list("pk", "person_id", "due_on", "what", "team_id", "hat_id"):
        found.append(Contact(person, on, words(TASKS, code), whose(team, hat), (Task, key)))
    invited = policy.visible_to(everything, Invitation.objects.filter(**alive, for_on__in=days, ended_at__isnull=True), at=at)
    called = policy.visible_to(everything, CrisisCall.objects.filter(**alive, taken_at__isnull=True), at=at)
    warned = policy.visible_to(everything, Alert.objects.filter(**alive, ended_at__isnull=True, until_at__gt=at), at=at)
    Row = tuple[int, date | None, str, tuple[type[PersonRecord], int] | None]
    near: list[Row] = [
        *(
            (one, on, _("invited to meet"), (Invitation, key))
            for key, one, on in invited.values_list("pk", "person_id", "for_on")
        ),
        *(
            (one, days[0], _("a crisis call that nobody has taken yet"), (CrisisCall, key))
            for key, one in called.values_list("pk", "person_id")
        ),
        *((one, None, "", None) for one in warned.values_list("person_id", flat=True).distinct()),
    ]
    beside = _teams_beside({row[0] for row in near}, open_holdings, whose, at)
    return [*found, *(Contact(one, on, what, beside.get(one, frozenset()), record) for one, on, what, record in near)]


def _days(at: datetime) -> list[date]:
    return [local_date(at) + timedelta(days=number) for number in range(DAYS)]


def _teams_beside(people: Collection[int], holdings: QuerySet[Holding], whose: Any, at: datetime) -> dict[int, frozenset[int]]:
    """Name the teams that are beside each of these people: near them now, or of whoever holds them."""
    found: dict[int, frozenset[int]] = defaultdict(frozenset)
    near = Relationship.objects.filter(live(at), person_id__in=people, kind__in=policy.FULL_SIGHT, team__isnull=False)
    for person, team in near.values_list("person_id", "team_id"):
        found[person] |= {team}
    for person, team, hat in holdings.filter(membership_id__in=people).values_list("membership_id", "team_id", "hat_id"):
        found[person] |= whose(team, hat)
    return found


def within(reader: Reader, people: Collection[int], at: datetime) -> set[int]:
    """Say who of these may stand in a pack of this reader."""
    return set(reader.visible_to(Person.objects.filter(pk__in=people), at=at).values_list("pk", flat=True))


def gather(
    reader: Reader,
    contacts: Sequence[Contact],
    *,
    title: str,
    about: str,
    hub: Hub,
    leads: Sequence[tuple[Hat, OfALead]],
    at: datetime,
) -> PackAlonePage:
    """Put together the pack of one reader, about those of these contacts whom it may hold.

    Queries:  eighteen and one for each lead, however many people stand in it.
    """
    people = _people(reader, {one.person_id for one in contacts}, at)
    keys = [one.pk for one in people]
    places = {key: f"p{number}" for number, key in enumerate(keys, 1)}
    holders = {one.pk: one for one in naming(Membership.objects.filter(pk__in=keys), "current_holding")}
    lines = _lines(reader, people, holders, hub, leads, at)
    told = _told_of(reader, contacts, at)
    named = {one.pk: one.chosen_name for one in people}

    def rows(on: date) -> tuple[Due, ...]:
        due = sorted({(named[one.person_id], one.person_id, one.what) for one in told if one.on == on and one.person_id in named})
        return tuple(Due(name, what, _holder(holders, key, reader), places[key]) for name, key, what in due)

    with_phone = [hat for hat, _lead in leads if hat.worker.phone]
    return PackAlonePage(
        title=title,
        made=moment(at),
        until=moment(at + LASTS),
        about=(
            about,
            _(
                "Whoever may not stand in a team's pack stands in that of a safeguarding lead. If somebody whom you expect is not here:"
                " %(ring)s."
            )
            % {"ring": "; ".join(ring_words(with_phone, hub.phone))},
            _("Write what you do on paper, with the time and your name, and write it into the hub when it is back."),
        ),
        crisis=tuple(_crisis(one.words, one.href) for one in crisis_lines(hub, welsh=language() == "cy")),
        days=tuple((day(on), rows(on)) for on in _days(at)),
        people=tuple(InPack(places[one.pk], one.chosen_name, _about(one), lines[one.pk]) for one in people),
        language=language(),
        people_shown=tuple(keys),
    )


def _told_of(reader: Reader, contacts: Sequence[Contact], at: datetime) -> list[Contact]:
    """Leave out what every reader may not see by itself; that a crisis call is open is for everybody near. Queries: four at most."""

    def seen(kind: type[PersonRecord], scope: Callable[..., QuerySet[Any]]) -> set[int]:
        meant = [one.record[1] for one in contacts if one.record and one.record[0] is kind]
        return set(scope(kind.objects.filter(pk__in=meant), at=at).values_list("pk", flat=True))

    open_to: dict[type[PersonRecord], set[int]] = {kind: seen(kind, reader.visible_to) for kind in (Handover, Task, Invitation)}
    open_to[CrisisCall] = seen(CrisisCall, reader.safety_summary)
    return [one for one in contacts if one.record is None or one.record[1] in open_to[one.record[0]]]


def _people(reader: Reader, keys: Collection[int], at: datetime) -> list[Person]:
    meant = Person.objects.filter(pk__in=keys, death_written_at__isnull=True)
    found: QuerySet[Person] = reader.visible_to(with_secrets(meant, at), at=at)
    return list(found.order_by("chosen_name", "pk"))


def _about(person: Person) -> str:
    return ", ".join(part for part in (person.reference, about_words(person)) if part)


def _crisis(said: str, href: str) -> str:
    """Say a crisis contact as it is read off paper: with its number or address, where the words do not hold it."""
    number = href.partition(":")[2].removeprefix("//")
    return said if not number or number in said.replace(" ", "") else f"{said}: {number}"


def _holder(holders: dict[int, Membership], key: int, reader: Reader) -> str:
    return holder_words(holders[key].current_holding if key in holders else None, reader.reader)


def _lines(
    reader: Reader,
    people: Sequence[Person],
    holders: dict[int, Membership],
    hub: Hub,
    leads: Sequence[tuple[Hat, OfALead]],
    at: datetime,
) -> dict[int, tuple[tuple[str, tuple[str, ...]], ...]]:
    """Say of each what an emergency needs, as the page "In a crisis" does."""
    keys = [one.pk for one in people]
    whole = _whole(keys, at)
    about = policy.with_joined(keys, at)
    ways = _by_person(
        ContactPoint.objects.unscoped("Of people whom the scope of the pack's readers has found.")
        .filter(person_id__in=keys, until_at__isnull=True)
        .order_by("place", "pk")
    )
    well = _by_person(
        CommunicationNeed.objects.unscoped("Of people whom the scope of the pack's readers has found.")
        .filter(person_id__in=keys, until_at__isnull=True)
        .order_by("pk")
    )
    related = _by_person(reader.visible_to(RelatedPerson.objects.filter(about), at=at).order_by("pk"))
    dependants = _by_person(reader.visible_to(Dependant.objects.filter(about), at=at).order_by("pk"))
    allergies, medicines = (
        _by_person(
            naming(
                reader.safety_summary(kind.objects.filter(about, until_at__isnull=True), at=at), "written_by__worker"
            ).order_by("-at", "-pk")
        )
        for kind in (Allergy, Medicine)
    )
    risks = _by_person(_with_words(reader, TriageDecision.objects.filter(about), at).order_by("-at"))
    lives = Alert.objects.filter(about, ended_at__isnull=True, until_at__gt=at, from_at__lte=at)
    alerts = _by_person(naming(_with_words(reader, lives, at), "owner", "owner_team").order_by("place"))
    ringing = [(hat, within(lead, keys, at)) for hat, lead in leads if hat.worker.phone]
    found = {}
    for one in people:
        of = whole[one.pk]
        decided = max((risk for key in of for risk in risks[key][:1]), key=lambda risk: risk.at, default=None)
        said = [need.words or words(TALKING_WELL, need.code) for need in well[one.pk]]
        found[one.pk] = (
            (_("Contact safely"), tuple(way_words(way) for way in ways[one.pk])),
            (_("Held by"), (_holder(holders, one.pk, reader),)),
            (_("Next"), (next_words(holders.get(one.pk)),)),
            *(
                [(_("To talk well"), (", ".join([_("Welsh")] * one.language.startswith("cy") + said),))]
                if said or one.language.startswith("cy")
                else []
            ),
            (
                _("Alerts"),
                tuple(f"{alert.kind}: {alert.words} ({alert.side})" for alert in shown(reader.reader, _all(alerts, of))),
            ),
            *crisis_words(
                one,
                ring_words([hat for hat, may in ringing if one.pk in may], hub.phone),
                sorted(_all(related, of), key=lambda row: row.pk),
                _newest(_all(allergies, of)),
                _newest(_all(medicines, of)),
                sorted(_all(dependants, of), key=lambda row: row.pk),
            ),
            *(
                (_("Risk: %(what)s") % {"what": prompt}, (written,))
                for prompt, written in risk_words(decided.risk if decided else {}, is_open=bool(decided and decided.is_open))
            ),
        )
    return found


def _with_words(reader: Reader, records: QuerySet[R], at: datetime) -> QuerySet[Any]:
    """Limit records of the safety summary, and say of each whether its words are open to every reader (`is_open`)."""
    own = records.model._default_manager.filter(pk=OuterRef("pk"))
    return reader.safety_summary(records, at=at).annotate(is_open=Exists(reader.visible_to(own, at=at).values("pk")))


def _whole(keys: Collection[int], at: datetime) -> dict[int, list[int]]:
    """Give for each its own key, and those of records that are said to be of the same person."""
    found = {key: [key] for key in keys}
    for person, other in Joined.objects.filter(live(at), person_id__in=keys).values_list("person_id", "other_id"):
        found[person].append(other)
    return found


def _by_person(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for one in rows:
        found[one.person_id].append(one)
    return found


def _all(rows: dict[int, list[Any]], of: Sequence[int]) -> list[Any]:
    return [one for key in of for one in rows[key]]


def _newest(rows: list[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: (row.at, row.pk), reverse=True)[:50]

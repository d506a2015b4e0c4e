"""Writes about the person: meeting them, ways to reach them, their story, who is who."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.access import policy
from alongside.access.commands import end_relationships, open_relationship
from alongside.hubs.queries import local_date, on_duty
from alongside.journal.command import command, note
from alongside.people.codes import KINDS, SOURCES
from alongside.people.models import (
    Allergy,
    AskedAgain,
    AsTold,
    CommunicationNeed,
    ContactPoint,
    Dependant,
    Identifier,
    MatchTask,
    Medicine,
    MergeLink,
    Name,
    Person,
    SearchKey,
    StoryEntry,
    StoryRead,
)
from alongside.people.policies import (
    check_can_match,
    check_can_read_story,
    check_can_write_story,
    check_is_near_or_part,
)
from alongside.people.queries import lock_link, lock_match, lock_person, person_within_reach, what_is_known
from alongside.refusals import AlreadyDone, Invalid, NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.arrival import PersonAsTold, WayToReach
from alongside.vocabulary.names import search_keys
from alongside.vocabulary.nhs_number import read_nhs_number
from alongside.vocabulary.phone import phone_key
from alongside.writes import insert, insert_all, insert_later

T = TypeVar("T")


class NameNeeded(Invalid):
    code = "name_needed"
    message = _("Tell us what to call them.")


class SayWhyAgain(Invalid):
    code = "say_why_again"
    message = _("This is answered already. Say why it is asked again.")


class NotToldWell(Invalid):
    code = "not_told_well"
    message = _("Say what it is, and whose word it is.")


class DayOfDeathAhead(Invalid):
    code = "day_of_death_ahead"
    message = _("The day of a death cannot lie ahead. Leave it blank when it is not known.")


_AS_TOLD: dict[str, type[AsTold]] = {"allergy": Allergy, "medicine": Medicine}


@command("person.met")
def meet_person(
    *, actor: Actor, at: datetime, hub_id: int, author_organisation_id: int, told: PersonAsTold, reference: str = ""
) -> Person:
    """Write down a person for the first time: a chosen name is enough, everything else may come later.

    Refuses:  NameNeeded without any name.
    Also:     identifiers are kept as received and flagged when they do not check out.
    Source:   S2-091, S3-49; pages.md (ask for help).
    """
    policy.check_is_part_or_system(actor)
    if not told.chosen_name.strip():
        raise NameNeeded
    person = insert(
        Person(
            hub_id=hub_id,
            author_organisation_id=author_organisation_id,
            reference=reference,
            chosen_name=told.chosen_name.strip()[:120],
            pronouns=told.pronouns,
            born_on=told.born_on,
            born_as_told=told.born_as_told,
            age_band=told.age_band,
            age_band_on=local_date(at) if told.age_band else None,
            language=told.language,
            spoken_language=told.spoken_language,
            interpreter=told.interpreter,
            postcode=told.postcode,
            gp_practice=told.gp_practice,
            gender=told.gender,
            ethnicity=told.ethnicity,
            created_at=at,
        )
    )
    names = {"chosen": told.chosen_name.strip(), "official": told.official_name.strip()}
    ways, keys = _ways(person, told.ways, standing=set(), on=local_date(at))
    insert_later(
        *(Name(person=person, kind=kind, value=value[:160]) for kind, value in names.items() if value),
        *_identifiers(person, told.nhs_number),
        *(CommunicationNeed(person=person, code=code, words=words) for code, words in told.communication),
        *_dependants(person, told.dependants),
        *ways,
        *keys,
        *_name_keys(person, [*names.values()]),
    )
    note(person_id=person.pk, person=person.public_id, ways=len(told.ways))
    return person


_PLAIN = (
    "chosen_name", "pronouns", "born_on", "age_band", "language", "spoken_language", "interpreter", "postcode", "gp_practice",
)  # fmt: skip
"""What somebody says of themselves that stands in one place on their record."""


@command("person.told_more")
def tell_more(*, actor: Actor, at: datetime, person_id: int, before: PersonAsTold, told: PersonAsTold) -> Person:
    """Write down what somebody says of themselves now that differs from what they had said before; the rest stays as it stands.

    Also:     a way to reach them that they take back, or say otherwise, ends and is never used again.
    """
    check_is_near_or_part(actor, person_id, at=at)
    person, on = lock_person(person_id), local_date(at)
    changed = [name for name in _PLAIN if getattr(told, name) != getattr(before, name)]
    for name in changed:
        setattr(person, name, getattr(told, name))
    person.chosen_name = person.chosen_name.strip()[:120]
    person.age_band_on = on if told.age_band and "age_band" in changed else person.age_band_on
    if not person.chosen_name:
        raise NameNeeded
    person.save(update_fields=[*changed, "age_band_on"])
    new_name = [person.chosen_name] if "chosen_name" in changed else []
    needs, gone = _differ(before.communication, told.communication)
    for code, words in gone:
        CommunicationNeed.objects.filter(person=person, code=code, words=words, until_at__isnull=True).update(until_at=at)
    fresh, ended = _differ(before.ways, told.ways)
    for way in ended:
        person.contact_points.filter(channel=way.channel, value=way.value.strip(), until_at__isnull=True).update(until_at=at)
    _add_ways(person, tuple(fresh), on=on)
    insert_all(
        [
            *(Name(person=person, kind="chosen", value=name) for name in new_name),
            *_name_keys(person, new_name),
            *(_identifiers(person, told.nhs_number) if told.nhs_number != before.nhs_number else []),
            *(CommunicationNeed(person=person, code=code, words=words) for code, words in needs),
            *_dependants(person, _differ(before.dependants, told.dependants)[0]),
        ]
    )
    note(person_id=person_id, changed=len(changed), ways=len(fresh))
    return person


@command("person.ways_added")
def add_ways_to_reach(*, actor: Actor, at: datetime, person_id: int, ways: tuple[WayToReach, ...]) -> int:
    """Add ways to reach somebody beside those that stand; nothing that stands is changed."""
    check_is_near_or_part(actor, person_id, at=at)
    person = lock_person(person_id)
    added = _add_ways(person, ways, on=local_date(at))
    note(person_id=person_id, added=added)
    return added


@command("person.ways_replaced")
def replace_ways_to_reach(*, actor: Actor, at: datetime, person_id: int, ways: tuple[WayToReach, ...]) -> int:
    """Put new ways to reach somebody in the place of those that stood; the old ones end and are never used again."""
    check_is_near_or_part(actor, person_id, at=at)
    person = lock_person(person_id)
    ContactPoint.objects.filter(person=person, until_at__isnull=True).update(until_at=at)
    added = _add_ways(person, ways, on=local_date(at))
    note(person_id=person_id, added=added)
    return added


@command("person.way_confirmed")
def confirm_way_to_reach(*, actor: Actor, at: datetime, person_id: int, contact_point_id: int, safe: bool) -> ContactPoint:
    """Write down that one way to reach somebody is still safe, or no longer is."""
    person_within_reach(actor, person_id, at=at)
    point = ContactPoint.objects.select_for_update().filter(pk=contact_point_id, person_id=person_id).first()
    if point is None:
        raise NotFound
    point.safe, point.confirmed_on = safe, local_date(at)
    point.save(update_fields=["safe", "confirmed_on"])
    note(person_id=person_id, contact_point=contact_point_id, safe=safe)
    return point


@command("story.added")
def add_to_story(
    *,
    actor: Actor,
    at: datetime,
    person_id: int,
    words: str,
    whose_words: str,
    domain: str,
    author_organisation_id: int | None = None,
    topic: str = "",
    label: str = "sensitive",
    do_not_ask_again: bool = False,
) -> StoryEntry:
    """Write something down once, with whose words they are, so that nobody has to ask again.

    Also:     words of a third party are kept apart from the person's own.
    Source:   promise 3; S0-39, S0-40.
    """
    if actor.is_worker:
        check_can_write_story(actor, person_id, at=at)
    person = lock_person(person_id)
    entry = StoryEntry(
        hub_id=person.hub_id,
        person=person,
        author_organisation_id=author_organisation_id or actor.organisation_id or person.author_organisation_id,
        label=label,
        third_party=whose_words in ("carer", "third_party"),
        at=at,
        written_by_id=actor.hat_id,
        whose_words=whose_words,
        domain=domain,
        topic=topic,
        words=words,
        do_not_ask_again=do_not_ask_again,
    )
    insert_later(entry)
    note(
        person_id=person_id,
        author_organisation_id=entry.author_organisation_id,
        label=label,
        entry=entry.public_id,
        domain=domain,
        whose=whose_words,
    )
    return entry


@command("story.written_down")
def write_down(
    *,
    actor: Actor,
    at: datetime,
    person_id: int,
    subject: str,
    words: str,
    whose_words: str,
    label: str,
    do_not_ask_again: bool,
    why_again: str = "",
) -> StoryEntry:
    """Write down what was said about a subject; where it is answered already, with why it was asked again.

    Refuses:  SayWhyAgain where something is known about the subject and no reason is given.
    Also:     asking again is counted with its reason.
    Source:   part C11; S0-40, S2-267.
    """
    check_can_write_story(actor, person_id, at=at)
    if what_is_known(actor, person_id, subject):
        if not why_again:
            raise SayWhyAgain
        ask_again(actor=actor, at=at, person_id=person_id, topic=subject, reason=why_again)
    return add_to_story(
        actor=actor,
        at=at,
        person_id=person_id,
        words=words,
        whose_words=whose_words,
        domain=subject,
        topic=subject,
        label=label,
        do_not_ask_again=do_not_ask_again,
    )


@command("body.written_down")
def write_down_as_told(*, actor: Actor, at: datetime, person_id: int, kind: str, words: str, source: str) -> AsTold:
    """Write down an allergy or a medicine as it was told, with whose word it is; nobody has checked it with anybody.

    Refuses:  NotThisRole for a role that does not read stories; NotToldWell for an unknown kind or source, or no words.
    Source:   design.md section 5; pages.md (In a crisis).
    """
    check_can_write_story(actor, person_id, at=at)
    if kind not in KINDS or source not in SOURCES or not words.strip():
        raise NotToldWell
    person = lock_person(person_id)
    made = insert(
        _AS_TOLD[kind](
            hub_id=person.hub_id,
            person=person,
            author_organisation_id=actor.organisation,
            words=words.strip()[:200],
            source=source,
            at=at,
            written_by_id=_hat(actor),
        )
    )
    note(person_id=person_id, kind=kind, record=made.public_id, source=source)
    return made


@command("body.no_longer")
def say_it_no_longer_holds(*, actor: Actor, at: datetime, person_id: int, kind: str, record_id: UUID) -> AsTold:
    """Say that an allergy or a medicine no longer holds; what was written stays in the record."""
    check_can_write_story(actor, person_id, at=at)
    if kind not in KINDS:
        raise NotFound
    found = policy.visible_to(
        actor,
        _AS_TOLD[kind]._default_manager.select_for_update(of=("self",)).filter(person_id=person_id, public_id=record_id),
        at=at,
    ).first()
    if found is None:
        raise NotFound
    if found.until_at:
        raise AlreadyDone
    found.until_at = at
    found.save(update_fields=["until_at"])
    note(person_id=person_id, kind=kind, record=found.public_id)
    return found


@command("story.read")
def read_story(*, actor: Actor, at: datetime, person_id: int) -> StoryRead:
    """Note that this worker has read the story; before they have met, it counts (promise 3)."""
    check_can_read_story(actor, person_id, at=at)
    newest = policy.visible_to(actor, StoryEntry.objects.filter(person_id=person_id), at=at).order_by("-at", "-pk").first()
    done = insert(StoryRead(person_id=person_id, hat_id=_hat(actor), at=at, up_to=newest))
    note(person_id=person_id)
    return done


@command("story.asked_again")
def ask_again(*, actor: Actor, at: datetime, person_id: int, topic: str, reason: str) -> AskedAgain:
    """Count a question that is asked although its answer was there, with the reason (S0-40, S2-267)."""
    check_can_write_story(actor, person_id, at=at)
    person = lock_person(person_id)
    asked = insert(
        AskedAgain(
            hub_id=person.hub_id,
            person=person,
            author_organisation_id=actor.organisation,
            at=at,
            asked_by_id=_hat(actor),
            topic=topic,
            reason=reason,
        )
    )
    note(person_id=person_id, topic=topic, reason=reason)
    return asked


@command("match.suspected")
def suspect_match(
    *, actor: Actor, at: datetime, hub_id: int, person_id: int, other_id: int, because: str, team_id: int
) -> MatchTask:
    """Ask a named matcher whether two records are one person; nothing merges by itself (H03).

    Also:     the matcher and the team of the task see name, birthday and numbers of the two, and no more, until it is settled.
    """
    policy.check_is_part_or_system(actor)
    kept_away = policy.kept_away_from((person_id, other_id), at)
    task = insert(
        MatchTask(
            hub_id=hub_id,
            person_id=person_id,
            other_id=other_id,
            because=because,
            made_at=at,
            team_id=team_id,
            matcher_id=on_duty(team_id, at, action="match", without=kept_away),
        )
    )
    for one in (person_id, other_id):
        this: dict[str, Any] = {"person_id": one, "kind": "matcher", "because": ("match", task.pk)}
        open_relationship(actor=actor, at=at, hub_id=hub_id, team_id=team_id, **this)
        if task.matcher_id:
            open_relationship(actor=actor, at=at, hub_id=hub_id, hat_id=task.matcher_id, **this)
    note(person_id=person_id, task=task.public_id, because=because)
    return task


@command("match.settled")
def settle_match(*, actor: Actor, at: datetime, task_id: UUID, same: bool) -> MatchTask:
    """Say whether two records are one person. "The same" links them, reversibly; both stay whole.

    Refuses:  NotThisRole for a role that does not match; NotFound for whoever may not see both; AlreadyDone.
    Also:     a valid number that stands on both is confirmed, so that nobody else's can be; the matcher's sight ends.
    """
    check_can_match(actor)
    task = lock_match(actor, task_id, at=at)
    if task.settled_at:
        raise AlreadyDone
    task.settled_at, task.settled_by_id, task.same = at, _hat(actor), same
    task.save(update_fields=["settled_at", "settled_by", "same"])
    if same:
        insert(MergeLink(hub_id=task.hub_id, kept_id=task.other_id, joined_id=task.person_id, at=at, by_id=_hat(actor)))
        _confirm_numbers(task.hub_id, task.other_id, task.person_id, at)
    for one in (task.person_id, task.other_id):
        end_relationships(actor=actor, at=at, person_id=one, because=("match", task.pk))
    note(person_id=task.person_id, task=task.public_id, same=same)
    return task


@command("match.passed_on")
def pass_matches_on(*, actor: Actor, at: datetime, from_team_id: int, to_team_id: int) -> int:
    """Give the open match tasks of a team that ends to another, whose matchers see the two records from now on."""
    policy.check_is_part_or_system(actor)
    found = list(MatchTask.objects.select_for_update().filter(team_id=from_team_id, settled_at__isnull=True))
    for task in found:
        task.team_id = to_team_id
        task.save(update_fields=["team"])
        for one in (task.person_id, task.other_id):
            open_relationship(
                actor=actor,
                at=at,
                hub_id=task.hub_id,
                person_id=one,
                kind="matcher",
                because=("match", task.pk),
                team_id=to_team_id,
            )
    note(team=to_team_id, tasks=len(found))
    return len(found)


@command("match.undone")
def take_records_apart(*, actor: Actor, at: datetime, person_id: int, other_id: int) -> MergeLink:
    """Say that two linked records are two people after all: the link ends, and the number is nobody's for certain again.

    Refuses:  NotThisRole for a role that does not match; NotFound unless both are within reach and linked.
    """
    check_can_match(actor)
    link = lock_link(actor, person_id, other_id, at=at)
    link.undone_at = at
    link.save(update_fields=["undone_at"])
    numbers = Identifier.objects.filter(person_id=link.joined_id, is_valid=True).values("value")
    Identifier.objects.filter(person_id=link.kept_id, value__in=numbers).update(confirmed_at=None)
    note(person_id=link.joined_id, other=link.kept_id)
    return link


@command("person.died")
def write_down_death(*, actor: Actor, at: datetime, person_id: int, died_on: date | None) -> Person:
    """Write down that somebody has died, on a day that may be unknown; from this moment no message leaves for them.

    Refuses:  DayOfDeathAhead.
    """
    check_is_near_or_part(actor, person_id, at=at)
    if died_on and died_on > local_date(at):
        raise DayOfDeathAhead
    person = lock_person(person_id)
    person.death_written_at, person.died_on = at, died_on
    person.save(update_fields=["death_written_at", "died_on"])
    note(person_id=person_id, day_is_known=died_on is not None)
    return person


@command("person.death_taken_back")
def take_back_death(*, actor: Actor, at: datetime, person_id: int) -> Person:
    """Take a death back wholly, because it was written down by mistake."""
    check_is_near_or_part(actor, person_id, at=at)
    person = lock_person(person_id)
    person.death_written_at = person.died_on = None
    person.save(update_fields=["death_written_at", "died_on"])
    note(person_id=person_id)
    return person


def _differ(before: tuple[T, ...], now: tuple[T, ...]) -> tuple[list[T], list[T]]:
    """Give what is new, and what is no longer said."""
    return [one for one in now if one not in before], [one for one in before if one not in now]


def _add_ways(person: Person, ways: tuple[WayToReach, ...], *, on: date) -> int:
    standing = set(person.contact_points.filter(until_at__isnull=True).values_list("channel", "value"))
    points, keys = _ways(person, ways, standing=standing, on=on)
    insert_all([*points, *keys])
    return len(points)


def _ways(
    person: Person, ways: tuple[WayToReach, ...], *, standing: set[tuple[str, str]], on: date
) -> tuple[list[ContactPoint], list[SearchKey]]:
    """Give what is to be written for ways that do not stand yet, and the keys by which a number finds the person."""
    fresh = [way for way in ways if (way.channel, way.value.strip()) not in standing and way.value.strip()]
    points = [
        ContactPoint(
            person=person,
            channel=way.channel,
            value=way.value.strip()[:250],
            whose=way.whose[:120],
            voicemail=way.voicemail,
            good_times=way.good_times[:120],
            who_else=way.who_else[:200],
            safe=True,
            confirmed_on=on if way.said_safe else None,
            place=place,
        )
        for place, way in enumerate(fresh, start=len(standing) + 1)
    ]
    keys = {phone_key(way.value) for way in fresh if way.channel in ("call", "text") and not way.whose}
    return points, [SearchKey(hub_id=person.hub_id, person=person, kind="phone", key=key) for key in sorted(keys) if key]


def _dependants(person: Person, told: Iterable[tuple[str, str]]) -> list[Dependant]:
    """Give who depends on a person, written down by whoever wrote the person down."""
    this = {"hub_id": person.hub_id, "person": person, "author_organisation_id": person.author_organisation_id}
    return [Dependant(**this, third_party=True, kind=kind, words=words) for kind, words in told]


def _name_keys(person: Person, names: list[str]) -> list[SearchKey]:
    keys = {key for name in names if name for key in search_keys(name)}
    return [SearchKey(hub_id=person.hub_id, person=person, kind="name", key=key[:60]) for key in sorted(keys)]


def _identifiers(person: Person, received: str) -> list[Identifier]:
    """Give the number as it was received, flagged when it does not check out."""
    if not received.strip():
        return []
    number = read_nhs_number(received)
    return [
        Identifier(
            hub_id=person.hub_id,
            person=person,
            as_received=received[:60],
            value=number.digits[:20],
            is_valid=number.is_valid,
            problem=number.problem or "",
        )
    ]


def _confirm_numbers(hub_id: int, kept_id: int, joined_id: int, at: datetime) -> None:
    """Confirm, on the record that is kept, each valid number that stands on both and is confirmed nowhere else."""
    theirs = Identifier.objects.filter(person_id=joined_id, is_valid=True).values("value")
    taken = Identifier.objects.filter(hub_id=hub_id, confirmed_at__isnull=False).values("value")
    found = Identifier.objects.filter(person_id=kept_id, is_valid=True, value__in=theirs).exclude(value__in=taken)
    once = {one.value: one.pk for one in found.order_by("-pk")}
    Identifier.objects.filter(pk__in=once.values()).update(confirmed_at=at)


def _hat(actor: Actor) -> int:
    if actor.hat_id is None:
        raise NotFound
    return actor.hat_id

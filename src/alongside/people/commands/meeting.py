"""Writes of who somebody is: met for the first time, told more, how to reach them safely."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TypeVar

from django.utils.translation import gettext_lazy as _

from alongside.access import policy
from alongside.access.commands import compare_new_person
from alongside.hubs.queries import local_date
from alongside.journal.command import command, note
from alongside.people.commands.vault import ask_every_way_again, hold_address, is_held
from alongside.people.models import (
    CommunicationNeed,
    ContactPoint,
    Dependant,
    Identifier,
    Name,
    Person,
    SearchKey,
)
from alongside.people.policies import check_is_near_or_part
from alongside.people.queries import lock_person, person_within_reach
from alongside.refusals import Invalid, NotFound
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
    for way in told.ways:
        if way.channel == "letter" and way.value.strip():
            hold_address(person, kind="delivery", words=way.value, at=at)
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
    _compare(actor, at, person, tuple(names.values()), told.nhs_number)
    note(person_id=person.pk, person=person.public_id, ways=len(told.ways))
    return person


def _compare(actor: Actor, at: datetime, person: Person, names: tuple[str, ...], received: str) -> None:
    """Keep away from somebody new, or told more of, every worker who has said that they know them (D1)."""
    number = read_nhs_number(received) if received.strip() else None
    digits = number.digits if number and number.is_valid else ""
    if digits or person.born_on:
        about = {"hub_id": person.hub_id, "person_id": person.pk}
        compare_new_person(actor=actor, at=at, names=names, born_on=person.born_on, nhs_number=digits, **about)


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
        written = {} if way.channel == "letter" else {"value": way.value.strip()}
        person.contact_points.filter(channel=way.channel, until_at__isnull=True, **written).update(until_at=at)
    if ended or (before.postcode and "postcode" in changed):
        ask_every_way_again(person, at=at, but_for=told.ways)
    _add_ways(person, tuple(fresh), at=at)
    insert_all(
        [
            *(Name(person=person, kind="chosen", value=name) for name in new_name),
            *_name_keys(person, new_name),
            *(_identifiers(person, told.nhs_number) if told.nhs_number != before.nhs_number else []),
            *(CommunicationNeed(person=person, code=code, words=words) for code, words in needs),
            *_dependants(person, _differ(before.dependants, told.dependants)[0]),
        ]
    )
    if new_name or "born_on" in changed or told.nhs_number != before.nhs_number:
        _compare(actor, at, person, (person.chosen_name, told.official_name), told.nhs_number)
    note(person_id=person_id, changed=len(changed), ways=len(fresh))
    return person


@command("person.ways_added")
def add_ways_to_reach(*, actor: Actor, at: datetime, person_id: int, ways: tuple[WayToReach, ...]) -> int:
    """Add ways to reach somebody beside those that stand; nothing that stands is changed."""
    check_is_near_or_part(actor, person_id, at=at)
    person = lock_person(person_id)
    added = _add_ways(person, ways, at=at)
    note(person_id=person_id, added=added)
    return added


@command("person.ways_replaced")
def replace_ways_to_reach(*, actor: Actor, at: datetime, person_id: int, ways: tuple[WayToReach, ...]) -> int:
    """Put new ways to reach somebody in the place of those that stood; the old ones end and are never used again."""
    check_is_near_or_part(actor, person_id, at=at)
    person = lock_person(person_id)
    ContactPoint.objects.filter(person=person, until_at__isnull=True).update(until_at=at)
    added = _add_ways(person, ways, at=at)
    note(person_id=person_id, added=added)
    return added


@command("person.way_confirmed")
def confirm_way_to_reach(
    *, actor: Actor, at: datetime, person_id: int, contact_point_id: int, safe: bool, although_seen: bool = False
) -> ContactPoint:
    """Write down that one way to reach somebody is still safe, or no longer is.

    In:       `although_seen`: they say themselves that it may be used although others may see it (asked of somebody under 18).
    Also:     whoever says that it is safe has just used it, or knows: it is taken to work again.
    """
    person_within_reach(actor, person_id, at=at)
    point = ContactPoint.objects.select_for_update().filter(pk=contact_point_id, person_id=person_id).first()
    if point is None:
        raise NotFound
    point.safe, point.confirmed_on, point.ask_again_since = safe, local_date(at), None
    point.although_seen = safe and although_seen
    if safe:
        point.not_working_since = None
    point.save(update_fields=["safe", "confirmed_on", "ask_again_since", "although_seen", "not_working_since"])
    note(person_id=person_id, contact_point=contact_point_id, safe=safe, although_seen=point.although_seen)
    return point


@command("person.ways_in_question")
def contacts_to_confirm_again(*, actor: Actor, at: datetime, person_id: int) -> int:
    """Put every way to reach somebody in question, because an address of theirs changed: nothing leaves until it is confirmed again.

    Also:     every command that changes an address does the same as a part of it (`ask_every_way_again`).
    Source:   trust.md C12; issue "trust", B10.
    """
    check_is_near_or_part(actor, person_id, at=at)
    asked = ask_every_way_again(lock_person(person_id), at=at)
    note(person_id=person_id, ways=asked)
    return asked


@command("person.way_does_not_work")
def way_does_not_work(*, actor: Actor, at: datetime, person_id: int, contact_point_id: int) -> int:
    """Write down that what is sent to a number or address comes back for good; nothing more leaves by it until it is confirmed again."""
    policy.check_is_part_or_system(actor)
    point = ContactPoint.objects.filter(pk=contact_point_id, person_id=person_id, not_working_since__isnull=True)
    marked = point.update(not_working_since=at)
    note(person_id=person_id, contact_point=contact_point_id, marked=marked)
    return marked


@command("person.ways_to_be_asked_again")
def ask_again_about_ways(*, actor: Actor, at: datetime, since: date) -> int:
    """Take what was confirmed on a day or later as not confirmed: after a restore nobody knows what was changed just after.

    Also:     nothing leaves by such a way until somebody has asked again; a way that is not safe stays so.
    Source:   trust.md P4, H17.
    """
    policy.check_is_part_or_system(actor)
    standing = ContactPoint.objects.filter(until_at__isnull=True, safe=True, confirmed_on__gte=since)
    count = standing.update(confirmed_on=None)
    note(since=since, ways=count)
    return count


def _differ(before: tuple[T, ...], now: tuple[T, ...]) -> tuple[list[T], list[T]]:
    """Give what is new, and what is no longer said."""
    return [one for one in now if one not in before], [one for one in before if one not in now]


def _add_ways(person: Person, ways: tuple[WayToReach, ...], *, at: datetime) -> int:
    letters = [way.value for way in ways if way.channel == "letter" and way.value.strip()]
    if letters and is_held(person, "delivery", letters[-1]):
        ways = tuple(way for way in ways if way.channel != "letter")
    elif letters:
        moved = person.contact_points.filter(channel="letter", until_at__isnull=True).update(until_at=at)
        if moved:
            ask_every_way_again(person, at=at, but_for=ways)
        hold_address(person, kind="delivery", words=letters[-1], at=at)
    standing = set(person.contact_points.filter(until_at__isnull=True).values_list("channel", "value"))
    points, keys = _ways(person, ways, standing=standing, on=local_date(at))
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
            value="" if way.channel == "letter" else way.value.strip()[:250],
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

# For workers only.
"""The strip at the top of every worker's page about a person: who is this, who holds them, what is next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.design.words import day, language, words
from alongside.hubs.words import hat_words, team_words
from alongside.members.codes import NEXT
from alongside.members.models import Holding, Membership
from alongside.members.queries import standing_of
from alongside.people.models import CommunicationNeed, ContactPoint, Person
from alongside.people.queries import talking_well_with, way_words, ways_to_reach
from alongside.reads import Read, together
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.ages import AGE_BANDS, age_on
from alongside.vocabulary.channels import TALKING_WELL
from alongside.vocabulary.clock import today
from alongside.vocabulary.rest import REST_REASONS


@dataclass(frozen=True, slots=True)
class Strip:
    """Plain words for the first screen of any page about somebody."""

    key: int
    person_id: UUID
    name: str
    about: str
    contact_safely: tuple[str, ...]
    holder: str
    next: str
    talking_well: str
    reference: str = ""
    is_resting: bool = False
    died: bool = False


class StripReads(NamedTuple):
    """What a strip is made of, so that a page may ask for it together with its own reads."""

    standing: Read[Membership]
    talking_well: Read[CommunicationNeed]
    ways: Read[ContactPoint]


def strip_reads(person: Person) -> StripReads:
    """Prepare what the strip of a person needs."""
    return StripReads(standing_of(person.pk), talking_well_with(person.pk), ways_to_reach(person.pk))


def strip_of(actor: Actor, person: Person, reads: StripReads | None = None) -> Strip:
    """Give the strip of a person whom the caller has already found within reach. Queries: three in one trip."""
    reads = reads or strip_reads(person)
    together(*reads)
    membership = reads.standing.first()
    holder = holder_words(membership.current_holding if membership else None, actor)
    well = [need.words or words(TALKING_WELL, need.code) for need in reads.talking_well]
    if person.language.startswith("cy"):
        well.insert(0, _("Welsh"))
    return Strip(
        key=person.pk,
        person_id=person.public_id,
        name=person.chosen_name,
        about=about_words(person),
        contact_safely=(do_not_contact(person, holder),) if person.has_died else tuple(way_words(one) for one in reads.ways),
        holder=holder,
        next=next_words(membership),
        talking_well=", ".join(well),
        reference=person.reference,
        is_resting=bool(membership and membership.rest_reason),
        died=person.has_died,
    )


def about_words(person: Person) -> str:
    """Give pronouns and age, as far as they are known."""
    if person.has_died:
        return died_words(person)
    age = ""
    if person.born_on:
        age = _("%(age)s years old, born %(day)s") % {"age": age_on(person.born_on, today()), "day": day(person.born_on)}
    elif person.age_band:
        age = words(AGE_BANDS, person.age_band)
    return ", ".join(part for part in (person.pronouns, age) if part) or _("age not told")


def died_words(person: Person) -> str:
    """Say that somebody has died, and on which day as far as it is known."""
    if person.died_on is None:
        return _("has died; the day is not known")
    return _("died on %(day)s") % {"day": day(person.died_on)}


def do_not_contact(person: Person, holder: str) -> str:
    """Say plainly, where the ways to reach somebody would stand, that they have died and who thinks of the family."""
    return _("Do not contact: %(died)s; family follow-up: %(holder)s.") % {"died": died_words(person), "holder": holder}


def holder_words(holding: Holding | None, to: Actor | None = None) -> str:
    """Name the holder: a worker with their organisation, or a team; `to` whoever reads it, as in `hat_words`."""
    if holding is None:
        return _("nobody")
    if holding.hat:
        return hat_words(holding.hat, to)
    return team_words(holding.team, to) if holding.team else _("nobody")


def next_words(membership: Membership | None) -> str:
    """Say what is next and when, or why they rest."""
    if membership is None:
        return _("not a member yet")
    if membership.rest_reason == "died":
        return _("none: they have died")
    if membership.rest_reason:
        resting = _("resting: %(reason)s") % {"reason": words(REST_REASONS, membership.rest_reason)}
        return f"{resting}; {_('hello on %(day)s') % {'day': day(membership.next_on)}}" if membership.next_on else resting
    what = NEXT.words(membership.next_what, language())
    late = f" ({_('this has passed')})" if membership.next_on and membership.next_on < today() else ""
    return f"{what}: {day(membership.next_on)}{late}"

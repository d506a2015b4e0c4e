"""Reads about people; everyone of them limited by `visible_to(actor)`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from alongside.access.policy import MATCHING, sight_of, visible_to
from alongside.design.words import day, short_day, words
from alongside.people.codes import SOURCES, WHOSE
from alongside.people.models import (
    Allergy,
    AsTold,
    CommunicationNeed,
    ContactPoint,
    Dependant,
    Identifier,
    MatchTask,
    Medicine,
    MergeLink,
    Person,
    RelatedPerson,
    SearchKey,
    StoryEntry,
    StoryRead,
)
from alongside.reads import Read, read, together
from alongside.refusals import NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.channels import CHANNELS
from alongside.vocabulary.names import alikeness, search_keys
from alongside.vocabulary.nhs_number import read_nhs_number, spaced
from alongside.vocabulary.phone import phone_key

CANDIDATES = 200
FOUND = 20
TOLD = 200


def get_person(actor: Actor, person_id: UUID, *, at: datetime | None = None) -> Person:
    """Get one person by public id, when this actor may see them; otherwise there is nobody (NotFound)."""
    found = read(_person, actor=actor, public_id=person_id, at=at).first()
    if found is None:
        raise NotFound
    return found


def person_within_reach(actor: Actor, person_id: int, *, at: datetime) -> Person:
    """Get one person by key, when this actor may see them (NotFound otherwise)."""
    found = read(_person_by_key, actor=actor, person_id=person_id, at=at).first()
    if found is None:
        raise NotFound
    return found


def _person(actor: Actor, public_id: UUID, at: datetime) -> QuerySet[Person]:
    return visible_to(actor, Person.objects.filter(public_id=public_id), at=at)


def _person_by_key(actor: Actor, person_id: int, at: datetime) -> QuerySet[Person]:
    return visible_to(actor, Person.objects.filter(pk=person_id), at=at)


def lock_person(person_id: int) -> Person:
    """Get one person under a lock, for a command that has already decided who may ask."""
    found = read(_locked, person_id=person_id).first()
    if found is None:
        raise NotFound
    return found


def _locked(person_id: int, at: datetime) -> QuerySet[Person]:
    return Person.objects.select_for_update().filter(pk=person_id)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody typed to find a person: any of them may be blank."""

    name: str = ""
    nhs_number: str = ""
    born_on: date | None = None
    phone: str = ""


def find_people(actor: Actor, asked: Asked) -> list[Person]:
    """Find people within this actor's reach by number, name (misspelt too), birthday or phone; nearest first.

    Reach:    only people whom the actor may see; nobody else is counted, hinted at or timed (C13).
    Order:    likeness of the name, then newest. Rows: at most 20. Queries: one for each thing typed, in one trip.
    Source:   performance.md task 7; pages.md (bring someone in).
    """
    digits = read_nhs_number(asked.nhs_number).digits if asked.nhs_number.strip() else ""
    phone = phone_key(asked.phone) if asked.phone.strip() else ""
    names = _selective(search_keys(asked.name)) if asked.name.strip() else []
    ways = [
        *([read(_with_number, actor=actor, digits=[digits])] if digits else []),
        *([read(_with_keys, actor=actor, kind="phone", keys=[phone])] if phone else []),
        *([read(_with_keys, actor=actor, kind="name", keys=names)] if names else []),
        *([read(_born_on, actor=actor, on=asked.born_on)] if asked.born_on and not asked.name.strip() else []),
    ]
    together(*ways)
    people = list({one.pk: one for way in reversed(ways) for one in way}.values())
    if asked.born_on and asked.name.strip():
        people = [one for one in people if one.born_on in (asked.born_on, None)] or people
    people.sort(key=lambda one: (-alikeness(asked.name, one.chosen_name) if asked.name else 0, -one.pk))
    return people[:FOUND]


def possible_matches(
    hub_id: int, *, name: str, nhs_number: str, born_on: date | None, phones: list[str]
) -> list[tuple[Person, str]]:
    """Name the people already here who could be the one now coming in, with why; for the system and a matcher only.

    Out:      (person, reason) pairs, reason "number", "number_other_name", "birthday_and_name" or "phone_and_name"; at most 3.
    """
    found: dict[int, tuple[Person, str]] = {}
    here = Person.objects.filter(hub_id=hub_id)
    number = read_nhs_number(nhs_number) if nhs_number.strip() else None
    if number and number.is_valid:
        for one in here.filter(identifiers__value=number.digits, identifiers__is_valid=True)[:3]:
            found[one.pk] = (one, "number" if alikeness(name, one.chosen_name) > 0.8 else "number_other_name")
    keys = _selective(search_keys(name))
    if born_on and keys:
        for one in here.filter(born_on=born_on, search_keys__kind="name", search_keys__key__in=keys).distinct()[:3]:
            found.setdefault(one.pk, (one, "birthday_and_name"))
    phone_keys = [key for key in map(phone_key, phones) if key]
    if phone_keys:
        for one in here.filter(search_keys__kind="phone", search_keys__key__in=phone_keys).distinct()[:10]:
            if alikeness(name, one.chosen_name) > 0.8:
                found.setdefault(one.pk, (one, "phone_and_name"))
    return list(found.values())[:3]


def certain_match(hub_id: int, *, names: tuple[str, ...], nhs_number: str, born_on: date | None) -> Person | None:
    """Name the one person here with this valid number, this birthday and a name like this; otherwise nobody (part C9)."""
    number = read_nhs_number(nhs_number) if nhs_number.strip() else None
    if not (number and number.is_valid and born_on):
        return None
    holders = list(
        Person.objects.filter(
            hub_id=hub_id,
            born_on=born_on,
            death_written_at__isnull=True,
            identifiers__system="nhs_number",
            identifiers__value=number.digits,
            identifiers__is_valid=True,
        ).distinct()[:2]
    )
    if len(holders) != 1:
        return None
    known = [holders[0].chosen_name, *holders[0].names.values_list("value", flat=True)]
    return holders[0] if any(alikeness(new, old) >= 0.92 for new in names if new for old in known) else None


def story_of(actor: Actor, person_id: int) -> Read[StoryEntry]:
    """List what the person has told, newest first, as far as this actor may see it."""
    return read(_story, actor=actor, person_id=person_id)


def _story(actor: Actor, person_id: int, at: datetime) -> QuerySet[StoryEntry]:
    return visible_to(actor, _entries(person_id), at=at).order_by("-at", "-pk")[:TOLD]


def _entries(person_id: int) -> QuerySet[StoryEntry]:
    return StoryEntry.objects.filter(person_id=person_id).select_related("written_by__worker", "author_organisation")


def what_is_known(actor: Actor, person_id: int, subject: str) -> Read[StoryEntry]:
    """List what is answered about a subject already, newest first, so that the page shows it instead of asking (promise 3)."""
    return read(_known, actor=actor, person_id=person_id, subject=subject)


def _known(actor: Actor, person_id: int, subject: str, at: datetime) -> QuerySet[StoryEntry]:
    return visible_to(actor, _entries(person_id).filter(Q(domain=subject) | Q(topic=subject)), at=at).order_by("-at", "-pk")[
        :TOLD
    ]


@dataclass(frozen=True, slots=True)
class Told:
    """One entry of the story in plain words: what, whose words, who wrote it down and when."""

    words: str
    by: str
    told_once: bool
    """It was hard to tell: it is not asked again."""


def as_told(entry: StoryEntry) -> Told:
    """Say one entry of the story in plain words."""
    by = _("%(whose)s, written down by %(who)s on %(day)s") % {
        "whose": words(WHOSE, entry.whose_words),
        "who": entry.written_by.worker.name if entry.written_by else entry.author_organisation.name,
        "day": day(entry.at),
    }
    return Told(entry.words, by, entry.do_not_ask_again)


def ways_to_reach(person_id: int) -> Read[ContactPoint]:
    """List the standing ways to reach a person, in the order they gave them."""
    return read(_ways, person_id=person_id)


def _ways(person_id: int, at: datetime) -> QuerySet[ContactPoint]:
    return ContactPoint.objects.filter(person_id=person_id, until_at__isnull=True).order_by("place", "pk")


def may_leave_voicemail(person_id: int) -> bool:
    """Tell whether a voicemail may be left for somebody: a safe telephone of which they said so (lists.md, Contact log)."""
    return any(way.channel == "call" and way.safe and way.voicemail for way in ways_to_reach(person_id))


def talking_well_with(person_id: int) -> Read[CommunicationNeed]:
    """List what helps to talk well with a person, as it stands now."""
    return read(_communication_needs, person_id=person_id)


def _communication_needs(person_id: int, at: datetime) -> QuerySet[CommunicationNeed]:
    return CommunicationNeed.objects.filter(person_id=person_id, until_at__isnull=True).order_by("pk")


def family_of(actor: Actor, person_id: int) -> Read[RelatedPerson]:
    """List the people around a person whom this actor may know of."""
    return read(_related, actor=actor, person_id=person_id)


def _related(actor: Actor, person_id: int, at: datetime) -> QuerySet[RelatedPerson]:
    return visible_to(actor, RelatedPerson.objects.filter(person_id=person_id), at=at).order_by("pk")


def dependants_of(actor: Actor, person_id: int) -> Read[Dependant]:
    """List who depends on a person, as far as this actor may know of it: reception does not."""
    return read(_dependants, actor=actor, person_id=person_id)


def _dependants(actor: Actor, person_id: int, at: datetime) -> QuerySet[Dependant]:
    return visible_to(actor, Dependant.objects.filter(person_id=person_id), at=at).order_by("pk")


def allergies_of(actor: Actor, person_id: int) -> Read[Allergy]:
    """List what a person must not be given, as far as it was told and still holds."""
    return read(_allergies, actor=actor, person_id=person_id)


def _allergies(actor: Actor, person_id: int, at: datetime) -> QuerySet[Allergy]:
    found = visible_to(actor, Allergy.objects.filter(person_id=person_id, until_at__isnull=True), at=at)
    return found.select_related("written_by__worker").order_by("-at", "-pk")[:50]


def medicines_of(actor: Actor, person_id: int) -> Read[Medicine]:
    """List what a person takes, as far as it was told and still holds."""
    return read(_medicines, actor=actor, person_id=person_id)


def _medicines(actor: Actor, person_id: int, at: datetime) -> QuerySet[Medicine]:
    found = visible_to(actor, Medicine.objects.filter(person_id=person_id, until_at__isnull=True), at=at)
    return found.select_related("written_by__worker").order_by("-at", "-pk")[:50]


def as_told_words(one: AsTold) -> str:
    """Say it with whose word it is, who wrote it down and when: nobody may take it for more than it is."""
    return _("%(words)s (%(source)s; %(who)s, %(day)s)") % {
        "words": one.words,
        "source": words(SOURCES, one.source),
        "who": one.written_by.worker.name,
        "day": short_day(one.at),
    }


def story_readings(hat_id: int | None, person_id: int) -> Read[StoryRead]:
    """Give the first time that this hat opened the story; nothing when it never has."""
    return read(_story_readings, hat_id=hat_id or 0, person_id=person_id)


def _story_readings(hat_id: int, person_id: int, at: datetime) -> QuerySet[StoryRead]:
    return StoryRead.objects.filter(hat_id=hat_id, person_id=person_id).order_by("pk")[:1]


def matches_to_settle(actor: Actor, *, at: datetime) -> list[MatchTask]:
    """List the open match tasks whose two records this actor may compare, oldest first, with the numbers of both.

    Reach:    the matcher and the team of the task, and whoever may see both records anyway; an exclusion beats it.
    Queries:  three.
    """
    open_ones = _comparable(actor, at).filter(settled_at__isnull=True)
    found = open_ones.select_related("person", "other", "matcher__worker").prefetch_related(
        "person__identifiers", "other__identifiers"
    )
    return list(found.order_by("made_at")[:100])


def has_open_matches(team_id: int) -> bool:
    """Tell whether anything is to be settled by a team: a fact about the team, and about nobody by name."""
    return MatchTask.objects.filter(team_id=team_id, settled_at__isnull=True).exists()


def lock_match(actor: Actor, task_id: UUID, *, at: datetime) -> MatchTask:
    """Get one match task under a lock, when this actor may compare its two records (NotFound otherwise)."""
    found = _comparable(actor, at).select_for_update(of=("self",)).filter(public_id=task_id).first()
    if found is None:
        raise NotFound
    return found


def _comparable(actor: Actor, at: datetime) -> QuerySet[MatchTask]:
    both = sight_of(actor, "person", at, MATCHING) & sight_of(actor, "other", at, MATCHING)
    return MatchTask.objects.filter(both, hub_id=actor.hub)


def linked_to(actor: Actor, person_id: int) -> Read[MergeLink]:
    """List the records that are said to be of the same person, newest first, where this actor may see both."""
    return read(_linked, actor=actor, person_id=person_id)


def _linked(actor: Actor, person_id: int, at: datetime) -> QuerySet[MergeLink]:
    both = sight_of(actor, "kept", at) & sight_of(actor, "joined", at)
    found = MergeLink.objects.filter(Q(kept_id=person_id) | Q(joined_id=person_id), both, undone_at__isnull=True)
    return found.select_related("kept", "joined").order_by("-at", "-pk")[:20]


def lock_link(actor: Actor, person_id: int, other_id: int, *, at: datetime) -> MergeLink:
    """Get the standing link of two records under a lock, when this actor may see both (NotFound otherwise)."""
    pair = Q(kept_id=person_id, joined_id=other_id) | Q(kept_id=other_id, joined_id=person_id)
    both = sight_of(actor, "kept", at) & sight_of(actor, "joined", at)
    found = MergeLink.objects.select_for_update(of=("self",)).filter(pair, both, undone_at__isnull=True).first()
    if found is None:
        raise NotFound
    return found


def identifiers_of(person_id: int) -> Read[Identifier]:
    """List a person's numbers as they were received, with whether they check out."""
    return read(_identifiers, person_id=person_id)


def _identifiers(person_id: int, at: datetime) -> QuerySet[Identifier]:
    return Identifier.objects.filter(person_id=person_id).order_by("pk")


def _with_number(actor: Actor, digits: list[str], at: datetime) -> QuerySet[Person]:
    found = Identifier.objects.filter(hub_id=actor.hub, system="nhs_number", value__in=digits).values("person_id")
    return _newest(actor, Person.objects.filter(pk__in=found), at)


def _with_keys(actor: Actor, kind: str, keys: list[str], at: datetime) -> QuerySet[Person]:
    found = SearchKey.objects.filter(hub_id=actor.hub, kind=kind, key__in=keys).values("person_id")
    return _newest(actor, Person.objects.filter(pk__in=found), at)


def _born_on(actor: Actor, on: date, at: datetime) -> QuerySet[Person]:
    return _newest(actor, Person.objects.filter(born_on=on), at)


def _newest(actor: Actor, people: QuerySet[Person], at: datetime) -> QuerySet[Person]:
    return visible_to(actor, people, at=at).order_by("-pk")[:CANDIDATES]


def _selective(keys: tuple[str, ...]) -> list[str]:
    """Prefer keys of two names together: among a million people one name alone is no descent but a walk."""
    pairs = [key for key in keys if "+" in key]
    return pairs or list(keys)


def safe_marks(points: list[ContactPoint]) -> str:
    """Say in a few words, and without an address, how somebody is reached: "text message, mornings; not by call; no voicemail"."""
    marks = []
    for point in points:
        channel = words(CHANNELS, point.channel)
        if not point.safe:
            marks.append(_("not by %(channel)s") % {"channel": channel})
        elif point.confirmed_on is None:
            marks.append(_("%(channel)s: ask first whether it is safe") % {"channel": channel})
        else:
            marks.append(", ".join(part for part in (channel, point.good_times.rstrip(".")) if part))
            if point.channel == "call" and not point.voicemail:
                marks.append(_("no voicemail"))
    return "; ".join(dict.fromkeys(marks))


def way_words(point: ContactPoint) -> str:
    """Say in plain words how one way to reach somebody may be used: "Text only, mornings. Do not leave voicemail."."""
    if not point.safe:
        return _("Do not use: %(channel)s %(value)s") % {"channel": words(CHANNELS, point.channel), "value": point.value}
    sentence = f"{words(CHANNELS, point.channel).capitalize()}: {point.value}."
    parts = [sentence]
    if point.whose:
        parts.append(_("This is %(whose)s, not their own.") % {"whose": point.whose})
    if point.good_times:
        parts.append(point.good_times.rstrip(".").capitalize() + ".")
    if point.channel == "call":
        parts.append(_("Voicemail is all right.") if point.voicemail else _("Do not leave voicemail."))
    if point.who_else:
        parts.append(_("Might also be seen by: %(who)s.") % {"who": point.who_else})
    if point.confirmed_on is None:
        parts.append(_("Nobody has said yet that this is safe."))
    return " ".join(parts)


def number_words(one: Identifier) -> str:
    """Say a number as it was received, whether it checks out, and whether somebody is sure that it is theirs."""
    said = _("NHS number %(number)s") % {"number": spaced(one.value) if one.is_valid else one.as_received}
    if not one.is_valid:
        return said + " " + _("(as received; it does not check out)")
    return said + (" " + _("(confirmed)") if one.confirmed_at else "")

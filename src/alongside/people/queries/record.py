"""One person, and what stands in their record; every public read of a worker takes the actor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from alongside.access.models import Joined
from alongside.access.policy import may, safety_summary, visible_to, with_joined
from alongside.design.words import day, short_day, words
from alongside.hubs.queries import live
from alongside.people.codes import SOURCES, WHOSE
from alongside.people.models import (
    Allergy,
    AsTold,
    Attachment,
    CommunicationNeed,
    ContactPoint,
    Dependant,
    Identifier,
    Medicine,
    Person,
    RelatedPerson,
    StoryEntry,
    StoryRead,
)
from alongside.people.queries.matching import whole_of
from alongside.reads import Read, naming, read
from alongside.refusals import NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.channels import CHANNELS
from alongside.vocabulary.nhs_number import spaced

TOLD = 200


def get_person(actor: Actor, person_id: UUID, *, at: datetime | None = None) -> Person:
    """Get one person by public id, when this actor may see them; otherwise there is nobody (NotFound)."""
    found = read(_person, actor=actor, public_id=person_id, at=at).first()
    if found is None:
        raise NotFound
    return found


def key_of_person(actor: Actor, person_id: UUID) -> int | None:
    """Give the key behind a public id, for the line in the journal of somebody who was refused; it is told to nobody."""
    keys = Person.objects.unscoped("A key for the journal; it is told to nobody.").filter(public_id=person_id, hub_id=actor.hub)
    return keys.values_list("pk", flat=True).first()


def person_within_reach(actor: Actor, person_id: int, *, at: datetime) -> Person:
    """Get one person by key, when this actor may see them (NotFound otherwise)."""
    found = read(_person_by_key, actor=actor, person_id=person_id, at=at).first()
    if found is None:
        raise NotFound
    return found


def _person(actor: Actor, public_id: UUID, at: datetime) -> QuerySet[Person]:
    """One whose whereabouts are secret on another record of theirs carries that here as well (`secret_elsewhere`)."""
    return visible_to(actor, with_secrets(Person.objects.filter(public_id=public_id), at), at=at)


def with_secrets(people: QuerySet[Person], at: datetime) -> QuerySet[Person]:
    """Say of each whether another record that is said to be theirs keeps where they are secret."""
    joined = Joined.objects.filter(live(at), person=OuterRef("pk"), other__whereabouts_secret=True)
    return people.annotate(secret_elsewhere=Exists(joined))


def _person_by_key(actor: Actor, person_id: int, at: datetime) -> QuerySet[Person]:
    return visible_to(actor, Person.objects.filter(pk=person_id), at=at)


def lock_person(person_id: int) -> Person:
    """Get one person under a lock, for a command that has already decided who may ask."""
    found = read(_locked, person_id=person_id).first()
    if found is None:
        raise NotFound
    return found


def _locked(person_id: int, at: datetime) -> QuerySet[Person]:
    return Person.objects.unscoped("For a command that has decided who may.").select_for_update().filter(pk=person_id)


def story_of(actor: Actor, person_id: int) -> Read[StoryEntry]:
    """List what the person has told, newest first, as far as this actor may see it."""
    return read(_story, actor=actor, person_id=person_id)


def _story(actor: Actor, person_id: int, at: datetime) -> QuerySet[StoryEntry]:
    return _entries(actor, with_joined((person_id,), at), at)


def _entries(actor: Actor, which: Q, at: datetime) -> QuerySet[StoryEntry]:
    found = visible_to(actor, StoryEntry.objects.filter(which), at=at)
    return naming(found, "written_by__worker", "author_organisation").order_by("-at", "-pk")[:TOLD]


def what_is_known(actor: Actor, person_id: int, subject: str) -> Read[StoryEntry]:
    """List what is answered about a subject already, newest first, so that the page shows it instead of asking (promise 3)."""
    return read(_known, actor=actor, person_id=person_id, subject=subject)


def _known(actor: Actor, person_id: int, subject: str, at: datetime) -> QuerySet[StoryEntry]:
    return _entries(actor, with_joined((person_id,), at) & (Q(domain=subject) | Q(topic=subject)), at)


@dataclass(frozen=True, slots=True)
class Told:
    """One entry of the story in plain words: what, whose words, who wrote it down and when."""

    words: str
    by: str
    told_once: bool
    """It was hard to tell: it is not asked again."""


def entry_with_files(actor: Actor, person_id: int, entry_id: UUID, *, at: datetime) -> tuple[StoryEntry, list[Attachment]]:
    """Get one entry within reach and what is attached to it, newest first (NotFound otherwise); never the bytes."""
    found = visible_to(actor, StoryEntry.objects.filter(person_id=person_id, public_id=entry_id), at=at)
    entry = found.select_related("written_by__worker", "author_organisation").first()
    if entry is None:
        raise NotFound
    files = Attachment.objects.filter(entry=entry).select_related("written_by__worker", "written_by__organisation")
    return entry, list(files.order_by("-at", "-pk"))


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
    return (
        ContactPoint.objects.unscoped("Of a person whom the caller has found within reach, or by their own link.")
        .filter(person_id=person_id, until_at__isnull=True)
        .order_by("place", "pk")
    )


def is_unsafe_elsewhere(point: ContactPoint) -> bool:
    """Tell whether the same way is marked unsafe on a record that is said to be of the same person: then it is unsafe on both."""
    unsafe = ContactPoint.objects.unscoped("The gate asks before a message leaves; nothing of it is shown.").filter(
        person__in=whole_of(point.person_id), channel=point.channel, value__iexact=point.value, safe=False, until_at__isnull=True
    )
    return unsafe.exists()


def may_leave_voicemail(person_id: int) -> bool:
    """Tell whether a voicemail may be left for somebody: a safe telephone of which they said so (lists.md, Contact log)."""
    return any(way.channel == "call" and way.safe and way.voicemail for way in ways_to_reach(person_id))


def talking_well_with(person_id: int) -> Read[CommunicationNeed]:
    """List what helps to talk well with a person, as it stands now."""
    return read(_communication_needs, person_id=person_id)


def _communication_needs(person_id: int, at: datetime) -> QuerySet[CommunicationNeed]:
    return (
        CommunicationNeed.objects.unscoped("Of a person whom the caller has found within reach.")
        .filter(person_id=person_id, until_at__isnull=True)
        .order_by("pk")
    )


def family_of(actor: Actor, person_id: int) -> Read[RelatedPerson]:
    """List the people around a person whom this actor may know of."""
    return read(_related, actor=actor, person_id=person_id)


def _related(actor: Actor, person_id: int, at: datetime) -> QuerySet[RelatedPerson]:
    return visible_to(actor, RelatedPerson.objects.filter(with_joined((person_id,), at)), at=at).order_by("pk")


def dependants_of(actor: Actor, person_id: int) -> Read[Dependant]:
    """List who depends on a person, as far as this actor may know of it: reception does not, who broke the glass does."""
    return read(_dependants, actor=actor, person_id=person_id)


def _dependants(actor: Actor, person_id: int, at: datetime) -> QuerySet[Dependant]:
    in_emergency = actor.has_glass and may(actor, "break_glass")
    scope = safety_summary if in_emergency else visible_to
    return scope(actor, Dependant.objects.filter(with_joined((person_id,), at)), at=at).order_by("pk")


def allergies_of(actor: Actor, person_id: int) -> Read[Allergy]:
    """List what a person must not be given, as far as it was told and still holds: for whoever is with them, in any role."""
    return read(_allergies, actor=actor, person_id=person_id)


def _allergies(actor: Actor, person_id: int, at: datetime) -> QuerySet[Allergy]:
    found = safety_summary(actor, Allergy.objects.filter(with_joined((person_id,), at), until_at__isnull=True), at=at)
    return naming(found, "written_by__worker").order_by("-at", "-pk")[:50]


def medicines_of(actor: Actor, person_id: int) -> Read[Medicine]:
    """List what a person takes, as far as it was told and still holds: for whoever is with them, in any role."""
    return read(_medicines, actor=actor, person_id=person_id)


def _medicines(actor: Actor, person_id: int, at: datetime) -> QuerySet[Medicine]:
    found = safety_summary(actor, Medicine.objects.filter(with_joined((person_id,), at), until_at__isnull=True), at=at)
    return naming(found, "written_by__worker").order_by("-at", "-pk")[:50]


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


def identifiers_of(person_id: int) -> Read[Identifier]:
    """List a person's numbers as they were received, with whether they check out."""
    return read(_identifiers, person_id=person_id)


def _identifiers(person_id: int, at: datetime) -> QuerySet[Identifier]:
    return (
        Identifier.objects.unscoped("Of a person whom the caller has found within reach.")
        .filter(person_id=person_id)
        .order_by("pk")
    )


def safe_marks(points: list[ContactPoint]) -> str:
    """Say in a few words, and without an address, how somebody is reached: "text message, mornings; not by call; no voicemail"."""
    marks = []
    for point in points:
        channel = words(CHANNELS, point.channel)
        if not point.safe:
            marks.append(_("not by %(channel)s") % {"channel": channel})
        elif point.confirmed_on is None or point.ask_again_since:
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
    reached = _("the address is held securely") if point.channel == "letter" else point.value
    sentence = f"{words(CHANNELS, point.channel).capitalize()}: {reached}."
    parts = [sentence]
    if point.whose:
        parts.append(_("This is %(whose)s, not their own.") % {"whose": point.whose})
    if point.good_times:
        parts.append(point.good_times.rstrip(".").capitalize() + ".")
    if point.channel == "call":
        parts.append(_("Voicemail is all right.") if point.voicemail else _("Do not leave voicemail."))
    if point.who_else:
        parts.append(_("Might also be seen by: %(who)s.") % {"who": point.who_else})
    if point.not_working_since:
        parts.append(_("What is sent to it comes back."))
    if point.confirmed_on is None:
        parts.append(_("Nobody has said yet that this is safe."))
    elif point.ask_again_since:
        parts.append(_("Ask again whether it is safe: an address of theirs has changed."))
    return " ".join(parts)


def number_words(one: Identifier) -> str:
    """Say a number as it was received, whether it checks out, and whether somebody is sure that it is theirs."""
    said = _("NHS number %(number)s") % {"number": spaced(one.value) if one.is_valid else one.as_received}
    if not one.is_valid:
        return said + " " + _("(as received; it does not check out)")
    return said + (" " + _("(confirmed)") if one.confirmed_at else "")

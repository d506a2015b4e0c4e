"""The copy itself: the approved items and no other, in words, as rows and as data, with who looked.

What is left out leaves no trace: nothing is numbered, counted, or said to be missing. Source: trust.md C35, C10.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.access import policy
from alongside.access.models import Objection
from alongside.design.words import day, moment, words
from alongside.exchange.fhir.own_record import Told, Whose, bundle
from alongside.hubs.models import Hat
from alongside.hubs.queries import live
from alongside.hubs.words import hat_words
from alongside.journal.models import Look
from alongside.members.models import Holding
from alongside.members.strip import holder_words
from alongside.people.models import CommunicationNeed, ContactPoint, Identifier, Name, Person
from alongside.people.queries import number_words, way_words, whole_of
from alongside.refusals import Conflict
from alongside.rights.codes import PARTS
from alongside.rights.gathering import Gathered, gather
from alongside.rights.models import AccessRequest
from alongside.rights.written import Written, write
from alongside.safety.challenges import challenges_of, said_to_them
from alongside.safety.models import Challenge
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.channels import TALKING_WELL
from alongside.vocabulary.clock import start_of

_OF_THE_REQUEST = "Of whom a request is answered, whose people the reviewer has been found to be reading."
TITLE = gettext_lazy("What we hold about you")
HEAD = (gettext_lazy("Part"), gettext_lazy("When"), gettext_lazy("What"), gettext_lazy("Words"))
"""What stands above the rows of a copy."""
LOOKS = 1_000
"""So many looks stand in a copy, the newest."""
SUBJECT = {"people.Allergy": "allergy", "people.Medicine": "medicine", "care_contacts.CareContact": "contact"}


class ChangedSince(Conflict):
    code = "changed_since_it_was_approved"
    message = gettext_lazy(
        "Something of the record has changed since two people approved this copy. Decide again, and let two people approve it."
    )


class Item(NamedTuple):
    """One approved item in words."""

    key: UUID
    kind: str
    part: str
    """Which part of the record it is: a code of PARTS."""
    written: Written


@dataclass(frozen=True, slots=True)
class Copy:
    """Everything that the person gets."""

    name: str
    until: datetime
    """What was written later is not in it."""
    about: tuple[tuple[str, str], ...]
    """Who they are, how they are reached, who held them."""
    items: tuple[Item, ...]
    looked: tuple[str, ...]
    """Who looked at their record, newest first."""
    bundle: dict[str, Any]
    people: tuple[int, ...]

    @property
    def parts(self) -> list[tuple[str, list[Item]]]:
        """Give the items by part of the record, each in the order in which they happened."""
        return [(words(PARTS, code), found) for code in PARTS if (found := [one for one in self.items if one.part == code])]

    @property
    def rows(self) -> list[tuple[str, str, str, str]]:
        """Give every line of it for a table: part, when, what, words."""
        told = [(_("About you"), "", label, said) for label, said in self.about]
        for part, items in self.parts:
            told += [
                (part, one.written.when, f"{one.written.heading}: {label}", said)
                for one in items
                for label, said in one.written.lines
            ]
        return [*told, *((_("Who looked"), "", "", line) for line in self.looked)]

    @property
    def data(self) -> dict[str, Any]:
        """Give it as plain values, with the parts that have a shape in FHIR beside."""
        return {
            "about": [list(line) for line in self.about],
            "record": [
                {
                    "id": str(one.key),
                    "part": part,
                    "what": one.written.heading,
                    "when": one.written.when,
                    "lines": [list(line) for line in one.written.lines],
                }
                for part, items in self.parts
                for one in items
            ],
            "looked": list(self.looked),
            "fhir": self.bundle,
        }


def copy_of(actor: Actor, request: AccessRequest, *, at: datetime) -> Copy:
    """Make the copy of an approved request.

    Refuses:  ChangedSince when an approved item is out of reach, or may no longer be in it: withheld since, decided otherwise.
    Queries:  those of `gather`, and nine more, however long the record is.
    """
    keys = whole_of(request.person_id)
    approved = set(request.items.filter(round=request.round).values_list("item", flat=True))
    found = [one for one in gather(actor, request, at=at) if one.item in approved]
    if {one.item for one in found if one.is_in} != approved:
        raise ChangedSince
    people = list(policy.under_review(actor, Person.objects.filter(pk__in=keys), at=at).order_by("pk"))
    if sorted(one.pk for one in people) != sorted(keys):
        raise ChangedSince
    own = request.asked_by == "person"
    until = request.frozen_at or at
    said = [one for key in keys for one in challenges_of(key) if own and one.written_at <= until]
    return Copy(
        name=people[0].chosen_name
        if len(people) == 1
        else next(one.chosen_name for one in people if one.pk == request.person_id),
        until=until,
        about=tuple(_about(actor, people, at, own=own)),
        items=tuple(sorted((_item(one, actor, said) for one in found), key=_order)),
        looked=tuple(_looked(actor, keys)) if own else (),
        bundle=bundle(_whose(people, request, own=own), [told for one in found if (told := _told(one))]),
        people=tuple(one.pk for one in people),
    )


def _item(one: Gathered, actor: Actor, said: list[Challenge]) -> Item:
    written = write(one.record, actor)
    told = [line for challenge in said if challenge.item == one.item for line in said_to_them(challenge)]
    return Item(one.item, one.kind, type(one.record).CATEGORY, replace(written, lines=(*written.lines, *told)))


def _order(one: Item) -> tuple[bool, datetime, str, tuple[tuple[str, str], ...]]:
    """In the order in which it happened; by nothing that a record that is left out could move."""
    at = one.written.at
    when = at if isinstance(at, datetime) else start_of(at) if at else start_of(date(1, 1, 1))
    return at is None, when, one.written.heading, one.written.lines


def _about(actor: Actor, people: list[Person], at: datetime, *, own: bool) -> list[tuple[str, str]]:
    """Say who they are. When somebody else asks: no way to reach them, nobody beside them, nothing of where they are (T03, H07)."""
    keys = [one.pk for one in people]
    lines: list[tuple[str, str]] = []
    secret = any(one.whereabouts_secret for one in people)
    for one in people:
        lines += [
            (_("What you like to be called"), one.chosen_name),
            (_("Pronouns"), one.pronouns),
            (_("Born"), day(one.born_on) or one.born_as_told),
        ]
        lines += [
            (_("Reference"), one.reference),
            (_("Gender, as you told it"), one.gender),
            (_("Ethnicity, as a national code"), one.ethnicity),
        ]
        if own and not secret:
            lines += [(_("GP practice"), one.gp_practice), (_("Postcode"), one.postcode)]
    names = Name.objects.unscoped(_OF_THE_REQUEST).filter(person__in=keys).order_by("pk")
    lines += [(_("Another name"), one.value) for one in names if one.kind != "chosen"]
    numbers = Identifier.objects.unscoped(_OF_THE_REQUEST).filter(person__in=keys).order_by("pk")
    lines += [(_("Number"), number_words(one)) for one in numbers]
    if own:
        ways = ContactPoint.objects.unscoped(_OF_THE_REQUEST).filter(person__in=keys).order_by("person_id", "place", "pk")
        lines += [
            (_("How we reach you") if one.until_at is None else _("How we reached you before"), way_words(one)) for one in ways
        ]
        well = CommunicationNeed.objects.unscoped(_OF_THE_REQUEST).filter(person__in=keys, until_at__isnull=True).order_by("pk")
        lines += [(_("What helps us talk well"), one.words or words(TALKING_WELL, one.code)) for one in well]
        held = Holding.objects.filter(membership__in=keys).select_related(
            "hat__worker", "hat__organisation", "team__organisation"
        )
        for one_held in held.order_by("from_at", "pk"):
            until = _("until %(day)s") % {"day": day(one_held.until_at)} if one_held.until_at else _("until now")
            lines.append((_("Who was alongside you"), f"{holder_words(one_held, actor)}, {day(one_held.from_at)}, {until}"))
        for key in keys:
            whole = [one for one in challenges_of(key) if one.item is None]
            lines += [(_("What you said of your whole record"), said) for one in whole for _label, said in said_to_them(one)]
        asked = (
            Objection.objects.filter(live(at), person__in=keys, item__isnull=True)
            .select_related("organisation")
            .order_by("from_at", "pk")
        )
        lines += [
            (
                _("What you asked not to be shared"),
                one.organisation.name if one.organisation else _("with anybody who did not write it"),
            )
            for one in asked
        ]
    return [(str(label), str(said)) for label, said in dict.fromkeys(lines) if said]


def _looked(actor: Actor, keys: list[int]) -> list[str]:
    looks = list(
        Look.objects.filter(about_id__in=keys, outcome="shown").order_by("-at", "-pk").values_list("at", "hat_id")[:LOOKS]
    )
    hats = Hat.objects.select_related("worker", "organisation").in_bulk({key for _at, key in looks if key})
    return [f"{moment(seen)}: {hat_words(hats[key], actor)}" for seen, key in looks if key in hats]


def _whose(people: list[Person], request: AccessRequest, *, own: bool) -> Whose:
    keys = [one.pk for one in people]
    first = next(one for one in people if one.pk == request.person_id)
    numbers = Identifier.objects.unscoped(_OF_THE_REQUEST).filter(person__in=keys, is_valid=True).order_by("pk")
    ways = ContactPoint.objects.unscoped(_OF_THE_REQUEST).filter(person__in=keys, until_at__isnull=True).order_by("place", "pk")
    reached = list(ways) if own else []
    return Whose(
        key=first.public_id,
        name=first.chosen_name,
        born_on=first.born_on,
        nhs_numbers=tuple(dict.fromkeys(numbers.values_list("value", flat=True))),
        phones=tuple(dict.fromkeys(one.value for one in reached if one.channel in ("call", "text"))),
        emails=tuple(dict.fromkeys(one.value for one in reached if one.channel == "email")),
    )


def _told(one: Gathered) -> Told | None:
    kind, record = SUBJECT.get(one.kind), one.record
    if kind is None or (kind == "contact" and record.outcome != "met"):  # type: ignore[attr-defined]  # a CareContact has one
        return None
    virtual = getattr(record, "mode", "") in ("telephone", "video", "text")
    return Told(kind, one.item, getattr(record, "words", ""), record.at, bool(getattr(record, "until_at", None)), virtual)  # type: ignore[attr-defined]  # each of the three has a moment

"""Choices as the page about sharing lists them, for the worker and on paper for the person."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from alongside.design.words import day
from alongside.people.models import Person
from alongside.safety.choices.queries import carers_of, holder_sees_only_its_own, items_not_for_all
from alongside.safety.choices.words import about_words, conflict_words, told_on_paper, told_words, who_not
from alongside.safety.pages import SafetyRow
from alongside.vocabulary.actor import Actor


def item_rows(actor: Actor, person: Person, at: datetime) -> tuple[SafetyRow, ...]:
    """List what was asked about single entries, each with a button that shares it again."""
    return tuple(
        SafetyRow(
            _both(about_words(one), who_not(one)),
            day(one.since),
            end=reverse("safety:share-again", args=[person.public_id, one.objection_id]),
        )
        for one in items_not_for_all(actor, person.pk, at)
    )


def items_on_paper(actor: Actor, person: Person, at: datetime) -> tuple[str, ...]:
    """Say the same to the person; words of others about them are kept apart, so these are not told of."""
    found = items_not_for_all(actor, person.pk, at)
    return tuple(_both(about_words(one), who_not(one)) for one in found if not one.entry.third_party)


def carer_rows(actor: Actor, person: Person, at: datetime) -> tuple[SafetyRow, ...]:
    """List carers and family, each with what they may be told and where that is chosen."""
    return tuple(
        SafetyRow(one.name, told_words(one), href=reverse("safety:carer", args=[person.public_id, one.carer_id]))
        for one in carers_of(actor, person, at)
    )


def carers_on_paper(actor: Actor, person: Person, at: datetime) -> tuple[str, ...]:
    """Say to the person what those close to them may be told."""
    return tuple(told_on_paper(one) for one in carers_of(actor, person, at))


def conflicts(actor: Actor, person: Person, at: datetime) -> tuple[str, ...]:
    """Say where two choices pull in two directions; what somebody asked silently is no part of it."""
    holder = (conflict_words("holder"),) if holder_sees_only_its_own(person.pk, at) else ()
    return (*holder, *(conflict_words(one.conflict, one.name) for one in carers_of(actor, person, at) if one.conflict))


def _both(what: str, who: str) -> str:
    said = f"{what}: {who}"
    return f"{said[:1].upper()}{said[1:]}"

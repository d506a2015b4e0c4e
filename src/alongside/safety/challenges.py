"""What somebody says is not right in their record, or is not to be used: read beside what it is about, and nowhere else."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from alongside.design.words import day, words
from alongside.reads import Read, naming, read
from alongside.safety.codes import CHALLENGES, OUTCOMES
from alongside.safety.models import Challenge


def challenges_of(person_id: int) -> Read[Challenge]:
    """List what somebody says of their record, oldest first; whoever shows it keeps to the items that the reader sees."""
    return read(_challenges, person_id=person_id)


def _challenges(person_id: int, at: datetime) -> QuerySet[Challenge]:
    found = Challenge.objects.unscoped("Shown only beside an item that the reader sees, and for the record as a whole.")
    return naming(found.filter(person_id=person_id), "answered_by__worker").order_by("written_at", "pk")


def beside(challenges: Iterable[Challenge], seen: Collection[UUID]) -> list[Challenge]:
    """Keep what is about items that the reader sees, or about the record as a whole."""
    return [one for one in challenges if one.item is None or one.item in seen]


def said_of(one: Challenge, *, in_full: bool = True) -> tuple[str, ...]:
    """Say to a worker what the person says of an item, and what was answered; without `in_full` none of the person's words."""
    why = words(CHALLENGES, one.because).capitalize()
    if not in_full:
        return (why,)
    lines = [_("%(why)s: %(words)s") % {"why": why, "words": one.words}]
    if one.answered_at and one.answered_by:
        answered = {"outcome": words(OUTCOMES, one.outcome).capitalize(), "words": one.answer, "day": day(one.answered_at)}
        lines.append(_("%(outcome)s: %(words)s (%(day)s)") % answered)
    else:
        lines.append(_("to be answered by %(day)s") % {"day": day(one.answer_by)})
    return tuple(lines)


def not_to_be_counted(person: str) -> Q:
    """Give the condition that somebody asked that their record be kept and not used: it is in no figure (UK GDPR art. 18).

    In:     the column that names the person.
    """
    asked = Challenge.objects.unscoped("Whether somebody asked not to be counted; nothing of it is shown.")
    return Q(Exists(asked.filter(person=OuterRef(person), item__isnull=True, answered_at__isnull=True)))


def said_to_them(one: Challenge) -> tuple[tuple[str, str], ...]:
    """Say the same to the person, as (label, words)."""
    said = (_("You said"), one.words)
    return (said, (_("Our answer, %(day)s") % {"day": day(one.answered_at)}, one.answer)) if one.answered_at else (said,)


def open_challenges(person_ids: Collection[int]) -> bool:
    """Tell whether anything that somebody says of their record waits for an answer."""
    asked = Challenge.objects.unscoped("Whether anything waits for an answer; nothing of it is shown.")
    return asked.filter(person__in=person_ids, answered_at__isnull=True).exists()

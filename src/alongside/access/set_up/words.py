# For workers only.
"""Sentences of the settings that are put together from codes."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _

from alongside.access.codes import CATEGORIES, PARTICIPATION
from alongside.access.models import SharingAgreement
from alongside.design.words import day, words
from alongside.hubs.models import Partner, Worker
from alongside.vocabulary.clock import local
from alongside.vocabulary.codes import CodeList


def words_with_note(codes: CodeList, code: str) -> str:
    """Say a code with what follows from it."""
    return f"{words(codes, code).capitalize()}: {codes[code].note}"


def participation_words(partner: Partner) -> str:
    """Say how far a partner takes part, and whom to ring when it is a pointer only."""
    one = partner.organisation
    said = words(PARTICIPATION, one.participation)
    return f"{said} ({one.duty_line})" if one.duty_line else said


def training_words(worker: Worker) -> str:
    """Say until when a worker's training holds."""
    if worker.trained_until_at is None:
        return _("Nothing is written down.")
    return _("It holds until %s.") % day(local(worker.trained_until_at).date() - timedelta(days=1))


def covers(agreement: SharingAgreement) -> tuple[str, ...]:
    """Say what an agreement covers, up to which label and until when."""
    parts = [words(CATEGORIES, part) for part in agreement.categories or CATEGORIES]
    label = (
        _("What is open, and what is sensitive. Never what is for a small circle.")
        if agreement.label_ceiling == "sensitive"
        else _("Only what is open. Never what is sensitive, or for a small circle.")
    )
    until = (
        _("Until %s.") % day(local(agreement.until_at).date() - timedelta(days=1))
        if agreement.until_at
        else _("Until somebody ends it.")
    )
    return _("It covers: %s.") % "; ".join(parts), label, until

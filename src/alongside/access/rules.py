"""Decisions of access from plain values."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from alongside.vocabulary.clock import local
from alongside.vocabulary.names import resembles

REVIEW_IN = 3
"""Working days within which a broken glass is reviewed (trust.md C09)."""


def review_by(at: datetime, holidays: Collection[date]) -> date:
    """Give the day by which what was opened in an emergency is reviewed: three working days on, weekends and bank holidays left out."""
    day, left = local(at).date(), REVIEW_IN
    while left:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in holidays:
            left -= 1
    return day


def staff_level(said: Mapping[str, Any]) -> str:
    """Give how well a provider of staff knows somebody, or nothing when that is not well enough.

    Identity assurance 3 and authentication assurance 2 or 3: what CIS2 gives to smartcards, security keys and its app.
    Source:   CIS2 guidance for developers (ACR and AMR values); C14.
    """
    known = str(said.get("id_assurance_level", ""))
    shown = str(said.get("authentication_assurance_level", "")) or str(said.get("acr", "")).removeprefix("AAL")
    return f"IAL{known}.AAL{shown}" if known == "3" and shown in ("2", "3") else ""


def person_level(said: Mapping[str, Any], asked: Collection[str]) -> str:
    """Give how well a provider of people knows somebody, or nothing when it is less than proven identity with two factors.

    In:       the vectors of trust that were asked for.
    Source:   NHS login interface specification (identity_proofing_level, vot); C14.
    """
    vector = str(said.get("vot", ""))
    proven = said.get("identity_proofing_level") == "P9" and vector.startswith("P9.")
    return vector if proven and vector in asked else ""


def is_meant(
    name: str,
    born_on: date | None,
    number: str,
    names: Collection[str],
    their_birthday: date | None,
    their_numbers: Collection[str],
) -> bool:
    """Tell whether a person is whom a worker has said they know: the same number, or the same birthday and a name like it."""
    if number and number in their_numbers:
        return True
    return born_on is not None and born_on == their_birthday and any(resembles(name, one) for one in names)

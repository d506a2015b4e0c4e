"""How long a record is kept; plain values in and out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from alongside.vocabulary.ages import age_on

AFTER_CARE = 20
AFTER_DEATH = 10
"""Years: mental health records, 20 after care ended or 10 after death."""
CHILD_UNTIL, OLDER_CHILD_UNTIL = 25, 26
"""A child's record: until the 25th birthday, or the 26th of somebody who was 17 when care ended, where that is later."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The day on which a record's time is over, and the code of the rule that says so (`KEPT`)."""

    until: date
    because: str


def kept_until(last_on: date, born_on: date | None, died_on: date | None) -> Kept:
    """Give how long a record is kept at least, from the last day of care, the birthday and the day of death as far as known.

    Source: Records Management Code of Practice (NHS England, 2021, updated 2023), appendix II: mental health records; children's
            records; where two periods meet, the longer (appendix III, integrated records).
    """
    if died_on:
        return Kept(years_after(died_on, AFTER_DEATH), "after_death")
    over = Kept(years_after(last_on, AFTER_CARE), "after_care")
    if born_on is None or (age := age_on(born_on, last_on)) >= 18:
        return over
    grown = years_after(born_on, OLDER_CHILD_UNTIL if age == 17 else CHILD_UNTIL)
    return Kept(grown, "grown_up") if grown > over.until else over


def years_after(day: date, years: int) -> date:
    """Give the same day so many years later; 1 March where there is no 29 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)

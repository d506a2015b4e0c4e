"""Age bands, asked early, and ages counted properly. Source: lists.md (Age bands)."""

from __future__ import annotations

from datetime import date

from alongside.vocabulary.codes import Code, CodeList

AGE_BANDS = CodeList(
    "age bands",
    "lists.md, Age bands asked early",
    Code("under_11", "under 11", "o dan 11"),
    Code("11_15", "11 to 15", "11 i 15"),
    Code("16_17", "16 or 17", "16 neu 17"),
    Code("18_25", "18 to 25", "18 i 25"),
    Code("26_64", "26 to 64", "26 i 64"),
    Code("65_over", "65 or over", "65 neu drosodd"),
    Code("not_said", "I would rather not say", "byddai'n well gen i beidio â dweud"),
)
_UPPER = ((10, "under_11"), (15, "11_15"), (17, "16_17"), (25, "18_25"), (64, "26_64"))
_MIDDLE = {"under_11": 8, "11_15": 13, "16_17": 16, "18_25": 21, "26_64": 45, "65_over": 70}


def age_on(born: date, on: date) -> int:
    """Count whole years; somebody born on 29 February has a birthday on 1 March in other years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def band_of(age: int) -> str:
    """Give the band of an age in years."""
    for upper, band in _UPPER:
        if age <= upper:
            return band
    return "65_over"


def age_for_matching(born: date | None, band: str, on: date) -> int | None:
    """Give an age to match services with: exact from a birthday, the middle of a band otherwise, None when not said."""
    return age_on(born, on) if born else _MIDDLE.get(band)


def is_under_18(born: date | None, band: str, on: date) -> bool:
    """Tell whether somebody is known to be under 18."""
    return age_on(born, on) < 18 if born else band in ("under_11", "11_15", "16_17")


def is_under_16(born: date | None, band: str, on: date) -> bool:
    """Tell whether somebody is known to be under 16."""
    return age_on(born, on) < 16 if born else band in ("under_11", "11_15")

"""Bank holidays of England and Wales. Source: PyPI `holidays`, after gov.uk/bank-holidays."""

from __future__ import annotations

from datetime import date

import holidays


def bank_holidays_of(first_year: int, last_year: int) -> dict[date, str]:
    """Give the bank holidays of England and Wales in a range of years, with their English names."""
    return dict(holidays.country_holidays("GB", subdiv="ENG", years=range(first_year, last_year + 1)))

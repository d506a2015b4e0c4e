"""The mix of the population: age, sex, ethnicity, deprivation.

Source: the mission documents' population mosaic for an area of 980,000 people (S2-094 gender, S2-095 deprivation tenths,
S2-096 ethnicity, S2-097 age). The published shares of age and deprivation add up to 99.9; weights need no more.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

SEX: tuple[tuple[str, float], ...] = (("female", 50.7), ("male", 49.3))
"""S2-094."""

DEPRIVATION: tuple[tuple[int, float], ...] = (
    (1, 2.7), (2, 3.5), (3, 4.5), (4, 6.4), (5, 9.7), (6, 12.6), (7, 13.2), (8, 17.3), (9, 15.5), (10, 14.5),
)  # fmt: skip
"""S2-095: 1 is the most deprived tenth of the country."""

ETHNICITY: tuple[tuple[tuple[str, ...], float], ...] = (
    (("H", "J", "K", "L"), 4.7),
    (("M", "N", "P"), 1.5),
    (("D", "E", "F", "G"), 2.2),
    (("R", "S"), 0.9),
    (("A",), 85.2),
    (("B", "C"), 5.5),
)
"""S2-096: the six groups of the mosaic, as national codes (NHS Data Dictionary, ETHNIC CATEGORY)."""

AGE: tuple[tuple[tuple[int, int], float], ...] = (
    ((0, 9), 9.9), ((10, 19), 12.0), ((20, 29), 11.6), ((30, 39), 13.1), ((40, 49), 12.3),
    ((50, 59), 13.9), ((60, 69), 12.0), ((70, 79), 9.4), ((80, 89), 4.7), ((90, 99), 1.0),
)  # fmt: skip
"""S2-097."""


def draw(chance: random.Random, mix: Sequence[tuple[T, float]]) -> T:
    """Draw one row of a mix by its share."""
    point = chance.random() * sum(share for _row, share in mix)
    for row, share in mix:
        point -= share
        if point < 0:
            return row
    return mix[-1][0]

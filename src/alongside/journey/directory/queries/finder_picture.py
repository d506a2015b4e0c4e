"""Where the services of a list are, seen from the place chosen for the search: drawn here, with nothing fetched from anywhere.

The list says the same with miles; the picture only helps who thinks in places. Source: part 9 (a map that is only an enhancement).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, radians

from alongside.journey.directory.models import Place

SIZE, EDGE = 600.0, 46.0
"""Of the drawing, in its own units, and what is left free around it."""
MILES_A_DEGREE = 69.0
RINGS = (0.25, 0.5, 1, 2, 5, 10, 20, 40)
"""Miles that a ring may stand for."""
APART = 44.0
"""So near each other two numbers may stand; one that is nearer stands with the first."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One or more rows of the list in one place: "1" or "2, 5"."""

    x: str
    y: str
    numbers: str


@dataclass(frozen=True, slots=True)
class Ring:
    """So many miles around the place chosen."""

    r: str
    label_y: str
    miles: str


@dataclass(frozen=True, slots=True)
class FinderPicture:
    """The drawing in its own units, north above; the place chosen stands in the middle."""

    size: str
    middle: str
    spots: tuple[Spot, ...]
    rings: tuple[Ring, ...]


def finder_picture(place: Place | None, where: Sequence[tuple[float, float] | None]) -> FinderPicture | None:
    """Draw rows by their number in the list; nothing without a place chosen, or when nobody knows where any of them is."""
    if place is None:
        return None
    narrowing = cos(radians(place.latitude))
    away = {
        number: ((at[1] - place.longitude) * narrowing * MILES_A_DEGREE, (place.latitude - at[0]) * MILES_A_DEGREE)
        for number, at in enumerate(where, 1)
        if at
    }
    if not away:
        return None
    farthest = max(max(hypot(*one) for one in away.values()), RINGS[0])
    scale, middle = (SIZE / 2 - EDGE) / farthest, SIZE / 2
    spots: list[tuple[float, float, list[int]]] = []
    for number, (east, south) in away.items():
        x, y = middle + east * scale, middle + south * scale
        beside = next((one for one in spots if hypot(one[0] - x, one[1] - y) < APART), None)
        if beside:
            beside[2].append(number)
        else:
            spots.append((x, y, [number]))
    rings = [miles for miles in RINGS if miles <= farthest][-2:]
    return FinderPicture(
        _said(SIZE),
        _said(middle),
        tuple(Spot(_said(x), _said(y), ", ".join(map(str, numbers))) for x, y, numbers in spots),
        tuple(Ring(_said(miles * scale), _said(middle - miles * scale - 6), f"{miles:g}") for miles in rings),
    )


def _said(number: float) -> str:
    return f"{number:.1f}"

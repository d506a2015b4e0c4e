"""Where the services of a list are, seen from the place chosen for the search: drawn here, with nothing fetched from anywhere.

The list says the same with miles; the picture only helps who thinks in places. Source: part 9 (a map that is only an enhancement).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, radians, sqrt

from alongside.journey.directory.models import Place
from alongside.journey.directory.queries.finding import MILES_A_DEGREE

SIZE, EDGE = 600.0, 46.0
"""Of the drawing, in its own units, and what is left free around it."""
RINGS = (0.25, 0.5, 1, 2, 5, 10, 20, 40)
"""Miles that a ring may stand for."""
WIDE, HIGH = 120.0, 40.0
"""So near each other two numbers may not stand; one that is nearer stands with the first."""
TOLD = 3
"""So many numbers, or runs of them, are written in one spot."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One or more rows of the list in about one place: "1" or "2, 5–8"."""

    x: str
    y: str
    numbers: str
    side: str
    """To which side of it the numbers are written, as SVG calls it: those at an edge are written towards the middle."""


@dataclass(frozen=True, slots=True)
class Ring:
    """So many miles around the place chosen."""

    r: str
    label_y: str
    miles: str


@dataclass(frozen=True, slots=True)
class FinderPicture:
    """The drawing in its own units, north above; the place chosen stands in the middle, and what is near it is drawn larger."""

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
    scale, middle = (SIZE / 2 - EDGE) / sqrt(farthest), SIZE / 2
    spots: list[tuple[float, float, list[int]]] = []
    for number, (east, south) in away.items():
        nearer = scale / max(sqrt(hypot(east, south)), 0.01)
        x, y = middle + east * nearer, middle + south * nearer
        beside = next((one for one in spots if abs(one[0] - x) < WIDE and abs(one[1] - y) < HIGH), None)
        if beside:
            beside[2].append(number)
        else:
            spots.append((x, y, [number]))
    rings = [miles for miles in RINGS if miles <= farthest][-2:]
    return FinderPicture(
        _said(SIZE),
        _said(middle),
        tuple(Spot(_said(x), _said(y), _in_runs(numbers), _side(x)) for x, y, numbers in spots),
        tuple(Ring(_said(sqrt(miles) * scale), _said(middle + sqrt(miles) * scale + 22), f"{miles:g}") for miles in rings),
    )


def _in_runs(numbers: Sequence[int]) -> str:
    """Write numbers shortly: "1, 7–10"."""
    runs = list[list[int]]()
    for number in sorted(numbers):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    said = [f"{run[0]}" if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    return ", ".join(said[:TOLD]) + ("…" if len(said) > TOLD else "")


def _side(x: float) -> str:
    return "start" if x < SIZE * 0.3 else "end" if x > SIZE * 0.7 else "middle"


def _said(number: float) -> str:
    return f"{number:.1f}"

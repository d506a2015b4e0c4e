"""A code to point a phone at, as squares that a template draws: no image, no script, nothing that is marked as safe."""

from __future__ import annotations

from dataclasses import dataclass

import segno


@dataclass(frozen=True, slots=True)
class Squares:
    """How many squares wide it is, its quiet edge included, and the path of the dark ones."""

    width: int
    path: str


def squares_of(text: str) -> Squares:
    """Draw a text as a QR code."""
    rows = tuple(segno.make(text, error="m", micro=False).matrix_iter(border=4))
    dark = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, square in enumerate(row) if square)
    return Squares(len(rows), "".join(dark))

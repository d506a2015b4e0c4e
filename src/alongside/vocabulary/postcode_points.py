"""The points of very many postcodes, held close together: 2.7 million of them in about fifty megabytes."""

from __future__ import annotations

from collections.abc import Iterator
from struct import Struct

from alongside.vocabulary.postcode import area

_ONE = Struct("<3sii?")
_PARTS = 1_000_000
"""Degrees are held in millionths, as the national files give them: a tenth of a metre."""

Point = tuple[str, float, float, bool]
"""A postcode without its space, its latitude and longitude in degrees, and whether it is no longer used."""


class PostcodePoints:
    """Postcodes and where they are, given back in their order and each once, whatever the order they came in."""

    def __init__(self) -> None:
        self._by_outcode: dict[str, bytearray] = {}
        self.came = 0
        """So many were added, the same one twice counted twice."""

    def add(self, code: str, latitude: float, longitude: float, *, ended: bool) -> None:
        """Add a postcode written without its space."""
        held = self._by_outcode.setdefault(code[:-3], bytearray())
        held += _ONE.pack(code[-3:].encode("ascii"), round(latitude * _PARTS), round(longitude * _PARTS), ended)
        self.came += 1

    def areas(self) -> set[str]:
        """Give the letters with which they begin."""
        return {area(code) for code in self._by_outcode}

    def __iter__(self) -> Iterator[Point]:
        """Give each postcode once, in order; of one that came twice the one that is in use, and of two such the last."""
        for outcode in sorted(self._by_outcode):
            found: dict[bytes, tuple[int, int, bool]] = {}
            for inward, latitude, longitude, ended in _ONE.iter_unpack(self._by_outcode[outcode]):
                if not ended or inward not in found:
                    found[inward] = (latitude, longitude, ended)
            for inward in sorted(found):
                latitude, longitude, ended = found[inward]
                yield outcode + inward.decode("ascii"), latitude / _PARTS, longitude / _PARTS, ended

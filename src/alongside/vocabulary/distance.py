"""Distance between two places on a map."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt


def miles_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Give the distance in miles between two (latitude, longitude) pairs in degrees, by the haversine."""
    lat1, lon1, lat2, lon2 = map(radians, (*one, *other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * 3958.8 * asin(sqrt(half))

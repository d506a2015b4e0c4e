"""The National Grid against the worked example that the Ordnance Survey publishes."""

from __future__ import annotations

from math import degrees

import pytest

from alongside.vocabulary.distance import miles_between
from alongside.vocabulary.national_grid import on_airy, to_latitude_longitude


def from_dms(whole: int, minutes: int, seconds: float) -> float:
    return whole + minutes / 60 + seconds / 3600


def test_the_worked_example_of_the_guide_comes_out_to_its_last_digit() -> None:
    """Annexe C: E 651409.903, N 313177.270 is 52°39′27.2531″ N, 1°43′4.5177″ E on the Airy 1830 ellipsoid."""
    latitude, longitude = map(degrees, on_airy(651409.903, 313177.270))
    assert latitude == pytest.approx(from_dms(52, 39, 27.2531), abs=0.00005 / 3600)
    assert longitude == pytest.approx(from_dms(1, 43, 4.5177), abs=0.00005 / 3600)


def test_the_same_point_in_wgs84_is_where_others_have_it_by_the_same_parameters() -> None:
    """52°39′28.723″ N, 1°42′57.787″ E: a hundred metres from its place on the Airy ellipsoid, which a postcode would notice."""
    latitude, longitude = to_latitude_longitude(651409.903, 313177.270)
    assert latitude == pytest.approx(from_dms(52, 39, 28.723), abs=0.0005 / 3600)
    assert longitude == pytest.approx(from_dms(1, 42, 57.787), abs=0.0005 / 3600)


@pytest.mark.parametrize(
    ("easting", "northing", "near"),
    [
        (400_000, 100_000, (50.8, -2.0)),
        (265_600, 192_900, (51.62, -3.94)),  # Swansea
        (447_600, 1_141_500, (60.16, -1.14)),  # Lerwick: seven figures
        (90_200, 10_700, (49.92, -6.32)),  # Scilly
    ],
)
def test_the_corners_of_the_grid_lie_where_they_do(easting: int, northing: int, near: tuple[float, float]) -> None:
    assert miles_between(to_latitude_longitude(easting, northing), near) < 1


def test_a_mile_of_the_grid_is_a_mile() -> None:
    one, other = to_latitude_longitude(400_000, 300_000), to_latitude_longitude(401_609.344, 300_000)
    assert miles_between(one, other) == pytest.approx(1.0, abs=0.004)

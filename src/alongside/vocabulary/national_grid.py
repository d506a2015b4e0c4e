"""The National Grid of Great Britain, turned into latitude and longitude (WGS84).

Source: Ordnance Survey, "A guide to coordinate systems in Great Britain": annexe C (easting and northing to latitude and longitude, on
the Airy 1830 ellipsoid) and section 6.6 (the seven parameters between OSGB36 and WGS84). The guide says of those that they are right
to about five metres, which is less than a postcode is wide.
"""

from __future__ import annotations

from math import atan2, cos, degrees, hypot, radians, sin, sqrt, tan

_A, _B = 6377563.396, 6356256.909
"""Half the axes of the Airy 1830 ellipsoid, in metres."""
_E2 = 1 - (_B / _A) ** 2
_N = (_A - _B) / (_A + _B)
_F0, _E0, _N0 = 0.9996012717, 400_000.0, -100_000.0
_LAT0, _LON0 = radians(49.0), radians(-2.0)
_WGS_A, _WGS_E2 = 6378137.0, 1 - (6356752.314245 / 6378137.0) ** 2
_SHIFT = (446.448, -125.157, 542.060)
"""From OSGB36 to WGS84, in metres: the guide gives the other direction, whose signs are turned."""
_SCALE = -20.4894e-6
_TURN = (radians(0.1502 / 3600), radians(0.2470 / 3600), radians(0.8421 / 3600))
_CLOSE = 1e-5
"""A hundredth of a millimetre, as the guide asks for."""


def to_latitude_longitude(easting: float, northing: float) -> tuple[float, float]:
    """Give latitude and longitude in degrees (WGS84) of a point of the grid, in metres."""
    return _to_wgs84(*on_airy(easting, northing))


def on_airy(easting: float, northing: float) -> tuple[float, float]:
    """Give latitude and longitude on the Airy 1830 ellipsoid, in radians: the guide's annexe C, letter by letter."""
    lat = _LAT0 + (northing - _N0) / (_A * _F0)
    while abs(left := northing - _N0 - _arc(lat)) >= _CLOSE:
        lat += left / (_A * _F0)
    bent = 1 - _E2 * sin(lat) ** 2
    nu, rho = _A * _F0 / sqrt(bent), _A * _F0 * (1 - _E2) / bent**1.5
    eta2, t, sec = nu / rho - 1, tan(lat), 1 / cos(lat)
    vii = t / (2 * rho * nu)
    viii = t / (24 * rho * nu**3) * (5 + 3 * t**2 + eta2 - 9 * t**2 * eta2)
    ix = t / (720 * rho * nu**5) * (61 + 90 * t**2 + 45 * t**4)
    x = sec / nu
    xi = sec / (6 * nu**3) * (nu / rho + 2 * t**2)
    xii = sec / (120 * nu**5) * (5 + 28 * t**2 + 24 * t**4)
    xiia = sec / (5040 * nu**7) * (61 + 662 * t**2 + 1320 * t**4 + 720 * t**6)
    de = easting - _E0
    return lat - vii * de**2 + viii * de**4 - ix * de**6, _LON0 + x * de - xi * de**3 + xii * de**5 - xiia * de**7


def _arc(lat: float) -> float:
    """Give the arc of the meridian from the true origin, in metres."""
    less, more = lat - _LAT0, lat + _LAT0
    return (
        _B
        * _F0
        * (
            (1 + _N + 5 / 4 * _N**2 + 5 / 4 * _N**3) * less
            - (3 * _N + 3 * _N**2 + 21 / 8 * _N**3) * sin(less) * cos(more)
            + (15 / 8 * _N**2 + 15 / 8 * _N**3) * sin(2 * less) * cos(2 * more)
            - 35 / 24 * _N**3 * sin(3 * less) * cos(3 * more)
        )
    )


def _to_wgs84(lat: float, lon: float) -> tuple[float, float]:
    nu = _A / sqrt(1 - _E2 * sin(lat) ** 2)
    x, y, z = nu * cos(lat) * cos(lon), nu * cos(lat) * sin(lon), nu * (1 - _E2) * sin(lat)
    (tx, ty, tz), (rx, ry, rz), s = _SHIFT, _TURN, 1 + _SCALE
    x, y, z = tx + s * x - rz * y + ry * z, ty + rz * x + s * y - rx * z, tz - ry * x + rx * y + s * z
    flat = hypot(x, y)
    found = atan2(z, flat * (1 - _WGS_E2))
    for _step in range(4):
        found = atan2(z + _WGS_E2 * _WGS_A / sqrt(1 - _WGS_E2 * sin(found) ** 2) * sin(found), flat)
    return degrees(found), degrees(atan2(y, x))

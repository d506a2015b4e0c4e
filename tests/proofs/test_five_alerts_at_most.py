"""However many write at the same moment, somebody has five live alerts at most; on both databases (trust.md H25).

Shown to fail: with the constraint `five_open_alerts_at_most` gone and the person not locked, six stand there.
"""

from __future__ import annotations

import pytest

from tests.support.alone import run_alone


@pytest.mark.hazard("H25")
def test_six_at_once_leave_five(own_database: str) -> None:
    assert run_alone("tests.support.alerts_at_once", address=own_database) == {
        "six_at_once": {"practical": 1, "FiveAlready": 5},
        "places": [1, 2, 3, 4, 5],
        "instead_of_one": {"practical": 1, "AlreadyDone": 5},
        "places_after": [1, 2, 3, 4, 5],
    }

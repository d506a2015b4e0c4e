"""P8: a flood on the finder is answered by 429 or 503, with whom to call; the public door takes everybody, and staff go on (C32, T20)."""

from __future__ import annotations

from tests.support.alone import run_alone
from tests.support.flooded import ASKED_BY_EACH, ASKERS, EACH, FLOODERS, STEPS, flood
from tests.support.tries import served

OF_ONE = 5


def test_a_flood_on_the_finder_leaves_the_door_and_the_staff_alone(own_database: str) -> None:
    """Two processes of four places each, twenty-four who ask for the finder and the open directory without a pause.

    Shown to fail: without `web.crowd.Crowd` among the middleware nothing is put off.
    """
    worker = run_alone("tests.support.flooded", "make", address=own_database)
    behind = {"ALONGSIDE_BEHIND_PROXY": "yes", "ALONGSIDE_PROXIES": "127.0.0.1"}
    budget = {"ALONGSIDE_FINDER_A_MINUTE": str(OF_ONE), "ALONGSIDE_FINDER_A_MINUTE_IN_ALL": "100000"}
    with served(own_database, **behind, **budget) as port:
        seen = flood(port, worker)
    # Everybody who asked for help was heard, and the staff page and the crisis page were there all the time.
    assert seen.door == {"302": ASKERS * ASKED_BY_EACH * len(STEPS)}
    assert seen.heard == ASKERS * ASKED_BY_EACH
    assert run_alone("tests.support.flooded", "count", address=own_database) == {"referrals": ASKERS * ASKED_BY_EACH}
    assert set(seen.staff) == {200} and set(seen.crisis) == {200}
    # The flood was put off, by each of both, and every answer says whom to call and when to come again.
    assert sum(seen.finder.values()) + sum(seen.api.values()) == FLOODERS * EACH
    assert seen.finder["one 429"] > 0, seen
    assert seen.finder["many 503"] + seen.finder["one 503"] > 0, seen
    assert seen.finder["many 200"] > 0, "one address uses up nobody else's"
    assert set(seen.finder) <= {f"{of} {status}" for of in ("one", "many") for status in (200, 429, 503)}
    assert set(seen.api) <= {200, 429, 503} and seen.api[503] + seen.api[429] > 0
    assert seen.without_help == []

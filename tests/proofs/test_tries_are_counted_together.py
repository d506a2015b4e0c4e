"""P8: every process counts the same tries, to the last one, and a restart forgets none (trust.md C16, C32, T20)."""

from __future__ import annotations

from tests.support.tries import served, try_at_once


def test_of_many_tries_at_once_in_two_processes_exactly_five_are_judged(own_database: str) -> None:
    """Shown to fail: with the cache of one process as the counter, each of the two judges five."""
    behind = {"ALONGSIDE_BEHIND_PROXY": "yes", "ALONGSIDE_PROXIES": "127.0.0.1"}
    with served(own_database, **behind) as port:
        first = try_at_once(port, 16, "cora@hub.example", **{"X-Forwarded-For": "192.0.2.1"})
        victim = try_at_once(port, 3, "cora@hub.example", **{"X-Forwarded-For": "192.0.2.2"})
    with served(own_database, **behind) as port:
        again = try_at_once(port, 2, "cora@hub.example", **{"X-Forwarded-For": "192.0.2.1"})
        other = try_at_once(port, 4, "nell@hub.example", **{"X-Forwarded-For": "192.0.2.1"})
    assert first == {"judged": 5, "must wait": 11}
    assert victim == {"judged": 3}, "somebody else's tries lock nobody out"
    assert again == {"must wait": 2}, "a restart forgets nothing"
    assert other == {"judged": 2, "must wait": 2}, "twenty from one address, whatever the account"


def test_what_a_client_says_of_its_address_counts_only_from_the_proxy(own_database: str) -> None:
    with served(own_database, ALONGSIDE_BEHIND_PROXY="yes", ALONGSIDE_PROXIES="192.0.2.9") as port:
        found = [try_at_once(port, 2, "cora@hub.example", **{"X-Forwarded-For": f"198.51.100.{one}"}) for one in range(4)]
    assert sum(one["judged"] for one in found) == 5

"""Promise 5: matching reads needs, age and distance; a diagnosis changes nothing, since there is no way to say one."""

from __future__ import annotations

import inspect
from dataclasses import fields, replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.journey.directory.queries import match_services
from alongside.journey.directory.rules import OFFERS_PER_NEED, Candidate, Match, Offer, match
from tests.support.hub import AT

NEEDS = ("sleep", "money_and_debt", "loneliness")
PLAIN = Candidate(1, "A", ("sleep",), 1, None, None, 2.0, closed=False, full=False, confirmed_at=AT)

CANDIDATES = st.lists(
    st.builds(
        Candidate,
        key=st.integers(1, 10_000),
        name=st.sampled_from(("Garden", "Choir", "Clinic")),
        needs=st.lists(st.sampled_from((*NEEDS, "grief")), max_size=3).map(tuple),
        level=st.integers(0, 4),
        age_from=st.none() | st.integers(0, 30),
        age_to=st.none() | st.integers(30, 90),
        miles=st.none() | st.floats(0, 40),
        closed=st.booleans(),
        full=st.booleans(),
        confirmed_at=st.none() | st.integers(0, 800).map(lambda days: AT - timedelta(days=days)),
    ),
    max_size=12,
    unique_by=lambda one: one.key,
)
ASKED = st.lists(st.sampled_from(NEEDS), unique=True)
DIAGNOSES = ("diagnos", "icd", "snomed", "disorder", "condition", "cluster")


def test_there_is_no_way_to_tell_matching_a_diagnosis() -> None:
    told = [*inspect.signature(match).parameters, *inspect.signature(match_services).parameters]
    told += [field.name for field in (*fields(Candidate), *fields(Offer), *fields(Match))]
    assert [name for name in told if any(word in name for word in DIAGNOSES)] == []


@given(candidates=CANDIDATES, needs=ASKED, age=st.none() | st.integers(0, 100), diagnosis=st.text(min_size=1, max_size=20))
def test_a_diagnosis_written_among_the_needs_changes_no_offer(
    candidates: list[Candidate], needs: list[str], age: int | None, diagnosis: str
) -> None:
    told = f"diagnosis {diagnosis}"
    without, with_it = match(needs, age, candidates, at=AT), match([*needs, told], age, candidates, at=AT)
    assert tuple(offer for offer in with_it.offers if offer[0] != told) == without.offers
    assert with_it.not_shown == without.not_shown


@given(candidates=CANDIDATES, needs=ASKED, age=st.none() | st.integers(0, 100))
def test_every_service_is_offered_or_has_a_reason_and_only_what_fits_is_offered(
    candidates: list[Candidate], needs: list[str], age: int | None
) -> None:
    found = match(needs, age, candidates, at=AT)
    by_key = {one.key: one for one in candidates}
    offered = {offer.key for _need, offers in found.offers for offer in offers}
    left_out = dict(found.not_shown)
    assert offered | set(left_out) == set(by_key) and not offered & set(left_out)
    assert set(left_out.values()) <= {"closed", "age", "full", "need", "far"}
    for need, offers in found.offers:
        assert len(offers) <= OFFERS_PER_NEED
        chosen = [by_key[offer.key] for offer in offers]
        assert all(need in one.needs and not one.closed and not one.full for one in chosen)
        # At least two, where the directory has them.
        fitting = [one for one in candidates if need in one.needs and one.key not in left_out]
        assert len(offers) >= min(2, len(fitting))


@given(candidates=CANDIDATES, needs=ASKED)
def test_the_order_in_which_services_are_read_changes_nothing(candidates: list[Candidate], needs: list[str]) -> None:
    assert match(needs, 30, candidates, at=AT) == match(needs, 30, candidates[::-1], at=AT)


ORDER = [
    (replace(PLAIN, key=1, level=0, miles=9.0), "lightest first, though farther"),
    (replace(PLAIN, key=2, level=1, miles=1.0), "then nearest"),
    (replace(PLAIN, key=3, level=1, miles=5.0), "then farther"),
    (replace(PLAIN, key=4, level=1, miles=None), "then where nobody knows how far"),
    (replace(PLAIN, key=5, level=0, miles=0.1, confirmed_at=None), "what nobody has confirmed comes last"),
]


def test_offers_are_lightest_then_nearest_and_unconfirmed_last_with_their_warning() -> None:
    [(need, offers)] = match(["sleep"], None, [one for one, _why in reversed(ORDER)], at=AT).offers
    assert (need, [offer.key for offer in offers]) == ("sleep", [1, 2, 3, 4, 5])
    assert [offer.warning for offer in offers] == ["", "", "", "", "never"]
    assert offers[0].why == ("need", "light", "near:9.0", "confirmed")


@pytest.mark.parametrize(
    ("one", "because"),
    [
        (replace(PLAIN, closed=True, full=True), "closed"),
        (replace(PLAIN, age_from=18), "age"),
        (replace(PLAIN, age_to=16), "age"),
        (replace(PLAIN, full=True), "full"),
        (replace(PLAIN, needs=("grief",)), "need"),
        (replace(PLAIN, needs=()), "need"),
    ],
)
def test_what_is_left_out_says_why(one: Candidate, because: str) -> None:
    found = match(["sleep"], 17, [one], at=AT)
    assert found.not_shown == ((1, because),) and found.offers == (("sleep", ()),)

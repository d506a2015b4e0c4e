"""Promise 5: matching reads needs, age and distance; a diagnosis changes nothing, since there is no way to say one."""

from __future__ import annotations

import inspect
from dataclasses import fields
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from alongside.journey.directory.queries.matching import match_services
from alongside.journey.directory.rules import OFFERS_PER_NEED, Candidate, Match, Offer, match
from tests.support.hub import AT

NEEDS = ("sleep", "money_and_debt", "loneliness")

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
        asked_before=st.booleans(),
        left=st.booleans(),
        fades_at=st.none() | st.integers(-400, 400).map(lambda days: AT + timedelta(days=days)),
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
    assert set(left_out.values()) <= {"closed", "let_down", "asked_before", "age", "full", "need", "far"}
    for need, offers in found.offers:
        assert len(offers) <= OFFERS_PER_NEED
        chosen = [by_key[offer.key] for offer in offers]
        assert all(need in one.needs and not (one.closed or one.left or one.full or one.asked_before) for one in chosen)
        # At least two, where the directory has them.
        fitting = [one for one in candidates if need in one.needs and one.key not in left_out]
        assert len(offers) >= min(2, len(fitting))


@given(candidates=CANDIDATES, needs=ASKED)
def test_the_order_in_which_services_are_read_changes_nothing(candidates: list[Candidate], needs: list[str]) -> None:
    assert match(needs, 30, candidates, at=AT) == match(needs, 30, candidates[::-1], at=AT)

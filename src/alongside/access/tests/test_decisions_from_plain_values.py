"""The decisions of access that need no database, value by value."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from alongside.access.actors import sharing_of
from alongside.access.rules import is_meant, person_level, review_by, staff_level

MONDAY, FRIDAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC), datetime(2026, 3, 6, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "holidays", "by"),
    [
        (MONDAY, (), date(2026, 3, 5)),
        (FRIDAY, (), date(2026, 3, 11)),
        (MONDAY, (date(2026, 3, 3),), date(2026, 3, 6)),
        (FRIDAY, (date(2026, 3, 7),), date(2026, 3, 11)),
        (datetime(2026, 7, 6, 23, 30, tzinfo=UTC), (), date(2026, 7, 10)),
    ],
    ids=["three days on", "a weekend between", "a bank holiday between", "a holiday on a Saturday", "past midnight here"],
)
def test_a_broken_glass_is_reviewed_within_three_working_days(at: datetime, holidays: tuple[date, ...], by: date) -> None:
    assert review_by(at, holidays) == by


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ({"id_assurance_level": "3", "authentication_assurance_level": "2"}, "IAL3.AAL2"),
        ({"id_assurance_level": 3, "authentication_assurance_level": 3}, "IAL3.AAL3"),
        ({"id_assurance_level": "3", "acr": "AAL3"}, "IAL3.AAL3"),
        ({"id_assurance_level": "3", "authentication_assurance_level": "1", "acr": "AAL3"}, ""),
        ({"id_assurance_level": "3", "authentication_assurance_level": "1"}, ""),
        ({"id_assurance_level": "2", "authentication_assurance_level": "3"}, ""),
        ({"id_assurance_level": "3"}, ""),
        ({"authentication_assurance_level": "3"}, ""),
        ({}, ""),
    ],
)
def test_staff_are_known_well_enough_or_not_at_all(said: dict[str, object], level: str) -> None:
    assert staff_level(said) == level


@pytest.mark.parametrize(
    ("said", "asked", "level"),
    [
        ({"identity_proofing_level": "P9", "vot": "P9.Cp.Cd"}, ("P9.Cp.Cd",), "P9.Cp.Cd"),
        ({"identity_proofing_level": "P9", "vot": "P9.Cm"}, ("P9.Cp.Cd",), ""),
        ({"identity_proofing_level": "P5", "vot": "P9.Cp.Cd"}, ("P9.Cp.Cd",), ""),
        ({"identity_proofing_level": "P9", "vot": "P5.Cp.Cd"}, ("P5.Cp.Cd",), ""),
        ({"identity_proofing_level": "P9"}, ("", "P9.Cp.Cd"), ""),
        ({"vot": "P9.Cp.Cd"}, ("P9.Cp.Cd",), ""),
    ],
)
def test_a_person_is_proven_as_was_asked_or_not_at_all(said: dict[str, object], asked: tuple[str, ...], level: str) -> None:
    assert person_level(said, asked) == level


BORN, OTHER = date(1990, 5, 4), date(1991, 5, 4)


@pytest.mark.parametrize(
    ("told", "theirs", "is_them"),
    [
        (("Mair Pretend", BORN, "9990000018"), (("Nobody Alike",), OTHER, ("9990000018",)), True),
        (("Mair Pretend", BORN, ""), (("Mair Pretend",), BORN, ("9990000018",)), True),
        (("Mair Pretend", BORN, "9990000026"), (("Mair Pretend",), BORN, ("9990000018",)), True),
        (("Mair Pretend", BORN, ""), (("", "Mair Pretend"), BORN, ()), True),
        (("Mair Pretend", BORN, ""), (("Nobody Alike", "Mair Pretend"), BORN, ()), True),
        (("Mair Pretend", BORN, ""), (("Nobody Alike",), BORN, ()), False),
        (("Mair Pretend", BORN, ""), (("Mair Pretend",), OTHER, ()), False),
        (("Mair Pretend", None, ""), (("Mair Pretend",), None, ()), False),
        (("Mair Pretend", BORN, ""), (("Mair Pretend",), None, ("",)), False),
        (("Mair Pretend", BORN, "9990000026"), (("Mair Pretend",), OTHER, ("9990000018",)), False),
    ],
)
def test_whom_a_worker_knows_is_told_by_a_number_or_by_birthday_and_name(
    told: tuple[str, date | None, str], theirs: tuple[tuple[str, ...], date | None, tuple[str, ...]], is_them: bool
) -> None:
    assert is_meant(*told, *theirs) is is_them


@pytest.mark.parametrize(
    ("agreements", "shared", "openly", "partly"),
    [
        ([(1, "sensitive", [])], (1,), (), ()),
        ([(1, "open", [])], (), (1,), ()),
        ([(1, "open", []), (1, "sensitive", [])], (1,), (), ()),
        ([(1, "sensitive", ["story"])], (), (), (("story", "sensitive", 1),)),
        ([(1, "open", ["story", "body"])], (), (), (("body", "open", 1), ("story", "open", 1))),
        ([(1, "sensitive", []), (1, "open", ["story"])], (1,), (), ()),
        ([(1, "open", []), (1, "sensitive", ["story"])], (), (1,), (("story", "sensitive", 1),)),
        ([(1, "sensitive", []), (1, "sensitive", []), (2, "open", []), (2, "open", [])], (1,), (2,), ()),
        ([(2, "sensitive", []), (1, "sensitive", [])], (2, 1), (), ()),
        ([], (), (), ()),
    ],
)
def test_what_agreements_share_is_whole_open_only_or_by_part(
    agreements: list[tuple[int, str, list[str]]],
    shared: tuple[int, ...],
    openly: tuple[int, ...],
    partly: tuple[tuple[str, str, int], ...],
) -> None:
    assert sharing_of(agreements) == (shared, openly, partly)

"""Words of an entry and the part of the standard behind them are one field: they are new together, and stay together (part 7)."""

from __future__ import annotations

import pytest

from alongside.vocabulary.service_entry import FIELDS, ServiceEntry, new_fields, prints_in, said_in, saying

TUESDAYS = {"byday": "TU", "opens_at": "10:00", "closes_at": "12:00"}
ENTRY = ServiceEntry(
    source="s", source_id="1", name="Tea", when_next="Tuesdays", cost="Free",
    details={"schedules": [TUESDAYS], "languages": [{"name": "Polish"}]},
)  # fmt: skip


@pytest.mark.parametrize("field", FIELDS)
def test_what_a_field_says_can_be_said_again(field: str) -> None:
    assert saying(ENTRY, field, said_in(ENTRY, field)) == ENTRY


def test_other_times_behind_the_same_words_are_new() -> None:
    later = saying(ENTRY, "when_next", ["Tuesdays", [TUESDAYS | {"closes_at": "13:00"}]])
    assert new_fields(prints_in(ENTRY), prints_in(later)) == ["when_next"]


def test_words_said_here_let_go_of_the_part_and_of_nothing_else() -> None:
    ours = saying(ENTRY, "when_next", "Ring first")
    assert (ours.when_next, ours.details) == ("Ring first", {"languages": [{"name": "Polish"}]})
    assert said_in(saying(ours, "details", said_in(ENTRY, "details")), "when_next") == "Ring first"

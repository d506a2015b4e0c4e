"""Two workers, or thirty-two posts, at the same moment: one wins, nothing is doubled, nobody is lost; on both databases."""

from __future__ import annotations

import os

import pytest

from tests.support.alone import run_alone

WRITERS, EDITS = 8, 125 if os.environ.get("PROVE") == "full" else 15


def test_whatever_many_do_at_once_happens_once(own_database: str) -> None:
    found = run_alone("tests.support.at_once", address=own_database)
    assert found == {
        # 32 posts of one key: one referral, one answer (P3).
        "same_key_same_content": 1,
        "rows": {"Referral": 1, "Person": 1, "Membership": 1, "Holding": 1},
        "entries": {"received": 1, "again": 31},
        # One content is taken, sent four times; the other is a conflict for all four.
        "same_key_other_content": {"True": 1, "False": 3, "KeyUsedForSomethingElse": 4},
        # The slower one hears that it is done, or sees no more of somebody who is no longer with the duty team.
        "triaged": found["triaged"],
        "triage_holdings": 2,
        "accepted": ["AlreadyDone", "yes"],
        "met": ["AlreadyDone", "yes"],
        "moved": 1,
        "holds_now": 1,
        # The second finds that somebody else holds by now, and may no longer pass on: or was first of the two.
        "passed_on": found["passed_on"],
        "no_gap": True,
        "open": 1,
        "task_done": ["AlreadyDone", "do"],
        "called_back": ["False", "True"],
        "call_backs": 1,
        "crisis_calls": 1,
        "call_taken": ["A", "AlreadyDone"],
        "one_conversation": 1,
        # Nothing is overwritten: one version stands, the other is parked, both are kept.
        "both_versions": ["False", "True"],
        "kept": ["dreams a lot", "sleeps badly"],
        # Four background workers at the same message: one letter.
        "letters": 1,
    }
    assert found["triaged"] in (["AlreadyDone", "soon"], ["NotFound", "soon"])
    assert "True" in found["passed_on"] and set(found["passed_on"]) <= {"True", "NotFound"}


@pytest.mark.hazard("H20")
@pytest.mark.hazard("H05")
def test_nothing_that_was_written_is_overwritten_unseen(own_database: str) -> None:
    """P14: eight workers write in one conversation as fast as they can; every word is there, standing or parked beside it.

    The suite writes 120 times, with PROVE=full 1,000 times.
    """
    found = run_alone("tests.support.many_edits", str(WRITERS), str(EDITS), address=own_database)
    assert found["failed"] == [] and found["edits"] == WRITERS * EDITS
    assert (found["lost"], found["numbers"], found["unseen"]) == ([], True, 0)
    # They did meet: otherwise nothing was tried.
    assert found["parked"] > 0

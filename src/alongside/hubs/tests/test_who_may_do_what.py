"""What each role does, written out by hand from lists.md (Roles), role by action; not taken from the table in the code.

A dot is no, x is yes by its row of lists.md, p is yes because a promise needs it: then the role's note says which.
Shown to fail: with one action given to, or taken from, any role.
"""

from __future__ import annotations

import pytest

from alongside.hubs.roles import ACTIONS, ROLE_WORDS, ROLES

HEAD = [
    "bring_in",
    "read_story",
    "triage",
    "crisis_call",
    "match",
    "converse",
    "hold",
    "introduce",
    "contact",
    "book",
    "break_glass",
    "override",
    "exclusions",
    "keep_directory",
    "allocate",
    "settings",
    "technical",
    "see_looks",
    "approve_sharing",
    "open_vault",
    "data_rights",
    "approve_exports",
    "downtime",
    "plan",
]
TABLE = """
referrer                 x . . . . . . . .  . . . . . . . . . . . . . . .
registered_practice      x x . . . . . . .  . . . . . . . . . . . . . . .
administrator            x . . . . . . . .  x . . . . . . . . . . . . . .
wellbeing_practitioner   p x x p p x x x x  . x . . . . . . . . p . . . .
link_worker              p x . . . x x x x  . x . . . . . . . . p . . . .
therapist                . x . . . . x p x  . x . . . . . . . . . . . . .
student                  . x . . . . . . x  . . . . . . . . . . . . . . .
coordinator              p x x p p x x x x  . x . . . . . . . . p . . . .
specialist               . x . . . . p p p  . x . . . . . . . . p . . . .
duty_worker              p x x x p . x p p  . x . . . . . . . . p . . p .
crisis_door              p . . . . . . . x  . x . . . . . . . . . . . . .
ward_chair               . . . . . . . . .  . . . . . . . . . . . . . . .
safeguarding_lead        . x . . . . . . .  . x x x . . . . . p . p . p .
service_editor           . . . . . . . . .  . . . . x . . . . . . . . . .
service_lead             . . . . . . . . .  . . . . . x . . . . . . . p .
privacy_officer          . . . . . . . . .  . . . . . . . . x p . x p . .
analyst                  . . . . . . . . .  . . . . . . . . . . . . . . x
hub_lead                 . . . . . . . . .  . . . . p . x . . p . . p p x
system_administrator     . . . . . . . . .  . . . . . . . x . . . . . . .
"""
ROWS = {line.split()[0]: line.split()[1:] for line in TABLE.strip().splitlines()}


def test_the_table_names_every_role_and_every_action() -> None:
    assert set(ROWS) == set(ROLES) == set(ROLE_WORDS)
    assert set(HEAD) == set(ACTIONS)
    assert all(len(row) == len(HEAD) for row in ROWS.values())


@pytest.mark.parametrize("role", ROWS)
def test_a_role_does_what_its_row_says_and_nothing_else(role: str) -> None:
    assert ROLES[role].does == {action for action, mark in zip(HEAD, ROWS[role], strict=True) if mark != "."}


@pytest.mark.parametrize("role", ROWS)
def test_what_a_row_does_not_name_has_its_reason(role: str) -> None:
    assert bool(ROLES[role].note) == ("p" in ROWS[role])


def test_whoever_holds_can_introduce_and_write_down_that_they_met() -> None:
    """Promise 4: hands stay on until hands are met."""
    assert all({"introduce", "contact"} <= role.does for role in ROLES.values() if "hold" in role.does)

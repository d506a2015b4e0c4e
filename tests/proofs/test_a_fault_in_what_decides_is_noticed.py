"""V7: a fault put into what decides who sees and does what is noticed by the tests, or changes nothing and the reason is written down.

Here ten faults, and the tables of the policy and of the roles alone; `./alongside prove faults` puts in every one and asks all the tests that are near.
"""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.support import mutation
from tests.support.mutants import DECIDE, mutants

pytestmark = pytest.mark.hazard("H09")
TABLES = (
    "tests/proofs/test_the_policy_is_its_table.py::test_the_code_decides_as_the_table_says",
    "src/alongside/hubs/tests/test_who_may_do_what.py",
)


def test_some_faults_are_noticed_by_the_tables_alone() -> None:
    command = [sys.executable, "-m", "tests.support.mutation", "--some", *TABLES]
    done = subprocess.run(command, cwd=mutation.ROOT, capture_output=True, text=True, timeout=1_200, check=False)
    found = json.loads(done.stdout[done.stdout.index("{") :])
    assert (done.returncode, found["made"], found["noticed"], found["wrong"]) == (0, len(mutation.SOME), len(mutation.SOME), [])


def test_every_file_that_decides_gives_faults_and_each_has_a_name_of_its_own() -> None:
    for file in DECIDE:
        names = [one.name for one in mutants(file)]
        assert len(names) > 20 and len(set(names)) == len(names), file


def test_what_goes_unnoticed_is_named_unless_it_is_explained_and_no_explanation_outlives_its_fault() -> None:
    assert mutation.compare(["a", "b", "c"], ["a"], {}) == ["not noticed: a"]
    assert mutation.compare(["a", "b", "c"], ["a"], {"a": "why"}) == []
    assert mutation.compare(["a", "b", "c"], [], {"a": "why"}) == ["explained, and noticed: a"]


def test_each_fault_that_changes_nothing_is_one_that_is_made_and_has_a_reason() -> None:
    made = {one.name for file in DECIDE for one in mutants(file)}
    reasons = mutation.explained()
    assert set(reasons) - made == set()
    assert all(len(why) > 25 for why in reasons.values())

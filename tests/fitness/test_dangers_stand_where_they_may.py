"""What turns text into a page, a query, a program or an object stands in few places, each with its reason (tests/support/dangers.py)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.support import secret_scan
from tests.support.dangers import RULES, SOURCE, UNESCAPED, Rule, faults, files

CAUGHT = [(rule, line) for rule in RULES for line in rule.caught]


def test_no_danger_stands_where_it_may_not() -> None:
    assert faults() == []


@pytest.mark.parametrize(("rule", "line"), CAUGHT, ids=[line for _rule, line in CAUGHT])
def test_each_rule_finds_what_it_is_there_for(rule: Rule, line: str) -> None:
    assert list(rule.find(ast.parse(line))) != []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.what)
def test_each_place_that_is_allowed_is_there_and_needs_it(rule: Rule) -> None:
    needed = {place for place in rule.allowed for name, tree in files() if name.startswith(place) and any(rule.find(tree))}
    assert needed == set(rule.allowed)
    assert all(len(why) > 15 for why in rule.allowed.values())


def test_ordinary_lines_are_left_in_peace() -> None:
    ordinary = (
        "re.compile(a)\nrun(a, shell=False)\nrows.filter(a=1).exists()\nescape(a)\nsecrets.choice(a)\nget(a, verify=True)\n"
    )
    assert [rule.what for rule in RULES if list(rule.find(ast.parse(ordinary)))] == []


@pytest.mark.parametrize("line", ["{{ a|safe }}", "{{ a | safe }}", "{% autoescape false %}", "{% autoescape off %}"])
def test_a_template_that_need_not_be_escaped_is_found(line: str) -> None:
    assert UNESCAPED.search(line)
    assert not UNESCAPED.search("{{ safety }} {{ page.is_safe }}")


def test_a_committed_secret_is_found(tmp_path: Path) -> None:
    """The parts are put together here, so that this very file holds none."""
    lines = {
        "key.py": 'KEY = "' + "AKIA" + "QYLPMN5HHHFPZAM2" + '"',
        "key.pem": "-----BEGIN " + "RSA PRIVATE KEY-----\nMIIEow\n",
        "address.py": "A = 'postgresql://" + "hub:" + "Xk3vv91qLw" + "@db.example.org/hub'",
        "settings.py": "pass" + 'word = "' + "correct-horse-9" + '"',
        "plain.py": 'words = "nothing to see"\n',
    }
    for name, text in lines.items():
        (tmp_path / name).write_text(text + "\n")
    assert {one.file for one in secret_scan.findings(lines, tmp_path)} == set(lines) - {"plain.py"}


def test_what_is_taken_for_a_secret_and_is_none_has_its_reason() -> None:
    assert all(len(why) > 10 and (SOURCE.parents[1] / file).exists() for (file, _print), why in secret_scan.NO_SECRETS.items())

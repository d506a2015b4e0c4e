"""The hazard log is held by tests: none without one, no test for a hazard that is not there, and none that only says so.

The suite itself asks for a test that *passed* (tests/support/hazards.py); here stands what can be seen without running.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from alongside.config.hazards import HAZARDS, RISK, evidence, marks
from alongside.hubs.roles import ROLES

ROOT = Path(__file__).resolve().parents[2]


def test_every_hazard_has_a_test() -> None:
    """Shown to fail: with the marks of any one hazard taken away."""
    assert sorted(set(HAZARDS) - set(evidence())) == []


def test_no_test_names_a_hazard_that_is_not_there() -> None:
    assert [(code, held) for code, held in evidence().items() if code not in HAZARDS] == []


@pytest.mark.parametrize("code", HAZARDS)
def test_a_hazard_is_written_down_whole_and_its_controls_aim_lower(code: str) -> None:
    one = HAZARDS[code]
    assert re.fullmatch(r"H[0-9]{2}", code) and all((one.what, one.harm, one.causes, one.controls, one.hub))
    before, target = one.before.split("/"), one.target.split("/")
    assert target != before and RISK[target[0]][target[1]] <= RISK[before[0]][before[1]]


def test_marks_are_read_wherever_they_stand() -> None:
    written = """
pytestmark = [pytest.mark.django_db, pytest.mark.hazard("H01")]
@pytest.mark.parametrize("a", [1])
@pytest.mark.hazard("H02")
def test_one(a): ...
@pytest.mark.hazard("H03", "H04")
class TestTwo:
    @pytest.mark.hazard(SOME)
    def test_inside(self): ...
"""
    assert list(marks(ast.parse(written))) == [
        ("H01", ""), ("H02", "test_one"), ("H03", "TestTwo"), ("H04", "TestTwo"), ("SOME", "test_inside"),
    ]  # fmt: skip


def suite(
    folder: Path, *, body: str, without: str = "", arguments: tuple[str, ...] = ("src", "tests")
) -> subprocess.CompletedProcess[str]:
    """Run a little suite of its own: one test a hazard in `tests`, and one that is only there in `src`."""
    (folder / "src").mkdir()
    (folder / "tests").mkdir()
    (folder / "pytest.ini").write_text("[pytest]\ntestpaths = src tests\nmarkers = hazard(id): as in the house\n")
    (folder / "src" / "test_plain.py").write_text("def test_it():\n    assert True\n")
    held = "".join(
        f'@pytest.mark.hazard("{code}")\ndef test_{code}():\n    assert True\n\n' for code in HAZARDS if code != without
    )
    (folder / "tests" / "test_held.py").write_text(f"import pytest\n\n{held}{body}")
    given = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "xdist",
        "-p",
        "tests.support.hazards",
        *arguments,
    ]
    around = {"PYTHONPATH": f"{ROOT}:{ROOT / 'src'}", "PATH": "/usr/bin:/bin", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return subprocess.run(given, cwd=folder, env=around, capture_output=True, text=True, check=False)


SKIPPED = '@pytest.mark.hazard("H07")\ndef test_skipped():\n    pytest.skip("not today")\n'
FORGIVEN = '@pytest.mark.hazard("H07")\n@pytest.mark.xfail\ndef test_forgiven():\n    assert False\n'


def test_a_whole_run_in_which_every_hazard_has_a_test_that_passed_is_well(tmp_path: Path) -> None:
    done = suite(tmp_path, body="", arguments=("-n2", "src", "tests"))
    assert (done.returncode, "hazards without" in done.stdout) == (0, False), done.stdout


@pytest.mark.parametrize("body", ["", SKIPPED, FORGIVEN], ids=["none", "skipped", "forgiven"])
def test_a_whole_run_fails_for_a_hazard_without_a_test_that_passed(tmp_path: Path, body: str) -> None:
    done = suite(tmp_path, without="H07", body=body, arguments=("-n2",) if body else ())
    assert done.returncode == 1
    assert f"H07 {HAZARDS['H07'].what}" in done.stdout and "H08" not in done.stdout


@pytest.mark.parametrize("arguments", [("tests",), ("src", "tests", "-k", "H08")], ids=["one folder", "by a word"])
def test_a_run_of_some_tests_says_nothing_about_hazards(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = suite(tmp_path, without="H07", body="", arguments=arguments)
    assert (done.returncode, "hazards without" in done.stdout) == (0, False), done.stdout


def test_a_test_that_names_an_unknown_hazard_fails(tmp_path: Path) -> None:
    done = suite(tmp_path, body='@pytest.mark.hazard("H99")\ndef test_unknown():\n    assert True\n')
    assert done.returncode == 1
    assert "names hazard H99" in done.stdout + done.stderr


SCORED = re.compile(
    r"questionnaire|phq|gad_?7|core_?10|wsas|dialog\b|reqol|honos|sdq|swemwbs|caseness|outcome_?measure", re.IGNORECASE
)


def of_the_house() -> set[str]:
    """Name every table, column and address of ours."""
    named = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("alongside.")
        for field in model._meta.get_fields()
    }
    return named | set(addresses(get_resolver(), ""))


def addresses(resolver: URLResolver, before: str) -> list[str]:
    found: list[str] = []
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            found += addresses(one, before + str(one.pattern))
        elif isinstance(one, URLPattern):
            found.append(f"{before}{one.pattern} {one.name or ''}")
    return found


@pytest.mark.hazard("H21")
def test_no_questionnaire_is_kept_shown_or_scored() -> None:
    """The hazard cannot arise yet. Whoever builds the first questionnaire takes this away and brings its scoring tests."""
    assert len(of_the_house()) > 300
    assert sorted(name for name in of_the_house() if SCORED.search(name)) == []
    assert SCORED.search("people/<uuid:person>/questionnaires/phq-9/") and SCORED.search("Score.caseness")


@pytest.mark.hazard("H10")
def test_nobody_signs_in_on_somebody_elses_behalf() -> None:
    """No role, table or column lets a parent or carer act for a person. Whoever builds it brings the tests of its birthdays."""
    acting = re.compile(r"proxy|on_behalf|guardian", re.IGNORECASE)
    assert len(ROLES) > 10 and not {"carer", "parent", "proxy", "supporter"} & set(ROLES)
    assert sorted(name for name in of_the_house() if acting.search(name)) == []

"""A hazard of the safety log without a test that passed fails a whole run of the suite (trust.md section 5).

Loaded with the fixtures. Each worker says with every report which hazards its test holds; whoever runs them all listens, and counts only
tests that passed. A run of some tests asks nothing: it cannot know.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from alongside.config.hazards import HAZARDS

NAME = "hazard"
CHOSEN_BY = ("keyword", "markexpr", "deselect", "ignore", "ignore_glob", "lf", "collectonly")
"""Options with which pytest runs, or counts, only some tests."""


class Held:
    """Which hazards have a test that passed in this run."""

    def __init__(self, whole: bool) -> None:
        self.whole = whole
        self.passed: set[str] = set()

    @property
    def missing(self) -> list[str]:
        return [code for code in HAZARDS if code not in self.passed] if self.whole else []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" and report.passed and not hasattr(report, "wasxfail"):
            self.passed |= {str(value) for name, value in report.user_properties if name == NAME}

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        if self.missing and exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        if self.missing:
            terminalreporter.section("hazards without a test that passed", red=True)
            for code in self.missing:
                terminalreporter.line(f"{code} {HAZARDS[code].what}")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Held(is_whole(config)), "hazards-held")


def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark in item.iter_markers(NAME):
        for code in mark.args:
            if code not in HAZARDS:
                pytest.fail(f"It names hazard {code}, which is not in src/alongside/config/hazards.py.", pytrace=False)
            item.user_properties.append((NAME, code))


def is_whole(config: pytest.Config) -> bool:
    """Tell whether every test was asked for, and none left out by an option."""
    asked = {Path(config.invocation_params.dir, one).resolve() for one in config.args}
    everything = {Path(config.rootpath, one).resolve() for one in config.getini("testpaths")}
    left_out = any(config.getoption(one, default=None) for one in CHOSEN_BY)
    return not left_out and (everything <= asked or config.rootpath.resolve() in asked)

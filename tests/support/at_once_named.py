"""What fails is named the moment it fails, and not only when half an hour of tests is over."""

from __future__ import annotations

import os

import pytest


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Name a test that failed; in the process that hears of all of them."""
    if report.failed and "PYTEST_XDIST_WORKER" not in os.environ:
        print(f"\n{report.when} of {report.nodeid} failed", flush=True)

"""Runs the tests against one fault after the other: `python -m tests.support.mutation` tries every one.

With the beginnings of names (`access/rules.py`, "access/policy.py denied") it tries only those; `--some TEST…` tries ten of them on
the tests that are named; `--go-on LOG` leaves out what an earlier run, whose lines stand in LOG, saw noticed.

One process loads everything and lays the tables once. Each fault is put into a copy of that process (a fork), which runs the tests
that reach the faulty function, until one fails: first those that noticed other faults of that function, then the quickest. A fault that nobody notices has to stand, with the reason, in
`tests/proofs/faults_that_change_nothing.toml`; so has one that is noticed and stands there all the same to be taken out of it.
Prints JSON; ends with 1 when the list and what was found differ.

Source: trust.md V7; ADR 0029.
"""

from __future__ import annotations

import itertools
import json
import os
import pickle
import signal
import sys
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from tests.support.mutants import DECIDE, SOURCE, Mutant, mutants, put_in, unchanged

ROOT = SOURCE.parents[1]
EXPLAINED = ROOT / "tests" / "proofs" / "faults_that_change_nothing.toml"
HANDS = 2
NOTICED = "noticed: "
BROKEN = 3
"""How a copy ends that did not get as far as its tests."""
FAILED = 4
"""How a copy ends whose first test failed; with its second, one more, and so on as far as a process can say it (`LAST`)."""
LAST = 255
QUICK = 20
"""Seconds that a fault is given first; the slower tests run only against what nobody has noticed until then and nothing explains."""
TESTS = (
    "src/alongside/access",
    "src/alongside/hubs/tests/test_who_may_do_what.py",
    "src/alongside/people/tests/test_a_circle_is_for_whom_it_names.py",
    "src/alongside/rights/tests/test_a_copy_holds_what_two_people_approved.py",
    "src/alongside/safety/tests/test_a_record_is_opened_in_an_emergency.py",
    "src/alongside/safety/tests/test_an_item_is_shown_for_safety.py",
    "src/alongside/safety/tests/test_people_a_worker_knows.py",
    "src/alongside/safety/tests/test_whoever_holds_is_kept_away.py",
    "src/alongside/downtime/tests",
    "src/alongside/exports/tests",
    "tests/ground/test_between_hubs.py",
    "tests/ground/test_each_scope_and_who_asks.py",
    "tests/ground/test_no_read_without_a_scope.py",
    "tests/ground/test_partners_agree.py",
    "tests/ground/test_signing_in.py",
    "tests/ground/test_signing_in_elsewhere.py",
    "tests/ground/test_training_that_has_run_out.py",
    "tests/ground/test_what_opens_one_thing_more.py",
    "tests/ground/test_who_is_asking.py",
    "tests/ground/test_who_is_who.py",
    "tests/ground/test_who_sees_what.py",
    "tests/proofs/test_a_preview_is_the_difference.py",
    "tests/proofs/test_kept_away_in_silence.py",
    "tests/proofs/test_the_clock_extends_nothing.py",
    "tests/proofs/test_the_policy_is_its_table.py",
    "tests/proofs/test_two_records_read_as_one.py",
    "tests/proofs/test_what_the_person_is_shown.py",
)
"""The tests that are nearest to what decides; a fault has to be noticed by one of these."""
TABLE = "tests/proofs/test_the_policy_is_its_table.py"
"""Slow, and it notices most: it comes first against what the quick ones did not notice."""

SOME = tuple(
    f"access/policy.py {one}"
    for one in (
        "FULL_SIGHT: ('holder', 'holding_team', 'giving', 'receiving', 'duty') without 'duty'",
        "visible_to: exclude(...) without denied(actor, 'person_id', moment)",
        "visible_to: _near(actor, 'person_id', moment) & shared -> shared",
        "shared_with: filter(...) without live(at)",
        "shared_with: Q(organisation__isnull=True) | Q(organisation=actor.organisation) -> Q(organisation=actor.organisation)",
        "_label_ok: actor.is_in_circles and 'sensitive' in labels -> actor.is_in_circles",
        "_overridden: filter(...) without live(at)",
        "_behind_glass: filter(...) without live(at)",
        "relationships_of: filter(...) without kind__in=kinds",
        "kept_away: Q(worker=actor.worker) | Q(organisation=actor.organisation) -> Q(worker=actor.worker)",
    )
)
"""Ten faults that the table of the policy notices by itself: with them, the suite shows that this proof proves."""

Where = tuple[str, str]
"""A file and a function in it."""


class Trial:
    """Instead of running the tests once, runs them for each fault."""

    def __init__(self, faults: list[Mutant], reasons: Collection[str], *, goes_on: bool = False) -> None:
        self.faults, self.reasons = faults, reasons
        self.goes_on = goes_on
        """The quick tests did not notice these in an earlier run."""
        self.noticed: list[str] = []
        self.unnoticed: list[str] = []
        self.endless: list[str] = []
        """Noticed because nothing came to an end any more."""
        self.unloadable: list[str] = []
        """Noticed because the file could not even be loaded; its control could."""
        self.seconds: dict[str, float] = {}
        self.reached: dict[str, set[Where]] = {}
        self.notice: defaultdict[str, Counter[str]] = defaultdict(Counter)
        """How often a test noticed a fault of a function: it is tried first against the next."""

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = session.items
        # One of them lays the tables, and leaves them for every copy of this process.
        first = next(number for number, one in enumerate(items) if "db" in one.fixturenames)
        runtestprotocol(items[first], log=False, nextitem=items[first - 1])
        self._without_a_fault(items)
        tests = {fault: self._tests_of(fault, items) for fault in self.faults}
        # A whole file is put in each time, so that one control stands for all faults of a file with the same tests.
        same = {
            (fault.file, *(one.nodeid for one in quick)): (unchanged(fault), quick) for fault, (quick, _more) in tests.items()
        }
        controls = {control for control, _quick in same.values()}
        waiting = [(control, quick, []) for control, quick in same.values()]
        faulty = [(fault, quick, more) for fault, (quick, more) in tests.items()]
        # Whoever goes on had the quick controls before: those of all tests take long, and come last.
        waiting = faulty + waiting if self.goes_on else waiting + faulty
        running: dict[int, tuple[Mutant, list[pytest.Item], list[pytest.Item]]] = {}
        while waiting or running:
            if waiting and len(running) < HANDS:
                fault, now, later = waiting.pop(0)
                at_most = 300 + 10 * int(sum(self.seconds[one.nodeid] for one in now))
                now = sorted(now, key=lambda one, notice=self.notice[fault.where]: -notice[one.nodeid])
                running[_apart(lambda fault=fault, now=now: _first_to_fail(now, fault), at_most)] = fault, now, later
                continue
            process, ended = os.wait()
            fault, now, later = running.pop(process)
            code = os.waitstatus_to_exitcode(ended)
            if fault in controls:
                if ended:
                    raise pytest.UsageError(f"{fault.name}, and tests fail.")
            elif ended:
                self.noticed.append(fault.name)
                self.unloadable += [fault.name] if code == BROKEN else []
                if FAILED <= code < LAST:
                    self.notice[fault.where][now[code - FAILED].nodeid] += 1
                print(f"{NOTICED}{fault.name}", file=sys.stderr, flush=True)
                self.endless += [fault.name] if code < 0 else []
            elif later and fault.name not in self.reasons:
                waiting.append((fault, later, []))
            else:
                self.unnoticed.append(fault.name)
                print(f"not noticed: {fault.name}", file=sys.stderr, flush=True)
            print(f"{len(self.noticed)} noticed, {len(self.unnoticed)} not, {len(waiting)} to come", file=sys.stderr, flush=True)
        return True

    def _without_a_fault(self, items: list[pytest.Item]) -> None:
        """Run every test as the product is: how long it takes, and which of the functions that decide it reaches."""
        reading, writing = os.pipe()

        def measure() -> int:
            with os.fdopen(writing, "wb") as told:
                pickle.dump([_measured(one, items[(number + 1) % len(items)]) for number, one in enumerate(items)], told)
            return 0

        process = _apart(measure, 3_000)
        os.close(writing)
        with os.fdopen(reading, "rb") as told:
            found = pickle.load(told)  # noqa: S301  # from our own copy
        os.waitpid(process, 0)
        failed = [one.nodeid for one, (well, *_rest) in zip(items, found, strict=True) if not well]
        if failed:
            raise pytest.UsageError(f"Without any fault these fail: {failed}")
        for one, (_well, seconds, reached) in zip(items, found, strict=True):
            self.seconds[one.nodeid], self.reached[one.nodeid] = seconds, reached

    def _tests_of(self, fault: Mutant, items: list[pytest.Item]) -> tuple[list[pytest.Item], list[pytest.Item]]:
        """Give the tests that reach a faulty function (every test when it is a constant, which may only be read): the quick ones, and the others."""
        everywhere = fault.where.split(".")[-1].isupper() or fault.where == "GuardedQuery.scope"
        where = (fault.file, fault.where)
        reach = [one for one in items if everywhere or where in self.reached[one.nodeid]]
        reach.sort(key=lambda one: self.seconds[one.nodeid])
        total = itertools.accumulate(self.seconds[one.nodeid] for one in reach)
        quick = sum(seconds < QUICK for seconds in total) or 1
        if self.goes_on:
            return _table_first(reach), []
        return reach[:quick], _table_first(reach[quick:])


def _table_first(items: list[pytest.Item]) -> list[pytest.Item]:
    return sorted(items, key=lambda one: not one.nodeid.startswith(TABLE))


def _apart(do: Callable[[], int], at_most: int) -> int:
    """Do something in a copy of this process, which says nothing and ends with what it gives, or when its time is over."""
    process = os.fork()
    if process == 0:
        signal.alarm(at_most)
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        ended = BROKEN
        try:
            ended = do()
        finally:
            os._exit(ended)
    return process


def _first_to_fail(items: list[pytest.Item], fault: Mutant) -> int:
    put_in(fault)
    _forget()
    failed = (number for number, one in enumerate(items) if not _passes(one, items[(number + 1) % len(items)]))
    first = next(failed, None)
    return 0 if first is None else min(FAILED + first, LAST)


def _passes(item: pytest.Item, following: pytest.Item) -> bool:
    reports = runtestprotocol(item, log=False, nextitem=following)
    return not any(report.failed for report in reports)


def _measured(item: pytest.Item, following: pytest.Item) -> tuple[bool, float, set[Where]]:
    reached: set[Where] = set()
    files = {str(SOURCE / one): one for one in DECIDE}

    def note(frame: FrameType, _event: str, _what: Any) -> None:
        if file := files.get(frame.f_code.co_filename):
            reached.add((file, frame.f_code.co_qualname.split(".<")[0]))

    _forget()
    began = time.monotonic()
    sys.settrace(note)
    try:
        well = _passes(item, following)
    finally:
        sys.settrace(None)
    return well, time.monotonic() - began, reached


def _forget() -> None:
    """Let no statement that was compiled before stand for one that is compiled now."""
    from alongside import reads

    reads._kept.clear()


def explained() -> dict[str, str]:
    """Give the faults that change nothing, each with the reason."""
    listed = tomllib.loads(EXPLAINED.read_text())["fault"] if EXPLAINED.exists() else []
    return {f"{one['where']}: {one['change']}": one["why"] for one in listed}


def compare(made: Iterable[str], unnoticed: Iterable[str], reasons: dict[str, str]) -> list[str]:
    """Say what is wrong: what nobody noticed and nothing explains, and what is explained and was noticed, or is not made at all."""
    made, unnoticed = set(made), set(unnoticed)
    return [
        *(f"not noticed: {one}" for one in sorted(unnoticed - set(reasons))),
        *(f"explained, and noticed: {one}" for one in sorted(set(reasons) & made - unnoticed)),
    ]


def main(arguments: list[str]) -> int:
    began = time.monotonic()
    os.environ.pop("PROVE", None)  # so many times over, each test at the size that it has in the suite
    every = [one for file in DECIDE for one in mutants(file)]
    reasons = explained()
    chosen, tests = every, list(TESTS)
    if arguments[:1] == ["--some"]:
        chosen, tests = [one for one in every if one.name in SOME], arguments[1:]
    elif arguments[:1] == ["--go-on"]:
        done = {line.removeprefix(NOTICED) for line in Path(arguments[1]).read_text().splitlines() if line.startswith(NOTICED)}
        chosen = [one for one in every if one.name not in done]
    elif arguments:
        chosen = [one for one in every if any(one.name.startswith(begins) for begins in arguments)]
    trial = Trial(chosen, reasons, goes_on=arguments[:1] == ["--go-on"])
    code = pytest.main(
        [
            "-q",
            "-s",
            "-n0",
            "-k",
            "not without_a_control and not without_the_control and not found_out",
            *(str(ROOT / one) for one in tests),
        ],
        plugins=[trial],
    )
    tried = trial.noticed + trial.unnoticed
    wrong = compare(tried, trial.unnoticed, reasons)
    wrong += [f"explained, and not made: {one}" for one in sorted(set(reasons) - {one.name for one in every})]
    wrong += [f"not tried: {one.name}" for one in chosen if one.name not in tried]
    found = {
        "made": len(chosen),
        "noticed": len(trial.noticed),
        "endless": trial.endless,
        "unloadable": trial.unloadable,
        "explained": len(set(trial.unnoticed) & set(reasons)),
        "wrong": wrong,
        "seconds": round(time.monotonic() - began),
    }
    print(json.dumps(found, indent=1, ensure_ascii=False), flush=True)
    return 1 if code or wrong or not chosen else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Measuring a task beside its floor: the same process, in turns (A-B-A-B), medians, processor time with the database's."""

from __future__ import annotations

import functools
import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.query import QuerySet
from django.db.models.sql.compiler import SQLCompiler

BLOCK = 10
"""So many runs of the task, then so many of the floor, and again."""

Once = Callable[[], tuple[int, int]]
"""One run: (bytes, errors)."""


@dataclass(frozen=True, slots=True)
class Result:
    """One row of the report; the names are those of the JSON file."""

    task: str
    people: int
    p50_ms: float
    p95_ms: float
    cpu_ms: float
    data_ms: float
    """At the data: taking a connection, asking, waiting, making records of the rows; what the database does while a page is
    made is not waited for. For a command, the whole of it."""
    render_ms: float
    """Drawing the page. What is left of the whole is the framework, and making the words of the page from its records."""
    sql: int
    bytes: int
    floor_p50_ms: float
    floor_cpu_ms: float
    errors: int

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class Parts:
    """How long each run spent at its data and in drawing; where one stands inside another, the outer one counts."""

    def __init__(self) -> None:
        self.data: list[float] = []
        self.render: list[float] = []
        self._spent = {"data": 0.0, "render": 0.0}
        self._inside = False

    @contextmanager
    def timed(self) -> Iterator[None]:
        from alongside import reads, trips, writes
        from alongside.access import showing

        # Every door to the database, and the one through which a page is drawn.
        doors: list[tuple[Any, str, str]] = [
            (reads.Read, "__init__", "data"),
            (reads.Read, "run", "data"),
            (reads.Read, "_come", "data"),
            (writes, "insert_all", "data"),
            (writes, "insert_later", "data"),
            (trips.Underway, "__init__", "data"),
            (trips.Underway, "rows", "data"),
            (trips.Underway, "rows_of", "data"),
            (QuerySet, "_fetch_all", "data"),
            (SQLCompiler, "execute_sql", "data"),
            (BaseDatabaseWrapper, "connect", "data"),
            (showing, "render_to_string", "render"),
        ]
        plain = [vars(owner)[name] for owner, name, _part in doors]
        for owner, name, part in doors:
            static = isinstance(vars(owner)[name], staticmethod)
            timing = self._timing(getattr(owner, name), part)
            setattr(owner, name, staticmethod(timing) if static else timing)
        try:
            yield
        finally:
            for (owner, name, _part), function in zip(doors, plain, strict=True):
                setattr(owner, name, function)

    def begin_run(self) -> None:
        """Open a new account."""
        self._spent = {"data": 0.0, "render": 0.0}

    def end_run(self) -> None:
        """Close the account of one run, and keep it."""
        self.data.append(self._spent["data"])
        self.render.append(self._spent["render"])

    def _timing(self, function: Any, part: str) -> Any:
        @functools.wraps(function)
        def timing(*args: Any, **kwargs: Any) -> Any:
            if self._inside:
                return function(*args, **kwargs)
            self._inside, start = True, time.perf_counter()
            try:
                return function(*args, **kwargs)
            finally:
                self._spent[part] += time.perf_counter() - start
                self._inside = False

        return timing


def measure(task: str, people: int, run: Once, floor: Once, *, rounds: int) -> Result:
    """Run a task and its floor in turns and give the medians."""
    for once in (run, floor) * 3:
        once()
    statements, _outcome = counted(run)
    walls: dict[str, list[float]] = {"task": [], "floor": []}
    processor = {"task": 0.0, "floor": 0.0}
    sizes, errors, parts = [], 0, Parts()
    with parts.timed():
        for _block in range(max(1, rounds // BLOCK)):
            for name, once in (("task", run), ("floor", floor)):
                before = processor_seconds()
                for _time in range(BLOCK):
                    parts.begin_run()
                    start = time.perf_counter()
                    size, wrong = once()
                    walls[name].append(time.perf_counter() - start)
                    if name == "task":
                        parts.end_run()
                        sizes.append(size)
                        errors += wrong
                processor[name] += processor_seconds() - before
    times = len(walls["task"])
    return Result(
        task=task,
        people=people,
        p50_ms=_ms(statistics.median(walls["task"])),
        p95_ms=_ms(statistics.quantiles(walls["task"], n=20)[-1]),
        cpu_ms=_ms(processor["task"] / times),
        data_ms=_ms(statistics.median(parts.data if any(parts.render) else walls["task"])),
        render_ms=_ms(statistics.median(parts.render)),
        sql=statements,
        bytes=int(statistics.median(sizes)),
        floor_p50_ms=_ms(statistics.median(walls["floor"])),
        floor_cpu_ms=_ms(processor["floor"] / times),
        errors=errors,
    )


def counted(run: Once, *, keep: list[str] | None = None) -> tuple[int, tuple[int, int]]:
    """Run once and count the SQL statements, without those that open and close transactions."""
    count = 0

    def look(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal count
        if not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")):
            count += 1
        if keep is not None:
            keep.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        outcome = run()
    return count, outcome


def processor_seconds() -> float:
    """Give the processor time of this process and of the database's processes that serve it, where they can be seen."""
    return time.process_time() + sum(map(_of_process, _backends()))


_known_backends: list[int] = []


def look_for_backends() -> bool:
    """Find the database's processes that serve us; tell whether their processor time can be seen."""
    _known_backends.clear()
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
        _known_backends.extend(pid for (pid,) in cursor.fetchall())
    return all(Path(f"/proc/{pid}/stat").exists() for pid in _known_backends)


def _backends() -> list[int]:
    return _known_backends


def _of_process(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 3)

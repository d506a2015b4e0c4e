"""A trip to PostgreSQL through the driver's own pipeline, without a cursor for each statement.

A statement is prepared on the server once a connection, answers come in the binary format, and a transaction begins in the
trip that needs it. It asks the driver's documented low-level interface (psycopg.pq), which the driver's cursors use too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from typing import Any

from psycopg import OperationalError, postgres
from psycopg.adapt import AdaptersMap, Loader, PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.generators import fetch
from psycopg.pq import ExecStatus, Format, TransactionStatus
from psycopg.waiting import Ready, Wait

from alongside.trips import Rows, Statement

PREPARED = 1_000
"""How many statements one connection keeps prepared; each team of a hat is one of its own."""

_TEXTS = tuple([PyFormat.TEXT] * 100)
_WIDE, _BY_ITS_PLACE = postgres.types["int8"].oid, 0
TOGETHER = 4
"""Where somebody reads as the answers come, the server sends the first at once and then so many at a time: each wakes both."""
_FAILED = (ExecStatus.FATAL_ERROR, ExecStatus.PIPELINE_ABORTED)


def pipeline_of(connection: Any) -> Pipeline:
    """Give the pipeline of a connection of the driver; it lives as long as the connection."""
    kept: dict[str, Any] = vars(connection)
    if "alongside_pipeline" not in kept:
        kept["alongside_pipeline"] = Pipeline(connection)
    found: Pipeline = kept["alongside_pipeline"]
    return found


class Pipeline:
    """What is prepared on one connection, and how values are written and read."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self.adapters = AdaptersMap(connection.adapters)
        self.adapters.register_loader("jsonb", _JsonAsText)
        self._values = Transformer(self)
        self._names: dict[str, bytes] = {}
        self._numbers = count()

    def ask(self, statements: Sequence[Statement]) -> list[Rows]:
        """Ask all, then read all. Raises: the first error of the driver, once everything has been read."""
        return self.send(statements).rows()

    def send(self, statements: Sequence[Statement], *, as_they_come: bool = False) -> Trip:
        """Ask all and wait for nothing; nothing else may be asked before the trip has read what comes.

        In:     `as_they_come`: the server sends the first answers while it works at the last.
        """
        trip = self.trip()
        trip.ask(statements, as_they_come=as_they_come)
        trip.end()
        return trip

    def trip(self) -> Trip:
        """Give a trip that is still to be told what it asks."""
        return Trip(self)

    def begin(self) -> None:
        """Make room for what a trip prepares, and begin the transaction that nobody has begun yet."""
        if len(self._names) > PREPARED:
            self.connection.execute("DEALLOCATE ALL")
            self._names.clear()
        line = self.connection.pgconn
        line.enter_pipeline_mode()
        if not self.connection.autocommit and line.transaction_status == TransactionStatus.IDLE:
            line.send_query_params(b"BEGIN", None)

    def name_of(self, sql: str) -> bytes | None:
        """Give the name of a statement that is prepared."""
        return self._names.get(sql)

    def new_name(self) -> bytes:
        """Give a name that was never used: a trip that fails may have prepared its statements or not."""
        return b"alongside_%d" % next(self._numbers)

    def are_prepared(self, names: dict[str, bytes]) -> None:
        """Keep the names of statements that the server has prepared."""
        self._names |= names

    def written(self, parameters: Sequence[Any]) -> Sequence[Any]:
        """Give the values as the server reads them."""
        width = len(parameters)
        return self._values.dump_sequence(parameters, _TEXTS[:width] if width <= len(_TEXTS) else [PyFormat.TEXT] * width)

    def rows_of(self, result: Any) -> Rows:
        """Give the rows of an answer."""
        self._values.set_pgresult(result)
        found: Rows = self._values.load_rows(0, result.ntuples, tuple)
        return found

    @contextmanager
    def closed_when_broken_off(self) -> Iterator[None]:
        """What is half sent or half read would be taken for the answer to the next question."""
        try:
            yield
        except BaseException:
            self.connection.close()
            raise


class _JsonAsText(Loader):
    """JSON as the text that the model field reads; in the binary form one byte of version stands before it."""

    format = Format.BINARY

    def load(self, data: Any) -> str:
        return bytes(data[1:]).decode()


class Trip:
    """What was asked of the server together, and the answers that have come so far."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline
        self._prepares: dict[str, bytes] = {}
        self._found: list[Rows] = []
        self._failed: Any = None
        self._has_begun = self.is_over = False

    def ask(self, statements: Sequence[Statement], *, as_they_come: bool = False) -> None:
        """Ask, and leave at the end of the trip or when told to."""
        pipeline, line = self._pipeline, self._pipeline.connection.pgconn
        all_written = [pipeline.written(parameters) for _sql, parameters in statements]
        with pipeline.closed_when_broken_off():
            if not self._has_begun:
                pipeline.begin()
                self._has_begun = True
            for number, ((sql, parameters), written) in enumerate(zip(statements, all_written, strict=True), start=1):
                name = pipeline.name_of(sql) or self._prepares.get(sql)
                if name is None:
                    name = self._prepares[sql] = pipeline.new_name()
                    # The server knows the type of everything by its place; but a narrow column may be asked for a wide number.
                    types = [_WIDE if type(one) is int else _BY_ITS_PLACE for one in parameters]
                    line.send_prepare(name, _numbered(sql), types)
                line.send_query_prepared(name, written, None, Format.BINARY)
                if as_they_come and number % TOGETHER == 1:
                    line.send_flush_request()

    def leave(self) -> None:
        """Let the server begin with what was asked so far, while more is made."""
        with self._pipeline.closed_when_broken_off():
            self._pipeline.connection.pgconn.flush()

    def end(self) -> None:
        """Say that nothing more is asked."""
        if not self._has_begun:
            self.is_over = True
            return
        line = self._pipeline.connection.pgconn
        with self._pipeline.closed_when_broken_off():
            line.pipeline_sync()
            line.flush()

    def rows_of(self, number: int) -> Rows:
        """Wait for the answer to one statement, and no longer. Raises: the first error of the driver, once everything has been read."""
        self._read_until(lambda: len(self._found) > number)
        return self._found[number]

    def rows(self) -> list[Rows]:
        """Read all; the rows of one answer are made while the server works at the next. Raises: as `rows_of` does."""
        self._read_until(lambda: self.is_over)
        return self._found

    def _read_until(self, is_enough: Callable[[], bool]) -> None:
        if not (is_enough() or self.is_over):
            connection = self._pipeline.connection
            with self._pipeline.closed_when_broken_off():
                connection.wait(self._answers(connection.pgconn, is_enough))
                if self.is_over:
                    connection.pgconn.exit_pipeline_mode()
            if self.is_over and self._failed is None:
                self._pipeline.are_prepared(self._prepares)
        if self._failed is not None and self.is_over:
            raise error_from_result(self._failed)

    def _answers(self, line: Any, is_enough: Callable[[], bool]) -> Generator[Any, Any, None]:
        """Send what waits to be sent and read answers, up to the end of the trip or until it is enough, as the driver's own do."""
        while line.flush():
            if (yield Wait.RW) & Ready.R:
                line.consume_input()
        ends = 0
        while ends < 2:
            if is_enough() and self._failed is None and line.is_busy():
                return  # what has come already is read at once; what has not is not waited for
            result = yield from fetch(line)
            if result is None:
                ends += 1
                continue
            ends = 0
            if result.status == ExecStatus.PIPELINE_SYNC:
                self.is_over = True
                return
            if result.status == ExecStatus.TUPLES_OK:
                self._found.append(self._pipeline.rows_of(result))
            elif result.status in _FAILED:
                self._failed = self._failed or result
        raise OperationalError("The connection was cut before every answer had come.")


def _numbered(sql: str) -> bytes:
    """Write %s as $1, $2 and so on, and %% as %."""
    numbers = count(1)
    return re.sub("%([s%])", lambda found: f"${next(numbers)}" if found[1] == "s" else "%", sql).encode()

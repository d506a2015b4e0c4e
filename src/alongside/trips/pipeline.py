"""A trip to PostgreSQL through the driver's own pipeline, without a cursor for each statement.

A statement is prepared on the server once a connection, answers come in the binary format, and a transaction begins in the
trip that needs it. It asks the driver's documented low-level interface (psycopg.pq), which the driver's cursors use too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from typing import Any, cast

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
Sent = dict[str, tuple[bytes, list[int]]]
"""The statements that a trip prepares: the name and the types of each."""
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
        return self.answers(self.send(statements))

    def send(self, statements: Sequence[Statement]) -> Sent:
        """Ask all and wait for nothing; nothing else may be asked before `answers` has read what comes."""
        if len(self._names) > PREPARED:
            self.connection.execute("DEALLOCATE ALL")
            self._names.clear()
        new: Sent = {}
        named = [(self._name_of(sql, parameters, new), self._written(parameters)) for sql, parameters in statements]
        line = self.connection.pgconn
        with self._closed_when_broken_off():
            line.enter_pipeline_mode()
            if not self.connection.autocommit and line.transaction_status == TransactionStatus.IDLE:
                line.send_query_params(b"BEGIN", None)
            for sql, (name, types) in new.items():
                line.send_prepare(name, _numbered(sql), types)
            for name, written in named:
                line.send_query_prepared(name, written, None, Format.BINARY)
            line.pipeline_sync()
            line.flush()
        return new

    def answers(self, sent: Sent) -> list[Rows]:
        """Read all that was asked last; the rows of one answer are made while the server works at the next."""
        line = self.connection.pgconn
        with self._closed_when_broken_off():
            found, failed = self.connection.wait(_read_all(line, self._rows_of))
            line.exit_pipeline_mode()
        if failed is not None:
            raise error_from_result(failed)
        self._names |= {sql: name for sql, (name, _types) in sent.items()}
        return cast(list[Rows], found)

    def _rows_of(self, result: Any) -> Rows:
        self._values.set_pgresult(result)
        return self._values.load_rows(0, result.ntuples, tuple)

    @contextmanager
    def _closed_when_broken_off(self) -> Iterator[None]:
        """What is half sent or half read would be taken for the answer to the next question."""
        try:
            yield
        except BaseException:
            self.connection.close()
            raise

    def _name_of(self, sql: str, parameters: Sequence[Any], new: Sent) -> bytes:
        """Give the name of a statement; a new name is used once, since a trip that fails may have prepared it or not."""
        name = self._names.get(sql)
        if name is None:
            # The server knows the type of everything by its place; but a narrow column may be asked for a wide number.
            types = [_WIDE if type(one) is int else _BY_ITS_PLACE for one in parameters]
            name, _types = new.setdefault(sql, (b"alongside_%d" % next(self._numbers), types))
        return name

    def _written(self, parameters: Sequence[Any]) -> Sequence[Any]:
        width = len(parameters)
        return self._values.dump_sequence(parameters, _TEXTS[:width] if width <= len(_TEXTS) else [PyFormat.TEXT] * width)


class _JsonAsText(Loader):
    """JSON as the text that the model field reads; in the binary form one byte of version stands before it."""

    format = Format.BINARY

    def load(self, data: Any) -> str:
        return bytes(data[1:]).decode()


def _read_all(line: Any, rows_of: Callable[[Any], Rows]) -> Generator[Any, Any, tuple[list[Rows], Any]]:
    """Send what waits to be sent and read every answer up to the end of the trip, as the driver's own generators do.

    Out:    the rows of each statement, and the first failure among them, if any: it is told once everything has been read.
    """
    while line.flush():
        if (yield Wait.RW) & Ready.R:
            line.consume_input()
    found: list[Rows] = []
    failed, ends = None, 0
    while ends < 2:
        result = yield from fetch(line)
        if result is None:
            ends += 1
            continue
        ends = 0
        if result.status == ExecStatus.PIPELINE_SYNC:
            return found, failed
        if result.status == ExecStatus.TUPLES_OK:
            found.append(rows_of(result))
        elif result.status in _FAILED:
            failed = failed or result
    raise OperationalError("The connection was cut before every answer had come.")


def _numbered(sql: str) -> bytes:
    """Write %s as $1, $2 and so on, and %% as %."""
    numbers = count(1)
    return re.sub("%([s%])", lambda found: f"${next(numbers)}" if found[1] == "s" else "%", sql).encode()

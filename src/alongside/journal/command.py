"""`@command`: one thing a person would name, in one transaction, with its journal entry inside it."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ParamSpec, TypeVar
from uuid import UUID, uuid4

from django.db import IntegrityError, connection, transaction

from alongside.journal import facts as journal_facts
from alongside.journal.looks import record_refusal
from alongside.journal.models import Entry
from alongside.refusals import Refusal
from alongside.trips import few_trips
from alongside.vocabulary.actor import Actor
from alongside.writes import insert_all, was_taken_already

P = ParamSpec("P")
R = TypeVar("R")


TIMES = 3
"""So often a command is run when somebody else's identical row was a moment quicker: run again, it finds theirs."""


@dataclass
class _Running:
    """What the command that is running has noted so far."""

    name: str
    entry_id: UUID
    part_of: UUID | None
    person_id: int | None = None
    author_organisation_id: int | None = None
    label: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    """Entries of the commands it called, and last its own: the outermost writes them all together."""


_running: ContextVar[_Running | None] = ContextVar("running_command", default=None)


def note(*, person_id: int | None = None, author_organisation_id: int | None = None, label: str = "", **facts: Any) -> None:
    """Add to the entry of the command that is running: whom it is about, its label, and facts as ids and codes.

    Refuses:  RuntimeError outside a command; FreeTextInJournal for anything that could be a name or free text.
    """
    running = _running.get()
    if running is None:
        raise RuntimeError("note() belongs inside a command.")
    if person_id is not None:
        running.person_id = person_id
    if author_organisation_id is not None:
        running.author_organisation_id = author_organisation_id
    if label:
        running.label = label
    running.facts.update({name: journal_facts.clean(name, value) for name, value in facts.items()})


def is_running() -> bool:
    """Tell whether a command is running: it has decided who may, and loads what it changes."""
    return _running.get() is not None


def is_part_of_another() -> bool:
    """Tell whether the command that is running was called by another, which has then decided who may."""
    running = _running.get()
    return running is not None and running.part_of is not None


def command(name: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function a command: keyword-only `actor` and `at`, one transaction, one entry in the journal.

    A command called by another joins its transaction, and its entry names the outer one. A refused command leaves
    neither change nor entry, and takes the outer one with it; when it was the outermost one, a refused look is noted.
    When what must be unique was taken a moment before, the outermost one is run again, and finds what stands there now.
    Source: style.md (how one request reads); design.md (the journal is the spine).
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        parameters = inspect.signature(function).parameters
        for needed in ("actor", "at"):
            if needed not in parameters or parameters[needed].kind is not inspect.Parameter.KEYWORD_ONLY:
                raise TypeError(f"{function.__qualname__} must take {needed!r} as a keyword-only argument.")

        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            actor: Actor = kwargs["actor"]  # type: ignore[assignment]  # ParamSpec cannot name one keyword
            at: datetime = kwargs["at"]  # type: ignore[assignment]  # as above
            outer = _running.get()
            for time in range(1, TIMES + 1):
                running = _Running(name=name, entry_id=uuid4(), part_of=outer.entry_id if outer else None)
                token = _running.set(running)
                try:
                    with transaction.atomic(savepoint=outer is None), few_trips(connection):
                        result = function(*args, **kwargs)
                        running.entries.append(_entry(running, actor, at))
                        if outer is None:
                            insert_all(running.entries)
                        else:
                            outer.entries.extend(running.entries)
                    return result
                except IntegrityError as error:
                    if outer is not None or time == TIMES or not was_taken_already(error):
                        raise
                except Refusal as refusal:
                    if outer is None:
                        record_refusal(actor=actor, at=at, page=name, reason=refusal.code, person_id=running.person_id)
                        refusal.is_noted = True
                    raise
                finally:
                    _running.reset(token)
            raise AssertionError("not reached")

        run.command_name = name  # type: ignore[attr-defined]  # read by the fitness tests
        return run

    return decorate


def _entry(running: _Running, actor: Actor, at: datetime) -> Entry:
    return Entry(
        public_id=running.entry_id,
        part_of=running.part_of,
        command=running.name,
        at=at,
        hub_id=actor.hub_id,
        actor_kind=actor.kind,
        actor_name=actor.name,
        user_id=actor.user_id,
        hat_id=actor.hat_id,
        organisation_id=actor.organisation_id,
        person_id=running.person_id,
        author_organisation_id=running.author_organisation_id or actor.organisation_id,
        label=running.label,
        facts=running.facts,
    )

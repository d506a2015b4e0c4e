"""A record about a person is not read without saying how it is limited: an unscoped read is an error, when it runs and in the checks.

A read carries its scope from the moment the policy limits it (`visible_to`, `safety_summary`, …) to the moment it reaches the
database. What has no actor to limit it by (the sweep, a one-time link, a search for two records of one person) says so beside the
read: `.unscoped("why")`; `docs/reference/unscoped-reads.md` lists every one. Inside a command nothing is asked: it has decided who
may, and loads what it changes. A condition inside another read (a subquery) goes with the read that it stands in.

Source: trust.md C01, 3.2 (traps); ADR 0019.
"""

from __future__ import annotations

from typing import Any, Self, TypeVar

from django.db.models import Manager, Model, QuerySet
from django.db.models.sql import Query

from alongside.journal.command import is_running

M = TypeVar("M", bound=Model)


class UnscopedRead(TypeError):
    """A programming error: a record about a person was about to be read with nothing that says who may see it."""


def also_open() -> bool:
    """Tell whether something besides a scope and a command opens a read: nothing. In the suite, a test that reads by itself."""
    return False


class GuardedQuery(Query):
    """A query that reaches the database only with a scope: every read of Django goes through its compiler."""

    scope = ""

    def check_may_run(self) -> None:
        """Refuse a read that nothing limits. A condition inside another read goes with that one."""
        if not (self.scope or self.subquery or is_running() or also_open()):
            raise UnscopedRead(
                f"{self.model._meta.label if self.model else self} was about to be read unscoped. Limit it by visible_to(actor, …), or say .unscoped(why)."
            )

    def get_compiler(self, *args: Any, **kwargs: Any) -> Any:
        self.check_may_run()
        return super().get_compiler(*args, **kwargs)

    def get_aggregation(self, *args: Any, **kwargs: Any) -> Any:
        self.check_may_run()
        return super().get_aggregation(*args, **kwargs)

    def combine(self, rhs: Query, connector: str) -> None:
        """Two reads put together are as open as the wider: without a scope of both there is none."""
        super().combine(rhs, connector)
        self.scope = getattr(rhs, "scope", "") and self.scope


class GuardedQuerySet(QuerySet[M, M]):
    """Records about people."""

    def __init__(self, model: type[M] | None = None, query: Query | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(model, query or GuardedQuery(model), *args, **kwargs)  # type: ignore[arg-type]  # as Django does

    def unscoped(self, why: str) -> Self:
        """Read without an actor: by whom, and what limits it instead, in one sentence that is listed for everybody to read."""
        return scoped(self, why)


GuardedManager = Manager.from_queryset(GuardedQuerySet, "GuardedManager")


def scoped(records: Any, by: str) -> Any:
    """Mark records as limited, by what; only the policy and `unscoped` call it."""
    if isinstance(records.query, GuardedQuery):
        records = records._chain()
        records.query.scope = by
    return records

"""Reads about copies: what was run last, and what it found."""

from __future__ import annotations

from dataclasses import dataclass

from alongside.backups.models import Run
from alongside.hubs.policies import check_looks_after
from alongside.vocabulary.actor import Actor

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Runs:
    """The last run of each kind, and the newest of all kinds."""

    copy: Run | None
    drill: Run | None
    newest: list[Run]


def runs(actor: Actor) -> Runs:
    """Give what was run. Queries: three. Refuses: everybody but a hub lead and a system administrator."""
    check_looks_after(actor)
    last = {kind: Run.objects.filter(kind=kind).order_by("-at").first() for kind in ("copy", "drill")}
    return Runs(last["copy"], last["drill"], list(Run.objects.order_by("-at", "-pk")[:SHOWN]))

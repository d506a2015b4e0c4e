"""Every page that shows people writes one look that names them; every refusal writes one too."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from alongside.journal.models import Look
from alongside.vocabulary.actor import Actor
from alongside.writes import insert


def record_look(*, actor: Actor, at: datetime, page: str, person_ids: Iterable[int], about_id: int | None = None) -> None:
    """Write one look naming the people shown, before they are shown; if it cannot be written nothing is shown.

    In:     `about_id`: the one person whose own page it was, for "who looked at me".
    Source: trust.md C23, P6; X-02.
    """
    ids = list(dict.fromkeys(person_ids))
    insert(Look(page=page, at=at, person_ids=ids, about_id=about_id, **_who(actor)))


def record_refusal(*, actor: Actor, at: datetime, page: str, reason: str, person_id: int | None = None) -> None:
    """Write a refused look; inside a transaction that is being rolled back it is left to the outermost caller."""
    if connection.in_atomic_block and connection.needs_rollback:
        return
    insert(
        Look(page=page, at=at, outcome="refused", reason=reason, person_ids=[person_id] if person_id else [], **_who(actor)),
    )


def _who(actor: Actor) -> dict[str, int | str | None]:
    return {
        "hub_id": actor.hub_id,
        "actor_kind": actor.kind,
        "actor_name": actor.name,
        "user_id": actor.user_id,
        "hat_id": actor.hat_id,
        "organisation_id": actor.organisation_id,
    }

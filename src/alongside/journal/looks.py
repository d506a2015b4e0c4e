"""Every page that shows people writes one look that names them; every refusal writes one too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db import connection

from alongside.journal.models import Look
from alongside.trips import Statement
from alongside.vocabulary.actor import Actor
from alongside.writes import insert, inserting


@contextmanager
def look_at(
    *,
    actor: Actor,
    at: datetime,
    page: str,
    person_ids: Iterable[int],
    about_id: int | None = None,
    beside: Sequence[Statement] = (),
) -> Iterator[None]:
    """Write one look naming the people shown, while their page is drawn; if it cannot be written this raises, and nothing is shown.

    In:     `about_id`: the one person whose own page it was, for "who looked at me"; `beside`: statements that travel with it.
    Source: trust.md C23, P6; X-02.
    """
    ids = list(dict.fromkeys(person_ids))
    with inserting(Look(page=page, at=at, person_ids=ids, about_id=about_id, **_who(actor)), *beside):
        yield


def record_refusal(*, actor: Actor, at: datetime, page: str, reason: str, person_id: int | None = None) -> None:
    """Write a refused look; inside a transaction that is being rolled back it is left to the outermost caller."""
    if connection.in_atomic_block and connection.needs_rollback:
        return
    insert(
        Look(page=page, at=at, outcome="refused", reason=reason, person_ids=[person_id] if person_id else [], **_who(actor)),
    )


def record_sign_in(*, at: datetime, page: str, reason: str, user_id: int | None, hat_id: int | None, hub_id: int | None) -> None:
    """Write down a sign-in, a sign-out, or one that was refused, with the account if there is one; never what was written."""
    outcome = "refused" if reason == "not_let_in" else "shown"
    insert(
        Look(page=page, at=at, outcome=outcome, reason=reason, actor_kind="worker", user_id=user_id, hat_id=hat_id, hub_id=hub_id)
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

"""Deletions whose week is over are carried out by the sweep."""

from __future__ import annotations

from datetime import datetime

from alongside.rights.keeping.commands import delete_now
from alongside.rights.keeping.queries import deletions_due
from alongside.vocabulary.actor import Actor


def delete_what_is_due(at: datetime) -> int:
    """Carry out every deletion that is due; give how many."""
    found = deletions_due(at)
    return sum(delete_now(actor=Actor.system("sweep", hub_id), at=at, deletion_id=key) is not None for key, hub_id in found)

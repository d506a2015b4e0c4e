"""Counting what became of introductions, once a day, for the facts beside an offer."""

from __future__ import annotations

from datetime import datetime

from alongside.access.policy import check_is_part_or_system
from alongside.journal.command import command, note
from alongside.journey.directory.commands import publish_flow
from alongside.journey.handovers.queries.flow import flow_counted
from alongside.vocabulary.actor import Actor


@command("handover.flow_counted")
def count_flow(*, actor: Actor, at: datetime, hub_id: int) -> int:
    """Count what became of everybody introduced in a hub, and write it beside the entries of the directory.

    Out:      how many services and teams it is about.
    Source:   issue "The living directory" 12, 13 and 16.
    """
    check_is_part_or_system(actor)
    counted = publish_flow(actor=actor, at=at, hub_id=hub_id, counted=flow_counted(hub_id, at))
    note(counted=counted)
    return counted

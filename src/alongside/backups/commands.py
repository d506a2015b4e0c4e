"""Writes about copies: what was run is kept, and what was restored is made safe."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from alongside.access.models import Session
from alongside.backups.models import Run
from alongside.hubs.commands import mark_restored
from alongside.hubs.models import Hub
from alongside.hubs.policies import check_is_the_installation
from alongside.hubs.queries import local_date
from alongside.journal.command import command, note
from alongside.messages.commands import hold_everything_unsent
from alongside.people.commands import ask_again_about_ways
from alongside.vocabulary.actor import Actor


@command("backup.run_kept")
def keep_run(
    *,
    actor: Actor,
    at: datetime,
    kind: str,
    moment: datetime,
    seconds: float,
    tables: int,
    rows: int,
    size: int,
    found: Sequence[tuple[str, bool]] = (),
    missing_seconds: float | None = None,
) -> Run:
    """Keep what came of one copy, restore or drill."""
    check_is_the_installation(actor)
    went_well = all(held for _code, held in found)
    note(kind=kind, moment=moment, rows=rows, went_well=went_well)
    return Run.objects.create(
        kind=kind, at=at, moment=moment, seconds=seconds, tables=tables, rows=rows, bytes=size,
        found=[list(one) for one in found], missing_seconds=missing_seconds, went_well=went_well,
    )  # fmt: skip


@command("session.all_ended")
def sign_everybody_out(*, actor: Actor, at: datetime) -> int:
    """End every session: who was signed in when the copy was made may have left since."""
    check_is_the_installation(actor)
    count, _each = Session.objects.all().delete()
    note(sessions=count)
    return count


@command("backup.restored")
def settle(*, actor: Actor, at: datetime, moment: datetime) -> int:
    """Make a restored installation safe to open, all or nothing: hold what would leave, ask again about ways of contact that were
    confirmed on the day of the copy, sign everybody out, and say in every hub what is missing.

    In:       `moment` of the copy; the confirmations of that whole day are asked again, since nobody knows what changed just after.
    Source:   trust.md section 0, 10; C27, P4, H17.
    """
    check_is_the_installation(actor)
    hold_everything_unsent(actor=actor, at=at, because="restored")
    ask_again_about_ways(actor=actor, at=at, since=local_date(moment))
    sign_everybody_out(actor=actor, at=at)
    hubs = list(Hub.objects.order_by("pk").values_list("pk", flat=True))
    for hub_id in hubs:
        mark_restored(actor=Actor.system(actor.name, hub_id), at=at, hub_id=hub_id, restored_to=moment)
    note(moment=moment, hubs=len(hubs))
    return len(hubs)

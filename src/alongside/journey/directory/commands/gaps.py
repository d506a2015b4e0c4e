"""What nobody finds, counted without a name, and what is proposed about it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from alongside.access.policy import check_is_part_or_system
from alongside.hubs.queries import local_date
from alongside.journal.command import command, note
from alongside.journey.directory.codes import ASKED_BY
from alongside.journey.directory.models import (
    Proposal,
    UnmetNeed,
)
from alongside.journey.directory.policies import check_can_keep, check_can_look_for_help
from alongside.refusals import Invalid, NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.needs import NEEDS

SEARCHES_A_DAY = 200
"""So many different searches that find nothing are kept of one hub's day: a machine that searches fills no table."""


class SayWhatIsProposed(Invalid):
    code = "say_what_is_proposed"
    message = _("Say in one line what is proposed.")


@command("need.unmet")
def note_unmet_need(
    *,
    actor: Actor,
    at: datetime,
    hub_id: int,
    need: str,
    asked_by: str,
    outcode: str = "",
    age_band: str = "",
    missed: str = "",
) -> UnmetNeed | None:
    """Count that somebody looked for help with a need and found nothing that fits. Who it was is not asked and not kept.

    In:       `outcode`, of the place chosen for the search, never of an address; `asked_by`, a code of `ASKED_BY`.
    Empty:    None for a search beyond the most of a day, or for the second one of a day that asks for the same: a search costs nobody
              anything, so it is counted by days.
    Refuses:  NotFound for a need that is none; NotThisRole for a worker whose role looks for help with nobody.
    Source:   S0-02; promise 9.
    """
    if need not in NEEDS or asked_by not in ASKED_BY or actor.hub_id not in (None, hub_id):
        raise NotFound
    if asked_by == "worker":
        check_can_look_for_help(actor)
    if asked_by == "bounce":
        check_is_part_or_system(actor)
    found, day = UnmetNeed.objects.filter(hub_id=hub_id, on=local_date(at)), local_date(at)
    if asked_by == "search" and found.filter(asked_by="search").count() >= SEARCHES_A_DAY:
        return None
    one, is_new = found.get_or_create(
        hub_id=hub_id, on=day, need=need, outcode=outcode[:6], age_band=age_band[:12], asked_by=asked_by, missed=missed[:20]
    )
    if asked_by == "search" and not is_new:
        return None
    UnmetNeed.objects.filter(pk=one.pk).update(times=F("times") + 1)
    note(unmet=one.pk)
    return one


@command("gap.proposal_made")
def propose(*, actor: Actor, at: datetime, need: str, outcode: str, words: str) -> Proposal:
    """Say what is proposed about a gap, in one line; the newest is its answer.

    Refuses:  NotThisRole for a role that keeps no entries; NotFound for a need that is none; SayWhatIsProposed.
    """
    check_can_keep(actor)
    if need not in NEEDS:
        raise NotFound
    if not words.strip():
        raise SayWhatIsProposed
    made = Proposal.objects.create(
        hub_id=actor.hub, need=need, outcode=outcode[:6], words=words.strip()[:400], at=at, by_id=actor.hat_id
    )
    note(proposal=made.public_id)
    return made

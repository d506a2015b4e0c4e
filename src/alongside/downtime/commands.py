# For workers only.
"""Packs for when the hub cannot be reached, made: by the installation for every reader, or by somebody at a desk for one.

Each is written down as an export, of everybody in it, before anybody gets it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from alongside.access.codes import WHY_DOWNTIME
from alongside.access.commands import SayWhatFor, take_out
from alongside.downtime.gathering import gather
from alongside.downtime.pages import PackAlonePage
from alongside.downtime.policies import check_can_take
from alongside.downtime.queries import Desk, desks_for, hub_with_desks
from alongside.hubs.policies import check_is_the_installation
from alongside.journal.command import command, note
from alongside.refusals import Invalid, NotFound
from alongside.vocabulary.actor import Actor

HOW = ("print", "pdf", "age")


class NotAPackOfYours(Invalid):
    code = "not_a_pack_of_yours"
    message = _("Choose one of the packs that are listed. Your role carries sealed packs and reads none.")


@dataclass(frozen=True, slots=True)
class Packed:
    """What a run has made of one hub."""

    packs: tuple[tuple[Desk, PackAlonePage], ...]
    without_key: tuple[Desk, ...]
    """Readers for whom nothing was made, since nobody has said which key seals it."""
    nowhere: int
    """How many people stand in no pack: no safeguarding lead may hold them, or none has a key. Whom is told to nobody here."""


@command("downtime.packed")
def pack(*, actor: Actor, at: datetime, hub_id: int, keys: Collection[str]) -> Packed:
    """Make the pack of every team and of every safeguarding lead of a hub who has a key.

    In:       `keys`: the readers whose public key is known.
    Also:     each pack leaves its own entry of what was taken out, and why.
    Source:   trust.md C30, H06, H16; ADR 0026.
    """
    check_is_the_installation(actor)
    place = hub_with_desks(hub_id, at)
    made, stands = [], set()
    for desk in place.desks:
        if desk.key not in keys:
            continue
        page = gather(desk.reader, desk.contacts, title=desk.title, about=desk.about, hub=place.hub, leads=place.leads, at=at)
        stands |= set(page.people_shown)
        take_out(actor=actor, at=at, what="downtime_pack", how="age", reason="downtime", person_ids=page.people_shown)
        made.append((desk, page))
    everybody = {one.person_id for one in place.contacts}
    without = tuple(one for one in place.desks if one.key not in keys)
    nowhere = len(everybody - stands)
    note(packs=len(made), without_key=len(without), people=len(stands), nowhere=nowhere)
    return Packed(tuple(made), without, nowhere)


@command("downtime.taken")
def take_pack(*, actor: Actor, at: datetime, key: str, how: str, reason: str) -> PackAlonePage:
    """Take one pack from the page: to print, as a locked PDF, or sealed for its readers.

    Refuses:  NotThisRole; SayWhatFor; NotAPackOfYours for one that this hat neither reads nor carries.
    Source:   trust.md C30, C19.
    """
    check_can_take(actor)
    if how not in HOW:
        raise NotFound
    if reason not in WHY_DOWNTIME:
        raise SayWhatFor
    if key not in desks_for(actor, sealed=how == "age", at=at):
        raise NotAPackOfYours
    place = hub_with_desks(actor.hub, at)
    desk = next((one for one in place.desks if one.key == key), None)
    if desk is None:
        raise NotAPackOfYours
    page = gather(desk.reader, desk.contacts, title=desk.title, about=desk.about, hub=place.hub, leads=place.leads, at=at)
    take_out(actor=actor, at=at, what="downtime_pack", how=how, reason=reason, person_ids=page.people_shown)
    note(how=how, reason=reason, team=desk.team_id, lead=desk.hat_id)
    return page

# For workers only.
"""Reads of packs: the readers of a hub, and which of their packs somebody may take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from alongside.access import policy
from alongside.access.in_common import OfALead, in_common, leads
from alongside.downtime.gathering import Contact, Reader, contacts_of_hub, within
from alongside.downtime.policies import reads
from alongside.hubs.models import Hat, Hub, Team
from alongside.hubs.queries import works_here
from alongside.vocabulary.actor import Actor


@dataclass(frozen=True, slots=True)
class Desk:
    """One pack: whose it is, and whom it may be about."""

    key: str
    """How the file of keys names its readers."""
    name: str
    title: str
    about: str
    """What it holds, and what it does not."""
    reader: Reader
    contacts: tuple[Contact, ...]
    team_id: int | None = None
    hat_id: int | None = None


@dataclass(frozen=True, slots=True)
class Desks:
    """A hub with every pack that can be made of it."""

    hub: Hub
    leads: tuple[tuple[Hat, OfALead], ...]
    contacts: tuple[Contact, ...]
    desks: tuple[Desk, ...]


def key_of_team(team: Team) -> str:
    """Name a team as the file of keys does."""
    return str(team.public_id)


def key_of_lead(hat: Hat) -> str:
    """Name a safeguarding lead as the file of keys does."""
    return f"lead:{hat.public_id}"


def hub_with_desks(hub_id: int, at: datetime) -> Desks:
    """Give every pack of a hub: of each team somebody of which reads stories, and of each safeguarding lead.

    Whoever may not stand in the pack of a team whose they are, or is nobody's of any team, is set apart for the leads.
    Queries:  a dozen, and a few for each team and lead, however many people there are.
    """
    of_a_team = _(
        "It holds whom you meet or have to do something for today and in the next two days, and everybody beside you with an"
        " alert. It holds no address, no story, and nothing that only one of you may read."
    )
    set_apart = _(
        "It holds whoever may not stand in the pack of the team whose they are, or is of no team, and is met in these days or has an"
        " alert. It is for you alone. It holds no address and no story."
    )
    hub = Hub.objects.get(pk=hub_id)
    contacts, those = contacts_of_hub(hub_id, at), tuple(leads(hub_id, at))
    found, apart = [], {one.person_id for one in contacts if not one.teams}
    for team in Team.objects.filter(hub_id=hub_id, ended_at__isnull=True).order_by("name", "pk"):
        theirs = tuple(one for one in contacts if team.pk in one.teams)
        people = {one.person_id for one in theirs}
        reader = in_common(team.pk, hub_id, at)
        apart |= people - (within(reader, people, at) if reader else set())
        if reader:
            title = _("%(team)s: for when the hub cannot be reached") % {"team": team.name}
            found.append(Desk(key_of_team(team), team.name, title, of_a_team, reader, theirs, team_id=team.pk))
    for hat, lead in those:
        title = _("Set apart for %(name)s: for when the hub cannot be reached") % {"name": hat.worker.name}
        theirs = tuple(one for one in contacts if one.person_id in apart)
        found.append(Desk(key_of_lead(hat), hat.worker.name, title, set_apart, lead, theirs, hat_id=hat.pk))
    return Desks(hub, those, tuple(contacts), tuple(found))


def desks_for(actor: Actor, *, sealed: bool, at: datetime) -> dict[str, str]:
    """Give (key, name) of the packs that a hat may take: to read, those of its teams, or a lead's own; sealed, a lead of the
    service or the hub carries every one. Queries: two at most."""
    teams = Team.objects.filter(hub_id=actor.hub, ended_at__isnull=True).order_by("name", "pk")
    those = Hat.objects.filter(works_here(at), hub_id=actor.hub, role="safeguarding_lead").select_related("worker")
    if not reads(actor):
        if not (sealed and policy.may(actor, "downtime")):
            return {}
    elif policy.may(actor, "exclusions"):
        teams, those = teams.none(), those.filter(pk=actor.hat)
    else:
        teams, those = teams.filter(pk__in=actor.team_ids), those.none()
    named = {key_of_team(team): team.name for team in teams}
    return named | {key_of_lead(hat): _("set apart for %(name)s") % {"name": hat.worker.name} for hat in those}

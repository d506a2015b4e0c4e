"""What became of the introductions of a hub, counted for each service or for the team behind it: moments and codes, and nobody's name."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from django.db.models import Q

from alongside.hubs.queries import local_date
from alongside.journey.directory.models import Service
from alongside.journey.directory.queries.flow import Counted, last_counted
from alongside.journey.handovers.models import Handover, Signpost
from alongside.journey.handovers.rules import WINDOW, Passage, replay, wait_at

YEAR = timedelta(days=365)
Receiver = tuple[int | None, int | None]
"""(service, team), one of the two."""


def is_flow_due(hub_id: int, at: datetime) -> bool:
    """Tell whether the flow of a hub is to be counted: not yet today, and there is something to count. Queries: three at most."""
    last = last_counted(hub_id)
    if last is not None:
        return local_date(last) < local_date(at)
    lately = {"hub_id": hub_id, "offered_at__gt": at - YEAR, "offered_at__lte": at}
    if Handover.objects.unscoped("Only whether there is one, for the sweep.").filter(**lately).exists():
        return True
    told = Signpost.objects.unscoped("Only whether there is one, for the sweep.")
    return told.filter(hub_id=hub_id, result_at__gt=at - YEAR, result_at__lte=at).exists()


def flow_counted(hub_id: int, at: datetime) -> list[Counted]:
    """Count what became of everybody who was introduced to, or told of, a service or team in the last year.

    Rows:     one a service, or a team for all the services behind which it stands, with anybody introduced or told.
    Queries:  three.
    """
    since = at - YEAR
    passages: dict[Receiver, list[Passage]] = defaultdict(list)
    counts: dict[Receiver, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    offered = Handover.objects.unscoped("Moments and codes of a whole hub, to be counted; nobody is named.").filter(
        Q(offered_at__gt=since) | Q(met_at__gt=at - WINDOW), hub_id=hub_id, offered_at__lte=at
    )
    for service_id, team_id, made, answered, answer, met, settled, died in offered.values_list(
        "to_service_id", "to_team_id", "offered_at", "answered_at", "answer", "met_at", "settled_at", "person__death_written_at"
    ):
        receiver = (None, team_id) if team_id else (service_id, None)
        came_back = answer == "not_us"
        passages[receiver].append(Passage(made, met, answered if came_back else died))
        if made > since:
            said = {"introduced": True, "answered": answered, "met": met, "settled": settled, "came_back": came_back}
            for name, is_so in said.items():
                counts[receiver][name] += bool(is_so)
    team_of = dict(Service.objects.filter(hub_id=hub_id, team__isnull=False).values_list("pk", "team_id"))
    told = Signpost.objects.unscoped("Results of a whole hub, to be counted; nobody is named.").filter(
        hub_id=hub_id, result_at__gt=since, result_at__lte=at
    )
    for service_id, result in told.values_list("service_id", "result"):
        receiver = (None, team_of[service_id]) if service_id in team_of else (service_id, None)
        counts[receiver]["told"] += 1
        counts[receiver]["went"] += result == "went"
    return [
        _counted(receiver, passages[receiver], counts[receiver], at)
        for receiver in sorted({*passages, *counts}, key=lambda one: (one[0] or 0, one[1] or 0))
    ]


def _counted(receiver: Receiver, passages: list[Passage], counts: dict[str, int], at: datetime) -> Counted:
    wait, checked = wait_at(passages, at), replay(passages, at)
    return Counted(
        service_id=receiver[0],
        team_id=receiver[1],
        met_lately=wait.met,
        half_days=wait.half_days,
        most_days=wait.most_days,
        waiting=wait.waiting,
        longest_days=wait.longest_days,
        checked=checked.checked,
        held=checked.held,
        **counts,
    )

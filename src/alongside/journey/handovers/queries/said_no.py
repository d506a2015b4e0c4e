"""For whom a service has said no before, over the whole hub: as `earlier_answers` says it for one person."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from alongside.journey.handovers.models import Handover


def people_it_said_no_for(hub_id: int, service_id: int, team_id: int | None, on: date) -> set[int]:
    """Give the people for whom a service, or the team behind it, has said "not us", or "not now" until a day to come.

    Out: keys, to be counted and never shown. Queries: one.
    """
    asked = Handover.objects.unscoped("Counted for a rehearsal over the whole hub; nobody is shown.")
    theirs = Q(to_service=service_id) | (Q(to_service__isnull=True, to_team=team_id) if team_id else Q(pk__in=()))
    found = asked.filter(theirs, hub_id=hub_id, answered_at__isnull=False).order_by("answered_at", "pk")
    newest = {
        (person, service, team): answer == "not_us" or (answer == "not_now" and until is not None and until > on)
        for person, service, team, answer, until in found.values_list(
            "person_id", "to_service_id", "to_team_id", "answer", "not_now_until"
        )
    }
    return {person for (person, _service, _team), is_no in newest.items() if is_no}

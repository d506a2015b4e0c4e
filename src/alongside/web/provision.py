# For workers only.
"""Everybody of the hub as matching asks, to be counted and never shown: whom a rule keeps out, who would gain, who would lose."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from alongside.hubs.queries import local_date
from alongside.journey.assessments.models import Need
from alongside.journey.directory.queries.entries import Service
from alongside.journey.directory.queries.rules_in_force import Somebody
from alongside.journey.handovers.queries import people_it_said_no_for
from alongside.journey.referrals.models import Referral
from alongside.people.models import Person
from alongside.safety.challenges import not_to_be_counted
from alongside.vocabulary.ages import age_for_matching, band_of
from alongside.vocabulary.doors import DOORS
from alongside.vocabulary.groups import ETHNICITIES, SEXES

_COUNTED = "Counted over the whole hub for thresholds; nobody is shown, and small numbers are not said."


def everybody(hub_id: int, at: datetime, service: Service | None = None) -> list[Somebody]:
    """Give everybody of the hub who lives and may be counted, as matching asks of them.

    In:       `service`: also for whom this one has said no before.
    Out:      age, ranked needs, and groups: age band, needs, the door they came in by first, sex and ethnicity where recorded.
    Queries:  three, and one more with a service; whatever the size of the hub.
    """
    on = local_date(at)
    needs: dict[int, list[str]] = defaultdict(list)
    ranked = Need.objects.unscoped(_COUNTED).filter(hub_id=hub_id, until_at__isnull=True).order_by("rank")
    for person, code in ranked.values_list("person_id", "code"):
        needs[person].append(code)
    came_in = Referral.objects.unscoped(_COUNTED).filter(hub_id=hub_id).order_by("-received_at", "-pk")
    doors = dict(came_in.values_list("person_id", "door"))
    said_no = people_it_said_no_for(hub_id, service.pk, service.team_id, on) if service else set()
    here = Person.objects.unscoped(_COUNTED).filter(hub_id=hub_id, death_written_at__isnull=True)
    found = []
    for key, born, band, sex, ethnicity in (
        here.exclude(not_to_be_counted("pk")).order_by("pk").values_list("pk", "born_on", "age_band", "gender", "ethnicity")
    ):
        age = age_for_matching(born, band, on)
        mine = tuple(dict.fromkeys(needs[key]))
        groups = [("age", "not_said" if age is None else band_of(age)), *(("need", need) for need in mine)]
        recorded = (("door", doors.get(key, ""), DOORS), ("sex", sex, SEXES), ("ethnicity", ethnicity, ETHNICITIES))
        groups += [(kind, code) for kind, code, known in recorded if code in known]
        found.append(Somebody(mine, age, key in said_no, tuple(groups)))
    return found

"""Writes of a death: a fact that can be taken back."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from alongside.hubs.queries import local_date
from alongside.journal.command import command, note
from alongside.people.models import (
    Person,
)
from alongside.people.policies import (
    check_is_near_or_part,
)
from alongside.people.queries import lock_person
from alongside.refusals import Invalid
from alongside.vocabulary.actor import Actor


class DayOfDeathAhead(Invalid):
    code = "day_of_death_ahead"
    message = _("The day of a death cannot lie ahead. Leave it blank when it is not known.")


@command("person.died")
def write_down_death(*, actor: Actor, at: datetime, person_id: int, died_on: date | None) -> Person:
    """Write down that somebody has died, on a day that may be unknown; from this moment no message leaves for them.

    Refuses:  DayOfDeathAhead.
    """
    check_is_near_or_part(actor, person_id, at=at)
    if died_on and died_on > local_date(at):
        raise DayOfDeathAhead
    person = lock_person(person_id)
    person.death_written_at, person.died_on = at, died_on
    person.save(update_fields=["death_written_at", "died_on"])
    note(person_id=person_id, day_is_known=died_on is not None)
    return person


@command("person.death_taken_back")
def take_back_death(*, actor: Actor, at: datetime, person_id: int) -> Person:
    """Take a death back wholly, because it was written down by mistake."""
    check_is_near_or_part(actor, person_id, at=at)
    person = lock_person(person_id)
    person.death_written_at = person.died_on = None
    person.save(update_fields=["death_written_at", "died_on"])
    note(person_id=person_id)
    return person

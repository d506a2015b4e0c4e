"""Writes of who is around the person: carers, family, somebody they trust."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from alongside.journal.command import command, note
from alongside.people.models import RelatedPerson
from alongside.people.policies import check_can_write_story, check_is_alive
from alongside.people.queries import lock_person
from alongside.refusals import Invalid
from alongside.vocabulary.actor import Actor
from alongside.writes import insert


class CarerNeedsName(Invalid):
    code = "carer_needs_name"
    message = _("Write what they are called.")


@command("carer.written_down")
def write_down_carer(
    *, actor: Actor, at: datetime, person_id: int, name: str, relationship: str = "", phone: str = "", email: str = ""
) -> RelatedPerson:
    """Write down somebody close to the person; what they may be told is chosen by itself, and until then it is nothing.

    Refuses:  CarerNeedsName; TheyHaveDied; NotThisRole for a role that reads no stories.
    Source:   design.md section 5 (RelatedPerson); S2-272.
    """
    check_can_write_story(actor, person_id, at=at)
    person = lock_person(person_id)
    check_is_alive(person)
    if not name.strip():
        raise CarerNeedsName
    made = insert(
        RelatedPerson(
            hub_id=person.hub_id,
            person=person,
            author_organisation_id=actor.organisation,
            third_party=True,
            name=name.strip()[:120],
            relationship=relationship.strip()[:60],
            phone=phone.strip()[:60],
            email=email.strip(),
        )
    )
    note(person_id=person_id, carer=made.public_id)
    return made

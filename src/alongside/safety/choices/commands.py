# For workers only.
"""Writes of what somebody chose: who may see one item, what a carer may be told."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.access import policy
from alongside.access.commands import end_objection, object_to_sharing
from alongside.access.models import Objection
from alongside.hubs.queries import live, local_date
from alongside.journal.command import command, note
from alongside.members.commands import create_task
from alongside.people.models import RelatedPerson, StoryEntry
from alongside.people.policies import check_can_write_story, check_is_alive, check_wears_a_hat
from alongside.people.queries import lock_person
from alongside.refusals import Invalid, NotFound
from alongside.safety.choices.codes import TOPICS
from alongside.safety.choices.queries import get_item
from alongside.safety.choices.rules import end_of, holds, is_a_review_day
from alongside.safety.models import CarerChoice
from alongside.vocabulary.actor import Actor
from alongside.writes import insert


class WroteItThemselves(Invalid):
    code = "wrote_it_themselves"
    message = _("They wrote it themselves, and keep sight of it.")


class ReviewWithinHalfAYear(Invalid):
    code = "review_within_half_a_year"
    message = _("Choose a day from tomorrow on, at most 180 days ahead.")


class UnknownTopic(Invalid):
    code = "unknown_topic"
    message = _("Choose from the list, or choose nothing.")


@command("sharing.item_chosen")
def choose_for_item(
    *, actor: Actor, at: datetime, person_id: int, item: UUID, organisation_id: int | None = None, with_all: bool = False
) -> StoryEntry:
    """Write down who may see one item: all with whom it is shared, only who wrote it, or all but one organisation; at once.

    In:       `with_all` ends whatever was asked about this item; without it one organisation sees it no longer, and with none
              named nobody but who wrote it.
    Refuses:  NotFound for an item that the actor does not see, and for an organisation that is no partner; WroteItThemselves.
    Source:   promise 8; trust.md C05 (per item).
    """
    check_can_write_story(actor, person_id, at=at)
    entry = get_item(actor, person_id, item, at)
    if with_all:
        for one in Objection.objects.filter(live(at), person_id=person_id, item=item):
            end_objection(actor=actor, at=at, person_id=person_id, objection_id=one.public_id)
    else:
        if organisation_id == entry.author_organisation_id:
            raise WroteItThemselves
        object_to_sharing(actor=actor, at=at, hub_id=actor.hub, person_id=person_id, organisation_id=organisation_id, item=item)
    note(
        person_id=person_id, author_organisation_id=entry.author_organisation_id, label=entry.label, item=item, with_all=with_all
    )
    return entry


@command("carer.choice_made")
def choose_for_carer(
    *, actor: Actor, at: datetime, person_id: int, carer_id: UUID, topics: Collection[str], review_on: date
) -> CarerChoice:
    """Write down what one carer may be told, as the person chose it: until a day, or their 11th or 16th birthday before it.

    In:       `topics`: codes of what may be told; none is "nothing", which is a choice too.
    Refuses:  NotFound for a carer whom the actor does not see; UnknownTopic; ReviewWithinHalfAYear; TheyHaveDied.
    Also:     it takes the place of the one before, whoever wrote that; it never renews itself. General advice needs no choice.
    Source:   trust.md T21, C10; S2-361, S2-364.
    """
    check_can_write_story(actor, person_id, at=at)
    person, carer = lock_person(person_id), _carer(actor, at, person_id, carer_id)
    check_is_alive(person)
    if not set(topics) <= set(TOPICS):
        raise UnknownTopic
    on = local_date(at)
    if not is_a_review_day(review_on, on):
        raise ReviewWithinHalfAYear
    _end(CarerChoice.objects.filter(carer=carer, ended_at__isnull=True).first(), at, "chosen_again")
    made = insert(
        CarerChoice(
            hub_id=person.hub_id,
            person=person,
            author_organisation_id=actor.organisation,
            label=carer.label,
            carer=carer,
            topics=[one for one in TOPICS if one in topics],
            from_on=on,
            review_on=review_on,
            written_at=at,
            written_by_id=check_wears_a_hat(actor),
        )
    )
    note(person_id=person_id, label=made.label, carer=carer.public_id, choice=made.public_id, review_on=review_on)
    return made


@command("carer.choice_taken_back")
def take_back_choice(*, actor: Actor, at: datetime, person_id: int, carer_id: UUID) -> RelatedPerson:
    """Write down that what was chosen about a carer no longer counts: nothing is told them from now on but general advice."""
    check_can_write_story(actor, person_id, at=at)
    carer = _carer(actor, at, person_id, carer_id)
    _end(CarerChoice.objects.select_for_update().filter(carer=carer, ended_at__isnull=True).first(), at, "taken_back")
    note(person_id=person_id, label=carer.label, carer=carer.public_id)
    return carer


@command("carer.choice_asked_about")
def ask_about_choice(*, actor: Actor, at: datetime, choice_id: int) -> CarerChoice | None:
    """Ask whoever holds the person, once, to talk about a choice that ends soon; None when somebody was asked already."""
    policy.check_is_part_or_system(actor)
    found = CarerChoice.objects.select_for_update().filter(pk=choice_id, ended_at__isnull=True, asked_at__isnull=True).first()
    if found is None:
        return None
    found.asked_at = at
    found.save(update_fields=["asked_at"])
    end = end_of(found.from_on, found.review_on, found.person.born_on)
    what = "carer_birthday" if end.because == "birthday" else "carer_choice_ends"
    create_task(actor=actor, at=at, person_id=found.person_id, what=what, due_on=max(end.on, local_date(at)))
    note(person_id=found.person_id, label=found.label, choice=found.public_id)
    return found


@command("carer.choice_over")
def end_choice_by_itself(*, actor: Actor, at: datetime, choice_id: int) -> CarerChoice | None:
    """Write down that a choice ended by itself, on its review day or a birthday; None when it has ended or holds."""
    policy.check_is_part_or_system(actor)
    found = CarerChoice.objects.select_for_update().filter(pk=choice_id, ended_at__isnull=True).first()
    if found is None or holds(local_date(at), found.from_on, found.review_on, found.person.born_on):
        return None
    because = end_of(found.from_on, found.review_on, found.person.born_on).because
    _end(found, at, because)
    note(person_id=found.person_id, label=found.label, choice=found.public_id, because=because)
    return found


def _carer(actor: Actor, at: datetime, person_id: int, carer_id: UUID) -> RelatedPerson:
    found = policy.visible_to(actor, RelatedPerson.objects.filter(person_id=person_id, public_id=carer_id), at=at).first()
    if found is None:
        raise NotFound
    return found


def _end(one: CarerChoice | None, at: datetime, because: str) -> None:
    if one is not None:
        one.ended_at, one.ended_because = at, because
        one.save(update_fields=["ended_at", "ended_because"])

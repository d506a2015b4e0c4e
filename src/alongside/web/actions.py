# For workers only.
"""What a hat may do for somebody from their page: nothing stands there that is refused when it is pressed."""

from __future__ import annotations

from django.utils.translation import gettext as _

from alongside.access import policy
from alongside.design.addresses import address
from alongside.journey.care_contacts.policies import can_log_contact
from alongside.journey.handovers.policies import can_find_help, can_introduce
from alongside.members.policies import can_hold
from alongside.people.models import Person
from alongside.people.policies import can_read_story
from alongside.vocabulary.actor import Actor


def actions_for(actor: Actor, person: Person, *, is_resting: bool, is_near: bool = True) -> tuple[tuple[str, str], ...]:
    """List (address, words) of what this actor's role may do for somebody, in the order of the page.

    In:     `is_near`: by a relationship; who is there behind broken glass changes nothing, and may only show it to another.

    Source: pages.md (Person, actions at the side); lists.md (Roles).
    """
    holds, writes, is_alive = can_hold(actor), can_read_story(actor), not person.has_died
    offered = (
        ("care_contacts:log-contact", _("Log a contact"), is_alive and can_log_contact(actor)),
        ("people:write-down", _("Write down"), writes),
        ("web:find-help", _("Find help"), is_alive and can_find_help(actor)),
        ("handovers:introduce", _("Introduce"), is_alive and can_introduce(actor)),
        ("members:next-date", _("Next date or task") if is_alive else _("Something to be done"), True),
        ("members:change-holder", _("Change holder"), holds),
        ("people:contact-safety", _("Contact safety"), is_alive),
        ("safety:own-page", _("Their own page"), is_alive),
        ("safety:addresses", _("Addresses"), is_alive),
        ("people:as-told", _("Allergies and medicines"), is_alive and writes),
        ("safety:alerts", _("Alerts"), is_alive and writes),
        ("members:rest", _("Rest"), is_alive and holds and not is_resting),
        ("rights:put-right", _("Something is not right"), writes),
        ("rights:ask", _("They ask for a copy of their record"), is_alive and writes),
        ("safety:share-for-safety", _("Share for somebody's safety"), policy.may(actor, "override")),
        ("members:they-have-died", _("They have died"), is_alive and holds),
        ("members:take-back-death", _("This was written down by mistake"), holds and not is_alive),
    )
    return tuple(
        (address(name, person.public_id), words)
        for name, words, is_offered in offered
        if is_offered and (is_near or name == "safety:share-for-safety")
    )

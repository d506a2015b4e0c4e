# For workers only.
"""What leaves the hub as a file or on paper: whom it is about, as what, and why, before anybody gets it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from alongside.access import policy
from alongside.access.codes import WHAT_LEAVES, WHY_TAKEN_OUT
from alongside.files.answer import KINDS
from alongside.journal.command import command, note
from alongside.refusals import Invalid, NotFound
from alongside.vocabulary.actor import Actor

WITH_A_SECOND_YES = ("caseload",)
"""What names people and leaves about several of them only as a part of another command, which has asked for a second yes (T07)."""


class SayWhatFor(Invalid):
    code = "say_what_for"
    message = _("Say what it is needed for.")


@command("file.taken_out")
def take_out(*, actor: Actor, at: datetime, what: str, how: str, reason: str, person_ids: Collection[int]) -> int:
    """Write down that something about people leaves the hub, before it does. Out: about how many people.

    Refuses:  SayWhatFor; NotFound when any of them is out of reach now.
    Source:   trust.md C19, C23 (exports and prints are in the journal), T11.
    """
    if what not in WHAT_LEAVES or how not in (*KINDS, "print"):
        raise NotFound
    if reason not in WHY_TAKEN_OUT:
        raise SayWhatFor
    people = apps.get_model("people", "Person")._default_manager.filter(pk__in=person_ids)
    near = set(policy.visible_to(actor, people, at=at).values_list("pk", flat=True))
    near |= set(policy.under_review(actor, people, at=at).values_list("pk", flat=True))
    if what == "downtime_pack":
        # Whoever carries a sealed pack need not be near anybody in it: the command that gathered it went by the scope of its readers.
        policy.check_is_part_or_system(actor)
        near = set(people.filter(hub_id=actor.hub).values_list("pk", flat=True))
    if near != set(person_ids):
        raise NotFound
    if what in WITH_A_SECOND_YES and len(near) > 1:
        policy.check_is_part_or_system(actor)
    note(person_id=min(near) if len(near) == 1 else None, what=what, how=how, reason=reason, people=sorted(near))
    return len(near)

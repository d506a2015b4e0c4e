"""The scopes of the policy, and two hubs with one person each of whom something is written: for the quick tests of what decides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from alongside.access import policy
from alongside.access.models import Exclusion, KeptAway, Relationship
from alongside.people.models import Person, StoryEntry
from alongside.vocabulary.actor import Actor
from tests.support.hub import AT, MadeHub, open_hub

HOUR = timedelta(hours=1)
SCOPES: dict[str, Callable[..., Any]] = {
    "visible_to": policy.visible_to,
    "safety_summary": policy.safety_summary,
    "under_review": policy.under_review,
    "in_an_outage": policy.in_an_outage,
}


class Two:
    """Two hubs with one person each, of whom one thing is written, open, sensitive and in a circle."""

    def __init__(self, hub: MadeHub) -> None:
        self.hub, self.elsewhere = hub, open_hub("elsewhere", nation="england")
        self.mine, self.theirs = (self.person(one) for one in (hub, self.elsewhere))
        self.entries = {
            (one, label): self.entry(made, person, label)
            for one, made, person in (("mine", hub, self.mine), ("theirs", self.elsewhere, self.theirs))
            for label in ("open", "sensitive", "circle")
        }

    def person(self, hub: MadeHub) -> Person:
        return Person.objects.create(
            hub=hub.hub, author_organisation_id=hub.partners["practice"], chosen_name="Mair Pretend", created_at=AT
        )

    def entry(self, hub: MadeHub, person: Person, label: str) -> StoryEntry:
        return StoryEntry.objects.create(
            hub=hub.hub, person=person, author_organisation_id=hub.partners["practice"], label=label, at=AT, whose_words="person",
            domain="life", words="made up",
        )  # fmt: skip

    def near(self, actor: Actor, kind: str = "holder", **more: Any) -> None:
        Relationship.objects.create(
            **{"hub": self.hub.hub, "person": self.mine, "kind": kind, "hat_id": actor.hat_id, "from_at": AT - HOUR, **more},
            because_kind="test", because_id=1,
        )  # fmt: skip

    def away(self, person: Person | None = None, **whom: Any) -> None:
        reason = Exclusion.objects.create(hub=self.hub.hub, person=person or self.mine, words="made up", made_at=AT)
        KeptAway.objects.create(person=person or self.mine, exclusion=reason, from_at=AT - HOUR, **whom)

    def seen(self, scope: str, actor: Actor, **more: Any) -> set[tuple[str, str]]:
        found = set(SCOPES[scope](actor, StoryEntry.objects.all(), at=AT, **more).values_list("pk", flat=True))
        return {key for key, entry in self.entries.items() if entry.pk in found}

    def people(self, scope: str, actor: Actor) -> set[int]:
        return set(SCOPES[scope](actor, Person.objects.all(), at=AT).values_list("pk", flat=True))


MINE = {("mine", "open"), ("mine", "sensitive")}
EVERY = {(one, label) for one in ("mine", "theirs") for label in ("open", "sensitive", "circle")}

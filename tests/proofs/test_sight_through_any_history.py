"""V5 and V6: whatever is granted, ended, denied, opened or stopped, in any order, each hat sees what the table says at that moment.

A machine takes every step through the commands and keeps plain facts of its own; after each step, and as the clock goes on, what
the policy shows is compared with `policy_table.csv` for every worker and every item. A fact that denies never opens anything; a fact
that has ended is as if it had never been; a list and a look at one agree. The suite goes 100 ways, with PROVE=full 2,000.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from alongside import reads
from alongside.access import policy
from alongside.access.actors import worker_actor
from alongside.access.commands import (
    break_glass,
    end_objection,
    end_override,
    end_relationships,
    exclude,
    leave_agreement,
    let_organisation_back,
    name_in_circle,
    object_to_sharing,
    open_relationship,
    override_sharing,
    settle_exclusion,
    sign_agreement,
    stop_organisation,
)
from alongside.access.models import GLASS_LASTS, CircleName, SharingAgreement
from alongside.hubs.commands import give_hat
from alongside.hubs.models import Hat
from alongside.journal.command import command
from alongside.people.models import Person, StoryEntry
from alongside.reads import read
from alongside.refusals import Refusal
from alongside.vocabulary.actor import Actor
from tests.support import policy_table
from tests.support.hub import AT, MadeHub, open_hub

WAYS, STEPS = (2_000, 50) if os.environ.get("PROVE") == "full" else (100, 15)
WORKERS = ("cora", "cora at the charity", "liv", "wyn", "ada", "saf")
NEAR_AT_FIRST = ("cora", "liv")
ORGANISATIONS = ("practice", "charity", "trust")
KINDS = ("holder", "giving", "receiving", "duty", "referrer", "matcher")
LABELS = ("open", "sensitive", "circle")
WHY = "made up for a proof of trust"

worker, partner = st.sampled_from(WORKERS), st.sampled_from(ORGANISATIONS)
person, item = st.integers(0, 1), st.integers(0, 8)


@dataclass
class Fact:
    """Something that holds from a moment until another, about whom, for whom."""

    what: str
    of: tuple[Any, ...]
    since: datetime
    until: datetime | None = None

    def holds(self, at: datetime) -> bool:
        return self.since <= at and (self.until is None or self.until > at)


@command("test.part")
def as_a_part(*, actor: Actor, at: datetime, do: Callable[[], Any]) -> Any:
    """Do what is only ever a part of another command."""
    return do()


def _seen(actor: Actor, at: datetime) -> QuerySet[StoryEntry, Any]:
    return policy.visible_to(actor, StoryEntry.objects.all(), at=at).values_list("public_id")


class History(RuleBasedStateMachine):
    """Any step, in any order; what is refused changes nothing."""

    hub: MadeHub
    hats: dict[str, Hat]
    people: tuple[Person, ...]
    items: tuple[StoryEntry, ...]
    agreement: int

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.at = AT
        self.facts = [Fact("signed", (one,), AT - timedelta(days=1)) for one in ORGANISATIONS]
        for key in NEAR_AT_FIRST:  # so that there is something to lose
            self.is_near(0, ("hat", self.hats[key].pk), "holder", None)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    # what a fact says of somebody, and what the table makes of all of them

    def live(self, what: str, *of: Any) -> list[Fact]:
        return [one for one in self.facts if one.what == what and one.of[: len(of)] == of and one.holds(self.at)]

    def decides(self, key: str, entry: StoryEntry) -> bool:
        hat = self.hats[key]
        home = self.organisation(hat.organisation_id)
        if self.live("stopped", home):
            return False
        who, teams = hat.worker_id, self.teams(key)
        away = [one.of[1] for one in self.live("away", entry.person_id)]
        kinds = {one.of[2] for one in self.live("near", entry.person_id) if one.of[1] in (("hat", hat.pk), *teams)}
        near = "full" if kinds & set(policy.FULL_SIGHT) else next(iter(kinds), "none")
        author = self.organisation(entry.author_organisation_id)
        shared = self.live("signed", home) and self.live("signed", author)
        against = [
            one
            for one in self.live("objects", entry.person_id)
            if one.of[1] in (None, home) and one.of[2] in (None, entry.public_id)
        ]
        row = policy_table.decide(
            "worker_excluded" if any(one in (("worker", who), *teams, ("organisation", home)) for one in away) else "none",
            hat.role,
            near,
            "mine" if author == home else "shared" if shared else "not_shared",
            "in_force" if against else "none",
            entry.label,
            "yes" if self.live("named", entry.public_id, who) else "no",
            "yes" if self.live("overridden", entry.public_id, hat.pk) else "no",
            "yes" if self.live("glass", entry.person_id, hat.pk) else "no",
        )
        return row.decision == "allow"

    def organisation(self, key: int) -> str:
        return next(name for name in ORGANISATIONS if self.hub.partners[name] == key)

    def teams(self, key: str) -> tuple[tuple[str, int], ...]:
        held = {"cora": "north", "liv": "harbour", "wyn": "door"}.get(key)
        return (("team", self.hub.teams[held]),) if held else ()

    def sees(self, key: str) -> set[UUID]:
        actor = worker_actor(self.hats[key].pk, user_id=None, at=self.at)
        if actor is None:
            return set()
        return {key for (key,) in read(_seen, actor=actor, at=self.at)}

    @invariant()
    def everybody_sees_what_the_table_says(self) -> None:
        for key in WORKERS:
            assert self.sees(key) == {one.public_id for one in self.items if self.decides(key, one)}, key

    # steps

    def add(self, what: str, *of: Any, until: datetime | None = None) -> None:
        self.facts.append(Fact(what, of, self.at, until))

    def end(self, what: str, *of: Any) -> None:
        for one in self.live(what, *of):
            one.until = self.at

    def tried(self, do: Callable[[], Any]) -> bool:
        try:
            with transaction.atomic():
                do()
        except Refusal:
            return False
        return True

    def never_opens(self, do: Callable[[], Any]) -> None:
        """V6: a fact that denies shrinks what each sees, or leaves it."""
        before = {key: self.sees(key) for key in WORKERS}
        do()
        for key in WORKERS:
            assert self.sees(key) <= before[key], key

    @property
    def by(self) -> dict[str, Any]:
        return {"actor": self.hub.system, "at": self.at}

    @rule(by=st.sampled_from((1, 3_600, 4 * 3_600 - 1, 4 * 3_600, 30 * 86_400)))
    def time_goes_on(self, by: int) -> None:
        self.at += timedelta(seconds=by)

    @rule(who=worker, whom=person, kind=st.sampled_from(KINDS), through_team=st.booleans(), lasts=st.sampled_from((None, 1, 5)))
    def begin_to_be_near(self, who: str, whom: int, kind: str, through_team: bool, lasts: int | None) -> None:
        until, teams = self.at + timedelta(hours=lasts) if lasts else None, self.teams(who)
        self.is_near(whom, teams[0] if through_team and teams else ("hat", self.hats[who].pk), kind, until)

    def is_near(self, whom: int, target: tuple[str, int], kind: str, until: datetime | None) -> None:
        about = self.people[whom]
        open_relationship(
            **self.by, hub_id=self.hub.hub.pk, person_id=about.pk, kind=kind, because=("holding", len(self.facts)),
            hat_id=target[1] if target[0] == "hat" else None, team_id=target[1] if target[0] == "team" else None, until_at=until,
        )  # fmt: skip
        self.add("near", about.pk, target, kind, len(self.facts), until=until)

    @rule(number=st.integers(0, 20))
    def end_being_near(self, number: int) -> None:
        near = self.live("near")
        if near:
            one = near[number % len(near)]
            end_relationships(**self.by, person_id=one.of[0], because=("holding", one.of[3]))
            one.until = self.at

    @rule(whom=person, who=worker, what=st.sampled_from(("worker", "team", "organisation")))
    def keep_somebody_away(self, whom: int, who: str, what: str) -> None:
        about, hat, teams = self.people[whom], self.hats[who], self.teams(who)
        if what == "team" and not teams:
            return
        meant = {
            "worker": {"worker_ids": [hat.worker_id]},
            "team": {"worker_ids": [], "team_ids": [key for _team, key in teams]},
            "organisation": {"worker_ids": [], "organisation_ids": [hat.organisation_id]},
        }[what]

        def do() -> None:
            made = exclude(**self.by, hub_id=self.hub.hub.pk, person_id=about.pk, words="zzzz")
            settle_exclusion(**self.by, exclusion_id=made.pk, **meant)
            key = {"worker": ("worker", hat.worker_id), "organisation": ("organisation", self.organisation(hat.organisation_id))}
            self.add("away", about.pk, teams[0] if what == "team" else key[what])

        self.never_opens(do)

    @rule(whom=person, against=st.sampled_from((None, *ORGANISATIONS)), one_item=st.booleans(), number=item)
    def object(self, whom: int, against: str | None, one_item: bool, number: int) -> None:
        about = self.people[whom]
        items = [one.public_id for one in self.items if one.person_id == about.pk]
        chosen = items[number % len(items)] if one_item else None

        def do() -> None:
            made = object_to_sharing(
                **self.by, hub_id=self.hub.hub.pk, person_id=about.pk,
                organisation_id=self.hub.partners[against] if against else None, item=chosen,
            )  # fmt: skip
            self.add("objects", about.pk, against, chosen, made.public_id)

        self.never_opens(do)

    @rule(number=st.integers(0, 20))
    def share_again(self, number: int) -> None:
        standing = self.live("objects")
        if standing:
            one = standing[number % len(standing)]
            end_objection(**self.by, person_id=one.of[0], objection_id=one.of[3])
            # What was said twice is one objection: both facts end with it.
            self.end("objects", one.of[0], one.of[1], one.of[2])

    @rule(who=worker, number=item)
    def name_on_a_list(self, who: str, number: int) -> None:
        entry, hat = self.items[number], self.hats[who]
        if CircleName.objects.filter(item=entry.public_id, worker=hat.worker_id, until_at__isnull=True).exists():
            return
        name_in_circle(
            **self.by, hub_id=self.hub.hub.pk, person_id=entry.person_id, item=entry.public_id, worker_ids=[hat.worker_id]
        )
        self.add("named", entry.public_id, hat.worker_id)

    @rule(who=worker, number=item)
    def share_for_safety(self, who: str, number: int) -> None:
        entry, hat, lead = self.items[number], self.hats[who], worker_actor(self.hats["saf"].pk, user_id=None, at=self.at)
        until = self.at + timedelta(hours=5)
        if lead and self.tried(
            lambda: as_a_part(
                actor=lead,
                at=self.at,
                do=lambda: override_sharing(
                    actor=lead,
                    at=self.at,
                    person_id=entry.person_id,
                    item=entry.public_id,
                    recipient_id=hat.pk,
                    basis="child_at_risk",
                    reason=WHY,
                    until_at=until,
                ),
            )  # fmt: skip
        ):
            self.add("overridden", entry.public_id, hat.pk, entry.person_id, until=until)

    @rule(number=st.integers(0, 20))
    def end_sharing_for_safety(self, number: int) -> None:
        from alongside.access.models import Override

        lead = worker_actor(self.hats["saf"].pk, user_id=None, at=self.at)
        standing = self.live("overridden")
        if standing and lead:
            one = standing[number % len(standing)]
            row = Override.objects.filter(item=one.of[0], recipient=one.of[1], from_at=one.since, until_at__gt=self.at).first()
            if row and self.tried(lambda: end_override(actor=lead, at=self.at, person_id=one.of[2], override_id=row.public_id)):
                one.until = self.at

    @rule(who=worker, whom=person)
    def break_the_glass(self, who: str, whom: int) -> None:
        actor = worker_actor(self.hats[who].pk, user_id=None, at=self.at)
        about = self.people[whom]
        if actor and self.tried(
            lambda: as_a_part(
                actor=actor,
                at=self.at,
                do=lambda: break_glass(actor=actor, at=self.at, person_id=about.pk, category="medical", reason=WHY),
            )
        ):
            self.add("glass", about.pk, self.hats[who].pk, until=self.at + GLASS_LASTS)

    @rule(who=partner)
    def leave_the_agreement(self, who: str) -> None:
        def do() -> None:
            leave_agreement(**self.by, agreement_id=self.agreement, organisation_id=self.hub.partners[who])
            self.end("signed", who)

        self.never_opens(do)

    @rule(who=partner)
    def sign_again(self, who: str) -> None:
        sign_agreement(**self.by, agreement_id=self.agreement, organisation_id=self.hub.partners[who])
        if not self.live("signed", who):
            self.add("signed", who)

    @rule(who=partner)
    def stop_everything_of(self, who: str) -> None:
        def do() -> None:
            if self.tried(
                lambda: stop_organisation(
                    **self.by, hub_id=self.hub.hub.pk, organisation_id=self.hub.partners[who], because="stolen"
                )
            ):
                self.add("stopped", who)

        self.never_opens(do)

    @rule(who=partner)
    def let_back(self, who: str) -> None:
        if self.tried(lambda: let_organisation_back(**self.by, hub_id=self.hub.hub.pk, organisation_id=self.hub.partners[who])):
            self.end("stopped", who)


@pytest.fixture
def history(db: None) -> type[History]:
    """Prepare a hub with two people, nine items of three authors and labels, and a worker who wears two hats."""
    hub = open_hub()
    cora = Hat.objects.get(pk=hub.hats["cora"])
    second = give_hat(
        actor=hub.system, at=AT - timedelta(days=1), hub_id=hub.hub.pk, worker_id=cora.worker_id,
        organisation_id=hub.partners["charity"], role="link_worker",
    )  # fmt: skip
    hats = {key: Hat.objects.get(pk=hub.hats[key]) for key in WORKERS if key in hub.hats} | {"cora at the charity": second}
    people = tuple(
        Person.objects.create(hub=hub.hub, author_organisation_id=hub.partners["trust"], chosen_name="Nobody", created_at=AT)
        for _number in range(2)
    )
    items = tuple(
        StoryEntry.objects.create(
            hub=hub.hub, person=people[number % 2], author_organisation_id=hub.partners[author], label=label, at=AT,
            whose_words="person", domain="life", words="made up",
        )
        for number, (author, label) in enumerate((author, label) for author in ORGANISATIONS for label in LABELS)
    )  # fmt: skip
    agreement = SharingAgreement.objects.get(hub=hub.hub).pk
    return type("Here", (History,), {"hub": hub, "hats": hats, "people": people, "items": items, "agreement": agreement})


def run(machine: type[History], ways: int) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=ways,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        ),
    )


@pytest.mark.hazard("H09")
@pytest.mark.hazard("H19")
def test_in_any_order_each_hat_sees_what_the_table_says(history: type[History]) -> None:
    run(history, WAYS)


def _without(name: str) -> Callable[..., Any]:
    return {"kept_away": lambda actor, at: policy.KeptAway.objects.none(), "live": lambda at, prefix="": policy.Q()}[name]


@pytest.mark.parametrize("control", ["kept_away", "live"])
def test_without_a_control_some_order_is_found_in_which_it_fails(
    history: type[History], monkeypatch: pytest.MonkeyPatch, control: str
) -> None:
    monkeypatch.setattr(policy, control, _without(control))
    monkeypatch.setattr(reads, "_kept", {})
    with pytest.raises(AssertionError):
        run(history, WAYS)
    assert connection.needs_rollback is False

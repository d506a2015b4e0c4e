"""V1 and V1b: the policy in code decides as the table that another hand wrote, over every combination of its facts.

Each combination of what the table tells apart is made several times, each time with other bystanders: facts that have ended, lie
ahead, or are somebody else's count as none. One query an actor; the same cells for every role.

The suite makes each combination twice (131,328 decisions); with PROVE=full sixteen times (1,050,624). Every other kind of record
is asked over the same cells, once each combination (65,664 decisions a kind); which parts an agreement covers tells them apart.

Every control is removed once, and the cells then disagree with the table: `SABOTAGE`.
Source: trust.md 3.1, 3.3, V1, V1b; issue "trust", 1, 2 and 22.
"""

from __future__ import annotations

import itertools
import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db.models import Q

from alongside.access import policy
from alongside.access.codes import CATEGORIES
from alongside.access.commands import leave_agreement, sign_agreement
from alongside.access.gains import person_records
from alongside.access.models import (
    CircleName,
    DeclaredRelation,
    Exclusion,
    Glass,
    KeptAway,
    Objection,
    Override,
    Relationship,
    SharingAgreement,
)
from alongside.access.records import PersonRecord
from alongside.hubs.commands import add_organisation
from alongside.hubs.models import Hat
from alongside.hubs.roles import ROLES
from alongside.journey.assessments.models import Need
from alongside.people.models import Person, StoryEntry
from alongside.vocabulary.actor import Actor
from tests.support import policy_table
from tests.support.hub import AT, MadeHub

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db, pytest.mark.hazard("H09"), pytest.mark.hazard("H22")]

TIMES = 16 if os.environ.get("PROVE") == "full" else 2
HOUR = timedelta(hours=1)
NOW, ENDED, AHEAD = (AT - HOUR, None), (AT - 2 * HOUR, AT), (AT + timedelta(seconds=1), None)
"""In force; over since this very moment; from the next second on."""

# What the table tells apart, and how it may have come about; the bystanders of "none" are as many as there are ways to be wrong.
DENIED = {
    "none": ("", "ended", "ahead", "another worker", "another team", "another organisation"),
    "own_record": ("",),
    "declared_relation": ("",),
    "worker_excluded": ("",),
    "team_excluded": ("",),
    "organisation_excluded": ("",),
}
RELATIONSHIP = {
    "full": ("holder", "giving", "receiving", "duty", "holding_team of my team"),
    "referrer": ("referrer",),
    "matcher": ("matcher",),
    "none": ("", "holder ended", "holder ahead", "holder, another hat", "duty, another team"),
}
OBJECTION = {"in_force": ("mine", "all", "this item"), "none": ("", "ended", "another organisation", "another item")}
GLASS = {"yes": ("",), "no": ("", "ended", "ahead", "another worker")}
AUTHOR = {"mine": ("practice",), "shared": ("charity", "open only", "some parts"), "not_shared": ("trust", "open only")}
PARTS = ["story", "contacts", "body"]
"""What the agreement with "some parts" covers: the story is shared by it, and the conversation, for one, is not."""
ON_LIST = {"yes": ("",), "no": ("", "ended", "another worker")}
OVERRIDE = {"yes": ("",), "no": ("", "ended", "ahead", "another recipient")}
LABELS = ("open", "sensitive", "circle")


@dataclass
class Cell:
    """One record, and what the table needs to know of it beside the role."""

    item: UUID
    facts: tuple[str, ...]
    shared_in_part: bool

    def facts_of(self, kind: type[PersonRecord]) -> tuple[str, ...]:
        """Give the facts as they are for a kind of record: an agreement over some parts does not share the others."""
        denied, relationship, author, *rest = self.facts
        covered = kind.CATEGORY in PARTS or not self.shared_in_part
        return denied, relationship, author if covered else "not_shared", *rest


@dataclass
class World:
    """The cells, and the worker who asks."""

    actor: Actor
    cells: list[Cell]

    def wrong(
        self, change: Callable[[Actor], Actor] = lambda actor: actor, kind: type[PersonRecord] = StoryEntry
    ) -> Iterator[tuple[str, tuple[str, ...], str]]:
        """Give (role, facts, row of the table) of every cell in which the code decides otherwise about a kind of record."""
        for role in ROLES:
            actor = change(replace(self.actor, role=role))
            seen = set(policy.visible_to(actor, kind._default_manager.all(), at=AT).values_list("public_id", flat=True))
            for cell in self.cells:
                denied, relationship, *rest = cell.facts_of(kind)
                row = policy_table.decide(denied, role, relationship, *rest)
                if (row.decision == "allow") != (cell.item in seen):
                    yield role, cell.facts, row.row


@pytest.fixture
def world(hub: MadeHub) -> World:
    return _Making(hub).world()


class _Making:
    """Makes the cells in bulk."""

    def __init__(self, hub: MadeHub) -> None:
        self.hub, self.chance = hub, random.Random(20261126)
        self.me, self.other = (Hat.objects.get(pk=hub.hats[key]) for key in ("cora", "liv"))
        agreement, partners = SharingAgreement.objects.get(hub=hub.hub), hub.partners
        leave_agreement(actor=hub.system, at=AT - HOUR, agreement_id=agreement.pk, organisation_id=partners["council"])
        leave_agreement(actor=hub.system, at=AT - HOUR, agreement_id=agreement.pk, organisation_id=partners["trust"])
        narrow = SharingAgreement.objects.create(hub=hub.hub, purpose="open only", label_ceiling="open", from_at=AT - HOUR)
        for key in ("practice", "council"):
            sign_agreement(actor=hub.system, at=AT - HOUR, agreement_id=narrow.pk, organisation_id=partners[key])
        parted = add_organisation(actor=hub.system, at=AT - HOUR, hub_id=hub.hub.pk, name="some parts", sector="charity").pk
        some = SharingAgreement.objects.create(hub=hub.hub, purpose="some parts", categories=PARTS, from_at=AT - HOUR)
        for key in (partners["practice"], parted):
            sign_agreement(actor=hub.system, at=AT - HOUR, agreement_id=some.pk, organisation_id=key)
        self.authors = {
            "some parts": parted,
            "practice": partners["practice"],
            "charity": partners["charity"],
            "trust": partners["trust"],
            "open only": partners["council"],
        }
        self.rows: dict[type, list[Any]] = {}
        base = {"hub": hub.hub, "person": self._person()}
        self.exclusion = Exclusion.objects.create(**base, words="made up", made_at=AT)
        self.declared = {
            kind: DeclaredRelation.objects.create(hub=hub.hub, worker=self.me.worker, kind=kind, name="made up", from_at=AT)
            for kind in ("own_record", "family")
        }

    def world(self) -> World:
        cells = []
        for _time in range(TIMES):
            for denied, relationship, objection, glass in itertools.product(DENIED, RELATIONSHIP, OBJECTION, GLASS):
                person = self._person()
                self._deny(person, denied)
                self._relate(person, relationship)
                self._glass(person, glass)
                way = self.chance.choice(OBJECTION[objection])
                if way != "this item":
                    self._object(person, way, None)
                for author, label, on_list, override in itertools.product(AUTHOR, LABELS, ON_LIST, OVERRIDE):
                    ways = [one for one in AUTHOR[author] if one != "open only" or (author == "shared") == (label == "open")]
                    by = self.chance.choice(ways)
                    entry = self._entry(person, by, label)
                    if way == "this item":
                        self._object(person, "mine", entry.public_id)
                    self._name(person, entry.public_id, on_list)
                    self._override(person, entry.public_id, override)
                    facts = (denied, relationship, author, objection, label, on_list, override, glass)
                    cells.append(Cell(entry.public_id, facts, by == "some parts"))
        for model in (StoryEntry, KeptAway, Relationship, Objection, Glass, CircleName, Override):
            model._default_manager.bulk_create(self.rows.get(model, []), batch_size=500)  # type: ignore[attr-defined]
        return World(self.hub.actor("cora"), cells)

    def _person(self) -> Person:
        return Person.objects.create(
            hub=self.hub.hub, author_organisation_id=self.authors["practice"], chosen_name="Mair Pretend", created_at=AT
        )

    def _add(self, model: type, when: tuple[Any, Any], **values: Any) -> None:
        self.rows.setdefault(model, []).append(model(from_at=when[0], until_at=when[1], **values))

    def _entry(self, person: Person, author: str, label: str) -> StoryEntry:
        made = StoryEntry(
            hub=self.hub.hub, person=person, author_organisation_id=self.authors[author], label=label, at=AT, whose_words="person",
            domain="life", words="made up",
        )  # fmt: skip
        self.rows.setdefault(StoryEntry, []).append(made)
        return made

    def _deny(self, person: Person, denied: str) -> None:
        way = self.chance.choice(DENIED[denied])
        when = {"ended": ENDED, "ahead": AHEAD}.get(way, NOW)
        reason: dict[str, Any] = {"exclusion": self.exclusion}
        if denied in ("own_record", "declared_relation"):
            reason = {"declared": self.declared["own_record" if denied == "own_record" else "family"]}
        whom: dict[str, Any] = {"worker": self.me.worker}
        if denied == "team_excluded":
            whom = {"team_id": self.hub.teams["north"]}
        elif denied == "organisation_excluded":
            whom = {"organisation_id": self.me.organisation_id}
        elif way == "another worker":
            whom = {"worker": self.other.worker}
        elif way == "another team":
            whom = {"team_id": self.hub.teams["harbour"]}
        elif way == "another organisation":
            whom = {"organisation_id": self.other.organisation_id}
        if denied != "none" or way:
            self._add(KeptAway, when, person=person, **reason, **whom)

    def _relate(self, person: Person, relationship: str) -> None:
        way = self.chance.choice(RELATIONSHIP[relationship])
        if not way:
            return
        when = ENDED if "ended" in way else AHEAD if "ahead" in way else NOW
        whom = {
            "holding_team of my team": {"team_id": self.hub.teams["north"]},
            "duty, another team": {"team_id": self.hub.teams["harbour"]},
            "holder, another hat": {"hat": self.other},
        }.get(way, {"hat": self.me})
        kind = way.replace(",", " ").split()[0]
        self._add(Relationship, when, hub=self.hub.hub, person=person, kind=kind, because_kind="test", because_id=1, **whom)

    def _object(self, person: Person, way: str, item: UUID | None) -> None:
        if not way:
            return
        organisation = {"all": None, "another organisation": self.other.organisation_id}.get(way, self.me.organisation_id)
        item = uuid4() if way == "another item" else item
        self._add(
            Objection, ENDED if way == "ended" else NOW, hub=self.hub.hub, person=person, organisation_id=organisation, item=item
        )

    def _glass(self, person: Person, glass: str) -> None:
        way = self.chance.choice(GLASS[glass])
        if glass == "yes" or way:
            begins, ends = {"ended": ENDED, "ahead": AHEAD}.get(way, NOW)
            hat = self.other if way == "another worker" else self.me
            self._add(
                Glass, (begins, ends or begins + 4 * HOUR), hub=self.hub.hub, person=person, hat=hat, category="medical",
                reason="made up for this test", review_by=AT.date(),
            )  # fmt: skip

    def _name(self, person: Person, item: UUID, on_list: str) -> None:
        way = self.chance.choice(ON_LIST[on_list])
        if on_list == "yes" or way:
            worker = self.other.worker if way == "another worker" else self.me.worker
            self._add(CircleName, ENDED if way == "ended" else NOW, hub=self.hub.hub, person=person, item=item, worker=worker)

    def _override(self, person: Person, item: UUID, override: str) -> None:
        way = self.chance.choice(OVERRIDE[override])
        if override == "yes" or way:
            begins, ends = {"ended": ENDED, "ahead": AHEAD}.get(way, NOW)
            recipient = self.other if way == "another recipient" else self.me
            self._add(
                Override, (begins, ends or begins + 24 * HOUR), hub=self.hub.hub, person=person, item=item, recipient=recipient,
                basis="child_at_risk", reason="made up for this test", made_by=self.other,
            )  # fmt: skip


def test_the_code_decides_as_the_table_says(world: World) -> None:
    assert len(world.cells) == 3_456 * TIMES
    assert list(world.wrong()) == []


@contextmanager
def over_the_cells(kind: type[PersonRecord]) -> Iterator[None]:
    """Let a kind of record read the table of the story, under its own query."""
    own = kind._meta.db_table
    try:
        kind._meta.db_table = StoryEntry._meta.db_table
        _forget_columns(kind)
        yield
    finally:
        kind._meta.db_table = own
        _forget_columns(kind)


def _forget_columns(kind: type[PersonRecord]) -> None:
    """Django keeps each column with the name of its table."""
    for field in kind._meta.concrete_fields:
        field.__dict__.pop("cached_col", None)


def test_every_other_kind_of_record_is_decided_as_the_table_says(world: World) -> None:
    """Each kind asks with its own query, over the cells: what all of them inherit stands in the table of the story."""
    world.cells = world.cells[:3_456]
    kinds = [kind for kind in person_records() if kind is not StoryEntry]
    assert len(kinds) >= 17 and {kind.CATEGORY for kind in kinds} == {*CATEGORIES, "vault"}
    for kind in kinds:
        with over_the_cells(kind):
            if kind.IN_VAULT:
                seen = [policy.visible_to(replace(world.actor, role=role), kind._default_manager.all(), at=AT) for role in ROLES]
                assert [one.count() for one in seen] == [0] * len(ROLES)
            else:
                assert list(world.wrong(kind=kind)) == [], kind.__name__


def test_every_row_of_the_table_decides_something() -> None:
    facts = [list(one) for one in (DENIED, ROLES, RELATIONSHIP, AUTHOR, ("none", "in_force"), LABELS, ON_LIST, OVERRIDE, GLASS)]
    assert {policy_table.decide(*one).row for one in itertools.product(*facts)} == {row.row for row in policy_table.rows()}


def _never(*_args: Any, **_more: Any) -> Q:
    return Q(pk__in=())


def _always(*_args: Any, **_more: Any) -> Q:
    return Q()


kept_away, relationships_of, live = policy.kept_away, policy.relationships_of, policy.live
SABOTAGE: dict[str, tuple[str, Callable[..., Any]]] = {
    "D1 declared relations": ("kept_away", lambda actor, at: kept_away(actor, at).filter(declared__isnull=True)),
    "D2 a worker": ("kept_away", lambda actor, at: kept_away(replace(actor, worker_id=None), at)),
    "D2 a team": ("kept_away", lambda actor, at: kept_away(replace(actor, team_ids=()), at)),
    "D2 an organisation": ("kept_away", lambda actor, at: kept_away(replace(actor, organisation_id=None), at)),
    "D2 at all": ("denied", _never),
    "a relationship now": ("_near", _always),
    "which kinds of relationship open": (
        "relationships_of",
        lambda actor, at, kinds: relationships_of(actor, at, (*policy.MATCHING, "referrer")),
    ),
    "A1 and A2": ("shared_with", _always),
    "which parts an agreement covers": (
        "",
        lambda actor: replace(
            actor, shared_organisation_ids=(*actor.shared_organisation_ids, *(one for *_, one in actor.partly_shared))
        ),
    ),
    "the ceiling of an agreement": (
        "",
        lambda actor: replace(actor, shared_organisation_ids=(*actor.shared_organisation_ids, *actor.openly_shared_ids)),
    ),
    "what a role sees": ("labels_open_to", lambda role: ("open", "sensitive")),
    "the list of a circle": ("_label_ok", _always),
    "when a fact begins and ends": ("live", lambda at, prefix="": Q()),
    "who is shown something for safety": ("_overridden", _always),
    "an override at all": ("_overridden", _never),
    "break-glass at all": ("_behind_glass", _never),
    "whose glass it is": ("_behind_glass", _always),
}


@pytest.mark.parametrize("control", SABOTAGE)
def test_without_a_control_the_code_and_the_table_disagree(world: World, monkeypatch: pytest.MonkeyPatch, control: str) -> None:
    name, instead = SABOTAGE[control]
    if name:
        monkeypatch.setattr(policy, name, instead)
    kind = Need if control == "which parts an agreement covers" else StoryEntry
    with over_the_cells(kind):
        assert next(world.wrong(instead if not name else lambda actor: actor, kind), None) is not None

"""Promise 2: from the first second exactly one holder, with a next date; the database keeps it, whoever writes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from alongside.journal import triggers
from alongside.journal.models import Entry
from alongside.members.commands import CannotHold, NeedsOneHolder, NextDateInThePast, NextDateTooFar, pass_on, set_next_date
from alongside.members.models import Holding, Membership
from alongside.refusals import NotFound, NotThisRole
from tests.support.guards import without_guard
from tests.support.hub import AT, TODAY, MadeHub, open_hub

pytestmark = [pytest.mark.both_databases, pytest.mark.hazard("H02")]
LATER = AT + timedelta(days=1)


def check_now() -> None:
    """Ask the database for what it would otherwise say at commit."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    else:
        connection.check_constraints()


def test_from_the_first_second_the_door_team_holds_with_a_next_date(hub: MadeHub) -> None:
    person = hub.person()
    held = Holding.objects.get(membership_id=person.pk)
    assert (held.team_id, held.hat_id, held.from_at, held.until_at) == (hub.teams["door"], None, AT, None)
    assert held.next_on == Membership.objects.get(pk=person.pk).next_on is not None


def test_the_next_holder_begins_at_the_moment_the_last_one_ends(hub: MadeHub) -> None:
    person = hub.person()
    pass_on(actor=hub.actor("dana"), at=LATER, person_id=person.pk, why="agreed", to_hat_id=hub.hats["cora"])
    first, second = Holding.objects.filter(membership_id=person.pk).order_by("from_at")
    assert (first.until_at, second.from_at, second.until_at) == (LATER, LATER, None)
    assert (second.hat_id, second.open_for, first.open_for) == (hub.hats["cora"], person.pk, None)


def test_passing_on_to_whoever_holds_already_changes_nothing(hub: MadeHub) -> None:
    person = hub.person()
    pass_on(actor=hub.actor("dana"), at=LATER, person_id=person.pk, why="agreed", to_team_id=hub.teams["door"])
    assert Holding.objects.filter(membership_id=person.pk).count() == 1


def test_a_second_open_holding_is_refused_by_the_database(hub: MadeHub) -> None:
    person = hub.person()
    with pytest.raises(IntegrityError), transaction.atomic():
        Holding.objects.create(
            membership_id=person.pk, hub=hub.hub, team_id=hub.teams["north"], from_at=LATER, why="agreed", open_for=person.pk
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        # Nor one that is open and hides behind no `open_for`, or behind somebody else's.
        Holding.objects.create(membership_id=person.pk, hub=hub.hub, team_id=hub.teams["north"], from_at=LATER, why="agreed")
    assert Holding.objects.filter(membership_id=person.pk, until_at__isnull=True).count() == 1


def test_closing_a_holding_without_a_successor_is_refused_when_the_transaction_ends(hub: MadeHub) -> None:
    person = hub.person()
    with pytest.raises(IntegrityError), transaction.atomic():
        Holding.objects.filter(open_for=person.pk).update(until_at=LATER, open_for=None)
        check_now()


def test_a_holding_that_leaves_a_gap_or_overlaps_is_refused_by_the_database(hub: MadeHub) -> None:
    person = hub.person()
    for begins in (LATER + timedelta(seconds=1), LATER - timedelta(seconds=1)):
        with pytest.raises(DatabaseError, match="starts at the moment the last one ended"), transaction.atomic():
            Holding.objects.filter(open_for=person.pk).update(until_at=LATER, open_for=None)
            Holding.objects.create(
                membership_id=person.pk, hub=hub.hub, team_id=hub.teams["north"], from_at=begins, why="agreed", open_for=person.pk
            )


def test_the_gap_would_be_let_through_without_its_guard(hub: MadeHub) -> None:
    person = hub.person()
    with without_guard("holding_without_gap"):
        Holding.objects.filter(open_for=person.pk).update(until_at=LATER, open_for=None)
        Holding.objects.create(
            membership_id=person.pk,
            hub=hub.hub,
            team_id=hub.teams["north"],
            from_at=LATER + timedelta(days=3),
            why="agreed",
            open_for=person.pk,
        )
    assert triggers.missing() == []


def test_an_ended_holding_is_neither_rewritten_nor_deleted(hub: MadeHub) -> None:
    person = hub.person()
    pass_on(actor=hub.actor("dana"), at=LATER, person_id=person.pk, why="agreed", to_hat_id=hub.hats["cora"])
    for write in (
        lambda: Holding.objects.filter(membership_id=person.pk, until_at__isnull=False).update(until_at=AT),
        lambda: Holding.objects.filter(membership_id=person.pk, until_at__isnull=True).update(hat_id=hub.hats["liv"]),
        lambda: Holding.objects.filter(membership_id=person.pk, until_at__isnull=True).update(from_at=AT),
        lambda: Holding.objects.filter(membership_id=person.pk, until_at__isnull=True)._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            write()


def test_a_member_without_a_holding_and_an_active_one_without_a_date_cannot_be_stored(hub: MadeHub) -> None:
    person, other = hub.person(), hub.person(name="Other Pretend")
    for wrong in ({"next_on": None}, {"current_holding_id": other.pk}, {"rest_reason": "not_now"}, {"rest_reason": "discharged"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Membership.objects.filter(pk=person.pk).update(**wrong)
            check_now()


def test_only_one_live_holder_who_may_hold_and_is_not_kept_away_is_taken(hub: MadeHub) -> None:
    person = hub.person(exclusion="Tess")
    elsewhere = open_hub("elsewhere")
    dana = hub.actor("dana")
    for nobody in ({}, {"to_hat_id": hub.hats["cora"], "to_team_id": hub.teams["north"]}):
        with pytest.raises(NeedsOneHolder):
            pass_on(actor=dana, at=LATER, person_id=person.pk, why="agreed", **nobody)
    for wrong in (hub.hats["gil"], hub.hats["tess"], elsewhere.hats["cora"]):
        with pytest.raises(CannotHold):
            pass_on(actor=dana, at=LATER, person_id=person.pk, why="agreed", to_hat_id=wrong)
    with pytest.raises(CannotHold):
        pass_on(actor=dana, at=LATER, person_id=person.pk, why="agreed", to_team_id=elsewhere.teams["north"])
    assert Holding.objects.filter(membership_id=person.pk).count() == 1


def test_whoever_is_not_near_the_person_moves_nobody(hub: MadeHub) -> None:
    person = hub.person()
    with pytest.raises(NotFound):
        pass_on(actor=hub.actor("cora"), at=LATER, person_id=person.pk, why="agreed", to_hat_id=hub.hats["cora"])
    with pytest.raises(NotFound):
        set_next_date(actor=hub.actor("liv"), at=LATER, person_id=person.pk, on=TODAY + timedelta(days=2))


def test_a_next_date_lies_between_today_and_four_weeks_and_both_copies_agree(hub: MadeHub) -> None:
    person, dana = hub.person(), hub.actor("dana")
    with pytest.raises(NextDateInThePast):
        set_next_date(actor=dana, at=AT, person_id=person.pk, on=TODAY - timedelta(days=1))
    with pytest.raises(NextDateTooFar):
        set_next_date(actor=dana, at=AT, person_id=person.pk, on=TODAY + timedelta(days=29))
    for days in (0, 28):
        set_next_date(actor=dana, at=AT, person_id=person.pk, on=TODAY + timedelta(days=days), what="call")
        assert Holding.objects.get(open_for=person.pk).next_on == TODAY + timedelta(days=days)


def test_a_worker_who_only_refers_does_not_change_holders(hub: MadeHub) -> None:
    person = hub.refer(actor=hub.actor("gil")).referral.person
    before = Entry.objects.count()
    with pytest.raises((NotFound, NotThisRole)):
        pass_on(actor=hub.actor("gil"), at=LATER, person_id=person.pk, why="agreed", to_hat_id=hub.hats["cora"])
    assert Entry.objects.count() == before

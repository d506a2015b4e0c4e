"""Triage: most urgent first, then longest waiting; a decision moves the holder; a crisis call stays on top until taken."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.journey.referrals.commands import decide, look_at_suspected_spam
from alongside.journey.referrals.models import Referral, TriageDecision
from alongside.journey.referrals.queries import PAGE, get_referral, referrals_waiting_for_triage
from alongside.members.commands import CannotHold
from alongside.members.models import Holding, Invitation, Membership
from alongside.messages.commands import send_message
from alongside.messages.models import Message
from alongside.refusals import AlreadyDone, NotFound, NotThisRole
from alongside.vocabulary.urgency import rank
from tests.support.hub import AT, TODAY, MadeHub

DAY = timedelta(days=1)


@pytest.mark.both_databases
def test_the_queue_is_by_urgency_then_wait_and_pages_by_key_without_loss(hub: MadeHub) -> None:
    for number in range(PAGE + 14):
        hub.refer(
            AT + timedelta(minutes=number % 7),
            urgency=("steady", "today", "soon")[number % 3],
            name=f"Person {'abc'[number % 3]}",
        )
    dana, seen, after = hub.actor("dana"), [], None
    while True:
        with CaptureQueriesContext(connection) as queries:
            rows = list(referrals_waiting_for_triage(dana, after=after))
        assert len(queries) == 1
        seen += rows[:PAGE]
        if len(rows) <= PAGE:
            break
        last = rows[PAGE - 1]
        after = (last.urgency_rank, last.received_at, last.key)
    wanted = sorted(Referral.objects.all(), key=lambda one: (rank(one.urgency), one.received_at, one.pk))
    assert [one.key for one in seen] == [one.pk for one in wanted]


@pytest.mark.both_databases
def test_a_decision_moves_the_holder_invites_and_ends_the_duty_teams_sight(hub: MadeHub) -> None:
    one = hub.refer().referral
    decide(
        actor=hub.actor("dana"),
        at=AT,
        referral_id=one.public_id,
        urgency="soon",
        level=2,
        to_hat_id=hub.hats["cora"],
        next_on=TODAY + 4 * DAY,
        how_to_invite="email",
        risk={"to_self": "thinks of it at night", "depends": ""},
        why="Cora knows the family.",
    )
    one.refresh_from_db()
    assert (one.urgency, one.level, one.triaged_at, one.triaged_by_id) == ("soon", 2, AT, hub.hats["dana"])
    assert (Holding.objects.get(open_for=one.person_id).hat_id, Holding.objects.count()) == (hub.hats["cora"], 2)
    assert Membership.objects.get().next_on == TODAY + 4 * DAY
    assert Invitation.objects.get().answer_by == TODAY + 11 * DAY
    assert [(message.template, message.stopped_because) for message in Message.objects.all()] == [("invitation", "")]
    assert TriageDecision.objects.get().risk == {"to_self": "thinks of it at night"}
    assert get_referral(hub.actor("cora"), one.public_id).pk == one.pk
    with pytest.raises(NotFound):
        get_referral(hub.actor("dana"), one.public_id)
    with pytest.raises(NotFound):
        decide(actor=hub.actor("wyn"), at=AT, referral_id=one.public_id, urgency="soon")


def test_the_duty_teams_sight_ends_for_what_was_added_too(hub: MadeHub) -> None:
    known = {"name": "Mair Pretend", "nhs_number": "9434765919", "born_on": TODAY.replace(year=1990)}
    one = hub.refer(**known).referral
    more = hub.refer(actor=hub.actor("gil"), door="gp", **known).referral
    decide(actor=hub.actor("dana"), at=AT + DAY, referral_id=one.public_id, urgency="soon", to_hat_id=hub.hats["cora"])
    with pytest.raises(NotFound):
        get_referral(hub.actor("dana"), more.public_id)
    assert referrals_waiting_for_triage(hub.actor("dana")) == referrals_waiting_for_triage(hub.actor("cora")) == []


def test_a_decision_without_a_name_leaves_them_with_the_duty_team_and_is_made_once(hub: MadeHub) -> None:
    one = hub.refer().referral
    decide(actor=hub.actor("dana"), at=AT, referral_id=one.public_id, urgency="steady")
    assert Holding.objects.get().team_id == hub.teams["door"]
    with pytest.raises(AlreadyDone):
        decide(actor=hub.actor("wyn"), at=AT, referral_id=one.public_id, urgency="steady")


def test_a_decision_for_somebody_who_cannot_hold_changes_nothing(hub: MadeHub) -> None:
    one = hub.refer().referral
    with pytest.raises(CannotHold):
        decide(actor=hub.actor("dana"), at=AT, referral_id=one.public_id, urgency="soon", to_hat_id=hub.hats["gil"])
    one.refresh_from_db()
    assert one.triaged_at is None and not TriageDecision.objects.exists()


def test_only_a_role_that_triages_decides_and_only_within_reach(hub: MadeHub) -> None:
    one = hub.refer().referral
    for key, refusal in (("gil", NotThisRole), ("liv", NotThisRole), ("ada", NotThisRole), ("cora", NotFound)):
        with pytest.raises(refusal):
            decide(actor=hub.actor(key), at=AT, referral_id=one.public_id, urgency="steady")


def test_suspected_spam_sends_nothing_until_a_person_has_looked_and_stays_held_either_way(hub: MadeHub) -> None:
    for genuine in (False, True):
        one = hub.refer(suspected_spam=True).referral
        look_at_suspected_spam(actor=hub.actor("dana"), at=AT, referral_id=one.public_id, is_genuine=genuine)
        message = send_message(actor=hub.system, at=AT, person_id=one.person_id, template="invitation", purpose="care")
        assert message.stopped_because == ("" if genuine else "not_looked_at")
        one.refresh_from_db()
        assert (one.suspected_spam, one.looked_at) == (not genuine, AT)
        assert Holding.objects.get(open_for=one.person_id).team_id == hub.teams["door"]

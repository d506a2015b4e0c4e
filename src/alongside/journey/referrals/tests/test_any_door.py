"""Promise 1: any door, and all make the same referral, with member, holder and entry in one transaction."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alongside.access.models import Relationship
from alongside.journal.models import Entry
from alongside.journey.referrals import rules
from alongside.journey.referrals.commands import (
    KeyUsedForSomethingElse,
    NoDoorOpen,
    add_to_referral,
    bring_in,
    change_mind,
    finish_draft,
    keep_draft,
)
from alongside.journey.referrals.models import CrisisCall, Draft, Referral
from alongside.journey.referrals.queries import by_link, draft_of, get_referral, referrals_waiting_for_triage
from alongside.members.commands import rest
from alongside.members.models import Holding, Membership, Task
from alongside.messages.models import Message
from alongside.people.models import Person, StoryEntry
from alongside.refusals import NotFound, NotThisRole
from alongside.vocabulary.arrival import WayToReach
from alongside.vocabulary.doors import DOORS
from alongside.vocabulary.urgency import URGENCY, rank
from tests.support.hub import AT, TODAY, MadeHub, arrival, open_hub

DAY = timedelta(days=1)


@pytest.mark.parametrize("door", DOORS)
def test_whichever_door_it_was_they_are_a_member_held_by_the_duty_team(hub: MadeHub, door: str) -> None:
    received = hub.refer(door=door)
    one = received.referral
    held, member = Holding.objects.get(), Membership.objects.get()
    assert (one.door, one.team_id, held.team_id, held.from_at) == (door, hub.teams["door"], hub.teams["door"], AT)
    assert (member.person_id, member.rest_reason, member.current_holding_id) == (one.person_id, "", one.person_id)
    entry = Entry.objects.get(command="referral.received")
    assert (entry.person_id, entry.part_of, entry.facts["door"]) == (one.person_id, None, door)
    assert Entry.objects.exclude(pk=entry.pk).filter(part_of=entry.public_id, command="member.joined").count() == 1


def test_a_hub_without_a_team_at_its_door_says_so_and_keeps_nothing(hub: MadeHub) -> None:
    hub.hub.front_door_team = None
    hub.hub.save()
    with pytest.raises(NoDoorOpen):
        hub.refer()
    assert not Person.objects.exists() and not Entry.objects.filter(command="referral.received").exists()


@pytest.mark.both_databases
@pytest.mark.hazard("H01")
def test_what_fails_at_the_last_step_leaves_no_half_member(hub: MadeHub) -> None:
    """A fact that the journal will not hold makes the very last write fail."""
    with pytest.raises(TypeError):
        hub.refer(door="Free Text")
    assert not any(model.objects.exists() for model in (Person, Membership, Holding, Referral, StoryEntry, Relationship))


def test_two_hubs_on_one_installation_know_nothing_of_each_other(hub: MadeHub) -> None:
    elsewhere = open_hub("elsewhere", nation="england")
    one = hub.refer(key="k").referral
    assert Referral.objects.get().hub_id == hub.hub.pk
    assert [found.key for found in referrals_waiting_for_triage(hub.actor("dana"))] == [one.pk]
    assert referrals_waiting_for_triage(elsewhere.actor("dana")) == []
    with pytest.raises(NotFound):
        get_referral(elsewhere.actor("dana"), one.public_id)


@pytest.mark.both_databases
@pytest.mark.hazard("H01")
def test_the_same_key_with_the_same_content_is_one_referral_and_one_answer(hub: MadeHub) -> None:
    first, again = hub.refer(key="k1", content="a"), hub.refer(key="k1", content="a")
    assert (first.is_new, again.is_new) == (True, False)
    assert first.referral.reference == again.referral.reference and Person.objects.count() == 1


def test_for_a_machine_other_content_under_the_same_key_is_a_conflict(hub: MadeHub) -> None:
    hub.refer(key="k1", content="a")
    with pytest.raises(KeyUsedForSomethingElse) as refused:
        hub.refer(key="k1", content="b", words="something else")
    assert refused.value.status == 409 and Referral.objects.count() == 1 and not StoryEntry.objects.exists()


def test_a_persons_second_send_is_added_to_the_first(hub: MadeHub) -> None:
    gil = hub.actor("gil")
    first = bring_in(actor=gil, at=AT, arrival=arrival(words="Low.", door="gp"), key="form:1", content_fingerprint="a")
    told = arrival(words="And she is alone.", door="gp", urgency="soon", ways=(WayToReach("call", "01632 960333"),))
    again = bring_in(actor=gil, at=AT, arrival=told, key="form:1", content_fingerprint="b")
    assert (again.is_new, again.referral.pk) == (False, first.referral.pk)
    assert list(StoryEntry.objects.order_by("pk").values_list("words", flat=True)) == ["Low.", "And she is alone."]
    assert Referral.objects.get().urgency == "soon"
    ways = Person.objects.get().contact_points.order_by("pk").values_list("value", flat=True)
    assert list(ways) == ["mair@person.example", "01632 960333"]


def test_a_role_that_brings_nobody_in_is_told_so(hub: MadeHub) -> None:
    with pytest.raises(NotThisRole):
        bring_in(actor=hub.actor("lea"), at=AT, arrival=arrival(door="gp"), key="form:1", content_fingerprint="a")


def test_a_draft_finished_twice_is_one_referral_under_one_link_and_its_answers_are_wiped(hub: MadeHub) -> None:
    given = {"actor": hub.public, "at": AT, "hub_id": hub.hub.pk, "code": "c" * 30}
    keep_draft(**given, answers={"name": "Mair"}, can_be_reached=False, not_safe=False)
    keep_draft(**given, answers={"name": "Mair", "words": "low"}, can_be_reached=True, not_safe=False)
    kept = draft_of(hub.hub.pk, "c" * 30)
    assert kept is not None and kept.answers == {"name": "Mair", "words": "low"}
    first = finish_draft(**given, arrival=arrival())
    again = finish_draft(**given | {"at": AT + DAY}, arrival=arrival())
    assert (first.is_new, again.is_new, Referral.objects.count()) == (True, False, 1)
    draft = Draft.objects.get()
    assert (draft.answers, draft.finished_at, draft.referral_id) == ({}, AT, first.referral.pk)
    assert by_link(first.link_token).pk == first.referral.pk
    assert Message.objects.count() == 1
    for wrong in ("", "x", "x" * 48, "y" * 200):
        with pytest.raises(NotFound):
            by_link(wrong)
    assert draft_of(open_hub("elsewhere").hub.pk, "c" * 30) is None


@pytest.mark.hazard("H12")
def test_suspected_spam_is_held_like_any_other_flagged_and_sends_nothing(hub: MadeHub) -> None:
    given = {"actor": hub.public, "at": AT, "hub_id": hub.hub.pk, "code": "c" * 30}
    keep_draft(**given, answers={}, can_be_reached=True, not_safe=False)
    one = finish_draft(**given, arrival=arrival(suspected_spam=True)).referral
    assert Holding.objects.get(open_for=one.person_id).team_id == hub.teams["door"]
    assert (one.suspected_spam, one.looked_at) == (True, None)
    assert [(message.stopped_because, message.sent_at) for message in Message.objects.all()] == [("not_looked_at", None)]
    assert [task.what for task in Task.objects.all()] == ["message_not_looked_at"]


@pytest.mark.parametrize(
    ("said", "unsafe", "stands"),
    [("steady", False, "steady"), ("soon", False, "soon"), ("today", False, "today"), ("now", False, "now")]
    + [(urgency, True, "now") for urgency in URGENCY],
)
@pytest.mark.hazard("H12")
def test_an_answer_raises_the_urgency_and_never_lowers_it(hub: MadeHub, said: str, unsafe: bool, stands: str) -> None:
    one = hub.refer(urgency=said, not_safe_now=unsafe).referral
    assert (one.urgency, one.urgency_rank) == (stands, rank(stands))
    assert CrisisCall.objects.count() == (stands == "now")


@pytest.mark.both_databases
@pytest.mark.hazard("H12")
def test_it_got_worse_raises_to_today_makes_a_call_back_today_and_never_lowers(hub: MadeHub) -> None:
    calm, grave = hub.refer().referral, hub.refer().referral
    Referral.objects.filter(pk=grave.pk).update(urgency="now", urgency_rank=0)
    for one in (calm, grave):  # `grave` as somebody loaded it before it was raised
        add_to_referral(actor=hub.public, at=AT + DAY, referral=one, words="", worse=True)
    assert [one.urgency for one in Referral.objects.order_by("pk")] == ["today", "now"]
    assert list(Task.objects.values_list("what", "kind", "due_on")) == [("got_worse", "call_back", TODAY + DAY)] * 2
    assert not StoryEntry.objects.exists()


def test_asking_again_raises_what_is_read_at_triage_and_wakes_whoever_rests(hub: MadeHub) -> None:
    known = {"name": "Mair Pretend", "nhs_number": "9434765919", "born_on": TODAY.replace(year=1990)}
    first = hub.refer(**known).referral
    again = hub.refer(AT + DAY, actor=hub.actor("gil"), door="gp", urgency="today", **known).referral
    first.refresh_from_db()
    assert (again.added_to_id, first.urgency, again.person_id) == (first.pk, "today", first.person_id)
    rest(actor=hub.actor("dana"), at=AT + DAY, person_id=first.person_id, reason="not_now")
    hub.refer(AT + 2 * DAY, actor=hub.actor("gil"), door="gp", **known)
    assert Membership.objects.get().rest_reason == ""
    assert list(Task.objects.order_by("pk").values_list("what", "due_on")) == [
        ("asked_again", TODAY + DAY),
        ("asked_again", TODAY + 3 * DAY),
    ]


def test_a_changed_mind_makes_a_call_back_and_ends_nothing(hub: MadeHub) -> None:
    one = hub.refer().referral
    change_mind(actor=hub.public, at=AT, referral=one, words="not now, thank you")
    assert [task.what for task in Task.objects.all()] == ["changed_mind"]
    assert (Membership.objects.get().rest_reason, Holding.objects.get().until_at) == ("", None)


@pytest.mark.parametrize(
    ("triaged", "spam", "added", "stands"),
    [
        (False, False, False, "received"),
        (False, True, False, "to_be_looked_at"),
        (False, False, True, "added"),
        (False, True, True, "added"),
        (True, False, False, "held"),
        (True, True, True, "held"),
    ],
)
def test_where_a_referral_stands_follows_from_its_facts(triaged: bool, spam: bool, added: bool, stands: str) -> None:
    assert rules.status(rules.Facts(AT, AT if triaged else None, spam, added)) == stands

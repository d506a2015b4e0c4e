"""Today: what comes first stands first, a task says what is to be sent by which way, and a meeting says how to talk well."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.hubs.models import Hat
from alongside.journey.care_contacts.commands import log_contact
from alongside.journey.referrals.commands import add_to_referral
from alongside.members.commands import arrange_leave, create_task, end_hat, finish_task, pass_on, set_next_date
from alongside.members.models import Membership, Task
from alongside.messages.commands import change_wording, send_message
from alongside.messages.delivery import deliver
from alongside.people.models import CommunicationNeed, Person
from alongside.vocabulary.arrival import WayToReach
from alongside.web.pages import Row, TodayPage
from alongside.web.queries import CASELOAD
from alongside.web.today import gather_today
from tests.support.hub import AT, TODAY, MadeHub, referral_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
DAY = timedelta(days=1)


def page(hub: MadeHub, key: str, at: object = AT) -> TodayPage:
    with time_machine.travel(at, tick=False):  # type: ignore[arg-type]  # a moment
        return gather_today(hub.actor(key, at), at, after=None)  # type: ignore[arg-type]  # as above


def names(rows: tuple[Row, ...]) -> list[str]:
    return [row.name for row in rows]


def it_got_worse(hub: MadeHub, person: Person) -> None:
    add_to_referral(actor=hub.public, at=AT, referral=referral_of(person), words="worse", worse=True)


def not_delivered(hub: MadeHub, person: Person) -> None:
    from alongside.connections.sending import NotSent

    class Refuses:
        can_be_asked = True

        def send(self, **_given: object) -> str:
            raise NotSent("server_refused", for_good=True)

    message = send_message(actor=hub.system, at=AT, person_id=person.pk, template="invitation", purpose="care")
    assert message is not None
    deliver(actor=hub.system, at=AT, message_id=message.pk, senders={"email": Refuses()}, address="")


def test_whoever_has_not_been_met_is_said_not_to_be_met_yet(hub: MadeHub) -> None:
    hub.held_by("cora")
    [row] = page(hub, "cora").held
    assert row.side.endswith(" · not met yet") and "last met" not in row.side
    log_contact(
        actor=hub.actor("cora"),
        at=AT,
        person_id=Person.objects.get().pk,
        outcome="met",
        mode="telephone",
        next_on=TODAY + 7 * DAY,
    )
    [row] = page(hub, "cora").held
    assert "last met" in row.side and "not met yet" not in row.side


@pytest.mark.hazard("H25")
def test_what_comes_first_stands_first_whatever_is_due_before(hub: MadeHub) -> None:
    people = {name: hub.held_by("wyn", name=name, email=f"{name}@p.example") for name in ("Old", "Undelivered", "Worse")}
    create_task(actor=hub.system, at=AT, person_id=people["Old"].pk, what="do", words="long due", due_on=TODAY - 30 * DAY)
    not_delivered(hub, people["Undelivered"])
    it_got_worse(hub, people["Worse"])
    hub.refer(name="In danger", not_safe_now=True)
    hub.refer(name="Urgent", urgency="today")
    hub.refer(name="Steady")
    assert names(page(hub, "wyn").now_rows) == ["Worse", "In danger", "Urgent", "Undelivered", "Old"]


@pytest.mark.hazard("H25")
def test_no_pile_of_other_tasks_buries_that_it_got_worse(hub: MadeHub) -> None:
    """Seen to fail when only the two hundred tasks due first were read: it came last, and then not at all."""
    person = hub.held_by("cora", name="Worse")
    for number in range(201):
        create_task(actor=hub.system, at=AT, person_id=person.pk, what="do", words=str(number), due_on=TODAY - 9 * DAY)
    it_got_worse(hub, person)
    first = page(hub, "cora").now_rows[0]
    assert (first.what, first.colour) == ("it got worse: get in touch today", "red")


def test_a_task_for_a_stopped_message_says_by_which_way_and_with_which_words(hub: MadeHub) -> None:
    person = hub.held_by("cora", ways=(WayToReach("text", "07700 900123"),))
    message = send_message(actor=hub.system, at=AT, person_id=person.pk, template="invitation", purpose="care")
    assert message is not None
    deliver(actor=hub.system, at=AT, message_id=message.pk, senders={}, address="")
    (row,) = page(hub, "cora").now_rows
    assert row.more == (
        "Text message, 07700 900123, with these words: “Hello. We would like to arrange a time with you. "
        "Please call 01632 960000 or reply, whenever suits you.”"
    )
    assert row.href.endswith(f"/people/{person.public_id}/#to-be-done")
    hub.take_on("head", "Hedd Novelty", "trust", "hub_lead")
    change_wording(
        actor=hub.actor("head"), at=AT, hub_id=hub.hub.pk, code="invitation", en="Hello. Ring {phone}.", cy="Helo. {phone}."
    )
    assert page(hub, "cora").now_rows[0].more.endswith("with these words: “Hello. Ring 01632 960000.”")
    finish_task(actor=hub.actor("cora"), at=AT, task_id=Task.objects.get().pk)
    assert page(hub, "cora").now_rows == ()


def test_a_way_that_is_not_safe_is_not_the_way_to_use(hub: MadeHub) -> None:
    person = hub.held_by("cora", ways=(WayToReach("call", "01632 960111", said_safe=False),))
    send_message(
        actor=hub.system, at=AT, person_id=person.pk, template="heard", purpose="acknowledge", values={"path": "/stands/s/"}
    )
    (row,) = page(hub, "cora").now_rows
    assert row.more.startswith("Not by this way now: Call. Find a safe one") and "01632 960111" not in row.more
    assert "/stands/" not in row.more, "the private link is the person's own"


def meets_today(hub: MadeHub, person: Person, what: str = "meet") -> None:
    set_next_date(actor=hub.actor("cora"), at=AT, person_id=person.pk, on=TODAY, what=what)


def test_a_meeting_says_what_helps_to_talk_well_and_how_to_reach_them_safely(hub: MadeHub) -> None:
    ways = (
        WayToReach("text", "07700 900123", good_times="mornings"),
        WayToReach("call", "01632 960111"),
        WayToReach("email", "seen@p.example", said_safe=False),
    )
    person, other = hub.held_by("cora", name="Ann", ways=ways), hub.held_by("cora", name="Bea")
    CommunicationNeed.objects.create(person=person, code="interpreter", words="Polish interpreter")
    CommunicationNeed.objects.create(person=person, code="large_print")
    CommunicationNeed.objects.create(person=person, code="signing", until_at=AT)
    CommunicationNeed.objects.create(person=hub.held_by("nell"), code="easy_read")
    meets_today(hub, person)
    meets_today(hub, other, "call")
    ann, bea = page(hub, "cora").meetings
    assert (ann.name, ann.what) == ("Ann", "meet; Polish interpreter; large print")
    assert ann.side == "text message, mornings; call; no voicemail; e-mail: ask first whether it is safe"
    assert (bea.name, bea.what, bea.side) == ("Bea", "call", "e-mail")


def test_meetings_are_those_of_everybody_held_and_cost_the_same_for_one_as_for_many(hub: MadeHub) -> None:
    """Before, a meeting of somebody beyond the first page of the caseload was not shown."""
    for number in range(CASELOAD):
        person = hub.held_by("cora", name=f"Early {number}", email=f"{number}@p.example")
        Membership.objects.filter(pk=person.pk).update(next_on=TODAY - DAY)
        person.membership.holdings.filter(until_at__isnull=True).update(next_on=TODAY - DAY)
    meets_today(hub, hub.held_by("cora", name="Late"))
    page(hub, "cora")
    costs = []
    for more in (0, 20):
        for number in range(more):
            meets_today(hub, hub.held_by("cora", name=f"Late {number}", email=f"late{number}@p.example"))
        with CaptureQueriesContext(connection) as queries:
            shown = page(hub, "cora")
        costs.append(len(queries))
        assert len(shown.meetings) == more + 1
    assert costs[0] == costs[1]


def test_a_lead_sees_at_once_that_a_cover_has_left_until_somebody_else_covers(hub: MadeHub) -> None:
    hub.held_by("cora")
    away = {"hat_id": hub.hats["cora"], "from_on": TODAY + 2 * DAY, "until_on": TODAY + 9 * DAY}
    arrange_leave(actor=hub.actor("lea"), at=AT, cover_id=hub.hats["nell"], **away)
    assert page(hub, "lea").now_rows == ()
    end_hat(actor=hub.actor("lea"), at=AT, hat_id=hub.hats["nell"])
    (row,) = page(hub, "lea", AT + timedelta(minutes=1)).now_rows
    assert row.name == "Cora Madeup" and "Nell Fiction, who was to cover, has left" in row.what
    assert row.href == f"/hats/{Hat.objects.get(pk=hub.hats['cora']).public_id}/leave/"
    assert page(hub, "liv", AT + timedelta(minutes=1)).now_rows == ()
    arrange_leave(actor=hub.actor("lea"), at=AT + timedelta(minutes=2), cover_id=hub.hats["liv"], **away)
    assert page(hub, "lea", AT + timedelta(minutes=3)).now_rows == ()


def test_everybody_on_the_page_is_in_the_look_that_is_written(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    meets_today(hub, person)
    urgent = hub.refer(name="Urgent", urgency="today").referral
    assert set(page(hub, "dana").people_shown) == {urgent.person_id}
    assert set(page(hub, "cora").people_shown) == {person.pk}


def test_a_task_of_somebody_out_of_reach_is_not_shown(hub: MadeHub) -> None:
    person = hub.held_by("cora", exclusion="Liv")
    create_task(actor=hub.system, at=AT, person_id=person.pk, what="do", words="secret", due_on=TODAY, hat_id=hub.hats["liv"])
    assert page(hub, "liv").now_rows == ()


def test_a_new_holder_is_asked_to_tell_a_person_who_does_not_know(hub: MadeHub) -> None:
    person, cora = hub.held_by("cora"), hub.actor("cora")
    pass_on(actor=cora, at=AT, person_id=person.pk, why="told", to_hat_id=hub.hats["nell"])
    assert not Task.objects.exists()
    pass_on(actor=hub.actor("nell"), at=AT, person_id=person.pk, why="not_told", to_hat_id=hub.hats["liv"])
    assert list(Task.objects.values_list("what", "hat_id")) == [("tell_of_new_holder", hub.hats["liv"])]

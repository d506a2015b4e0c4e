"""What waits between two hands is on Today of whoever can do something about it, until somebody does: an answer, a meeting, a result.

Shown to fail: with `ask_how_it_went` left out of the sweep.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.journey.directory.tests.factories import make_service
from alongside.journey.handovers.commands import answer, introduce, meet, signpost, write_down_answer, write_down_result
from alongside.journey.handovers.models import Handover, Signpost
from alongside.members.commands import end_hat, pass_on, write_down_that_they_died
from alongside.members.models import Task
from alongside.people.models import Person
from alongside.web.pages import TodayPage
from alongside.web.tasks import sweep
from alongside.web.today import gather_today
from tests.support.hub import AT, TODAY, MadeHub

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
DAY = timedelta(days=1)
LATE = AT + 10 * DAY
"""Three days after the day for an answer."""


def today(hub: MadeHub, key: str, at: datetime = LATE) -> TodayPage:
    with time_machine.travel(at, tick=False):
        return gather_today(hub.actor(key, at), at, after=None)


def rows(hub: MadeHub, key: str, at: datetime = LATE) -> list[tuple[str, str, str]]:
    return [(row.name, row.what, row.side) for row in today(hub, key, at).now_rows]


def offered(hub: MadeHub, person: Person, by: str = "cora") -> Handover:
    return introduce(actor=hub.actor(by), at=AT, person_id=person.pk, words="hello", to_team_id=hub.teams["harbour"]).handover


def said_yes(hub: MadeHub, person: Person) -> Handover:
    return answer(
        actor=hub.actor("liv"), at=AT, handover_id=offered(hub, person).public_id, answer="yes", meet_on=TODAY + 7 * DAY
    )


# An answer


def test_what_nobody_answers_is_one_row_for_the_giver_that_says_for_how_long(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    one = offered(hub, person)
    assert rows(hub, "cora", AT + 7 * DAY) == []
    for day in (8, 9, 10):
        sweep(AT + day * DAY)
    assert Task.objects.get().what == "introduction_unanswered"
    (row,) = today(hub, "cora").now_rows
    assert (row.name, row.what) == ("Mair Pretend", "harbour team has not answered: ask, or offer the next fit")
    assert row.side == "answer was due Mon 9 Mar 2026, 3 days ago" and row.href.endswith(f"/introductions/{one.public_id}/")
    assert person.pk in today(hub, "cora").people_shown
    write_down_answer(
        actor=hub.actor("cora"), at=LATE, handover_id=one.public_id, by_name="Liv", answer="yes", meet_on=LATE.date() + DAY
    )
    assert rows(hub, "cora") == [] and not Task.objects.filter(done_at__isnull=True).exists(), "what was asked for has happened"


def test_what_has_waited_longest_comes_first(hub: MadeHub) -> None:
    for days, name in ((0, "Newer"), (-7, "Older")):
        person = hub.held_by("cora", at=AT + days * DAY, name=name, email=f"{name}@p.example")
        given = {"at": AT + days * DAY, "person_id": person.pk, "words": "hello", "to_team_id": hub.teams["harbour"]}
        introduce(actor=hub.actor("cora"), **given)
    assert [name for name, _what, _side in rows(hub, "cora")] == ["Older", "Newer"]


def test_the_task_is_the_givers_while_they_see_the_person_and_then_the_holders(hub: MadeHub) -> None:
    """Seen to fail with the task always the holder's, and with it always the giver's, who saw nothing of it."""
    person, other = hub.held_by("cora"), hub.held_by("cora", name="Ifan Pretend", email="ifan@p.example")
    for one in (person, other):
        offered(hub, one)
    pass_on(actor=hub.actor("cora"), at=AT, person_id=person.pk, why="agreed", to_team_id=hub.teams["north"])
    pass_on(actor=hub.actor("cora"), at=AT, person_id=other.pk, why="agreed", to_hat_id=hub.hats["liv"])
    sweep(LATE)
    found = dict(Task.objects.filter(what="introduction_unanswered").values_list("person_id", "hat_id"))
    assert found == {person.pk: hub.hats["cora"], other.pk: hub.hats["liv"]}


def test_both_leads_see_that_it_waits_and_not_for_whom(hub: MadeHub) -> None:
    """Seen to fail with the person's name in the row."""
    for key, partner in (("givers_lead", "practice"), ("receivers_lead", "charity"), ("others_lead", "council")):
        hub.take_on(key, "Lead Invented", partner, "service_lead")
    hub.take_on("head", "Hedd Novelty", "charity", "hub_lead")
    one = offered(hub, hub.held_by("cora"))
    expected = (
        "An introduction has waited since Mon 2 Mar 2026 for an answer from harbour team",
        "from practice of rivermouth",
        "answer was due Mon 9 Mar 2026, 3 days ago",
    )
    for key in ("givers_lead", "receivers_lead", "head"):
        assert rows(hub, key) == [expected]
        page = today(hub, key)
        assert ([row.href for row in page.now_rows], page.people_shown, "Mair" in str(page)) == ([""], (), False)
    assert rows(hub, "others_lead") == [] and rows(hub, "lea") == []
    answer(actor=hub.actor("liv"), at=LATE, handover_id=one.public_id, answer="not_us", reason="full")
    assert rows(hub, "givers_lead") == []


# A meeting


def test_a_yes_that_came_to_nothing_is_a_row_for_both_sides_until_they_have_met(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    one = said_yes(hub, person)
    assert rows(hub, "liv", AT + 7 * DAY) == []
    side = "they were to meet by Mon 9 Mar 2026, 3 days ago"
    assert rows(hub, "liv") == [
        ("Mair Pretend", "you said yes, and you have not met: meet, or tell whoever introduced them", side)
    ]
    assert rows(hub, "cora") == [("Mair Pretend", "harbour team said yes, and they have not met: ask", side)]
    assert rows(hub, "tess") == [] and rows(hub, "nell") == []
    meet(actor=hub.actor("liv"), at=LATE, handover_id=one.public_id)
    later = LATE + timedelta(minutes=1)
    assert rows(hub, "liv", later) == [] and rows(hub, "cora", later) == []


def test_when_whoever_said_yes_has_left_their_team_reads_it_at_once(hub: MadeHub) -> None:
    said_yes(hub, hub.held_by("cora"))
    end_hat(actor=hub.actor("lea"), at=AT, hat_id=hub.hats["liv"])
    later = AT + DAY
    what = "your team said yes, and nobody has met them: meet them in your colleague's place"
    assert rows(hub, "tess", later) == [("Mair Pretend", what, "they are to meet by Mon 9 Mar 2026")]
    assert len(rows(hub, "cora", later)) == 1


def test_somebody_who_has_died_is_neither_asked_after_nor_to_be_met(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    said_yes(hub, person)
    pointed_to(hub, person)
    write_down_that_they_died(actor=hub.actor("cora"), at=AT + DAY, person_id=person.pk)
    assert [what for _name, what, _side in rows(hub, "cora")] == ["think of the family"] and rows(hub, "liv") == []


# A signpost


def pointed_to(hub: MadeHub, person: Person) -> Signpost:
    service = make_service(hub, "A made-up garden")
    given = {"service_id": service.pk, "ask_on": TODAY + 9 * DAY}
    return signpost(actor=hub.actor("cora"), at=AT, person_id=person.pk, **given)


def test_a_signpost_asks_for_its_result_on_its_day_until_it_is_known(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    one = pointed_to(hub, person)
    assert rows(hub, "cora", AT + 8 * DAY) == []
    (row,) = today(hub, "cora").now_rows
    assert (row.name, row.what, row.side) == ("Mair Pretend", "ask how it went with A made-up garden", "due Wed 11 Mar 2026")
    assert row.href.endswith(f"/signposts/{one.public_id}/") and person.pk in today(hub, "cora").people_shown
    assert rows(hub, "liv") == []
    write_down_result(actor=hub.actor("cora"), at=LATE, signpost_id=one.public_id, result="went")
    assert rows(hub, "cora") == []


def test_when_whoever_told_them_has_left_the_holder_is_asked_once_until_the_result_is_known(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    one = pointed_to(hub, person)
    pass_on(actor=hub.actor("cora"), at=AT, person_id=person.pk, why="agreed", to_hat_id=hub.hats["wyn"])
    assert sweep(LATE) == 0  # the giver works here still, and is asked on their own Today
    end_hat(actor=hub.actor("lea"), at=LATE, hat_id=hub.hats["cora"])
    assert (sweep(LATE + timedelta(minutes=1)), sweep(LATE + timedelta(minutes=2))) == (1, 0)
    later = LATE + timedelta(minutes=3)
    said = "ask how it went with what they were told of: whoever told them has left"
    assert rows(hub, "wyn", later) == [("Mair Pretend", said, "due Thu 12 Mar 2026")]
    write_down_result(actor=hub.actor("wyn", later), at=later, signpost_id=one.public_id, result="went")
    assert rows(hub, "wyn", later + timedelta(minutes=1)) == [] and sweep(later + DAY) == 0


def test_today_costs_the_same_however_much_waits(hub: MadeHub) -> None:
    hub.take_on("lead", "Lead Invented", "practice", "service_lead")
    costs = []
    for upto in (1, 20):
        for number in range(Handover.objects.filter(accepted_at__isnull=True).count(), upto):
            person = hub.held_by("cora", name=f"P {number}", email=f"{number}@p.example")
            offered(hub, person)
            said_yes(hub, person)
            pointed_to(hub, person)
        for key in ("cora", "lead"):
            today(hub, key)
            with CaptureQueriesContext(connection) as queries:
                shown = today(hub, key)
            assert len(shown.now_rows) == upto * (3 if key == "cora" else 1)
            costs.append(len(queries))
    assert costs[:2] == costs[2:]

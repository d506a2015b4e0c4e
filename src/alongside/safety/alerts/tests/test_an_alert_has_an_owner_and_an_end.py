"""Alerts: five at most, each with an owner who is there and an end; seen by everybody near, and by nobody who is kept away.

Shown to fail: without `free_place` answering None the sixth is written; without `until_at__gt` an alert outlives its day; without
`exclude(denied)` in the safety summary whoever is kept away reads it; without `alerts_left_behind` it stays with a worker who left.
Source: trust.md H11, H25, 3.1 (over-hiding); issue "trust", A8.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from alongside.access.commands import exclude
from alongside.journal.models import Entry
from alongside.members.commands import end_hat, pass_on, write_down_that_they_died
from alongside.members.models import Task
from alongside.people.models import Person
from alongside.people.policies import TheyHaveDied
from alongside.refusals import AlreadyDone, NotFound, NotThisRole
from alongside.safety.alerts.commands import (
    AlertNotWell,
    AlertTooLong,
    CannotOwn,
    FiveAlready,
    ask_whether_it_is_needed,
    end_alert,
    end_past_its_day,
    pass_on_alert,
    write_alert,
)
from alongside.safety.alerts.queries import (
    alerts_left_behind,
    alerts_of,
    alerts_past_their_day,
    alerts_to_look_at,
    choices_of_owners,
    ended_alerts,
    shown,
)
from alongside.safety.alerts.rules import free_place, is_an_end, look_on
from alongside.safety.commands import stop_sharing
from alongside.safety.models import Alert
from alongside.vocabulary.clock import now, start_of, today
from tests.support.hub import AT, TODAY, MadeHub

pytestmark = [pytest.mark.django_db, pytest.mark.hazard("H11"), pytest.mark.hazard("H25")]
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def on_that_monday(hub: MadeHub) -> Iterator[None]:
    """Let everything happen on the morning on which the hub's people come in: reads ask the clock."""
    with time_machine.travel(AT, tick=False):
        yield


def warn(hub: MadeHub, person: Person, key: str = "cora", **changes: object) -> Alert:
    given = {
        "at": AT, "kind": "risk_to_staff", "words": "Two meet him together.", "owner_id": hub.hats["cora"], "until_on": TODAY + 30 * DAY,
    }  # fmt: skip
    return write_alert(actor=hub.actor(key), person_id=person.pk, **{**given, **changes})  # type: ignore[arg-type]


def read(hub: MadeHub, key: str, person: Person) -> list[tuple[str, str, str]]:
    actor = hub.actor(key)
    return [(one.kind, one.words, one.side) for one in shown(actor, alerts_of(actor, person.pk))]


def test_rules_of_alerts() -> None:
    assert [free_place(taken) for taken in ([], [1, 2], [2, 3], [1, 2, 3, 4, 5])] == [1, 3, 1, None]
    on = date(2026, 3, 2)
    assert [is_an_end(on + days * DAY, on) for days in (-1, 0, 180, 181)] == [False, True, True, False]
    assert [look_on(on + days * DAY, on) for days in (0, 7, 30)] == [on, on, on + 23 * DAY]


def test_five_are_all_and_a_sixth_says_which_ends(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    made = [warn(hub, person, words=f"Number {place}.") for place in range(1, 6)]
    with pytest.raises(FiveAlready):
        warn(hub, person, words="Number 6.")
    warn(hub, person, words="Number 6.", instead_of=made[1].public_id)
    assert [one.words for one in alerts_of(hub.actor("cora"), person.pk)] == [
        "Number 1.", "Number 6.", "Number 3.", "Number 4.", "Number 5.",
    ]  # fmt: skip
    assert Alert.objects.get(pk=made[1].pk).ended_because == "another"


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "wrong", [{"place": 6}, {"place": 0}, {"place": 1}, {"owner": None}, {"label": "circle"}, {"ended_at": AT}]
)
def test_the_database_holds_it_too(hub: MadeHub, wrong: dict[str, object]) -> None:
    """Place 1 is taken; the others are no places, nobody's, for a few only, or ended without a reason."""
    person = hub.held_by("cora")
    warn(hub, person)
    other = Alert.objects.get()
    other.pk, other.public_id, other.place = None, person.public_id, 2
    for name, value in wrong.items():
        setattr(other, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        other.save(force_insert=True)


def test_what_is_refused(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    for wrong in ({"kind": "gossip"}, {"words": " "}, {"words": "x" * 121}, {"label": "circle"}):
        with pytest.raises(AlertNotWell):
            warn(hub, person, **wrong)
    for until_on in (TODAY - DAY, TODAY + 181 * DAY):
        with pytest.raises(AlertTooLong):
            warn(hub, person, until_on=until_on)
    hub.take_on("rec", "Rec Desk", "practice", "administrator", ("north",))
    for owner in (hub.hats["liv"], hub.hats["rec"], 10**9):
        with pytest.raises(CannotOwn):
            warn(hub, person, owner_id=owner)
    with pytest.raises(NotFound):
        warn(hub, person, key="liv")
    write_down_that_they_died(actor=hub.actor("cora"), at=AT, person_id=person.pk)
    with pytest.raises(TheyHaveDied):
        warn(hub, person)
    assert not Alert.objects.exists()


def test_reception_is_told_that_there_is_one_and_whom_to_ask(hub: MadeHub) -> None:
    hub.take_on("rec", "Rec Desk", "trust", "administrator", ("door",))
    person = hub.person()
    about = {"key": "dana", "owner_id": hub.hats["dana"]}
    warn(hub, person, **about)
    warn(hub, person, kind="risk_to_self", words="She has written letters.", label="sensitive", **about)
    owner = "Dana Pretend, trust of rivermouth, until the end of Wednesday 1 April 2026"
    assert read(hub, "dana", person) == [
        ("Risk to whoever visits or meets them", "Two meet him together.", owner),
        ("Risk to themselves", "She has written letters.", owner),
    ]
    # A role that sees no labels reads neither words; that something stands there, of which kind and whose, it always reads.
    assert read(hub, "rec", person) == [
        ("Risk to whoever visits or meets them", "ask whose alert this is", owner),
        ("Risk to themselves", "ask whose alert this is", owner),
    ]
    with pytest.raises(NotThisRole):
        warn(hub, person, key="rec", owner_id=hub.hats["dana"])


def test_an_objection_never_hides_it_and_an_exclusion_does(hub: MadeHub) -> None:
    person = hub.person()
    warn(hub, person, key="dana", owner_id=hub.hats["dana"])
    stop_sharing(actor=hub.actor("dana"), at=AT, person_id=person.pk, organisation_id=None)
    assert len(read(hub, "wyn", person)) == 1
    exclude(actor=hub.system, at=AT, hub_id=hub.hub.pk, person_id=person.pk, words="Wyn")
    assert read(hub, "wyn", person) == [] and len(read(hub, "dana", person)) == 1
    assert str(hub.hats["wyn"]) not in dict(choices_of_owners(hub.actor("dana"), person.pk, AT))


def test_it_is_gone_after_its_last_day_and_stays_in_the_record(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    one, cora = warn(hub, person, until_on=TODAY + 9 * DAY), hub.actor("cora")
    end = start_of(TODAY + 10 * DAY)
    assert one.until_at == end
    from alongside.safety.alerts.queries import _alerts

    assert [bool(_alerts(cora, person.pk, end + step)) for step in (-SECOND, 0 * SECOND, SECOND)] == [True, False, False]
    assert alerts_past_their_day(end - SECOND) == [] and alerts_past_their_day(end) == [(one.pk, hub.hub.pk)]
    end_past_its_day(actor=hub.system, at=end + 3 * DAY, alert_id=one.pk)
    found = Alert.objects.get()
    assert (found.ended_at, found.ended_because) == (end, "over") and alerts_past_their_day(end + 3 * DAY) == []
    assert ended_alerts(cora, person.pk, end) == [
        "Risk to whoever visits or meets them: Two meet him together. (until Wednesday 11 March 2026: its last day has passed)"
    ]


def test_its_place_is_free_from_that_moment_on_whether_or_not_anything_swept(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    for _ in range(5):
        warn(hub, person, until_on=TODAY)
    warn(hub, person, at=AT + DAY, until_on=TODAY + DAY)
    assert Alert.objects.filter(ended_because="over").count() == 5


def test_its_owner_is_asked_once_a_week_before(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    one = warn(hub, person, owner_id=hub.hats["nell"], until_on=TODAY + 30 * DAY)
    asked_on = TODAY + 23 * DAY
    assert alerts_to_look_at(asked_on - DAY, AT) == [] and alerts_to_look_at(asked_on, AT) == [(one.pk, hub.hub.pk)]
    for _ in range(2):
        ask_whether_it_is_needed(actor=hub.system, at=start_of(asked_on), alert_id=one.pk)
    task = Task.objects.get(what="alert_ends")
    assert (task.hat_id, task.due_on) == (hub.hats["nell"], TODAY + 30 * DAY)
    assert alerts_to_look_at(asked_on, AT) == []


def test_when_its_owner_leaves_it_passes_to_whoever_holds_the_person(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    one = warn(hub, person, owner_id=hub.hats["nell"])
    assert alerts_left_behind(AT) == []
    end_hat(actor=hub.system, at=AT + DAY, hat_id=hub.hats["nell"])
    later = AT + DAY + SECOND
    assert alerts_left_behind(later) == [(one.pk, hub.hub.pk)]
    for _ in range(2):
        pass_on_alert(actor=hub.system, at=later, alert_id=one.pk)
    assert Alert.objects.get().owner_id == hub.hats["cora"] and alerts_left_behind(later) == []
    assert Task.objects.get(what="alert_is_yours").hat_id == hub.hats["cora"]


def test_a_team_that_holds_has_it_until_somebody_else_holds(hub: MadeHub) -> None:
    hub.take_on("temp", "Temp Newcomer", "trust", "duty_worker", ("door",))
    person = hub.person()
    one = warn(hub, person, key="dana", owner_id=hub.hats["temp"])
    end_hat(actor=hub.system, at=AT + DAY, hat_id=hub.hats["temp"])
    pass_on_alert(actor=hub.system, at=AT + 2 * DAY, alert_id=one.pk)
    assert Alert.objects.get().owner_team_id == hub.teams["door"] and alerts_left_behind(AT + 2 * DAY) == []
    pass_on(actor=hub.system, at=AT + 3 * DAY, person_id=person.pk, why="agreed", to_hat_id=hub.hats["cora"])
    assert alerts_left_behind(AT + 4 * DAY) == [(one.pk, hub.hub.pk)]
    pass_on_alert(actor=hub.system, at=AT + 4 * DAY, alert_id=one.pk)
    assert Alert.objects.get().owner_id == hub.hats["cora"]


def test_an_owner_who_is_kept_away_has_it_no_longer(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    one = warn(hub, person, owner_id=hub.hats["nell"])
    exclude(actor=hub.system, at=AT, hub_id=hub.hub.pk, person_id=person.pk, words="Nell")
    assert alerts_left_behind(AT) == [(one.pk, hub.hub.pk)]


def test_one_whose_words_are_not_yours_is_not_yours_to_end(hub: MadeHub) -> None:
    hub.take_on("reg", "Reg Practice", "trust", "registered_practice", ("door",))
    person = hub.person()
    one = warn(hub, person, key="dana", owner_id=hub.hats["dana"], label="sensitive")
    ends = {"at": AT, "person_id": person.pk, "alert_id": one.public_id}
    with pytest.raises(NotFound):
        end_alert(actor=hub.actor("reg"), because="mistake", **ends)
    with pytest.raises(AlertNotWell):
        end_alert(actor=hub.actor("dana"), because="bored", **ends)
    end_alert(actor=hub.actor("dana"), because="mistake", **ends)
    with pytest.raises(AlreadyDone):
        end_alert(actor=hub.actor("dana"), because="mistake", **ends)
    entry = Entry.objects.get(command="alert.written")
    assert "She" not in str(entry.facts) and set(entry.facts) == {"alert", "kind", "owner", "until_on"}


def test_it_is_written_and_ended_by_page_and_shown_on_the_record_and_in_a_crisis(hub: MadeHub) -> None:
    person = hub.held_by("cora", at=now() - DAY)
    browser, record = hub.signed_in("cora"), f"/people/{person.public_id}/"
    path, until = f"{record}alerts/", today() + 20 * DAY
    sent = {
        "kind": "practical", "words": "The bell is broken: knock.", "label": "open", "owner": str(hub.hats["cora"]),
        "until_on_day": str(until.day), "until_on_month": str(until.month), "until_on_year": str(until.year),
    }  # fmt: skip
    assert path in browser.get(record).content.decode()
    assert "There is a problem" in browser.post(path, sent | {"words": ""}).content.decode()
    assert browser.post(path, sent).status_code == 302
    for page in (record, f"{record}in-a-crisis/", path):
        seen = browser.get(page).content.decode()
        assert "The bell is broken: knock." in seen and "Cora Madeup, practice of rivermouth, until the end of" in seen
    for place in range(4):
        browser.post(path, sent | {"words": f"Another thing, {place}."})
    full = browser.post(path, sent | {"words": "One too many."}).content.decode()
    assert "Which of them ends with this one?" in full and "One too many." in full and full.count("Another thing, 3.") >= 2
    one = Alert.objects.get(words="Another thing, 3.")
    assert browser.post(path, sent | {"words": "One too many.", "instead": str(one.public_id)}).status_code == 302
    assert "Another thing, 3." not in browser.get(record).content.decode()
    assert "Another thing, 3." in browser.get(path).content.decode()
    ends = f"{path}{Alert.objects.get(words='One too many.').public_id}/end/"
    assert "Why does it end?" in browser.get(ends).content.decode()
    assert "There is a problem" in browser.post(ends, {}).content.decode()
    assert browser.post(ends, {"because": "no_longer"}).status_code == 302
    assert browser.get(ends).status_code == 404

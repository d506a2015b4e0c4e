"""The sweep asks before an alert or a choice about a carer ends, ends it on its day, and passes on what was left behind; each once.

Shown to fail: with any of its five steps left out; with `forget_what_is_over` left out of the sweep. Source: trust.md T21, H25; issue "trust", A5 and A8.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from alongside.access.models import Tried
from alongside.journal.models import Entry
from alongside.journey.directory.commands import forget_who_said_so, suggest_correction
from alongside.journey.directory.models import Correction
from alongside.journey.directory.rules import REPORTER_KEPT
from alongside.journey.directory.tests.factories import make_service
from alongside.members.commands import end_hat
from alongside.members.models import Task
from alongside.people.commands import write_down_carer
from alongside.refusals import NotPermitted
from alongside.safety.alerts.commands import write_alert
from alongside.safety.choices.commands import choose_for_carer
from alongside.safety.models import Alert
from alongside.vocabulary.clock import start_of
from alongside.web.tasks import sweep
from tests.support.hub import AT, TODAY, MadeHub

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
DAY = timedelta(days=1)


def sweeps(*days: int) -> None:
    for number in days:
        at = start_of(TODAY + number * DAY)
        with time_machine.travel(at, tick=False):
            sweep(at)


def test_what_a_carer_may_be_told_is_asked_about_and_ends(hub: MadeHub) -> None:
    person, cora = hub.held_by("cora"), hub.actor("cora")
    carer = write_down_carer(actor=cora, at=AT, person_id=person.pk, name="Sian Pretend")
    choose_for_carer(actor=cora, at=AT, person_id=person.pk, carer_id=carer.public_id, topics=["how"], review_on=TODAY + 90 * DAY)
    sweeps(82)
    assert not Task.objects.filter(what="carer_choice_ends").exists()
    sweeps(84, 85, 91, 92)
    assert Task.objects.filter(what="carer_choice_ends").count() == 1
    assert Entry.objects.filter(command="carer.choice_over").count() == 1


def test_an_alert_is_asked_about_and_ends_and_never_stays_with_whoever_has_left(hub: MadeHub) -> None:
    person, cora = hub.held_by("cora"), hub.actor("cora")
    about = {"person_id": person.pk, "kind": "practical", "words": "Knock.", "until_on": TODAY + 30 * DAY}
    write_alert(actor=cora, at=AT, owner_id=hub.hats["nell"], **about)
    end_hat(actor=hub.system, at=AT + DAY, hat_id=hub.hats["nell"])
    sweeps(2, 3)
    assert Alert.objects.get().owner_id == hub.hats["cora"]
    sweeps(22, 23, 24, 31, 32)
    assert list(Task.objects.filter(what__startswith="alert").order_by("pk").values_list("what", "hat_id")) == [
        ("alert_is_yours", hub.hats["cora"]),
        ("alert_ends", hub.hats["cora"]),
    ]
    assert Alert.objects.get().ended_because == "over"
    assert Entry.objects.filter(command__in=("alert.passed_on", "alert.asked_about", "alert.over")).count() == 3


def test_what_was_counted_long_ago_is_forgotten(hub: MadeHub) -> None:
    Tried.objects.create(what="a" * 64, since=AT - 2 * DAY, times=9)
    Tried.objects.create(what="b" * 64, since=AT, times=9)
    sweeps(1)
    assert set(Tried.objects.filter(what__in=("a" * 64, "b" * 64)).values_list("what", flat=True)) == {"b" * 64}


def test_who_said_that_an_entry_is_wrong_is_forgotten_when_nobody_has_looked_for_half_a_year(hub: MadeHub) -> None:
    """Shown to fail: without the limit in `reporters_to_forget` the newer address went too."""
    service = make_service(hub, "A walking group")
    for email, days in (("older@person.example", 0), ("newer@person.example", 1)):
        suggest_correction(
            actor=hub.public,
            at=AT + timedelta(days=days),
            hub_id=hub.hub.pk,
            service_id=service.public_id,
            words="Old.",
            email=email,
        )
    with pytest.raises(NotPermitted):
        forget_who_said_so(actor=hub.actor("cora"), at=AT, hub_id=hub.hub.pk)
    for _twice in "ab":
        sweep(AT + REPORTER_KEPT + timedelta(hours=1))
    assert list(Correction.objects.order_by("pk").values_list("email", flat=True)) == ["", "newer@person.example"]
    assert Entry.objects.get(command="service.reporters_forgotten").facts == {"count": 1}

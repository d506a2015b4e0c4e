"""Anybody says that an entry is wrong; it goes to whoever keeps it, with a clock, and whoever said so hears back (part 4; promise 9).

Shown to fail: with `tell_editors` left out nobody who keeps it by a link hears; with `is_doubted` false an entry that nobody looked at
warns nobody; with `_tell_who_said_so` left out nothing comes back; with `website` ignored a machine makes us write to whom it names.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from alongside.access.models import Tried
from alongside.hubs.queries import local_date, next_working_day
from alongside.journal.models import Entry
from alongside.journey.directory.commands import SaidAlready, invite_editor, settle_correction, suggest_correction
from alongside.journey.directory.models import Correction, Service
from alongside.journey.directory.rules import CORRECTIONS_AT_MOST
from alongside.journey.directory.tests.factories import make_service
from alongside.messages.delivery import deliver
from alongside.messages.models import Message
from alongside.vocabulary.clock import now
from tests.support.hub import MadeHub
from tests.support.inbox import Inbox

pytestmark = [pytest.mark.django_db, pytest.mark.hazard("H18"), pytest.mark.both_databases]
ADDRESS = "https://hub.example"
WARNS = "something may be wrong here"


@pytest.fixture
def choir(hub: MadeHub) -> Service:
    hub.take_on("hal", "Hal Pretend", "trust", "hub_lead")
    return make_service(hub, "Choir", "loneliness", of="charity")


def page_of(service: Service) -> str:
    return f"/find-support/{service.public_id}/"


def say(service: Service, **said: str) -> Any:
    return Client().post(page_of(service), {"kind": "", "words": "", "email": "", "website": "", **said})


def mailed(hub: MadeHub, inbox: Inbox, template: str) -> list[str]:
    """Deliver what waits of one kind; give the private links in it."""
    links = []
    for message in Message.objects.filter(template=template, sent_at__isnull=True).order_by("pk"):
        deliver(actor=hub.system, at=now(), message_id=message.pk, senders={"email": inbox.sender}, address=ADDRESS)
    for _to, mail in inbox.mail:
        links += re.findall(rf"{ADDRESS}(/\S+)", mail.get_content())
    return links


def test_it_is_said_with_a_choice_and_seen_by_a_private_link_with_its_clock(hub: MadeHub, choir: Service) -> None:
    answer = say(choir, kind="unreached")
    [one] = Correction.objects.all()
    assert (one.kind, one.words, one.due_on) == ("unreached", "", next_working_day(hub.hub.pk, local_date(one.at), after=5))
    written = Client().get(answer["Location"]).content.decode()
    assert "The number or address does not work" in written
    assert "Whoever keeps this entry looks by" in written
    assert answer["Location"].split("/")[2] not in str(list(Correction.objects.values()))
    assert Client().get("/said/" + "x" * 43 + "/").status_code == 404


def test_something_else_needs_words_and_nothing_typed_is_lost(choir: Service) -> None:
    page = say(choir, kind="other", email="mair@person.example").content.decode()
    assert "Say what is wrong, in a few words." in page
    assert 'value="mair@person.example"' in page
    assert "with an @" in say(choir, kind="closed", email="mair").content.decode()
    assert not Correction.objects.exists()


def test_whoever_keeps_it_by_a_link_is_told_once_a_day_and_settles_it_there(hub: MadeHub, choir: Service, inbox: Inbox) -> None:
    invite_editor(actor=hub.actor("hal", now()), at=now(), service_id=choir.public_id, email="wanda@keeper.example")
    say(choir, kind="moved", words="It is at the hall.", email="mair@person.example")
    say(choir, kind="full")
    assert Message.objects.filter(template="entry_wrong").count() == 1
    link = mailed(hub, inbox, "entry_wrong")[-1]
    page = Client().get(link).content.decode()
    assert "It is at the hall." in page
    assert "mair@person.example" not in page
    first, second = Correction.objects.order_by("pk")
    nothing = Client().post(f"{link}wrong/", {"correction": first.public_id, "was_so": "yes", "done": " "}).content.decode()
    assert nothing.count("Say in one line what was done.") == 1, "beside its own question and no other"
    Client().post(f"{link}wrong/", {"correction": first.public_id, "was_so": "yes", "done": "The hall stands in the entry."})
    first.refresh_from_db()
    assert (first.was_so, first.settled_editor_id is not None, first.settled_by_id, first.email) == (True, True, None, "")
    told = mailed(hub, inbox, "wrong_looked_at")[-1]
    assert inbox.mail[-1][0] == ["mair@person.example"]
    assert "The hall stands in the entry." in Client().get(told).content.decode()
    assert Message.objects.get(template="wrong_looked_at").to_address == "", "as the page promised"
    Client().post(f"{link}wrong/", {"correction": second.public_id, "was_so": "no"})
    second.refresh_from_db()
    assert second.was_so is False
    assert Message.objects.filter(template="wrong_looked_at").count() == 1, "the other left no address"


def test_a_link_settles_nothing_of_another_entry(hub: MadeHub, choir: Service) -> None:
    other = make_service(hub, "Band", "loneliness")
    invited = invite_editor(actor=hub.actor("hal", now()), at=now(), service_id=other.public_id, email="olwen@keeper.example")
    say(choir, kind="closed")
    one = Correction.objects.get()
    assert Client().post(f"/entry/{invited.token}/wrong/", {"correction": one.public_id, "was_so": "no"}).status_code == 404
    one.refresh_from_db()
    assert one.settled_at is None


def test_when_the_clock_has_run_out_readers_are_told_and_whoever_leads_sees_it_overdue(hub: MadeHub, choir: Service) -> None:
    say(choir, kind="unreached")
    lists = (page_of(choir), "/find-support/?words=choir", "/find-support/?need=loneliness")
    assert [WARNS in Client().get(one).content.decode() for one in lists] == [False] * 3
    late = now() - timedelta(days=9)
    Correction.objects.update(at=late, due_on=local_date(late) + timedelta(days=7))
    assert [WARNS in Client().get(one).content.decode() for one in lists] == [True] * 3
    listed = hub.signed_in("hal").get("/corrections/").content.decode()
    assert "overdue since" in listed
    one = Correction.objects.get()
    settle_correction(actor=hub.actor("hal", now()), at=now(), correction_id=one.public_id, was_so=False)
    assert [WARNS in Client().get(one).content.decode() for one in lists] == [False] * 3


def test_what_a_machine_fills_in_is_looked_at_and_writes_to_nobody(choir: Service) -> None:
    say(choir, kind="closed", email="victim@person.example", website="https://spam.example")
    assert Correction.objects.get().email == ""


def test_a_flood_about_one_entry_is_bounded_and_says_so(hub: MadeHub, choir: Service) -> None:
    said = {"actor": hub.public, "at": now(), "hub_id": hub.hub.pk, "service_id": choir.public_id, "words": "It is wrong."}
    for _number in range(CORRECTIONS_AT_MOST):
        suggest_correction(**said)
    with pytest.raises(SaidAlready):
        suggest_correction(**said)
    assert "Others have said so too" in say(choir, kind="closed").content.decode()
    assert Correction.objects.count() == CORRECTIONS_AT_MOST
    Tried.objects.all().delete()
    other = make_service(hub, "Band", "loneliness")
    answers = [say(other, kind="closed").status_code for _number in range(11)]
    assert answers == [302] * 10 + [429]


def test_the_address_stands_in_no_journal_and_is_gone_when_it_is_settled(hub: MadeHub, choir: Service) -> None:
    say(choir, kind="closed", words="Ask Mair.", email="mair@person.example")
    one = Correction.objects.get()
    settle_correction(actor=hub.actor("hal", now()), at=now(), correction_id=one.public_id, was_so=True, done="Closed.")
    assert "mair@" not in str(list(Entry.objects.values()))
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.update(email="mair@person.example")
    assert connection.vendor in ("sqlite", "postgresql")


def test_a_change_that_waits_is_told_to_everybody_else_who_keeps_the_entry(hub: MadeHub, choir: Service) -> None:
    hal = hub.actor("hal", now())
    first, second = (
        invite_editor(actor=hal, at=now(), service_id=choir.public_id, email=f"{name}@keeper.example")
        for name in ("wanda", "olwen")
    )
    Client().post(f"/entry/{first.token}/change/", {"description": "", "phones": "01632 960123"})
    assert list(Message.objects.filter(template="entry_change_waits").values_list("to_address", flat=True)) == [
        "olwen@keeper.example"
    ]
    assert Client().get(f"/entry/{first.token}/").status_code == 200, "whoever asked keeps their link"
    assert Client().get(f"/entry/{second.token}/").status_code == 404, "the other has a new one"

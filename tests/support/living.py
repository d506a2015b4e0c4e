"""A hub before it is copied, between two copies, and after it was restored; run in a process of its own.

`begin FOLDER` makes a hub, copies it, lets more happen that the older copy does not have, and copies it again; `look` opens the
restored hub, tries to send, releases, writes again, and prints what it found. Run by `tests/proofs/test_a_backup_can_be_lived_from.py`.
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.support import alone


def begin() -> dict[str, Any]:
    alone.begin()
    from django.core.management import call_command

    from alongside.journal.sealing import seal_all
    from alongside.messages.commands import send_message
    from alongside.vocabulary.clock import now
    from tests.support.hub import open_hub

    at = now()
    hub = open_hub(at=at - timedelta(days=30))
    hub.take_on("hub lead", "Hedd Plot", "trust", "hub_lead", at=at - timedelta(days=20))
    mair, ifan = hub.held_by("cora", at=at - timedelta(days=10), name="Mair Pretend"), hub.person(at=at, name="Ifan Pretend")
    # One was confirmed ten days ago, the other today: nothing has left for either.
    for person in (mair, ifan):
        send_message(actor=hub.system, at=at, person_id=person.pk, template="invitation", purpose="care")
    hub.signed_in("cora")
    # What was written so far is sealed; what comes next is not when it is copied.
    assert seal_all(at=at)
    call_command("backup", to=Path(sys.argv[2]), stdout=sys.stderr)
    go_on()
    call_command("backup", to=Path(sys.argv[2]), stdout=sys.stderr)
    return {"people": [mair.pk, ifan.pk]}


def go_on() -> None:
    """Let somebody else come in, and somebody's way turn out not to be safe any more."""
    from alongside.hubs.models import Hub
    from alongside.journey.referrals.commands import receive_referral
    from alongside.people.commands import confirm_way_to_reach
    from alongside.people.models import ContactPoint
    from alongside.vocabulary.actor import Actor
    from alongside.vocabulary.clock import now
    from tests.support.hub import arrival

    at, hub = now(), Hub.objects.get()
    point = ContactPoint.objects.filter(person__chosen_name="Mair Pretend").earliest("pk")
    system = Actor.system("tests", hub.pk)
    confirm_way_to_reach(actor=system, at=at, person_id=point.person_id, contact_point_id=point.pk, safe=False)
    receive_referral(
        actor=Actor.public(hub.pk),
        at=at,
        hub_id=hub.pk,
        arrival=arrival(name="Later Pretend"),
        key="later",
        content_fingerprint="l",
    )


def look() -> dict[str, Any]:
    alone.wake()
    from django.test import Client
    from django.utils.html import strip_tags

    from alongside.access.actors import worker_actor
    from alongside.access.models import Session
    from alongside.connections.email import NeverSends
    from alongside.hubs.commands import say_it_is_written_again
    from alongside.hubs.models import Hat, Hub
    from alongside.journal.models import Entry
    from alongside.journey.referrals.commands import receive_referral
    from alongside.messages.commands import release_held, send_message
    from alongside.messages.models import Message
    from alongside.people.commands import confirm_way_to_reach
    from alongside.people.models import ContactPoint, Person
    from alongside.vocabulary.actor import Actor
    from alongside.vocabulary.clock import now
    from alongside.web import tasks
    from tests.support.hub import arrival

    at, by = now() + timedelta(minutes=5), NeverSends()
    hub = Hub.objects.get()
    found: dict[str, Any] = {
        "people": list(Person.objects.order_by("pk").values_list("chosen_name", flat=True)),
        "signed_in": Session.objects.count(),
        "held": Message.objects.filter(held_because="restored", held_at__isnull=False).count(),
        "restored_to": hub.restored_to.isoformat() if hub.restored_to else None,
        "confirmed": list(ContactPoint.objects.order_by("pk").values_list("confirmed_on", flat=True)),
        "entries": Entry.objects.filter(command__in=["backup.restored", "hub.restored", "message.all_held"]).count(),
    }
    found["confirmed"] = [bool(day) for day in found["confirmed"]]
    tasks.send_what_is_due(at, {"email": by})
    found["left_by_itself"] = len(by.kept)

    def page(hat: Hat, address: str) -> str:
        browser = Client()
        browser.force_login(hat.worker.user, backend="alongside.access.backend.Accounts")
        browser.get("/hat/")
        return strip_tags(browser.get(address).content.decode())

    sentence = "What was written later is missing."
    cora, lead = Hat.objects.get(worker__name="Cora Madeup"), Hat.objects.get(role="hub_lead")
    found["says_so"] = [sentence in page(cora, "/today/"), sentence in page(lead, "/settings/after-a-restore/")]

    # Released, it leaves only by a way that somebody has asked about since.
    actor = worker_actor(lead.pk, user_id=None, at=at)
    assert actor is not None
    for message in Message.objects.filter(held_at__isnull=False).order_by("pk"):
        release_held(actor=actor, at=at, message_id=message.public_id)
    ifan = ContactPoint.objects.get(person__chosen_name="Ifan Pretend")
    system = Actor.system("tests", hub.pk)
    confirm_way_to_reach(actor=system, at=at, person_id=ifan.person_id, contact_point_id=ifan.pk, safe=True)
    tasks.send_what_is_due(at, {"email": by})
    found["left_when_released"] = [
        (message.person.chosen_name, bool(message.sent_at), message.stopped_because)
        for message in Message.objects.select_related("person").filter(held_because="restored").order_by("pk")
    ]
    # What the installation asks for by itself may have been said already: it is held from the start.
    asked = send_message(actor=system, at=at, person_id=ifan.person_id, template="invitation", purpose="care")
    found["asked_for_by_itself"] = bool(asked and asked.held_at)

    say_it_is_written_again(actor=actor, at=at, hub_id=hub.pk)
    found["says_so_still"] = sentence in page(cora, "/today/")
    received = receive_referral(
        actor=Actor.public(hub.pk), at=at, hub_id=hub.pk, arrival=arrival(name="New Pretend"), key="new", content_fingerprint="n"
    )
    found["works_on"] = bool(received.referral.reference)
    return found


if __name__ == "__main__":
    json.dump({"begin": begin, "look": look}[sys.argv[1]](), sys.stdout)

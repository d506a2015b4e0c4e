"""Every hour another organisation of the hub is handed where the journal ends; what it keeps shows a cut (trust.md P6, T14)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from alongside.connections.sending import NotSent
from alongside.journal.models import Entry, HandedHead
from alongside.journal.sealing import keys, seal_all, standing
from alongside.journal.verifying import verify, witnessed_in
from alongside.refusals import NotFound, NotThisRole
from alongside.safety.models import Witness
from alongside.safety.watching.commands import NotAWitness, end_witness, name_witness
from alongside.safety.watching.queries import witnesses
from tests.support.hub import AT, MadeHub
from tests.support.inbox import Inbox

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def watched_hub(hub: MadeHub) -> MadeHub:
    hub.take_on("pat", "Pat Privacy", "trust", "privacy_officer")
    return hub


def named(hub: MadeHub, partner: str = "council", address: str = "witness@council.example") -> Witness:
    return name_witness(actor=hub.actor("pat"), at=AT, organisation_id=hub.partners[partner], address=address)


def test_only_another_partner_of_the_hub_can_be_one(watched_hub: MadeHub) -> None:
    for partner, address in (("trust", "a@b.example"), ("council", "nowhere")):
        with pytest.raises(NotAWitness):
            named(watched_hub, partner, address)
    with pytest.raises(NotAWitness):
        name_witness(actor=watched_hub.actor("pat"), at=AT, organisation_id=10**6, address="a@b.example")
    with pytest.raises(NotThisRole):
        name_witness(
            actor=watched_hub.actor("cora"), at=AT, organisation_id=watched_hub.partners["council"], address="a@b.example"
        )
    named(watched_hub)
    again = named(watched_hub, address="other@council.example")
    assert [one.address for one, _head in witnesses(watched_hub.actor("pat"))] == ["other@council.example"]
    end_witness(actor=watched_hub.actor("pat"), at=AT, witness_id=again.public_id)
    assert witnesses(watched_hub.actor("pat")) == []
    with pytest.raises(NotFound):
        end_witness(actor=watched_hub.actor("pat"), at=AT, witness_id=again.public_id)


def hand(at: Any, by: Any) -> int:
    from alongside.safety.watching import handing

    return handing.hand_heads(at, {"email": by})


def test_it_is_handed_over_every_hour_by_e_mail_and_says_nothing_of_anybody(watched_hub: MadeHub, inbox: Inbox) -> None:
    named(watched_hub)
    by = inbox.sender
    assert hand(AT, by) == 0, "there is nothing to hand over before the first seal"
    seal_all(at=AT)
    end = standing()
    assert [hand(AT + minutes * HOUR / 60, by) for minutes in (0, 1, 59, 60)] == [1, 0, 0, 1]
    assert len(inbox.mail) == 2
    to, mail = inbox.mail[0]
    text = f"{mail['Subject']}\n{mail.get_content()}"
    assert f"{end.number}:{end.hash}" in text and to == ["witness@council.example"]
    assert not [word for word in ("rivermouth", "Pat", "mental", "journal") if word in text]
    handed = HandedHead.objects.earliest("pk")
    assert (handed.number, handed.hash, handed.organisation_id) == (end.number, end.hash, watched_hub.partners["council"])
    assert Entry.objects.filter(command="witness.handed").count() == 2
    [kept] = set(witnessed_in(text))
    assert verify(keys=keys(), at=AT, witnessed=[kept]).findings == []


def test_what_does_not_leave_is_tried_again_the_next_round(watched_hub: MadeHub) -> None:
    class Away:
        def send(self, **_: Any) -> None:
            raise NotSent("not_reached", for_good=False)

    class There:
        def send(self, **_: Any) -> None: ...

    named(watched_hub)
    seal_all(at=AT)
    assert (hand(AT, Away()), HandedHead.objects.count()) == (0, 0)
    assert (hand(AT, There()), HandedHead.objects.count()) == (1, 1)

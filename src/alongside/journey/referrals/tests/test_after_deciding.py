"""After a decision: what it said, links only to what is still open; and introducing keeps hands on (E19, promise 4)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from alongside.access.commands import exclude
from alongside.journey.referrals.commands import decide
from alongside.journey.referrals.models import Referral, TriageDecision
from alongside.journey.referrals.queries import get_decided
from alongside.refusals import NotFound
from alongside.vocabulary.arrival import WayToReach
from alongside.vocabulary.clock import now, today
from tests.support.hub import MadeHub

SOON = today() + timedelta(days=5)


def sent(holder: str, **more: Any) -> dict[str, Any]:
    dated = {"next_on_day": SOON.day, "next_on_month": SOON.month, "next_on_year": SOON.year}
    return {"urgency": "soon", "level": "2", "holder": holder, "why": "Cora knows the family.", **dated, **more}


@pytest.fixture
def one(hub: MadeHub) -> Referral:
    return hub.refer(now()).referral


@pytest.fixture
def dana(hub: MadeHub) -> Client:
    return hub.signed_in("dana")


def test_what_they_said_and_the_crisis_call_come_before_the_decision(hub: MadeHub, dana: Client) -> None:
    """On a telephone the page is read from the top. Seen to fail with the columns the other way round."""
    one = hub.refer(now(), words="I cannot sleep", name="Gwen Heardof").referral
    page = dana.get(f"/triage/{one.public_id}/").content.decode()
    places = [page.index(part) for part in ("I cannot sleep", "Crisis: I am calling now", 'id="decide"', "Hold and invite")]
    assert places == sorted(places)
    queue = dana.get("/triage/").content.decode()
    assert "Gwen Heardof</a> · I cannot sleep" in queue and "nothing they said makes it more urgent" in queue


@pytest.mark.parametrize("holder", ["hat:cora", "team:harbour", "hat:dana", "team:door"])
def test_whoever_decides_reads_what_was_decided_and_every_link_opens(
    hub: MadeHub, one: Referral, dana: Client, holder: str
) -> None:
    kind, key = holder.split(":")
    keys = hub.hats if kind == "hat" else hub.teams
    answer = dana.post(f"/triage/{one.public_id}/", sent(f"{kind}:{keys[key]}", how_to_invite="email"), follow=True)
    said = answer.content.decode()
    assert (answer.status_code, answer.redirect_chain) == (200, [(f"/triage/{one.public_id}/decided/", 302)])
    expected = {"cora": "Cora Madeup", "harbour": "harbour team", "dana": "Dana Pretend", "door": "door team"}[key]
    for words in (expected, str(SOON.year), "e-mail", "within three working days", "Cora knows the family."):
        assert words in said
    record = f"/people/{one.person.public_id}/"
    assert (record in said) == (key in ("dana", "door"))
    assert dana.get(record).status_code == (200 if record in said else 404)


def test_only_the_one_who_decided_reads_it_and_not_once_they_are_kept_away(hub: MadeHub, one: Referral) -> None:
    at = now()
    decide(actor=hub.actor("dana"), at=at, referral_id=one.public_id, urgency="soon", to_hat_id=hub.hats["cora"])
    assert get_decided(hub.actor("dana"), one.public_id, at=at).holding.hat_id == hub.hats["cora"]
    with pytest.raises(NotFound):
        get_decided(hub.actor("wyn"), one.public_id, at=at)
    exclude(actor=hub.system, at=at, hub_id=hub.hub.pk, person_id=one.person_id, words="Dana")
    with pytest.raises(NotFound):
        get_decided(hub.actor("dana"), one.public_id, at=at + timedelta(seconds=1))


def test_an_open_crisis_call_is_one_link_away_after_deciding(hub: MadeHub, dana: Client) -> None:
    one = hub.refer(now(), not_safe_now=True).referral
    said = dana.post(f"/triage/{one.public_id}/", sent(f"hat:{hub.hats['cora']}"), follow=True).content.decode()
    assert f"/crisis-calls/{one.crisis_calls.get().public_id}/" in said


def test_to_introduce_the_person_stays_with_the_one_who_decides_until_they_have_met(
    hub: MadeHub, one: Referral, dana: Client
) -> None:
    page, record = f"/triage/{one.public_id}/", f"/people/{one.person.public_id}/introduce/"
    wrong = dana.post(page, sent(f"hat:{hub.hats['cora']}", introduce="yes", to_self="at night"))
    said = wrong.content.decode()
    assert wrong.status_code == 200 and "hands stay on until they have met" in said and 'href="#id_holder"' in said
    assert "Cora knows the family." in said and "at night" in said and not TriageDecision.objects.exists()
    right = dana.post(page, sent(f"team:{hub.teams['door']}", introduce="yes"), follow=True)
    assert (right.status_code, right.redirect_chain[-1][0]) == (200, record)


def test_a_note_is_given_back_when_a_colleague_has_decided_meanwhile(hub: MadeHub, one: Referral, dana: Client) -> None:
    decide(actor=hub.actor("wyn"), at=now(), referral_id=one.public_id, urgency="soon", to_hat_id=hub.hats["cora"])
    answer = dana.post(f"/triage/{one.public_id}/", sent(f"hat:{hub.hats['dana']}"))
    assert answer.status_code == 404 and "Cora knows the family." in answer.content.decode()


def test_somebody_is_invited_only_by_a_way_that_they_gave(hub: MadeHub, dana: Client) -> None:
    one = hub.refer(now(), ways=(WayToReach("letter", "1 Made-up Street"), WayToReach("through", "her sister"))).referral
    said = dana.get(f"/triage/{one.public_id}/").content.decode()
    assert [code for code in ("call", "text", "email", "letter", "through") if f'value="{code}"' in said] == ["letter", "through"]


def test_the_record_shows_what_was_wanted_agreed_and_decided_with_its_note(hub: MadeHub, dana: Client) -> None:
    one = hub.refer(now(), wants="somebody to talk to", agreed_next="a call on Friday").referral
    dana.post(f"/triage/{one.public_id}/", sent(f"hat:{hub.hats['dana']}"))
    said = dana.get(f"/people/{one.person.public_id}/").content.decode()
    for words in (
        "somebody to talk to", "a call on Friday", "Cora knows the family.", "within three working days",
        "someone alongside for a while", "Dana Pretend",
    ):  # fmt: skip
        assert words in said, words

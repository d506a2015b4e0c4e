"""A hub may say it in its own words, and never in words that harm: the table by hand, the page, the journal."""

from __future__ import annotations

import json
import re
import uuid

import pytest
from django.test import Client

from alongside.connections.email import NeverSends
from alongside.hubs.models import Hat
from alongside.journal.models import Entry
from alongside.messages.commands import WordingNotUsable, change_wording, restore_wording, send_message
from alongside.messages.delivery import deliver
from alongside.messages.models import Wording
from alongside.messages.rules import LONGEST, wording_problem
from alongside.messages.wording import SENTENCES, to_be_said
from alongside.refusals import NotFound, NotPermitted, Refusal
from tests.support.hub import AT, MadeHub, open_hub

LINK, PHONE = SENTENCES["heard"]["en"], SENTENCES["invitation"]["en"]
NAMES = ("Cora", "Madeup", "north team")
ENGLISH = "Hello. Could we find a time? Ring {phone}, whenever suits you."
WELSH = "Helo. Allwn ni ddod o hyd i amser? Ffoniwch {phone}."

TABLE = [
    (PHONE, ENGLISH, ""),
    (PHONE, "Hello. Whenever suits you.", ""),
    (LINK, "Hello. It is here: {link}", ""),
    (PHONE, "   ", "empty"),
    (PHONE, "Hello {name}.", "placeholder"),
    (PHONE, "Hello. Look at {link}.", "placeholder"),
    (PHONE, "Hello {phone", "placeholder"),
    (PHONE, "Hello }{", "placeholder"),
    (LINK, "Hello. We have it.", "link_missing"),
    (PHONE, "Ring 01632 960999.", "number"),
    (PHONE, "Ring 111.", "number"),
    (PHONE, "Ring (0)16-32.", "number"),
    (PHONE, "We are 2 people.", ""),
    (PHONE, "Go to https://example.org", "address"),
    (PHONE, "Go to hub.example.wales for more", "address"),
    (PHONE, "Write to us@example.org", "address"),
    (PHONE, "Your therapy begins.", "telling"),
    (PHONE, "Iechyd MENTAL sydd dan sylw.", "telling"),
    (PHONE, "Cora would like to see you.", "name"),
    (PHONE, "The north team would like to see you.", "name"),
    (PHONE, "A decora of ours.", ""),
    (PHONE, "a " * (LONGEST // 2 + 1), "too_long"),
    (LINK, "a" * (LONGEST - 60) + " {link}", "too_long"),
    # what stands on the hub's own page may say what it is about
    ("Welcome.", "Mental health is talked about here.", ""),
    ("Welcome.", "Ring {phone}.", "placeholder"),
]


@pytest.mark.parametrize(("default", "words", "problem"), TABLE)
def test_why_a_hub_may_not_use_some_words(default: str, words: str, problem: str) -> None:
    assert wording_problem(words, default=default, names=NAMES) == problem


@pytest.mark.parametrize("code", SENTENCES)
@pytest.mark.parametrize("language", ["en", "cy"])
def test_our_own_words_may_be_used(code: str, language: str) -> None:
    words = SENTENCES[code][language]
    assert wording_problem(words, default=words, names=NAMES) == ""


def lead(hub: MadeHub) -> dict[str, object]:
    if "head" not in hub.hats:
        hub.take_on("head", "Hedd Novelty", "trust", "hub_lead")
    return {"actor": hub.actor("head"), "at": AT, "hub_id": hub.hub.pk}


def sent(hub: MadeHub, language: str = "en") -> str:
    person = hub.held_by("cora", email=f"{uuid.uuid4()}@person.example")
    message = send_message(actor=hub.system, at=AT, person_id=person.pk, template="invitation", purpose="care")
    assert message is not None
    message.language = language
    message.save(update_fields=["language"])
    by = NeverSends()
    deliver(actor=hub.system, at=AT, message_id=message.pk, senders={"email": by}, address="https://hub.example")
    return str(by.kept[0])


def test_what_leaves_is_said_in_the_hubs_words_until_it_goes_back_to_ours(hub: MadeHub) -> None:
    other = open_hub("elsewhere")
    change_wording(**lead(hub), code="invitation", en=ENGLISH, cy=WELSH)
    assert "Could we find a time? Ring 01632 960000" in sent(hub) and "Allwn ni" in sent(hub, "cy")
    assert "Could we find a time?" not in sent(other)
    restore_wording(**lead(hub), code="invitation")
    assert "Could we find a time?" not in sent(hub)
    assert not Wording.objects.exists()


def test_only_the_lead_changes_words_and_the_journal_holds_none_of_them(hub: MadeHub) -> None:
    given = {"at": AT, "hub_id": hub.hub.pk, "code": "invitation", "en": ENGLISH, "cy": WELSH}
    for key in ("cora", "lea", "saf"):
        with pytest.raises(Refusal):
            change_wording(actor=hub.actor(key), **given)
    with pytest.raises((NotPermitted, NotFound, Refusal)):
        change_wording(actor=lead(open_hub("elsewhere"))["actor"], **given)
    with pytest.raises(NotFound):
        change_wording(**lead(hub), code="no-such-sentence", en=ENGLISH, cy=WELSH)
    assert not Wording.objects.exists()
    change_wording(**lead(hub), code="invitation", en=ENGLISH, cy=WELSH)
    entry = Entry.objects.get(command="wording.changed")
    assert json.loads(json.dumps(entry.facts)) == {"wording": "invitation"}
    assert entry.hat_id == hub.hats["head"]


@pytest.mark.parametrize(
    "words", ["Nell will ring.", "Here is rivermouth hub.", "From the harbour team.", "Ask practice of rivermouth."]
)
@pytest.mark.hazard("H08")
def test_no_message_names_whoever_works_here_or_what_works_here(hub: MadeHub, words: str) -> None:
    """Seen to fail without the names: a partner reads over a shoulder who is writing."""
    with pytest.raises(WordingNotUsable) as refused:
        change_wording(**lead(hub), code="invitation", en=ENGLISH, cy=words)
    assert (refused.value.language, refused.value.code) == ("cy", "wording_name")


def test_the_page_shows_how_it_reads_before_it_is_saved(hub: MadeHub) -> None:
    lead(hub)
    client = Client()
    client.force_login(Hat.objects.get(pk=hub.hats["head"]).worker.user, backend="alongside.access.backend.Accounts")  # type: ignore[arg-type]  # has one
    client.get("/hat/")
    path = "/settings/wording/invitation/"
    assert path in client.get("/settings/wording/").content.decode()
    assert "/settings/wording/" in client.get("/settings/").content.decode()
    look = client.post(path, {"en": ENGLISH, "cy": WELSH, "look": "yes"}).content.decode()
    assert "Ring 01632 960000, whenever suits you." in look and "it is not saved yet" in look
    assert not Wording.objects.exists()
    wrong = client.post(path, {"en": "Ring 01632 960999.", "cy": WELSH}).content.decode()
    assert "Write no number." in wrong and "Ring 01632 960999." in wrong and not Wording.objects.exists()
    assert client.post(path, {"en": ENGLISH, "cy": WELSH}).status_code == 302
    assert "your own words" in client.get("/settings/wording/").content.decode()
    client.post(path, {"restore": "yes"})
    assert not Wording.objects.exists()
    assert client.get("/settings/wording/no-such/").status_code == 404


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_page_of_words_says_what_each_brace_becomes_and_shows_an_address_that_can_be_read(hub: MadeHub, code: str) -> None:
    """It used to show the percent signs of a made-up address."""
    lead(hub)
    page = hub.signed_in("head").get(f"/settings/wording/{code}/").content.decode()
    braces = set(re.findall(r"\{\w+\}", SENTENCES[code]["en"]))
    assert set(re.findall(r"<li><code>([^<]+)</code>: \w", page)) == braces
    assert "%E2" not in page and ("/a-private-link/" in page) is ("{link}" in braces)


def test_the_welcome_at_the_public_door_is_the_hubs(hub: MadeHub) -> None:
    assert "is in touch the way you choose" in Client().get("/").content.decode()
    change_wording(**lead(hub), code="welcome", en="Come in, whoever you are.", cy="Dewch i mewn, pwy bynnag ydych.")
    assert "Come in, whoever you are." in Client().get("/").content.decode()
    assert "Dewch i mewn" in Client(HTTP_ACCEPT_LANGUAGE="cy").get("/").content.decode()


def test_whoever_passes_a_message_on_by_hand_gets_the_words_without_the_private_link() -> None:
    assert to_be_said("invitation", language="en", phone="01632 960000") == (
        "Hello. We would like to arrange a time with you. Please call 01632 960000 or reply, whenever suits you."
    )
    assert to_be_said("heard", language="en", phone="") == "Hello. We have what you sent. We will be in touch the way you asked."

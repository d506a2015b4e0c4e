"""Whatever is shown, refused or done leaves its line in the journal; without the line nothing is shown (trust.md P6, C23; X-02).

Every address of the resolver is asked by workers of several roles, by GET and by POST. A page with somebody on it has left a look
that names them; a refusal has left a refused look, of the person where the address names one; what was done has left an entry.
Shown to fail: with `_keep_look` out of the middleware, and with `people_shown` left out of any page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from alongside.access import signing_in
from alongside.hubs.models import Hat
from alongside.journal import looks as journal_looks
from alongside.journal.models import Entry, Look
from alongside.people.models import Person
from tests.ground.test_signing_in import account, code_of, give_password, with_second_factor
from tests.proofs.test_not_there_and_not_yours import Address, addresses
from tests.support.hub import MadeHub
from tests.support.lives import Life, live_through
from tests.support.searches import FINDING, searches

pytestmark = [pytest.mark.django_db, pytest.mark.hazard("H09")]
ROLES = ("duty_worker", "coordinator", "safeguarding_lead", "privacy_officer", "referrer", "hub_lead")
NAMES = {"Mair Pretend", "Meirion Pretend"}
WITHOUT_A_LOOK = {
    "referrals:heard": "the page of somebody who has just asked, about themselves",
}
QUERIES = {"handovers:signpost": "service", "referrals:bring-someone-in": "found"}


@pytest.fixture
def life(hub: MadeHub) -> Life:
    for role in ROLES:
        hub.take_on(role, f"Somebody {role}", "trust", role, ("door",))
    return live_through(hub, holder="cora", to="door")


def pages() -> Iterator[Address]:
    """Give every address, those that take nothing too, without those of links and of the sign-in library."""
    yield from (one for one in addresses() if ":" in one.name and not one.name.startswith("access:"))
    for name in ("web:today", "web:nobody-lost", "web:matches", "referrals:triage-queue", "referrals:bring-someone-in",
                 "handovers:introductions", "safety:shown-to-me", "safety:emergency", "access:exclusions"):  # fmt: skip
        yield Address(name, ())


PAGES = tuple(pages())


def path_of(page: Address, life: Life) -> str | None:
    known = {**life.ids, "what": "confirm", "step": "name", "code": "welcome"}
    if not set(page.takes) <= set(known):
        return None
    path = reverse(page.name, kwargs={one: known[one] for one in page.takes})
    asked = {"service": str(life.ids["service_id"]), "found": "yes"}
    return path + (f"?{urlencode({QUERIES[page.name]: asked[QUERIES[page.name]]})}" if page.name in QUERIES else "")


def searches_where_they_may(browser: Client) -> None:
    """Let somebody have searched for the person, where their role may: what was found is then a page like any other."""
    browser.post(FINDING, {"name": "Mair Pretend", "search": "yes"})


def left(since: tuple[int, int]) -> tuple[list[Look], list[Entry]]:
    return list(Look.objects.filter(pk__gt=since[0])), list(Entry.objects.filter(pk__gt=since[1]))


def now_in_journal() -> tuple[int, int]:
    return tuple(getattr(model.objects.order_by("-pk").first(), "pk", 0) for model in (Look, Entry))  # type: ignore[return-value]


def people_named(answer: HttpResponse) -> set[str]:
    text = re.sub(r"<(title|script)[^>]*>.*?</\1>", "", answer.content.decode(), flags=re.DOTALL)
    return {name for name in NAMES if name in text}


@pytest.mark.parametrize("role", ROLES)
def test_every_answer_to_a_worker_leaves_its_line(hub: MadeHub, life: Life, role: str) -> None:
    browser, asked, wrong = hub.signed_in(role), 0, []
    searches_where_they_may(browser)
    life.was_brought_in_and_decided_by(hub.hats[role])
    keys = {name: set(Person.objects.filter(chosen_name=name).values_list("pk", flat=True)) for name in NAMES}
    for page in PAGES:
        path = path_of(page, life)
        if path is None:
            continue
        for method in ("get", "post"):
            with transaction.atomic():
                since = now_in_journal()
                answer = getattr(browser, method)(path)
                looks, entries = left(since)
                transaction.set_rollback(True)
            asked += 1
            shown = {key for one in looks if one.outcome == "shown" for key in one.person_ids}
            refused = [one for one in looks if one.outcome == "refused"]
            named = people_named(answer)
            if answer.status_code == 200 and any(not keys[name] & shown for name in named) and page.name not in WITHOUT_A_LOOK:
                wrong.append((page.name, method, "shown without a look", named))
            if answer.status_code in (403, 404, 409, 422, 429) and not refused:
                wrong.append((page.name, method, answer.status_code, "refused without a look"))
            about = life.person.pk if "person_id" in page.takes and "other_id" not in page.takes else None
            if answer.status_code == 404 and about and refused and not any(about in one.person_ids for one in refused):
                wrong.append((page.name, method, "a refused look that does not say about whom"))
            if answer.status_code == 302 and method == "post" and not (entries or looks):
                wrong.append((page.name, method, "done without an entry"))
    assert wrong == [] and asked > 100


@contextmanager
def the_journal_cannot_be_written(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    @contextmanager
    def fails(*records: Any) -> Iterator[None]:
        yield
        raise OperationalError("disk I/O error")

    with monkeypatch.context() as patched:
        patched.setattr(journal_looks, "inserting", fails)
        yield


@pytest.mark.parametrize("role", ROLES)
def test_without_its_line_no_page_that_names_anybody_is_shown(
    hub: MadeHub, life: Life, role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, tried = hub.signed_in(role), 0
    searches_where_they_may(browser)
    life.was_brought_in_and_decided_by(hub.hats[role])
    for page in PAGES:
        path = path_of(page, life)
        if path is None or page.name in WITHOUT_A_LOOK:
            continue
        with transaction.atomic():
            named = people_named(browser.get(path))
            if named:
                tried += 1
                with the_journal_cannot_be_written(monkeypatch):
                    answer = browser.get(path)
                assert (answer.status_code, people_named(answer)) == (503, set()), page.name
            transaction.set_rollback(True)
    assert tried > 0 or role in ("privacy_officer", "hub_lead", "safeguarding_lead", "referrer")


def test_a_search_that_finds_nobody_leaves_its_look_and_not_its_words(hub: MadeHub) -> None:
    browser = hub.signed_in("cora")
    since = now_in_journal()
    searches(browser, name="Zebedee Unheardof")
    [look], _entries = left(since)
    assert (look.page, look.person_ids) == ("BringSomeoneInPage", [])
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM journal_look WHERE id = %s", [look.pk])
        assert "zebedee" not in str(cursor.fetchone()).casefold()


def lines(user_id: int | None) -> list[tuple[str, str, str]]:
    pages_ = ("sign_in", "sign_out", "second_factor", "password")
    return list(Look.objects.filter(user_id=user_id, page__in=pages_).order_by("pk").values_list("page", "outcome", "reason"))


@pytest.fixture
def uncounted() -> None:
    cache.clear()


def test_signing_in_and_out_and_every_try_leave_their_line(hub: MadeHub, uncounted: None) -> None:
    user = account(hub, "cora")
    secret = with_second_factor(user)
    client = Client()
    client.post("/account/login/", {"login": user.email, "password": "a wrong password"})
    assert lines(user.pk) == [("sign_in", "refused", "not_let_in")]
    give_password(client, user)
    assert len(lines(user.pk)) == 1, "half way is not signed in"
    client.post("/account/2fa/authenticate/", {"code": "000000"})
    client.post("/account/2fa/authenticate/", {"code": code_of(secret)})
    assert lines(user.pk)[1:] == [("second_factor", "refused", "not_let_in"), ("sign_in", "shown", "")]
    assert Entry.objects.filter(command="hat.put_on", user_id=user.pk).count() == 0
    client.get("/hat/")
    assert Entry.objects.filter(hat_id=hub.hats["cora"], command__startswith="hat").exists()
    client.post("/account/logout/")
    assert lines(user.pk)[-1] == ("sign_out", "shown", "")
    client.post("/account/login/", {"login": "nobody@hub.example", "password": "x" * 20})
    assert lines(None) == [("sign_in", "refused", "not_let_in")]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM journal_look")
        assert not re.search(r"nobody@|wrong password|@rivermouth", str(cursor.fetchall()))


def test_a_sign_in_that_cannot_be_written_down_has_not_happened(
    hub: MadeHub, uncounted: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = account(hub, "cora")
    client = Client()
    monkeypatch.setattr(signing_in, "record_sign_in", _fails)
    client.force_login(Hat.objects.get(pk=hub.hats["liv"]).worker.user, backend="alongside.access.backend.Accounts")

    class Asked:
        session = client.session
        actor = hub = None

    with pytest.raises(OperationalError):
        signing_in.keep_sign_in(Asked, user)
    assert "_auth_user_id" not in Asked.session


def _fails(**_: Any) -> None:
    raise OperationalError("disk I/O error")

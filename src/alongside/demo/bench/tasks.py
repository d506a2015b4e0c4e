"""The tasks of the bench, through the real views and commands: sign-in, permission filter and the look in the journal included."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.wsgi import get_wsgi_application
from django.db import ProgrammingError, connection
from django.urls import reverse

from alongside.access.models import User
from alongside.access.searching import SHOWN
from alongside.access.sessions import SessionStore
from alongside.demo.bench import floor
from alongside.demo.bench.closing import lay_closed
from alongside.demo.bench.measuring import Once, Result, look_for_backends, measure
from alongside.demo.hub import Stage, stage_of
from alongside.demo.making import standing_hub
from alongside.hubs.models import Hat
from alongside.hubs.queries import local_date
from alongside.journey.referrals.commands import bring_in, receive_referral
from alongside.journey.referrals.models import Referral
from alongside.members.commands import pass_on, set_next_date
from alongside.members.models import Membership
from alongside.people.models import Identifier, Person
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.arrival import Arrival, PersonAsTold, WayToReach
from alongside.vocabulary.clock import now
from alongside.vocabulary.list_ends import page_after
from alongside.vocabulary.names import search_keys
from alongside.vocabulary.reference import fingerprint

HELD = 200
HOLDER, DUTY, DOOR = "wellbeing_2", "duty_1", "gp_quay"
WAITING = 60


@dataclass
class Ground:
    """What the tasks stand on: the hub, and a worker who holds exactly 200 active people."""

    stage: Stage
    people: int
    held: list[tuple[int, UUID, str]]
    """(key, public id, chosen name) of those whom the worker holds."""
    numbers: list[str]
    rounds: int


def prepare(rounds: int, closed: int = 0) -> Ground:
    """Let one worker hold exactly 200 active people, and let sixty referrals wait, all through the commands.

    In:   `closed`: so many exclusions, objections and agreements are laid about everybody first.
    """
    hub = standing_hub()
    if hub is None:
        raise LookupError("There is no made-up hub to measure on.")
    stage, at = stage_of(hub), now()
    _hold(stage, at)
    waiting = (
        Referral.objects.unscoped("The bench counts what it filled.")
        .filter(hub=hub, triaged_at__isnull=True, added_to__isnull=True)
        .count()
    )
    for extra in range(WAITING - waiting):
        _ask(stage, at - timedelta(minutes=extra), extra)
    held = list(
        Person.objects.unscoped("The bench counts what it filled.")
        .filter(membership__current_holding__hat_id=stage.hats[HOLDER], membership__rest_reason="")
        .values_list("pk", "public_id", "chosen_name")
    )
    numbers = list(
        Identifier.objects.unscoped("The bench counts what it filled.")
        .filter(person_id__in=[key for key, *_ in held], is_valid=True)
        .values_list("value", flat=True)
    )
    if closed:
        lay_closed(hub, closed, at, reader=stage.hats[HOLDER])
    floor.lay_scratch_table()
    _let_the_database_tidy_up()
    return Ground(stage, Membership.objects.count(), held, numbers, rounds)


def _let_the_database_tidy_up() -> None:
    """Do now what PostgreSQL would else do beside the first tasks, on the other core: a filled database is tidied for minutes."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
        with suppress(ProgrammingError):  # only some accounts may
            cursor.execute("CHECKPOINT")


def _hold(stage: Stage, at: Any) -> None:
    hat_id, system = stage.hats[HOLDER], stage.system
    mine = Membership.objects.filter(hub=stage.hub, rest_reason="", current_holding__hat_id=hat_id)
    others = Membership.objects.filter(hub=stage.hub, rest_reason="").exclude(current_holding__hat_id=hat_id)
    for person_id in mine.order_by("pk").values_list("pk", flat=True)[HELD:]:
        pass_on(actor=system, at=at, person_id=person_id, why="agreed", to_team_id=stage.teams["wellbeing"])
    lacking = HELD - mine.count()
    for person_id in list(others.order_by("-pk").values_list("pk", flat=True)[:lacking]):
        pass_on(actor=system, at=at, person_id=person_id, why="agreed", to_hat_id=hat_id)
    for person_id in list(mine.filter(next_on__lt=local_date(at)).values_list("pk", flat=True)):
        set_next_date(actor=system, at=at, person_id=person_id, on=local_date(at) + timedelta(days=person_id % 20))


def _ask(stage: Stage, at: Any, extra: int) -> None:
    key = f"bench:waiting:{extra}:{at.isoformat()}"
    receive_referral(
        actor=Actor.public(stage.hub.pk),
        at=at,
        hub_id=stage.hub.pk,
        arrival=Arrival(
            person=PersonAsTold(f"Waiting Benchmere {extra}", ways=(WayToReach("email", f"w{extra}@rivermouth.example"),)),
            door="self",
            words="I would like to talk with somebody.",
        ),
        key=key,
        content_fingerprint=fingerprint(key),
    )


def run_all(ground: Ground, say: Callable[[str], object]) -> list[Result]:
    """Measure every task beside its floor."""
    bare = floor.bare_application()
    as_holder, as_duty = _Browser(ground.stage.hats[HOLDER]), _Browser(ground.stage.hats[DUTY])
    people, names = itertools.cycle(ground.held), itertools.cycle(ground.held)
    numbers = itertools.cycle(ground.numbers)
    found: list[Result] = []

    def add(task: str, run: Once, sql: str, values: Iterator[Any]) -> None:
        def beneath() -> tuple[int, int]:
            return _call(bare, "/floor/", statement=(sql.replace("{hub}", str(ground.stage.hub.pk)), next(values)))

        look_for_backends()
        found.append(measure(task, ground.people, run, beneath, rounds=ground.rounds))
        say(f"  measured: {task}")

    keys = itertools.cycle([key for key, *_ in ground.held])
    add("open the whole record", lambda: as_holder.get(reverse("web:show-person", args=[next(people)[1]])), floor.PERSON, keys)
    today, holder = reverse("web:today"), itertools.repeat(ground.stage.hats[HOLDER])
    # From before the first next date on: the list alone, as its later pages are, and then the whole of Today around it.
    from_the_first = today + page_after(date(2000, 1, 1), 0)
    add("caseload of 200", lambda: as_holder.get(from_the_first), floor.CASELOAD, holder)
    add("Today around a caseload of 200", lambda: as_holder.get(today), floor.CASELOAD, holder)
    add(
        "triage queue",
        lambda: as_duty.get(reverse("referrals:triage-queue")),
        floor.TRIAGE,
        itertools.repeat(ground.stage.hub.pk),
    )
    add("make a referral", _Bringing(ground.stage), floor.WRITE, itertools.repeat("words of about forty letters, to be kept"))
    finding = reverse("referrals:bring-someone-in")
    add(
        "find a person by number",
        lambda: as_holder.search(finding, nhs_number=next(numbers)),
        floor.NUMBER,
        itertools.cycle(ground.numbers),
    )
    add(
        "find a person by misspelt name",
        lambda: as_holder.search(finding, name=misspelt(next(names)[2])),
        floor.SOUND,
        itertools.cycle([search_keys(name)[-1] for _key, _id, name in ground.held]),
    )
    return found


def misspelt(name: str) -> str:
    """Misspell a name the way people do: the first doubled letter single, or a letter doubled, and no capital."""
    for place in range(1, len(name)):
        if name[place] == name[place - 1]:
            return (name[:place] + name[place + 1 :]).lower()
    return (name[:-1] + name[-1] * 2).lower()


class _Bringing:
    """Brings a new person in as a GP, each time another one."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.count, self.began = stage, 0, now().isoformat()

    def __call__(self) -> tuple[int, int]:
        self.count += 1
        at = now()
        self.stage.actors.clear()
        key = f"bench:{self.began}:{self.count}"
        told = PersonAsTold(
            f"Bench{self.count} Newcomershaw",
            ways=(WayToReach("email", f"new.{self.count}@rivermouth.example"),),
            postcode="ZZ3 1AA",
            official_name=f"Bench{self.count} Newcomershaw",
        )
        arrival = Arrival(
            person=told, door="gp", words="Low and not sleeping; would like to talk.", whose_words="referrer", needs=("mood_and_worry", "sleep"),
            knows=True, agrees=True, agreed_next="I will call in a week.", referrer_name="Dr Xanthe Waitingroom",
        )  # fmt: skip
        bring_in(actor=self.stage.actor(DOOR, at), at=at, arrival=arrival, key=key, content_fingerprint=fingerprint(key))
        return 0, 0


class _Browser:
    """A signed-in worker's requests, through the whole application."""

    def __init__(self, hat_id: int) -> None:
        self.application = get_wsgi_application()
        # A bench opens more in a minute than an hour allows; what counts it runs all the same.
        settings.RECORDS_AN_HOUR = settings.ROWS_AN_HOUR = 10**9
        user = User.objects.get(pk=Hat.objects.values_list("worker__user_id", flat=True).get(pk=hat_id))
        session = SessionStore()
        session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session["hat_id"] = hat_id
        session.save()
        self.cookie = f"{settings.SESSION_COOKIE_NAME}={session.session_key}"

    def get(self, address: str) -> tuple[int, int]:
        return _call(self.application, address, cookie=self.cookie)

    def search(self, address: str, **words: str) -> tuple[int, int]:
        """Send a search and look at what it found, as a browser does: two requests, so that no words stand in an address."""
        token = "b" * 32
        cookie = f"{self.cookie}; {settings.CSRF_COOKIE_NAME}={token}"
        sent = urlencode({**words, "search": "yes", "csrfmiddlewaretoken": token}).encode()
        _size, wrong = _call(self.application, address, cookie=cookie, sent=sent)
        size, wrong_again = _call(self.application, f"{address}{SHOWN}", cookie=cookie)
        return size, max(wrong, wrong_again)


def _call(
    application: Callable[..., Any], address: str, *, cookie: str = "", statement: Any = None, sent: bytes = b""
) -> tuple[int, int]:
    """Ask a WSGI application for a page, or send it a form; give its size, and one error unless it answered 200, or led on."""
    path, _, query = address.partition("?")
    environ = {
        "REQUEST_METHOD": "POST" if sent else "GET", "CONTENT_LENGTH": str(len(sent)), "CONTENT_TYPE": "application/x-www-form-urlencoded", "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": query, "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80",
        "HTTP_HOST": "127.0.0.1", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1", "HTTP_COOKIE": cookie, "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(sent), "wsgi.errors": io.StringIO(), "wsgi.multithread": False,
        "wsgi.multiprocess": False, "wsgi.run_once": False, "bench.statement": statement,
    }  # fmt: skip
    answered: list[str] = []
    response = application(environ, lambda status, _headers, _error=None: answered.append(status))
    try:
        size = sum(map(len, response))
    finally:
        response.close()
    return size, 0 if answered[0].startswith("302" if sent else "200") else 1

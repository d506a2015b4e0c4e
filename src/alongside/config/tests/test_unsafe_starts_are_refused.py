"""Each setting that could lose or leak something is made wrong once, and the start is refused with its sentence."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db.utils import ConnectionHandler

from alongside.access.models import User
from alongside.config import environment
from alongside.config.checks import live_data, live_settings, postgres_problems, problems_of, sqlite_problems
from alongside.config.tests.test_what_the_command_line_says import LIVE, run
from alongside.hubs.commands import DoorNeedsRota, add_duty_turn, open_public_door
from alongside.hubs.models import CrisisContact, DutyTurn, Hat, Hub, Team, TeamHours, TeamSeat, Worker
from alongside.vocabulary.clock import now
from tests.support.hub import AT, MadeHub

pytestmark = pytest.mark.django_db

DURABLE = {"synchronous": 2, "foreign_keys": 1, "mmap_size": 0, "journal_mode": "delete", "transaction_mode": "IMMEDIATE"}
SAFE = {
    "DEMO": False,
    "SECRET_KEY": "u3Fh-0qLr8Zt-v5Xc2-Wy7Nb1-Ks9Jd4-Pm6Ga0-Te3Ro8-Iu2Yq5",
    "JOURNAL_KEYS": ["Ko4-Rw9Tz2-Be7Lq0-Xn5Vd8-Ph3Gy6-Ua1Sm4-Cj9Fi2-Wk7Eo5"],
    "ALLOWED_HOSTS": ["hub.example.org"],
    "PUBLIC_ADDRESS": "https://hub.example.org",
    "DEBUG": False,
}


def sentences(found: list[Any]) -> str:
    return " ".join(f"{one.msg} {one.hint}" for one in found)


@pytest.fixture
def live(settings: Any) -> Any:
    for name, value in SAFE.items():
        setattr(settings, name, value)
    return settings


def opened(folder: Path, **options: Any) -> Any:
    """Open a database file with the product's own settings, changed as a test says."""
    described = environment.database(f"sqlite:///{folder / 'hub.sqlite3'}")
    described["OPTIONS"].update(options)
    return ConnectionHandler({"default": described})["default"]


@pytest.mark.hazard("H01")
def test_the_products_own_sqlite_settings_are_durable(tmp_path: Path) -> None:
    assert problems_of(opened(tmp_path)) == []


@pytest.mark.parametrize(
    ("pragma", "sentence"),
    [
        ("synchronous=NORMAL", "synchronous is not FULL"),
        ("foreign_keys=OFF", "foreign keys are off"),
        ("mmap_size=268435456", "it maps the file into memory"),
        ("journal_mode=OFF", "it keeps no journal"),
    ],
)
@pytest.mark.hazard("H01")
def test_a_pragma_that_could_lose_something_is_refused(tmp_path: Path, pragma: str, sentence: str) -> None:
    own = environment.database("sqlite:///x")["OPTIONS"]["init_command"]
    assert sentence in sentences(problems_of(opened(tmp_path, init_command=f"{own}PRAGMA {pragma};")))


def test_transactions_must_begin_immediate(tmp_path: Path) -> None:
    assert "do not begin IMMEDIATE" in sentences(problems_of(opened(tmp_path, transaction_mode="DEFERRED")))


def test_wal_is_allowed_only_from_the_version_without_its_fault() -> None:
    wal = {**DURABLE, "journal_mode": "wal"}
    assert "it uses WAL with SQLite 3.51.2" in sentences(sqlite_problems(wal, (3, 51, 2)))
    assert sqlite_problems(wal, (3, 51, 3)) == []
    assert sqlite_problems(DURABLE, (3, 40, 1)) == []


@pytest.mark.parametrize("name", ["fsync", "full_page_writes", "synchronous_commit"])
@pytest.mark.hazard("H01")
def test_postgresql_must_write_before_it_answers(name: str) -> None:
    on = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
    assert postgres_problems(on) == []
    assert f"{name} is off" in sentences(postgres_problems({**on, name: "off"}))


@pytest.mark.both_databases
def test_the_database_of_the_tests_itself_is_durable() -> None:
    assert [one for one in run_checks(tags=["database"], databases=["default"]) if one.is_serious()] == []


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SECRET_KEY", "demo-only-" + "0" * 50, "The secret key is the demo's or is too short."),
        ("SECRET_KEY", "short", "The secret key is the demo's or is too short."),
        ("SECRET_KEY", "a" * 60, "The secret key is the demo's or is too short."),
        ("JOURNAL_KEYS", ["demo-only-" + "1" * 50], "The key that seals the journal is the demo's"),
        ("JOURNAL_KEYS", [SAFE["SECRET_KEY"]], "or is the secret key again."),
        ("JOURNAL_KEYS", [*SAFE["JOURNAL_KEYS"], "short"], "is too short"),
        ("ALLOWED_HOSTS", [], "The installation answers to any name, or to none."),
        ("ALLOWED_HOSTS", ["*"], "The installation answers to any name, or to none."),
        ("PUBLIC_ADDRESS", "http://hub.example.org", "does not begin with https://"),
        ("DEBUG", True, "DEBUG is on"),
    ],
)
def test_live_mode_refuses_settings_for_trying_out(live: Any, name: str, value: Any, sentence: str) -> None:
    assert live_settings(None) == []
    setattr(live, name, value)
    assert sentence in sentences(live_settings(None))
    live.DEMO = True
    assert live_settings(None) == []


def test_live_mode_refuses_personas(hub: MadeHub, live: Any) -> None:
    assert live_data(None, databases=["default"]) == []
    User.objects.filter(pk=User.objects.earliest("pk").pk).update(is_persona=True)
    assert "Made-up accounts of the demo" in sentences(live_data(None, databases=["default"]))


NOT_COVERED = "Nobody is on duty in these opening hours: "


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("hours", "until a duty team has opening hours"),
        ("kind", "until a duty team has opening hours"),
        ("turns", NOT_COVERED),
        ("seat", NOT_COVERED),
        ("hat", NOT_COVERED),
        ("left", NOT_COVERED),
        ("locked", NOT_COVERED),
    ],
)
@pytest.mark.hazard("H12")
def test_live_mode_refuses_an_open_door_that_nobody_answers(hub: MadeHub, live: Any, missing: str, sentence: str) -> None:
    """Any seat, of a hat long ended, used to do; now each of these is looked at, and the hours are named."""
    assert live_data(None, databases=["default"]) == []
    door, dana = hub.teams["door"], Hat.objects.get(pk=hub.hats["dana"])
    {
        "hours": lambda: TeamHours.objects.filter(team_id=door).delete(),
        "kind": lambda: Team.objects.filter(pk=door).update(kind="care"),
        "turns": lambda: DutyTurn.objects.filter(team_id=door).delete(),
        "seat": lambda: TeamSeat.objects.filter(team_id=door, hat=dana).update(until_at=now()),
        "hat": lambda: Hat.objects.filter(pk=dana.pk).update(until_at=now()),
        "left": lambda: Worker.objects.filter(hats=dana).update(left_at=now()),
        "locked": lambda: User.objects.filter(worker__hats=dana).update(is_active=False),
    }[missing]()
    found = sentences(live_data(None, databases=["default"]))
    assert "The public door of rivermouth is open" in found and sentence in found
    assert "./alongside manage close_door rivermouth" in found
    call_command("close_door", "rivermouth")
    assert live_data(None, databases=["default"]) == []


def test_the_hours_that_nobody_covers_are_named(hub: MadeHub) -> None:
    """A Monday morning at half past nine: the turn of that day is over at noon, and the next begins on Thursday."""
    door, dana = hub.teams["door"], hub.hats["dana"]
    DutyTurn.objects.filter(team_id=door).delete()
    for begins, hours in ((AT - timedelta(hours=1), 3.5), (AT + timedelta(days=2, hours=22), 240)):
        given = {"from_at": begins, "until_at": begins + timedelta(hours=hours)}
        add_duty_turn(actor=hub.system, at=AT, hub_id=hub.hub.pk, team_id=door, hat_id=dana, **given)
    with pytest.raises(DoorNeedsRota, match="Mon 2 Mar 2026 12:00–17:00, Tue 3 Mar 2026 09:00–17:00, Wed 4 Mar 2026 09:00–17:00"):
        open_public_door(actor=hub.system, at=AT, hub_id=hub.hub.pk, team_id=door)


@pytest.mark.hazard("H12")
def test_live_mode_refuses_unchecked_crisis_contacts(hub: MadeHub, live: Any) -> None:
    CrisisContact.objects.filter(code="999").update(checked_on=None)
    assert "crisis contacts that nobody has checked" in sentences(live_data(None, databases=["default"]))
    Hub.objects.update(public_door_open=False)
    assert live_data(None, databases=["default"]) == []


def test_closing_a_door_that_is_not_there_says_so(db: None) -> None:
    with pytest.raises(CommandError, match="There is no hub called nowhere"):
        call_command("close_door", "nowhere")


OPENID = {"ALONGSIDE_OPENID_STAFF_CLIENT": "alongside", "ALONGSIDE_OPENID_STAFF_KEY": __file__}


@pytest.mark.parametrize(
    "issuer",
    ["http://127.0.0.1:9000", "http://localhost:9000", "https://127.0.0.1", "https://10.0.0.1", "https://169.254.169.254",
     "http://login.example.org", "https://login", "https://login.internal", "login.example.org"],
)  # fmt: skip
def test_a_sign_in_elsewhere_that_is_not_outside_is_refused(issuer: str) -> None:
    """By name or by number, in live mode and without the setting of tests alike."""
    without = run("check", ALONGSIDE_OPENID_STAFF_ISSUER=issuer, **OPENID)
    live_all_the_same = run("check", **LIVE, ALONGSIDE_OPENID_STAFF_ISSUER=issuer, ALONGSIDE_STAND_INS="yes", **OPENID)
    for done in (without, live_all_the_same):
        assert done.returncode != 0 and "ALONGSIDE_OPENID_STAFF_ISSUER is" in done.stderr and "Traceback" not in done.stderr


def test_a_test_may_have_one_on_this_machine_and_an_installation_one_outside() -> None:
    here = run("check", ALONGSIDE_OPENID_STAFF_ISSUER="http://127.0.0.1:9000", ALONGSIDE_STAND_INS="yes", **OPENID)
    outside = run("check", ALONGSIDE_OPENID_STAFF_ISSUER="https://login.example.org", **OPENID)
    assert (here.returncode, outside.returncode) == (0, 0), here.stderr + outside.stderr

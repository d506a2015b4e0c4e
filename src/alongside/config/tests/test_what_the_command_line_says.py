"""A wrong setting, a database that is away and a wrong word each get one paragraph that says what to do, and end with a fault."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest
from django.db.migrations.executor import MigrationExecutor

from alongside.config import environment
from alongside.messages.marks import mark_of
from alongside.messages.tests.reports import bare

ROOT = Path(__file__).resolve().parents[4]
KEY = "u3Fh-0qLr8Zt-v5Xc2-Wy7Nb1-Ks9Jd4-Pm6Ga0-Te3Ro8-Iu2Yq5"
LIVE = {
    "ALONGSIDE_MODE": "live",
    "ALONGSIDE_SECRET_KEY": KEY,
    "ALONGSIDE_VAULT_KEYS": KEY.swapcase(),
    "ALONGSIDE_JOURNAL_KEY": KEY[::-1],
    "ALONGSIDE_HOSTS": "hub.example.org",
    "ALONGSIDE_ADDRESS": "https://hub.example.org",
}


def run(*words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command as the one script does."""
    return subprocess.run(
        [sys.executable, "-m", "alongside.config.command_line", *words],
        env={
            **{name: value for name, value in os.environ.items() if not name.startswith("ALONGSIDE_")},
            "PYTHONPATH": str(ROOT / "src"),
            "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
            **settings,
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("postgresql://u@h:abc/x", "The port in ALONGSIDE_DATABASE is not a number"),
        ("postgresql://u@h:99999/x", "The port in ALONGSIDE_DATABASE is not a number"),
        ("postgresql://u@h/x?port=abc", "The port in ALONGSIDE_DATABASE is not a number"),
        ("postgresql://u@host", "names no database"),
        ("sqlite://data/x.sqlite3", "write three before a path from here, sqlite:///data/x.sqlite3"),
        ("sqlite:///", "names no file"),
        ("mysql://host/x", "write sqlite:///path or postgresql://"),
    ],
)
def test_an_address_that_cannot_be_is_told_what_to_write(url: str, sentence: str) -> None:
    with pytest.raises(SystemExit) as ended:
        environment.database(url)
    assert sentence.casefold() in str(ended.value).casefold()


def test_live_takes_no_database_in_memory() -> None:
    """Shown to fail: without `keeps`, live mode starts and forgets everybody at the end."""
    assert environment.database("sqlite:///:memory:")["NAME"] == ":memory:"
    for url in ("sqlite:///:memory:", "sqlite:///file::memory:", "sqlite:///hub?mode=memory"):
        with pytest.raises(SystemExit, match="would forget everybody"):
            environment.database(url, keeps=True)
    said = run("nobody-lost", **LIVE, ALONGSIDE_DATABASE="sqlite:///:memory:")
    assert said.returncode == 1 and "would forget everybody" in said.stderr


@pytest.mark.parametrize("value", ["yes", "true", "TRUE", "on", "1"])
def test_yes_is_read_as_people_write_it(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    """`true` was read as no: mail went in the open, and a proxy was not believed."""
    monkeypatch.setenv("ALONGSIDE_SMTP_TLS", value)
    assert environment.yes("ALONGSIDE_SMTP_TLS") is True
    monkeypatch.setenv("ALONGSIDE_SMTP_TLS", "no")
    assert environment.yes("ALONGSIDE_SMTP_TLS") is False
    monkeypatch.setenv("ALONGSIDE_SMTP_TLS", "perhaps")
    with pytest.raises(SystemExit, match="it may be yes or no"):
        environment.yes("ALONGSIDE_SMTP_TLS")


@pytest.mark.parametrize("value", ["-1", "0", "many", "1_0", "9" * 30])
def test_a_number_stays_within_its_bounds(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("ALONGSIDE_SMTP_PORT", value)
    with pytest.raises(SystemExit, match="it must be a whole number from 1 to 65535"):
        environment.number("ALONGSIDE_SMTP_PORT", 25)


@pytest.mark.parametrize(
    "value", ["hub.example", "a@b", "two@a.example, b@a.example", "a+b@hub.example", "seventeen.letters@hub.example"]
)
def test_an_address_for_what_comes_back_is_plain_and_short(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    """Before the @ of an address there are 64 letters, of which the mark of a message takes most (RFC 5321)."""
    monkeypatch.setenv("ALONGSIDE_BOUNCES", "bounces@hub.example")
    assert environment.mailbox("ALONGSIDE_BOUNCES") == "bounces@hub.example"
    monkeypatch.setenv("ALONGSIDE_BOUNCES", value)
    with pytest.raises(SystemExit, match="at most sixteen letters before the @"):
        environment.mailbox("ALONGSIDE_BOUNCES")


@pytest.mark.parametrize(
    "url", ["sqlite:///{folder}/new.sqlite3", "sqlite:///{folder}/no/such/x.sqlite3", "postgresql://u@127.0.0.1:9/x"]
)
def test_a_report_is_handed_in_again_when_the_database_is_away_or_not_ready(tmp_path: Path, url: str) -> None:
    """A mail server throws away what ends with 1. Shown to fail without the broad `except` in the command."""
    report = tmp_path / "report"
    report.write_bytes(bare(to=f"bounces+{mark_of(UUID(int=7))}@hub.example"))
    said = run("bounce", str(report), ALONGSIDE_DATABASE=url.format(folder=tmp_path))
    assert (said.returncode, "Traceback" in said.stderr) == (75, False)
    assert "hand it in again" in said.stdout


@pytest.mark.parametrize(
    ("words", "url", "sentence"),
    [
        ("nobody-lost", "sqlite:///{folder}/new.sqlite3", "not up to date. Type ./alongside migrate"),
        ("intake nothing.json", "sqlite:///{folder}/new.sqlite3", "not up to date. Type ./alongside migrate"),
        ("ready", "sqlite:///{folder}/new.sqlite3", "not up to date. Type ./alongside migrate"),
        ("nobody-lost", "sqlite:///{folder}/no/such/folder/x.sqlite3", "cannot be opened"),
        ("nobody-lost", "sqlite:///{folder}/text", "is not an SQLite database"),
        ("nobody-lost --frob", "sqlite:///{folder}/new.sqlite3", "alongside nobody-lost: error: unrecognized arguments: --frob"),
        ("demo --people many", "sqlite:///{folder}/new.sqlite3", "alongside demo: error: argument --people"),
    ],
)
def test_a_command_that_cannot_go_on_says_why(tmp_path: Path, words: str, url: str, sentence: str) -> None:
    (tmp_path / "text").write_text(
        "This is not a database, only some words that are long enough to be taken for a file of one.\n"
    )
    said = run(*words.split(), ALONGSIDE_DATABASE=url.format(folder=tmp_path))
    assert said.returncode != 0
    assert sentence in said.stderr and "Traceback" not in said.stderr


def test_a_server_that_is_down_is_named_without_its_password() -> None:
    said = run("nobody-lost", ALONGSIDE_DATABASE="postgresql://u:secret@127.0.0.1:9/x")
    assert said.returncode == 1
    assert "PostgreSQL at 127.0.0.1:9 did not let us in to 'x'" in said.stderr
    assert "Traceback" not in said.stderr and "secret" not in said.stderr


@pytest.mark.django_db
def test_an_installation_is_ready_when_its_database_is_up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.core.management import call_command
    from django.core.management.base import CommandError

    call_command("ready")
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_: ["something"])
    with pytest.raises(CommandError, match="not up to date"):
        call_command("ready")

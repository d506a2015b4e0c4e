"""Fixtures for every test: no network, a hub made through the commands, real transactions, and both databases."""

from __future__ import annotations

import gc
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.db.models.query_utils import DeferredAttribute
from django.utils import translation
from hypothesis import settings

from tests.support.laid import copy_laid, laid_database, laid_file
from tests.support.postgres import Cluster, start_cluster

# No test is timed: what takes long on a busy machine is not wrong.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_collection_finish(session: pytest.Session) -> None:
    """Look for cycles among what a test makes, and seldom: to look through the whole product again and again took some 8 of 100 seconds."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(autouse=True)
def each_in_its_own_language() -> Iterator[None]:
    """Let no language that one test spoke stay for the next."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def nothing_left_out_is_touched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no column be asked for by itself, a query a row, because a read left it out (`reads.naming`)."""

    def refuse(self: DeferredAttribute, instance: Any, cls: Any = None) -> Any:
        name = self.field.attname
        if instance is not None and name not in vars(instance):
            raise AssertionError(f"{type(instance).__name__}.{name} was left out of the read that made this record.")
        return self if instance is None else vars(instance)[name]

    monkeypatch.setattr(DeferredAttribute, "__get__", refuse)


@pytest.fixture(autouse=True)
def only_a_test_reads_unscoped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test look at any record about a person by itself, and the product at none without a scope (access/guarded.py)."""
    from alongside.access import guarded
    from tests.support.guards import a_test_reads_by_itself

    monkeypatch.setattr(guarded, "also_open", a_test_reads_by_itself)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing leave this machine."""
    connect = socket.socket.connect

    def only_here(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise OSError("Tests do not use the network.")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", only_here)


@pytest.fixture(autouse=True)
def the_finder_is_asked_as_often_as_tests_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the finder no budget where a test says nothing of it: what it counts of one test would meet the next, in the same process."""
    from django.conf import settings

    monkeypatch.setattr(settings, "FINDER_A_MINUTE", 0)
    monkeypatch.setattr(settings, "FINDER_A_MINUTE_IN_ALL", 0)


@pytest.fixture
def shared_data() -> Path:
    """Give the folder of real files that nobody here wrote; without it there is nothing to test against."""
    folder = Path(__file__).resolve().parents[3] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("../shared/data is not on this machine")
    return folder


@pytest.fixture
def hub(db: None) -> Any:
    """Give a small hub with its partners, teams and workers; its door is open."""
    from tests.support.hub import open_hub

    return open_hub()


@pytest.fixture
def real_transactions(transactional_db: None) -> Iterator[None]:
    """Commit for real. Emptying the tables afterwards would meet the append-only guards: they go first and are laid again by the flush."""
    from tests.support.guards import drop_guards

    yield
    drop_guards()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """Give a PostgreSQL server of this run's own, or the one that the suite runs on."""
    with start_cluster() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any, django_db_modify_db_settings: None) -> Iterator[None]:
    """Give the tests their database by copying one that is laid already, in place of laying its tables for each worker."""
    from django.db import connection

    creation = connection.creation
    with django_db_blocker.unblock(), patch("django.core.management.call_command"):
        old = connection.settings_dict["NAME"]
        if connection.vendor == "sqlite":
            creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
            with closing(sqlite3.connect(laid_file())) as laid:
                laid.backup(connection.connection)
        else:
            with start_cluster() as cluster:
                connection.settings_dict["TEST"]["TEMPLATE"] = laid_database(cluster)
            creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    yield
    with django_db_blocker.unblock():
        creation.destroy_test_db(old, verbosity=0)


@pytest.fixture(params=["sqlite", "postgresql"])
def own_database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of a database that nobody else uses, with its tables, on SQLite and then on PostgreSQL."""
    if request.param == "sqlite":
        return copy_laid(tmp_path / "hub.sqlite3")
    cluster: Cluster = request.getfixturevalue("postgres")
    return cluster.new_database(like=laid_database(cluster))


@pytest.fixture
def inbox() -> Iterator[Any]:
    """Give a real mail server on this machine."""
    from tests.support.inbox import open_inbox

    with open_inbox() as box:
        yield box

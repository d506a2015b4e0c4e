"""What is checked and done in a database that has just been filled from a copy, before anybody may use it.

It runs in a process of its own whose database is the restored one, with no network: see the command `settle_restored`.
Source: trust.md P4, H17.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from alongside.access.models import Session, User
from alongside.backups.commands import settle
from alongside.backups.databases import is_whole
from alongside.hubs.models import Hub
from alongside.hubs.queries import local_date
from alongside.journal import triggers
from alongside.journal.models import Entry, Look
from alongside.journal.sealing import keys
from alongside.journal.verifying import verify
from alongside.members.queries import mismatched_next_dates, without_live_holder
from alongside.messages.queries import messages_due
from alongside.people.models import ContactPoint
from alongside.vocabulary.actor import Actor


def bring_up_to_date() -> None:
    """Migrate a copy of an earlier version; the guards are laid again."""
    if not up_to_date():
        call_command("migrate", verbosity=0)


def up_to_date() -> bool:
    """Nothing is left to migrate."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def guards() -> bool:
    """Every guard stands, and the journal really refuses to be changed."""
    return not triggers.missing() and all(_refuses(model) for model in (Entry, Look))


def _refuses(model: type[Entry] | type[Look]) -> bool:
    """Try to change one row of the journal, and one row less."""
    first = model.objects.order_by("pk").first()
    if first is None:
        return True
    for attempt in (
        lambda: model.objects.filter(pk=first.pk).update(at=first.at),
        lambda: model.objects.filter(pk=first.pk).delete(),
    ):
        try:
            with transaction.atomic():
                attempt()
                transaction.set_rollback(True)
        except DatabaseError:
            continue
        return False
    return True


def journal_is_complete() -> bool:
    """Verify the sealed chain; that no row is missing or changed against the manifest was checked before.

    What was written in the seconds before the copy is not sealed in it: however old the copy is by now, that is no finding.
    """
    return not verify(keys=keys(), at=datetime.min.replace(tzinfo=UTC)).findings


def nobody_is_lost(at: datetime) -> bool:
    """Everybody is held by somebody who works here, and has the next date that their holder sees."""
    held = all(without_live_holder(hub_id, at) == [] for hub_id in Hub.objects.values_list("pk", flat=True))
    return held and mismatched_next_dates() == 0


def nothing_leaves(at: datetime) -> bool:
    """The outbox has nothing to send, now or ever, before somebody releases it."""
    return messages_due(datetime.max.replace(tzinfo=at.tzinfo)) == []


def ways_are_asked_again(moment: datetime) -> bool:
    """No way of contact that was confirmed on the day of the copy, or later, counts as confirmed."""
    left = ContactPoint.objects.unscoped("For whoever restores the installation: whether there is any, never whose.")
    return not left.filter(until_at__isnull=True, safe=True, confirmed_on__gte=local_date(moment)).exists()


def every_hub_says_so(moment: datetime) -> bool:
    """The sentence about what is missing stands on every hub."""
    return not Hub.objects.exclude(restored_to=moment).exists()


def nobody_is_signed_in() -> bool:
    """Whoever was signed in then may have left since."""
    return not Session.objects.exists()


def can_sign_in() -> bool:
    """Somebody who works here can sign in to this very database: tried with a made-up password, which is taken back."""
    host: dict[str, Any] = {
        "headers": {"host": settings.ALLOWED_HOSTS[0] if settings.ALLOWED_HOSTS else "localhost"},
        "secure": True,
    }
    browser, password = Client(), secrets.token_urlsafe()
    if browser.get("/account/login/", **host).status_code != 200:
        return False
    user = User.objects.filter(is_active=True, worker__left_at__isnull=True).order_by("pk").first()
    if user is None:
        return True
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        answer = browser.post("/account/login/", {"login": user.email, "password": password}, **host)
        transaction.set_rollback(True)
    return answer.status_code == 302


def check_before(at: datetime) -> list[tuple[str, bool]]:
    """Check what was restored, before anything is changed in it but its version."""
    asked: tuple[tuple[str, Callable[[], bool]], ...] = (
        ("whole", lambda: is_whole(connection)),
        ("up_to_date", up_to_date),
        ("guards", guards),
        ("journal", journal_is_complete),
        ("nobody_lost", lambda: nobody_is_lost(at)),
    )
    return [(code, _holds(question)) for code, question in asked]


def hold_and_say_so(moment: datetime, at: datetime) -> list[tuple[str, bool]]:
    """Hold what would leave, ask again, sign everybody out, say what is missing; then look whether it is so."""
    settle(actor=Actor.system("restore"), at=at, moment=moment)
    asked: tuple[tuple[str, Callable[[], bool]], ...] = (
        ("nothing_leaves", lambda: nothing_leaves(at)),
        ("ways_asked_again", lambda: ways_are_asked_again(moment)),
        ("says_so", lambda: every_hub_says_so(min(moment, at))),
        ("signed_out", nobody_is_signed_in),
        ("can_sign_in", can_sign_in),
    )
    return [(code, _holds(question)) for code, question in asked]


def _holds(question: Callable[[], bool]) -> bool:
    try:
        return question()
    except Exception:  # what cannot be asked does not hold
        return False

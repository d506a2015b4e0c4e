"""A hub in a file, in a process of its own: many posts at once, a locked database, a full disk. Prints what came of it as JSON.

Run by `test_hard_times.py` with `ALONGSIDE_DATABASE` set to a file that nobody else uses.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import threading
from typing import Any

import django
from django.conf import settings

AT_ONCE = 32


def main() -> None:
    """Prepare the hub, go through the three hard times, print the findings."""
    settings.ROOT_URLCONF = "alongside.config.api"
    is_sqlite = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, run_syncdb=True)
    from alongside.exchange.tests.hubs import open_hub

    token = open_hub().token
    found: dict[str, Any] = {"at_once": at_once(token)}
    if is_sqlite:
        found["locked"] = while_locked(token)
        found["full"] = on_a_full_disk(token)
    json.dump(found, sys.stdout)


def post(content: bytes, token: str) -> tuple[int, str, str]:
    """Send one message: status, body, and when to try again."""
    from django.test import Client

    headers = {"Authorization": f"Bearer {token}"}
    response = Client().post("/fhir/$process-message", data=content, content_type="application/fhir+json", headers=headers)
    return response.status_code, response.content.decode(), response.headers.get("Retry-After", "")


def kept() -> dict[str, int]:
    """Count what a message makes."""
    from alongside.journey.referrals.models import MessageReceived, Referral
    from alongside.members.models import Holding
    from alongside.people.models import Person

    return {model.__name__: model._base_manager.count() for model in (MessageReceived, Referral, Person, Holding)}


def at_once(token: str) -> dict[str, Any]:
    """Post one message from many threads that start together."""
    from django.db import connections

    from alongside.exchange.tests.hubs import referral_message

    answers: list[tuple[int, str, str]] = []
    start = threading.Barrier(AT_ONCE)

    def one() -> None:
        start.wait()
        answers.append(post(referral_message(), token))
        connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {
        "answers": len(answers),
        "different": len(set(answers)),
        "status": sorted({status for status, *_ in answers}),
        "kept": kept(),
    }


def while_locked(token: str) -> dict[str, Any]:
    """Post while somebody else has the database locked, and again when they have let go."""
    from django.db import connection

    from alongside.exchange.tests.hubs import referral_message

    connection.close()
    settings.DATABASES["default"]["OPTIONS"]["timeout"] = 0.1
    connection.settings_dict["OPTIONS"]["timeout"] = 0.1
    other = sqlite3.connect(settings.DATABASES["default"]["NAME"], isolation_level=None)
    before = kept()
    other.execute("BEGIN IMMEDIATE")
    during = post(referral_message("while-locked"), token)
    other.execute("ROLLBACK")
    unchanged = kept() == before
    return {"during": [during[0], during[2]], "unchanged": unchanged, "after": post(referral_message("while-locked"), token)[0]}


def on_a_full_disk(token: str) -> dict[str, Any]:
    """Post while the database may not grow by a single page, and again when it may."""
    from django.db import connection

    from alongside.exchange.tests.hubs import referral_message

    content = referral_message("on-a-full-disk", note=[{"text": "x" * 200_000}])
    before = kept()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1")
    during = post(content, token)
    unchanged = kept() == before
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1073741823")
    return {"during": [during[0], during[2]], "unchanged": unchanged, "after": post(content, token)[0]}


if __name__ == "__main__":
    main()

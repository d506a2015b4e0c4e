"""The outside world unwell, in a process of its own; prints as JSON what came of it.

Run by `tests/proofs/test_the_outside_may_be_dead.py` with what is to be gone through: `unwell`, `drain` or `killed`. Mail server and
Notify are real servers on this machine; workers are forks of this process, so that they may be killed.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections import Counter
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

from tests.support import alone

HOW_MANY = 1_000
KILLS = 8
INTAKES = 15


def main() -> None:
    """Begin a hub and go through one part."""
    alone.begin()
    from tests.support.hub import AT, open_hub

    hub = open_hub(at=AT - timedelta(days=30))
    json.dump({"unwell": unwell, "drain": drain, "killed": killed}[sys.argv[1]](hub), sys.stdout)


def fork(work: Any) -> int:
    """Run something in a fork with a connection of its own; give its number."""
    from django.db import connection

    connection.close()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    return child


def queue(hub: Any, channel: str, count: int, first: int = 0) -> None:
    """Put so many messages in the outbox, each by a way of its own."""
    from alongside.messages.models import Message
    from alongside.people.models import ContactPoint
    from alongside.vocabulary.clock import now

    person = hub.held_by("cora", name=f"Mair {channel} {first}", at=now())
    at = now() - timedelta(minutes=1)
    value = {"text": "07700 9{:05}", "email": "p{}@person.example"}[channel]
    points = ContactPoint.objects.bulk_create(
        ContactPoint(person=person, channel=channel, value=value.format(first + n), confirmed_on=at.date(), place=n)
        for n in range(count)
    )
    Message.objects.bulk_create(
        Message(
            hub=person.hub, person=person, author_organisation=person.author_organisation, contact_point=point, channel=channel,
            template="invitation", language="en", purpose="care", made_at=at, due_at=at,
        )
        for point in points
    )  # fmt: skip


def in_a_hurry() -> None:
    """Let a second try come after a moment and at any hour: what is tested is how often something leaves, not when."""
    from alongside.messages import commands

    commands.wait_after = lambda tries: timedelta(milliseconds=100)  # type: ignore[assignment]
    commands.next_moment = lambda way, purpose, at, **more: at  # type: ignore[assignment]


def work_until_empty(senders: Any, seconds: float = 240) -> None:
    """Do what the background worker does, until nothing waits."""
    from alongside.messages.models import Message
    from alongside.vocabulary.clock import now
    from alongside.web.tasks import send_what_is_due

    ends = time.monotonic() + seconds
    waiting = Message.objects.filter(sent_at__isnull=True, stopped_at__isnull=True, failed_at__isnull=True)
    while waiting.exists() and time.monotonic() < ends:
        if not send_what_is_due(now(), senders):
            time.sleep(0.05)


def drain(hub: Any) -> dict[str, Any]:
    """Let a thousand messages leave by two workers while the other side is unwell again and again."""
    from tests.support.notify import open_notify

    in_a_hurry()
    with open_notify() as notify:
        queue(hub, "text", HOW_MANY)
        faults = ("500", "429", "503", "cut_after", "bad_json", "no_id", "redirect")
        chance = random.Random(12)
        notify.unwell = [chance.choice(faults) if chance.random() < 0.06 else "" for _n in range(3 * HOW_MANY)]
        workers = [fork(lambda: work_until_empty({"text": notify.text_sender})) for _n in range(2)]
        ended = [os.waitpid(one, 0)[1] for one in workers]
        times = Counter(one["reference"] for one in notify.kept)
        return {"ended": ended, "came": len(times), "twice": [key for key, n in times.items() if n > 1], **_stand()}


def killed(hub: Any) -> dict[str, Any]:
    """Kill the worker again and again while it sends; each time another one comes when the claim has run out."""
    from alongside.messages import commands
    from tests.support.inbox import open_inbox
    from tests.support.notify import open_notify

    in_a_hurry()
    commands.LEASE = timedelta(milliseconds=700)
    chance = random.Random(7)
    with open_notify() as notify, open_inbox() as inbox:
        senders = {"text": notify.text_sender, "email": inbox.sender}
        for number in range(KILLS):
            queue(hub, "text", 4, first=number * 100)
            queue(hub, "email", 4, first=number * 100)
            seen = len(notify.kept) + len(inbox.mail)
            worker = fork(lambda: work_until_empty(senders))
            while len(notify.kept) + len(inbox.mail) == seen:
                time.sleep(0.002)
            time.sleep(chance.uniform(0, 0.15))
            os.kill(worker, signal.SIGKILL)
            os.waitpid(worker, 0)
            time.sleep(0.8)
        worker = fork(lambda: work_until_empty(senders))
        os.waitpid(worker, 0)
        texts = Counter(one["reference"] for one in notify.kept)
        mails = Counter(str(mail["Message-ID"]) for _to, mail in inbox.mail)
    from alongside.messages.marks import mark_of
    from alongside.messages.models import Message

    flagged = Message.objects.filter(failed_because="perhaps_sent")
    sent = {
        f"<{mark_of(key)}@alongside>"
        for key in Message.objects.filter(channel="email", sent_at__isnull=False).values_list("public_id", flat=True)
    }
    return {
        "texts": len(texts),
        "texts_twice": [key for key, n in texts.items() if n > 1],
        "mails_twice": [key for key, n in mails.items() if n > 1],
        "said_sent_and_never_came": sorted(sent - set(mails)),
        "came_and_nobody_told": sorted(set(mails) - sent - {f"<{mark_of(one.public_id)}@alongside>" for one in flagged}),
        "flagged_texts": flagged.filter(channel="text").count(),
        "flagged_without_a_task": flagged.filter(task__isnull=True).count(),
        "kills": KILLS,
        **_stand(),
    }


def unwell(hub: Any) -> dict[str, Any]:
    """Take people in by the public door while a worker waits for a dead, hanging, dripping or lying outside."""
    return {how: _while_it_is(hub, how) for how in ("dead", "hanging", "dripping", "lying")}


def _while_it_is(hub: Any, how: str) -> dict[str, Any]:
    from django.test import Client

    from alongside.connections.email import SmtpSender
    from alongside.messages.models import Message
    from alongside.vocabulary.clock import now
    from alongside.web.tasks import send_what_is_due
    from tests.support import servers
    from tests.support.inbox import free_port
    from tests.support.notify import open_notify

    def lies(connection: Any, _asked: bytes) -> None:
        connection.sendall(b"999 welcome\r\n" + b"\xff\xfe" * 500)

    behaves = {"hanging": servers.hangs, "dripping": servers.drips(b"220 "), "lying": lies, "dead": servers.hangs}[how]
    with ExitStack() as open_ones:
        notify = open_ones.enter_context(open_notify())
        mail = open_ones.enter_context(servers.open_server(behaves, greets=True))
        notify.always = {"hanging": "hang", "dripping": "drip", "lying": "bad_json", "dead": "503"}[how]
        port = free_port() if how == "dead" else mail.port
        senders = {"email": SmtpSender("127.0.0.1", port, "hub@hub.example", timeout=4), "text": notify.text_sender}
        in_a_hurry()
        queue(hub, "email", 3)
        queue(hub, "text", 3)

        def work() -> None:
            for _round in range(2):
                send_what_is_due(now(), senders)

        worker = fork(work)
        # Not before the worker waits for the other side: then what is open is what would stand in the way.
        ends = time.monotonic() + 60
        while not (notify.asked or mail.asked) and time.monotonic() < ends:
            time.sleep(0.005)
        took: list[float] = []
        for number in range(INTAKES):
            took += ask_for_help(Client(), f"Asks {how} {number}", f"{how}{number}@person.example")
        was_still_waiting = os.waitpid(worker, os.WNOHANG)[0] == 0
        if was_still_waiting:
            os.waitpid(worker, 0)
        notify.always = ""
        outcome = Counter(Message.objects.values_list("failed_because", flat=True))
        sent = Message.objects.filter(sent_at__isnull=False).count()
        Message.objects.update(stopped_at=now())  # the next part begins with its own
    from alongside.journey.referrals.models import Referral

    return {
        "taken_in": Referral.objects.filter(person__chosen_name__startswith=f"Asks {how}").count(),
        "slowest": max(took),
        "worker_was_still_waiting": was_still_waiting,
        "given_up": sum(count for code, count in outcome.items() if code),
        "sent": sent,
    }


def ask_for_help(browser: Any, name: str, email: str) -> list[float]:
    """Come in by the public door, page by page, as a browser does; give the seconds that each request took."""
    steps: dict[str, dict[str, Any]] = {
        "/ask/": {"safe": "yes"},
        "/ask/who/": {"who": "me", "age_band": "26_64"},
        "/ask/name/": {"name": name},
        "/ask/reach/": {"channels": ["email"]},
        "/ask/reach-details/": {"email_value": email},
        "/ask/check/": {"website": ""},
    }
    took = []
    for page, sent in [*steps.items(), ("/ask/heard/", None)]:
        began = time.monotonic()
        answered = browser.post(page, sent) if sent else browser.get(page)
        took.append(time.monotonic() - began)
        assert answered.status_code == (302 if sent else 200), (page, answered.status_code)
    return took


def _stand() -> dict[str, Any]:
    from alongside.members.models import Task
    from alongside.messages.models import Message

    waiting = Message.objects.filter(sent_at__isnull=True, stopped_at__isnull=True, failed_at__isnull=True)
    return {
        "waiting": waiting.count(),
        "sent": Message.objects.filter(sent_at__isnull=False).count(),
        "tasks": dict(Counter(Task.objects.values_list("what", flat=True))),
    }


if __name__ == "__main__":
    main()

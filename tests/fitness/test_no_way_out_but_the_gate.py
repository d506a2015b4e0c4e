"""No code path to a sender but the gate, and none to the network but `connections` (trust.md C12, C21; issue "trust", B10 and B12).

The import contracts of pyproject.toml say which folder may import what; here stands what they cannot say: parts of packages, names
that are imported while running, who calls a sender, who makes a message. Each rule is shown to catch what it is there for: `CAUGHT`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "alongside"
Rule = Callable[[str, ast.Module], Iterator[str]]

NETWORK = (
    "aiohttp", "asyncio", "django.core.mail", "ftplib", "http.client", "http.server", "httpx", "imaplib", "nntplib",
    "notifications_python_client", "paramiko", "poplib", "pycurl", "requests", "smtplib", "socket", "socketserver", "ssl", "telnetlib",
    "urllib.request", "urllib3", "webbrowser", "websockets", "xmlrpc",
)  # fmt: skip
SENDERS = ("alongside.connections.email", "alongside.connections.notify", "alongside.connections.sending")
OWN_PROGRAMS = {
    "demo/management/commands/bench.py",
    "demo/bench/cluster.py",
    "backups/databases.py",
    "backups/restoring.py",
    "journey/directory/commands/ahead.py",
}
"""The bench starts a database of its own; a copy is made and restored by PostgreSQL's programs, and checked by this very one; a large feed
is worked out by a module of ours that knows nothing but the words that it is given."""
SENDING_CALLS = {
    "send", "sendall", "sendto", "sendmail", "send_mail", "send_mass_mail", "mail_admins", "mail_managers", "email_user",
    "send_sms_notification", "send_letter_notification", "send_email_notification", "send_precompiled_letter_notification",
    "send_messages", "became_of",
}  # fmt: skip
CALLED_BY = {
    # A witness is an organisation, and is told where the journal ends: it is no message about anybody.
    "send": {"messages/delivery.py", "messages/witness.py"},
    "became_of": {"messages/delivery.py"},
    "senders": {"messages/senders.py", "web/management/commands/work.py"},
    "deliver": {"web/tasks.py", "demo/play.py"},
    "claim_message": {"messages/delivery.py"},
    "mark_sent": {"messages/delivery.py"},
}
"""Who may call each step on the way out, by the last part of its name; `connections` sends within itself."""
NOT_A_SENDER = {"trips/__init__.py", "trips/pipeline.py"}
"""They send statements to the database."""


def imported(tree: ast.Module) -> Iterator[str]:
    """Give every module that is imported, also while running, by its whole name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{one.name}" for one in node.names)
        elif isinstance(node, ast.Call) and called(node) in ("import_module", "__import__"):
            yield from (one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str))


def called(node: ast.Call) -> str:
    """Give the last part of the name of what is called."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def is_within(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == one or name.startswith(f"{one}.") for one in packages)


def only_connections_reach_the_network(path: str, tree: ast.Module) -> Iterator[str]:
    """Nothing else imports a module that can open a connection, in whole or in part."""
    if not path.startswith("connections/"):
        yield from (name for name in imported(tree) if is_within(name, NETWORK))


def only_one_place_makes_senders(path: str, tree: ast.Module) -> Iterator[str]:
    """Senders are made in one file; how one says no is known to delivery as well."""
    by_place = {"messages/senders.py": SENDERS, "messages/delivery.py": SENDERS[2:], "messages/witness.py": SENDERS[2:]}
    allowed = by_place.get(path, ())
    if not path.startswith("connections/"):
        yield from (name for name in imported(tree) if is_within(name, SENDERS) and not is_within(name, allowed))


def only_delivery_calls_a_sender(path: str, tree: ast.Module) -> Iterator[str]:
    """Each step on the way out is called from where it is meant to be, and from nowhere else."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or path.startswith("connections/") or path in NOT_A_SENDER:
            continue
        name = called(node)
        if (name in SENDING_CALLS or name in CALLED_BY) and path not in CALLED_BY.get(name, set()):
            yield f"calls {name}"


def no_sender_is_taken_by_a_side_door(path: str, tree: ast.Module) -> Iterator[str]:
    """No sender's method is taken by its name as a text; delivery asks so whether one can say what became of a message."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) in ("getattr", "attrgetter", "methodcaller"):
            texts = {one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)}
            if texts & SENDING_CALLS and path != "messages/delivery.py" and not path.startswith("connections/"):
                yield f"takes {sorted(texts & SENDING_CALLS)[0]} by its name"


def only_the_gate_makes_messages(path: str, tree: ast.Module) -> Iterator[str]:
    """A row of the outbox is made by the commands that ask the gate, and its facts are written nowhere else."""
    names_it = "alongside.messages.models.Message" in set(imported(tree))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not names_it or path == "messages/commands.py":
            continue
        if isinstance(node.func, ast.Name) and node.func.id == "Message":
            yield "makes a Message"
        chain = ast.unparse(node.func)
        if chain.startswith("Message.objects") and chain.rsplit(".", 1)[-1] in (
            "create",
            "update",
            "bulk_create",
            "get_or_create",
        ):
            yield "writes a Message"


def nobody_starts_a_program(path: str, tree: ast.Module) -> Iterator[str]:
    """A program that is started could send; those that start one start our own, or the database's."""
    if path not in OWN_PROGRAMS:
        yield from (name for name in imported(tree) if is_within(name, ("subprocess", "pty", "multiprocessing")))


RULES: tuple[Rule, ...] = (
    only_connections_reach_the_network,
    only_one_place_makes_senders,
    only_delivery_calls_a_sender,
    no_sender_is_taken_by_a_side_door,
    only_the_gate_makes_messages,
    nobody_starts_a_program,
)


@pytest.fixture(scope="module")
def house() -> dict[str, ast.Module]:
    """Give every file of the house but its tests."""
    files = [path for path in SOURCE.rglob("*.py") if "tests" not in path.parts and "migrations" not in path.parts]
    return {str(path.relative_to(SOURCE)): ast.parse(path.read_text()) for path in files}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_the_rule(house: dict[str, ast.Module], rule: Rule) -> None:
    assert [f"{path}: {found}" for path, tree in house.items() for found in rule(path, tree)] == []


CAUGHT: list[tuple[Rule, str, str]] = [
    (only_connections_reach_the_network, "web/views/workers.py", "import smtplib"),
    (only_connections_reach_the_network, "web/views/workers.py", "import http.client"),
    (only_connections_reach_the_network, "web/views/workers.py", "from http import client"),
    (only_connections_reach_the_network, "web/views/workers.py", "from urllib import request"),
    (only_connections_reach_the_network, "web/views/workers.py", "from urllib.request import urlopen"),
    (only_connections_reach_the_network, "messages/commands.py", "from django.core.mail import send_mail"),
    (only_connections_reach_the_network, "messages/commands.py", "from django.core import mail"),
    (only_connections_reach_the_network, "members/rules.py", "import importlib; importlib.import_module('requests')"),
    (only_connections_reach_the_network, "members/rules.py", "__import__('socket')"),
    (only_one_place_makes_senders, "web/tasks.py", "from alongside.connections.email import SmtpSender"),
    (only_one_place_makes_senders, "messages/commands.py", "from alongside.connections import notify"),
    (only_one_place_makes_senders, "messages/delivery.py", "from alongside.connections.email import SmtpSender"),
    (only_delivery_calls_a_sender, "messages/commands.py", "sender.send(to='', subject='', body='', key='')"),
    (only_delivery_calls_a_sender, "web/views/public.py", "senders()['email'].send(to='')"),
    (only_delivery_calls_a_sender, "journey/referrals/commands/triage.py", "deliver(message_id=1)"),
    (only_delivery_calls_a_sender, "web/tasks.py", "claim_message(message_id=1)"),
    (only_delivery_calls_a_sender, "access/adapter.py", "super().send_mail('', '', {})"),
    (no_sender_is_taken_by_a_side_door, "web/tasks.py", "getattr(one, 'send')(to='')"),
    (no_sender_is_taken_by_a_side_door, "web/tasks.py", "operator.methodcaller('send', to='')(one)"),
    (only_the_gate_makes_messages, "web/tasks.py", "from alongside.messages.models import Message\nMessage(channel='email')"),
    (only_the_gate_makes_messages, "web/tasks.py", "from alongside.messages.models import Message\nMessage.objects.create()"),
    (
        only_the_gate_makes_messages,
        "members/commands/tasks.py",
        "from alongside.messages.models import Message\nMessage.objects.filter(pk=1).update(stopped_at=None)",
    ),
    (nobody_starts_a_program, "web/tasks.py", "import subprocess"),
    (nobody_starts_a_program, "web/tasks.py", "from subprocess import run"),
]


@pytest.mark.parametrize(("rule", "path", "code"), CAUGHT)
def test_each_rule_catches_what_it_is_there_for(rule: Rule, path: str, code: str) -> None:
    assert list(rule(path, ast.parse(code))) != []


def test_every_rule_has_something_that_it_catches() -> None:
    assert {rule for rule, _path, _code in CAUGHT} == set(RULES)


def test_the_sign_in_library_sends_nothing_by_itself() -> None:
    """Its adapter is the one door that it sends by, and that door is shut (C12)."""
    from alongside.access.adapter import InvitedOnly

    [body] = [
        node
        for node in ast.walk(ast.parse((SOURCE / "access" / "adapter.py").read_text()))
        if isinstance(node, ast.FunctionDef) and node.name == "send_mail"
    ]
    assert [type(one) for one in body.body] == [ast.Expr] and isinstance(body.body[0].value, ast.Constant)  # type: ignore[attr-defined]
    assert "send_mail" in vars(InvitedOnly)

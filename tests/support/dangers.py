"""What may stand in few places of the house, each with its reason: what turns text into a page, a query, a program or an object.

Quick rules over the source, run by `./alongside check`; each is shown to catch what it is there for in `tests/fitness`. What limits
reads of records about people is `config/unscoped.py`; what may reach the network or send stands in
`tests/fitness/test_no_way_out_but_the_gate.py` and in the import contracts. Source: trust.md V8, C34.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "alongside"


class Rule(NamedTuple):
    """One danger: how it is found in a file, and where it may stand, with the reason."""

    what: str
    find: Callable[[ast.Module], Iterator[int]]
    allowed: dict[str, str]
    caught: tuple[str, ...]
    """Lines that it must find; the tests try each."""


def called(*names: str) -> Callable[[ast.Module], Iterator[int]]:
    """Find calls by the whole dotted name, or by its last part when that is written with a dot in front."""

    def find(tree: ast.Module) -> Iterator[int]:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                whole = ast.unparse(node.func)
                if whole in names or "." + whole.rsplit(".", 1)[-1] in names:
                    yield node.lineno

    return find


def imported(*packages: str) -> Callable[[ast.Module], Iterator[int]]:
    """Find imports of a module or of anything in it."""

    def find(tree: ast.Module) -> Iterator[int]:
        for node in ast.walk(tree):
            named = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                named = [node.module, *(f"{node.module}.{one.name}" for one in node.names)]
            if any(one == package or one.startswith(f"{package}.") for one in named for package in packages):
                yield node.lineno

    return find


def either(*finds: Callable[[ast.Module], Iterator[int]]) -> Callable[[ast.Module], Iterator[int]]:
    return lambda tree: iter(sorted({line for find in finds for line in find(tree)}))


def through_a_shell(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.keyword)
            and node.arg == "shell"
            and not (isinstance(node.value, ast.Constant) and not node.value.value)
        ):
            yield node.value.lineno


def unverified(tree: ast.Module) -> Iterator[int]:
    """A certificate or a signature that is not asked for."""
    off = {"verify": (False,), "cert_reqs": ("CERT_NONE",), "check_hostname": (False,), "assert_hostname": (False,)}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.keyword)
            and isinstance(node.value, ast.Constant)
            and node.value.value in off.get(node.arg or "", ())
        ):
            yield node.value.lineno
        if isinstance(node, ast.Constant) and node.value in ("verify_signature", "verify_aud", "verify_exp", "verify_iss"):
            yield node.lineno


def unprotected(tree: ast.Module) -> Iterator[int]:
    """A view that waives what protects every other, as a call or as a decorator."""
    names = {"csrf_exempt", "xframe_options_exempt", "requires_csrf_token"}
    for node in ast.walk(tree):
        said = [node.func] if isinstance(node, ast.Call) else getattr(node, "decorator_list", [])
        yield from (one.lineno for one in said if ast.unparse(one).rsplit(".", 1)[-1] in names)


def sees_every_field(tree: ast.Module) -> Iterator[int]:
    """A form that takes whatever its table has (`fields = "__all__"`)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and node.value.value == "__all__":
            yield node.lineno


RULES = (
    Rule(
        "a text is taken for finished HTML",
        called(
            "mark_safe", "SafeString", "SafeText", ".mark_safe", "Markup", "markupsafe.Markup", "format_html", "format_html_join"
        ),
        {
            "access/pages.py": "the empty text that a sign-in page begins with",
            "access/templatetags/around.py": "a page of our own that its template has just escaped, put around another",
            "design/sentences.py": "sentences of templates, which are ours; what is put into them is escaped",
        },
        ("mark_safe(a)", "safestring.mark_safe(a)", "Markup(gettext(a))", "SafeString(a)", "format_html(a)"),
    ),
    Rule(
        "SQL is written by hand",
        called(".cursor", ".raw", ".extra", "RawSQL", ".RawSQL", ".executescript"),
        {
            "backups/": "copies whole tables, counts them and compares them; names come from the database itself",
            "config/checks.py": "asks a database for its settings before anything starts",
            "connections/indexes.py": "makes indexes that the framework has no words for; names are ours",
            "demo/bench/": "measures, on a database of its own",
            "demo/bulk/": "fills a hub for load, in the demonstration only; names are those of our models",
            "journal/": "lays guards, and seals rows letter by letter as the database wrote them; names are ours, values are parameters",
            "journey/directory/commands/quickly.py": "writes the rows of the index of words, and postcodes, by the million, for each of which the framework would make an object; values are parameters or whole numbers",
            "journey/directory/queries/best.py": "reads so many rows for each term, which the framework has no words for on SQLite; values are parameters",
            "trips/": "sends statements that the framework compiled, several in one trip",
        },
        ("connection.cursor()", "Person.objects.raw('SELECT 1')", "rows.extra(where=['1=1'])", "RawSQL('1', [])"),
    ),
    Rule(
        "a text is run as a program, or read as an object",
        either(
            called(
                "eval", "exec", "compile", "__import__", "yaml.load", "yaml.unsafe_load", "os.system", "os.popen", ".literal_eval"
            ),
            imported("pickle", "cPickle", "dill", "shelve", "marshal", "jsonpickle", "joblib"),
        ),
        {},
        ("eval(a)", "exec(a)", "import pickle", "from shelve import open", "yaml.load(a)", "os.system(a)", "__import__(a)"),
    ),
    Rule("a program is started through a shell", through_a_shell, {}, ("subprocess.run(a, shell=True)", "run(a, shell=yes)")),
    Rule(
        "a certificate or a signature is not verified",
        either(unverified, called("ssl._create_unverified_context", "._create_unverified_context")),
        {
            "connections/openid.py": "judges the moments of a token by itself, with the moment handed in; signature, issuer and audience are asked"
        },
        ("get(a, verify=False)", "Pool(cert_reqs='CERT_NONE')", "decode(a, options={'verify_signature': False})"),
    ),
    Rule(
        "XML is read by a parser that may fetch or swell",
        imported("xml.etree", "xml.sax", "xml.dom", "xml.parsers", "xmlrpc", "lxml"),
        {},
        ("import xml.etree.ElementTree", "from lxml import etree"),
    ),
    Rule(
        "chance that can be foretold is used",
        imported("random", "numpy.random"),
        {
            "backups/drill.py": "where a copy is damaged on purpose, and by the system's own chance at that",
            "demo/": "made-up people are the same for the same seed",
        },
        ("import random", "from random import choice"),
    ),
    Rule(
        "a form of ours is taken without its token, or a page may stand in a frame",
        unprotected,
        {
            "exchange/fhir/views.py": "asked by machines that show a token of their own and have no cookie",
            "exchange/open_referral/publishing/views.py": "takes nothing; a machine that sends something is told so in JSON, and not by a page",
            "messages/callbacks.py": "asked by GOV.UK Notify, which shows a token and has no cookie",
        },
        ("csrf_exempt(view)", "@csrf_exempt\ndef a(): ...", "@decorators.xframe_options_exempt\ndef a(): ..."),
    ),
    Rule(
        "a form takes every field of a table, or a table is made a form by itself",
        either(sees_every_field, imported("django.forms.models"), called("modelform_factory", "forms.modelform_factory")),
        {},
        ("fields = '__all__'", "forms.modelform_factory(Person)", "from django.forms.models import ModelForm"),
    ),
)


def files() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        if not {"tests", "migrations"} & set(path.parts):
            yield str(path.relative_to(SOURCE)), ast.parse(path.read_text())


def faults() -> list[str]:
    """Name every place where a danger stands and may not."""
    found = []
    for name, tree in files():
        for rule in RULES:
            if not name.startswith(tuple(rule.allowed)):
                found += [f"{name}:{line} {rule.what}" for line in rule.find(tree)]
    return found + templates()


UNESCAPED = re.compile(r"\|\s*safe\b|autoescape\s+(false|off)|\{%-?\s*raw\b|\|\s*forceescape\b", re.IGNORECASE)


def templates() -> list[str]:
    """No template, of either kind, says that something need not be escaped."""
    found = []
    for path in sorted([*SOURCE.rglob("*.jinja"), *SOURCE.rglob("templates/**/*.html"), *SOURCE.rglob("templates/**/*.txt")]):
        for number, line in enumerate(path.read_text().splitlines(), start=1):
            if UNESCAPED.search(line):
                found.append(f"{path.relative_to(SOURCE)}:{number} says that something need not be escaped")
    return found

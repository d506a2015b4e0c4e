"""The source itself: what no import contract can say (style.md)."""

from __future__ import annotations

import ast
import inspect
import pkgutil
import re
import textwrap
from dataclasses import fields
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import alongside
from alongside.design.page import Page

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "alongside"
MODULES = [
    one.name
    for one in pkgutil.walk_packages(alongside.__path__, "alongside.")
    if ".tests" not in one.name and ".migrations" not in one.name
]
STAGES = sorted({path.parent for path in (SOURCE / "journey").glob("*/models*")})


@pytest.mark.parametrize("name", [name for name in MODULES if "commands" in name.split(".") and "management" not in name])
def test_every_public_function_that_writes_is_a_command(name: str) -> None:
    """A function that takes an actor and a moment writes, and leaves its entry (ADR 0003)."""
    module = import_module(name)
    bare = [
        function_name
        for function_name, function in vars(module).items()
        if inspect.isfunction(function)
        and function.__module__ == name
        and not function_name.startswith("_")
        and {"actor", "at"} <= set(inspect.signature(function).parameters)
        and not hasattr(function, "command_name")
    ]
    assert bare == []


WHO_MAY_IS_DECIDED_ELSEWHERE = {
    "access.commands.begin_and_propose": "begin_agreement, which it calls first, asks",
    "access.commands.give_another_hat": "give_hat, which it calls first, asks",
    "access.commands.take_back_relation": "it finds only what this very worker declared",
    "access.commands.note_step_up": "whoever has just shown that it is them; it is checked where it is shown",
    "access.commands.end_session": "it finds only what is this very account's",
    "access.commands.end_other_sessions": "it finds only what is this very account's",
    "access.commands.link_account_elsewhere": "the signed-in worker, or their invitation; both are checked where the provider leads back",
    "access.commands.link_person_elsewhere": "the person themselves, proven by the provider, where it leads back",
    "access.commands.sign_in_elsewhere": "whoever the provider has proven; it gives only the account that they are linked with",
    "access.commands.unlink_account_elsewhere": "it finds only what is this very account's",
    "access.commands.put_on_hat": "the actor was built from this very hat, for this very account",
    "access.commands.set_first_password": "whoever has the link of the account; it is checked where it is opened",
    "exchange.commands.receive_message": "whoever has a client's token, or runs the installation; any door is open (promise 1)",
    "hubs.commands.begin_hub": "only the command line begins hubs, and a hub that begins has nobody who could ask",
    "safety.own_page.commands.open_by_link": "whoever has the link and the number that was agreed",
    "safety.own_page.commands.count_wrong_number": "whoever has the link",
    "safety.own_page.commands.ask_for_code": "anybody may ask; a code goes only for the number that was agreed, and only to its own way",
    "safety.own_page.commands.sign_in_by_code": "whoever wrote the code in the browser that asked for it; it is checked there",
    "journey.directory.commands.import_entries": "only the command line imports",
    "journey.directory.commands.import_places": "only the command line imports",
    "journey.directory.commands.import_postcodes": "only the command line imports",
    "journey.directory.commands.suggest_correction": "anybody may say that an entry is wrong",
    "journey.handovers.commands.raise_unanswered": "only the sweep raises",
    "journey.referrals.commands.receive_referral": "any door is open (promise 1)",
    "journey.referrals.commands.change_reach": "the referral was found by its private link",
    "journey.referrals.commands.change_mind": "the referral was found by its private link",
    "journey.referrals.commands.add_to_referral": "the referral was found by its private link, or by the command that calls it",
    "journey.referrals.commands.keep_draft": "whoever knows the draft's code",
    "journey.referrals.commands.hear_draft": "whoever knows the draft's code",
    "journey.referrals.commands.finish_draft": "whoever knows the draft's code",
    "safety.commands.say_nobody_new": "everybody who works here says it for themselves; who wears no hat is refused",
    "safety.commands.settle_who_is_meant": "settle_exclusion, which it calls first, asks",
    "safety.commands.declare_relation": "everybody who works here says for themselves whom they know; who wears no hat is refused",
}
"""Commands that ask nobody by themselves, each with its reason. Whoever adds one says here why nothing is asked."""


def _folder(name: str) -> str:
    """Name where a command stands without the file: a stage may keep its commands in several."""
    before, found, _file = name.removeprefix("alongside.").partition(".commands")
    return before + found


def commands() -> dict[str, Any]:
    return {
        f"{_folder(name)}.{function_name}": function
        for name in MODULES
        if {"commands", "clients"} & set(name.split("."))
        for function_name, function in vars(import_module(name)).items()
        if getattr(function, "command_name", "") and function.__module__ == name
    }


def asks_who_may(function: Any) -> bool:
    """Tell whether a command calls a check of a policy, or finds what it changes through one: a lock that takes the actor."""
    body = ast.parse(textwrap.dedent(inspect.getsource(inspect.unwrap(function))))
    for call in (one for one in ast.walk(body) if isinstance(one, ast.Call)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        takes_actor = any(getattr(given, "id", "") == "actor" for given in [*call.args, *(word.value for word in call.keywords)])
        if takes_actor and name.lstrip("_").startswith(("check_", "lock_", "visible_to", "person_within_reach")):
            return True
        if name in ("lock_by_link", "_lock_with_code"):
            return True
    return False


def test_every_command_asks_who_may_or_says_why_not() -> None:
    """Shown to fail: with the check taken out of any one command."""
    silent = {name for name, function in commands().items() if not asks_who_may(function)}
    assert silent == set(WHO_MAY_IS_DECIDED_ELSEWHERE)


def all_pages() -> dict[str, set[str]]:
    """Every template and the names that its page, or pages, hold."""
    found: dict[str, set[str]] = {}
    for name in MODULES:
        if "pages" in name.split("."):
            for page in vars(import_module(name)).values():
                if inspect.isclass(page) and issubclass(page, Page) and page.template:
                    own = {field.name for field in fields(page)} | {"has_errors"}
                    found[page.template] = found.get(page.template, own) & own if page.template in found else own
    return found


@pytest.mark.parametrize(("template", "names"), sorted(all_pages().items()))
def test_a_template_uses_only_what_its_page_holds(template: str, names: set[str]) -> None:
    """The NHS templates need an undefined that prints nothing, so a typing mistake would be silent (ADR 0005)."""
    [path] = [path for path in SOURCE.rglob("*.jinja") if str(path).endswith(f"jinja2/{template}")]
    used = set(re.findall(r"\bpage\.(\w+)", path.read_text()))
    assert used <= names, f"{template}: {sorted(used - names)}"


ALLOWED = {
    "README.md", "__init__.py", "apps.py", "codes.py", "rules.py", "models.py", "policies.py", "queries.py", "commands.py", "forms.py",
    "pages.py", "views.py", "tasks.py", "urls.py", "jinja2", "static", "migrations", "tests", "forms", "pages", "views", "queries", "commands",
    "models",
}  # fmt: skip


@pytest.mark.parametrize("stage", STAGES, ids=lambda path: path.name)
def test_a_stage_has_only_the_files_that_every_stage_may_have(stage: Path) -> None:
    unknown = {path.name for path in stage.iterdir() if path.name != "__pycache__"} - ALLOWED
    assert unknown == set()


@pytest.mark.parametrize("stage", STAGES, ids=lambda path: path.name)
def test_a_stage_is_entered_by_its_doors_only(stage: Path) -> None:
    """Another stage reaches it only through models, queries, commands, codes (and the rule that derives a status)."""
    doors = {"models", "queries", "commands", "codes", "rules"}
    wrong = []
    for path in (SOURCE / "journey").rglob("*.py"):
        if stage in path.parents or "/tests/" in str(path):
            continue
        for found in re.findall(rf"alongside\.journey\.{stage.name}\.(\w+)", path.read_text()):
            if found not in doors:
                wrong.append(f"{path.relative_to(SOURCE)} enters {stage.name} by {found}")
    assert wrong == []


@pytest.mark.parametrize("stage", STAGES, ids=lambda path: path.name)
def test_views_and_forms_touch_no_table(stage: Path) -> None:
    wrong = []
    for path in [
        *stage.glob("views*/**/*.py"),
        *stage.glob("views.py"),
        *stage.glob("forms*/**/*.py"),
        *stage.glob("forms.py"),
        *stage.glob("pages*/**/*.py"),
        *stage.glob("pages.py"),
    ]:
        text = path.read_text()
        if ".objects" in text or re.search(rf"from alongside\.journey\.{stage.name}\.models import", text):
            wrong.append(str(path.relative_to(SOURCE)))
    assert wrong == []


def views_forms_and_pages() -> list[Path]:
    """Every file of the whole house that shows or asks something."""
    parts = ("views", "forms", "pages")
    return [
        path
        for path in sorted(SOURCE.rglob("*.py"))
        if "tests" not in path.parts and (path.stem in parts or path.parent.name in parts) and "design" not in path.parts
    ]


@pytest.mark.parametrize("path", views_forms_and_pages(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_what_shows_or_asks_imports_no_table(path: Path) -> None:
    """A view loads through a query, asks one command and answers; it never names a table, of its own folder or another's."""
    found = [
        node.module
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module and re.search(r"^alongside\..*\bmodels$", node.module)
    ]
    assert found == []


def test_every_folder_says_what_it_is() -> None:
    folders = [
        path
        for path in SOURCE.iterdir()
        if (path / "__init__.py").exists() and path.name not in ("config", "journey", "api", "locale")
    ] + STAGES
    assert [path.name for path in folders if not (path / "README.md").exists()] == []


def test_every_setting_of_the_environment_is_explained() -> None:
    used = set(re.findall(r"ALONGSIDE_[A-Z_]+", "".join(path.read_text() for path in (SOURCE / "config").rglob("*.py"))))
    used |= set(re.findall(r"ALONGSIDE_[A-Z_]+", (ROOT / "alongside").read_text()))
    explained = set(re.findall(r"^(ALONGSIDE_[A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert used == explained


def test_no_import_contract_has_an_exception() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    assert "ignore_imports" not in text
    assert "unmatched_ignore" not in text


def test_the_clock_is_read_in_one_place() -> None:
    """Commands, rules and queries take the moment as an argument."""
    wrong = []
    for path in SOURCE.rglob("*.py"):
        if "/tests/" in str(path) or "/demo/" in str(path) or path.name == "clock.py":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            called: Any = getattr(node, "func", None)
            if isinstance(node, ast.Call) and isinstance(called, ast.Attribute) and called.attr in ("now", "today", "utcnow"):
                owner = called.value
                if isinstance(owner, ast.Name) and owner.id in ("datetime", "date", "timezone"):
                    wrong.append(f"{path.relative_to(SOURCE)}:{node.lineno}")
    assert wrong == []


MAKES_FILES = {"tarfile", "csv", "openpyxl", "icalendar", "weasyprint", "pikepdf", "PIL", "puremagic", "zipfile"}
READS_TABLES = {
    "exchange/open_referral/streaming.py",
    "exchange/open_referral/tables.py",
    "exchange/open_referral/reading.py",
    "exchange/postcode_files.py",
    "config/management/commands/document.py",
}
"""What reads a directory or a file of postcodes that an operator hands in, or the policy, may read a table; it makes none."""


def test_only_one_folder_makes_files_and_looks_into_those_that_come_in() -> None:
    """Source: trust.md C19, C20, P11. Shown to fail: with `import csv`, or a file's header, in any view."""
    wrong = []
    for path in SOURCE.rglob("*.py"):
        name = str(path.relative_to(SOURCE))
        if "tests" in path.parts or name.startswith("files/") or name in READS_TABLES:
            continue
        text = path.read_text()
        for node in ast.walk(ast.parse(text)):
            modules = (
                [one.name for one in node.names] if isinstance(node, ast.Import)
                else [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            )  # fmt: skip
            wrong += [f"{name} imports {one}" for one in modules if one.split(".")[0] in MAKES_FILES]
        wrong += [f"{name} says {one}" for one in ("Content-Disposition", "text/csv", "FileResponse") if one in text]
    assert wrong == []


def test_every_page_that_gives_a_file_about_people_asks_who_it_is_again() -> None:
    """`leaves_the_hub` is the one place; the directory is about nobody. Shown to fail: with it taken from any view."""
    bare = [
        f"{name}.{view}"
        for name in MODULES
        if "views" in name.split(".")
        for view, function in vars(import_module(name)).items()
        if inspect.isfunction(function) and function.__module__ == name and not view.startswith("_")
        and "as_file(" in inspect.getsource(inspect.unwrap(function)) and not hasattr(function, "leaves_the_hub")
    ]  # fmt: skip
    assert bare == ["alongside.journey.directory.views.finding.download"]

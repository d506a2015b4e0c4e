"""`./alongside document`: write docs/reference and the hazard log from the code; `--check` says whether they are up to date."""

from __future__ import annotations

import ast
import csv
import inspect
import pkgutil
import textwrap
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

import alongside
from alongside.config import hazards, unscoped
from alongside.config.terms import TERMS
from alongside.design.page import Page
from alongside.hubs.roles import ACTIONS, ROLE_WORDS, ROLES
from alongside.vocabulary.codes import CodeList

ROOT = Path(__file__).resolve().parents[5]
HEAD = "<!-- Written by ./alongside document from the code. Do not change it here. -->\n\n"


class Command(BaseCommand):
    help = "Write docs/reference and the hazard log from the code."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="only say whether the pages are up to date")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = {
            "reference/pages.md": pages(),
            "reference/terms.md": terms(),
            "reference/states.md": states(),
            "reference/who-may-do-what.md": roles(),
            "reference/unscoped-reads.md": unscoped_reads(),
            "safety/hazard-log.md": hazard_log(),
        }
        folder = ROOT / "docs"
        stale = [
            name for name, text in wanted.items() if not (folder / name).exists() or (folder / name).read_text() != HEAD + text
        ]
        if options["check"]:
            if stale:
                raise CommandError(f"Not up to date: {', '.join(stale)}. Run ./alongside document.")
            return
        for name in stale:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(HEAD + wanted[name])
            self.stdout.write(f"wrote docs/{name}")


def modules(*names: str) -> Iterator[Any]:
    """Give every module of the product whose path holds one of these names, in order."""
    for found in sorted(pkgutil.walk_packages(alongside.__path__, "alongside."), key=lambda one: one.name):
        if (
            any(part in names for part in found.name.split(".")[1:])
            and ".tests" not in found.name
            and ".migrations" not in found.name
        ):
            yield import_module(found.name)


def pages() -> str:
    """Every page with the fields that its template may use."""
    lines = ["# Pages", "", "What each page's template may use; nothing else reaches it.", ""]
    for module in modules("pages"):
        for name, page in sorted(vars(module).items()):
            if not (
                inspect.isclass(page) and is_dataclass(page) and issubclass(page, Page) and page.__module__ == module.__name__
            ):
                continue
            helped = field_help(page)
            lines += [f"## {name}", "", f"`{page.template}`: {inspect.getdoc(page)}", ""]
            own = [field for field in fields(page) if field.name in helped]
            lines += [f"- `{field.name}`: {helped[field.name]}" for field in own] + [""]
    return "\n".join(lines)


def field_help(page: type) -> dict[str, str]:
    """Give the sentence under, or in, each field of a page."""
    body = ast.parse(textwrap.dedent(inspect.getsource(page))).body[0]
    assert isinstance(body, ast.ClassDef)
    found: dict[str, str] = {}
    for line, after in zip(body.body, [*body.body[1:], None], strict=True):
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name):
            said = after.value if isinstance(after, ast.Expr) else None
            if isinstance(said, ast.Constant) and isinstance(said.value, str):
                found[line.target.id] = said.value
    for field in fields(page):
        if field.metadata.get("help"):
            found[field.name] = str(field.metadata["help"])
    return found


def terms() -> str:
    """The words on the page, in code, in the NHS data set and in FHIR."""
    lines = ["# Words", "", "| On the page | In code | NHS data set | FHIR R4 |", "|---|---|---|---|"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in TERMS)]) + "\n"


def states() -> str:
    """Every status that is derived from facts, and every code list of a stage."""
    lines = ["# States and code lists", "", "A status is derived from facts by a rule; none of them turns anybody away.", ""]
    for module in modules("rules", "codes"):
        found = getattr(module, "STATES", None)
        if found:
            lines += [f"## {module.__name__.removeprefix('alongside.')}", "", " · ".join(f"`{state}`" for state in found), ""]
        for name, codes in sorted(vars(module).items()):
            if isinstance(codes, CodeList) and name.isupper():
                lines += [f"### {codes.name}", "", f"Source: {codes.source}.", "", "| Code | English | Welsh |", "|---|---|---|"]
                lines += [f"| `{code.code}` | {code.en} | {code.cy} |" for code in codes.values()] + [""]
    return "\n".join(lines)


def unscoped_reads() -> str:
    """Every read of records about people that nothing limits to what its reader may see, with the reason that stands beside it."""
    lines = [
        "# Reads without a scope",
        "",
        "Every other read of a record about a person goes through the policy (`visible_to`), or stands inside a command that has",
        "decided who may. One more line here is one more thing to look at: see ADR 0019.",
        "",
        "| Where | Why it has no scope |",
        "|---|---|",
    ]
    return "\n".join([*lines, *(f"| `{one.file}` `{one.function}` | {one.why} |" for one in unscoped.said())]) + "\n"


def hazard_log() -> str:
    """Every hazard with what holds it, from hazards.py and from the tests that name it."""
    lines = [
        "# Hazard log",
        "",
        *hazards.BOX,
        "",
        "Severities and likelihoods are estimates. A test shows that a control works as written, not that it is the right one, nor that",
        "people will use it so.",
        "",
        "The shape is that of DCB0129: hazard, harm, causes, risk at first, controls, the risk that is aimed at, evidence, and what",
        "passes to the hub (DCB0160). Each test named here says so itself (`@pytest.mark.hazard`); a whole run of the suite fails when a",
        "hazard has no test that passed. Ids in brackets (C12) are controls that tests and comments of the code name too.",
        "",
        "Risk, from 1 (acceptable) to 5 (unacceptable), by severity and likelihood. The scheme is ours: a catastrophic hazard never",
        "comes below 3, so each of those needs an argument of the Clinical Safety Officer that the risk is as low as can be.",
        "",
        f"| | {' | '.join(hazards.LIKELIHOODS.values())} |",
        "|---|---|---|---|---|---|",
        *(
            f"| {words} | {' | '.join(str(one) for one in hazards.RISK[code].values())} |"
            for code, words in hazards.SEVERITIES.items()
        ),
        "",
    ]
    held = hazards.evidence()
    for code, one in hazards.HAZARDS.items():
        lines += [
            f"## {code} {one.what}",
            "",
            f"- **Harm:** {one.harm}. **Causes:** {one.causes}.",
            f"- **Risk at first:** {_risk(one.before)}. **Aimed at:** {_risk(one.target)}.",
            f"- **In the software:** {one.controls}",
            *([f"- **Not built:** {one.not_built}"] if one.not_built else []),
            f"- **For the hub:** {one.hub}",
            "- **Tests that hold it:**",
            *(f"  - `{each.file}`{': ' + _sentence(each.test) if each.test else ''}" for each in held.get(code, [])),
            "",
        ]
    return "\n".join(lines)


def _risk(both: str) -> str:
    severity, likelihood = both.split("/")
    return f"{hazards.SEVERITIES[severity]}, {hazards.LIKELIHOODS[likelihood]}: {hazards.RISK[severity][likelihood]}"


def _sentence(test: str) -> str:
    return test.removeprefix("test_").replace("_", " ")


def roles() -> str:
    """The role table as people can read it."""
    lines = [
        "# Who may do what",
        "",
        "Seeing always needs a relationship as well, and that one's own organisation wrote it or an agreement shares it;",
        "an exclusion by name beats everything. How these play together stands in the second table.",
        "",
        "| Role | Sees | Does | Why, where its row of the list says less |",
        "|---|---|---|---|",
    ]
    for code, role in ROLES.items():
        does = ", ".join(ACTIONS[action].en for action in ACTIONS if action in role.does)
        lines.append(f"| {ROLE_WORDS[code].en} | {', '.join(role.sees) or 'no items'} | {does or 'nothing yet'} | {role.note} |")
    return "\n".join(lines + decisions()) + "\n"


FACTS = {
    "denied": "kept away", "role": "role", "relationship": "relationship", "author": "written by", "objection": "objection",
    "label": "label", "on_list": "on its list", "override": "override", "glass": "broken glass",
}  # fmt: skip


def decisions() -> list[str]:
    """The policy as the table that its tests hold it to."""
    with (ROOT / "src" / "alongside" / "access" / "policy_table.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    lines = [
        "",
        "## Who sees one record",
        "",
        "For a worker who is signed in with a live hat. The first row that fits decides; what is not named does not matter.",
        "The table was written from the specification by another hand than the code's, and every combination of it is tested.",
        "",
        "| | When | Then | Rule | Why |",
        "|---|---|---|---|---|",
    ]
    for row in rows:
        when = "; ".join(f"{said}: {_cell(row[name])}" for name, said in FACTS.items() if row[name] != "*") or "anything else"
        lines.append(
            f"| {row['row']} | {when} | {'**sees it**' if row['decision'] == 'allow' else 'absent'} | {row['rule']} | {row['why']} |"
        )
    return lines


def _cell(values: str) -> str:
    """Write the values of one cell; the roles that see sensitive items are many, and are named together."""
    named, caring = values.split("|"), [code for code, role in ROLES.items() if "sensitive" in role.sees]
    missing = [code for code in caring if code not in named]
    said = [ROLE_WORDS[one].en if one in ROLE_WORDS else one.replace("_", " ") for one in named]
    if len(missing) < 2 <= len(set(named) & set(caring)):
        others = [ROLE_WORDS[one].en for one in named if one not in caring]
        but = f" (not: {ROLE_WORDS[missing[0]].en})" if missing else ""
        said = [*others, f"one that sees sensitive items{but}"]
    return " or ".join(said)

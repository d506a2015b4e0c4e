"""Which reads of records about people have no scope: those that say why, for everybody to read, and those that are a fault."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.apps import apps

from alongside.access.guarded import GuardedManager

SOURCE = Path(__file__).resolve().parents[1]
SCOPES = {"visible_to", "safety_summary", "for_the_person", "under_review", "unscoped", "scope"}
"""What limits a read, or says why nothing does."""


class Unscoped(NamedTuple):
    """One read that says why it has no scope."""

    file: str
    function: str
    why: str


def said() -> list[Unscoped]:
    """List the reads that say why they have no scope, by file."""
    found = []
    for name, tree in _files():
        constants = {
            target.id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for function in _functions(tree):
            for call in _calls(function, "unscoped"):
                [given] = call.args
                why = given.value if isinstance(given, ast.Constant) else constants.get(getattr(given, "id", ""), "")
                found.append(Unscoped(name, function.name, str(why)))
    return sorted(set(found))


def faults() -> list[str]:
    """Name every function outside commands that reads a guarded table and neither limits it nor says why not; and every reason
    that is no sentence written beside it."""
    found = [f"{one.file}: {one.function} says no reason" for one in said() if len(one.why) < 20]
    for name, tree in _files():
        if "commands" in Path(name).with_suffix("").parts and "management" not in Path(name).parts:
            continue
        for function in _functions(tree):
            if _reads_guarded(function) and not any(_calls(function, scope) for scope in SCOPES):
                found.append(f"{name}:{function.lineno} {function.name} reads records about people unscoped")
    return found


def _files() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        if not {"tests", "migrations"} & set(path.parts) and path.name not in ("guarded.py", "unscoped.py"):
            yield str(path.relative_to(SOURCE)), ast.parse(path.read_text())


def _functions(tree: ast.Module) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def _calls(function: ast.FunctionDef, name: str) -> list[ast.Call]:
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    return [one for one in calls if name == getattr(one.func, "attr", getattr(one.func, "id", ""))]


def _reads_guarded(function: ast.FunctionDef) -> bool:
    """Tell whether a guarded table is named in front of `.objects`; a condition inside another read needs a scope as well."""
    tables = {model.__name__ for model in apps.get_models() if isinstance(model._default_manager, GuardedManager)}
    named = (node for node in ast.walk(function) if isinstance(node, ast.Attribute) and node.attr == "objects")
    return any(isinstance(one.value, ast.Name) and one.value.id in tables for one in named)

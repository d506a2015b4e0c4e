"""Small faults, one at a time, put into the code that decides who may see and do what (trust.md V7).

A fault is what a tired hand does: a condition turned round, a clause or a keyword of a filter left out, `and` for `or`, a constant
that is another one, a list that lacks an entry. Words that only people read (sentences, annotations, docstrings) are left as they are.
"""

from __future__ import annotations

import ast
import copy
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

SOURCE = Path(__file__).resolve().parents[2] / "src" / "alongside"
DECIDE = ("access/policy.py", "access/rules.py", "access/actors.py", "access/guarded.py", "hubs/roles.py")
"""The files that decide; everything else asks them."""
OTHER = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.In: ast.NotIn,
    ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And, ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd, ast.Add: ast.Sub, ast.Sub: ast.Add,
}  # fmt: skip
LIMITS = ("filter", "exclude", "annotate")
"""Methods of a query that lose one of what they are given."""
SHAPES = ("distinct", "order_by")
"""Methods of a query that are left out."""
ASKED = ("may", "role_may", "getattr")
"""Functions to which a text says what is asked; to others it is the name of a column, without which nothing works at all."""
ONLY_NAMES = ("M", "ACTIONS", "ROLE_WORDS")
"""Constants that decide nothing: what a type is called, and what people read."""


@dataclass(frozen=True)
class Mutant:
    """One fault: in which file and function (or constant), what is written there instead, and the whole file with it."""

    file: str
    where: str
    change: str
    source: str

    @property
    def name(self) -> str:
        return f"{self.file} {self.where}: {self.change}"

    @property
    def module(self) -> str:
        return "alongside." + self.file.removesuffix(".py").replace("/", ".")


def unchanged(mutant: Mutant) -> Mutant:
    """Give what is put in the same way and changes nothing: whatever fails then fails for another reason than a fault."""
    return Mutant(mutant.file, mutant.where, "nothing is changed", ast.unparse(ast.parse((SOURCE / mutant.file).read_text())))


def mutants(file: str) -> list[Mutant]:
    """Give every fault that can be put into a file, in its order; two that read alike are numbered."""
    tree = ast.parse((SOURCE / file).read_text())
    plain, seen, found = ast.unparse(tree), Counter[tuple[str, str]](), []
    for where, change, source in _faults(tree):
        if source == plain:
            continue
        seen[where, change] += 1
        number = seen[where, change]
        found.append(Mutant(file, where, change if number == 1 else f"{change} ({number})", source))
    return found


def _faults(tree: ast.Module) -> Iterator[tuple[str, str, str]]:
    """Change the tree in one place, give (where, what, the file as it now reads), and change it back."""
    for where, holder, name, place, node in _places(tree):
        for instead in _instead(node):
            change = _change(node, instead)
            _put(holder, name, place, instead)
            yield where, change, ast.unparse(ast.fix_missing_locations(tree))
            _put(holder, name, place, node)


def _change(node: ast.AST, instead: ast.AST) -> str:
    """Say what was changed in one line; of what has many parts, which part is gone."""
    for name in ("args", "keywords", "elts"):
        parts, left = getattr(node, name, ()), getattr(instead, name, ())
        gone = [one for one in parts if one not in left]
        if type(node) is type(instead) and gone and len(left) < len(parts):
            head = _read(node.func).split(".")[-1] + "(...)" if isinstance(node, ast.Call) else _read(node)
            return f"{head} without {_read(gone[0])}"
    return f"{_read(node)} -> {_read(instead)}"


def _read(node: ast.AST) -> str:
    if isinstance(node, ast.If):
        return f"if {ast.unparse(node.test)}: ..."
    if isinstance(node, ast.keyword):
        return f"{node.arg}={ast.unparse(node.value)}" if node.arg else f"**{ast.unparse(node.value)}"
    return "nothing" if isinstance(node, ast.Pass) else " ".join(ast.unparse(node).split())


def _put(holder: ast.AST, name: str, place: int | None, node: ast.AST) -> None:
    if place is None:
        setattr(holder, name, node)
    else:
        getattr(holder, name)[place] = node


Place = tuple[str, ast.AST, str, int | None, ast.AST]


def _places(tree: ast.Module) -> Iterator[Place]:
    """Give every node that says something, with where it hangs; of what stands outside of functions only constants."""
    for one in tree.body:
        if isinstance(one, ast.FunctionDef):
            yield from _inside(one, one.name)
        elif isinstance(one, ast.ClassDef):
            for part in one.body:
                if isinstance(part, (ast.FunctionDef, ast.Assign)):
                    name = part.name if isinstance(part, ast.FunctionDef) else ast.unparse(part.targets[0])
                    yield from _inside(part, f"{one.name}.{name}")
        elif isinstance(one, (ast.Assign, ast.AnnAssign)):
            name = ast.unparse(one.targets[0] if isinstance(one, ast.Assign) else one.target)
            if name.isupper() and name not in ONLY_NAMES:
                yield from _inside(one, name)


def _inside(node: ast.AST, where: str) -> Iterator[Place]:
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "targets", "target", "ctx") or isinstance(node, ast.JoinedStr):
            continue
        for place, one in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(one, ast.AST) and not _is_words(one):
                yield where, node, name, place, one
                yield from _inside(one, where)


def _is_words(node: ast.AST) -> bool:
    """Tell whether something is only for people: a docstring, a sentence."""
    text = node.value if isinstance(node, ast.Expr) else node
    return isinstance(text, ast.Constant) and isinstance(text.value, str) and (" " in text.value or text is not node)


def _instead(node: ast.AST) -> Iterator[ast.AST]:
    """Give what could stand in a node's place by mistake."""
    match node:
        case ast.Compare():
            for place, operator in enumerate(node.ops):
                yield _with(node, "ops", place, OTHER[type(operator)]())
            for place, one in enumerate(node.comparators):
                if isinstance(one, ast.Constant) and isinstance(one.value, str):
                    yield _with(node, "comparators", place, ast.Constant(f"{one.value}x"))
        case ast.BoolOp():
            yield ast.BoolOp(OTHER[type(node.op)](), node.values)
            yield from node.values if len(node.values) == 2 else _less(node, "values")
        case ast.keyword(value=ast.Constant(value=str())):
            yield ast.keyword(node.arg, ast.Constant(f"{node.value.value}x"))
        case ast.BinOp() if type(node.op) in OTHER:
            yield ast.BinOp(node.left, OTHER[type(node.op)](), node.right)
            if isinstance(node.op, (ast.BitAnd, ast.BitOr)):
                yield from (node.left, node.right)
        case ast.UnaryOp(op=ast.Not() | ast.Invert()):
            yield node.operand
        case ast.IfExp():
            yield from (node.body, node.orelse)
        case ast.Constant(value=bool()):
            yield ast.Constant(not node.value)
        case ast.Constant(value=int()):
            yield ast.Constant(node.value + 1)
        case ast.Tuple(ctx=ast.Load()) | ast.List(ctx=ast.Load()) | ast.Set():
            if all(isinstance(one, (ast.Constant, ast.Starred)) or isinstance(node, ast.Set) for one in node.elts):
                yield from _less(node, "elts")
        case ast.comprehension():
            yield from _less(node, "ifs")
        case ast.Call():
            yield from _less(node, "keywords")
            name = ast.unparse(node.func).split(".")[-1]
            if name in LIMITS:
                yield from _less(node, "args")
            if name in SHAPES:
                yield node.func.value
            for place, one in enumerate(node.args if name in ASKED else ()):
                if isinstance(one, ast.Constant) and isinstance(one.value, str):
                    yield _with(node, "args", place, ast.Constant(f"{one.value}x"))
        case ast.If():
            if not isinstance(node.test, (ast.Compare, ast.UnaryOp)):
                yield ast.If(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)
            if not node.orelse:
                yield ast.Pass()
        case ast.AugAssign() if type(node.op) in OTHER:
            yield ast.AugAssign(node.target, OTHER[type(node.op)](), node.value)
            yield ast.Pass()
        case ast.Expr(value=ast.Call()) | ast.Raise():
            yield ast.Pass()


def _with(node: ast.AST, name: str, place: int, one: ast.AST) -> ast.AST:
    changed = copy.copy(node)
    setattr(changed, name, [*getattr(node, name)[:place], one, *getattr(node, name)[place + 1 :]])
    return changed


def _less(node: ast.AST, name: str) -> Iterator[ast.AST]:
    """Give a node without one of its parts, each in turn."""
    for place in range(len(getattr(node, name))):
        changed = copy.copy(node)
        setattr(changed, name, [*getattr(node, name)[:place], *getattr(node, name)[place + 1 :]])
        yield changed


def put_in(mutant: Mutant) -> None:
    """Put a fault into the program that runs: each function keeps its place and gets the other code, each constant the other value.

    So everybody who has imported it has the fault too. There is no way back: it is for a process that ends afterwards.
    """
    module = sys.modules[mutant.module]
    made = ModuleType(module.__name__)
    exec(compile(mutant.source, str(SOURCE / mutant.file), "exec"), vars(made))  # noqa: S102  # our own code, with one fault
    for name, new in list(vars(made).items()):
        old = vars(module).get(name)
        if old is new:
            continue
        if isinstance(new, (FunctionType, type)):
            if new.__module__ == module.__name__:
                _exchange(old, new)
        elif isinstance(new, dict) and name.isupper():
            old.clear()
            old.update(new)
        elif name.isupper() and old != new:
            _everywhere(old, new)


def _exchange(old: Any, new: Any) -> None:
    if isinstance(new, FunctionType):
        old.__code__, old.__defaults__, old.__kwdefaults__ = new.__code__, new.__defaults__, new.__kwdefaults__
    elif isinstance(new, property):
        _exchange(old.fget, new.fget)
    elif isinstance(new, type):
        for name, value in list(vars(new).items()):
            if isinstance(value, (FunctionType, property)) and getattr(value, "__module__", new.__module__) == new.__module__:
                _exchange(vars(old)[name], value)
            elif isinstance(value, str) and not name.startswith("__") and vars(old)[name] != value:
                setattr(old, name, value)


def _everywhere(old: Any, new: Any) -> None:
    """Exchange a constant in every module that holds it by name, and in what functions are given when nothing is said."""
    for module in [one for name, one in sys.modules.items() if name.startswith(("alongside", "tests"))]:
        for name, value in list(vars(module).items()):
            if value is old:
                setattr(module, name, new)
            elif isinstance(value, FunctionType) and value.__defaults__ and any(one is old for one in value.__defaults__):
                value.__defaults__ = tuple(new if one is old else one for one in value.__defaults__)

"""The Welsh of the product: `python -m alongside.design.catalogue extract | merge | compile | check`.

Each area writes its own piece, `locale/cy/pieces/<area>.po`. `merge` puts the pieces together, `compile` makes what Django
reads (neither result is kept in version control), `extract` prints every marked sentence, and `check` names each sentence that
a person may read and that has no Welsh, and each Welsh sentence that does not say whether a speaker has checked it.
Left out of the check: templates on the worker's layout, and Python files that say "For workers only." near their top.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib

PACKAGE = Path(__file__).resolve().parent.parent
LOCALE = PACKAGE / "locale"
WORKERS_ONLY = re.compile(r"for workers only", re.IGNORECASE)
EXTENDS = re.compile(r"""\{%-?\s*extends\s+["']([^"']+)["']\s*-?%\}""")
WORKER_LAYOUT = "design/worker.jinja"
SPEAKER = "checked by a speaker"
"""Stands in the comment of every entry: "to be checked by a speaker", later "checked by a speaker on …"."""
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None, "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
PLURALS = "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 5);"


@dataclass(frozen=True, slots=True)
class Marked:
    """One marked sentence: where it stands, its context when it has one, and whether a person may read it."""

    sentence: str
    context: str | None
    file: str
    line: int
    for_people: bool


def extract(package: Path = PACKAGE) -> Iterator[Marked]:
    """Find every marked sentence of the Python files and the templates."""
    from babel.messages.extract import extract as babel_extract  # only the tests' environment has Babel

    for path in sorted([*package.rglob("*.py"), *package.rglob("*.jinja")]):
        parts = path.relative_to(package).parts
        if "tests" in parts or "migrations" in parts or "locale" in parts:
            continue
        text = path.read_text(encoding="utf-8")
        method = "python" if path.suffix == ".py" else "jinja2.ext:babel_extract"
        options = {"encoding": "utf-8", "silent": "false", "newstyle_gettext": "true", "extensions": "jinja2.ext.do"}
        with path.open("rb") as file:
            for line, message, _comments, context in babel_extract(method, file, keywords=KEYWORDS, options=options):
                first = message[0] if isinstance(message, tuple) else message
                if first:
                    yield Marked(first, context, "/".join(parts), line, for_people=not _is_for_workers(path, text, package))


def _is_for_workers(path: Path, text: str, package: Path) -> bool:
    if path.suffix == ".py":
        return bool(WORKERS_ONLY.search(text[:600]))
    layout = EXTENDS.search(text)
    while layout:
        if layout[1] == WORKER_LAYOUT:
            return True
        above = next((found for found in package.rglob(layout[1]) if "jinja2" in found.parts), None)
        layout = EXTENDS.search(above.read_text(encoding="utf-8")) if above else None
    return str(path).endswith(WORKER_LAYOUT) or bool(WORKERS_ONLY.search(text[:300]))


def merge(locale: Path = LOCALE) -> polib.POFile:
    """Put the pieces together.

    Refuses: ValueError when two pieces translate one sentence differently.
    """
    whole = polib.POFile(wrapwidth=120)
    whole.metadata = {"Language": "cy", "Content-Type": "text/plain; charset=utf-8", "Plural-Forms": PLURALS}
    seen: dict[tuple[str | None, str], tuple[polib.POEntry, str]] = {}
    for piece in sorted((locale / "cy" / "pieces").glob("*.po")):
        for entry in polib.pofile(str(piece), encoding="utf-8"):
            if entry.obsolete:
                continue
            key = (entry.msgctxt, entry.msgid)
            before = seen.get(key)
            if before is None:
                seen[key] = (entry, piece.name)
                whole.append(entry)
            elif (before[0].msgstr, before[0].msgstr_plural) != (entry.msgstr, entry.msgstr_plural):
                raise ValueError(f"{piece.name} and {before[1]} translate {entry.msgid!r} differently. Keep one of the two.")
    return whole


def compile_catalogue(locale: Path = LOCALE) -> Path:
    """Write the merged catalogue in both its forms, text and compiled, and give the compiled file."""
    folder = locale / "cy" / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    whole = merge(locale)
    whole.save(str(folder / "django.po"))
    # Written beside and moved, so that a running server, or tests side by side, never read half a catalogue.
    beside = folder / f"django.mo.{os.getpid()}"
    whole.save_as_mofile(str(beside))
    return beside.replace(folder / "django.mo")


def compile_when_stale(locale: Path = LOCALE) -> None:
    """Compile when a piece is newer than the result, or when there is none; called before Django starts."""
    result = locale / "cy" / "LC_MESSAGES" / "django.mo"
    newest = max((piece.stat().st_mtime for piece in (locale / "cy" / "pieces").glob("*.po")), default=0.0)
    if not result.exists() or result.stat().st_mtime < newest:
        compile_catalogue(locale)


def check(package: Path = PACKAGE, locale: Path = LOCALE) -> list[str]:
    """List what is wrong with the Welsh, a line each; empty when nothing is."""
    whole = merge(locale)
    have = {(entry.msgctxt, entry.msgid): entry for entry in whole}
    wrong = [
        f"{entry.msgid!r}: its comment does not say whether a speaker has checked it."
        for entry in whole
        if SPEAKER not in f"{entry.comment} {entry.tcomment}"
    ]
    wrong += [
        f"{entry.msgid!r}: its Welsh does not have the same placeholders." for entry in whole if not _same_placeholders(entry)
    ]
    missing: dict[tuple[str | None, str], Marked] = {}
    for marked in extract(package):
        entry = have.get((marked.context, marked.sentence))
        if marked.for_people and (entry is None or not entry.translated()):
            missing.setdefault((marked.context, marked.sentence), marked)
    return wrong + [f"{one.file}:{one.line}: {one.sentence!r} has no Welsh." for one in missing.values()]


def _same_placeholders(entry: polib.POEntry) -> bool:
    def names(text: str) -> set[str]:
        return set(re.findall(r"%\((\w+)\)|\{(\w+)\}", text))

    wanted = names(entry.msgid) | names(entry.msgid_plural)
    return all(names(text) <= wanted for text in (entry.msgstr, *entry.msgstr_plural.values())) and (
        not entry.msgstr or names(entry.msgstr) == wanted
    )


def main(arguments: list[str]) -> int:
    """Do one of the four; `check` ends with 1 when something is wrong."""
    match arguments:
        case ["extract"]:
            for marked in extract():
                print(f"{marked.file}:{marked.line}: {'people' if marked.for_people else 'workers'}: {marked.sentence!r}")
        case ["merge"]:
            print(f"{len(merge())} sentences have Welsh.")
        case ["compile"]:
            compile_catalogue()
        case ["check"]:
            wrong = check()
            print("\n".join(wrong) or "All that a person may read has Welsh.")
            return 1 if wrong else 0
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

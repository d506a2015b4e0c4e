"""Taking in the standard spreadsheet of services and needs: each row is new, changed, unchanged, or refused with its reason and kept."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.design.words import words
from alongside.files.sheets import Line
from alongside.files.tables import harmless
from alongside.journal.command import command, note
from alongside.journey.directory.codes import ROWS, SHEET, WHY_NOT_TAKEN
from alongside.journey.directory.commands.assets import record_gap
from alongside.journey.directory.commands.eligibility import OLDEST
from alongside.journey.directory.commands.keeping import add_service
from alongside.journey.directory.commands.taking_in import Outcome, entry_of, take
from alongside.journey.directory.models import ImportRun, RecordedGap, Service
from alongside.journey.directory.policies import check_keeps_every
from alongside.journey.directory.queries.asset_map import offers_within_reach
from alongside.journey.directory.queries.entries import locations_of
from alongside.journey.directory.queries.sheet import BETWEEN, Row, needs_by_service, row_of, standing
from alongside.refusals import Invalid
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.codes import CodeList
from alongside.vocabulary.levels import LEVELS
from alongside.vocabulary.needs import NEEDS
from alongside.vocabulary.postcode import outcode
from alongside.vocabulary.sectors import SECTORS
from alongside.vocabulary.service_entry import ServiceEntry, prints_in
from alongside.vocabulary.text import clean

LONGEST = {"provider": 250, "name": 250, "for_whom": 400, "locality": 120, "lasts": 120}
DECIDES_WHO = {"theme", "age_from", "age_to"}
OURS_ALONE = {"sector", "locality", "lasts"}
"""What no feed says, so that it can be said here of an entry that a feed brought."""
SOURCE = "sheet"
TAKEN, CHANGED, UNCHANGED = "taken", "changed", "unchanged"
"""What becomes of a row that is not refused."""


class NotThisShape(Invalid):
    code = "not_this_shape"
    message = _("The first line of the table has to name the columns of our spreadsheet. Take it out first, and change that.")


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A row that was not taken: its line, why, and what stood in it."""

    line: int
    why: str
    """A code of `WHY_NOT_TAKEN`."""
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    """One row as it was read: its words by column, its codes, and what is wrong with it."""

    line: Line
    said: dict[str, str]
    needs: tuple[str, ...] = ()
    sector: str = ""
    why: str = ""

    @property
    def is_gap(self) -> bool:
        return _code(ROWS, self.said["kind"]) == "gap"

    @property
    def source_id(self) -> str:
        """Give the id of a row without a reference: the same row again is the same service."""
        named = "|".join(clean(self.said[one]).casefold() for one in ("name", "provider", "locality"))
        return f"sheet:{hashlib.sha256(named.encode()).hexdigest()[:32]}"


@dataclass
class SheetOutcome:
    """What came of a spreadsheet: every row is in one of the four."""

    taken: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[NotTaken] = field(default_factory=list)

    def hear(self, row: _Read, became: str) -> None:
        """Count what became of a row; anything but taken, changed and unchanged is why it was refused."""
        self.taken += became == TAKEN
        self.changed += became == CHANGED
        self.unchanged += became == UNCHANGED
        if became not in (TAKEN, CHANGED, UNCHANGED):
            self.refused.append(NotTaken(row.line.number, became, row.line.cells))


@command("directory.sheet_taken_in")
def take_in_sheet(*, actor: Actor, at: datetime, lines: Sequence[Line]) -> SheetOutcome:
    """Take in the spreadsheet of services and needs, as it went out or completed by partners; what it leaves out stays.

    In:       the lines of the table, the first of which names the columns, in English or Welsh, in any order.
    Out:      each row taken, changed, unchanged, or refused with its reason; a refused row stands in the run with its words.
    Refuses:  NotThisRole; NotThisShape, and then nothing is taken.
    Also:     who is offered an entry is never changed by it: that goes through a rehearsal.
    Source:   S2-455; S1-09, S1-10.
    """
    check_keeps_every(actor)
    columns, outcome, gaps = _columns(lines[0]), SheetOutcome(), list[_Read]()
    rows = [_read(line, columns) for line in lines[1:]]
    known = standing(actor, [one for row in rows if (one := _uuid(row.said["reference"]))], [row.source_id for row in rows])
    by_reference = {str(one.public_id): one for one in known}
    by_source = {one.source_id: one for one in known if one.source == "hub"}
    needs = needs_by_service(known)
    seen: set[str] = set()
    for row in rows:
        reference = clean(row.said["reference"]).lower()
        key = f"gap {row.needs} {row.said['locality']}" if row.is_gap else reference or row.source_id
        service = by_reference.get(reference) if reference else by_source.get(row.source_id)
        why = row.why or ("twice" if key in seen else "")
        seen.add(key)
        if why:
            outcome.hear(row, why)
        elif row.is_gap:
            gaps.append(row)
        elif service:
            outcome.hear(row, _take_change(at, row, service, needs[service.pk]))
        else:
            outcome.hear(row, "reference" if reference else _take_new(actor, at, row))
    # After the services: what they offer is no gap.
    reach, recorded = offers_within_reach(actor, at) if gaps else {}, _gaps_of(actor)
    for row in gaps:
        outcome.hear(row, _take_gap(actor, at, row, reach, recorded))
    outcome.refused.sort(key=lambda one: one.line)
    ImportRun.objects.create(
        hub_id=actor.hub, source=SOURCE, at=at, taken=outcome.taken, changed=outcome.changed, unchanged=outcome.unchanged,
        not_taken=len(outcome.refused), problems=[_problem(one) for one in outcome.refused],
    )  # fmt: skip
    note(taken=outcome.taken, changed=outcome.changed, unchanged=outcome.unchanged, not_taken=len(outcome.refused))
    return outcome


def _problem(one: NotTaken) -> list[str]:
    return [f"line {one.line}", f"{words(WHY_NOT_TAKEN, one.why)}: {' | '.join(one.cells)}"]


def _columns(first: Line) -> dict[str, int]:
    found = {_code(SHEET, cell): place for place, cell in reversed(list(enumerate(first.cells)))}
    if not set(SHEET) <= set(found):
        raise NotThisShape
    return found


def _read(line: Line, columns: dict[str, int]) -> _Read:
    cells = {code: line.cells[columns[code]] if columns[code] < len(line.cells) else "" for code in SHEET}
    themes = [part for part in clean(cells["theme"]).split(BETWEEN.strip()) if part.strip()]
    needs = tuple(_code(NEEDS, theme) for theme in themes)
    sector = _code(SECTORS, cells["sector"]) if clean(cells["sector"]) else ""
    row = _Read(line, cells, needs, sector)
    return replace(row, why=_what_is_wrong(row))


def _what_is_wrong(row: _Read) -> str:
    """Give the code of the first thing that is wrong with a row by itself; nothing when it can be taken."""
    said, kind = row.said, _code(ROWS, row.said["kind"])
    if row.line.has_formula:
        return "formula"
    if kind == "gap":
        return "theme" if "" in row.needs else "one_theme" if len(row.needs) != 1 else ""
    low, high = (_age(said[one]) for one in ("age_from", "age_to"))
    found = {
        "kind": not kind,
        "theme": "" in row.needs,
        "no_theme": not row.needs and not clean(said["reference"]),
        "name": not clean(said["name"]),
        "sector": bool(clean(said["sector"])) and not row.sector,
        "age": -1 in (low, high) or (low is not None and high is not None and low > high),
        "level": clean(said["level"]) not in ("", *LEVELS),
        "too_long": any(len(clean(said[one])) > most for one, most in LONGEST.items()),
    }
    return next((why for why, is_wrong in found.items() if is_wrong), "")


def _age(text: str) -> int | None:
    """Read an age; None where none is said, -1 where it is no age."""
    written = clean(text)
    if not written:
        return None
    return int(written) if written.isascii() and written.isdigit() and len(written) < 4 and int(written) <= OLDEST else -1


def _take_gap(actor: Actor, at: datetime, row: _Read, reach: dict[str, Counter[str]], recorded: set[tuple[str, str]]) -> str:
    [need], code = row.needs, outcode(row.said["locality"])
    if (need, code) in recorded and (code or not clean(row.said["locality"])):
        return UNCHANGED
    if code not in reach or (clean(row.said["locality"]) and not code):
        return "place"
    if reach[code][need]:
        return "offer"
    record_gap(actor=actor, at=at, need=need, outcode=code)
    return TAKEN


def _take_change(at: datetime, row: _Read, service: Service, needs: Iterable[str]) -> str:
    stands = row_of(service, needs)
    changed = {one for one in SHEET if one not in ("reference", "kind") and not _is_same(one, row, stands)}
    if changed & DECIDES_WHO:
        return "rehearse"
    if service.source != "hub" and changed - OURS_ALONE:
        return "feed"
    if service.organisation and changed & {"provider", "sector"}:
        return "organisation"
    if not changed:
        return UNCHANGED
    said = {one: clean(row.said[one]) for one in SHEET}
    if changed - OURS_ALONE:
        stood = entry_of(service, locations_of(service), tuple(needs))
        # What stands is what was said last, also where a page said it: so whatever this table says otherwise is new.
        Service.objects.filter(pk=service.pk).update(source_prints=prints_in(stood))
        entry = replace(
            stood, name=said["name"], organisation=said["provider"], description=said["description"],
            for_whom=said["for_whom"], level=int(said["level"] or service.level),
        )  # fmt: skip
        take(service.hub_id, at, service.source, [entry], Outcome())
    _say_what_no_feed_says(service.pk, row)
    return CHANGED


def _is_same(column: str, row: _Read, stands: Row) -> bool:
    if column == "theme":
        return set(row.needs) == {_code(NEEDS, one) for one in str(stands["theme"]).split(BETWEEN) if one}
    if column == "sector":
        return row.sector == _code(SECTORS, str(stands["sector"] or ""))
    before = stands[column]
    # As it stands in a table that went out: there two texts may have become one, and then nothing was changed.
    return clean(str(harmless(row.said[column]))) == clean(str(harmless("" if before is None else str(before))))


def _take_new(actor: Actor, at: datetime, row: _Read) -> str:
    said = {one: clean(row.said[one]) for one in SHEET}
    entry = ServiceEntry(
        source="hub", source_id=row.source_id, name=said["name"], organisation=said["provider"], description=said["description"],
        for_whom=said["for_whom"], age_from=_age(said["age_from"]), age_to=_age(said["age_to"]), level=int(said["level"] or 1),
        needs=row.needs,
    )  # fmt: skip
    service = add_service(actor=actor, at=at, hub_id=actor.hub, entry=entry)
    _say_what_no_feed_says(service.pk, row)
    return TAKEN


def _say_what_no_feed_says(key: int, row: _Read) -> None:
    Service.objects.filter(pk=key).update(sector=row.sector, locality=clean(row.said["locality"]), lasts=clean(row.said["lasts"]))


def _gaps_of(actor: Actor) -> set[tuple[str, str]]:
    return set(RecordedGap.objects.filter(hub_id=actor.hub).values_list("need", "outcode"))


def _code(known: CodeList, text: str) -> str:
    """Give the code of words in English or Welsh, or nothing."""
    wanted = clean(text).casefold()
    return next((one.code for one in known.values() if wanted in (one.code.casefold(), one.en.casefold(), one.cy.casefold())), "")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(clean(text))
    except ValueError:
        return None

"""Verifying the journal against its seals: a plain sentence for each row that was changed, taken out or put in afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from alongside.journal import chain, rows
from alongside.journal.chain import Content, Covered
from alongside.journal.models import HandedHead, Seal
from alongside.journal.sealing import Standing, standing

AT_ONCE = 10_000
"""Rows of a table that are held at a time, more or less."""
SEALS_AT_ONCE = 500
LATEST = 60
"""Seconds after which a row that is not sealed is a finding: the sealer does not run."""
_WITNESSED = re.compile(r"(?:\b(\d{1,12})[\s:]+)?\b([0-9a-f]{64})\b")


@dataclass(frozen=True, slots=True)
class Witnessed:
    """The end of the chain as somebody else has kept it."""

    hash: str
    number: int | None = None


@dataclass
class Report:
    """What was found."""

    rows: int = 0
    seals: int = 0
    findings: list[str] = field(default_factory=list)
    standing: Standing | None = None
    witnessed: int = 0
    """How many heads of witnesses stand in the chain."""


def witnessed_in(text: str) -> list[Witnessed]:
    """Read heads from what a witness kept: the e-mails as they came, or NUMBER:HASH, or a hash alone."""
    return [Witnessed(hashed, int(number) if number else None) for number, hashed in _WITNESSED.findall(text.lower())]


def verify(*, keys: Mapping[str, bytes], at: datetime, witnessed: Sequence[Witnessed] = ()) -> Report:
    """Compare every sealed row with its seal, every seal with the one before it, and the chain with what witnesses hold.

    In:     `keys` by their marks (`sealing.keys`).
    Reach:  rows that are not sealed yet are counted and held to nothing: for some seconds only the guards of the database keep them.
    """
    report = Report()
    handed = [Witnessed(hashed, number) for number, hashed in HandedHead.objects.values_list("number", "hash").distinct()]
    tables = {table: _Table(table, report.findings) for table in chain.TABLES}
    seen: dict[str, int] = {}
    wanted = {one.hash for one in (*witnessed, *handed)}
    last: dict[str, Covered] = {}
    before, expected = chain.FIRST, 1
    for group in _groups():
        usable: list[tuple[Seal, Content, bytes]] = []
        for seal in group:
            report.seals += 1
            if seal.number != expected:
                report.findings.append(_missing_seals(expected, seal.number))
            expected = seal.number + 1
            key, digests = keys.get(seal.key_mark), bytes(seal.digests)
            content = _content_of(seal)
            if key is None:
                report.findings.append(f"Seal {seal.number} was made with a key that ALONGSIDE_JOURNAL_KEY does not hold.")
            elif _hash_of(seal, key, before, digests) != seal.hash or content is None:
                report.findings.append(
                    f"Seal {seal.number} does not follow from the one before it: one of the two was changed, put in or taken out."
                )
            if seal.hash in wanted:
                seen[seal.hash] = seal.number
            before = seal.hash
            if content is not None and key is not None and seal.form in chain.FORMS:
                usable.append((seal, content, key))
                last |= content.covers
        for table in tables.values():
            report.rows += table.compare(usable)
    for name, table in tables.items():
        table.end(last.get(name, Covered()))
    report.findings += _against_witnesses(witnessed, seen, expected - 1, "A witness holds")
    report.findings += _against_witnesses(handed, seen, expected - 1, "A head was handed over:")
    report.witnessed = sum(one.hash in seen for one in witnessed)
    report.standing = standing()
    report.findings += _unsealed(report.standing, at)
    return report


class _Table:
    """One table while it is gone through from its first key to its last."""

    def __init__(self, name: str, findings: list[str]) -> None:
        self.name, self.findings = name, findings
        self.word = chain.WORDS[name]
        self.passed = 0
        self.unsealed: set[int] = set()
        """Keys that are there and that no seal has covered so far: late ones that have come, or what somebody put in."""

    def compare(self, seals: Sequence[tuple[Seal, Content, bytes]]) -> int:
        """Compare the rows of some seals in their order; give how many were compared."""
        compared = 0
        for stretch in _of_one_kind(seals, self.name):
            compared += self._compare(stretch)
        return compared

    def _compare(self, seals: Sequence[tuple[Seal, Content, bytes]]) -> int:
        first, _content, key = seals[0]
        until = max(content.covers.get(self.name, Covered()).until for _seal, content, _key in seals)
        there = (
            rows.rows_after(self.name, first.form, self.passed, until, max(until - self.passed, 1)) if until > self.passed else []
        )
        digests = [chain.row_digest(key, self.name, row_id, text) for row_id, text in there]
        self.passed, place, compared = max(until, self.passed), 0, 0
        for seal, content, _key in seals:
            covered = content.covers.get(self.name, Covered())
            begin = place
            while place < len(there) and there[place][0] <= covered.until:
                place += 1
            expected = _digests_of(seal, content, self.name)
            if not covered.missing and not covered.late and b"".join(digests[begin:place]) == expected:
                compared += place - begin
                continue
            here = dict(zip((row_id for row_id, _text in there[begin:place]), digests[begin:place], strict=True))
            if covered.late:
                texts = rows.rows_of(self.name, seal.form, covered.late)
                here |= {row_id: chain.row_digest(key, self.name, row_id, text) for row_id, text in texts.items()}
            compared += self._one_by_one(seal.number, covered, expected, here)
        return compared

    def _one_by_one(self, number: int, covered: Covered, expected: bytes, here: dict[int, bytes]) -> int:
        sealed = covered.keys
        if len(expected) != len(sealed) * chain.OF_A_ROW:
            self.findings.append(f"Seal {number} does not cover as many rows as it says.")
        for place, row_id in enumerate(sealed):
            digest = here.pop(row_id, None)
            if digest is None:
                self.findings.append(f"{self.word} {row_id} was sealed (in seal {number}) and is not there any more.")
            elif digest != expected[place * chain.OF_A_ROW : (place + 1) * chain.OF_A_ROW]:
                self.findings.append(
                    f"{self.word} {row_id} is not what was sealed (in seal {number}): it was changed afterwards."
                )
        self.unsealed |= here.keys()
        self.unsealed -= set(covered.late)
        return len(sealed)

    def end(self, last: Covered) -> None:
        """Say what is there that neither was sealed nor can still be on its way."""
        put_in = sorted(key for key in self.unsealed if not chain.may_still_come(key, last.open))
        self.findings += [
            f"{self.word} {key} was put in after the rows around it were sealed."
            for key in [*rows.keys_below_one(self.name), *put_in]
        ]


def _groups() -> Iterator[list[Seal]]:
    """Give all seals in order, some at a time."""
    after = None
    while True:
        found = Seal.objects.order_by("number")
        some = list((found.filter(number__gt=after) if after is not None else found)[:SEALS_AT_ONCE])
        if not some:
            return
        after = some[-1].number
        while some:
            count = rows_so_far = 0
            for one in some:
                count += 1
                rows_so_far += len(one.digests) // chain.OF_A_ROW
                if rows_so_far >= AT_ONCE:
                    break
            yield some[:count]
            some = some[count:]


def _of_one_kind(seals: Sequence[tuple[Seal, Content, bytes]], table: str) -> Iterator[Sequence[tuple[Seal, Content, bytes]]]:
    """Take seals together that cover a table in the same form and with the same key."""
    begin = 0
    for place, (seal, _content, _key) in enumerate(seals):
        if (seal.form, seal.key_mark) != (seals[begin][0].form, seals[begin][0].key_mark):
            yield seals[begin:place]
            begin = place
    if begin < len(seals):
        yield seals[begin:]


def _digests_of(seal: Seal, content: Content, table: str) -> bytes:
    """Give the digests that a seal keeps of one table; they stand in the order of the tables of its form."""
    begin = 0
    for name in chain.FORMS[seal.form]:
        covered = content.covers.get(name, Covered())
        count = covered.until - covered.after - sum(last - first + 1 for first, last in covered.missing) + len(covered.late)
        if name == table:
            return bytes(seal.digests[begin : begin + count * chain.OF_A_ROW])
        begin += count * chain.OF_A_ROW
    return b""


def _content_of(seal: Seal) -> Content | None:
    try:
        return Content.read(seal.covers)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        return None


def _hash_of(seal: Seal, key: bytes, before: str, digests: bytes) -> str:
    return chain.seal_hash(
        key,
        before=before,
        number=seal.number,
        at=seal.at,
        form=seal.form,
        rows=seal.rows,
        covers=seal.covers,
        digests=digests,
    )


def _missing_seals(expected: int, found: int) -> str:
    if found < expected:
        return f"Seal {found} is not a number of this chain."
    if found == expected + 1:
        return f"Seal {expected} is not there any more."
    return f"Seals {expected} to {found - 1} are not there any more."


def _against_witnesses(heads: Iterable[Witnessed], seen: Mapping[str, int], last: int, who: str) -> Iterator[str]:
    for head in heads:
        if seen.get(head.hash) is not None and head.number in (None, seen[head.hash]):
            continue
        if head.number is not None and head.number > last:
            yield f"{who} seal {head.number}, and the chain ends at seal {last}: its end was cut off."
        elif head.number is not None:
            yield f"{who} another seal {head.number} than stands here: the chain was written again."
        else:
            yield f"{who} {head.hash[:12]}…, and no seal here is that one: the end was cut off, or the chain was written again."


def _unsealed(found: Standing, at: datetime) -> Iterator[str]:
    if found.oldest and (at - found.oldest).total_seconds() > LATEST:
        yield (
            f"{found.unsealed} rows are not sealed, the oldest for {int((at - found.oldest).total_seconds() // 60)} minutes: "
            "see that the background worker runs (./alongside work)."
        )

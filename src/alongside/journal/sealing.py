"""The one sealer: it gives every entry and every look its place in the keyed chain, within seconds and behind the writers' backs.

Writing costs nothing more for it: no statement, no index. It is not a command, since sealing what it has written itself would
never end. Source: trust.md C23, P6; ADR 0015.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction

from alongside.journal import chain, rows
from alongside.journal.chain import Content, Covered
from alongside.journal.models import Entry, HandedHead, Heartbeat, Look, Seal

MOST = 1_000
"""Rows of one table that one seal covers at most: so long it keeps a writer waiting on SQLite."""
SECONDS = 2
"""Between two rounds: what is written is sealed within five (trust.md C23)."""
BEAT_EVERY = timedelta(minutes=1)
HAND_EVERY = timedelta(hours=1)
_THE_SEALER = 5_150_015
"""The lock that two sealers cannot both have (PostgreSQL)."""
_TASK = "sealer"


def keys() -> dict[str, bytes]:
    """Give the keys of this installation by their marks; the first seals, the others verify what they sealed before."""
    return {chain.mark_of(one.encode()): one.encode() for one in settings.JOURNAL_KEYS}


def seal_all(*, at: datetime, most_seals: int = 500) -> int:
    """Seal what there is, a seal at a time; give how many rows were sealed. It ends when nothing is left, or another sealer works."""
    done = 0
    for _ in range(most_seals):
        sealed = seal_once(at=at)
        if sealed is None:
            break
        done += sealed
    return done


def seal_once(*, at: datetime) -> int | None:
    """Write the next seal, over at most `MOST` rows of each table; None when there is nothing to seal, or another is at it.

    Also:   it is one transaction with one insert: killed at any moment, it has sealed nothing or all of it.
    """
    if not _has_something_to_do():
        return None
    try:
        with transaction.atomic():
            return _seal(at) if rows.is_alone(_THE_SEALER) else None
    except IntegrityError:
        return None  # the number was taken: another sealer was a moment quicker


def _has_something_to_do() -> bool:
    """Look without a lock: an idle hub is not made to wait for its sealer."""
    last = last_seal()
    if last is None:
        return any(rows.last_key(table) for table in chain.TABLES)
    covers = Content.read(last.covers).covers
    return any(one.open or rows.last_key(table) > one.until for table, one in covers.items())


def _seal(at: datetime) -> int | None:
    last = last_seal()
    before = Content.read(last.covers).covers if last else {}
    mark, key = next(iter(keys().items()))
    covers: dict[str, Covered] = {}
    digests: list[bytes] = []
    for table in chain.TABLES:
        covers[table], found = _look_through(table, before.get(table, Covered()), key)
        digests += found
    if not digests and all(_is_the_same(before.get(table, Covered()), one) for table, one in covers.items()):
        return None
    text, together, number = Content(covers).text(), b"".join(digests), last.number + 1 if last else 1
    hashed = chain.seal_hash(
        key,
        before=last.hash if last else chain.FIRST,
        number=number,
        at=at,
        form=chain.FORM,
        rows=len(digests),
        covers=text,
        digests=together,
    )
    Seal(
        number=number,
        at=at,
        form=chain.FORM,
        key_mark=mark,
        rows=len(digests),
        covers=text,
        digests=together,
        hash=hashed,
    ).save(force_insert=True)
    return len(digests)


def _look_through(table: str, before: Covered, key: bytes) -> tuple[Covered, list[bytes]]:
    """Look for what is new in a table, and for what was missing. The order of the three looks is what makes this right:

    who writes, then the rows, then who writes again. Whoever ended before the first look has committed for the second; whoever
    may still bring a key that the second did not find is named by the third, or has committed meanwhile and is found next time.
    """
    still_running = rows.who_writes(table) if before.open else ()
    fresh = rows.rows_after(table, chain.FORM, before.until, None, MOST)
    came = rows.keys_within(table, [hole.keys for hole in before.open])
    late = rows.rows_of(table, chain.FORM, came) if came else {}
    first_keys = [one for one, _text in fresh]
    has_holes = bool(fresh) and first_keys[-1] - before.until > len(fresh)
    covered = chain.next_covered(
        before,
        fresh=first_keys,
        came=came,
        still_running=still_running,
        running_now=rows.who_writes(table) if has_holes else (),
    )
    texts = [*fresh, *((one, late[one]) for one in covered.late)]
    return covered, [chain.row_digest(key, table, row_id, text) for row_id, text in texts]


def _is_the_same(before: Covered, now: Covered) -> bool:
    return (before.until, before.open) == (now.until, now.open)


def last_seal() -> Seal | None:
    """Give the end of the chain."""
    return Seal.objects.order_by("-number").first()


@dataclass(frozen=True, slots=True)
class Standing:
    """How the chain stands: its end, what is not sealed yet, since when, and when the sealer was last alive."""

    number: int
    hash: str
    sealed_at: datetime | None
    unsealed: int
    oldest: datetime | None
    """The moment of the oldest row that is not sealed."""
    beat_at: datetime | None


def standing() -> Standing:
    """Tell how the chain stands. Queries: six."""
    last = last_seal()
    covers = Content.read(last.covers).covers if last else {}
    count, oldest = 0, []
    for model in (Entry, Look):
        waiting = model.objects.filter(pk__gt=covers.get(model._meta.db_table, Covered()).until)
        count += waiting.count()
        first = waiting.order_by("pk").values_list("at", flat=True).first()
        oldest += [first] if first else []
    beat = Heartbeat.objects.filter(task=_TASK).first()
    return Standing(
        number=last.number if last else 0,
        hash=last.hash if last else chain.FIRST,
        sealed_at=last.at if last else None,
        unsealed=count,
        oldest=min(oldest, default=None),
        beat_at=beat.at if beat else None,
    )


def beat(at: datetime) -> None:
    """Write down that the sealer is alive, once a minute."""
    if not Heartbeat.objects.filter(task=_TASK, at__gt=at - BEAT_EVERY).exists():
        Heartbeat.objects.update_or_create(task=_TASK, defaults={"at": at})


def last_handed(hub_id: int, organisation_id: int) -> HandedHead | None:
    """Give the head that this organisation was handed last."""
    return HandedHead.objects.filter(hub_id=hub_id, organisation_id=organisation_id).order_by("-at", "-pk").first()

"""Which kinds of help answer what is asked: for each topic that may be asked for, the topics of the services that answer it.

The table `which_answer.txt` began as what the topics name beside themselves (`also`), and was fitted to the questions that may be looked
at (`tests/search/fitting.py`): what was judged to answer weighs more, what was not weighs less. So "cannot sleep" also finds who treats
worry, and how far stands in one line that anybody can read and mend. Lines that begin with "%" are not topics but what else is known of
a question: that it is in danger, that somebody young asks, or that it is in Welsh. Source: ADR 0035.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

FILE = Path(__file__).with_name("which_answer.txt")
DANGER, MAY_BE, YOUNG, WELSH = "%danger", "%may_be", "%young", "%welsh"
IN_WELSH, ANYWHERE, CRISIS = "=welsh", "=anywhere", "=crisis"
"""What is known of a service beside its kinds: it is described in Welsh; it is in no place (a telephone); it is there in a crisis."""
ANSWERS = 25
"""So many topics are kept that a service answers, those that it answers best."""
HARDLY, HARDLY_ANSWERS = 0.1, 0.05
"""What a service is less surely than that, it is not; and what it answers less than that, it does not."""


def answers(kinds: Mapping[str, float]) -> dict[str, float]:
    """Give what a service answers, each topic with how well, by what kinds of help it is and what else is known of it."""
    every, by_kind = table()
    found = [0.0] * len(every)
    for kind, sure in kinds.items():
        if sure >= HARDLY and kind in by_kind:
            for number, weight in by_kind[kind]:
                found[number] += sure * weight
    known = {asked: well for asked, well in zip(every, found, strict=True) if well > HARDLY_ANSWERS}
    if len(known) <= ANSWERS:
        return known
    least = sorted(known.values(), reverse=True)[ANSWERS]
    return {asked: well for asked, well in known.items() if well > least or asked[0] == "%"}


def how_much(asked: str, kind: str) -> float:
    """Give how far a kind of help answers what is asked."""
    every, by_kind = table()
    return dict(by_kind.get(kind, ())).get(every.index(asked), 0.0) if asked in every else 0.0


@lru_cache(maxsize=1)
def table() -> tuple[tuple[str, ...], dict[str, tuple[tuple[int, float], ...]]]:
    """Read the table, turned round: all that may be asked, and by each kind of help which of it that answers and how far."""
    number_of: dict[str, int] = {}
    found: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for line in FILE.read_text().splitlines():
        asked, colon, said = line.partition(": ")
        if colon and not line.startswith("##"):
            for one in said.split(", "):
                kind, weight = one.split()
                found[kind].append((number_of.setdefault(asked, len(number_of)), float(weight)))
    return tuple(number_of), {kind: tuple(each) for kind, each in found.items()}


@lru_cache(maxsize=1)
def print_of_table() -> str:
    """Say which table this is: another has another."""
    return sha256(FILE.read_bytes()).hexdigest()[:6]

"""Whether what somebody types into a search speaks of danger now: to themselves, to somebody else, or from somebody.

It is learned from written examples in both languages: `danger_said/danger.txt`, `danger_said/ordinary.txt`, and what people say by the
tables of topics. Every word, and every two words that follow each other, tell for danger or against it by how much more often they
stand in the one than in the other (naive Bayes). So nobody has to guess patterns, anybody can see which words made it answer as it did
(`why`), and whoever meets words that were not heard adds them as one line.

It answers in two steps, since to be silent may cost a life and to speak up costs a line on a page: `may_be` shows whom to call, above
everything; `surely` also brings the crisis offers of the directory before everything else that was found.
Welsh examples are to be checked by a speaker. Source: H06; part 11 of the living directory (no crisis question without a crisis
offer first); ADR 0032.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from math import log
from pathlib import Path
from typing import NamedTuple

from alongside.vocabulary.names import fold
from alongside.vocabulary.search_terms import Spelt, make_ready, nearly_spelt, read_question, spelt
from alongside.vocabulary.stems import says_nothing, stem
from alongside.vocabulary.topics import phrases_of, tables

CRISIS = "self_harm"
"""The need that brings crisis help first."""
LONGEST = 400
"""So many letters are looked at."""
FOLDER = Path(__file__).with_name("danger_said")
OF_HARM = (
    "emergency_mental_health", "suicidal_thoughts", "worried_someone_suicidal", "after_attempt", "self_harm_support", "postpartum_psychosis",
    "young_people_crisis", "crisis_line",
)  # fmt: skip
OF_DANGER = (*OF_HARM, "sexual_assault_centre", "domestic_abuse", "men_who_are_abused", "refuge")
"""Topics of which people speak in danger: of harming oneself, and of others."""
EITHER_WAY = frozenset({"self_harm", "domestic_abuse", "sexual_violence", "exploitation", "voices"})
"""Needs whose other topics are spoken of in danger and long after it: they teach neither."""
SELDOM = 0.2
"""Added to every count, so that what stands once does not decide."""
MOST = 3.0
"""No word or pair tells for or against by more."""
SURE, UNSURE = 1.4, 0.2
"""From what on, for each word or pair, it is danger; and from what on it may be."""


class Danger(NamedTuple):
    """What words come to."""

    may_be: bool
    """Whom to call is shown above everything."""
    surely: bool
    """Crisis offers come before everything that was found."""


def hear_danger(text: str) -> Danger:
    """Hear whether words of a search speak of danger, in English or Welsh, spelt well or badly.

    By how its words tell, and by what it is about before all: a search that may be in danger and is about harming oneself, surely is; and
    so is what stands word for word among the lines of danger.
    """
    if fold(text[:LONGEST]) in _told().lines:
        return Danger(True, True)
    told = [tells for _said, tells in why(text)]
    came = sum(told) / len(told) ** 0.75 if told else 0.0
    topics = read_question(text).topics
    is_about_it = max(topics, key=lambda topic: topics[topic], default="") in OF_HARM
    return Danger(came >= UNSURE or is_about_it, came >= SURE or (came >= UNSURE and is_about_it))


def why(text: str) -> list[tuple[str, float]]:
    """Give each word, and two words, with how far it tells for danger (more than 0) or against it."""
    told = _told()
    words = [word if word in told.words else _nearly_told(word) or word for word in _words(text)]
    return [(one, told.tells[one]) for one in _parts(words) if one in told.tells]


@lru_cache(maxsize=10_000)
def _nearly_told(word: str) -> str:
    return nearly_spelt(word, _told().spelt)


def make_searches_ready() -> None:
    """Make ready all that a search reads words by, so that nobody's first search waits for it."""
    make_ready()
    hear_danger("somebodi to talk to")


def _words(text: str) -> list[str]:
    return [stem(word) for word in fold(text[:LONGEST]).split()]


def _parts(words: list[str]) -> list[str]:
    """Give the words that say something, the pairs of neighbours of which at least one does, and the pairs of those that do."""
    saying = [word for word in words if not says_nothing(word)]
    neighbours = [
        f"{first} {second}"
        for first, second in pairwise(["^", *words, "$"])
        if not (says_nothing(first) and says_nothing(second))
    ]
    return list(dict.fromkeys([*saying, *neighbours, *(f"{first}_{second}" for first, second in pairwise(saying))]))


class _Told(NamedTuple):
    tells: dict[str, float]
    words: frozenset[str]
    """Every word of the examples: others may be spelt otherwise."""
    spelt: Spelt
    lines: frozenset[str]
    """The lines of danger, as they are folded."""


@lru_cache(maxsize=1)
def _told() -> _Told:
    """Read the examples, once."""
    danger, ordinary = _examples()
    for_it, against = Counter(_each(danger)), Counter(_each(ordinary))
    fewer = len(ordinary) / len(danger)
    tells = {}
    for one in for_it.keys() | against.keys():
        danger_has = (for_it[one] + SELDOM) / (len(danger) + 2 * SELDOM)
        ordinary_has = (against[one] + SELDOM * fewer) / (len(ordinary) + 2 * SELDOM)
        tells[one] = max(-MOST, min(MOST, log(danger_has / ordinary_has)))
    words = frozenset(word for line in (*danger, *ordinary) for word in _words(line))
    return _Told(tells, words, spelt(words), frozenset(map(fold, (FOLDER / "danger.txt").read_text().splitlines())) - {""})


def _each(lines: Iterable[str]) -> Iterable[str]:
    return (part for line in lines for part in _parts(_words(line)))


def _examples() -> tuple[list[str], list[str]]:
    danger, ordinary = ((FOLDER / f"{name}.txt").read_text().splitlines() for name in ("danger", "ordinary"))
    for code, topic in tables().topics.items():
        if code in OF_DANGER:
            danger += phrases_of(code, "people_say")
        elif code == "suicide_bereavement" or not EITHER_WAY & set(topic.needs):
            ordinary += [*phrases_of(code, "people_say"), *phrases_of(code, "services_say")]
    return danger, ordinary

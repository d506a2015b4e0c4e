"""What somebody's words mean, and what kinds of help a service is, by topics: by their phrases, and learned from written lines.

Every word, and every two words that follow each other, tell for a topic by how much more often they stand in its lines and phrases than
elsewhere (`topic_said/`, `topic_words/`). What the phrases say (`topics.py`) and what the lines tell count alike: the one is sure of what
it knows, the other hears what is said in other words. Source: ADR 0035.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from math import log
from typing import NamedTuple

from alongside.vocabulary.stems import NO, words_said
from alongside.vocabulary.topics import heard_topics, lines_said, meant_by, phrases_of, tables

SELDOM = 100
"""The higher, the less a word tells that stands in few lines."""
OFTEN = 0.7
"""How far it matters in how many lines of a topic a word stands."""
A_PAIR = 0.7
LIKE_A_PHRASE = 6
"""So much of what lines tell is as sure as a phrase."""
KINDS, NEARLY_AS_SURE = 6, 0.5
"""How many kinds of help a service is, and how sure, beside the surest, another has to be."""
STEEP = 1.5
"""The higher, the less counts what is less sure."""
FIRST = 18
"""So many words of a description say what a service is before all."""
IN_NAME, IN_FIRST, IN_TEXT, ELSEWHERE = 0.67, 0.33, 0.17, 0.33
"""How sure a phrase of services makes of a topic by where it stands."""


def surest(sure: Mapping[str, float], many: int) -> list[str]:
    """Give the surest topics, and those that are nearly as sure."""
    least = NEARLY_AS_SURE * max(sure.values(), default=0.0)
    near = [topic for topic in sure if sure[topic] >= least]
    return sorted(near, key=lambda topic: (-sure[topic], topic))[:many]


def meant(words: Sequence[str]) -> dict[str, float]:
    """Give the topics that somebody's words mean, each with how surely."""
    by_lines, by_phrases = told(words), meant_by(words)
    return {
        topic: (by_lines.get(topic, 0.0) / LIKE_A_PHRASE + by_phrases.get(topic, 0.0)) / 2
        for topic in by_lines.keys() | by_phrases.keys()
    }


class Said(NamedTuple):
    """What the name and the description of a service say: words, topics of whole phrases among them, and all topics with how surely."""

    name: Sequence[str]
    about: Sequence[str]
    in_name: Sequence[str]
    in_about: Sequence[str]
    sure: Mapping[str, float]


def kinds_of(said: Said, elsewhere: Sequence[Sequence[str]]) -> dict[str, float]:
    """Give what kinds of help a service is, each between 0 and 1.

    In: the words of what else is written of it (for whom it is, who offers it).
    """
    found: defaultdict[str, float] = defaultdict(float)
    for sure in (told([*said.name, *said.about], said.name, least=NEARLY_AS_SURE), said.sure):
        most = max(sure.values(), default=1.0)
        for topic in surest(sure, KINDS):
            found[topic] += sure[topic] / most / 2
    in_first = heard_topics(said.about[:FIRST]) if said.in_about else ()
    by_place = [(said.in_name, IN_NAME), (in_first, IN_FIRST), (said.in_about, IN_TEXT)]
    for topics, weight in (*by_place, *((heard_topics(words), ELSEWHERE) for words in elsewhere)):
        for topic in topics:
            if found[topic] < weight:
                found[topic] = weight
    return {topic: sure**STEEP for topic, sure in found.items()}


def told(words: Sequence[str], twice: Sequence[str] = (), *, least: float = 0.0) -> dict[str, float]:
    """Give the topics of whose lines words are, each with how far they tell for it; some of them count twice.

    In: `least`, how sure a topic has to be beside the surest.
    """
    topics, lines = _lines()
    again, found = _parts(twice), [0.0] * len(topics)
    for part in _parts(words):
        if part in lines:
            counts = 2.0 if part in again else 1.0
            for number, tells in lines[part]:
                found[number] += counts * tells
    at_least = least * max(found)
    return {topic: sure for topic, sure in zip(topics, found, strict=True) if sure and sure >= at_least}


def _parts(words: Sequence[str]) -> dict[str, None]:
    """Give each word once, and each two that follow each other."""
    return dict.fromkeys([*words, *(f"{first} {second}" for first, second in pairwise(words) if first != second)])


@lru_cache(maxsize=1)
def _lines() -> tuple[tuple[str, ...], dict[str, list[tuple[int, float]]]]:
    """Learn from all that is written by topic, once: the topics, and for each part of a line how far it tells for which of them."""
    held: defaultdict[str, Counter[str]] = defaultdict(Counter)
    written = [
        (code, line) for code in tables().topics for line in (*phrases_of(code, "people_say"), *phrases_of(code, "services_say"))
    ]
    written += [*lines_said(), *lines_said(by_services=True), *((code, topic.name) for code, topic in tables().topics.items())]
    for code, line in dict.fromkeys(written):
        for part in _parts(words_said(line)):
            held[part][code] += 1
    every = sum(sum(by_topic.values()) for by_topic in held.values())
    topics, found = tuple(tables().topics), {}
    number_of = {topic: number for number, topic in enumerate(topics)}
    for part, by_topic in held.items():
        usual = SELDOM * sum(by_topic.values()) / every
        counts = A_PAIR if " " in part else 0.3 if part == NO else 1.0
        found[part] = [(number_of[code], counts * log(1 + many**OFTEN / usual)) for code, many in by_topic.items()]
    return topics, found

"""Topics: kinds of help and trouble, finer than a need, with what people say of them and what services say.

The words stand in `topic_words/*.toml`, in both languages, so that anybody can see why something is found, and add what is missing.
A topic is meant by the words that its phrases hold, the more the fewer other topics hold them, and most by a whole phrase: all its
words near each other, in any order ("cant pay rent" in "I can't pay my rent").
Source: part 11 of the living directory; ADR 0032.
"""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from math import log
from pathlib import Path
from typing import Any

from alongside.vocabulary.answers import print_of_table
from alongside.vocabulary.stems import NO, words_said

FOLDER = Path(__file__).with_name("topic_words")
LINES = Path(__file__).with_name("topic_said")
"""Whole lines by topic: what people type, and after ">" what services write of themselves."""
VERSION = 5
"""To be raised when words are cut or weighed otherwise: what was written before is then written again."""
APART = 2
"""So many other words may stand among the words of a phrase."""
OFTEN = 0.3
"""How little it matters in how many phrases of a topic a word stands: 0 is not at all, 1 is in proportion."""
A_WORD, A_PHRASE = 1.5, 0.5
MOST_OF_A_PHRASE = 2.2
IN_NAME = 2.0
"""A word in the name of a service counts so many times for what the service is."""

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """One kind of help or trouble."""

    name: str
    needs: tuple[str, ...]
    also: tuple[str, ...]
    """Other topics whose services somebody who asks for this would be glad of, most wanted first."""


@dataclass(frozen=True, slots=True)
class Tables:
    """What the files of topics say, made ready."""

    topics: dict[str, Topic]
    said: dict[str, dict[Phrase, tuple[str, ...]]]
    """By one word of each phrase: the phrase, and the topics it means."""
    offered: dict[str, dict[Phrase, tuple[str, ...]]]
    """The same, of what services say."""
    holding: dict[str, list[tuple[str, float]]]
    """By each word: the topics that hold it, and how strongly."""
    telling: dict[str, float]
    """By each word: how much it tells one topic from the others, between 0 and 1."""
    print: str
    """Says which tables these are: others have another."""


def meant_by(words: Sequence[str]) -> dict[str, float]:
    """Give the topics that somebody's words mean, each with how surely."""
    found = _by_words(dict.fromkeys(words, 1.0), A_WORD)
    for topic, phrases in heard(words, tables().said).items():
        found[topic] += A_PHRASE * max(_tells(phrase) for phrase in phrases)
    return found


def offered_by(
    name: Sequence[str], about: Sequence[str], heard_in: tuple[Iterable[str], Iterable[str]] | None = None
) -> dict[str, float]:
    """Give the topics that the words of a service mean, each with how surely.

    In: `heard_in`, of which topics whole phrases stand in its name and in its words, where that is known already.
    """
    topics, telling = _telling_of()
    summed = [0.0] * len(topics)
    for word, many in (dict.fromkeys(about, 1.0) | dict.fromkeys(name, IN_NAME)).items():
        if word in telling:
            for number, tells in telling[word]:
                summed[number] += many * tells
    found = {topic: sure for topic, sure in zip(topics, summed, strict=True) if sure}
    in_name, in_words = heard_in or (heard_topics(name), heard_topics(about))
    for heard_in_it, counts in ((in_name, IN_NAME), (in_words, 1.0)):
        for topic in heard_in_it:
            found[topic] = found.get(topic, 0.0) + A_PHRASE * counts
    return found


@lru_cache(maxsize=1)
def _telling_of() -> tuple[tuple[str, ...], dict[str, tuple[tuple[int, float], ...]]]:
    """Give the topics, and by each word those that hold it, with how much it tells for each."""
    made = tables()
    number_of = {topic: number for number, topic in enumerate(made.topics)}
    return tuple(made.topics), {
        word: tuple((number_of[topic], made.telling[word] * strongly) for topic, strongly in held)
        for word, held in made.holding.items()
    }


def heard_topics(words: Sequence[str]) -> tuple[str, ...]:
    """Give the topics of which services say whole phrases that stand in words: as `heard`, where nobody asks for which phrases."""
    made, found, present = _offered_quickly(), dict[str, None](), set(words)
    for at, word in enumerate(words):
        if word in made:
            for rest, reach, topics in made[word]:
                # Most phrases are not there at all, and that is told without looking which words are near.
                if rest <= present and (not rest or rest.issubset(words[max(0, at - reach + 1) : at + reach])):
                    found.update(topics)
    return tuple(found)


@lru_cache(maxsize=1)
def _offered_quickly() -> dict[str, tuple[tuple[frozenset[str], int, dict[str, None]], ...]]:
    """Give by one word of each phrase of services: its other words, how far from that one they may stand, and what it means."""
    return {
        word: tuple(
            (frozenset(phrase) - {word}, len(phrase) + APART, dict.fromkeys(topics)) for phrase, topics in phrases.items()
        )
        for word, phrases in tables().offered.items()
    }


def heard(words: Sequence[str], phrases: Mapping[str, Mapping[Phrase, Sequence[str]]]) -> dict[str, set[Phrase]]:
    """Give the topics of which whole phrases stand in words, with those phrases."""
    found: dict[str, set[Phrase]] = defaultdict(set)
    for at, word in enumerate(words):
        for phrase, topics in phrases.get(word, {}).items():
            reach = len(phrase) + APART
            near = words[max(0, at - reach + 1) : at + reach]
            if len(phrase) == 1 or all(one in near for one in phrase):
                for topic in topics:
                    found[topic].add(phrase)
    return found


def _by_words(words: Mapping[str, float], counts: float) -> defaultdict[str, float]:
    holding, telling = tables().holding, tables().telling
    found: defaultdict[str, float] = defaultdict(float)
    for word, times in words.items():
        for topic, strongly in holding.get(word, ()):
            found[topic] += counts * times * telling[word] * strongly
    return found


def _tells(phrase: Phrase) -> float:
    telling = tables().telling
    return min(MOST_OF_A_PHRASE, sum(telling[word] for word in phrase if word != NO) + 0.2 * (NO in phrase))


def phrases_of(topic: str, kind: str) -> list[str]:
    """Give the phrases of one topic as they are written: `people_say` or `services_say`."""
    return list(_read()[topic][kind])


@lru_cache(maxsize=1)
def _read() -> dict[str, dict[str, Any]]:
    """Read the files; what one topic is told in two of them comes together."""
    found: dict[str, dict[str, Any]] = {}
    for file in sorted(FOLDER.glob("*.toml")):
        for code, said in tomllib.loads(file.read_text()).items():
            first = found.setdefault(code, said)
            if first is not said:
                for kind in ("needs", "also", "services_say", "people_say"):
                    first[kind] = list(dict.fromkeys([*first[kind], *said[kind]]))
    return found


def lines_said(*, by_services: bool = False) -> list[tuple[str, str]]:
    """Give the written lines, each with its topic: those that people type, or those that services write."""
    found, code = [], ""
    for file in sorted(LINES.glob("*.txt")):
        for line in file.read_text().splitlines():
            if line.startswith("# "):
                code = line[2:]
            elif line and not line.startswith("##") and line.startswith("> ") is by_services:
                found.append((code, line.removeprefix("> ")))
    return found


@lru_cache(maxsize=1)
def tables() -> Tables:
    """Make the files of topics ready, once."""
    topics = {code: Topic(one["name"], tuple(one["needs"]), tuple(one["also"])) for code, one in _read().items()}
    lines: defaultdict[str, list[str]] = defaultdict(list)
    for code, line in lines_said():
        lines[code].append(line)
    people = {
        code: _phrases(dict.fromkeys([*one["people_say"], *lines[code], *one["services_say"], one["name"]]))
        for code, one in _read().items()
    }
    services = {code: _phrases(one["services_say"]) for code, one in _read().items()}
    spread: Counter[str] = Counter()
    holding: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    for code, phrases in people.items():
        held = Counter(word for phrase in phrases for word in phrase if word != NO)
        spread.update(held.keys())
        for word, times in held.items():
            holding[word].append((code, (times / len(phrases)) ** OFTEN))
    telling = {word: log(1 + len(topics) / many) / log(1 + len(topics)) for word, many in spread.items()}
    which = sha256(
        f"{VERSION}\n{_read()}\n{lines_said()}\n{lines_said(by_services=True)}\n{print_of_table()}".encode()
    ).hexdigest()[:12]
    return Tables(topics, _by_one_word(people), _by_one_word(services), dict(holding), telling, which)


def _phrases(said: Iterable[str]) -> list[Phrase]:
    found = (tuple(dict.fromkeys(words_said(one))) for one in said)
    return [phrase for phrase in found if set(phrase) - {NO}]


def _by_one_word(phrases: Mapping[str, Iterable[Phrase]]) -> dict[str, dict[Phrase, tuple[str, ...]]]:
    found: dict[str, dict[Phrase, tuple[str, ...]]] = {}
    for code, each in phrases.items():
        for phrase in each:
            by_word = found.setdefault(max(phrase, key=len), {})
            by_word[phrase] = tuple(dict.fromkeys([*by_word.get(phrase, ()), code]))
    return found

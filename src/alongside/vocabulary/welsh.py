"""Whether words are Welsh, so that somebody who asks in Welsh finds first what is offered in Welsh.

Learned from all that is written by topic: a line with words that only one language has is of that language, and from those lines is
learned by which words and which three letters a language is known. Nothing is asked of anybody, and nothing is kept.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from math import log

from alongside.vocabulary.names import fold
from alongside.vocabulary.topics import lines_said, phrases_of, tables

WELSH = frozenset(
    [
        "y",
        "yr",
        "yn",
        "ac",
        "ar",
        "mae",
        "ei",
        "eu",
        "gyda",
        "neu",
        "sydd",
        "dim",
        "ni",
        "chi",
        "gan",
        "pob",
        "wedi",
        "dwi",
        "dw",
        "isio",
        "mewn",
        "yw",
        "ydy",
        "bobl",
        "cymorth",
        "ddim",
        "rwy",
        "rwyn",
        "fy",
        "dwin",
        "methu",
        "ofn",
        "isie",
        "eisiau",
        "sut",
        "pwy",
        "beth",
        "lle",
        "oes",
        "ffrind",
        "oed",
    ]
)
ENGLISH = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "to",
        "with",
        "you",
        "your",
        "our",
        "are",
        "who",
        "my",
        "is",
        "was",
        "it",
        "and",
        "for",
        "that",
        "have",
        "this",
        "me",
        "when",
        "but",
        "can",
        "cant",
        "dont",
        "get",
        "not",
        "after",
        "they",
        "her",
        "his",
        "from",
        "out",
        "about",
        "how",
        "what",
        "she",
    ]
)
A_QUESTION, A_TEXT = 0.7, 5.0
"""From what on a question, and a description, is Welsh."""


def welshness(text: str) -> float:
    """Give how far a text is Welsh (more than 0) or English, the more the longer it is."""
    words = _words(text)
    return sum(map(_tells, words)) / len(words) ** 0.5 if words else 0.0


@lru_cache(maxsize=100_000)
def _tells(word: str) -> float:
    tells = _learned()
    threes = [tells[three] for three in _threes(word) if three in tells]
    return tells.get(word, 0.0) + (sum(threes) / len(threes) if threes else 0.0)


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[^\w]+", fold(text)) if word and not word.isdigit()]


def _threes(word: str) -> tuple[str, ...]:
    word = f"<{word}>"
    return tuple(f"~{word[at : at + 3]}" for at in range(len(word) - 2))


@lru_cache(maxsize=1)
def _learned() -> dict[str, float]:
    welsh: Counter[str] = Counter()
    english: Counter[str] = Counter()
    lines = [line for code in tables().topics for kind in ("people_say", "services_say") for line in phrases_of(code, kind)]
    for line in [*lines, *(line for _code, line in (*lines_said(), *lines_said(by_services=True)))]:
        words = set(_words(line))
        is_welsh, is_english = len(words & WELSH), len(words & ENGLISH)
        if is_welsh != is_english:
            counted = welsh if is_welsh > is_english else english
            for word in words:
                counted[word] += 1
                counted.update(_threes(word))
    every, fewer = sum(english.values()), sum(english.values()) / sum(welsh.values())
    return {one: log((welsh[one] + 0.3) * fewer / (english[one] + 0.3 * fewer)) for one in welsh.keys() | english.keys() if every}

"""Reading what somebody asks, against the words that the services of a hub hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from alongside import reads
from alongside.journey.directory.models import KnownWord
from alongside.reads import filled
from alongside.vocabulary.search_terms import Question, nearly, nearly_known, read_question, reread, terms_asked, terms_wanted

LIKE = 2000
"""So many words of a hub that begin alike are compared with one that nobody holds: the most usual ones."""


def read(hub_id: int, text: str, *, danger: str = "", age: int | None = None) -> tuple[Question, dict[str, float]]:
    """Read what somebody typed: the question, and the terms that it asks for, each with its weight.

    In:       `danger`: whether it is in danger, or may be (`vocabulary/answers.py`); the age that was chosen beside it.
    A word that neither a topic nor a service knows is taken for what it begins ("sunfl"), or for one that is spelt nearly so.
    Queries: one; two when there is such a word; none for a text without words.
    """
    question = read_question(text)
    if not question.words:
        return question, {}
    usual = _usual(hub_id, terms_wanted(question))
    unheard = [word for word in question.unknown if not usual.get(word) and len(word) > 2]
    if unheard:
        meant = _meant(hub_id, unheard)
        question = reread(
            [word for one in question.said for word in meant.get(one, [one])], question.ages, is_welsh=question.is_welsh
        )
        usual = _usual(hub_id, terms_wanted(question))
    return question, terms_asked(question, usual, danger=danger, age=age)


def _usual(hub_id: int, words: Iterable[str]) -> dict[str, int]:
    """Give how many services hold each of some words."""
    return dict(reads.read(_known_words, hub_id=hub_id, words=filled(sorted(words))))


def _known_words(at: datetime, hub_id: int, words: list[str]) -> QuerySet[KnownWord, Any]:
    return KnownWord.objects.filter(hub=hub_id, word__in=words, services__gt=0).values_list("word", "services")


def _meant(hub_id: int, words: Sequence[str]) -> dict[str, list[str]]:
    """Give what was meant by each of some words that nobody knows: a word of a topic, or of a service, or two of them written as one."""
    begins = {word[:2] for word in words}
    alike = KnownWord.objects.filter(reduce(or_, (Q(word__startswith=two) for two in begins)), hub=hub_id, services__gt=0)
    held = list(alike.order_by("-services", "word").values_list("word", flat=True)[:LIKE])
    found: dict[str, list[str]] = {}
    for word in words:
        begun = [one for one in held if len(word) > 3 and one.startswith(word)][:3]
        near = nearly_known(word) or nearly(word, [one for one in held if one[:2] == word[:2]])
        if begun or near:
            found[word] = begun or [near]
    return found

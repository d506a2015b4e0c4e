"""The terms by which a service is found, and those that somebody asks for: words by their stems, topics ("#food_bank"), needs ("=sleep").

A topic of a question is one that it means; a topic of a service is one that it answers (`kinds.py`, `answers.py`); what else is known of a
question, as that it is in danger or in Welsh, is a term as well ("%danger").

Each term of a service has a weight by where it stands; each term that is asked for has a weight by how surely it is meant. What a
service comes to is the sum over the terms of one times the other: no more, so that anybody can see why it stands where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log
from os.path import commonprefix

import jellyfish

from alongside.vocabulary.answers import ANYWHERE, IN_WELSH, WELSH, YOUNG, answers
from alongside.vocabulary.kinds import Said, kinds_of, meant, surest
from alongside.vocabulary.names import fold
from alongside.vocabulary.stems import NO, words_said
from alongside.vocabulary.topics import heard_topics, offered_by, tables
from alongside.vocabulary.welsh import A_QUESTION, A_TEXT, welshness

LONGEST = 400
"""So many letters of what somebody asks are read."""
WORDS = 24
TOPIC, CONDITION, NEED, EVERY = "#", "%", "=", "*"
IN_NAME, IN_ORGANISATION, FOR_WHOM, IN_FIRST, IN_TEXT, IN_PLACE = 40, 20, 20, 20, 10, 20
"""What a word weighs by where it stands; a word that stands twice weighs the most of them."""
NEED_SAID, NEED_GUESSED = 80, 20
"""What a need weighs that a human said the service meets, and one that was guessed by its words."""
FIRST = 18
"""So many words of a description say what a service is before all."""
OF_TOPIC = 90
"""What a topic weighs that a service answers wholly."""
CRISIS_OFFERS = (
    "crisis_line", "crisis_house", "safe_haven", "emergency_mental_health", "night_listening_line", "text_support", "young_people_crisis",
    "young_people_line", "suicidal_thoughts", "refuge", "sexual_assault_centre",
)  # fmt: skip
"""Topics of services that are there for somebody in a crisis."""
ASKED, SURE_ENOUGH, MEANT = 10.0, 1.5, 3
"""What a topic that is asked for weighs for how surely it is meant, up to when that is sure enough; and how many topics a question has."""
NEEDED, RARE = 3.0, 3.0
"""What a need weighs; and a word for each time that it is e times rarer."""
YOUNG_UNTIL = 24
MOST_BY_SOUND = 4
"""So many letters may be wrong in a word that sounds like another."""


def terms_of(
    name: str, organisation: str, description: str, for_whom: str, places: str, needs: Mapping[str, bool]
) -> dict[str, int]:
    """Give the terms of a service, each with its weight; of each need is told whether it was guessed."""
    said, whom, who = said_of(name, description), words_said(for_whom), words_said(organisation)
    found: dict[str, int] = {}
    for words, weight in (
        (said.name, IN_NAME),
        (said.about[:FIRST], IN_FIRST),
        (said.about, IN_TEXT),
        (whom, FOR_WHOM),
        (who, IN_ORGANISATION),
        (words_said(places), IN_PLACE),
    ):
        _weigh(found, words, weight)
    kinds = kinds_of(said, [whom, who])
    kinds[IN_WELSH] = float(welshness(f"{name} {description}") > A_TEXT)
    kinds[ANYWHERE] = float(not places.strip())
    for asked, well in answers(kinds).items():
        found[asked if asked.startswith(CONDITION) else TOPIC + asked] = round(OF_TOPIC * well)
    for need, is_guessed in needs.items():
        found[NEED + need] = NEED_GUESSED if is_guessed else NEED_SAID
    found.pop(NO, None)
    return {term: weight for term, weight in found.items() if weight} | {EVERY: 1}


def offers_crisis_help(name: str, description: str) -> bool:
    """Tell whether the words of a service say that it is there for somebody in a crisis: a guess, until a human says so."""
    return not set(CRISIS_OFFERS).isdisjoint(surest(said_of(name, description).sure, 2))


@lru_cache(maxsize=2_500)
def said_of(name: str, description: str) -> Said:
    """Cut and hear the words of a service; kept for one part of a feed, since its words are asked for when it is read and when it is written."""
    named, about = words_said(name), words_said(description)
    in_name, in_about = heard_topics(named), heard_topics(about)
    return Said(named, about, in_name, in_about, offered_by(named, about, (in_name, in_about)))


def _weigh(found: dict[str, int], terms: Iterable[str], weight: int) -> None:
    for term in terms:
        if found.get(term, 0) < weight:
            found[term] = weight


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asks, read."""

    said: tuple[str, ...]
    """Every word that says something, in order."""
    topics: Mapping[str, float]
    """What is meant, each with how surely."""
    needs: tuple[str, ...] = ()
    ages: tuple[int, ...] = ()
    """Ages that the words say."""
    unknown: tuple[str, ...] = ()
    """Words that no topic knows: a name, a place, or spelt otherwise."""
    is_welsh: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """Give each word once, without those that say no."""
        return tuple(dict.fromkeys(word for word in self.said if word != NO))


@lru_cache(maxsize=16)
def read_question(text: str) -> Question:
    """Read what somebody typed; words that are spelt a little otherwise are taken for those that a topic knows.

    The newest few are kept in memory: of one search, the finding and the hearing of danger read the same words.
    """
    return reread(words_said(text[:LONGEST])[:WORDS], ages_said(text), is_welsh=welshness(text[:LONGEST]) > A_QUESTION)


def reread(words: Sequence[str], ages: tuple[int, ...], *, is_welsh: bool = False) -> Question:
    """Read words that somebody typed, when it is known which were meant."""
    sure = meant(words)
    topics = {topic: sure[topic] for topic in surest(sure, MEANT)}
    needs = dict.fromkeys(need for topic in topics for need in tables().topics[topic].needs)
    known = tables().telling
    unknown = dict.fromkeys(word for word in words if word not in known and word != NO and not word.isdigit())
    return Question(tuple(words), topics, tuple(needs), ages, tuple(unknown), is_welsh)


def ages_said(text: str) -> tuple[int, ...]:
    """Give the ages that words say: "my 14 year old", "im 72", "15 oed"."""
    found = re.findall(
        r"\b(?:(\d{1,2}) ?(?:yr|year|years|yo|y o|oed|mlwydd)s?\b|(?:im|i am|aged?|hes|shes|oed|yn) (\d{2})\b)",
        fold(text[:LONGEST]),
    )
    return tuple(dict.fromkeys(int(one or other) for one, other in found))


def terms_wanted(question: Question) -> set[str]:
    """Give the terms of which it has to be known how usual they are."""
    return {EVERY, *question.words}


def terms_asked(question: Question, usual: Mapping[str, int], *, danger: str = "", age: int | None = None) -> dict[str, float]:
    """Give the terms that a question asks for, each with its weight.

    In: how many services hold each word of it, and `EVERY`; `danger`: that it is in danger, or may be (`answers.DANGER`, `MAY_BE`).
    """
    every = usual.get(EVERY, 1)
    found: dict[str, float] = {}
    for topic, sure in question.topics.items():
        found[TOPIC + topic] = ASKED * min(sure, SURE_ENOUGH)
        for need in tables().topics[topic].needs:
            found[NEED + need] = NEEDED
    is_young = any(one <= YOUNG_UNTIL for one in (*question.ages, *([] if age is None else [age])))
    for condition in (danger, YOUNG if is_young else "", WELSH if question.is_welsh else ""):
        if condition:
            found[condition] = ASKED
    for word in question.words:
        if usual.get(word):
            found[word] = RARE * log(1 + every / usual[word])
    return {term: weight for term, weight in found.items() if weight}


Spelt = Mapping[int, Sequence[tuple[int, str]]]
"""Words by their length, each with a mark of which letters it holds."""


def spelt(words: Iterable[str]) -> Spelt:
    """Put words in order, so that those that are spelt nearly like another are found quickly."""
    found: dict[int, list[tuple[int, str]]] = {}
    for word in words:
        if len(word) > 3:
            found.setdefault(len(word), []).append((_letters(word), word))
    return found


def _letters(word: str) -> int:
    """Mark which letters a word holds: two words are at least as far apart as one holds letters that the other lacks."""
    marks = 0
    for letter in word:
        marks |= 1 << (ord(letter) & 63)
    return marks


def nearly(word: str, among: Iterable[str]) -> str:
    """Give the word among others that was most likely meant: one letter wrong, or two in a long word; none when nothing is near.

    Of those that are equally near, the one that begins alike for longest.
    """
    return nearly_spelt(word, spelt(among)) if len(word) > 3 else ""


def nearly_spelt(word: str, among: Spelt) -> str:
    """Give what `nearly` gives, among words that are in order already."""
    if len(word) < 4:
        return ""
    most, marks = 1 if len(word) < 7 else 2, _letters(word)
    near = (
        (apart, -len(commonprefix((word, other))), other)
        for length in range(len(word) - most, len(word) + most + 1)
        for letters, other in among.get(length, ())
        if (marks & ~letters).bit_count() <= most and (letters & ~marks).bit_count() <= most
        if (apart := jellyfish.damerau_levenshtein_distance(word, other)) <= most
    )
    return min(near, default=(0, 0, ""))[2]


@lru_cache(maxsize=10_000)
def nearly_known(word: str) -> str:
    """Give the word of the topics that was most likely meant: spelt nearly so, or sounding the same ("evicshun")."""
    near = nearly_spelt(word, _spelt_known())
    if near or len(word) < 5:
        return near
    alike = _by_sound().get(jellyfish.metaphone(word), ())
    apart = sorted((jellyfish.damerau_levenshtein_distance(word, other), other) for other in alike)
    return apart[0][1] if apart and apart[0][0] <= MOST_BY_SOUND else ""


@lru_cache(maxsize=1)
def _by_sound() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in tables().telling:
        if len(word) > 3:
            found.setdefault(jellyfish.metaphone(word), []).append(word)
    return found


@lru_cache(maxsize=1)
def _spelt_known() -> Spelt:
    return spelt(tables().telling)


def make_ready() -> None:
    """Make all tables ready by which a service and a question are read: else the first search of a process makes them."""
    read_question("somebody to talk to")
    terms_of("Somebody to talk to", "", "", "", "", {})
    nearly_known("somebodi")

"""Guessing needs from the words of a directory entry: a written table, so that anybody can see why."""

from __future__ import annotations

from alongside.vocabulary.names import fold
from alongside.vocabulary.needs import NEEDS

_MORE = {
    "mood_and_worry": "anxiety depression mood mental wellbeing stress counselling therapy psychological bipolar emotional",
    "self_harm": "suicide suicidal self-harm crisis",
    "grief": "bereavement bereaved grief loss",
    "memory": "dementia alzheimer's alzheimer",
    "alcohol": "alcohol drinking",
    "drugs": "drug drugs substance addiction",
    "money_and_debt": "debt money benefits finance financial food foodbank advice",
    "housing": "housing homeless homelessness tenancy accommodation",
    "work_and_training": "employment work training volunteering jobs",
    "loneliness": "isolation isolated lonely loneliness befriending social peer",
    "domestic_abuse": "domestic abuse refuge",
    "sexual_violence": "sexual rape",
    "caring": "carer carers caring",
    "parenting": "parents parenting families family",
    "becoming_a_parent": "perinatal postnatal pregnancy",
    "neurodiversity": "autism autistic asperger adhd",
    "identity": "lgbt lesbian gay bisexual trans bme asian caribbean chinese african jewish cultural",
    "asylum": "refugee refugees asylum",
    "meaning": "arts art creative gardening craft music horticulture allotment",
    "moving_and_eating_well": "exercise walking sport physical activity",
    "eating": "eating anorexia bulimia",
    "voices": "voices psychosis schizophrenia",
    "leaving_care_or_forces": "veterans veteran forces",
}
_WORDS: dict[str, set[str]] = {}
for _code, _need in NEEDS.items():
    for _word in fold(f"{_need.en} {_need.note} {_MORE.get(_code, '')}").split():
        if len(_word) > 2 and _word not in ("the", "and", "for", "someone", "thoughts", "legal", "phone", "low", "general"):
            _WORDS.setdefault(_word, set()).add(_code)


def words_of(text: str) -> list[str]:
    """Give the folded words of a text, once each, in order."""
    return list(dict.fromkeys(word for word in fold(text).split() if len(word) > 1))


def guess_needs(text: str) -> tuple[str, ...]:
    """Guess which needs a text speaks of, in the order of the list."""
    found = {code for word in _WORDS.keys() & set(fold(text).split()) for code in _WORDS[word]}
    return tuple(code for code in NEEDS if code in found)

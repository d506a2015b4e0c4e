"""Choices in words: for the worker's pages, and on paper for the person."""

from __future__ import annotations

from django.utils.translation import gettext as _

from alongside.design.words import day, language, words
from alongside.people.models import Person
from alongside.safety.choices.codes import CONFLICTS, TOPICS
from alongside.safety.choices.queries import Carer, NotForAll
from alongside.vocabulary.domains import DOMAINS


def told_words(one: Carer) -> str:
    """Say what a carer may be told, for a worker."""
    if not one.chosen:
        return _("nobody has chosen yet what they may be told: nothing but general advice")
    assert one.end is not None
    said = {"topics": _topics(one), "day": day(one.end.on)}
    if not one.topics:
        return _("may be told nothing but general advice; asked again by %(day)s") % said
    return _("may be told: %(topics)s; asked again by %(day)s, then it ends") % said


def told_on_paper(one: Carer) -> str:
    """Say the same to the person."""
    name = f"{one.name} ({one.relationship})" if one.relationship else one.name
    if not one.topics:
        return _("%(name)s: nothing") % {"name": name}
    assert one.end is not None
    said = {"name": name, "topics": _topics(one), "day": day(one.end.on)}
    return _("%(name)s: %(topics)s. Until %(day)s; then we ask you again.") % said


def _topics(one: Carer) -> str:
    return "; ".join(words(TOPICS, code) for code in one.topics)


def conflict_words(code: str, name: str = "") -> str:
    """Say where two choices pull in two directions."""
    return CONFLICTS[code].words(language()).replace("%(name)s", name) if code else ""


def about_words(one: NotForAll) -> str:
    """Say which entry is meant without saying what stands in it: paper is seen by others."""
    subject = words(DOMAINS, one.entry.domain) if one.entry.domain in DOMAINS else _("asking for help")
    return _("what was written on %(day)s about %(subject)s") % {"day": day(one.entry.at), "subject": subject}


def who_not(one: NotForAll) -> str:
    """Say who does not see it."""
    if not one.organisation:
        return _("only the organisation that wrote it sees it")
    return _("%(organisation)s does not see it") % {"organisation": one.organisation}


def is_a_child_without_a_birthday(person: Person) -> bool:
    """Tell whether somebody is known to be under 16 and no birthday is known that could end a choice."""
    return person.born_on is None and person.age_band in ("under_11", "11_15")

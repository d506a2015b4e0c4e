"""A look in plain words, in the language of the page: which page it was, and what let somebody see it."""

from __future__ import annotations

from alongside.design.words import moment, words
from alongside.hubs.models import Hat
from alongside.hubs.roles import ROLE_WORDS
from alongside.hubs.words import hat_words, unnamed_words
from alongside.safety.watching.codes import PAGES, WHY
from alongside.safety.watching.queries import Seen
from alongside.vocabulary.actor import Actor


def page_and_why(one: Seen) -> str:
    """Say which page it was and why it could be seen."""
    return f"{words(PAGES, one.page if one.page in PAGES else 'other')} · {words(WHY, one.why or 'unknown')}"


def who_words(hat: Hat, to: Actor | None) -> str:
    """Say who, of which organisation, in which role; a partner that keeps its own notes is not named to the others."""
    return unnamed_words(hat.organisation, to) or f"{hat_words(hat)}, {words(ROLE_WORDS, hat.role)}"


def look_words(one: Seen, to: Actor | None) -> str:
    """Say when, who in which role and organisation, which page, and why, as `to` may read it."""
    return f"{moment(one.at)}: {who_words(one.hat, to)} · {page_and_why(one)}"

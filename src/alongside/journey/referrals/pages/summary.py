# For workers only.
"""What goes back to whoever brought somebody in, and the same as plain text to copy into another record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from alongside.design.words import day, words
from alongside.vocabulary.needs import NEEDS
from alongside.vocabulary.rest import REST_REASONS
from alongside.vocabulary.text import first_line


@dataclass(frozen=True, slots=True)
class Heard:
    """One coming in and where it stands, as plain values."""

    name: str
    reference: str
    received_on: date
    words: str
    needs: tuple[str, ...]
    holder: str
    next_on: date | None
    news: str
    """rules.NEWS: nothing yet, triaged, met or resting."""
    triaged_on: date | None = None
    met_on: date | None = None
    resting_since: date | None = None
    rest_reason: str = ""

    def for_referrer(self, *, name: str, team: str, due_on: date, agreed: bool) -> Heard:
        """Give what a referrer may hear: the news with the person's agreement; else the name they gave, which team looks, and by when.

        It is the same whether the person was known here before or not (part C9).
        """
        own = replace(self, name=name)
        return own if self.news and agreed else replace(own, news="", holder=team, next_on=None if self.news else due_on)


def message_back(heard: Heard) -> str:
    """Say in a sentence or two what happened since, who holds and what is next; nothing before triage.

    Source: lists.md (Message back and copy).
    """
    if not heard.news:
        return ""
    if heard.news == "resting":
        said = _("They rest since %(day)s: %(reason)s.") % {
            "day": day(heard.resting_since),
            "reason": words(REST_REASONS, heard.rest_reason),
        }
    elif heard.news == "met":
        said = _("Last met on %(day)s.") % {"day": day(heard.met_on)}
    else:
        said = _("Heard on %(day)s.") % {"day": day(heard.triaged_on)}
    return f"{said} {_who_and_when(heard)}"


def summary(heard: Heard) -> str:
    """Put what was heard, who holds and what is next into one paragraph."""
    parts = [
        _("%(name)s came in on %(day)s, reference %(reference)s.")
        % {"name": heard.name, "day": day(heard.received_on), "reference": heard.reference}
    ]
    if heard.words:
        parts.append(_("In the words given: %(words)s") % {"words": first_line(heard.words, 300)})
    if heard.needs:
        parts.append(_("What matters most: %(needs)s.") % {"needs": ", ".join(words(NEEDS, code) for code in heard.needs)})
    parts.append(message_back(heard) or _who_and_when(heard))
    return " ".join(parts)


def _who_and_when(heard: Heard) -> str:
    if heard.next_on is None:
        return _("%(holder)s holds them now.") % {"holder": heard.holder}
    return _("%(holder)s holds them now, and is in touch by %(day)s.") % {"holder": heard.holder, "day": day(heard.next_on)}

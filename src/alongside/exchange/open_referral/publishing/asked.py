"""What was asked for, read strictly: a page, how many on it, and which entries; whatever cannot be meant is refused with a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.http import QueryDict

from alongside.exchange.open_referral.publishing.terms import ABOUT_TAXONOMY, BY_ID, NEEDS_TAXONOMY, TAXONOMY_BY_ID
from alongside.journey.directory.queries.published import Asked
from alongside.refusals import Invalid
from alongside.vocabulary.needs import NEEDS

USUAL, MOST, MOST_MINIMAL = 50, 500, 20_000
LAST_PAGE = 1_000_000
LONGEST_TEXT = 200
NOT_SERVED = {
    "start_time": "opening times are kept as words",
    "end_time": "opening times are kept as words",
    "day": "opening times are kept as words",
    "postcode": "a postcode may be somebody's home, and is not asked for",
    "proximity": "a postcode may be somebody's home, and is not asked for",
    "organization_id": "open the organisation; its services stand in it",
    "full_service": "open the organisation; its services stand in it",
    "format": "only JSON, page by page, is served",
}
"""Filters that the profile names and this interface does not serve. To leave one out would answer another question than was asked."""


class CannotBeAsked(Invalid):
    """A parameter that cannot be meant: which one, and what would do."""

    code = "cannot_be_asked"
    status = 400

    def __init__(self, parameter: str, reason: str) -> None:
        super().__init__()
        self.parameter, self.reason = parameter, reason


@dataclass(frozen=True, slots=True)
class Wanted:
    """One page of a list."""

    page: int
    per_page: int
    entries: Asked = Asked()
    nothing_fits: bool = False
    """A term was asked for that is none of ours."""
    whole: bool = False
    minimal: bool = False

    @property
    def start(self) -> int:
        return (self.page - 1) * self.per_page

    @property
    def end(self) -> int:
        return self.page * self.per_page


def read_page(query: QueryDict, *, most: int = MOST) -> Wanted:
    """Read which page of a list is asked for. Refuses: CannotBeAsked."""
    for name, reason in NOT_SERVED.items():
        if query.get(name):
            raise CannotBeAsked(name, f"It is not served: {reason}.")
    return Wanted(
        page=_whole(query, "page", usual=1, most=LAST_PAGE), per_page=_whole(query, "per_page", usual=min(USUAL, most), most=most)
    )


def read_wanted(query: QueryDict) -> Wanted:
    """Read which page of which entries is asked for. Refuses: CannotBeAsked."""
    minimal, whole = _yes(query, "minimal"), _yes(query, "full")
    page = read_page(query, most=MOST_MINIMAL if minimal else MOST)
    text = query.get("search", "").strip()
    if len(text) > LONGEST_TEXT or "\0" in text:
        raise CannotBeAsked("search", f"Words, at most {LONGEST_TEXT} letters of them.")
    needs, with_licence, nothing_fits = _terms(query)
    return Wanted(
        page.page,
        page.per_page,
        Asked(
            text=text,
            modified_after=_moment(query, "modified_after"),
            needs=needs,
            with_licence=with_licence,
            youngest=_age(query, "minimum_age"),
            oldest=_age(query, "maximum_age"),
        ),
        nothing_fits=nothing_fits,
        whole=whole,
        minimal=minimal,
    )


def envelope(wanted: Wanted, total: int, contents: Sequence[Any]) -> dict[str, Any]:
    """Put a page of a list into what the profile says around it. Refuses: CannotBeAsked for a page beyond the end."""
    pages = max(1, -(-total // wanted.per_page))
    if wanted.page > pages:
        raise CannotBeAsked("page", f"There are {pages} pages of {wanted.per_page}.")
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": wanted.page,
        "size": len(contents),
        "first_page": wanted.page == 1,
        "last_page": wanted.page == pages,
        "empty": not contents,
        "contents": list(contents),
    }


def _terms(query: QueryDict) -> tuple[tuple[str, ...] | None, bool, bool]:
    """Read what an entry must be about: codes of needs, whether a licence, and whether nothing can fit."""
    needs: tuple[str, ...] | None = None
    licence = nothing = False
    if taxonomy_id := _id(query, "taxonomy_id"):
        taxonomy = TAXONOMY_BY_ID.get(taxonomy_id)
        needs = tuple(NEEDS) if taxonomy is NEEDS_TAXONOMY else None
        nothing = taxonomy is None
    if term_id := _id(query, "taxonomy_term_id"):
        found = BY_ID.get(term_id)
        if found is None or (found[0] is ABOUT_TAXONOMY and found[1] == "access"):
            nothing = True
        elif found[0] is NEEDS_TAXONOMY:
            needs = (found[1],)
        else:
            licence = found[1] == "licence"
    return needs, licence, nothing


def _whole(query: QueryDict, name: str, *, usual: int, most: int) -> int:
    text = query.get(name, "")
    if not text:
        return usual
    if not (text.isascii() and text.isdecimal() and len(text) <= 9 and 1 <= int(text) <= most):
        raise CannotBeAsked(name, f"A whole number from 1 to {most}.")
    return int(text)


def _age(query: QueryDict, name: str) -> float | None:
    text = query.get(name, "")
    if not text:
        return None
    whole, _dot, rest = text.partition(".")
    if not (text.isascii() and whole.isdecimal() and len(whole) <= 3 and (not rest or (rest.isdecimal() and len(rest) <= 3))):
        raise CannotBeAsked(name, "A number of years from 0 to 999.")
    return float(text)


def _yes(query: QueryDict, name: str) -> bool:
    text = query.get(name, "").lower()
    if text not in ("", "true", "false"):
        raise CannotBeAsked(name, "true or false.")
    return text == "true"


def _id(query: QueryDict, name: str) -> UUID | None:
    text = query.get(name, "")
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise CannotBeAsked(name, "A UUID, as the terms of /taxonomy_terms have.") from None


def _moment(query: QueryDict, name: str) -> datetime | None:
    """Read a moment of RFC 3339, or a day; one without a zone is one in UTC."""
    text = query.get(name, "").replace(" ", "+", 1) if "T" in query.get(name, "") else query.get(name, "")
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise CannotBeAsked(name, "A moment like 2026-03-15T10:30:45Z, or a day like 2026-03-15.") from None

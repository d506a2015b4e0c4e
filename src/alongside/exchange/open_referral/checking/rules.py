"""The rules of the checker: what each is called, how much it weighs, and what it asks for.

What the published schemas refuse fails. What the profile only says in words, or what makes a feed hard to use, warns; so a document that
its schema takes never fails, and what is wrong with it is said all the same. What no schema can see fails where a reader would be misled:
pages that lie about themselves, an id that stands twice, answers that a page from elsewhere may not read.
Source: Open Referral UK v3 profile: its schemas, its description of the interface, and "Profile Compliance".
"""

from __future__ import annotations

from dataclasses import dataclass

FAIL, WARN = "fail", "warn"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its level, and what it asks for."""

    level: str
    asks: str


RULES: dict[str, Rule] = {
    "json": Rule(FAIL, "What is read is JSON, whole, and not a web page."),
    "json-odd": Rule(WARN, "No name stands twice in an object, and every number is one."),
    "encoding": Rule(WARN, "Text is UTF-8."),
    "unknown-document": Rule(WARN, "A document is one that the profile knows."),
    "nothing-read": Rule(FAIL, "There is at least one document of the profile to check."),
    "cut-short": Rule(WARN, "Everything was looked at; otherwise it is said what was not."),
    "object": Rule(FAIL, "Where the profile has an object, there is one."),
    "list": Rule(FAIL, "Where the profile has a list, there is one."),
    "required": Rule(FAIL, "What the profile requires is there."),
    "type": Rule(FAIL, "Text is text and a number is a number; nothing is null."),
    "empty": Rule(WARN, "What is required says something."),
    "format-uuid": Rule(FAIL, "An id is a UUID."),
    "format-uri": Rule(FAIL, "An address is whole, with its scheme."),
    "format-email": Rule(FAIL, "An e-mail address is one."),
    "format-date-time": Rule(FAIL, "A moment is written by RFC 3339, with its zone."),
    "format-date": Rule(WARN, "A date is written as year-month-day."),
    "format-time": Rule(WARN, "A time is written as hours:minutes, with or without seconds."),
    "odd-email": Rule(WARN, "An e-mail address has a domain with a dot."),
    "odd-uri": Rule(WARN, "An address of a page begins with http or https."),
    "one-of": Rule(FAIL, "Where the profile lists what may stand, one of those stands."),
    "on-earth": Rule(WARN, "Latitude and longitude are on the earth."),
    "ages": Rule(WARN, "The lowest age is not above the highest."),
    "dates-in-order": Rule(WARN, "What is valid from a day is not valid until an earlier one."),
    "postcode": Rule(WARN, "A postcode in the United Kingdom has the shape of one."),
    "inner-reference": Rule(WARN, "An id that points at what stands beside it is the id of that."),
    "lost-reference": Rule(WARN, "An id that points at something in the feed leads there."),
    "id-twice": Rule(FAIL, "An id stands in a list once."),
    "id-on-two-pages": Rule(FAIL, "An id stands on one page of a list."),
    "page-incomplete": Rule(
        WARN, "A page says total_items, total_pages, page_number, size, first_page, last_page and empty beside its contents."
    ),
    "page-member": Rule(FAIL, "What a page counts is a whole number, and what it affirms is true or false."),
    "page-contents": Rule(FAIL, "A page has its rows in a list named contents."),
    "page-size": Rule(FAIL, "size is how many stand on the page."),
    "page-empty": Rule(FAIL, "empty is true when nothing stands on the page, and only then."),
    "page-total": Rule(FAIL, "total_items is not less than what stands on the page, and is what all pages hold."),
    "page-count": Rule(FAIL, "total_pages goes with total_items and the size of a page."),
    "page-ends": Rule(FAIL, "first_page is true on page 1, last_page on the last."),
    "page-cut": Rule(FAIL, "Only the last page is shorter than the others."),
    "page-number": Rule(FAIL, "page_number is the number of the page that was asked for."),
    "no-services": Rule(WARN, "A directory has services."),
    "no-taxonomies": Rule(WARN, "There are taxonomies, with terms."),
    "no-description": Rule(WARN, "Most services have a description."),
    "shallow": Rule(WARN, "A whole service has more than a short one: places, telephones, times, costs, attributes."),
    "no-way-to-reach": Rule(WARN, "A whole service says how to reach it."),
    "root-version": Rule(FAIL, "The first address names the version of HSDS-UK."),
    "root-profile": Rule(FAIL, "The first address names the profile."),
    "root-openapi": Rule(FAIL, "The first address names its OpenAPI description."),
    "no-root": Rule(FAIL, "There is an answer at the first address."),
    "not-reached": Rule(FAIL, "The feed answers, over https, in time, and in pieces of reasonable size."),
    "status": Rule(FAIL, "What is there is answered with 200."),
    "status-missing": Rule(WARN, "What is not there is answered with 404."),
    "cross-origin": Rule(FAIL, "Every answer may be read from anywhere: Access-Control-Allow-Origin is *."),
    "content-type": Rule(WARN, "JSON is called application/json."),
    "optional-missing": Rule(WARN, "What the profile recommends is there too."),
    "other-answer": Rule(FAIL, "A service that is asked for by its id is the one that is answered."),
}
REQUIRED_ADDRESSES = ("root", "services", "service")
"""What every feed must have; elsewhere what would fail warns, as with the published validator."""

"""A feed as it was saved: one file, or a folder of them; read row by row, in bounded memory, however hostile it is."""

from __future__ import annotations

import io
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from alongside.exchange.open_referral.checking.documents import check_document
from alongside.exchange.open_referral.checking.findings import Findings, under
from alongside.exchange.open_referral.checking.kinds import ADDRESSES, SHORT, WHOLE, kind_named, kind_of
from alongside.exchange.open_referral.checking.pages import Ids, List, check_envelope, check_whole
from alongside.exchange.open_referral.checking.references import References
from alongside.exchange.open_referral.checking.rules import REQUIRED_ADDRESSES
from alongside.exchange.open_referral.reading import CannotRead, encoding_of, open_text
from alongside.exchange.open_referral.streaming import Row, json_parts

LONGEST_VALUE = 16_000_000
"""So long may one service be, in characters."""
MOST_FILES = 500
_MANY = 10
_BESIDES = ("phones", "contacts", "schedules", "service_at_locations", "cost_options", "attributes", "service_areas", "languages")


@dataclass
class Feed:
    """Everything that is known of a feed while it is checked."""

    findings: Findings = field(default_factory=Findings)
    references: References = field(default_factory=References)
    lists: dict[str, List] = field(default_factory=dict)
    described: int = 0
    not_described: int = 0
    terms: int = 0

    def take(self, kind: str, document: Any, place: str, *, in_a_list: bool) -> None:
        """Check one document of a known kind."""
        findings = self.findings
        check_document(document, (SHORT if in_a_list else WHOLE)[kind], place, findings)
        self.references.note(kind, document, place)
        if not isinstance(document, dict):
            return
        if kind == "service" and in_a_list:
            has = isinstance(document.get("description"), str) and bool(document["description"].strip())
            self.described, self.not_described = self.described + has, self.not_described + (not has)
        elif kind == "service":
            _look_at_whole_service(document, place, findings)
        elif kind == "root":
            check_root(document, place, findings)
        if kind == "taxonomy":
            self.terms += len(document["taxonomy_terms"]) if isinstance(document.get("taxonomy_terms"), list) else 0
        self.terms += kind == "taxonomy_term"

    def list_of(self, kind: str) -> List:
        """Give what is known of the list of a kind."""
        return self.lists.setdefault(kind, List(ADDRESSES[kind]))

    def finish(self) -> Findings:
        """Say what can only be said at the end."""
        findings = self.findings
        if not findings.looked_at:
            findings.hear("nothing-read", "", "no document of the profile was read")
            return findings
        services = self.lists.get("service")
        if services and not services.rows:
            findings.hear("no-services", "services", "the list of services is empty")
        if "taxonomy" in self.lists and (not self.lists["taxonomy"].rows or not self.terms):
            findings.hear("no-taxonomies", "taxonomies", "there is no taxonomy, or none of its terms was read")
        if self.not_described > self.described and self.not_described + self.described >= _MANY:
            findings.hear(
                "no-description", "services", f"{self.not_described} of {self.not_described + self.described} have none"
            )
        self.references.check(findings)
        return findings


def check_path(path: Path) -> Findings:
    """Check a file, or every JSON file of a folder."""
    feed = Feed()
    if path.is_dir():
        files = sorted(one for one in path.rglob("*.json") if one.is_file())
        for one in files[:MOST_FILES]:
            check_file(one, feed, f"{one.relative_to(path)}:")
        if len(files) > MOST_FILES:
            feed.findings.hear("cut-short", str(path.name), f"only the first {MOST_FILES} of {len(files)} files were read")
        if not files:
            feed.findings.hear("json", path.name, "there is no .json file in this folder")
    else:
        check_file(path, feed, "")
    return feed.finish()


def check_file(path: Path, feed: Feed, place: str) -> None:
    """Check one file."""
    try:
        encoding = encoding_of(path)
        if encoding not in ("utf-8", "utf-8-sig"):
            feed.findings.hear("encoding", place, f"it is read as {encoding}")
        with open_text(path) as file:
            check_text(file, path.name, kind_named(path.stem), feed, place)
    except OSError as fault:
        feed.findings.hear("json", place, f"it cannot be read: {fault.strerror or type(fault).__name__}")


def check_body(body: bytes, name: str, kind: str, feed: Feed, place: str, *, asked: int | None = None) -> list[Any] | None:
    """Check what an address answered. Out: the rows of the page, or the document alone; nothing when it cannot be read."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        feed.findings.hear("encoding", place, "it is not UTF-8; it is read as Windows-1252")
        text = body.decode("cp1252", "replace")
    return check_text(io.StringIO(text), name, kind, feed, place, asked=asked, kept=True)


def check_text(
    file: TextIO, name: str, kind: str, feed: Feed, place: str, *, asked: int | None = None, kept: bool = False
) -> list[Any] | None:
    """Check one text: a page, a list of documents or a document alone. `kind` is what it is known to be, or nothing."""
    findings = feed.findings
    if file.read(200).lstrip("\ufeff \t\r\n")[:1] == "<":
        findings.hear("json", place, "a web page (or XML) is answered, and no JSON")
        return None
    file.seek(0)
    held: list[Any] = []
    reader = _Reader(feed, kind, place, asked)
    try:
        for row in json_parts(file, name, longest=LONGEST_VALUE):
            reader.take(row)
            if kept:
                held.append(row.value)
    except CannotRead as fault:
        findings.hear("json", place, str(fault))
        return None
    return reader.rows_of(held)


@dataclass
class _Reader:
    """One text while it is read: its rows come first, what it says about itself last."""

    feed: Feed
    kind: str
    place: str
    asked: int | None
    rows: int = 0
    is_page: bool = False
    ids: Ids = field(default_factory=Ids)

    def take(self, row: Row) -> None:
        """Take a row, a document alone, or what a page says about itself."""
        for oddity in row.oddities:
            self.feed.findings.hear("json-odd", under(self.place, row.place), oddity)
        with self._weighed(row):
            if row.place:
                self._row(row)
            elif isinstance(row.value, dict) and "contents" in row.value:
                self._page(row.value)
            else:
                self._alone(row.value)

    def rows_of(self, held: list[Any]) -> list[Any]:
        """Give the rows of a page without what it says about itself; say when a page was asked for and none came."""
        if self.asked is not None and not self.is_page:
            with self._weighed(Row("", None)):
                self.feed.findings.hear(
                    "page-contents", self.place, "a page is asked for, and its rows stand in no list named contents"
                )
        return held[:-1] if self.is_page else held

    def _weighed(self, row: Row) -> Any:
        """What the profile only recommends warns."""
        kind = self.kind or kind_of(row.value)
        name = "root" if kind == "root" else "services" if kind == "service" else kind
        return self.feed.findings.recommended(name, REQUIRED_ADDRESSES) if name else nullcontext()

    def _row(self, row: Row) -> None:
        place = under(self.place, row.place)
        self.kind = self.kind or kind_of(row.value)
        self.rows += 1
        if self.kind not in SHORT:
            self.feed.findings.hear("unknown-document", place, "nothing of the profile is known by what stands here")
            return
        self.feed.take(self.kind, row.value, place, in_a_list=row.place.startswith("contents"))
        key = row.value.get("id") if isinstance(row.value, dict) else None
        if not self.ids.is_new(key):
            self.feed.findings.hear("id-twice", under(place, "id"), "the same id stands in this list before")
        elif self.asked is not None and not self.feed.list_of(self.kind).ids.is_new(key):
            self.feed.findings.hear("id-on-two-pages", under(place, "id"), "the same id stands on a page before")

    def _page(self, page: dict[str, Any]) -> None:
        self.is_page = True
        if not isinstance(page["contents"], list):
            self.feed.findings.hear("page-contents", under(self.place, "contents"), "a list belongs here")
        if self.kind not in SHORT:
            if not self.rows:
                self.feed.findings.hear("unknown-document", self.place, "an empty page; what of is not known")
            return
        so_far = self.feed.list_of(self.kind)
        self.feed.findings.looked_at["page"] += 1
        check_envelope(page, self.rows, self.place, so_far, self.feed.findings, asked=self.asked)
        if self.asked is None and page.get("first_page") is True and page.get("last_page") is True:
            check_whole(
                List(so_far.name, rows=self.rows, pages=1, total=so_far.total),
                under(self.place, "total_items"),
                self.feed.findings,
            )
            self.feed.references.complete.add(self.kind)

    def _alone(self, document: Any) -> None:
        kind = self.kind or kind_of(document)
        if not kind:
            self.feed.findings.hear(
                "unknown-document", self.place, "this is no document that the profile knows; it was not looked at"
            )
        elif self.asked is not None:
            self.feed.findings.hear(
                "page-contents", self.place, "a page is asked for, and its rows stand in no list named contents"
            )
        else:
            self.feed.take(kind, document, self.place, in_a_list=False)


def check_root(document: dict[str, Any], place: str, findings: Findings) -> None:
    """Check what stands at the first address, beside its formats."""
    for name in ("version", "profile", "openapi_url"):
        value = document.get(name)
        if not (isinstance(value, str) and value.strip()):
            findings.hear(f"root-{name.removesuffix('_url')}", under(place, name), "the first address does not say it")
    version = document.get("version")
    if isinstance(version, str) and version.strip() and "3." not in version:
        findings.hear("root-version", under(place, "version"), "it is no version 3 of HSDS")


def _look_at_whole_service(document: dict[str, Any], place: str, findings: Findings) -> None:
    """Say when a whole service is hollow."""
    if not any(document.get(name) for name in _BESIDES):
        findings.hear("shallow", place, "it has no place, telephone, time, cost or attribute")
    if not any(document.get(name) for name in ("url", "email", "phones", "contacts", "service_at_locations")):
        findings.hear("no-way-to-reach", place, "it has no address, telephone or place")

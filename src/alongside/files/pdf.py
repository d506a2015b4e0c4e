"""A page as PDF: nothing is fetched but the stylesheets bundled here, and the file does not say who made it, with what or where.

Source: trust.md C19, P11 (0 fetches while a PDF is drawn); PDF/UA-1.
"""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

BUNDLED = "bundled:"
_HERE = Path(__file__).resolve().parent / "static" / "files"
SHEETS = frozenset({"paper.css"})


def sheet(name: str) -> str:
    """Give a bundled stylesheet as text."""
    return (_HERE / name).read_text()


class FetchRefused(ValueError):
    """A programming error, or a text that was taken for markup: a page asked for something that is not bundled."""


class _Stop(FatalURLFetchingError):
    """Ends the drawing at once: any other error would leave a hole in the page and go on."""


class OnlyBundled(URLFetcher):
    """Give the stylesheets of this folder by their names, and refuse everything else, before anything is opened."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        name = url.removeprefix(BUNDLED)
        if not url.startswith(BUNDLED) or name not in SHEETS:
            raise _Stop
        return URLFetcherResponse(url, (_HERE / name).read_bytes(), {"Content-Type": "text/css"})


def as_pdf(html: str, *, password: str = "") -> bytes:
    """Draw a page that asks for nothing but `bundled:paper.css`; with a password it is locked (AES-256), its title too.

    Refuses:  FetchRefused for a page that asks for anything else; then there is no file at all.
    """
    try:
        drawn = HTML(string=html, url_fetcher=OnlyBundled()).write_pdf(pdf_variant="pdf/ua-1")
    except _Stop:
        raise FetchRefused("A page for paper asked for something that is not bundled.") from None
    return _nobody_made_it(drawn, password)


def _nobody_made_it(content: bytes, password: str = "") -> bytes:
    """Leave the title and the language, and take out who made it, with what and when."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as made:
        with made.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as told:
            for name in [one for one in told if one not in ("dc:title", "{http://purl.org/dc/elements/1.1/}title")]:
                if "pdfuaid" not in name and "pdfua/ns/id" not in name:
                    del told[name]
        for key in [str(one) for one in made.docinfo if str(one) != "/Title"]:
            del made.docinfo[key]
        if password:
            made.save(out, encryption=pikepdf.Encryption(owner=password, user=password, R=6))
        else:
            made.save(out, deterministic_id=True)
    return out.getvalue()

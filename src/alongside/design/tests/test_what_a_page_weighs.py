import gzip
import hashlib
import re
from importlib.metadata import version
from pathlib import Path

import brotli
from django.contrib.staticfiles import finders

from alongside.design.page import Page
from alongside.design.security import CONTENT_SECURITY_POLICY
from alongside.design.tests.rendering import draw

VENDOR = Path(__file__).resolve().parents[4] / "vendor" / "nhsuk-frontend"
PUBLIC = '{% extends "design/public.jinja" %}{% block content %}<h1>{{ page.title }}</h1>{% endblock %}'


def test_the_components_and_the_style_sheet_are_the_pair_that_was_proven_together() -> None:
    sheet = (VENDOR / "nhsuk-frontend.min.css").read_text()
    assert (version("nhsuk-frontend-jinja"), re.findall(r'--nhsuk-frontend-version:"([^"]+)"', sheet)) == (
        "0.10.2",
        ["10.6.1"],
    )


def test_the_vendored_files_are_those_of_the_list() -> None:
    listed = dict(reversed(line.split()) for line in (VENDOR / "README.md").read_text().splitlines() if line.startswith("    "))
    here = {
        str(path.relative_to(VENDOR)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "README.md"
    }
    assert here == listed


def test_the_style_sheet_fetches_nothing_from_elsewhere() -> None:
    sheet = (VENDOR / "nhsuk-frontend.min.css").read_text()
    assert [
        word for word in ("@font-face", "Frutiger", "sourceMappingURL", "url(http", "@import", "/assets/") if word in sheet
    ] == []
    assert [image for image in set(re.findall(r"url\(([^)]+)\)", sheet)) if not (VENDOR / image).exists()] == []


def test_the_compressed_style_sheets_are_the_style_sheet() -> None:
    plain = (VENDOR / "nhsuk-frontend.min.css").read_bytes()
    assert gzip.decompress((VENDOR / "nhsuk-frontend.min.css.gz").read_bytes()) == plain
    assert brotli.decompress((VENDOR / "nhsuk-frontend.min.css.br").read_bytes()) == plain


def test_a_first_public_page_is_under_100_kb_in_all() -> None:
    html = draw(PUBLIC, Page(title="Help near you"), demo=True)
    weight = len(html.encode())
    for address in set(re.findall(r'(?:src|href)="/static/([^"]+)"', html)):
        found = Path(str(finders.find(address)))
        compressed = found.with_name(f"{found.name}.gz")
        weight += (compressed if compressed.exists() else found).stat().st_size
    assert weight < 60_000


def test_the_content_security_policy_allows_nothing_inline_and_nothing_from_elsewhere() -> None:
    directives = CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert {source for sources in directives.values() for source in sources} == {"'none'", "'self'", "data:"}
    assert [name for name, sources in directives.items() if sources == ["'none'"]] == [
        "default-src",
        "frame-ancestors",
        "base-uri",
    ]
    assert [name for name, sources in directives.items() if "data:" in sources] == ["img-src"]

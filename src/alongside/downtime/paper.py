# For workers only.
"""A pack as a page that stands alone, as plain text, and as one sealed file with both."""

from __future__ import annotations

from collections.abc import Iterator

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from alongside.backups.sealed import CannotBeUsed, open_bytes, seal_bytes
from alongside.downtime.pages import PackAlonePage
from alongside.files.alone import as_page
from alongside.files.bundles import NotABundle, as_bundle, files_in

NAMES = ("pack.html", "pack.txt")


def as_html(page: PackAlonePage) -> str:
    """Draw it with nothing around it."""
    return render_to_string(page.template, {"page": page})


def as_text(page: PackAlonePage) -> str:
    """Write it as lines, for a telephone or a terminal."""
    return "\n".join(_text(page)) + "\n"


def _text(page: PackAlonePage) -> Iterator[str]:
    yield from (page.title.upper(), "", _("Written until %(moment)s.") % {"moment": page.made})
    yield from (_("Do not rely on it after %(moment)s.") % {"moment": page.until}, "", *page.about)
    yield from ("", _("In danger now").upper(), *page.crisis)
    for on, rows in page.days:
        yield from ("", on.upper())
        yield from (f"- {one.name}: {one.what}. " + _("Held by %(who)s.") % {"who": one.holder} for one in rows)
        if not rows:
            yield _("Nobody.")
    yield from ("", _("Everybody in this pack").upper())
    for person in page.people:
        yield from ("", f"== {person.name} ==", person.about)
        for label, said in person.lines:
            yield from (f"{label}:", *(f"  {line}" for line in said or (_("nothing written down"),)))
    if not page.people:
        yield _("Nobody.")


def as_sealed(page: PackAlonePage, recipient: str) -> bytes:
    """Seal it for a key that is not here: age, and in it a plain tar of the page and the text."""
    return seal_bytes(as_bundle({NAMES[0]: as_page(as_html(page)), NAMES[1]: as_text(page).encode()}), recipient)


def opened(content: bytes, identity: str, name: str) -> dict[str, bytes]:
    """Open a sealed pack: its page and its text. Nothing else is needed, no database and no hub.

    Refuses:  CannotBeUsed, with the reason.
    """
    try:
        return files_in(open_bytes(content, identity, name), NAMES)
    except NotABundle as fault:
        raise CannotBeUsed(f"{name} cannot be opened: it is not a pack.") from fault

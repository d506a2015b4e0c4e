"""A page that stands alone: opened from a stick in any browser, it asks for nothing, runs nothing and leads nowhere.

Source: trust.md C30, C19.
"""

from __future__ import annotations

from alongside.files.pdf import BUNDLED, SHEETS, sheet

CLOSED = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"


def as_page(html: str) -> bytes:
    """Take a page that asks for nothing but a bundled stylesheet (as `as_pdf` does), and put that into it.

    Refuses:  ValueError for a page that would ask for anything else.
    """
    for name in SHEETS:
        html = html.replace(
            f'<link rel="stylesheet" href="{BUNDLED}{name}">',
            f'<meta http-equiv="Content-Security-Policy" content="{CLOSED}"><style>{sheet(name)}</style>',
        )
    if BUNDLED in html or "<link" in html or "<script" in html:
        raise ValueError("A page that stands alone asks for something that is not in it.")
    return html.encode()

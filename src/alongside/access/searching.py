# For workers only.
"""What a worker searched for last: kept sealed with the session, never in an address, where histories and logs keep it (ASVS 14.2.1).

A search is sent, kept, and shown at an address without its words; so going back shows the search again, and asks for nothing twice.
"""

from __future__ import annotations

import json

from alongside.access.requests import Request
from alongside.access.sealing import CannotUnseal, seal, unseal

LONGEST = 120
"""So many letters of each word that was searched for; ours."""
SHOWN = "?found=yes"
"""The end of the address at which a search is shown."""


def keep_search(request: Request, page: str, names: tuple[str, ...]) -> None:
    """Keep what was searched for on a page, in the place of what was searched for before."""
    words = {name: request.POST[name].strip()[:LONGEST] for name in names if request.POST.get(name, "").strip()}
    request.session["search"] = {"page": page, "words": seal(json.dumps(words))}


def kept_search(request: Request, page: str) -> dict[str, str]:
    """Give what was searched for last on a page; nothing when the address does not ask for it, or the key has changed meanwhile."""
    kept = request.session.get("search")
    if "found" not in request.GET or not kept or kept["page"] != page:
        return {}
    try:
        words: dict[str, str] = json.loads(unseal(kept["words"]))
    except CannotUnseal:
        return {}
    return words

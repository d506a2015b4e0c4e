"""What may stand in a journal entry: ids, codes, dates, numbers; never free text and never a name."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any
from uuid import UUID

_CODE = re.compile(r"[a-z0-9][a-z0-9_.:/-]{0,59}")
CODED = frozenset(
    (
        "answer", "basis", "because", "category", "changed", "domain", "door", "failed", "finding", "how", "kind", "mode", "nation", "national", "needs", "news", "outcome",
        "reason", "result", "role", "sector", "source", "standard", "stopped", "template", "topic", "urgency", "what", "whose", "why",
        "wording",
    )
)  # fmt: skip
"""The facts that are codes of our own lists. No other fact is a text: `anna` has the shape of a code too."""


class FreeTextInJournal(TypeError):
    """A programming error: a fact that is not an id, a code, a date or a number."""


def clean(name: str, value: Any) -> Any:
    """Turn one fact into what JSON can hold, or fail loudly when it could be free text."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, str) and (value == "" or (name in CODED and _CODE.fullmatch(value))):
        return value
    if isinstance(value, (list, tuple, set, frozenset)):
        return [clean(name, item) for item in value]
    raise FreeTextInJournal(f"The fact {name!r} is {type(value).__name__}, not an id, code, date or number.")

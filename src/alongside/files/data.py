"""Values as JSON: in the order given, with every letter as itself."""

from __future__ import annotations

import json
from typing import Any


def as_json(value: Any) -> bytes:
    """Write plain values as JSON; anything else is an error, and never `str()` of a record."""
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False).encode()

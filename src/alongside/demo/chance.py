"""Where random ids and references come from while a demo is made, so that the same seed makes the same hub.

Only the demo does this, and the demo refuses a live installation: ids there stay unguessable.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace


@contextmanager
def seeded(seed: object) -> Iterator[None]:
    """Draw every `uuid4` and every `secrets` choice from one seed while this lasts."""
    source = random.Random(f"ids:{seed}")
    plain_os, plain_urandom = uuid.os, random._urandom  # type: ignore[attr-defined]  # the two places the library reads
    uuid.os = SimpleNamespace(urandom=source.randbytes)  # type: ignore[attr-defined]  # as above
    random._urandom = source.randbytes  # type: ignore[attr-defined]  # as above
    try:
        yield
    finally:
        uuid.os = plain_os  # type: ignore[attr-defined]  # as above
        random._urandom = plain_urandom  # type: ignore[attr-defined]  # as above

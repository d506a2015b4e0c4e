"""Human references that can be said on the telephone, and tokens that cannot be guessed."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable

ALPHABET = "BCDFGHJKMNPQRTVWXYZ"
"""No vowels (no words by chance), no L or S (they look like 1 and 5)."""
_DIGITS = "23456789"
_SHAPE = re.compile(f"[{ALPHABET}]{{3}}[{_DIGITS}]{{4}}[{ALPHABET}]")


def make_reference(choose: Callable[[str], str]) -> str:
    """Make a reference such as KFR-4829-F: three letters, four digits and a check letter."""
    letters, digits = "".join(choose(ALPHABET) for _ in range(3)), "".join(choose(_DIGITS) for _ in range(4))
    return f"{letters}-{digits}-{_check(letters + digits)}"


def read_reference(text: str) -> str | None:
    """Read a reference as people say it (any case, spaces or dashes), or None when it cannot be one."""
    plain = "".join(char for char in text.upper() if char.isalnum())
    if not _SHAPE.fullmatch(plain) or plain[7] != _check(plain[:7]):
        return None
    return f"{plain[:3]}-{plain[3:7]}-{plain[7]}"


def new_token() -> str:
    """Make a token of 192 random bits for a private link."""
    return secrets.token_urlsafe(24)


def fingerprint(text: str | bytes) -> str:
    """Give the SHA-256 of a token or content: what is stored instead of the token itself."""
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()


def _check(body: str) -> str:
    """Weigh every place differently modulo 19, a prime: one wrong sign, or two neighbours swapped, never passes."""
    values = (ALPHABET.index(char) if char in ALPHABET else _DIGITS.find(char) for char in body)
    return ALPHABET[sum((place + 1) * value for place, value in enumerate(values)) % len(ALPHABET)]

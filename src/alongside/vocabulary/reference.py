"""Human references that can be said on the telephone, and tokens that cannot be guessed."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable

ALPHABET = "BCDFGHJKMNPQRTVWXYZ"
"""No vowels (no words by chance), no L or S (they look like 1 and 5)."""
_DIGITS = "23456789"


def make_reference(choose: Callable[[str], str]) -> str:
    """Make a reference such as KFR-4829-F: three letters, four digits and a check letter."""
    letters, digits = "".join(choose(ALPHABET) for _ in range(3)), "".join(choose(_DIGITS) for _ in range(4))
    return f"{letters}-{digits}-{check_letter(letters + digits)}"


def new_token() -> str:
    """Make a token of 192 random bits for a private link."""
    return secrets.token_urlsafe(24)


def fingerprint(text: str | bytes) -> str:
    """Give the SHA-256 of a token or content: what is stored instead of the token itself."""
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()


def check_letter(body: str) -> str:
    """Weigh every place differently modulo 19, a prime: one wrong sign, or two neighbours swapped, never passes."""
    values = (ALPHABET.index(char) if char in ALPHABET else _DIGITS.find(char) for char in body)
    return ALPHABET[sum((place + 1) * value for place, value in enumerate(values)) % len(ALPHABET)]

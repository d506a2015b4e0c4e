"""The mark that an e-mail leaves with, so that what comes back is known again and nobody is named by it.

Ours: sixteen bytes of the message's key and ten of a keyed hash of it, as 42 small letters and digits: mail servers change the case of
an address, and let its part before the @ have 64 characters (RFC 5321 section 4.5.3.1.1).
Nobody who does not hold the mark can make it: the key alone stands in the journal and in addresses of pages.
"""

from __future__ import annotations

import re
from base64 import b32decode, b32encode
from collections.abc import Iterator
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

_KEY, _PROOF = 16, 10
_MARK = re.compile(r"(?<![a-z0-9])[a-z2-7]{42}(?=@)", re.IGNORECASE)


def mark_of(key: UUID) -> str:
    """Give the mark of the message with this key: the same at every try, and at every start with the same secret key."""
    proof = salted_hmac("alongside.bounce", key.bytes, algorithm="sha256").digest()[:_PROOF]
    return b32encode(key.bytes + proof).decode().rstrip("=").lower()


def keys_in(text: str) -> Iterator[UUID]:
    """Give the key of each true mark that stands before an @; one that somebody made up is none."""
    for found in _MARK.findall(text):
        key = UUID(bytes=b32decode(f"{found.upper()}======")[:_KEY])
        if constant_time_compare(found.lower(), mark_of(key)):
            yield key

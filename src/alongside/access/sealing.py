"""Sealing words with a key that the database does not hold: whoever reads the tables alone reads nothing (trust.md T14)."""

from __future__ import annotations

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from alongside.refusals import Refusal


class CannotUnseal(Refusal):
    """The key with which this was sealed is not among those of the settings."""

    code = "cannot_unseal"
    status = 503
    message = _(
        "It cannot be opened: the key is missing. Whoever runs the installation has to put it back (ALONGSIDE_VAULT_KEYS)."
    )


def seal(words: str) -> str:
    """Seal words with the key that is used now.

    Refuses:  CannotUnseal when there is no key at all: nothing is kept that nobody could open.
    """
    return _keys(tuple(settings.VAULT_KEYS)).encrypt(words.encode()).decode()


def unseal(sealed: str) -> str:
    """Give sealed words back, whichever of the keys sealed them.

    Refuses:  CannotUnseal when none of the keys did.
    """
    try:
        return _keys(tuple(settings.VAULT_KEYS)).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise CannotUnseal from None


@lru_cache(maxsize=4)
def _keys(given: tuple[str, ...]) -> MultiFernet:
    if not given:
        raise CannotUnseal
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_stretched(one))) for one in given])


def _stretched(key: str) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"alongside vault").derive(key.encode())

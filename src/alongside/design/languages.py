"""The switch of languages, without a view: which language was meant, and where to go back to."""

from __future__ import annotations

from django.conf import settings
from django.utils.http import url_has_allowed_host_and_scheme


def meant(asked: str) -> str:
    """Give the language that was asked for when the product speaks it, and the first of its languages otherwise."""
    spoken = [code for code, _name in settings.LANGUAGES]
    return asked if asked in spoken else spoken[0]


def back_to(asked: str, *, host: str, secure: bool, otherwise: str = "/") -> str:
    """Give the address to go back to: the page the switch was pressed on, never an address of somebody else."""
    return asked if url_has_allowed_host_and_scheme(asked, allowed_hosts={host}, require_https=secure) else otherwise

"""Addresses of pages by their names, for templates and for the rows of lists: as `reverse`, without its work for every row."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import get_script_prefix, reverse

_NOBODY = UUID(int=0)


def address(name: str, *args: Any, **kwargs: Any) -> str:
    """Give the address of a page. Those without a key, or with one public id, are worked out once a process."""
    if kwargs or len(args) > 1 or (args and not isinstance(args[0], UUID)):
        return reverse(name, args=args, kwargs=kwargs)
    before, after = _around_the_id(name, bool(args), get_script_prefix(), settings.ROOT_URLCONF)
    return f"{before}{args[0]}{after}" if args else before


@lru_cache(maxsize=1024)
def _around_the_id(name: str, has_id: bool, prefix: str, urlconf: str) -> tuple[str, str]:
    """Give what stands before and after the public id; `prefix` and `urlconf` only keep the answers of two of them apart."""
    before, _id, after = reverse(name, args=(_NOBODY,) if has_id else ()).partition(str(_NOBODY))
    return before, after

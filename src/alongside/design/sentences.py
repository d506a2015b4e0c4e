"""The sentences of the templates in the language of the page: each is looked up once in each language."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.utils.translation import get_language, gettext
from markupsafe import Markup


def sentence(__sentence: str, **values: Any) -> Markup:
    """Say a sentence of a template in the language of the page; values that are put into it are escaped."""
    spoken = get_language()
    return _pattern(spoken, __sentence) % values if values else _whole(spoken, __sentence)


@lru_cache(maxsize=8192)
def _pattern(spoken: str | None, written: str) -> Markup:
    """Give the translation in the language that is active: `spoken` only keeps the answers of two languages apart."""
    return Markup(gettext(written))  # noqa: S704  # nosec B704  # sentences of templates are ours, as in Jinja's own gettext


@lru_cache(maxsize=8192)
def _whole(spoken: str | None, written: str) -> Markup:
    return _pattern(spoken, written) % {}

"""The Jinja environment of every page."""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader

from alongside.design import words


def environment(**options: Any) -> Environment:
    """Build the environment; the NHS component templates need `ChainableUndefined` (a fitness test reads `page.` names)."""
    options["undefined"] = ChainableUndefined
    loader = options.pop("loader")
    env = Environment(
        loader=ChoiceLoader([loader, PackageLoader("nhsuk_frontend_jinja")]),
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        **options,
    )
    env.install_gettext_callables(  # type: ignore[attr-defined]  # added by the i18n extension
        translation.gettext, translation.ngettext, newstyle=True, pgettext=translation.pgettext, npgettext=translation.npgettext
    )
    env.globals.update(static=static, url=_url, get_language=translation.get_language, words=words.words)
    env.filters.update(
        day=words.day, short_day=words.short_day, moment=words.moment, clock_time=words.clock_time, how_long=words.how_long
    )
    return env


def _url(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args, kwargs=kwargs)

"""The Jinja environment of every page."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader

from alongside.design import words
from alongside.design.asked import standing_under, under_of
from alongside.design.forms import error_links, wrong_boxes


def environment(**options: Any) -> Environment:
    """Build the environment; the NHS component templates need `ChainableUndefined` (a fitness test reads `page.` names)."""
    options["undefined"] = ChainableUndefined
    loader = options.pop("loader")
    env = Environment(  # noqa: S701  # autoescape comes with the options: Django turns it on
        loader=ChoiceLoader([loader, PackageLoader("nhsuk_frontend_jinja")]),
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        **options,
    )
    env.install_gettext_callables(  # type: ignore[attr-defined]  # added by the i18n extension
        translation.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    env.globals.update(static=static, url=_url, get_language=translation.get_language, words=words.words, ago=words.ago)
    env.globals["nhs"] = _components()
    env.globals.update(error_links=error_links, wrong_boxes=wrong_boxes, standing_under=standing_under, under_of=under_of)
    env.filters.update(
        day=words.day,
        short_day=words.short_day,
        moment=words.moment,
        clock_time=words.clock_time,
        how_long=words.how_long,
        minutes=words.how_long,
        words=words.words,
    )
    return env


def _components() -> SimpleNamespace:
    """Load the NHS components into an environment of their own, which trims their blank lines: a field is a fifth of the size."""
    own = Environment(
        loader=PackageLoader("nhsuk_frontend_jinja"),
        undefined=ChainableUndefined,
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    def macro(folder: str, name: str) -> Any:
        return getattr(own.get_template(f"nhsuk/components/{folder}/macro.jinja").module, name)

    return SimpleNamespace(
        input=macro("input", "input"),
        textarea=macro("textarea", "textarea"),
        radios=macro("radios", "radios"),
        checkboxes=macro("checkboxes", "checkboxes"),
        select=macro("select", "select"),
        date_input=macro("date-input", "dateInput"),
    )


def _url(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args, kwargs=kwargs)

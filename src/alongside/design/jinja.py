"""The Jinja environment of every page."""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.utils import translation
from jinja2 import ChainableUndefined, Environment

from alongside.design import words
from alongside.design.addresses import address
from alongside.design.asked import answers_with_more, standing_under, under_of
from alongside.design.fields import groups_of
from alongside.design.forms import error_links, wrong_boxes
from alongside.design.sentences import sentence


def environment(**options: Any) -> Environment:
    """Build the environment; with `ChainableUndefined` a layout may ask for what only some pages have (a fitness test reads `page.` names)."""
    options["undefined"] = ChainableUndefined
    env = Environment(  # noqa: S701  # nosec B701  # autoescape comes with the options: Django turns it on
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
    env.globals.update(_=sentence, gettext=sentence)
    env.globals.update(static=static, url=address, get_language=translation.get_language, words=words.words, ago=words.ago)
    env.globals.update(error_links=error_links, wrong_boxes=wrong_boxes, under_of=under_of, groups_of=groups_of)
    env.globals.update(standing_under=standing_under, answers_with_more=answers_with_more)
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

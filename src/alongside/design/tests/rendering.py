"""Drawing for the tests: a template from a string, with a shell and stand-in addresses."""

from __future__ import annotations

from typing import Any

from django.template import engines
from django.test.utils import override_settings
from django.utils import translation

from alongside.design.page import Page
from alongside.design.shell import CrisisLine, Shell
from alongside.vocabulary.crisis import BY_NATION

QUESTION = (
    '{% extends "design/public.jinja" %}{% from "design/macros.jinja" import question_page %}'
    "{% block content %}{% call question_page(page) %}{{ csrf_input }}{% endcall %}{% endblock %}"
)


def crisis(nation: str, language: str) -> tuple[CrisisLine, ...]:
    return tuple(CrisisLine(one.cy if language == "cy" else one.en, one.href) for one in BY_NATION[nation])


def draw(source: str, page: Page, *, language: str = "en-gb", nation: str = "england", **shell: Any) -> str:
    """Render a template of the design layer as a view would."""
    around = Shell(hub_name="Riverside hub", language=language, **{"crisis": crisis(nation, language), **shell})
    with override_settings(ROOT_URLCONF="alongside.design.tests.urls"), translation.override(language):
        template = engines["jinja2"].from_string(source)
        return str(template.render({"page": page, "shell": around, "csrf_input": ""}))

"""When something opens, as people say it."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.utils import translation

from alongside.design.words import opening
from alongside.vocabulary.clock import UK

NOW = datetime(2026, 11, 26, 6, 30, tzinfo=UK)
"""A Thursday, early."""


@pytest.mark.parametrize(
    ("opens", "english", "welsh"),
    [
        (NOW.replace(hour=8, minute=0), "8 this morning", "8 y bore yma"),
        (NOW.replace(hour=13, minute=30), "1:30 this afternoon", "1:30 y prynhawn yma"),
        (NOW.replace(hour=18, minute=0), "6 this evening", "6 heno"),
        (NOW.replace(day=27, hour=8, minute=0), "8 tomorrow morning", "8 bore yfory"),
        (NOW.replace(day=30, hour=9, minute=15), "9:15 on Monday morning", "9:15 fore Llun"),
        (NOW.replace(month=12, day=3, hour=8, minute=0), "8 on Thursday 3 December 2026", "8, dydd Iau 3 Rhagfyr 2026"),
    ],
    ids=str,
)
def test_a_moment_is_said_by_the_day_it_is(opens: datetime, english: str, welsh: str) -> None:
    for spoken, said in (("en-gb", english), ("cy", welsh)):
        with translation.override(spoken):
            assert opening(opens, NOW) == said

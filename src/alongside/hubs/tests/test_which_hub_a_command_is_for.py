"""One way to say which hub: by name, by the setting, the only one, or in the demo the first; otherwise all are named."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from alongside.hubs.choosing import one_hub
from tests.support.hub import MadeHub, open_hub

pytestmark = pytest.mark.django_db


def test_the_only_hub_needs_no_name(hub: MadeHub, settings: Any) -> None:
    settings.DEMO = False
    assert one_hub("") == hub.hub


def test_of_several_one_is_named_or_set(hub: MadeHub, settings: Any) -> None:
    settings.DEMO = False
    other = open_hub("elsewhere")
    assert one_hub("elsewhere") == other.hub
    with pytest.raises(CommandError, match="The hubs here: elsewhere, rivermouth") as refused:
        one_hub("")
    assert refused.value.returncode == 2
    settings.HUB = "elsewhere"
    assert one_hub("") == other.hub and one_hub("rivermouth") == hub.hub


def test_in_the_demo_the_first_is_meant(hub: MadeHub, settings: Any) -> None:
    open_hub("elsewhere")
    settings.DEMO = True
    assert one_hub("") == hub.hub


def test_an_unknown_hub_is_a_fault_and_never_nobody(hub: MadeHub) -> None:
    """`nobody-lost --hub nosuch` printed 0 and ended well: a slip in a watchdog's line kept it silent for ever."""
    out = StringIO()
    with pytest.raises(CommandError, match="There is no hub called nosuch. The hubs here: rivermouth") as refused:
        call_command("nobody_lost", hub="nosuch", stdout=out)
    assert (refused.value.returncode, out.getvalue()) == (2, "")


def test_before_the_first_hub_it_says_how_to_begin(db: None, settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="begin one with ./alongside begin"):
        one_hub("")

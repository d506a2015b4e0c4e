"""The bench searches as a worker does: the words are sent, and what was found is looked at; none of both is counted as an error."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from alongside.demo.bench.tasks import _Browser
from alongside.journal.models import Look
from tests.support.hub import MadeHub

pytestmark = pytest.mark.django_db


def test_a_search_of_the_bench_finds_somebody(hub: MadeHub, settings: Any) -> None:
    settings.RECORDS_AN_HOUR = settings.ROWS_AN_HOUR = 10**9  # the bench sets both; so they are put back
    person = hub.held_by("cora", name="Mair Pretend")
    size, wrong = _Browser(hub.hats["cora"]).search(reverse("referrals:bring-someone-in"), name="Mair Pretend")
    assert (size > 1_000, wrong) == (True, 0)
    [look] = Look.objects.filter(page="BringSomeoneInPage")
    assert look.person_ids == [person.pk]

"""Every row of triage says why it stands where it stands, from facts (E19)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from alongside.journey.referrals.codes import REASONS
from alongside.journey.referrals.commands import add_to_referral
from alongside.journey.referrals.queries import referrals_waiting_for_triage
from alongside.journey.referrals.rules import Standing, reasons
from tests.support.hub import AT, TODAY, MadeHub

DAY = timedelta(days=1)
CALM = Standing(urgency="steady")


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (CALM, ("nothing_raises",)),
        (replace(CALM, has_words=False), ("no_words",)),
        (replace(CALM, urgency="now", not_safe_now=True), ("not_safe",)),
        (replace(CALM, urgency="today"), ("asked_for",)),
        (replace(CALM, urgency="today", raised_because="got_worse"), ("got_worse",)),
        (replace(CALM, urgency="today", raised_because="asked_again"), ("asked_again",)),
        (replace(CALM, promised_on=TODAY), ("nothing_raises",)),
        (replace(CALM, promised_on=TODAY - DAY), ("date_passed",)),
        (replace(CALM, young=True, child_depends=True, has_words=False), ("young", "depends", "no_words")),
    ],
    ids=str,
)
def test_the_reason_follows_from_the_facts(facts: Standing, said: tuple[str, ...]) -> None:
    assert reasons(facts, TODAY) == said and set(said) <= set(REASONS)


@pytest.mark.both_databases
def test_each_row_carries_its_reason_in_one_read(hub: MadeHub) -> None:
    rows: dict[str, Any] = {
        "not_safe": hub.refer(not_safe_now=True, words="I cannot."),
        "young": hub.refer(age_band="11_15", words="School."),
        "asked_for": hub.refer(actor=hub.actor("gil"), door="gp", urgency="soon", words="Please see her."),
        "no_words": hub.refer(),
        "got_worse": hub.refer(words="Low."),
        "depends": hub.refer(words="Tired.", dependants=(("child", "two"),)),
    }
    add_to_referral(actor=hub.public, at=AT, referral=rows["got_worse"].referral, words="", worse=True)
    found = {one.key: one.reasons(TODAY) for one in referrals_waiting_for_triage(hub.actor("dana"))}
    assert {reason: found[one.referral.pk] for reason, one in rows.items()} == {reason: (reason,) for reason in rows}
    assert all("date_passed" in one.reasons(TODAY + 40 * DAY) for one in referrals_waiting_for_triage(hub.actor("dana")))


def test_the_queue_says_it_in_both_languages(hub: MadeHub) -> None:
    hub.refer(age_band="11_15", words="School.")
    browser = hub.signed_in("dana")
    assert "a child or young person" in browser.get("/triage/").content.decode()
    with translation.override("cy"):
        assert "plentyn neu berson ifanc" in browser.get("/triage/", headers={"accept-language": "cy"}).content.decode()

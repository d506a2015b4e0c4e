"""What happens in a hub beside people's own lives: leave with cover, a leaver, doubles, and some who are lost on purpose.

"Lost on purpose" means: the software did its part and nobody acted, so that *Nobody lost* has something to show.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from alongside.demo.hub import Stage
from alongside.demo.lives import Life
from alongside.demo.play import Part
from alongside.hubs.queries import local_date
from alongside.journey.referrals.commands import receive_referral
from alongside.members.commands import arrange_leave, end_hat, pass_on
from alongside.members.models import Holding
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.arrival import Arrival, PersonAsTold, WayToReach
from alongside.vocabulary.reference import fingerprint

LOST = 3
HELLOS_NOT_SAID = 2
DOUBLES = 2
Event = tuple[datetime, Callable[[], Any]]


def cut_short(life: Life, now: datetime) -> Life:
    """Let a life stop before its next date: whoever held them forgot."""
    contacts = [
        place for place, step in enumerate(life.steps) if step.verb in ("triage", "contact") and step.facts.get("next_on")
    ]
    for place in reversed(contacts):
        if life.steps[place].facts["next_on"] < local_date(now) - timedelta(days=3):
            return replace(life, steps=life.steps[: place + 1])
    return life


def forget_hello(life: Life, now: datetime) -> Life:
    """Let a life stop while it rests: nobody said hello on the day that was agreed."""
    for place, step in enumerate(life.steps):
        if step.verb == "rest" and step.facts["hello_on"] and step.facts["hello_on"] < local_date(now) - timedelta(days=3):
            return replace(life, steps=life.steps[: place + 1])
    return life


def lose_some(parts: list[Part], now: datetime) -> list[Part]:
    """Cut a few long lives short, so that their next dates, or their hellos, have passed."""
    lost, not_said, found = 0, 0, []
    for part in parts:
        if not_said < HELLOS_NOT_SAID and part.life.arc == "brief":
            cut = forget_hello(part.life, now)
            if cut is not part.life:
                part, not_said = replace(part, life=cut), not_said + 1
        recent = part.life.steps[0].at > now - timedelta(days=160)
        if lost < LOST and recent and part.life.arc in ("alongside", "introduced") and len(part.life.steps) > 4:
            cut = cut_short(part.life, now)
            if cut.steps[-1].verb == "contact":
                part, lost = replace(part, life=cut), lost + 1
        found.append(part)
    return found


def put_in_danger(parts: list[Part], now: datetime) -> list[Part]:
    """Let the first of those who have just come in be in danger at this moment, so that there is a crisis call to take."""
    for place, part in enumerate(parts):
        if part.life.arc == "waiting":
            arrives = part.life.steps[0]
            danger = replace(arrives, at=now - timedelta(minutes=20), facts=arrives.facts | {"urgency": "now"})
            return [*parts[:place], replace(part, life=replace(part.life, steps=(danger,))), *parts[place + 1 :]]
    return parts


def events(stage: Stage, parts: list[Part], now: datetime) -> list[Event]:
    """Give the hub's own events with their moments."""
    return [
        (now - timedelta(days=200), lambda: _hand_over_to_the_leaver(stage, now - timedelta(days=200))),
        (now - timedelta(days=90), lambda: _leaver(stage, now - timedelta(days=90))),
        (now - timedelta(days=2), lambda: _leave(stage, now - timedelta(days=2))),
        *[
            (now - timedelta(days=6 - 4 * place), _doubling(stage, parts, place, now - timedelta(days=6 - 4 * place)))
            for place in range(min(DOUBLES, len(parts)))
        ],
    ]


def _hand_over_to_the_leaver(stage: Stage, at: datetime) -> None:
    held = (
        Holding.objects.filter(hat_id=stage.hats["link_2"], until_at__isnull=True)
        .order_by("pk")
        .values_list("membership_id", flat=True)
    )
    for person_id in list(held[:6]):
        pass_on(actor=stage.actor("link_2", at), at=at, person_id=person_id, why="agreed", to_hat_id=stage.hats["leaver_1"])


def _leaver(stage: Stage, at: datetime) -> None:
    """A worker leaves; everybody whom they hold has a new holder in the same moment."""
    end_hat(actor=stage.actor("lead_1", at), at=at, hat_id=stage.hats["leaver_1"], new_holder_hat_id=stage.hats["link_2"])


def _leave(stage: Stage, at: datetime) -> None:
    """A fortnight away, with cover by name."""
    arrange_leave(
        actor=stage.actor("lead_1", at),
        at=at,
        hat_id=stage.hats["wellbeing_3"],
        from_on=local_date(at),
        until_on=local_date(at) + timedelta(days=14),
        cover_id=stage.hats["wellbeing_2"],
    )


def _doubling(stage: Stage, parts: list[Part], place: int, at: datetime) -> Callable[[], Any]:
    """Somebody who is here asks again at the public door, where nobody is believed: a matcher has to look."""

    def ask_again() -> None:
        adults = [part for part in parts if part.life.tells_birthday and part.life.steps[0].at < at - timedelta(days=30)]
        if place >= len(adults):
            return
        who = adults[place].identity
        receive_referral(
            actor=Actor.public(stage.hub.pk),
            at=at,
            hub_id=stage.hub.pk,
            arrival=Arrival(
                person=PersonAsTold(
                    who.chosen_name, ways=(WayToReach("email", f"again.{who.email}"),), born_on=who.born_on, postcode=who.postcode
                ),
                door="self",
                words="I think I have been with you before, and I would like to talk again.",
                needs=("mood_and_worry",),
            ),
            key=f"{adults[place].key}:again",
            content_fingerprint=fingerprint(f"{adults[place].key}:again"),
        )

    return ask_again

"""Making the made-up hub: the hub, its directory, its people and their year; then, when asked, many more in bulk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from alongside.access.models import User
from alongside.demo import chance
from alongside.demo.bulk.filling import fill
from alongside.demo.events import events, lose_some, put_in_danger
from alongside.demo.hub import ELSEWHERE, SLUG, build, build_elsewhere
from alongside.demo.identities import identity
from alongside.demo.lives import group_of, life
from alongside.demo.play import Part, play
from alongside.demo.services import fill_directory
from alongside.hubs.models import Hub
from alongside.hubs.queries import local_date

PEOPLE = 300
SEED = 1
BEFORE = timedelta(days=380)
"""The hub began a little before its first person came in."""


def standing_hub() -> Hub | None:
    """Give the made-up hub when it is here already."""
    return Hub.objects.filter(slug=SLUG).first()


def others() -> list[str]:
    """Name the hubs of this database that the demo has not made: where there is one, nobody is made up beside it.

    The demo's own are known by their short names and by the accounts that anybody may pick; no other hub has such.
    """
    is_ours = User.objects.filter(is_persona=True).exists()
    found = Hub.objects.exclude(slug__in=(SLUG, ELSEWHERE)) if is_ours else Hub.objects.all()
    return list(found.order_by("slug").values_list("slug", flat=True))


def make(*, people: int, seed: int, now: datetime, say: Callable[[str], object] = lambda _line: None) -> Hub:
    """Make the hub with its people: the same seed and the same moment make the same hub, id by id."""
    now = now.replace(second=0, microsecond=0)
    with chance.seeded(seed):
        alive = min(people, PEOPLE)
        # All or nothing: a start that is broken off leaves no half of a hub to be taken for a whole one.
        with transaction.atomic():
            say("Building the Rivermouth hub: partners, teams, workers.")
            stage = build(now - BEFORE)
            build_elsewhere(now - BEFORE)
            fill_directory(stage, now - BEFORE, now)
            say(f"A year of life for {alive} people, one command after the other.")
            cast_of_lives = put_in_danger(lose_some(parts(seed, range(alive), now), now), now)
            play(stage, cast_of_lives, events=events(stage, cast_of_lives, now))
        if people > alive:
            fill(stage, seed=seed, numbers=range(alive, people), now=now, began=now - BEFORE, say=say)
    return stage.hub


def parts(seed: int, numbers: range, now: datetime) -> list[Part]:
    """Give the people of these numbers with their lives, each with a life of their own."""
    found = []
    for number in numbers:
        who = identity(seed, number, local_date(now))
        found.append(Part(who, life(seed, group_of(who.age(local_date(now))), number, now), key=f"demo:{seed}:{number}"))
    return found

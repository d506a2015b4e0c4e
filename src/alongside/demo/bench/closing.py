"""What closes records, laid in heaps before a measurement: neither exclusions nor agreements may slow a page (trust.md C04, C05, C07)."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model

from alongside.access.models import Exclusion, Joined, KeptAway, Objection, SharingAgreement, Signature
from alongside.hubs.models import Hat, Hub, Organisation
from alongside.people.models import Person

AT_ONCE = 5_000


def lay_closed(hub: Hub, count: int, at: datetime, *, reader: int) -> None:
    """Lay so many exclusions, objections and agreements, and let every record be read as one with another.

    None of them changes what the reader of the bench sees: other workers are kept away, organisations of nobody here are
    objected to, and the agreements are between those. So the same pages are measured, among all that has to be asked.

    In:   `reader`, the hat of whoever opens the pages.
    """
    hat = Hat.objects.get(pk=reader)
    people = list(
        Person.objects.unscoped("The bench closes what it filled.").filter(hub=hub).order_by("pk").values_list("pk", flat=True)
    )
    workers = list(Hat.objects.filter(hub=hub).exclude(worker=hat.worker_id).values_list("worker_id", flat=True).distinct())
    made = _lay(Organisation, (Organisation(name=f"Made-up partner {number}", sector="charity") for number in range(100)))
    others = [one.pk for one in made]
    since = at - timedelta(days=1)
    each = list(itertools.islice(itertools.cycle(people), count))
    exclusions = _lay(
        Exclusion, (Exclusion(hub=hub, person_id=one, words="Made up.", made_at=since, settled_at=at) for one in each)
    )
    turns = itertools.count()

    def nth(found: list[int]) -> int:
        return found[next(turns) % len(found)]

    _lay(
        KeptAway, (KeptAway(exclusion=one, person_id=one.person_id, worker_id=nth(workers), from_at=since) for one in exclusions)
    )
    _lay(Objection, (Objection(hub=hub, person_id=one, organisation_id=nth(others), from_at=since) for one in each))
    _lay(
        Joined,
        (
            Joined(person_id=one, other_id=two, from_at=since)
            for pair in zip(people[::2], people[1::2], strict=False)
            for one, two in (pair, pair[::-1])
        ),
    )
    agreements = _lay(
        SharingAgreement, (SharingAgreement(hub=hub, purpose="Made up.", from_at=since) for _number in range(count))
    )
    _lay(
        Signature, (Signature(agreement=one, organisation_id=nth(others), from_at=since) for one in agreements for _twice in "ab")
    )


def _lay(model: type[Model], made: Iterable[Any]) -> list[Any]:
    """Write them a few thousand at a time, and give them with their keys."""
    save: Callable[[list[Any]], list[Any]] = model._default_manager.bulk_create
    return [one for some in _few(made) for one in save(some)]


def _few(made: Iterable[Any]) -> Iterator[list[Any]]:
    waiting = iter(made)
    while some := list(itertools.islice(waiting, AT_ONCE)):
        yield some

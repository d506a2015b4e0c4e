"""How much one account may open in an hour before it is asked for the second factor again (T07).

A stolen session, of a charity's account or of any other, is as blind after thirty records as somebody without one. It is counted in
the database, for all sessions of the account in all processes, from the moment at which this session last gave the second factor. What
is asked for in the same instant, while the thirtieth is still on its way, may pass: as many at most as the server works at at once.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from alongside.access.counting import opening
from alongside.access.models import Opened
from alongside.access.refused import StepUpNeeded
from alongside.access.requests import Request
from alongside.trips import Statement


def counted(request: Request, person_id: int | None, rows: int, *, at: datetime) -> list[Statement]:
    """Give what counts a look at people, and that the session is used, to travel with the look; nobody but workers is counted.

    Refuses:  StepUpNeeded when the hour's records, or rows, are used up and this would be one more.
    Queries:  none; one when the records are used up: whether this one is among them.
    """
    around = getattr(request.session, "around", None)
    if not request.actor.is_worker or around is None or around.counted_from is None or around.user_id is None:
        return []
    since = around.counted_from
    if person_id is None:
        if around.rows >= settings.ROWS_AN_HOUR:
            raise StepUpNeeded("rows")
    elif around.records >= settings.RECORDS_AN_HOUR and not _is_among_them(around.user_id, person_id, since):
        raise StepUpNeeded("records")
    times = 1 if person_id is not None else rows
    return [
        opening(around.user_id, person_id or 0, at=at, counted_from=since, times=times),
        *request.session.used(at),  # type: ignore[attr-defined]  # our own store
    ]


def _is_among_them(user_id: int, person_id: int, since: datetime) -> bool:
    return Opened.objects.filter(user_id=user_id, person_id=person_id, at__gt=since).exists()

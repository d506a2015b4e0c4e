"""When the work that runs by itself is due, and when it has stopped: plain values."""

from __future__ import annotations

from datetime import datetime, timedelta

TURN_IS_LOST = timedelta(minutes=5)
"""A turn that is not done by then was begun by somebody who has been killed: another may take it."""
STOPPED_AFTER = timedelta(minutes=30)
"""So long after the last turn was done, every page of a worker says that nothing runs by itself (ours)."""


def is_turn_due(began_at: datetime, done_at: datetime | None, *, at: datetime, every: timedelta) -> bool:
    """Tell whether the next turn may begin: so long after the last one began, or sooner when that one was lost."""
    is_open = done_at is None or done_at < began_at
    return at >= began_at + (min(TURN_IS_LOST, every) if is_open else every)


def has_stopped(done_at: datetime | None, *, at: datetime) -> bool:
    """Tell whether the work that runs by itself has stopped: nothing was done to its end for too long."""
    return done_at is not None and at - done_at > STOPPED_AFTER

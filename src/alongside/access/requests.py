"""A request as every view gets it: with who is asking, in which hat and hub."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from alongside.access.models import User
    from alongside.hubs.models import Hat, Hub
    from alongside.vocabulary.actor import Actor


class Request(HttpRequest):
    """What `WhoIsAsking` has put on a request; `hub` is None only while an installation has no hub at this address."""

    actor: Actor
    hub: Hub
    hat: Hat | None
    user: User  # type: ignore[assignment]  # somebody signed in, where a view asks for them
    has_stepped_up: Callable[[], None]
    """Let the actor know that the second factor has just been given."""

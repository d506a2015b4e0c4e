"""Services for tests, made through the commands."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from alongside.journey.directory.commands import add_service
from alongside.journey.directory.models import Service
from alongside.vocabulary.clock import now
from alongside.vocabulary.service_entry import LocationEntry, ServiceEntry
from tests.support.hub import MadeHub


def make_service(
    made: MadeHub,
    name: str,
    *needs: str,
    at: datetime | None = None,
    confirmed: bool = True,
    near: tuple[float, float] | None = None,
    of: str = "",
    **said: Any,
) -> Service:
    """Make a service of the hub's own, confirmed just now: a page is looked at now, whatever day the test is about.

    In:   `of`, the partner that runs it, by its key.
    """
    locations = said.pop("locations", ()) or ((LocationEntry(latitude=near[0], longitude=near[1]),) if near else ())
    entry = ServiceEntry(source="hub", source_id=name.lower(), name=name, needs=needs, locations=locations, **said)
    return add_service(
        actor=made.system,
        at=at or now(),
        hub_id=made.hub.pk,
        entry=entry,
        organisation_id=made.partners[of] if of else None,
        confirmed=confirmed,
    )

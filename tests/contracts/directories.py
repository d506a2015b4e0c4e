"""Directories to publish: one of the demonstration's kind, one with everything missing, and whatever must not be said."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from alongside.demo.services import _ROWS as DEMO_ROWS
from alongside.demo.services import PLACES
from alongside.hubs.models import Organisation
from alongside.journey.directory.commands import add_service, close_service, import_entries, say_room
from alongside.journey.directory.models import Service
from alongside.vocabulary.clock import now
from alongside.vocabulary.service_entry import LocationEntry, ServiceEntry
from tests.support.hub import AT, MadeHub


def entry(key: str, name: str, **said: Any) -> ServiceEntry:
    """Give an entry of a feed with everything said."""
    whole: dict[str, Any] = {
        "source": "a feed", "source_id": key, "name": name, "organisation": "A made-up charity", "description": "Come as you are.",
        "url": "https://walk.example/come?a=1", "email": "hello@walk.example",
        "phones": (("01632 960001", "Office"), ("01632 960002", "")), "cost": "Free", "how_to_start": "Come along.",
        "when_next": "Mondays", "accessibility": "Step-free.", "for_whom": "Anyone.", "age_from": 16, "age_to": 25,
        "needs": ("loneliness", "grief"), "licence": "OGL-UK-3.0",
        "locations": (LocationEntry("The hall", "1 Made-up Row, Town", "ZZ1 1AA", 51.6, -3.0), LocationEntry("The park"),
                      LocationEntry("The park")),
    }  # fmt: skip
    return ServiceEntry(**whole | said)


def as_in_the_demonstration(made: MadeHub) -> None:
    """Take in what the demonstration holds: some confirmed, one closed, one full, one of an organisation of the installation."""
    for key, name, partner, needs, age_from, age_to, level, place, cost, confirmed in DEMO_ROWS:
        where, outcode, latitude, longitude = PLACES[place]
        add_service(
            actor=made.system,
            at=AT,
            hub_id=made.hub.pk,
            entry=entry(
                key, name, source="hub", organisation=partner, needs=needs, age_from=age_from, age_to=age_to, level=level, cost=cost,
                locations=(LocationEntry(where, f"Made-up Row, {where}", f"{outcode} 1AA", latitude, longitude),),
            ),
            confirmed=confirmed is not None,
        )  # fmt: skip
    first, second, third = Service.objects.filter(hub=made.hub).order_by("pk")[:3]
    close_service(actor=made.system, at=AT + timedelta(days=2), service_id=first.public_id)
    say_room(actor=made.system, at=now(), service_id=second.public_id, weeks=None)
    Organisation.objects.filter(pk=made.partners["trust"]).update(ods_code="ZZ999")
    Service.objects.filter(pk=third.pk).update(organisation=made.partners["trust"])


def with_everything_missing(made: MadeHub) -> None:
    """Take in entries that give a name and nothing else, or what nobody can use."""
    bare = [ServiceEntry(source="a feed", source_id=str(number), name=f"Bare {number}") for number in range(3)]
    odd = ServiceEntry(
        source="a feed", source_id="odd", name="Odd", url="http://", email="nobody", locations=(LocationEntry(), LocationEntry(postcode="?"))
    )  # fmt: skip
    import_entries(actor=made.system, at=AT, hub_id=made.hub.pk, source="a feed", rows=[*bare, odd])


def take(made: MadeHub, *entries: ServiceEntry) -> list[Service]:
    """Take some entries in."""
    import_entries(actor=made.system, at=AT, hub_id=made.hub.pk, source="a feed", rows=entries)
    return list(Service.objects.filter(hub=made.hub).order_by("pk"))

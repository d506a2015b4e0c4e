"""One service in a few lines, as every list of services says it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.design.words import day, words
from alongside.journey.directory.codes import WARNING
from alongside.journey.directory.models import Flow, Place, Service, ServiceAtLocation
from alongside.journey.directory.queries.entries import is_exact, nearest
from alongside.journey.directory.queries.flow import is_full_now, room_words, typed_wait, wait_words
from alongside.journey.directory.rules import warning
from alongside.vocabulary.clock import now
from alongside.vocabulary.needs import NEEDS
from alongside.vocabulary.text import first_line


@dataclass(frozen=True, slots=True)
class InShort:
    """What a list says of a service, in plain words; what is not known is blank, but for the wait."""

    service_id: UUID
    name: str
    about: str
    for_whom: str
    ages: str
    where: str
    when: str
    cost: str
    wait: str
    start: str
    confirmed: str
    warning: str
    full: bool
    room: str = ""
    """What it can take, who said so and when."""
    closed: bool = False
    instead: tuple[str, UUID] | None = None
    """(name, public id) of what is there instead of one that has closed."""
    exact: bool = False
    """The distance is from point to point, and not "about"."""

    @property
    def lines(self) -> tuple[str, ...]:
        """Give what is known, a line each: for whom, where, when, cost, wait, what it can take, how to start, confirmed."""
        said = (self.for_whom, self.where, self.when, self.cost, self.wait, self.room, self.start, self.confirmed)
        return tuple(line for line in said if line)


def in_short(service: Service, locations: Iterable[ServiceAtLocation], place: Place | None, flow: Flow | None = None) -> InShort:
    """Say what matters about a service, seen from the place chosen for a search when there is one.

    In: `flow`, where the hub's own waits are to be said; without it the wait is what the service typed.
    """
    miles, where = nearest(locations, place)
    address = [part for part in (where.address, where.postcode) if part] if where else []
    exact = is_exact(place, where)
    far = [(_("%(miles).1f miles") if exact else _("about %(miles).1f miles")) % {"miles": miles}] if miles is not None else []
    ages = ages_words(service.age_from, service.age_to)
    wait, typed = wait_words(service, flow), typed_wait(service)
    return InShort(
        service_id=service.public_id,
        name=service.name,
        about=first_line(service.description, 200),
        for_whom=service.for_whom or ages,
        ages=ages,
        where=", ".join(address + far),
        when=service.when_next,
        cost=_("Cost: %(cost)s") % {"cost": service.cost} if service.cost else "",
        wait=wait,
        room="" if service.closed_at or (typed and typed in wait) else room_words(service),
        start=service.how_to_start or service.phone,
        confirmed=_("Confirmed on %(day)s") % {"day": day(service.confirmed_at)} if service.confirmed_at else "",
        warning="" if service.closed_at else words(WARNING, warning(service.fades_at, now(), left=service.left_at is not None)),
        full=is_full_now(service) and not service.closed_at,
        closed=service.closed_at is not None,
        instead=_instead(service),
        exact=exact,
    )


def _instead(service: Service) -> tuple[str, UUID] | None:
    return (service.replaced_by.name, service.replaced_by.public_id) if service.closed_at and service.replaced_by else None


def not_with_words(needs: Sequence[str]) -> str:
    """Say with which other needs a service takes nobody; nothing when it takes everybody."""
    said = ", ".join(words(NEEDS, need) for need in needs)
    return _("it takes nobody who also has one of these: %(needs)s") % {"needs": said} if said else ""


def ages_words(low: int | None, high: int | None) -> str:
    """Say for which ages a service is; nothing when it is for any."""
    if low is not None and high is not None:
        return _("for ages %(low)s to %(high)s") % {"low": low, "high": high}
    if low is not None:
        return _("for ages from %(low)s") % {"low": low}
    return _("for ages up to %(high)s") % {"high": high} if high is not None else ""

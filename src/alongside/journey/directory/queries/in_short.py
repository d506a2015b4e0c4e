"""One service in a few lines, as every list of services says it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.design.words import day, short_day, words
from alongside.journey.directory.codes import WARNING
from alongside.journey.directory.models import Flow, Place, Service, ServiceAtLocation
from alongside.journey.directory.queries.entries import is_exact, nearest
from alongside.journey.directory.queries.flow import is_full_now, place_words, room_words, typed_wait, wait_words
from alongside.journey.directory.queries.open_words import far_words, is_open, open_words, when_words
from alongside.journey.directory.rules import warning
from alongside.vocabulary.clock import now
from alongside.vocabulary.needs import NEEDS
from alongside.vocabulary.opening_hours import Open
from alongside.vocabulary.service_details import one_of, rows_of
from alongside.vocabulary.spoken_languages import IN, SPOKEN
from alongside.vocabulary.text import first_line
from alongside.vocabulary.ways_of_help import WAYS


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
    open_now: bool = False
    opens: str = ""
    """Whether it is open now and until when, or when it opens next."""
    travel: str = ""
    """How to get there, as its source says."""
    places: str = ""
    """How many beds or places are free, and since when."""
    doubted: str = ""
    """That something is said to be wrong with it which nobody has looked at in time."""
    unsaid: str = ""
    """What somebody chose of which the entry says nothing."""
    closed: bool = False
    instead: tuple[str, UUID] | None = None
    """(name, public id) of what is there instead of one that has closed."""
    exact: bool = False
    """The distance is from point to point, and not "about"."""

    @property
    def lines(self) -> tuple[str, ...]:
        """Give what is known, a line each: for whom, where, how to get there, when, cost, wait, what it can take, how to start, confirmed."""
        said = (
            self.for_whom,
            self.where,
            self.travel,
            self.when,
            self.opens,
            self.places,
            self.cost,
            self.wait,
            self.room,
            self.start,
            self.confirmed,
        )
        return tuple(line for line in said if line)


def in_short(
    service: Service,
    locations: Iterable[ServiceAtLocation],
    place: Place | None,
    flow: Flow | None = None,
    *,
    times: Sequence[Open] = (),
    unsaid: Iterable[str] = (),
    doubted: bool = False,
) -> InShort:
    """Say what matters about a service, seen from the place chosen for a search when there is one.

    In: `flow`, where the hub's own waits are to be said; without it the wait is what the service typed. `times` in which it is open.
        `unsaid`, codes of ways of help that somebody chose and of which the entry says nothing.
        `doubted`: something said to be wrong with it has waited too long.
    """
    miles, where = nearest(locations, place)
    address = [part for part in (where.address, where.postcode) if part] if where else []
    exact = is_exact(place, where)
    far = [far_words(miles, exact=exact)] if miles is not None else []
    ages = ages_words(service.age_from, service.age_to)
    wait, typed = wait_words(service, flow), typed_wait(service)
    return InShort(
        service_id=service.public_id,
        name=service.name,
        about=first_line(service.description, 200),
        for_whom=service.for_whom or ages,
        ages=ages,
        where=", ".join(address + far),
        when=when_words(service.when_next),
        cost=_("Cost: %(cost)s") % {"cost": service.cost} if service.cost else "",
        wait=wait,
        room="" if service.closed_at or (typed and typed in wait) else room_words(service),
        start=service.how_to_start or service.phone,
        confirmed=_("Confirmed on %(day)s") % {"day": day(service.confirmed_at)} if service.confirmed_at else "",
        warning="" if service.closed_at else words(WARNING, warning(service.fades_at, now(), left=service.left_at is not None)),
        full=is_full_now(service) and not service.closed_at,
        open_now=not service.closed_at and is_open(times, now()),
        opens=open_words(times, now()),
        travel=_("Getting there: %(how)s") % {"how": travel} if (travel := travel_words(where)) else "",
        places="" if service.closed_at else place_words(service, now()),
        doubted=doubted_words() if doubted and not service.closed_at else "",
        unsaid=", ".join(way_words(code) for code in unsaid),
        closed=service.closed_at is not None,
        instead=_instead(service),
        exact=exact,
    )


def doubted_words(since: datetime | None = None) -> str:
    """Say that somebody said that something may be wrong, and that nobody has looked in time."""
    if since is None:
        return _("somebody said that something may be wrong here: call before you go")
    return _("Somebody said on %(day)s that something may be wrong here: call before you go.") % {"day": short_day(since)}


def travel_words(where: ServiceAtLocation | None) -> str:
    """Say how to get to a place, as its source says it."""
    return str(one_of(where.details, "location").get("transportation", "")) if where else ""


def way_words(code: str) -> str:
    """Say a way of help, or a language in which it is given: "in Polish"."""
    if not code.startswith(IN):
        return words(WAYS, code)
    return _("in %(language)s") % {"language": words(SPOKEN, code.removeprefix(IN))}


def language_words(ways: str) -> str:
    """Say in which languages help is given, those that an entry names."""
    known = ways.split()
    spoken = (words(SPOKEN, code.removeprefix(IN)) for code in known if code.startswith(IN))
    return ", ".join(chain([_("Welsh")] if "welsh" in known else [], spoken))


def area_words(service: Service) -> str:
    """Say of which area people may come: what somebody here said, or what its source says."""
    said = (row.get("service_area") or row.get("name", "") for row in rows_of(service.details, "service_areas"))
    return service.locality or ", ".join(dict.fromkeys(filter(None, said)))


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

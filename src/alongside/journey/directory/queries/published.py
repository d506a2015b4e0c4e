"""The directory as it is published: every entry of a hub, open or closed, page by page; only what anybody may read anyway."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.hubs.models import Organisation
from alongside.journey.directory.models import NeedTag, SearchWord, Service, ServiceAtLocation
from alongside.journey.directory.rules import SECRET_PAIRS, SECRET_WORDS, may_be_refuge
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.need_words import words_of
from alongside.vocabulary.service_details import Details, without_where
from alongside.vocabulary.stems import stem, words_said

MOST_WORDS = 8
ASKED_OF = 100
"""Of so many entries at most it is asked whether they are refuges, by name."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which entries are asked for; nothing given means all."""

    text: str = ""
    modified_after: datetime | None = None
    needs: tuple[str, ...] | None = None
    """Codes of which a service must meet one."""
    with_licence: bool = False
    youngest: float | None = None
    oldest: float | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """What stands beside some services, by their key."""

    needs: dict[int, list[NeedTag]] = field(default_factory=dict)
    places: dict[int, list[ServiceAtLocation]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Provider:
    """An organisation that services are published of: one of the installation, or one of which entries give only the name."""

    name: str
    organisation: Organisation | None = None
    says: Details = field(default_factory=dict)
    """What the source of one of its entries says of it."""


def services_published(actor: Actor, asked: Asked) -> QuerySet[Service]:
    """Give the entries of the hub that fit, in the order in which they came in. Rows: closed ones too; they never vanish.

    Of one service that several sources have, the entry that is shown; the others still answer at their own address.
    """
    found = Service.objects.filter(hub_id=actor.hub, same_as__isnull=True)
    if asked.modified_after:
        moments = ("confirmed_at", "imported_at", "closed_at")
        found = found.filter(reduce(or_, (Q(**{f"{name}__gte": asked.modified_after}) for name in moments)))
    if asked.needs is not None:
        tags = NeedTag.objects.filter(hub_id=actor.hub, need__in=asked.needs)
        found = found.filter(pk__in=tags.values("service"))
    if asked.with_licence:
        found = found.exclude(licence="")
    if asked.youngest is not None:
        found = found.filter(age_from__gte=asked.youngest)
    if asked.oldest is not None:
        found = found.filter(age_to__lte=asked.oldest)
    if asked.text:
        found = _with_words(found, actor, words_of(asked.text)[:MOST_WORDS])
    return found.select_related("organisation").order_by("pk")


def one_published(actor: Actor, service_id: UUID) -> Service | None:
    """Give one entry of the hub, open or closed."""
    return Service.objects.filter(hub_id=actor.hub, public_id=service_id).select_related("organisation").first()


def places_published(actor: Actor, asked: Asked) -> QuerySet[ServiceAtLocation]:
    """Give where the services that fit are met, but for those of which nobody may know where they are."""
    found = ServiceAtLocation.objects.filter(hub_id=actor.hub, service__same_as__isnull=True).exclude(
        service__in=_secret(actor).values("pk")
    )
    if asked != Asked():
        found = found.filter(service__in=services_published(actor, asked).order_by().values("pk"))
    return found.select_related("service", "service__organisation").order_by("pk")


def services_between(actor: Actor, first: UUID, last: UUID) -> list[Service]:
    """Give the entries whose ids lie between two: a place's id begins like its service's."""
    found = Service.objects.filter(hub_id=actor.hub, public_id__gte=first, public_id__lte=last)
    return list(found.select_related("organisation").order_by("pk")[:20])


def parts_of(keys: Sequence[int]) -> Parts:
    """Give what stands beside some services. Queries: two, however many they are."""
    needs: dict[int, list[NeedTag]] = {}
    for tag in NeedTag.objects.filter(service_id__in=keys).order_by("pk"):
        needs.setdefault(tag.service_id, []).append(tag)
    return Parts(needs, places_by_service(keys))


def places_by_service(keys: Iterable[int]) -> dict[int, list[ServiceAtLocation]]:
    """Give where each of some services is met, whole and in one order, so that the same place has the same id. Queries: one."""
    places: dict[int, list[ServiceAtLocation]] = {}
    for one in ServiceAtLocation.objects.filter(service_id__in=list(keys)).order_by("pk"):
        places.setdefault(one.service_id, []).append(one)
    return places


def is_where_secret(service: Service) -> bool:
    """Tell whether nothing may be published of where a service is: it is marked as a refuge, or its words sound like one."""
    return service.is_refuge or sounds_like_a_refuge(service)


def sounds_like_a_refuge(service: Service) -> bool:
    """Tell whether the words of an entry sound like a refuge, and nobody has said that it is none: until then nothing says where it is."""
    if service.no_refuge_said_at:
        return False
    return may_be_refuge(service.name, service.organisation_name, service.for_whom, service.description)


def of_the_installation(actor: Actor) -> QuerySet[Organisation]:
    """Give the organisations of the installation that run an entry of the hub."""
    run = Service.objects.filter(hub_id=actor.hub, organisation__isnull=False).values("organisation")
    return Organisation.objects.filter(pk__in=run).order_by("pk")


def named_only(actor: Actor) -> QuerySet[Service, str]:
    """Give the names of the other organisations that entries speak of, once each."""
    found = Service.objects.filter(hub_id=actor.hub, organisation__isnull=True).exclude(organisation_name="")
    return found.order_by("organisation_name").values_list("organisation_name", flat=True).distinct()


def said_of(actor: Actor, names: Sequence[str]) -> list[Provider]:
    """Give organisations of which entries give the name, with what the first of those entries says of each. Queries: one."""
    found = Service.objects.filter(hub_id=actor.hub, organisation__isnull=True, organisation_name__in=names)
    says: dict[str, Details] = {}
    for service in found.order_by("-pk").only(
        "organisation_name", "details", "is_refuge", "no_refuge_said_at", "name", "for_whom", "description", "organisation"
    ):
        if service.details:
            says[service.organisation_name] = without_where(service.details) if is_where_secret(service) else service.details
    return [Provider(name, says=says.get(name, {})) for name in names]


def services_of(actor: Actor, provider: Provider, most: int) -> list[Service]:
    """Give the entries of one organisation, the first so many."""
    found = Service.objects.filter(hub_id=actor.hub).select_related("organisation").order_by("pk")
    if provider.organisation:
        return list(found.filter(organisation=provider.organisation)[:most])
    return list(found.filter(organisation__isnull=True, organisation_name=provider.name)[:most])


def _with_words(found: QuerySet[Service], actor: Actor, words: Sequence[str]) -> QuerySet[Service]:
    """Keep those with every word. The words of an address lead to no service whose address nobody may know: it could be guessed."""
    secret = _secret(actor).values("pk")
    for word in words:
        said = reduce(
            or_, (Q(**{f"{name}__icontains": word}) for name in ("name", "organisation_name", "for_whom", "description"))
        )
        for held in words_said(word):
            having = SearchWord.objects.filter(word__hub=actor.hub, word__word=held[:40])
            found = found.filter(pk__in=having.values("service")).filter(~Q(pk__in=secret) | said)
    return found if words else found.none()


def _secret(actor: Actor) -> QuerySet[Service]:
    """Give the entries of which nobody may know where they are, by the index of words; as `is_where_secret` does, or more."""
    words = SearchWord.objects.filter(word__hub=actor.hub)
    sounds = Q(pk__in=words.filter(word__word__in=[stem(word) for word in SECRET_WORDS]).values("service"))
    for first, second in SECRET_PAIRS:
        sounds |= Q(pk__in=words.filter(word__word=stem(first)).values("service")) & Q(
            pk__in=words.filter(word__word=stem(second)).values("service")
        )
    return Service.objects.filter(Q(is_refuge=True) | (sounds & Q(no_refuge_said_at__isnull=True)), hub_id=actor.hub)


def perhaps_refuges(actor: Actor) -> list[Service]:
    """List open entries that sound like a refuge and of which nobody has said whether they are one, by name; a hundred at most. Queries: one."""
    found = _secret(actor).filter(is_refuge=False, closed_at__isnull=True).order_by("name", "pk")
    return [one for one in found[:ASKED_OF] if sounds_like_a_refuge(one)]


def where_is_hidden(actor: Actor) -> set[int]:
    """Give the keys of entries of which nobody may know where they are: a figure by place leaves their place out. Queries: one."""
    return set(_secret(actor).values_list("pk", flat=True))

"""The standard spreadsheet of services and needs: one row a service, and one row a need for which it is recorded that there is nothing.

Its columns are those of the mission documents' mapping (S2-455), with the entry's reference, ages and level, so that nothing is lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from alongside.design.words import words
from alongside.journey.directory.codes import ROWS, SHEET
from alongside.journey.directory.models import NeedTag, RecordedGap, Service
from alongside.journey.directory.queries.entries import IN_A_FILE
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.needs import NEEDS
from alongside.vocabulary.sectors import SECTORS

BETWEEN = "; "
Row = dict[str, str | int | None]


def head() -> tuple[str, ...]:
    """Give the names of the columns in the language of the reader."""
    return tuple(words(SHEET, code) for code in SHEET)


def services_and_needs(actor: Actor) -> list[tuple[str | int | None, ...]]:
    """List every open entry of the hub and every recorded gap, as rows under `head`. Queries: three."""
    services = list(_open(actor).order_by("name", "pk")[:IN_A_FILE])
    needs = needs_by_service(services)
    rows: list[Row] = [row_of(one, needs[one.pk]) for one in services]
    gaps = RecordedGap.objects.filter(hub_id=actor.hub).order_by("outcode", "pk")
    rows += [{"kind": words(ROWS, "gap"), "theme": words(NEEDS, one.need), "locality": one.outcode} for one in gaps]
    return [tuple(row.get(code, "") for code in SHEET) for row in rows]


def row_of(service: Service, needs: Iterable[str]) -> Row:
    """Give one service as its row."""
    company = service.organisation
    return {
        "reference": str(service.public_id),
        "kind": words(ROWS, "service"),
        "theme": BETWEEN.join(words(NEEDS, need) for need in NEEDS if need in set(needs)),
        "provider": company.name if company else service.organisation_name,
        "sector": words(SECTORS, company.sector if company else service.sector),
        "locality": service.locality,
        "lasts": service.lasts,
        "name": service.name,
        "description": service.description,
        "for_whom": service.for_whom,
        "age_from": service.age_from,
        "age_to": service.age_to,
        "level": service.level,
    }


def standing(actor: Actor, references: Iterable[UUID], source_ids: Iterable[str]) -> list[Service]:
    """Give the open entries of the hub with these references, and those of its own with these ids, under a lock. Queries: two."""
    found = _open(actor).select_for_update(of=("self",)).order_by("pk")
    return [*found.filter(public_id__in=list(references)), *found.filter(source="hub", source_id__in=list(source_ids))]


def needs_by_service(services: Iterable[Service]) -> dict[int, list[str]]:
    """Give the needs of each service. Queries: one."""
    needs: dict[int, list[str]] = defaultdict(list)
    for key, need in NeedTag.objects.filter(service__in=[one.pk for one in services]).values_list("service", "need"):
        needs[key].append(need)
    return needs


def _open(actor: Actor) -> QuerySet[Service]:
    return Service.objects.filter(hub_id=actor.hub, closed_at__isnull=True).select_related("organisation")

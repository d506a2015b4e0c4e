"""An entry of the directory as Open Referral UK writes it: the one place that says which of ours becomes which of theirs.

| Ours | Theirs |
|---|---|
| name, description, url, email, ages | the same; an address that is none of the web or of e-mail is left out |
| closed | status `inactive`; otherwise `active`. We do not know whether for good, so never `defunct` |
| full; not confirmed, or long ago | `alert`, in words |
| confirmed at | `assured_date`; who confirmed is said to nobody, so there is never an `assurer_email` |
| the newest of imported, confirmed, closed | `last_modified`; a day on which it became full is not kept, and so does not count |
| phones | `phones`, which HSDS 3.0 has and the UK profile names nowhere |
| cost | `cost_options` as its source has them; where somebody wrote the words here, those |
| when next | `schedules` as its source has them; where somebody wrote the words here, those |
| how to start, for whom | `application_process`, `eligibility_description` of HSDS 3.0 |
| accessibility | of each place as its source has it, or the words; without a place an attribute |
| details: languages, contacts, funding, service areas, accreditations | the same (`vocabulary.service_details`) |
| details: terms | an attribute of our own taxonomy, with the term of its source as its value |
| details: organisation | its description, website and numbers, of one that is not of this installation |
| needs | `attributes` with terms of our own taxonomy; a guess says so |
| source, licence | `attributes` with a value |
| places | `service_at_locations`; an address that came in one line stays one, and its town and county stand empty |

Never published, because no line here reads it: who works for the hub, the telephone of a team, the duty line, e-mail or telephone of an
organisation of this installation, corrections and their words, where a refuge is, and coordinates that its source did not give.
Source: Open Referral UK v3 profile; HSDS 3.0; standards.md section 1; trust.md C11, C18.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from alongside.exchange.open_referral.publishing.identifiers import of_named_organisation, of_part, of_place
from alongside.exchange.open_referral.publishing.terms import ABOUT_TAXONOMY, NEEDS_TAXONOMY, Taxonomy, written_term
from alongside.exchange.open_referral.services import safe_url
from alongside.journey.directory.codes import WARNING
from alongside.journey.directory.models import NeedTag, Service, ServiceAtLocation
from alongside.journey.directory.queries.published import Parts, Provider, is_where_secret
from alongside.journey.directory.rules import room_stands, warning
from alongside.vocabulary.clock import local
from alongside.vocabulary.email_address import is_email
from alongside.vocabulary.needs import NEEDS
from alongside.vocabulary.service_details import NUMBERS, Details, one_of, rows_of, without_where

Written = dict[str, Any]
FULL = "Full at the moment."
GUESSED = "Guessed from the words of the entry; nobody has said so yet."
NOTHING_KEPT = "This directory keeps no words about this organisation; its services speak for it."
COUNTRY = "GB"
OF_A_SERVICE = ("schedules", "cost_options", "languages", "contacts", "funding", "service_areas")
"""What stands beside a service itself and goes out under its own name."""


def as_service_in_list(service: Service, hub: UUID, at: datetime) -> Written:
    """Write an entry shortly: what there is one of, and who runs it."""
    found: Written = {
        "id": str(service.public_id),
        "name": service.name,
        "description": service.description,
        "status": "inactive" if service.closed_at else "active",
        "alert": _alert(service, at),
        "last_modified": moment(last_modified(service)),
    }
    if url := _uri(service.url):
        found["url"] = url
    if is_email(service.email):
        found["email"] = service.email.strip()
    if service.age_from is not None:
        found["minimum_age"] = service.age_from
    if service.age_to is not None:
        found["maximum_age"] = service.age_to
    if service.confirmed_at:
        found["assured_date"] = local(service.confirmed_at).date().isoformat()
    found["accreditations"] = one_of(said_by_source(service), "more").get("accreditations", "")
    found["application_process"] = service.how_to_start
    found["eligibility_description"] = service.for_whom
    if provider := provider_of(service):
        found["organization"] = as_organisation_in_list(provider, hub)
    return _said(found)


def as_service(service: Service, parts: Parts, hub: UUID, at: datetime, *, with_places: bool = True) -> Written:
    """Write an entry whole, with everything that stands beside it."""
    key = service.public_id
    found = as_service_in_list(service, hub, at)
    if provider := provider_of(service):
        found["organization"] = as_organisation(provider, hub)
    found["phones"] = [
        _said({"id": str(of_part(key, f"phone {number}")), "number": number, "description": said})
        for number, said in dict(_pairs(service.phones)).items()
    ]
    for part in OF_A_SERVICE:
        found[part] = _rows(key, part, said_by_source(service))
    if service.cost and not found["cost_options"]:
        found["cost_options"] = [{"id": str(of_part(key, "cost")), "service_id": str(key), "amount_description": service.cost}]
    if service.when_next and not found["schedules"]:
        found["schedules"] = [{"id": str(of_part(key, "schedule")), "service_id": str(key), "description": service.when_next}]
    places = places_of(service, parts.places.get(service.pk, ()))
    if with_places:
        found["service_at_locations"] = [
            {"id": str(place), "service_id": str(key), "location": as_location(place, one, service)} for place, one in places
        ]
    found["attributes"] = _attributes(service, parts.needs.get(service.pk, ()), has_place=bool(places))
    return {name: value for name, value in found.items() if value != []}


def as_place_in_list(service: Service, place: UUID, one: ServiceAtLocation | None, hub: UUID, at: datetime) -> Written:
    """Write where a service is met, shortly; without a place when nobody may know it."""
    found: Written = {"id": str(place), "service": as_service_in_list(service, hub, at)}
    if one is not None:
        whole = as_location(place, one, service)
        found["location"] = {name: value for name, value in whole.items() if not isinstance(value, list)}
    return found


def as_place(service: Service, place: UUID, one: ServiceAtLocation, parts: Parts, hub: UUID, at: datetime) -> Written:
    """Write where a service is met, whole."""
    return {
        "id": str(place),
        "location": as_location(place, one, service),
        "service": as_service(service, parts, hub, at, with_places=False),
    }


def as_location(place: UUID, one: ServiceAtLocation, service: Service) -> Written:
    """Write a place: its name, where on the map, its address on one line, how easy it is to get in."""
    key = of_part(place, "location")
    said = one_of(one.details, "location")
    found: Written = {"id": str(key), "location_type": _kind(said.get("location_type")), "name": one.name}
    found |= {name: said.get(name, "") for name in ("description", "external_identifier", "external_identifier_type")}
    # What we placed by a postcode is no better than the postcode beside it, and a national file asks for its line of credit.
    if one.latitude is not None and one.longitude is not None and not one.placed_by:
        found |= {"latitude": one.latitude, "longitude": one.longitude}
    if one.address or one.postcode:
        address = one_of(one.details, "address")
        found["addresses"] = [
            {
                "id": str(of_part(place, "address")),
                "location_id": str(key),
                "address_1": ", ".join(filter(None, (address.get("address_1"), address.get("address_2")))) or one.address,
                "city": address.get("city", ""),
                "state_province": address.get("state_province", ""),
                "postal_code": one.postcode,
                "country": address.get("country", COUNTRY),
                "address_type": _kind(address.get("address_type")),
            }
        ]
    if rows := rows_of(one.details, "accessibility"):
        found["accessibility"] = [
            _said({"id": str(of_part(place, f"accessibility {number}")), "location_id": str(key), **_plainly(row)})
            for number, row in enumerate(rows)
        ]
    elif service.accessibility:
        found["accessibility"] = [
            {"id": str(of_part(place, "accessibility")), "location_id": str(key), "description": service.accessibility}
        ]
    return _said(found)


def places_of(service: Service, places: Sequence[ServiceAtLocation]) -> list[tuple[UUID, ServiceAtLocation]]:
    """Give the places of a service with their ids; none of a service of which nobody may know where it is."""
    if is_where_secret(service):
        return []
    turns: Counter[str] = Counter()
    found = []
    for one in places:
        said = "|".join((one.name, one.address, one.postcode))
        found.append((of_place(service.public_id, said, turns[said]), one))
        turns[said] += 1
    return found


def provider_of(service: Service) -> Provider | None:
    """Give who runs a service: an organisation of the installation, or the name that the entry gives."""
    if service.organisation:
        return Provider(service.organisation.name, service.organisation)
    return Provider(service.organisation_name, says=said_by_source(service)) if service.organisation_name else None


def said_by_source(service: Service) -> Details:
    """Give what the source of an entry says beyond our own fields; of one of which nobody may know where it is, what says nothing of it."""
    return without_where(service.details) if is_where_secret(service) else service.details


def id_of_organisation(provider: Provider, hub: UUID) -> UUID:
    """Give the id of an organisation: its own, or the one that follows from its name."""
    return provider.organisation.public_id if provider.organisation else of_named_organisation(hub, provider.name)


def as_organisation_in_list(provider: Provider, hub: UUID) -> Written:
    """Write an organisation shortly. Of one of the installation neither telephone nor e-mail: those are how the hub reaches it."""
    said = one_of(provider.says, "organization")
    website = _uri(said.get("website") or said.get("url") or "")
    email = said.get("email", "")
    found = {
        "id": str(id_of_organisation(provider, hub)),
        "name": provider.name,
        "description": said.get("description") or NOTHING_KEPT,
        "website": website,
        "email": email if is_email(email) else "",
    }
    return _said(found)


def as_organisation(provider: Provider, hub: UUID) -> Written:
    """Write an organisation with the code by which the NHS knows it."""
    found = as_organisation_in_list(provider, hub)
    if provider.organisation and provider.organisation.ods_code:
        found["organization_identifiers"] = [
            {
                "id": str(of_part(provider.organisation.public_id, "ods")),
                "organization_id": found["id"],
                "identifier_scheme": "GB-NHS",
                "identifier_type": "ODS code",
                "identifier": provider.organisation.ods_code,
            }
        ]
    elif rows := rows_of(provider.says, "organization_identifiers"):
        found["organization_identifiers"] = [
            {"id": str(of_part(UUID(found["id"]), f"identifier {number}")), "organization_id": found["id"], **row}
            for number, row in enumerate(rows)
            if row.get("identifier") and row.get("identifier_type")
        ]
    return found


def as_minimal(service: Service) -> Written:
    """Write nothing but the id and when it last changed."""
    return _said({"id": str(service.public_id), "modified_date": moment(last_modified(service))})


def last_modified(service: Service) -> datetime | None:
    """Give the newest moment that is kept of an entry: taken in, confirmed or closed."""
    return max((one for one in (service.imported_at, service.confirmed_at, service.closed_at) if one), default=None)


def moment(at: datetime | None) -> str:
    """Write a moment as the profile does: in UTC, to the millisecond."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z" if at else ""


def _alert(service: Service, at: datetime) -> str:
    code = warning(service.fades_at, at, left=service.left_at is not None)
    words = WARNING.words(code, "en") if code else ""
    said = [FULL] if service.is_full and room_stands(service.room_said_at, at) else []
    said += filter(None, [one_of(said_by_source(service), "more").get("alert", "")])
    return " ".join([*said, f"{words[0].upper()}{words[1:]}."] if words else said)


def _attributes(service: Service, needs: Sequence[NeedTag], *, has_place: bool) -> list[Written]:
    """Write what an entry is about, and what is said about it."""
    found = [
        _attribute(service, NEEDS_TAXONOMY, tag.need, "need", GUESSED if tag.guessed else "")
        for tag in needs
        if tag.need in NEEDS
    ]
    values = {"source": service.source, "licence": service.licence}
    if not has_place and not is_where_secret(service):
        values["access"] = service.accessibility
    found += [_attribute(service, ABOUT_TAXONOMY, code, "about", value) for code, value in values.items() if value]
    terms = (": ".join(filter(None, (row.get("taxonomy"), row.get("name")))) for row in rows_of(said_by_source(service), "terms"))
    return found + [
        _attribute(service, ABOUT_TAXONOMY, "term", "about", term, turn=f" {number}") for number, term in enumerate(terms) if term
    ]


def _attribute(service: Service, taxonomy: Taxonomy, code: str, kind: str, value: str, turn: str = "") -> Written:
    term = written_term(taxonomy, code)
    found = {
        "id": str(of_part(service.public_id, f"attribute {taxonomy.code} {code}{turn}")),
        "link_id": str(service.public_id),
        "link_type": kind,
        "taxonomy_term_id": term["id"],
        "taxonomy_term": term,
        "value": value,
    }
    return _said(found)


def _rows(key: UUID, part: str, details: Details) -> list[Written]:
    """Write the rows of one part as the profile names them."""
    return [
        _said({"id": str(of_part(key, f"{part} {number}")), "service_id": str(key), **_plainly(row)})
        for number, row in enumerate(rows_of(details, part))
    ]


def _plainly(row: Written) -> Written:
    """Leave out of a row what its source says in a way that the profile does not know."""
    said = dict(row)
    for name in ("url", "uri", "schedule_link"):
        if name in said:
            said[name] = _uri(str(said[name]))
    if said.get("freq") not in ("WEEKLY", "MONTHLY"):
        said.pop("freq", None)
    return {name: value for name, value in said.items() if name not in NUMBERS or not isinstance(value, str)}


def _kind(said: Any) -> str:
    return said if said in ("physical", "postal", "virtual") else "physical"


def _pairs(phones: Any) -> list[tuple[str, str]]:
    return [(str(one[0]), str(one[1]) if len(one) > 1 else "") for one in phones or [] if one and one[0]]


def _said(found: Written) -> Written:
    """Leave out what was not said: the profile knows no empty value."""
    return {name: value for name, value in found.items() if value != ""}


def _uri(text: str) -> str:
    """Give a web address that is one as a whole, or nothing."""
    found = safe_url(text)
    return found if re.fullmatch(r"[!#$%&'()*+,\-./:;=?@\[\]~\w]+", found, re.ASCII) else ""

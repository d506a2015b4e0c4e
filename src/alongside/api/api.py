"""The programming interface of a hub and its OpenAPI description at /api/openapi.json; `config` adds the routers."""

from __future__ import annotations

from ninja import NinjaAPI

api = NinjaAPI(
    title="Alongside",
    version="1",
    description="What machines may do at a hub: introduce somebody by a FHIR message, and ask what is spoken here.",
    openapi_url="/api/openapi.json",
    docs_url=None,
    urls_namespace="api",
)

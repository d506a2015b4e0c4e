"""The programming interface of a hub and its OpenAPI description at /api/openapi.json; `config` adds the routers."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

_BEARER = {
    "type": "http",
    "scheme": "bearer",
    "description": "One token for each client organisation; shown once, when it is let in.",
}


class HubApi(NinjaAPI):
    """The interface, whose description says that a bearer token is needed where an operation names it."""

    def get_openapi_schema(self, **where: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**where)
        schema["components"].setdefault("securitySchemes", {})["bearer"] = _BEARER
        return schema


api = HubApi(
    title="Alongside",
    version="1",
    description="What machines may do at a hub: introduce somebody by a FHIR message, and ask what is spoken here.",
    openapi_url="/api/openapi.json",
    docs_url=None,
    urls_namespace="api",
)

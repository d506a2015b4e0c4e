"""Anything at all is sent to the described operations; every answer is one that the description declares."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from alongside.exchange.tests.hubs import open_hub

pytestmark = [pytest.mark.django_db, pytest.mark.urls("alongside.config.api")]

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """Keep the test's own transaction open from one request to the next, as Django's test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize(("path", "method"), [("/fhir/$process-message", "POST"), ("/fhir/metadata", "GET")])
@pytest.mark.parametrize("has_token", [True, False])
def test_every_answer_is_one_that_is_declared(path: str, method: str, has_token: bool) -> None:
    token = open_hub().token if has_token else "nobody's"
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())
    statuses: set[int] = set()

    @settings(max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=schema[path][method].as_strategy())
    def send(case: schemathesis.Case) -> None:
        response = case.call(headers={"Authorization": f"Bearer {token}"})
        case.validate_response(response, checks=CHECKS)
        statuses.add(response.status_code)

    send()
    expected = {200} if method == "GET" else {400} if has_token else {401}
    assert statuses == expected

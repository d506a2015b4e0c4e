"""What every answer carries."""

from __future__ import annotations

from collections.abc import Callable

from csp.constants import HEADER
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponse

from alongside.design.security import OF_A_FILE

PERMISSIONS = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
"""What no page may ask of a browser: where somebody is, above all."""


class OnePolicy:
    """Send the policy with every answer. No page may change it, so it is written out once, when the server starts.

    A file carries the stricter one of its own (`files/answer.py`), and nothing between the two.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.policy = build_policy()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.headers.get(HEADER) != OF_A_FILE:
            response.headers[HEADER] = self.policy
        response.headers["Permissions-Policy"] = PERMISSIONS
        response.headers["X-Frame-Options"] = "DENY"
        return response

"""What every template is given besides its page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.utils.functional import SimpleLazyObject


def one_csrf_input(request: HttpRequest) -> dict[str, Any]:
    """Let all forms of a page share one masked token, as Django's own templates do; made only when a form asks for it."""
    return {"csrf_input": SimpleLazyObject(lambda: csrf_input(request))}

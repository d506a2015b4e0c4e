"""Who may open a worker's page at all: somebody signed in, wearing a hat."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import redirect

from alongside.access.requests import Request

View = Callable[..., HttpResponse]


def worker_page(view: View) -> View:
    """Let workers with a hat in; send everybody else to sign in, or to choose a hat."""

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.actor.is_worker:
            return view(request, *args, **kwargs)
        if request.user.is_authenticated:
            return redirect("access:choose-hat")
        return redirect_to_login(request.get_full_path(), "/account/login/")

    return guarded

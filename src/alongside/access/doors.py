"""Who may open a worker's page at all: somebody signed in, wearing a hat."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import redirect

from alongside.access.requests import Request
from alongside.access.step_up import require_step_up

View = Callable[..., HttpResponse]


def leaves_the_hub(view: View) -> View:
    """Mark a page whose answer leaves the hub as a file, and let workers with a hat in.

    Every page that gives a file about people wears this: it is the one place in which a worker shows anew that it is they
    (step-up, trust.md C15) before anything leaves. What leaves and why is written down by `access.commands.take_out`.
    """

    @worker_page
    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        require_step_up(request)
        return view(request, *args, **kwargs)

    guarded.leaves_the_hub = True  # type: ignore[attr-defined]  # read by the fitness tests
    return guarded


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

"""What every settings page does: lets only the hub's lead in, and knows which of its forms was sent."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from alongside.access.commands import check_can_stop
from alongside.access.doors import worker_page
from alongside.access.requests import Request
from alongside.access.set_up.pages import Section, SettingsPage
from alongside.access.showing import show
from alongside.hubs.policies import check_can_set_up
from alongside.vocabulary.clock import now, today

View = Callable[..., HttpResponse]


def setting_up(view: View) -> View:
    """Let the hub's lead in, and nobody else."""

    @worker_page
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        check_can_set_up(request.actor, request.actor.hub)
        return view(request, *args, **kwargs)

    return guarded


def stopping(view: View) -> View:
    """Let whoever may stop an organisation in: the hub's lead and its system administrator."""

    @worker_page
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        check_can_stop(request.actor, request.actor.hub)
        return view(request, *args, **kwargs)

    return guarded


def sent(request: Request, what: str) -> dict[str, Any]:
    """Give the arguments of a form: bound when it is the one that was sent, with ids of its own."""
    given: QueryDict | None = request.POST if request.method == "POST" and request.POST.get("what") == what else None
    return {"data": given, "auto_id": f"{what}_%s", "today": today()}


def done_by(request: Request) -> dict[str, Any]:
    """Give who, when and where: what every command of this folder takes."""
    return {"actor": request.actor, "at": now(), "hub_id": request.actor.hub}


def draw(request: Request, title: str, *sections: Section, back: str = "", **more: Any) -> HttpResponse:
    """Show a settings page; the errors at its top are those of the form that was sent."""
    wrong = next((part.form for part in sections if part.form is not None and part.form.errors), None)
    return show(
        request, SettingsPage(title=title, sections=sections, form=wrong, back_to=back or reverse("hubs:settings"), **more)
    )

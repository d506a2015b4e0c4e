# For workers only.
"""Keeping one entry inside: what stands, what waits for a second person, who else keeps it, and whether it is a refuge."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.access.doors import worker_page
from alongside.access.requests import Request
from alongside.access.showing import show
from alongside.design.words import short_day
from alongside.journey.directory import commands
from alongside.journey.directory.forms import InviteEditor
from alongside.journey.directory.pages import ChangeEntryPage, EditorRow, KeepEntryPage
from alongside.journey.directory.policies import keeps_every
from alongside.journey.directory.queries.editors import Editor, editors_of, service_to_keep
from alongside.journey.directory.queries.entries import Service
from alongside.journey.directory.queries.published import sounds_like_a_refuge
from alongside.journey.directory.views.as_it_stands import change_form, entry_now
from alongside.journey.directory.views.by_link import change_of
from alongside.messages.states import state_words
from alongside.refusals import Invalid, NotFound
from alongside.vocabulary.clock import now


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def keep_entry(request: Request, service_id: UUID) -> HttpResponse:
    service, link = service_to_keep(request.actor, service_id), ""
    form = InviteEditor(request.POST if request.method == "POST" else None, initial={"email": service.email})
    if request.method == "POST" and form.is_valid():
        try:
            made = commands.invite_editor(actor=request.actor, at=now(), service_id=service_id, email=form.cleaned_data["email"])
            if not settings.DEMO:
                return redirect("directory:keep-entry", service_id)
            form, link = InviteEditor(), _address(request, made.token)
        except Invalid as refusal:
            form.add_error("email", str(refusal))
    return _show(request, service, form, link)


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def change_entry(request: Request, service_id: UUID) -> HttpResponse:
    service = service_to_keep(request.actor, service_id)
    if service.closed_at:
        raise NotFound
    form = change_form(request, service)
    if request.method == "POST" and form.is_valid():
        try:
            commands.change_entry(actor=request.actor, at=now(), service_id=service_id, said=form.said())
            return redirect("directory:keep-entry", service_id)
        except commands.EntryNotUsable as refusal:
            form.add_error(refusal.field, str(refusal))
    title = _("Change the entry")
    return show(request, ChangeEntryPage(title=title, form=form, service_id=service_id, service=service.name))


@worker_page
@require_http_methods(["POST"])
def say_of_entry(request: Request, service_id: UUID, what: str) -> HttpResponse:
    service, link = service_to_keep(request.actor, service_id), ""
    asked: dict[str, Any] = {"actor": request.actor, "at": now()}
    if what in ("right", "not-right"):
        commands.settle_change(**asked, change_id=change_of(request), is_right=what == "right")
    elif what in ("refuge", "no-refuge"):
        commands.say_refuge(**asked, service_id=service_id, is_refuge=what == "refuge")
    elif what == "take-back":
        commands.take_back_editor(**asked, service_id=service_id, editor_id=_editor_of(request))
    elif what == "new-link":
        made = commands.renew_editors_link(**asked, service_id=service_id, editor_id=_editor_of(request))
        link = _address(request, made.token) if settings.DEMO else ""
    else:
        raise NotFound
    return _show(request, service, InviteEditor(), link) if link else redirect("directory:keep-entry", service_id)


def _show(request: Request, service: Service, form: InviteEditor, link: str) -> HttpResponse:
    at = now()
    page = KeepEntryPage(
        title=service.name,
        form=None if service.closed_at else form,
        service_id=service.public_id,
        entry=entry_now(service, at, actor=request.actor),
        editors=tuple(EditorRow(str(one.public_id), one.email, _stands(one, at)) for one in editors_of(service)),
        refuge=service.is_refuge,
        sounds_like_one=not service.is_refuge and sounds_like_a_refuge(service),
        may_say_none=keeps_every(request.actor),
        link=link,
    )
    return show(request, page)


def _stands(one: Editor, at: datetime) -> str:
    until = _("the link opens until %(day)s") if one.until_at > at else _("the link is over since %(day)s")
    email = f"{_('e-mail:')} {state_words(one.link_message, at)}; " if one.link_message else ""
    return email + until % {"day": short_day(one.until_at)}


def _editor_of(request: Request) -> UUID:
    try:
        return UUID(request.POST.get("editor", ""))
    except ValueError:
        raise NotFound from None


def _address(request: Request, token: str) -> str:
    return request.build_absolute_uri(reverse("directory:entry-by-link", args=[token]))

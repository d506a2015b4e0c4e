"""Keeping one entry by a private link, without an account. Nothing here is about a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from alongside.access import counting
from alongside.access.requests import Request
from alongside.access.showing import show
from alongside.design.words import day
from alongside.journey.directory import commands
from alongside.journey.directory.pages import ChangeByLinkPage, EntryByLinkPage, EntryNow, SaidWrong
from alongside.journey.directory.queries.corrections import corrections_of
from alongside.journey.directory.queries.editors import Editor, editor_by_link
from alongside.journey.directory.views.as_it_stands import change_form, entry_now
from alongside.journey.directory.views.corrections import said_words
from alongside.refusals import NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now
from alongside.vocabulary.text import clean

KEEPS = counting.Limit("entry_by_link", 30, counting.HOUR)
"""So often something is said by one link."""
DONE = {
    "true": gettext_lazy("Thank you. People see from now on that you confirmed it today."),
    "changed": gettext_lazy("Thank you. It stands as you wrote it, and is confirmed today."),
    "waits": gettext_lazy(
        "Thank you. How to reach you is changed once a second person says that it is right. Until then the old words stand."
    ),
    "full": gettext_lazy("Thank you. It says now that you are full."),
    "room": gettext_lazy("Thank you. It says now that there is room."),
    "right": gettext_lazy("Thank you. The change stands now."),
    "not-right": gettext_lazy("Thank you. The change was not made. The old words stand."),
    "settled": gettext_lazy("Thank you. Whoever said so hears from us, where they left an address."),
    "closed": gettext_lazy("Thank you for telling us. Nobody is sent to you any more."),
}


@require_safe
def entry_by_link(request: Request, token: str) -> HttpResponse:
    editor = editor_by_link(token, now())
    entry = entry_now(editor.service, now(), editor=editor)
    return show(request, _entry_page(request, token, editor, entry))


def _entry_page(
    request: Request, token: str, editor: Editor, entry: EntryNow, problems: Mapping[UUID, str] = {}
) -> EntryByLinkPage:
    wrong = () if entry.closed else corrections_of(editor.service)
    return EntryByLinkPage(
        title=entry.name,
        entry=entry,
        wrong=tuple(SaidWrong(one.public_id, said_words(one), day(one.at), problems.get(one.public_id, "")) for one in wrong),
        here=_here(token),
        done=str(DONE.get(request.GET.get("done", ""), "")),
    )


@require_http_methods(["POST"])
def settle_by_link(request: Request, token: str) -> HttpResponse:
    editor = editor_by_link(token, now())
    _count(token)
    correction_id, was_so = _uuid(request.POST.get("correction", "")), request.POST.get("was_so") != "no"
    done = clean(request.POST.get("done", ""))[:400]
    try:
        commands.settle_correction_by_link(
            actor=_actor(editor),
            at=now(),
            token=token,
            correction_id=correction_id,
            was_so=was_so,
            done=done,
        )
    except commands.SayWhatWasDone as refusal:
        entry = entry_now(editor.service, now(), editor=editor)
        return show(request, _entry_page(request, token, editor, entry, {correction_id: str(refusal)}))
    return redirect(f"{_here(token)}?done=settled")


@require_http_methods(["GET", "HEAD", "POST"])
def change_by_link(request: Request, token: str) -> HttpResponse:
    editor = editor_by_link(token, now())
    if editor.service.closed_at:
        raise NotFound
    form = change_form(request, editor.service)
    if request.method == "POST" and form.is_valid():
        _count(token)
        try:
            waits = commands.change_by_link(actor=_actor(editor), at=now(), token=token, said=form.said())
            return redirect(f"{_here(token)}?done={'waits' if waits else 'changed'}")
        except commands.EntryNotUsable as refusal:
            form.add_error(refusal.field, str(refusal))
    page = ChangeByLinkPage(title=_("Change the entry"), form=form, here=_here(token), service=editor.service.name)
    return show(request, page)


@require_http_methods(["POST"])
def say_by_link(request: Request, token: str, what: str) -> HttpResponse:
    editor = editor_by_link(token, now())
    if what not in DONE:
        raise NotFound
    _count(token)
    asked: dict[str, Any] = {"actor": _actor(editor), "at": now(), "token": token}
    if what == "true":
        commands.confirm_by_link(**asked)
    elif what in ("full", "room"):
        commands.say_full_by_link(**asked, full=what == "full")
    elif what == "closed":
        commands.close_by_link(**asked)
    elif what in ("right", "not-right"):
        commands.settle_change_by_link(**asked, change_id=change_of(request), is_right=what == "right")
    else:
        raise NotFound
    return redirect(f"{_here(token)}?done={what}")


def change_of(request: Request) -> UUID:
    """Read which change was looked at."""
    return _uuid(request.POST.get("change", ""))


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None


def _here(token: str) -> str:
    return reverse("directory:entry-by-link", args=[token])


def _actor(editor: Editor) -> Actor:
    return Actor.public(editor.hub_id)


def _count(token: str) -> None:
    if not counting.tries(((KEEPS, (token,)),), at=now()):
        raise counting.TooManyTries

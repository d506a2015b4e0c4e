"""An entry as somebody who keeps it sees it: by a private link and inside alike."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from alongside.access.requests import Request
from alongside.design.words import day, short_day, words
from alongside.journey.directory.codes import FIELDS, LINKS
from alongside.journey.directory.forms import ChangeEntry
from alongside.journey.directory.pages import EntryNow, Waiting
from alongside.journey.directory.queries.editors import Editor, as_it_stands, change_waiting, may_be_second
from alongside.journey.directory.queries.entries import Service, confirmed_by
from alongside.journey.directory.queries.in_short import wait_words
from alongside.journey.directory.rules import as_json
from alongside.vocabulary.actor import Actor


def entry_now(service: Service, at: datetime, *, editor: Editor | None = None, actor: Actor | None = None) -> EntryNow:
    """Say what an entry says now, and what waits, to somebody who keeps it."""
    stands = as_it_stands(service)
    shown = [name for name in FIELDS if name != "places" or not service.is_refuge]
    return EntryNow(
        name=service.name,
        rows=(
            *((_name_of(name), in_words(name, as_json(getattr(stands, name)))) for name in shown),
            (_("How long people wait"), wait_words(service)),
        ),
        confirmed=_confirmed(service),
        fades=_fades(service, at),
        link=_link(service),
        full=service.is_full,
        closed=service.closed_at is not None,
        waiting=_waiting(service, editor, actor),
    )


def change_form(request: Request, service: Service) -> ChangeEntry:
    """Give the form to change an entry, with what stands in it."""
    sent = request.POST if request.method == "POST" else None
    return ChangeEntry(sent, was=as_it_stands(service), is_refuge=service.is_refuge)


def in_words(name: str, value: Any) -> str:
    """Say the value of a field in lines."""
    if isinstance(value, str):
        return value
    between = ", " if name == "places" else ": "
    return "\n".join(between.join(part for part in pair if part) for pair in value)


def _name_of(name: str) -> str:
    said = words(FIELDS, name)
    return said[:1].upper() + said[1:]


def _confirmed(service: Service) -> str:
    if service.confirmed_at is None:
        return _("Nobody has confirmed this entry yet.")
    who, on = confirmed_by(service), {"day": day(service.confirmed_at)}
    return _("Last confirmed on %(day)s by %(who)s.") % {**on, "who": who} if who else _("Last confirmed on %(day)s.") % on


def _fades(service: Service, at: datetime) -> str:
    if service.fades_at is None or service.closed_at:
        return ""
    said = _("It warns its readers since %(day)s.") if service.fades_at <= at else _("It warns its readers from %(day)s.")
    return said % {"day": day(service.fades_at)}


def _link(service: Service) -> str:
    if not service.url or not service.link_asked_at:
        return ""
    return _("Web page, looked at on %(day)s: %(found)s.") % {
        "day": short_day(service.link_asked_at),
        "found": words(LINKS, service.link_found),
    }


def _waiting(service: Service, editor: Editor | None, actor: Actor | None) -> Waiting | None:
    change = change_waiting(service)
    if change is None:
        return None
    return Waiting(
        change_id=change.public_id,
        rows=tuple(
            (_name_of(name), in_words(name, change.was.get(name, "")), in_words(name, value))
            for name, value in change.words.items()
        ),
        since=day(change.at),
        mine=not may_be_second(change, editor=editor, actor=actor),
    )

# For workers only.
"""Copies and drills, as they last went; and what a hub lead does after a restore."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.access import policy
from alongside.access.doors import worker_page
from alongside.access.requests import Request
from alongside.access.set_up.views.common import done_by, setting_up
from alongside.access.showing import show
from alongside.backups import queries
from alongside.backups.codes import CHECKED, KINDS
from alongside.backups.forms import WrittenAgain
from alongside.backups.pages import AfterARestorePage, CopiesPage, Held
from alongside.design.words import ago, how_long, moment, words
from alongside.hubs.commands import say_it_is_written_again
from alongside.messages.commands import leave_unsent, release_held
from alongside.messages.queries import check_is_here, held_messages
from alongside.messages.wording import NAMES
from alongside.refusals import NotFound
from alongside.vocabulary.channels import CHANNELS
from alongside.vocabulary.clock import now

LATE = timedelta(hours=1)
"""A last copy older than this is said to be late (ours; the goal is fifteen minutes)."""


@worker_page
@require_http_methods(["GET", "HEAD"])
def copies(request: Request) -> HttpResponse:
    found, at = queries.runs(request.actor), now()
    last, drill = found.copy, found.drill
    page = CopiesPage(
        title=_("Copies and drills"),
        last_copy=f"{moment(last.moment)} ({ago(last.moment, at)})" if last else "",
        is_late=last is None or at - last.moment > LATE,
        drill=_drill(drill) if drill else (),
        failed=tuple(words(CHECKED, code) for code, held in drill.found if not held) if drill else (),
        held=tuple(words(CHECKED, code) for code, held in drill.found if held) if drill else (),
        rows=tuple(
            (
                words(KINDS, one.kind),
                moment(one.at),
                _("Went well") if one.went_well else _("Did not hold"),
                f"{one.rows:,}",
                f"{one.seconds:.1f}",
            )
            for one in found.newest
        ),
        back_to=reverse("hubs:settings") if policy.may(request.actor, "settings") else "",
    )
    return show(request, page)


def _drill(one: Any) -> tuple[tuple[str, str], ...]:
    missing = _("no copy was kept") if one.missing_seconds is None else how_long(round(one.missing_seconds / 60))
    return (
        (_("When"), moment(one.at)),
        (_("Outcome"), _("Everything held") if one.went_well else _("Something did not hold")),
        (_("From the copy to a hub that may be opened"), _("%(seconds)s seconds") % {"seconds": f"{one.seconds:.1f}"}),
        (_("What would have been missing then"), missing),
        (_("Rows"), _("%(rows)s in %(tables)s tables") % {"rows": f"{one.rows:,}", "tables": one.tables}),
    )


@setting_up
def after_a_restore(request: Request) -> HttpResponse:
    hub = request.hub
    held = tuple(
        Held(
            one.public_id,
            words(NAMES, one.template),
            moment(one.made_at),
            words(CHANNELS, one.channel) if one.channel else "",
        )
        for one in held_messages(request.actor)
    )
    form = WrittenAgain(request.POST if request.method == "POST" else None) if hub.restored_to else None
    if form is not None and form.is_valid():
        say_it_is_written_again(**done_by(request))
        return redirect("backups:after-a-restore")
    missing = ""
    if hub.restored_to:
        missing = _("Everything that was written between %(from)s and %(until)s.") % {
            "from": moment(hub.restored_to),
            "until": moment(hub.restored_at),
        }
    page = AfterARestorePage(title=_("After a restore"), missing=missing, held=held, form=form, back_to=reverse("hubs:settings"))
    return show(request, page)


@setting_up
def settle_held(request: Request, message_id: UUID) -> HttpResponse:
    """Take a press and lead back; whoever comes by the address alone is led back too."""
    check_is_here(request.actor, message_id)
    if request.method != "POST":
        return redirect("backups:after-a-restore")
    steps = {"release": release_held, "leave": leave_unsent}
    step = steps.get(request.POST.get("step", ""))
    if step is None:
        raise NotFound
    step(actor=request.actor, at=now(), message_id=message_id)
    return redirect("backups:after-a-restore")

# For workers only.
"""Workers: inviting somebody, another hat, a new link, and the ways to leave and end of a hat."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.access import commands as access_commands
from alongside.access.models import User
from alongside.access.queries import new_link_path
from alongside.access.requests import Request
from alongside.access.second_factor import has_second_factor
from alongside.access.set_up import forms, queries
from alongside.access.set_up.pages import Cell, Section
from alongside.access.set_up.saving import saved
from alongside.access.set_up.views.common import done_by, draw, sent, setting_up
from alongside.design.forms import OneButton
from alongside.design.words import short_day, words
from alongside.hubs.roles import ROLE_WORDS
from alongside.vocabulary.clock import now


def link_of(user: User) -> tuple[str, str]:
    """Give the link that sets a password, as it is shown once."""
    path = reverse("access:first-password", args=new_link_path(user))
    return _("Link for %(email)s, for three days") % {"email": user.email}, settings.PUBLIC_ADDRESS.rstrip("/") + path


def _offered(request: Request) -> dict[str, queries.Choices]:
    return {
        "organisation": queries.organisation_choices(request.actor),
        "supervisor": queries.hat_choices(request.actor, now(), action="hold"),
        "teams": queries.team_choices(request.actor),
    }


def _keys(given: dict[str, Any]) -> dict[str, Any]:
    return {
        "organisation_id": int(given["organisation"]),
        "role": given["role"],
        "supervisor_id": int(given["supervisor"]) if given["supervisor"] else None,
        "team_ids": tuple(int(key) for key in given["teams"]),
    }


@setting_up
def people(request: Request) -> HttpResponse:
    form = forms.Invite(**sent(request, "invite"), offered=_offered(request))
    shown: list[tuple[str, str]] = []

    def invite(given: dict[str, Any]) -> None:
        user = access_commands.invite_worker(**done_by(request), name=given["name"], email=given["email"], **_keys(given))
        shown.append(link_of(user))

    if saved(form, invite):
        form = forms.Invite(auto_id="invite_%s", offered=_offered(request))
    rows: list[tuple[Cell, ...]] = [
        (
            (one.name, reverse("hubs:worker", args=[one.public_id])),
            one.user.email if one.user else _("no account"),
            _("left")
            if one.left_at
            else _("second factor set up")
            if one.user and has_second_factor(one.user)
            else _("no second factor yet"),
        )
        for one in queries.workers(request.actor)
    ]
    return draw(
        request,
        _("Workers and hats"),
        Section(head=(_("Name"), _("Account"), _("How it stands")), rows=tuple(rows), empty=_("Nobody yet.")),
        Section(
            title=_("Invite somebody"),
            lines=(_("You are shown a link to hand over. Behind it they choose a password and set up their second factor."),),
            form=form,
            what="invite",
            button=_("Invite"),
        ),
        shown_once=tuple(shown),
    )


@setting_up
def worker(request: Request, worker_id: UUID) -> HttpResponse:
    found = queries.get_worker(request.actor, worker_id)
    hat = forms.AnotherHat(**sent(request, "hat"), offered=_offered(request))
    link = OneButton(**sent(request, "link"))
    shown: list[tuple[str, str]] = []

    def give(given: dict[str, Any]) -> None:
        access_commands.give_another_hat(**done_by(request), worker_id=found.pk, **_keys(given))

    def new_link(_given: dict[str, Any]) -> None:
        shown.append(link_of(access_commands.make_account_link(**done_by(request), worker_id=found.pk)))

    if saved(hat, give):
        return redirect("hubs:worker", found.public_id)
    saved(link, new_link)
    rows: list[tuple[Cell, ...]] = []
    for one in queries.hats_of_worker(request.actor, found.pk):
        what = f"{words(ROLE_WORDS, one.role)}, {one.organisation.name}"
        if one.until_at:
            rows.append((what, short_day(one.from_at), _("ended %(day)s") % {"day": short_day(one.until_at)}, ""))
        else:
            rows.append(
                (
                    what,
                    short_day(one.from_at),
                    (_("Arrange leave"), reverse("members:arrange-leave", args=[one.public_id])),
                    (_("End this hat"), reverse("members:end-hat", args=[one.public_id])),
                )
            )
    sections = [
        Section(title=_("Hats"), head=(_("Role"), _("Since"), _("Leave"), _("End")), rows=tuple(rows)),
        Section(title=_("Give another hat"), form=hat, what="hat", button=_("Give the hat")),
    ]
    if (
        found.user
        and found.user.is_active
        and any(one.until_at is None for one in queries.hats_of_worker(request.actor, found.pk))
    ):
        sections.append(
            Section(
                title=_("Password lost"),
                lines=(_("A new link lets them choose a new password. Their second factor stays as it is."),),
                form=link,
                what="link",
                button=_("Make a new link"),
            )
        )
    return draw(request, found.name, *sections, back=reverse("hubs:people"), shown_once=tuple(shown))

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
from alongside.access.queries import invitation_path, new_link_path
from alongside.access.requests import Request
from alongside.access.second_factor import has_second_factor
from alongside.access.set_up import forms, queries
from alongside.access.set_up.pages import Cell, Section
from alongside.access.set_up.saving import saved
from alongside.access.set_up.views.common import done_by, draw, sent, setting_up
from alongside.access.set_up.words import training_words
from alongside.design.forms import OneButton
from alongside.design.words import short_day, words
from alongside.hubs import commands
from alongside.hubs.roles import ROLE_WORDS
from alongside.vocabulary.clock import now


def link_of(email: str, path: tuple[str, str]) -> tuple[str, str]:
    """Give a link of an account, as it is shown once."""
    address = settings.PUBLIC_ADDRESS.rstrip("/") + reverse("access:first-password", args=path)
    return _("Link for %(email)s, for three days") % {"email": email}, address


def _standing(one: queries.Colleague) -> str:
    """Say how it stands with a worker here; of somebody who has not come yet nothing else is known here."""
    account = one.worker.user
    if not one.works_here:
        return _("left")
    if account is None or not one.has_come:
        return _("invited")
    if not account.is_active:
        return _("locked")
    return _("second factor set up") if has_second_factor(account) else _("no second factor yet")


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
        shown.append(link_of(user.email, invitation_path(user)))

    if saved(form, invite):
        form = forms.Invite(auto_id="invite_%s", offered=_offered(request))
    rows: list[tuple[Cell, ...]] = [
        (
            (one.worker.name, reverse("hubs:worker", args=[one.worker.public_id])),
            one.worker.user.email if one.worker.user else _("no account"),
            _standing(one),
        )
        for one in queries.workers(request.actor, now())
    ]
    return draw(
        request,
        _("Workers and hats"),
        Section(head=(_("Name"), _("Account"), _("How it stands")), rows=tuple(rows), empty=_("Nobody yet.")),
        Section(
            title=_("Invite somebody"),
            lines=(
                _(
                    "You are shown a link to hand over. Behind it they choose a password and set up their second factor; whoever has an account already signs in with it."
                ),
            ),
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
        user = access_commands.make_account_link(**done_by(request), worker_id=found.pk)
        shown.append(link_of(user.email, new_link_path(user)))

    if saved(hat, give):
        return redirect("hubs:worker", found.public_id)
    is_locked = bool(found.user and not found.user.is_active)
    lock = OneButton(**sent(request, "lock"))
    turn_key = access_commands.unlock_account if is_locked else access_commands.lock_account
    if saved(lock, lambda _given: turn_key(**done_by(request), worker_id=found.pk)):
        return redirect("hubs:worker", found.public_id)
    training = forms.Training(**sent(request, "training"))
    if saved(training, lambda given: commands.set_training(**done_by(request), worker_id=found.pk, **given)):
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
                    (_("Arrange leave"), reverse("members:arrange-leave", args=[one.public_id]), what),
                    (_("End this hat"), reverse("members:end-hat", args=[one.public_id]), what),
                )
            )
    sections = [
        Section(title=_("Hats"), head=(_("Role"), _("Since"), _("Leave"), _("End")), rows=tuple(rows)),
        Section(title=_("Give another hat"), form=hat, what="hat", button=_("Give the hat")),
        Section(
            title=_("Training in confidentiality"),
            lines=(training_words(found), _("From the day after it they see nothing, in any hat.")),
            form=training,
            what="training",
            button=_("Save"),
        ),
    ]
    works_here = any(one.until_at is None for one in queries.hats_of_worker(request.actor, found.pk))
    if works_here and found.user and not is_locked:
        sections.append(
            Section(
                title=_("Password lost"),
                lines=(_("A new link lets them choose a new password. Their second factor stays as it is."),),
                form=link,
                what="link",
                button=_("Make a new link"),
            )
        )
    if works_here and found.user:
        sections.append(
            Section(
                title=_("Unlock the account") if is_locked else _("Lock the account"),
                lines=(
                    _("They sign in again with the password and second factor that they had.")
                    if is_locked
                    else _(
                        "From their next click on they open no page. Whoever they hold is on Nobody lost until somebody acts."
                    ),
                ),
                form=lock,
                what="lock",
                button=_("Unlock the account") if is_locked else _("Lock the account"),
            )
        )
    if works_here:
        sections.append(
            Section(
                title=_("Has left"),
                head=(_("What it does"), _("Do it")),
                rows=(
                    (
                        _("Every hat here ends, and whoever they hold has a new holder in the same moment."),
                        (_("Say that they have left"), reverse("members:has-left", args=[found.public_id])),
                    ),
                ),
            )
        )
    return draw(request, found.name, *sections, back=reverse("hubs:people"), shown_once=tuple(shown))

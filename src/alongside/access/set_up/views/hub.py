# For workers only.
"""Setting up the hub itself: each page is a few sections, and each form is one command."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from alongside.access import clients as client_commands
from alongside.access import commands as access_commands
from alongside.access.codes import PARTICIPATION
from alongside.access.policy import may
from alongside.access.requests import Request
from alongside.access.set_up import forms, queries
from alongside.access.set_up.pages import Section, SettingsIndexPage
from alongside.access.set_up.saving import saved
from alongside.access.set_up.views.common import done_by, draw, sent, setting_up, stopping
from alongside.access.set_up.words import participation_words, words_with_note
from alongside.access.showing import show
from alongside.design.forms import OneButton
from alongside.design.words import language, moment, short_day, words
from alongside.hubs import commands
from alongside.hubs.codes import STANDARD_DEFAULTS, STOP_REASONS
from alongside.hubs.words import hat_words
from alongside.vocabulary.clock import now, today
from alongside.vocabulary.sectors import SECTORS

_ORGANISATIONS = ngettext_lazy("%(count)s organisation", "%(count)s organisations", "count")
_PLACES = ngettext_lazy("%(count)s place", "%(count)s places", "count")
_TEAMS = ngettext_lazy("%(count)s team", "%(count)s teams", "count")
_WORKERS = ngettext_lazy("%(count)s person works here", "%(count)s people work here", "count")
_STANDARDS = ngettext_lazy("%(count)s standard", "%(count)s standards", "count")
_SIGNED = ngettext_lazy("%(count)s organisation has signed", "%(count)s organisations have signed", "count")
_SYSTEMS = ngettext_lazy("%(count)s system is let in", "%(count)s systems are let in", "count")
_LENGTHS = {
    "working_days": ngettext_lazy("%(count)s working day", "%(count)s working days", "count"),
    "days": ngettext_lazy("%(count)s day", "%(count)s days", "count"),
    "hours": ngettext_lazy("%(count)s hour", "%(count)s hours", "count"),
    "minutes": ngettext_lazy("%(count)s minute", "%(count)s minutes", "count"),
    "messages": ngettext_lazy("%(count)s message", "%(count)s messages", "count"),
    "o_clock": ngettext_lazy("%(count)s o'clock", "%(count)s o'clock", "count"),
}


def _counted(words: Any, count: int) -> str:
    """Say how many of what."""
    return str(words % {"count": count})


@setting_up
def settings(request: Request) -> HttpResponse:
    actor, at = request.actor, now()
    found = queries.my_hub(actor)
    signed = sum(len(signatures) for _agreement, signatures in queries.agreements(actor, at))
    unconfirmed = sum(1 for one in queries.contacts(actor) if one.checked_on is None)
    rows = [
        (_("Name, colour and addresses"), found.name, "hub"),
        (_("Crisis contacts"), _("%s not checked yet") % unconfirmed if unconfirmed else _("All checked"), "crisis-contacts"),
        (_("Organisations"), _counted(_ORGANISATIONS, len(queries.organisations(actor))), "organisations"),
        (_("Stopped organisations"), str(len(queries.stops(actor, at)) or _("None")), "stopped"),
        (_("Places"), _counted(_PLACES, len(queries.sites(actor))), "sites"),
        (_("Teams, hours and rotas"), _counted(_TEAMS, len(queries.teams(actor))), "teams"),
        (_("Workers and hats"), _counted(_WORKERS, sum(one.works_here for one in queries.workers(actor, at))), "people"),
        (_("Standards"), _counted(_STANDARDS, len(queries.standards(actor))), "standards"),
        (_("Sharing agreement"), _counted(_SIGNED, signed), "sharing"),
        (_("Public door"), _("Open") if found.public_door_open else _("Closed"), "door"),
        (_("Partners' systems"), _counted(_SYSTEMS, len(queries.clients(actor, at))), "clients"),
        (_("Bank holidays"), "", "bank-holidays"),
    ]
    places = (
        *((name, there, reverse(f"hubs:{place}")) for name, there, place in rows),
        (_("Wording"), "", reverse("messages:wording")),
        (_("Copies and drills"), "", reverse("backups:copies")),
        (_("After a restore"), _("Something is missing") if found.restored_to else "", reverse("backups:after-a-restore")),
    )
    return show(request, SettingsIndexPage(title=_("Settings"), places=places))


@setting_up
def hub(request: Request) -> HttpResponse:
    found = queries.my_hub(request.actor)
    standing = {name: getattr(found, name) for name in ("name", "name_cy", "phone", "email", "colour", "uses_nhs_identity")}
    form = forms.HubForm(**sent(request, "hub"), initial={**standing, "hostnames": "\n".join(found.hostnames)})
    if saved(form, lambda given: commands.change_hub(**done_by(request), **given)):
        return redirect("hubs:settings")
    return draw(request, _("Name, colour and addresses"), Section(form=form, what="hub", button=_("Save")))


@setting_up
def crisis_contacts(request: Request) -> HttpResponse:
    rows = queries.contacts(request.actor)
    asked = forms.ConfirmContacts(
        **sent(request, "confirm"), offered={"codes": [(one.code, one.en) for one in rows]}, initial={"checked_on": today()}
    )
    new = forms.NewContact(**sent(request, "add"), initial={"kind": "call", "checked_on": today()})

    def confirm(given: dict[str, Any]) -> None:
        for code in given["codes"]:
            commands.confirm_crisis_contact(**done_by(request), code=code, checked_on=given["checked_on"])

    if saved(asked, confirm) or saved(new, lambda given: commands.add_crisis_contact(**done_by(request), **given)):
        return redirect("hubs:crisis-contacts")
    table = tuple((one.en, one.cy, short_day(one.checked_on) if one.checked_on else _("not checked yet")) for one in rows)
    return draw(
        request,
        _("Crisis contacts"),
        Section(
            lines=(_("People see these on every page. Call each one, and write down the day."),),
            head=(_("In English"), _("In Welsh"), _("Checked")),
            rows=table,
        ),
        Section(title=_("Write down what you checked"), form=asked, what="confirm", button=_("Checked")),
        Section(title=_("Add one of your own"), form=new, what="add", button=_("Add")),
    )


@setting_up
def organisations(request: Request) -> HttpResponse:
    form = forms.NewOrganisation(**sent(request, "add"))
    if saved(form, lambda given: commands.add_organisation(**done_by(request), **given)):
        return redirect("hubs:organisations")
    end = forms.Which(**sent(request, "end"), offered={"which": queries.organisation_choices(request.actor)})
    if saved(end, lambda given: access_commands.end_partnership(**done_by(request), organisation_id=int(given["which"]))):
        return redirect("hubs:organisations")
    rows = tuple(
        (
            one.organisation.name,
            words(SECTORS, one.organisation.sector),
            one.organisation.ods_code or "",
            participation_words(one),
        )
        for one in queries.partners(request.actor)
    )
    far = forms.Participation(**sent(request, "far"), offered={"organisation": queries.organisation_choices(request.actor)})

    def set_participation(given: dict[str, Any]) -> None:
        access_commands.set_participation(**done_by(request), organisation_id=int(given.pop("organisation")), **given)

    if saved(far, set_participation):
        return redirect("hubs:organisations")
    return draw(
        request,
        _("Organisations"),
        Section(
            head=(_("Name"), _("Sector"), _("ODS code"), _("Takes part")),
            rows=rows,
            empty=_("None yet."),
        ),
        Section(title=_("Take one in"), form=form, what="add", button=_("Take in")),
        Section(
            title=_("How far a partner takes part"),
            lines=tuple(words_with_note(PARTICIPATION, code) for code in PARTICIPATION)
            + (_("Less than one record ends what it has signed, at once. More is proposed, and approved by two."),),
            form=far,
            what="far",
            button=_("Save"),
        ),
        Section(
            title=_("End a partnership"),
            lines=(_("Its signature ends, and its systems are shut out. What it wrote stays."),),
            form=end,
            what="end",
            button=_("End the partnership"),
        ),
    )


@stopping
def stopped(request: Request) -> HttpResponse:
    actor, at = request.actor, now()
    standing = queries.stops(actor, at)
    keys = {one.organisation_id for one in standing} | {actor.organisation_id}
    others = [one for one in queries.organisation_choices(actor) if int(one[0]) not in keys]
    stop = forms.StopOrganisation(**sent(request, "stop"), offered={"organisation": others})
    lift = forms.Which(
        **sent(request, "lift"), offered={"which": [(str(one.organisation_id), one.organisation.name) for one in standing]}
    )

    def do_stop(given: dict[str, Any]) -> None:
        access_commands.stop_organisation(
            **done_by(request), organisation_id=int(given["organisation"]), because=given["because"]
        )

    if saved(stop, do_stop) or saved(
        lift, lambda given: access_commands.let_organisation_back(**done_by(request), organisation_id=int(given["which"]))
    ):
        return redirect("hubs:stopped")
    rows = tuple(
        (
            one.organisation.name,
            words(STOP_REASONS, one.because),
            moment(one.from_at),
            hat_words(one.stopped_by) if one.stopped_by else _("whoever runs the installation"),
        )
        for one in standing
    )
    sections = [
        Section(
            lines=(
                _(
                    "From their next click on they open no page, and their systems send nothing. Nothing of theirs is lost: whoever they hold is on Nobody lost."
                ),
            ),
            head=(_("Organisation"), _("Why"), _("Since"), _("Stopped by")),
            rows=rows,
            empty=_("None is stopped."),
        )
    ]
    if standing:
        sections.append(
            Section(
                title=_("Let one work again"),
                lines=(_("Everything of theirs is as it was when they were stopped."),),
                form=lift,
                what="lift",
                button=_("Let them work again"),
            )
        )
    sections.append(Section(title=_("Stop an organisation"), form=stop, what="stop", button=_("Stop everything of theirs")))
    back = reverse("hubs:settings") if may(actor, "settings") else reverse("web:today")
    return draw(request, _("Stopped organisations"), *sections, back=back)


@setting_up
def sites(request: Request) -> HttpResponse:
    form = forms.NewSite(**sent(request, "add"), offered={"organisation": queries.organisation_choices(request.actor)})

    def add(given: dict[str, Any]) -> None:
        commands.add_site(**done_by(request), organisation_id=int(given.pop("organisation")), **given)

    if saved(form, add):
        return redirect("hubs:sites")
    rows = tuple(
        (one.name, one.organisation.name, f"{one.address} {one.postcode}".strip()) for one in queries.sites(request.actor)
    )
    return draw(
        request,
        _("Places"),
        Section(head=(_("Place"), _("Whose"), _("Address")), rows=rows, empty=_("None yet.")),
        Section(title=_("Add a place"), form=form, what="add", button=_("Add")),
    )


@setting_up
def bank_holidays(request: Request) -> HttpResponse:
    nation = queries.my_hub(request.actor).nation
    found = queries.bank_holidays_from(nation, date(today().year, 1, 1))
    rows = tuple((short_day(one.on), one.name) for one in found)
    lines = (_("Teams are closed on these days. They come with the software; working days are counted with them."),)
    return draw(request, _("Bank holidays"), Section(lines=lines, head=(_("Day"), _("Name")), rows=rows))


@setting_up
def standards(request: Request) -> HttpResponse:
    rows = queries.standards(request.actor)
    welsh = language() == "cy"

    def name(code: str) -> str:
        known = STANDARD_DEFAULTS.get(code)
        return (known.cy if welsh else known.en) if known else code

    form = forms.StandardForm(**sent(request, "set"), offered={"code": [(one.code, name(one.code)) for one in rows]})
    if saved(form, lambda given: commands.set_standard(**done_by(request), **given)):
        return redirect("hubs:standards")
    table = tuple(
        (
            name(one.code),
            _counted(_LENGTHS[one.unit], one.value) if one.unit in _LENGTHS else f"{one.value} {one.unit}",
            one.origin,
            f"{one.approved_by.worker.name}, {short_day(one.approved_at)}" if one.approved_by else "",
        )
        for one in rows
    )
    return draw(
        request,
        _("Standards"),
        Section(head=(_("What"), _("How long"), _("Whose figure"), _("Set by")), rows=table),
        Section(title=_("Set one"), form=form, what="set", button=_("Set")),
    )


@setting_up
def door(request: Request) -> HttpResponse:
    found = queries.my_hub(request.actor)
    problems = tuple(queries.door_problems(found, now()))
    form = forms.OpenDoor(
        **sent(request, "open"),
        offered={"team": queries.team_choices(request.actor, kind="duty")},
        initial={"team": found.front_door_team_id},
    )
    if saved(form, lambda given: commands.open_public_door(**done_by(request), team_id=int(given["team"]))):
        return redirect("hubs:door")
    close = OneButton(**sent(request, "close"))
    if saved(close, lambda _given: commands.close_public_door(**done_by(request))):
        return redirect("hubs:door")
    state = (
        _("The public door is open.")
        if found.public_door_open
        else _("The public door is closed: nobody can ask for help online yet.")
    )
    button = _("Save") if found.public_door_open else _("Open the public door")
    sections = [Section(lines=(state,), warnings=problems, form=form, what="open", button=button)]
    if found.public_door_open:
        sections.append(Section(title=_("Close it"), form=close, what="close", button=_("Close the public door")))
    return draw(request, _("Public door"), *sections)


@setting_up
def clients(request: Request) -> HttpResponse:
    actor, at = request.actor, now()
    form = forms.NewClient(**sent(request, "add"), offered={"organisation": queries.organisation_choices(actor)})
    standing = queries.clients(actor, at)
    end = forms.Which(**sent(request, "end"), offered={"which": [(str(one.pk), one.name) for one in standing]})
    shown: list[tuple[str, str]] = []

    def let_in(given: dict[str, Any]) -> None:
        made, token = client_commands.let_client_in(
            **done_by(request), organisation_id=int(given["organisation"]), name=given["name"]
        )
        shown.append((_("The token of %(name)s") % {"name": made.name}, token))

    if saved(end, lambda given: client_commands.shut_client_out(**done_by(request), client_id=int(given["which"]))):
        return redirect("hubs:clients")
    if saved(form, let_in):
        standing = queries.clients(actor, now())
        form = forms.NewClient(auto_id="add_%s", offered={"organisation": queries.organisation_choices(actor)})
        end = forms.Which(auto_id="end_%s", offered={"which": [(str(one.pk), one.name) for one in standing]})
    rows = tuple((one.name, one.organisation.name, moment(one.from_at)) for one in standing)
    sections = [
        Section(
            lines=(_("Systems of partners that may send people here. They see nothing."),),
            head=(_("Name"), _("Whose"), _("Since")),
            rows=rows,
            empty=_("None yet."),
        ),
        Section(title=_("Let one in"), form=form, what="add", button=_("Let in")),
    ]
    if standing:
        sections.append(Section(title=_("Shut one out"), form=end, what="end", button=_("Shut out")))
    return draw(request, _("Partners' systems"), *sections, shown_once=tuple(shown))

# For workers only.
"""Teams: what they are nationally, when they are open, who sits in them, who is on duty."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.access.requests import Request
from alongside.access.set_up import forms, queries
from alongside.access.set_up.pages import Section
from alongside.access.set_up.saving import saved
from alongside.access.set_up.views.common import done_by, draw, sent, setting_up
from alongside.design.words import language, moment, words
from alongside.hubs import commands
from alongside.hubs.codes import TEAM_KINDS
from alongside.hubs.queries import rota_gaps
from alongside.hubs.roles import ROLE_WORDS
from alongside.hubs.words import gaps_words, hat_words
from alongside.vocabulary.clock import now
from alongside.vocabulary.team_types import TEAM_TYPES, will_count


@setting_up
def teams(request: Request) -> HttpResponse:
    form = forms.TeamForm(
        **sent(request, "add"), offered={"organisation": queries.organisation_choices(request.actor)}, initial={"kind": "care"}
    )
    made: list[UUID] = []

    def add(given: dict[str, Any]) -> None:
        team = commands.add_team(**done_by(request), organisation_id=int(given.pop("organisation")), **given)
        made.append(team.public_id)

    if saved(form, add):
        return redirect("hubs:team", made[0])
    rows = tuple(
        (
            (one.name, reverse("hubs:team", args=[one.public_id])),
            one.organisation.name,
            words(TEAM_KINDS, one.kind),
            words(TEAM_TYPES, one.national_team_type) if one.national_team_type else "",
        )
        for one in queries.teams(request.actor)
    )
    return draw(
        request,
        _("Teams, hours and rotas"),
        Section(head=(_("Team"), _("Whose"), _("What it does"), _("National type")), rows=rows, empty=_("None yet.")),
        Section(title=_("Add a team"), form=form, what="add", button=_("Add")),
    )


def _not_covered(found: queries.Team, at: datetime) -> tuple[str, ...]:
    gaps = gaps_words(rota_gaps(found.pk, at)) if found.kind == "duty" else ""
    return (_("Nobody is on duty in these opening hours of the next seven days: %(hours)s.") % {"hours": gaps},) if gaps else ()


@setting_up
def team(request: Request, team_id: UUID) -> HttpResponse:
    actor, at = request.actor, now()
    found = queries.get_team(actor, team_id)
    this = {**done_by(request), "team_id": found.pk}
    standing = {name: getattr(found, name) for name in ("name", "kind", "national_team_type", "phone", "email")}
    change = forms.ChangeTeam(**sent(request, "change"), initial=standing)
    hours = forms.TeamHoursForm(**sent(request, "hours"), initial=queries.week_of(found.pk))
    sitting = queries.seats(found.pk, at)
    sitting_keys = {str(hat.pk) for hat in sitting}
    everybody = queries.hat_choices(actor, at)
    seat = forms.Seat(**sent(request, "seat"), offered={"hat": [one for one in everybody if one[0] not in sitting_keys]})
    leave = forms.Seat(**sent(request, "leave"), offered={"hat": [one for one in everybody if one[0] in sitting_keys]})
    turn = forms.DutyTurnForm(**sent(request, "turn"), offered={"hat": everybody})
    if (
        saved(change, lambda given: commands.change_team(**this, **given))
        or saved(hours, lambda given: commands.set_team_hours(**this, stretches=given["stretches"]))
        or saved(seat, lambda given: commands.give_seat(**this, hat_id=int(given["hat"])))
        or saved(leave, lambda given: commands.end_seat(**this, hat_id=int(given["hat"])))
        or saved(
            turn,
            lambda given: commands.add_duty_turn(
                **this, hat_id=int(given["hat"]), from_at=given["from_at"], until_at=given["until_at"]
            ),
        )
    ):
        return redirect("hubs:team", found.public_id)
    _counts, english, welsh = will_count(found.national_team_type, queries.my_hub(actor).nation)
    seat_rows = tuple((hat_words(hat), words(ROLE_WORDS, hat.role)) for hat in sitting)
    turn_rows = tuple((hat_words(one.hat), moment(one.from_at), moment(one.until_at)) for one in queries.turns(found.pk, at))
    return draw(
        request,
        found.name,
        Section(lines=(welsh if language() == "cy" else english,), form=change, what="change", button=_("Save")),
        Section(
            title=_("Opening hours"),
            lines=(_("For each day write 09:00 to 17:00; several stretches with a comma between; nothing when it is closed."),),
            form=hours,
            what="hours",
            button=_("Save the hours"),
        ),
        Section(title=_("Who sits in it"), head=(_("Who"), _("Role")), rows=seat_rows, empty=_("Nobody yet.")),
        Section(title=_("Give a seat"), form=seat, what="seat", button=_("Give the seat")),
        Section(title=_("End a seat"), form=leave, what="leave", button=_("End the seat")),
        Section(
            title=_("Duty rota"),
            warnings=_not_covered(found, at),
            head=(_("Who"), _("From"), _("Until")),
            rows=turn_rows,
            empty=_("No turns are planned."),
        ),
        Section(title=_("Add a turn"), form=turn, what="turn", button=_("Add the turn")),
        Section(
            title=_("End this team"),
            head=(_("What it does"), _("Do it")),
            rows=(
                (
                    _("Another team takes over whoever it holds, and whatever waits for it."),
                    (_("End the team"), reverse("members:end-team", args=[found.public_id])),
                ),
            ),
        ),
        back=reverse("hubs:teams"),
    )

# For workers only.
"""A person's own page, as whoever is alongside them sees it: inviting them, who came in lately, closing it at once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.access.doors import worker_page
from alongside.access.requests import Request
from alongside.access.showing import show
from alongside.access.step_up import require_step_up
from alongside.design.words import moment, words
from alongside.members.codes import TASKS
from alongside.members.strip import strip_of
from alongside.people.policies import check_is_alive, check_is_near
from alongside.people.queries import get_person, way_words
from alongside.safety.own_page import commands, policies, queries
from alongside.safety.own_page.codes import ENDED, HOW
from alongside.safety.own_page.pages import OwnPagePage
from alongside.safety.own_page.rules import state_of
from alongside.vocabulary.clock import now


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def own_page(request: Request, person_id: UUID) -> HttpResponse:
    actor, at = request.actor, now()
    person = get_person(actor, person_id)
    check_is_near(actor, person.pk, at=at)
    check_is_alive(person)
    invited = commands.Invited()
    if request.method == "POST":
        policies.check_can_invite(actor, person.pk, at=at)
        require_step_up(request)
        way = request.POST.get("way", "")
        invited = commands.invite(actor=actor, at=at, person_id=person.pk, contact_point_id=int(way) if way.isdecimal() else 0)
    stands = queries.own_page_of(actor, person.pk, at=at)
    page = OwnPagePage(
        title=_("Their own page"),
        strip=strip_of(actor, person),
        state=_how_it_stands(stands, at),
        is_live=bool(stands and not stands.ended_at),
        may_close=policies.can_close(actor),
        may_invite=policies.can_invite(actor, person.pk, at=at),
        ways=tuple((one.pk, way_words(one)) for one in queries.ways_for_own_page(person.pk)),
        not_sent=words(TASKS, f"message_{invited.stopped}") if invited.stopped else "",
        number=invited.number,
        link=request.build_absolute_uri(reverse("safety:own-link", args=[invited.token]))
        if settings.DEMO and invited.token
        else "",
        lately=tuple(
            ", ".join(part for part in (moment(one.at), words(HOW, one.how), one.browser) if part)
            for one in queries.sign_ins_of(actor, person.pk, at=at)
        ),
        people_shown=(person.pk,),
    )
    return show(request, page)


@require_POST
@worker_page
def close_own_page(request: Request, person_id: UUID) -> HttpResponse:
    person = get_person(request.actor, person_id)
    commands.close(actor=request.actor, at=now(), person_id=person.pk)
    return redirect("safety:own-page", person_id)


def _how_it_stands(stands: queries.OwnPage | None, at: datetime) -> str:
    if stands is None:
        return _("They have not been invited.")
    way = way_words(stands.contact_point)
    state = state_of(opened_at=stands.opened_at, ended_at=stands.ended_at, until_at=stands.until_at, at=at)
    told = {"way": way, "until": moment(stands.until_at), "wrong": stands.wrong}
    if state == "ended":
        return _("Closed on %(at)s: %(why)s.") % {"at": moment(stands.ended_at or at), "why": words(ENDED, stands.ended_because)}
    if state == "open":
        return _("Open since %(at)s. Codes go by: %(way)s") % {"at": moment(stands.opened_at or at), **told}
    if state == "over":
        return _("They were invited and the link was not used in time. Invite them anew if they still want it.")
    if stands.wrong:
        return _("Invited; the link opens until %(until)s. A wrong number was written %(wrong)s times: speak with them.") % told
    return _("Invited; the link opens until %(until)s. It goes by: %(way)s") % told

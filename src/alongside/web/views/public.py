"""Pages for everybody: home, plain words, language, and where it stands by the private link."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.access.requests import Request
from alongside.access.showing import show
from alongside.design.words import day, language, words
from alongside.hubs.words import hours_words, open_words
from alongside.journey.handovers.codes import STATUS
from alongside.journey.handovers.commands import confirm_met, say_we_have_not_met
from alongside.journey.handovers.queries import latest_for_the_person
from alongside.journey.referrals import commands as referrals
from alongside.journey.referrals.queries import by_link, holder_for_you, next_date_of, status_for_you
from alongside.messages.queries import sentence
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now
from alongside.web.forms import Say
from alongside.web.pages import HomePage, WhereItStandsPage, WordsPage
from alongside.web.queries import median_wait_days


@require_safe
def home(request: Request) -> HttpResponse:
    hub = request.hub
    is_open_here = bool(hub and hub.public_door_open)
    wait = median_wait_days(hub.pk, now()) if hub else None
    page = HomePage(
        title=_("How can we help?"),
        welcome=sentence(hub.pk if hub else None, "welcome", language()),
        open_words=open_words(hub, now()) if hub else "",
        wait_words=_(
            "Half of the %(count)s people who asked in the last 90 days and have met someone did so within %(days)s days. Counted on %(day)s."
        )
        % {"count": wait[1], "days": wait[0], "day": day(now())}
        if wait
        else "",
        door_open=is_open_here,
        phone=hub.phone if hub else "",
        hours=hours_words(hub.front_door_team_id) if hub and not is_open_here else (),
    )
    return show(request, page)


@require_http_methods(["POST"])
def set_language(request: Request) -> HttpResponse:
    wanted = request.POST.get("next", "/")
    target = wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()) else "/"
    response = HttpResponseRedirect(target)
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=31_536_000, samesite="Lax", secure=settings.LANGUAGE_COOKIE_SECURE
        )
    return response


@require_safe
def safeguarding(request: Request) -> HttpResponse:
    page = WordsPage(
        title=_("Safeguarding: what to do"),
        paragraphs=(
            _("If somebody is in danger now, call 999."),
            _(
                "If you are worried that a child or an adult is being harmed, neglected or exploited, tell somebody today. You do not have to be sure."
            ),
            _(
                "Call your council's safeguarding team, adults' or children's. Out of hours call the council's emergency duty team, or the police on 101."
            ),
            _(
                "If you work here: tell your safeguarding lead today, write down what you saw and heard in the person's words, and who you told and when."
            ),
            _("Sharing what is needed to keep a child or an adult safe does not need their consent."),
        ),
        phone=request.hub.phone if request.hub else "",
    )
    return show(request, page)


@require_safe
def accessibility(request: Request) -> HttpResponse:
    page = WordsPage(
        title=_("Accessibility"),
        paragraphs=(
            _(
                "Every page is made to work with a keyboard, a screen reader, a small phone, without JavaScript, and in English and Welsh."
            ),
            _(
                "Automatic checks (axe, WCAG 2.2 AA) run on every page. They find only part of what can be wrong, and no test with people has been done yet."
            ),
            _(
                "If something does not work for you, tell us, and we help you in another way: by telephone, on paper, or in person."
            ),
        ),
    )
    return show(request, page)


@require_safe
def privacy(request: Request) -> HttpResponse:
    page = WordsPage(
        title=_("How we look after what you tell us"),
        paragraphs=(
            _(
                "What you tell us is kept on one record, so that you need not tell it again. Only people who are alongside you now can see it."
            ),
            _("Each time somebody looks, it is written down. You can ask who looked."),
            _("You can ask us to keep somebody away from your record. We do that at once and never tell them."),
            _("We contact you only in the ways you chose, and our messages never say what it is about."),
        ),
    )
    return show(request, page)


@require_http_methods(["GET", "HEAD", "POST"])
def where_it_stands(request: Request, token: str) -> HttpResponse:
    referral = by_link(token)
    for_another = referral.whose_words == "carer"
    form = Say(request.POST or None)
    if request.method == "POST" and "met" in request.POST and not for_another:
        confirm_met(actor=Actor.public(referral.hub_id), at=now(), person_id=referral.person_id)
        return redirect(f"{request.path}?thanks=met")
    if request.method == "POST" and "not-met" in request.POST and not for_another:
        say_we_have_not_met(actor=Actor.public(referral.hub_id), at=now(), person_id=referral.person_id)
        return redirect(f"{request.path}?thanks=not-met")
    if request.method == "POST" and form.is_valid():
        worse = form.cleaned_data["worse"]
        referrals.add_to_referral(
            actor=Actor.public(referral.hub_id), at=now(), referral=referral, words=form.cleaned_data["words"], worse=worse
        )
        return redirect(f"{request.path}?thanks={'worse' if worse else 'added'}")
    handover = None if for_another else latest_for_the_person(referral.person_id, at=now())
    introduced = (
        f"{handover.receiver}: {words(STATUS, handover.status)}"
        if handover and handover.status not in ("not_us", "they_have_died")
        else ""
    )
    holder, is_with_a_team = ("", False) if for_another else holder_for_you(referral.person_id)
    met = bool(handover and handover.status == "met")
    page = WhereItStandsPage(
        title=_("Where it stands"),
        form=form,
        reference=referral.reference,
        status=status_for_you(referral),
        holder=holder,
        is_with_a_team=is_with_a_team,
        received=day(referral.received_at),
        next="" if for_another and referral.triaged_at else day(next_date_of(referral.person_id)),
        introduced_to=introduced,
        can_dispute=met,
        can_confirm=bool(met and handover and not handover.confirmed_at),
        token=token,
        asked_for_another=for_another,
        thanks={
            "worse": _(
                "Thank you for telling us. Whoever holds you is told today. If you are in danger, use the numbers on this page."
            ),
            "added": _("Thank you. We have added this."),
            "mind": _(
                "Thank you. Whoever holds you has been told that you would rather wait. They get in touch once, in the way you chose; nothing is closed, and you can come back at any time."
            ),
            "reach": _("Thank you. We will use only this from now on."),
            "met": _("Thank you. It is good to know that you have met."),
            "not-met": _("Thank you. Whoever introduced you is told, and holds you again."),
        }.get(request.GET.get("thanks", ""), ""),
    )
    return show(request, page)

# For workers only.
"""Pages to work in: Today, the whole record, in a crisis, Nobody lost, the hub's figures, finding help."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from alongside.access import policy
from alongside.access.doors import worker_page
from alongside.access.requests import Request
from alongside.access.shell import crisis_lines
from alongside.access.showing import show
from alongside.design.addresses import address
from alongside.design.words import day, how_long, language, moment, short_day, words
from alongside.journey.referrals.queries import unsafe_drafts
from alongside.members.strip import holder_words, strip_of
from alongside.people.codes import MATCH_BECAUSE
from alongside.people.commands import settle_match
from alongside.people.policies import can_read_story, check_can_match
from alongside.people.queries import get_person, matches_to_settle, number_words
from alongside.refusals import NotFound
from alongside.safety.queries import my_glass
from alongside.vocabulary.clock import now
from alongside.vocabulary.list_ends import page_after, read_end
from alongside.web import figures, queries
from alongside.web.codes import LOST
from alongside.web.pages import (
    Figure,
    FigureRowsPage,
    HubHomePage,
    InACrisisPage,
    MatchesPage,
    MatchRow,
    NobodyLostPage,
    Row,
)
from alongside.web.record import crisis_facts, person_page
from alongside.web.today import gather_today, minutes, not_called_row

HELD_SINCE = gettext_lazy("held since %(time)s")


@worker_page
def today_page(request: Request) -> HttpResponse:
    said_whom_at = request.hat.said_whom_at if request.hat else None
    after = read_end(request.GET.get("after", ""), date, int)
    return show(request, gather_today(request.actor, now(), after=after, said_whom_at=said_whom_at))


@worker_page
def show_person(request: Request, person_id: UUID) -> HttpResponse:
    return show(request, person_page(request.actor, get_person(request.actor, person_id)))


@worker_page
def in_a_crisis(request: Request, person_id: UUID) -> HttpResponse:
    person = get_person(request.actor, person_id)
    facts = crisis_facts(request.actor, person)
    page = InACrisisPage(
        title=_("In a crisis: %(name)s") % {"name": person.chosen_name},
        strip=strip_of(request.actor, person),
        risk=facts.risk,
        lines=facts.lines,
        alerts=facts.alerts,
        crisis=tuple((line.words, line.href) for line in crisis_lines(request.hub, welsh=language() == "cy")),
        may_write=can_read_story(request.actor) and my_glass(request.actor, person.pk, now()) is None,
        people_shown=(person.pk,),
    )
    return show(request, page)


@worker_page
def nobody_lost(request: Request) -> HttpResponse:
    actor, at = request.actor, now()
    lost: dict[int, list[queries.Lost]] = {}
    for one in queries.lost_within_reach(actor, at):
        lost.setdefault(one.person_id, []).append(one)
    reach = queries.within_reach(actor, list(lost))
    acting = queries.acting_for(list(reach))
    drafts = unsafe_drafts(actor) if policy.may(actor, "triage") else []
    shown = [person_id for person_id in lost if person_id in reach]
    not_called = [not_called_row(one, at) for one in drafts]
    count, near = queries.count_lost(actor.hub, at), queries.count_lost_within_reach(actor, at)
    page = NobodyLostPage(
        title=_("Nobody lost"),
        count=count,
        rows=(
            *not_called,
            *(_lost_row(reach[one], lost[one], holder_words(acting.get(one), request.actor), at) for one in shown),
        ),
        more=near - len(shown),
        beyond=_beyond(near + len(not_called), count),
        now=moment(at),
        people_shown=tuple(shown),
    )
    return show(request, page)


@worker_page
def hub_home(request: Request) -> HttpResponse:
    at = now()
    lost = queries.count_lost(request.actor.hub, at)
    boxes = [_figure(what, one, request.actor.hub, at) for what, one in figures.FIGURES.items()]
    boxes.insert(2, Figure(_("Nobody lost"), str(lost), _("would be lost if nobody acted (goal 0)"), address("web:nobody-lost")))
    page = HubHomePage(
        title=_("The hub's promises"),
        figures=tuple(boxes),
        teams=tuple(
            (
                one.team,
                (str(one.itself), address("web:team-rows", one.team_id)),
                (str(one.by_its_workers), address("web:team-worker-rows", one.team_id)),
                short_day(one.oldest_next),
            )
            for one in figures.team_loads(request.actor, at)
        ),
        at=moment(at),
    )
    return show(request, page)


@worker_page
def figure_rows(request: Request, what: str) -> HttpResponse:
    at, one = now(), figures.definition(what)
    found = figures.rows_behind(
        request.actor,
        one.behind(request.actor.hub, figures.since(at)),
        at=at,
        after=read_end(request.GET.get("after", ""), datetime, int),
    )
    return show(request, _rows_page(str(one.promise), _means(one, found.counted), found, one.dated, one.marks))


@worker_page
def team_rows(request: Request, team_id: UUID) -> HttpResponse:
    at = now()
    name, behind = figures.held_by_team(request.actor, team_id, at)
    found = figures.rows_behind(request.actor, behind, at=at, after=read_end(request.GET.get("after", ""), datetime, int))
    means = ngettext("person whom the team itself holds now", "people whom the team itself holds now", found.counted.whole)
    return show(request, _rows_page(_("Held by %(team)s") % {"team": name}, means, found, HELD_SINCE))


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def matches(request: Request) -> HttpResponse:
    check_can_match(request.actor)
    if request.method == "POST":
        try:
            task_id, same = UUID(request.POST.get("task", "")), {"yes": True, "no": False}[request.POST.get("same", "")]
        except (ValueError, KeyError):
            raise NotFound from None
        settle_match(actor=request.actor, at=now(), task_id=task_id, same=same)
        return redirect("web:matches")
    found = matches_to_settle(request.actor, at=now())
    page = MatchesPage(
        title=_("Who is who"),
        rows=tuple(
            MatchRow(
                task=str(one.public_id),
                one=_compared(one.person),
                other=_compared(one.other),
                why=words(MATCH_BECAUSE, one.because),
                since=short_day(one.made_at),
                matcher=one.matcher.worker.name if one.matcher else "",
            )
            for one in found
        ),
        people_shown=tuple(dict.fromkeys(key for one in found for key in (one.person_id, one.other_id))),
    )
    return show(request, page)


@worker_page
def team_worker_rows(request: Request, team_id: UUID) -> HttpResponse:
    at = now()
    name, behind = figures.held_by_workers_of(request.actor, team_id, at)
    found = figures.rows_behind(request.actor, behind, at=at, after=read_end(request.GET.get("after", ""), datetime, int))
    means = ngettext("person whom its workers hold now", "people whom its workers hold now", found.counted.whole)
    return show(request, _rows_page(_("Held by those in %(team)s") % {"team": name}, means, found, HELD_SINCE))


def _figure(what: str, one: figures.Definition, hub_id: int, at: datetime) -> Figure:
    counted = figures.count(one.behind(hub_id, figures.since(at)))
    return Figure(str(one.promise), _figure_words(counted), _means(one, counted), address("web:figure-rows", what))


def _means(one: figures.Definition, counted: figures.Counted) -> str:
    return str(one.means % {"whole": counted.whole, **counted.also})


def _figure_words(counted: figures.Counted) -> str:
    if counted.part is None:
        return str(counted.whole)
    return _("%(part)s of %(whole)s") % {"part": counted.part, "whole": counted.whole}


def _rows_page(
    title: str, means: str, found: figures.Rows, dated: Promise, marks: tuple[object, object] = ("", "")
) -> FigureRowsPage:
    last = found.rows[-1] if found.has_more else None
    return FigureRowsPage(
        title=title,
        figure=_figure_words(found.counted),
        means=means,
        rows=tuple(
            Row(
                address("web:show-person", one.person_id),
                one.name,
                str(marks[0] if one.is_part else marks[1]),
                str(dated % {"time": moment(one.when)}),
                "green" if one.is_part else "yellow",
            )
            for one in found.rows
        ),
        empty=_("Nobody: the figure is 0.") if not found.counted.whole else "",
        beyond=_beyond(found.within_reach, found.counted.whole),
        next=page_after(last.when, last.key) if last else "",
        people_shown=tuple(dict.fromkeys(one.person_key for one in found.rows)),
    )


def _beyond(within: int, whole: int) -> str:
    """Say honestly how much of a number this reader does not see."""
    beyond = whole - within
    if not beyond:
        return ""
    if not within:
        said = ngettext(
            "The %(count)s behind this number is beyond your reach; whoever holds them sees it.",
            "All %(count)s behind this number are beyond your reach; whoever holds them sees them.",
            beyond,
        )
    else:
        said = ngettext(
            "%(count)s more is beyond your reach; whoever holds them sees it.",
            "%(count)s more are beyond your reach; whoever holds them sees them.",
            beyond,
        )
    return said % {"count": beyond}


def _lost_row(person: queries.Person, why: list[queries.Lost], holder: str, at: datetime) -> Row:
    """Give one row a person, with the reason that has waited longest first and every other one beneath."""
    first, others = why[0], why[1:]
    waited = how_long(minutes(first.since, at))
    return Row(
        address("web:show-person", person.public_id),
        person.chosen_name,
        words(LOST, first.why),
        _("for %(time)s · held by %(who)s") % {"time": waited, "who": holder},
        LOST[first.why].colour,
        "; ".join(f"{words(LOST, one.why)} ({how_long(minutes(one.since, at))})" for one in others),
    )


def _compared(person: queries.Person) -> tuple[str, str, tuple[str, ...]]:
    born = day(person.born_on) if person.born_on else _("birthday not told")
    return person.chosen_name, born, tuple(number_words(one) for one in person.identifiers.all())

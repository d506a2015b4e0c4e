# For workers only.
"""Today: what needs a worker now, introductions to answer, today's meetings, and the people they hold."""

from __future__ import annotations

from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.access import policy
from alongside.design.addresses import address
from alongside.design.words import how_long, short_day, words
from alongside.exports.policies import can_answer
from alongside.exports.queries import Waiting as ListsThatWait
from alongside.exports.queries import many_that_wait
from alongside.hubs.models import Leave
from alongside.hubs.queries import local_date
from alongside.journey.directory.policies import may_keep
from alongside.journey.directory.queries.corrections import Waiting, corrections_waiting
from alongside.journey.directory.queries.keeping import COUNTED, to_confirm_waiting, waiting_of
from alongside.journey.handovers.models import Handover
from alongside.journey.handovers.queries import introductions_to_answer
from alongside.journey.referrals.codes import STATUS
from alongside.journey.referrals.models import CrisisCall, Referral
from alongside.journey.referrals.queries import (
    BroughtIn,
    UnsafeDraft,
    brought_in_by,
    drafts_to_call,
    open_crisis_calls,
    unsafe_drafts,
    urgent_referrals,
)
from alongside.members.codes import NEXT, TASKS
from alongside.members.models import Task
from alongside.members.queries import NEVER_ARRIVES, leaves_without_cover, open_tasks
from alongside.messages.instead import instead_of
from alongside.messages.queries import behind_tasks
from alongside.people.models import CommunicationNeed
from alongside.people.queries import safe_marks
from alongside.reads import Read, underway
from alongside.safety.rules import is_to_say_whom_they_know
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.channels import TALKING_WELL
from alongside.vocabulary.list_ends import page_after
from alongside.vocabulary.urgency import URGENCY
from alongside.web import queries
from alongside.web.late import Late
from alongside.web.pages import Row, TodayPage

FIRST = {"got_worse": 0, "crisis": 1, **dict.fromkeys(NEVER_ARRIVES, 2)}
"""What comes first in "needs you now" (pages.md): worse while waiting, in danger or urgent, not deliverable; then the rest."""
LAST = 3
FEW = 10
"""So many of those whom a referrer brought in stand on Today; the others under "Bring someone in"."""


def gather_today(
    actor: Actor, at: datetime, *, after: tuple[date, int] | None, said_whom_at: datetime | None = None
) -> TodayPage:
    """Gather Today for one hat; the short lists stand on the first page only.

    In:      `said_whom_at`: when its worker last said whom they know in these services; it came with the hat.

    Queries: on the first page nine in one trip, two more for a lead, two more for a role that introduces, two more for one
             that triages, two more for whoever keeps the directory, one more for whoever lets lists out; on a later one a single one.
    """
    on, caseload = local_date(at), queries.people_held(actor, after=after)
    if after is None:
        lists, people = _first_page(actor, at, on, caseload)
    else:
        lists, people = _held(caseload, on), []
    return TodayPage(
        title=_("Today"),
        **lists,
        first_page=after is None,
        asks_whom_they_know=after is None and is_to_say_whom_they_know(said_whom_at, at),
        people_shown=tuple(dict.fromkeys([*(one.person_key for one in caseload[: queries.CASELOAD]), *people])),
    )


def _held(caseload: Read[Any], on: date) -> dict[str, Any]:
    held, more = caseload[: queries.CASELOAD], caseload[queries.CASELOAD :]
    dates, not_met = _("next %(day)s · last met %(met)s"), _("next %(day)s · not met yet")
    rows = tuple(
        Row(
            address("web:show-person", one.person_id),
            one.name,
            _overdue(one.next_on, on, resting=bool(one.rest_reason)),
            (dates if one.last_contact_on else not_met) % {"day": short_day(one.next_on), "met": short_day(one.last_contact_on)},
        )
        for one in held
    )
    return {"held": rows, "next": page_after(held[-1].next_on, held[-1].key) if more else ""}


def _first_page(actor: Actor, at: datetime, on: date, caseload: Read[Any]) -> tuple[dict[str, Any], list[int]]:
    """Give the caseload and the three lists above it, and the people who stand in those; they are made while the database works."""
    calls, introductions = open_crisis_calls(actor), introductions_to_answer(actor)
    first, tasks = open_tasks(actor, mine=True, first=True), open_tasks(actor, mine=True)
    stopped, meetings = behind_tasks(actor, mine=True), queries.meetings_on(actor, on)
    well, ways = queries.talking_well_on(actor, on), queries.ways_on(actor, on)
    urgent = [urgent_referrals(actor)] if policy.may(actor, "triage") else []
    uncovered = [leaves_without_cover(actor.hub, on, at)] if policy.may(actor, "allocate") else []
    wrong = [corrections_waiting(actor)] if may_keep(actor) else []
    fading = [to_confirm_waiting(actor)] if may_keep(actor) else []
    to_leave = [many_that_wait(actor)] if can_answer(actor) else []
    to_call = [drafts_to_call(actor)] if urgent else []
    late = Late.of(actor, on)
    brings_in_only = policy.may(actor, "bring_in") and not policy.may(actor, "hold")
    brought = [brought_in_by(actor)] if brings_in_only else []
    always = (caseload, calls, introductions, first, tasks, stopped, meetings, well, ways)
    with underway(*always, *urgent, *to_call, *uncovered, *wrong, *fading, *to_leave, *late.reads, *brought):
        held = _held(caseload, on)
        mine = [one for read in brought for one in read[:FEW]]
        drafts = [one for read in to_call for one in unsafe_drafts(actor, read)]
        due = {one.pk: one for one in (*first, *tasks) if one.due_on <= on and not late.says(one)}
        called = {one.person_id for one in calls}
        waiting = [one for read in urgent for one in read if one.person_id not in called]
        instead = {one.task_id: instead_of(one) for one in reversed(stopped)}
        now_rows = [
            *((FIRST["crisis"], on, _call_row(one, at)) for one in calls),
            *((FIRST["crisis"], on, not_called_row(one, at)) for one in drafts),
            *((FIRST["crisis"], on, _urgent_row(one, at)) for one in waiting),
            *((FIRST.get(one.what, LAST), one.due_on, _task_row(one, instead.get(one.pk, ""))) for one in due.values()),
            *((LAST, since, row) for since, row in late.rows()),
            *((LAST, max(one.from_on, on), _leave_row(one)) for read in uncovered for one in read),
            *((LAST, local_date(one.since), _corrections_row(one)) for read in wrong for one in read),
            *((LAST, local_date(one.since), _entries_row(one)) for one in map(waiting_of, fading) if one),
            *((LAST, local_date(one.since), _lists_row(one)) for read in to_leave for one in read),
        ]
        needs = {key: [_need(one) for one in found] for key, found in groupby(well, key=lambda one: one.person_id)}
        reach = {key: safe_marks(list(found)) for key, found in groupby(ways, key=lambda one: one.person_id)}
        lists = {
            **held,
            "now_rows": tuple(row for _rank, _due, row in sorted(now_rows, key=lambda one: one[:2])),
            "introductions": tuple(_introduction_row(one, at) for one in introductions),
            "meetings": tuple(
                Row(
                    address("web:show-person", one.person_id),
                    one.name,
                    "; ".join([words(NEXT, one.next_what), *needs.get(one.person_key, [])]),
                    reach.get(one.person_key, "") or _("no safe way is written down"),
                )
                for one in meetings
            ),
            "brings_in_only": brings_in_only,
            "mine": tuple(_brought_row(one) for one in mine),
        }
        people = [*(one.person_id for one in (*calls, *waiting, *due.values(), *introductions)), *late.people]
        return lists, [*people, *(one.person_id for one in mine), *(one.person_key for one in meetings)]


def _call_row(call: CrisisCall, at: datetime) -> Row:
    return Row(
        address("referrals:taken-by", call.public_id),
        call.person.chosen_name,
        _("crisis call: call now, then write down who took it"),
        _("open for %(time)s") % {"time": how_long(minutes(call.opened_at, at))},
        "red",
    )


def not_called_row(draft: UnsafeDraft, at: datetime) -> Row:
    """Give the row of somebody who is not safe and has not finished asking."""
    return Row(
        address("referrals:call-unfinished", draft.draft_id),
        draft.name or _("no name given yet"),
        _("said “not safe” and has not finished: call now, then write down who called"),
        _("open for %(time)s") % {"time": how_long(minutes(draft.since, at))},
        "red",
    )


def _brought_row(one: BroughtIn) -> Row:
    return Row(
        address("referrals:brought-in", one.referral_id),
        one.name,
        words(STATUS, one.status),
        f"{one.reference} · {short_day(one.received_at)}",
        STATUS[one.status].colour,
    )


def _urgent_row(referral: Referral, at: datetime) -> Row:
    return Row(
        address("referrals:decide", referral.public_id),
        referral.person.chosen_name,
        _("%(urgency)s: decide now") % {"urgency": words(URGENCY, referral.urgency)},
        _("waiting %(time)s") % {"time": how_long(minutes(referral.received_at, at))},
        URGENCY[referral.urgency].colour,
    )


def _task_row(task: Task, instead: str) -> Row:
    return Row(
        address("web:show-person", task.person.public_id) + ("#to-be-done" if instead else ""),
        task.person.chosen_name,
        task.words or words(TASKS, task.what),
        _("due %(day)s") % {"day": short_day(task.due_on)},
        TASKS[task.what].colour if task.what in TASKS else "",
        instead,
    )


def _leave_row(leave: Leave) -> Row:
    return Row(
        address("members:arrange-leave", leave.hat.public_id),
        leave.hat.worker.name,
        _("away, and %(who)s, who was to cover, has left: choose somebody else to cover") % {"who": leave.cover.worker.name},
        f"{short_day(leave.from_on)} – {short_day(leave.until_on)}",
        "red",
    )


def _corrections_row(waiting: Waiting) -> Row:
    return Row(
        address("directory:corrections"),
        _("Corrections"),
        ngettext(
            "%(count)s thing is said to be wrong in the directory",
            "%(count)s things are said to be wrong in the directory",
            waiting.many,
        )
        % {"count": waiting.many},
        _("the oldest since %(day)s") % {"day": short_day(waiting.since)},
    )


def _entries_row(waiting: Waiting) -> Row:
    many = f"{COUNTED}+" if waiting.many > COUNTED else str(waiting.many)
    return Row(
        address("directory:entries"),
        _("Entries to confirm"),
        ngettext("%(count)s entry fades", "%(count)s entries fade", waiting.many) % {"count": many},
        _("the oldest since %(day)s") % {"day": short_day(waiting.since)},
    )


def _lists_row(waiting: ListsThatWait) -> Row:
    return Row(
        address("exports:lists-to-take"),
        _("Lists to take out"),
        ngettext(
            "%(count)s list waits for your yes or no",
            "%(count)s lists wait for your yes or no",
            waiting.many,
        )
        % {"count": waiting.many},
        _("the oldest since %(day)s") % {"day": short_day(waiting.since)},
    )


def _introduction_row(one: Handover, at: datetime) -> Row:
    return Row(
        address("handovers:show-handover", one.public_id),
        one.person.chosen_name,
        _("from %(who)s") % {"who": one.offered_by.worker.name},
        _("waiting %(time)s, answer by %(day)s")
        % {"time": how_long(minutes(one.offered_at, at)), "day": short_day(one.answer_by)},
    )


def _need(need: CommunicationNeed) -> str:
    return need.words or words(TALKING_WELL, need.code)


def minutes(since: datetime, at: datetime) -> int:
    """Give the whole minutes between two moments."""
    return int((at - since).total_seconds() // 60)


def _overdue(next_on: date, on: date, *, resting: bool) -> str:
    if resting:
        return _("resting: say hello") if next_on <= on else _("resting")
    return _("the next date has passed: get in touch, or set a new one") if next_on < on else ""

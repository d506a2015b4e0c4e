"""The feeds that a hub reads: how each one is, and which there are."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from alongside.access.doors import worker_page
from alongside.access.requests import Request
from alongside.access.showing import show
from alongside.design.words import moment, short_day, words
from alongside.journey.directory import commands
from alongside.journey.directory.codes import COLUMNS, FEED_KINDS, FEED_TROUBLES
from alongside.journey.directory.commands.taking_in import KEPT_PROBLEMS
from alongside.journey.directory.forms import EditFeed
from alongside.journey.directory.pages import EditFeedPage, FeedPage, FeedRow, FeedsPage
from alongside.journey.directory.policies import check_can_keep_feeds
from alongside.journey.directory.queries.feeds import Feed, ImportRun, feeds_of, get_feed, readings_of
from alongside.journey.directory.queries.published import perhaps_refuges
from alongside.refusals import Invalid
from alongside.vocabulary.clock import now


@worker_page
@require_safe
def feeds(request: Request) -> HttpResponse:
    check_can_keep_feeds(request.actor)
    page = FeedsPage(
        title=_("Feeds"),
        rows=tuple(
            FeedRow(
                reverse("directory:feed", args=[one.public_id]),
                one.name,
                *_how_it_is(one, newest),
                _last_good(one),
                _counts(newest),
            )
            for one, newest in feeds_of(request.actor)
        ),
        perhaps_refuges=tuple((one.name, one.public_id) for one in perhaps_refuges(request.actor)),
    )
    return show(request, page)


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def feed(request: Request, feed_id: UUID) -> HttpResponse:
    check_can_keep_feeds(request.actor)
    one = get_feed(request.actor, feed_id)
    if request.method == "POST":
        commands.stop_feed(actor=request.actor, at=now(), feed_id=feed_id, stopped=request.POST.get("what") == "stop")
        return redirect("directory:feed", feed_id)
    readings = readings_of(one)
    newest = readings[0] if readings else None
    problems = newest.problems if newest else []
    state, colour = _how_it_is(one, newest)
    facts = (
        (_("Kind"), words(FEED_KINDS, one.kind)),
        (_("Address"), one.address),
        (_("Columns"), "\n".join(f"{column} = {what}" for column, what in one.columns)),
        (_("Licence"), one.licence),
        (_("All of it was read"), _last_good(one)),
        (_("Tried"), moment(one.tried_at) if one.tried_at else ""),
        (_("Kept by"), one.kept_by.worker.name if one.kept_by else ""),
    )
    page = FeedPage(
        title=one.name,
        feed_id=feed_id,
        state=state,
        colour=colour,
        facts=tuple((name, said) for name, said in facts if said),
        is_stopped=one.stopped_at is not None,
        readings=tuple(_reading(run) for run in readings),
        not_taken=tuple((place, reason) for place, reason, is_row in problems if is_row),
        left_out=tuple((place, reason) for place, reason, is_row in problems if not is_row),
        more=_("Only the first %(count)s are kept.") % {"count": f"{len(problems):,}"} if len(problems) >= KEPT_PROBLEMS else "",
    )
    return show(request, page)


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def add_feed(request: Request) -> HttpResponse:
    check_can_keep_feeds(request.actor)
    form = EditFeed(request.POST if request.method == "POST" else None, is_new=True)
    if request.method == "POST" and form.is_valid():
        try:
            made = commands.add_feed(actor=request.actor, at=now(), said=_feed_said(form, form.cleaned_data["name"]))
            return redirect("directory:feed", made.public_id)
        except Invalid as refusal:
            form.add_error(_FIELD_OF.get(refusal.code, "address"), str(refusal))
    return show(request, _edit_feed(form, _("Add a feed"), reverse("directory:feeds"), is_new=True))


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def change_feed(request: Request, feed_id: UUID) -> HttpResponse:
    check_can_keep_feeds(request.actor)
    one = get_feed(request.actor, feed_id)
    columns = "\n".join(f"{column} = {what}" for column, what in one.columns)
    stands = {"kind": one.kind, "address": one.address, "columns": columns, "licence": one.licence}
    form = EditFeed(request.POST if request.method == "POST" else None, is_new=False, initial=stands)
    if request.method == "POST" and form.is_valid():
        try:
            commands.change_feed(actor=request.actor, at=now(), feed_id=feed_id, said=_feed_said(form, one.name))
            return redirect("directory:feed", feed_id)
        except Invalid as refusal:
            form.add_error(_FIELD_OF.get(refusal.code, "address"), str(refusal))
    title = _("Change %(name)s") % {"name": one.name}
    return show(request, _edit_feed(form, title, reverse("directory:feed", args=[feed_id]), is_new=False))


_FIELD_OF = {"another_has_this_name": "name", "no_column_for_the_name": "columns", "not_a_column": "columns"}


def _edit_feed(form: EditFeed, title: str, back_to: str, *, is_new: bool) -> EditFeedPage:
    columns = tuple((code, words(COLUMNS, code)) for code in COLUMNS)
    return EditFeedPage(title=title, form=form, back_to=back_to, columns=columns, is_new=is_new)


def _feed_said(form: EditFeed, name: str) -> commands.FeedSaid:
    given = form.cleaned_data
    lines = [line.rpartition("=") for line in given.get("columns", "").splitlines() if line.strip()]
    columns = tuple((column.strip(), what.strip()) for column, _equals, what in lines)
    return commands.FeedSaid(name, given["kind"], given["address"], columns, given["licence"])


def _how_it_is(one: Feed, newest: ImportRun | None) -> tuple[str, str]:
    """Say how a feed is, and in which colour."""
    if one.stopped_at:
        return _("stopped since %(day)s") % {"day": short_day(one.stopped_at)}, "grey"
    if newest is None:
        return _("not read yet: it is read tonight"), "grey"
    if newest.ended_at is None:
        return _("being read: %(count)s rows so far") % {"count": f"{newest.read:,}"}, "blue"
    if newest.trouble:
        return words(FEED_TROUBLES, newest.trouble), "red"
    return _("well"), "green"


def _last_good(one: Feed) -> str:
    if one.good_at is None:
        return _("never read whole")
    days = (now() - one.good_at).days
    old = ngettext("%(count)s day ago", "%(count)s days ago", days) % {"count": days} if days else _("less than a day ago")
    return f"{moment(one.good_at)}, {old}"


def _counts(run: ImportRun | None) -> str:
    if run is None or run.ended_at is None:
        return ""
    return _("in %(taken)s, changed %(changed)s, unchanged %(unchanged)s, not taken %(not_taken)s") % {
        "taken": f"{run.taken:,}", "changed": f"{run.changed:,}", "unchanged": f"{run.unchanged:,}", "not_taken": f"{run.not_taken:,}",
    }  # fmt: skip


def _reading(run: ImportRun) -> tuple[str, ...]:
    was = words(FEED_TROUBLES, run.trouble) if run.trouble else _("well") if run.ended_at else _("being read")
    numbers = (run.read, run.taken, run.changed, run.unchanged, run.not_taken, run.missing)
    return (moment(run.at), was, *(f"{number:,}" for number in numbers))

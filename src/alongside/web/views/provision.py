# For workers only.
"""Who may come, and what there is: thresholds in force, their rehearsal, the asset map and its spreadsheet."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.access.commands import take_out
from alongside.access.doors import leaves_the_hub, worker_page
from alongside.access.requests import Request
from alongside.access.showing import show
from alongside.design.words import short_day, words
from alongside.files.answer import as_file
from alongside.files.sheets import look_into_table
from alongside.files.tables import CellTooLong, as_csv, as_xlsx
from alongside.journey.directory import commands
from alongside.journey.directory.codes import RULES, WHY_NOT_TAKEN
from alongside.journey.directory.policies import (
    check_can_keep,
    check_can_plan,
    check_can_record_gap,
    check_keeps_every,
    may_keep,
    may_plan,
    may_record_gap,
)
from alongside.journey.directory.queries.asset_map import REACH_MILES, OfANeed, asset_map
from alongside.journey.directory.queries.entries import Service, get_service
from alongside.journey.directory.queries.in_short import ages_words, not_with_words
from alongside.journey.directory.queries.rules_in_force import (
    InForce,
    Rehearsal,
    Rule,
    exclusions_by_condition,
    history_of,
    rehearse,
    rule_of,
    rules_in_force,
)
from alongside.journey.directory.queries.sheet import head, services_and_needs
from alongside.refusals import Invalid, NotFound
from alongside.vocabulary.ages import AGE_BANDS
from alongside.vocabulary.clock import now
from alongside.vocabulary.codes import CodeList
from alongside.vocabulary.doors import DOORS
from alongside.vocabulary.groups import ETHNICITIES, SEXES
from alongside.vocabulary.levels import LEVELS
from alongside.vocabulary.list_ends import page_after, read_end
from alongside.vocabulary.needs import NEEDS
from alongside.web.forms import BringAssets, ChangeRules, SaveRules, TakeAssets
from alongside.web.pages import AssetMapPage, AssetRow, BringAssetsPage, ChangeRulesPage, RehearsalPage, RulesPage, TakeAssetsPage
from alongside.web.provision import everybody

GROUPS: dict[str, CodeList] = {"age": AGE_BANDS, "need": NEEDS, "door": DOORS, "sex": SEXES, "ethnicity": ETHNICITIES}


@worker_page
def rules(request: Request) -> HttpResponse:
    check_can_plan(request.actor)
    people, end = everybody(request.actor.hub, now()), read_end(request.GET.get("after", ""), int)
    found, more = rules_in_force(request.actor, people, after=end[0] if end else 0)
    conditions = [] if end else exclusions_by_condition(request.actor, people)
    keeps = may_keep(request.actor)
    page = RulesPage(
        title=_("Thresholds and exclusions in force"),
        rows=tuple(
            (
                (one.name, reverse("web:change-rules" if keeps else "directory:show-service", args=[one.service_id])),
                words(RULES, rule.kind),
                _in_force_words(rule),
                rule.kept_out or _("nobody by itself"),
            )
            for one in found
            for rule in one.rules
        ),
        conditions=tuple((words(NEEDS, one.need), str(one.entries), one.kept_out) for one in conditions),
        next=page_after(found[-1].key) if more else "",
    )
    return show(request, page)


def _in_force_words(one: InForce) -> str:
    if one.kind == "age":
        return ages_words(one.rule.age_from, one.rule.age_to)
    if one.kind == "not_with":
        return not_with_words(one.rule.not_with)
    if one.kind == "full":
        return _("it has no room")
    if one.kind == "level":
        return _("%(level)s: it chooses who works with somebody, never whether") % {"level": words(LEVELS, one.words)}
    return one.words


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def change_rules(request: Request, service_id: UUID) -> HttpResponse:
    """Ask for a change, show what it would do, and save it only from there; a rehearsal that is left writes nothing."""
    service = get_service(request.actor, service_id)
    check_can_keep(request.actor, service)
    if service.closed_at:
        raise NotFound
    stands = rule_of(service)
    given = {"age_from": stands.age_from, "age_to": stands.age_to, "needs": stands.needs, "not_with": stands.not_with}
    form = ChangeRules(request.POST if request.method == "POST" else None, initial=given)
    if request.method == "POST" and form.is_valid():
        rule = _rule(form)
        try:
            commands.check_rule(rule)
            if rule != stands or "rehearsed" in request.POST:
                return _rehearsed(request, service, stands, rule)
            form.add_error("age_from", _("This is how it is now: change something."))
        except commands.AgesTheWrongWayRound as refusal:
            form.add_error("age_from", str(refusal))
        except commands.ForAndAgainst as refusal:
            form.add_error("not_with", str(refusal))
    page = ChangeRulesPage(
        title=_("Who may come to %(name)s") % {"name": service.name},
        form=form,
        service=service.name,
        service_id=service_id,
        stands=_rule_words(stands),
        history=tuple(
            (
                short_day(one.at),
                _rule_words(_of_history(one.before)),
                _rule_words(_of_history(one.after)),
                one.gain,
                one.lose,
                f"{one.reason} ({one.by.worker.name})" if one.by else one.reason,
                one.agreed_by,
            )
            for one in history_of(service)
        ),
    )
    return show(request, page)


def _rule(form: ChangeRules) -> Rule:
    given = form.cleaned_data
    return Rule(given["age_from"], given["age_to"], tuple(sorted(given["not_with"])), tuple(sorted(given["needs"])))


def _rehearsed(request: Request, service: Service, stands: Rule, rule: Rule) -> HttpResponse:
    """Save what was rehearsed, or show the rehearsal of the change as it is now."""
    at = now()
    people, saves = everybody(request.actor.hub, at, service), "save" in request.POST
    form = SaveRules(request.POST if saves else None)
    if saves and form.is_valid():
        try:
            commands.change_rules(
                actor=request.actor, at=at, service_id=service.public_id, rule=rule, people=people,
                rehearsed=request.POST.get("rehearsed", ""), **form.cleaned_data,
            )  # fmt: skip
            return redirect("web:change-rules", service.public_id)
        except commands.SayWhoAgreed as refusal:
            form.add_error("agreed_by", str(refusal))
        except commands.RehearseFirst as refusal:
            form.add_error(None, str(refusal))
    found = rehearse(service, rule, people)
    page = RehearsalPage(
        title=_("Rehearsal: who may come to %(name)s") % {"name": service.name},
        form=form,
        service=service.name,
        service_id=service.public_id,
        stands=_rule_words(stands),
        would_be=_rule_words(rule),
        gain=found.gain,
        lose=found.lose,
        groups=_groups(found),
        sent=(
            ("age_from", "" if rule.age_from is None else str(rule.age_from)),
            ("age_to", "" if rule.age_to is None else str(rule.age_to)),
            *(("needs", need) for need in rule.needs),
            *(("not_with", need) for need in rule.not_with),
            ("rehearsed", found.token),
        ),
    )
    return show(request, page)


def _groups(found: Rehearsal) -> tuple[tuple[str, ...], ...]:
    kinds = {"age": _("age"), "need": _("need"), "door": _("door"), "sex": _("sex"), "ethnicity": _("ethnicity")}
    return tuple((kinds[one.kind], words(GROUPS[one.kind], one.code), one.gain, one.lose) for one in found.groups)


def _rule_words(rule: Rule) -> str:
    needs = ", ".join(words(NEEDS, need) for need in rule.needs) or _("no need")
    parts = (
        _("for %(needs)s") % {"needs": needs},
        ages_words(rule.age_from, rule.age_to) or _("for every age"),
        not_with_words(rule.not_with),
    )
    return "; ".join(part for part in parts if part)


def _of_history(facts: dict[str, object]) -> Rule:
    low, high, not_with, needs = (facts.get(name) for name in ("age_from", "age_to", "not_with", "needs"))
    return Rule(low, high, tuple(not_with or ()), tuple(needs or ()))  # type: ignore[arg-type]  # as `Rule.facts` wrote them


@worker_page
def assets(request: Request) -> HttpResponse:
    actor = request.actor
    found = asset_map(actor, now(), near=request.GET.get("place", ""))
    names = dict(found.places)
    page = AssetMapPage(
        title=_("Asset map"),
        head=(*(_("Level %(number)s") % {"number": level} for level in LEVELS), _("In all")),
        levels=tuple(f"{level}: {words(LEVELS, level)}" for level in LEVELS),
        rows=tuple(_asset_row(one, found.outcode, may_record=may_record_gap(actor)) for one in found.rows),
        place=names.get(found.outcode, ""),
        outcode=found.outcode,
        places=((_("The whole area"), "?"), *((name, f"?place={code}") for code, name in found.places)),
        miles=f"{REACH_MILES:.0f}",
        neither=_neither(found.neither, names) if may_plan(actor) else (),
        neither_many=len(found.neither),
        may_plan=may_plan(actor),
        may_keep=may_keep(actor),
        may_take=may_record_gap(actor),
    )
    return show(request, page)


def _asset_row(one: OfANeed, code: str, *, may_record: bool) -> AssetRow:
    known = one.recorded_on and not one.offers
    return AssetRow(
        need=words(NEEDS, one.need),
        code=one.need,
        counts=(*(str(many) for many in one.by_level), str(one.offers)),
        recorded=_("recorded on %(day)s") % {"day": short_day(one.recorded_on)} if known else "",
        gap=_gap_address(one.need, code if one.recorded_here else "") if known else "",
        may_record=may_record and one.has_neither,
    )


def _gap_address(need: str, code: str) -> str:
    return reverse("directory:gap-in-a-place", args=[need, code]) if code else reverse("directory:gap", args=[need])


def _neither(found: tuple[tuple[str, str], ...], names: dict[str, str]) -> tuple[tuple[str, str], ...]:
    places: dict[str, list[str]] = {}
    for need, code in found:
        places.setdefault(need, []).append(names.get(code, _("the whole area")))
    return tuple((words(NEEDS, need), ", ".join(where)) for need, where in places.items())


@worker_page
@require_http_methods(["POST"])
def record_gap(request: Request) -> HttpResponse:
    need, code = request.POST.get("need", ""), request.POST.get("place", "")
    commands.record_gap(actor=request.actor, at=now(), need=need, outcode=code)
    return redirect(_gap_address(need, code))


@leaves_the_hub
@require_http_methods(["GET", "HEAD", "POST"])
def take_assets(request: Request) -> HttpResponse:
    """The spreadsheet of services and needs: it is about nobody, and who took it and why is written down all the same."""
    check_can_record_gap(request.actor)
    form = TakeAssets(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        how, rows = form.cleaned_data["how"], services_and_needs(request.actor)
        try:
            content = as_csv(head(), rows) if how == "csv" else as_xlsx(head(), rows)
            take_out(actor=request.actor, at=now(), what="asset_map", person_ids=(), **form.cleaned_data)
            return as_file(content, name="services-and-needs", kind=how)
        except CellTooLong:
            form.add_error("how", _("A description is too long for a cell of a spreadsheet. Take the table (CSV)."))
    return show(request, TakeAssetsPage(title=_("Take out services and needs"), form=form))


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def bring_assets(request: Request) -> HttpResponse:
    check_keeps_every(request.actor)
    form = BringAssets(request.POST or None, request.FILES or None) if request.method == "POST" else BringAssets()
    outcome: tuple[tuple[str, str], ...] = ()
    refused: tuple[tuple[str, str, str], ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            outcome, refused = _bring(request, form, now())
        except Invalid as refusal:
            form.add_error("file", str(refusal))
    page = BringAssetsPage(title=_("Bring in services and needs"), form=form, outcome=outcome, not_taken=refused)
    return show(request, page)


def _bring(
    request: Request, form: BringAssets, at: datetime
) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str, str], ...]]:
    done = commands.take_in_sheet(actor=request.actor, at=at, lines=look_into_table(form.cleaned_data["file"].read()))
    counts = (
        (_("New"), done.taken),
        (_("Changed"), done.changed),
        (_("As before"), done.unchanged),
        (_("Not taken"), len(done.refused)),
    )
    refused = tuple((str(one.line), words(WHY_NOT_TAKEN, one.why), " | ".join(one.cells)) for one in done.refused)
    return tuple((what, str(many)) for what, many in counts), refused

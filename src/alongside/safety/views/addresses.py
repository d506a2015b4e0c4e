# For workers only.
"""Where somebody is: held securely, opened one at a time with a reason, and what is under way when it changes."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.access.doors import worker_page
from alongside.access.requests import Request
from alongside.access.showing import show
from alongside.access.step_up import require_step_up
from alongside.design.words import moment, short_day, words
from alongside.members.strip import strip_of
from alongside.people import commands as people_commands
from alongside.people.codes import ADDRESSES
from alongside.people.policies import can_open_vault, check_can_open_vault, check_is_near
from alongside.people.queries import addresses_held, get_person, openings_of
from alongside.reads import together
from alongside.refusals import Invalid
from alongside.safety import forms, queries
from alongside.safety.pages import AddressesPage, ChangeAddressPage, OpenAddressPage, SafetyRow, UnderWayPage
from alongside.vocabulary.clock import now


@worker_page
@require_http_methods(["GET", "HEAD"])
def addresses(request: Request, person_id: UUID) -> HttpResponse:
    person = get_person(request.actor, person_id)
    check_is_near(request.actor, person.pk, at=now())
    held, opened = addresses_held(person.pk), openings_of(request.actor, person.pk)
    together(held, opened)
    may_open = can_open_vault(request.actor)
    page = AddressesPage(
        title=_("Addresses that are held securely"),
        strip=strip_of(request.actor, person),
        held=tuple(
            SafetyRow(words(ADDRESSES, one.kind).capitalize(), _("held since %(day)s") % {"day": short_day(one.at)})
            for one in held
        ),
        may_open=may_open,
        secret=person.whereabouts_secret,
        opened=tuple(
            f"{moment(one.at)}: {one.who}, {one.organisation} ({words(ADDRESSES, one.kind)}): {one.reason}" for one in opened
        )
        if may_open
        else (),
        people_shown=(person.pk,),
    )
    return show(request, page)


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def open_address(request: Request, person_id: UUID) -> HttpResponse:
    """The words are in the answer to a post, with a reason, and nowhere else."""
    person = get_person(request.actor, person_id)
    check_can_open_vault(request.actor, person.pk, at=now())
    require_step_up(request)
    held = addresses_held(person.pk)
    form = forms.OpenAddress(request.POST or None, held=[(one.kind, words(ADDRESSES, one.kind).capitalize()) for one in held])
    shown = ""
    if request.method == "POST" and form.is_valid():
        try:
            shown = people_commands.open_address(actor=request.actor, at=now(), person_id=person.pk, **form.cleaned_data)
        except Invalid as refusal:
            form.add_error("reason", str(refusal))
    page = OpenAddressPage(
        title=_("Open an address"),
        form=None if shown else form,
        strip=strip_of(request.actor, person),
        shown=tuple(shown.splitlines()),
        which=words(ADDRESSES, form.cleaned_data["kind"]).capitalize() if shown else "",
        postcode=person.postcode if shown else "",
        practice=person.gp_practice if shown else "",
        is_held=bool(held),
        people_shown=(person.pk,),
    )
    return show(request, page)


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def change_address(request: Request, person_id: UUID) -> HttpResponse:
    person = get_person(request.actor, person_id)
    check_is_near(request.actor, person.pk, at=now())
    form = forms.ChangeAddress(request.POST or None)
    if request.method == "POST" and form.is_valid():
        people_commands.keep_address(actor=request.actor, at=now(), person_id=person.pk, **form.cleaned_data)
        return redirect("safety:under-way", person_id)
    page = ChangeAddressPage(
        title=_("A new address"), form=form, strip=strip_of(request.actor, person), people_shown=(person.pk,)
    )
    return show(request, page)


@worker_page
@require_http_methods(["GET", "HEAD"])
def under_way(request: Request, person_id: UUID) -> HttpResponse:
    """What is in flight when an address has changed: nothing of it leaves by a way that nobody has confirmed since."""
    person = get_person(request.actor, person_id)
    check_is_near(request.actor, person.pk, at=now())
    found = queries.under_way(request.actor, person.pk)
    page = UnderWayPage(
        title=_("Check what is under way"),
        strip=strip_of(request.actor, person),
        ways=found.ways,
        messages=tuple(SafetyRow(one.words, one.when) for one in found.messages),
        tasks=tuple(SafetyRow(one.words, one.when, end=reverse("members:finish-task", args=[one.key])) for one in found.tasks),
        people_shown=(person.pk,),
    )
    return show(request, page)


@worker_page
@require_POST
def whereabouts(request: Request, person_id: UUID) -> HttpResponse:
    person = get_person(request.actor, person_id)
    secret = request.POST.get("secret") == "yes"
    people_commands.keep_whereabouts_secret(actor=request.actor, at=now(), person_id=person.pk, secret=secret)
    return redirect("safety:addresses", person_id)

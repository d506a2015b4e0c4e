# For workers only.
"""Taking a pack for when the hub cannot be reached: on paper, as a locked PDF, or sealed."""

from __future__ import annotations

from dataclasses import fields

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.access.doors import leaves_the_hub
from alongside.access.requests import Request
from alongside.access.showing import show
from alongside.downtime import commands, paper
from alongside.downtime.forms import TakePack
from alongside.downtime.keys import read_keys
from alongside.downtime.pages import PackAlonePage, PackPage, TakePackPage
from alongside.downtime.policies import check_can_take, reads
from alongside.downtime.queries import desks_for
from alongside.files.answer import as_file
from alongside.files.pdf import as_pdf
from alongside.journal.looks import look_at
from alongside.refusals import Invalid, Refusal
from alongside.vocabulary.clock import now

NAME = "pack"


@leaves_the_hub
@require_http_methods(["GET", "HEAD", "POST"])
def take_pack(request: Request) -> HttpResponse:
    actor, at = request.actor, now()
    check_can_take(actor)
    keys, may_read = _keys(), reads(actor)
    packs = desks_for(actor, sealed=not may_read, at=at)
    form = TakePack(request.POST or None, packs=packs, reads=may_read, may_seal=bool(keys) or not may_read)
    if request.method == "POST" and form.is_valid():
        key, how, reason = (form.cleaned_data[name] for name in ("key", "how", "reason"))
        if how == "age" and key not in keys:
            form.add_error("key", _("No key is known for this pack yet. Whoever runs this system can make one."))
        else:
            try:
                made = commands.take_pack(actor=actor, at=at, key=key, how=how, reason=reason)
            except Invalid as refusal:
                form.add_error(None, str(refusal))
            else:
                return _leave(request, made, how, keys.get(key, ""), form.cleaned_data.get("password", ""))
    page = TakePackPage(title=_("Pack for when the hub cannot be reached"), form=form, reads=may_read, nothing=not packs)
    return show(request, page)


def _keys() -> dict[str, str]:
    """Give the keys that are known; where their file cannot be read, none is."""
    try:
        return read_keys(settings.DOWNTIME_KEYS)
    except Refusal:
        return {}


def _leave(request: Request, made: PackAlonePage, how: str, recipient: str, password: str) -> HttpResponse:
    if how == "print":
        words = {field.name: getattr(made, field.name) for field in fields(PackPage)}
        return show(request, PackPage(**words | {"back_to": reverse("downtime:take-pack")}))
    with look_at(actor=request.actor, at=now(), page=f"downtime_pack.{how}", person_ids=made.people_shown):
        pass
    if how == "pdf":
        return as_file(as_pdf(paper.as_html(made), password=password), name=NAME, kind="pdf")
    return as_file(paper.as_sealed(made, recipient), name=NAME, kind="age")

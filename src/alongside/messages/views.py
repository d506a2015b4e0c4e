# For workers only.
"""What messages say, in the hub's own words: looked at before it is saved, and back to ours in one action."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.access.requests import Request
from alongside.access.set_up.views.common import done_by, setting_up
from alongside.access.showing import show
from alongside.design.words import short_day, words
from alongside.messages import commands, queries
from alongside.messages.forms import ChangeWording
from alongside.messages.pages import ChangeWordingPage, WordingPage
from alongside.messages.wording import NAMES, SENTENCES, filled
from alongside.refusals import NotFound

MADE_UP_PATH, MADE_UP_REFERENCE, MADE_UP_CODE = "/a-private-link/", "KFR-4829-F", "482917"
"""What stands in the braces while somebody looks at the words."""
PLACES = {
    "link": gettext_lazy("the private link; it is another one for each message"),
    "phone": gettext_lazy("the telephone number of the hub, as it stands in the settings"),
    "reference": gettext_lazy("the reference of what was sent in"),
    "code": gettext_lazy("the code to sign in with; it is another one each time"),
}
"""What each word in braces becomes when the message leaves."""


@setting_up
def wording(request: Request) -> HttpResponse:
    own = {one.code: one for one in queries.wordings(request.actor.hub)}
    rows = tuple(
        (
            (_starting_large(words(NAMES, code)), reverse("messages:change-wording", args=[code])),
            _("your own words") if code in own else _("our default"),
            _said_by(own[code]) if code in own else "",
        )
        for code in NAMES
    )
    return show(request, WordingPage(title=_("Wording"), rows=rows, back_to=reverse("hubs:settings")))


@setting_up
def change_wording(request: Request, code: str) -> HttpResponse:
    if code not in SENTENCES:
        raise NotFound
    what = {**done_by(request), "code": code}
    own = queries.own_words(request.actor.hub, code)
    if request.method == "POST" and "restore" in request.POST:
        commands.restore_wording(**what)
        return redirect("messages:wording")
    form = ChangeWording(request.POST if request.method == "POST" else None, initial=own or dict(SENTENCES[code]))
    is_typed = False
    if request.method == "POST" and form.is_valid():
        try:
            if "look" not in request.POST:
                commands.change_wording(**what, **form.cleaned_data)
                return redirect("messages:wording")
            commands.check_wording(hub_id=request.actor.hub, code=code, **form.cleaned_data)
            is_typed = True
        except commands.WordingNotUsable as refusal:
            form.add_error(refusal.language, str(refusal))
    shown: Any = form.cleaned_data if is_typed else own or SENTENCES[code]
    page = ChangeWordingPage(
        title=_starting_large(words(NAMES, code)),
        form=form,
        is_own=own is not None,
        places=tuple(
            (f"{{{place}}}", str(PLACES[place])) for place in sorted(set(re.findall(r"\{(\w+)\}", SENTENCES[code]["en"])))
        ),
        english=_as_read(request, shown["en"]),
        welsh=_as_read(request, shown["cy"]),
        is_typed=is_typed,
        back_to=reverse("messages:wording"),
    )
    return show(request, page)


def _starting_large(said: str) -> str:
    return said[:1].upper() + said[1:]


def _as_read(request: Request, said: str) -> str:
    phone = (request.hub.phone if request.hub else "") or "…"
    return filled(
        said, phone=phone, link=request.build_absolute_uri(MADE_UP_PATH), reference=MADE_UP_REFERENCE, code=MADE_UP_CODE
    )


def _said_by(one: queries.Wording) -> str:
    who = one.changed_by.worker.name if one.changed_by else ""
    return ", ".join(part for part in (short_day(one.changed_at), who) if part)

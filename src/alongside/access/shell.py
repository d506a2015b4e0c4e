"""What stands around a page, put together from the hub and the hat of the request."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alongside.access import policy
from alongside.design.shell import CrisisLine, Shell
from alongside.design.words import clock_time, day, language, moment, words
from alongside.hubs.models import CrisisContact, Hat, Hub
from alongside.hubs.roles import ROLE_WORDS
from alongside.hubs.words import hub_name
from alongside.reads import read
from alongside.vocabulary.crisis import BY_NATION, address


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give the templates `shell`; built only when a layout uses it."""
    return {"shell": SimpleLazyObject(lambda: _build(request))}


def _build(request: Any) -> Shell:
    hub: Hub | None = getattr(request, "hub", None)
    actor = getattr(request, "actor", None)
    hat: Hat | None = getattr(request, "hat", None)
    return Shell(
        hub_name=hub_name(hub) if hub else "Alongside",
        colour=hub.colour if hub else "blue",
        uses_nhs_identity=bool(hub and hub.uses_nhs_identity),
        demo=settings.DEMO,
        restored=_what_is_missing(hub) if hat and hub else "",
        language=get_language() or "en-gb",
        path=request.get_full_path(),
        crisis=() if hat else crisis_lines(hub, welsh=language() == "cy"),
        hub_phone=hub.phone if hub else "",
        worker_name=hat.worker.name if hat else "",
        hat_words=f"{words(ROLE_WORDS, hat.role)}, {hat.organisation.name}" if hat else "",
        role=hat.role if hat else "",
        can_bring_in=bool(hat and actor and policy.may(actor, "bring_in")),
        can_triage=bool(hat and actor and policy.may(actor, "triage")),
        can_allocate=bool(hat and actor and policy.may(actor, "allocate")),
        can_match=bool(hat and actor and policy.may(actor, "match")),
        can_settle=bool(hat and actor and policy.may(actor, "exclusions")),
        can_keep=bool(hat and actor and policy.may(actor, "keep_directory")),
        can_plan=bool(hat and actor and policy.may(actor, "plan")),
        can_break_glass=bool(hat and actor and policy.may(actor, "break_glass")),
        can_approve=bool(hat and actor and policy.may(actor, "approve_sharing")),
        can_let_out=bool(hat and actor and policy.may(actor, "approve_exports")),
        can_take_pack=bool(hat and actor and policy.may(actor, "downtime")),
        can_review=bool(hat and actor and policy.may(actor, "see_looks")),
        can_answer_rights=bool(hat and actor and policy.may(actor, "data_rights")),
        is_shown_something=bool(hat and actor and actor.has_overrides),
        can_stop=bool(hat and actor and policy.may(actor, "technical") and not policy.may(actor, "settings")),
        can_set_up=bool(hat and actor and policy.may(actor, "settings")),
        stopped_since=moment(request.session.around.stopped_since) if hat and request.session.around.stopped_since else "",
        can_look_after=bool(hat and actor and policy.may(actor, "technical")),
    )


def _what_is_missing(hub: Hub) -> str:
    """Say to whoever works here, after a restore, from when on everything is missing; the hub has been read with the page (H17)."""
    if hub.restored_to is None:
        return ""
    when = {"time": clock_time(hub.restored_to), "day": day(hub.restored_to)}
    return _("Restored to %(time)s on %(day)s. What was written later is missing.") % when


def crisis_lines(hub: Hub | None, *, welsh: bool) -> tuple[CrisisLine, ...]:
    """Give the crisis contacts of a hub in its order; before a hub has any, those of its nation (England's without a hub)."""
    rows = list(read(_crisis_contacts, hub_id=hub.pk)) if hub else []
    if not rows:
        rows = [(one.en, one.cy, one.number, one.kind) for one in BY_NATION[hub.nation if hub else "england"]]
    return tuple(CrisisLine(cy if welsh else en, address(number, kind)) for en, cy, number, kind in rows)


def _crisis_contacts(hub_id: int, at: datetime) -> QuerySet[Any, tuple[str, str, str, str]]:
    return CrisisContact.objects.filter(hub_id=hub_id).order_by("place").values_list("en", "cy", "number", "kind")

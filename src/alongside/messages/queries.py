"""Reads of the outbox."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from alongside.access.policy import visible_to
from alongside.hubs.models import Partner, Team, Worker
from alongside.members.models import Task
from alongside.messages.models import Message, Wording
from alongside.messages.wording import SENTENCES
from alongside.reads import Read, naming, read
from alongside.vocabulary.actor import Actor


def messages_due(at: datetime) -> list[tuple[int, int]]:
    """List (message, hub) of what is to be sent now, oldest first; at most a hundred."""
    return list(_waiting().filter(due_at__lte=at).order_by("due_at", "pk").values_list("pk", "hub_id")[:100])


def still_to_leave(person_id: int) -> list[int]:
    """List the messages to one person that have neither left nor been stopped, oldest first."""
    return list(_waiting().filter(person_id=person_id).order_by("due_at", "pk").values_list("pk", flat=True))


def _waiting() -> QuerySet[Message]:
    return Message.objects.filter(sent_at__isnull=True, stopped_at__isnull=True, failed_at__isnull=True)


def behind_tasks(actor: Actor, *, person_id: int | None = None, mine: bool = False) -> Read[Message]:
    """List the messages that open tasks stand for, newest first, each with the hub's own words where it has any.

    In:   of one person, or of the tasks of this hat and its teams; as in `members.queries.open_tasks`.
    """
    return read(_behind_tasks, actor=actor, person_id=person_id, mine=mine)


def _behind_tasks(actor: Actor, person_id: int | None, mine: bool, at: datetime) -> QuerySet[Message]:
    tasks = Task.objects.filter(done_at__isnull=True)
    if person_id is not None:
        tasks = tasks.filter(person_id=person_id)
    if mine:
        tasks = tasks.filter(Q(hat_id=actor.hat_id) | Q(team_id__in=actor.team_ids))
    found = visible_to(actor, Message.objects.filter(task__in=tasks), at=at)
    own = Wording.objects.filter(hub_id=OuterRef("hub_id"), code=OuterRef("template"))
    found = found.annotate(own_en=Subquery(own.values("en")[:1]), own_cy=Subquery(own.values("cy")[:1]))
    return naming(found, "contact_point", "hub").order_by("-pk")[:200]


def wordings(hub_id: int) -> Read[Wording]:
    """List the sentences that a hub says in words of its own."""
    return read(_wordings, hub_id=hub_id)


def _wordings(hub_id: int, at: datetime) -> QuerySet[Wording]:
    return Wording.objects.filter(hub_id=hub_id).select_related("changed_by__worker").order_by("code")


def own_words(hub_id: int, code: str) -> dict[str, str] | None:
    """Give a hub's own words for one sentence in both languages, or None where it uses ours."""
    return next(({"en": en, "cy": cy} for en, cy in read(_own_words, hub_id=hub_id, codes=[code])), None)


def _own_words(hub_id: int, codes: list[str], at: datetime) -> QuerySet[Any, tuple[str, str]]:
    return Wording.objects.filter(hub_id=hub_id, code__in=codes).values_list("en", "cy")


def sentence(hub_id: int | None, code: str, language: str) -> str:
    """Give one sentence in a language as a hub says it, or as we do."""
    own = own_words(hub_id, code) if hub_id else None
    return (own or SENTENCES[code])["cy" if language.startswith("cy") else "en"]


def not_to_be_named(hub_id: int) -> set[str]:
    """Give the names that no message says: the hub, its partners and teams, and everybody who works there, in parts."""
    hub_and_partners = Partner.objects.filter(hub_id=hub_id).values_list("organisation__name", "hub__name", "hub__name_cy")
    names = {name for row in hub_and_partners for name in row}
    names |= set(Team.objects.filter(hub_id=hub_id).values_list("name", flat=True))
    return {name for name in names if name} | workers_not_to_be_named(hub_id)


def workers_not_to_be_named(hub_id: int) -> set[str]:
    """Give the parts of the names of everybody who works in a hub."""
    workers = Worker.objects.filter(hats__hub_id=hub_id).values_list("name", flat=True).distinct()
    return {part for name in workers for part in name.split() if len(part) > 2}

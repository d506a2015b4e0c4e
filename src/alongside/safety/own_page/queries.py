"""Reads of a person's own page: for whoever is alongside them, for the person who comes in, and who a session is."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from alongside.access import policy
from alongside.messages.queries import leaves_by_itself
from alongside.people.models import ContactPoint
from alongside.people.queries import ways_to_reach
from alongside.refusals import NotFound
from alongside.safety.models import OwnPage, OwnSignIn
from alongside.safety.own_page.rules import BY, may_open
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.phone import phone_key
from alongside.vocabulary.reference import fingerprint

LATELY = 10


def own_page_of(actor: Actor, person_id: int, *, at: datetime) -> OwnPage | None:
    """Give the latest invitation of somebody within reach, ended or not; nothing for whoever is not near."""
    if not policy.has_relationship(actor, person_id, at=at):
        return None
    found = OwnPage.objects.unscoped("Of a person whom this actor is alongside now.")
    return found.filter(person_id=person_id).select_related("contact_point").order_by("-invited_at", "-pk").first()


def sign_ins_of(actor: Actor, person_id: int, *, at: datetime) -> list[OwnSignIn]:
    """List when somebody within reach came in lately, newest first, ten at most."""
    if not policy.has_relationship(actor, person_id, at=at):
        return []
    found = OwnSignIn.objects.unscoped("Of a person whom this actor is alongside now.")
    return list(found.filter(person_id=person_id).order_by("-at", "-pk")[:LATELY])


def ways_for_own_page(person_id: int) -> list[ContactPoint]:
    """List the ways by which a link could reach somebody at once; whether it may is asked of the gate when it is sent."""
    return [one for one in ways_to_reach(person_id) if one.channel in BY and one.safe and leaves_by_itself(one.channel)]


def check_link_opens(hub_id: int, token: str, *, at: datetime) -> None:
    """Refuse, as if there were nothing, a link that is unknown, used, ended or over.

    Refuses:  NotFound.
    """
    found = OwnPage.objects.unscoped("By their own link, whose fingerprint is kept: only whether it opens is told.")
    page = found.filter(link=fingerprint(token), hub_id=hub_id).first()
    if page is None or not may_open(
        opened_at=page.opened_at, ended_at=page.ended_at, until_at=page.until_at, wrong=page.wrong, at=at
    ):
        raise NotFound


def person_of_own_page(page_id: int, hub_id: int) -> int | None:
    """Give the person of a session, as long as nobody has closed their page, the way is safe and unquestioned, and they live.

    It is asked at every request: what is closed is closed at once.
    """
    found = _open().filter(
        pk=page_id, hub_id=hub_id, person__death_written_at__isnull=True, contact_point__safe=True,
        contact_point__until_at__isnull=True, contact_point__ask_again_since__isnull=True,
    )  # fmt: skip
    return found.values_list("person_id", flat=True).first()


def open_by_way(hub_id: int, way: str) -> list[OwnPage]:
    """List the open pages whose codes go to one number or address: a telephone may be that of two people."""
    return list(_open().filter(way=way, hub_id=hub_id).order_by("pk")[:5])


def way_of(written: str) -> str:
    """Give the fingerprint of a number or address, however it is written, with a key that the database does not hold."""
    plain = written.strip().casefold()
    plain = plain if "@" in plain else phone_key(plain) or plain
    return salted_hmac("alongside.own_page", plain, secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()


def _open() -> QuerySet[OwnPage]:
    found = OwnPage.objects.unscoped("By the way and the number that somebody writes, or by the session that these opened.")
    return found.filter(opened_at__isnull=False, ended_at__isnull=True)

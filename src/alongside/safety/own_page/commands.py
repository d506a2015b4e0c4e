"""Writes of a person's own page: invited, opened, signed in, closed."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alongside.access import counting
from alongside.access.sealing import seal, unseal
from alongside.journal.command import command, note
from alongside.messages.commands import send_message
from alongside.messages.rules import SIGN_IN
from alongside.people.policies import check_is_alive, check_wears_a_hat
from alongside.people.queries import lock_person
from alongside.refusals import Invalid, NotFound
from alongside.safety.models import OwnPage, OwnSignIn
from alongside.safety.own_page.policies import check_can_close, check_can_invite
from alongside.safety.own_page.queries import open_by_way, person_of_own_page, way_of, ways_for_own_page
from alongside.safety.own_page.rules import LINK_LASTS, WRONG_NUMBERS, may_open
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.reference import fingerprint, new_token
from alongside.writes import insert

CODES = counting.Limit("own_page_codes", 6, counting.HOUR)
"""Codes for one page: only somebody who knows the number asks for any."""


class NumberIsWrong(Invalid):
    code = "number_is_wrong"
    message = _("That is not the number that was agreed. Look whether all six digits are right.")


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation, with what is shown once and kept nowhere in clear; or why the link may not leave."""

    number: str = ""
    token: str = ""
    stopped: str = ""


@command("own_page.invited")
def invite(*, actor: Actor, at: datetime, person_id: int, contact_point_id: int) -> Invited:
    """Invite somebody to their own page: a link goes to them by a safe way, and a number is for the two to agree face to face.

    Refuses:  NotThisRole for whoever does not hold them; TheyHaveDied; NotFound for a way that is not theirs, or by which nothing
              leaves at once.
    Also:     an earlier invitation ends, and whoever is in by it is out. When the gate stops the message nothing is opened, and the
              holder has the gate's task.
    Source:   trust.md C12, T05, T06.
    """
    check_can_invite(actor, person_id, at=at)
    person = lock_person(person_id)
    check_is_alive(person)
    point = next((one for one in ways_for_own_page(person_id) if one.pk == contact_point_id), None)
    if point is None:
        raise NotFound
    token, number = new_token(), _six_digits()
    message = send_message(
        actor=actor, at=at, person_id=person_id, template="own_page", purpose="care", channel=point.channel,
        contact_point_id=point.pk, values={"path": f"/own/{token}/"},
    )  # fmt: skip
    if message is None or message.stopped_because:
        return Invited(stopped=message.stopped_because if message else "resting")
    _end(OwnPage.objects.filter(person_id=person_id), at, actor, "again")
    made = insert(
        OwnPage(
            hub_id=person.hub_id,
            person=person,
            contact_point=point,
            way=way_of(point.value),
            number=seal(number),
            link=fingerprint(token),
            invited_at=at,
            invited_by_id=check_wears_a_hat(actor),
            until_at=at + LINK_LASTS,
        )
    )
    note(person_id=person_id, own_page=made.public_id, until_at=made.until_at)
    return Invited(number, token)


@command("own_page.opened")
def open_by_link(*, actor: Actor, at: datetime, hub_id: int, token: str, number: str, browser: str) -> OwnPage:
    """Let somebody in who has the link and knows the number; the link opens once.

    Refuses:  NotFound for a link that is unknown, used, ended or over; NumberIsWrong, which `count_wrong_number` writes down.
    """
    page = _lock_by_link(hub_id, token, at)
    if not _is_right(page.number, number):
        raise NumberIsWrong
    page.opened_at = at
    page.save(update_fields=["opened_at"])
    insert(OwnSignIn(person_id=page.person_id, page=page, at=at, how="link", browser=browser))
    note(person_id=page.person_id, own_page=page.public_id)
    return page


@command("own_page.wrong_number")
def count_wrong_number(*, actor: Actor, at: datetime, hub_id: int, token: str) -> int:
    """Count a wrong number behind a link, in a transaction of its own; the fifth ends the invitation.

    Refuses:  NotFound for a link that is unknown, used, ended or over.
    """
    page = _lock_by_link(hub_id, token, at)
    page.wrong += 1
    if page.wrong >= WRONG_NUMBERS:
        page.ended_at, page.ended_because = at, "guessed"
    page.save(update_fields=["wrong", "ended_at", "ended_because"])
    note(person_id=page.person_id, own_page=page.public_id, wrong=page.wrong)
    return page.wrong


@dataclass(frozen=True, slots=True)
class Asked:
    """Which page a code was made for, and the code; neither when nobody is known by what was written."""

    page_id: int = 0
    code: str = ""


@command("own_page.code_asked")
def ask_for_code(*, actor: Actor, at: datetime, hub_id: int, way: str, number: str) -> Asked:
    """Send a code to somebody who knows the number that was agreed, by the way that the two of them chose.

    Out:      nothing in it when nobody is known, or the number is wrong: both cost the same, and are answered alike (C16).
    Also:     without the number nobody makes a message go to anybody, and nobody uses up what another may ask for. A code that
              the gate stops, or that would come at a time that is not safe, is not sent.
    """
    known = open_by_way(hub_id, way_of(way))
    right = [one for one in known if _is_right(one.number, number)]
    if not known:
        _ask_nobody(number)
    page = right[0] if right else None
    if page is None or person_of_own_page(page.pk, hub_id) is None:
        return Asked()
    if not counting.tries(((CODES, (page.pk,)),), at=at):
        return Asked()
    code = _six_digits()
    send_message(
        actor=actor, at=at, person_id=page.person_id, template="own_code", purpose=SIGN_IN,
        contact_point_id=page.contact_point_id, values={"code": code},
    )  # fmt: skip
    note(person_id=page.person_id, own_page=page.public_id)
    return Asked(page.pk, code)


@command("own_page.signed_in")
def sign_in_by_code(*, actor: Actor, at: datetime, hub_id: int, page_id: int, browser: str) -> int:
    """Let somebody in whose code was right; the caller has checked it in the browser that asked for it. Give whose page it is.

    Refuses:  NotFound when it was closed meanwhile.
    """
    person_id = person_of_own_page(page_id, hub_id)
    if person_id is None:
        raise NotFound
    insert(OwnSignIn(person_id=person_id, page_id=page_id, at=at, how="code", browser=browser))
    note(person_id=person_id)
    return person_id


@command("own_page.closed")
def close(*, actor: Actor, at: datetime, person_id: int) -> int:
    """Close somebody's own page at once: whoever is in is out at their next step, and neither link nor code opens it again.

    Source:   trust.md T05.
    """
    check_can_close(actor, person_id, at=at)
    ended = _end(OwnPage.objects.filter(person_id=person_id), at, actor, "taken_back")
    note(person_id=person_id, ended=ended)
    return ended


def _end(pages: QuerySet[OwnPage], at: datetime, actor: Actor, because: str) -> int:
    return int(pages.filter(ended_at__isnull=True).update(ended_at=at, ended_by_id=actor.hat_id, ended_because=because))


def _lock_by_link(hub_id: int, token: str, at: datetime) -> OwnPage:
    page = OwnPage.objects.select_for_update().filter(link=fingerprint(token), hub_id=hub_id).first()
    if page is None or not may_open(
        opened_at=page.opened_at, ended_at=page.ended_at, until_at=page.until_at, wrong=page.wrong, at=at
    ):
        raise NotFound
    return page


def _six_digits() -> str:
    return f"{secrets.randbelow(10**6):06d}"


def _is_right(sealed: str, number: str) -> bool:
    plain = "".join(char for char in number if char.isdigit())
    return hmac.compare_digest(unseal(sealed).encode(), plain.encode())


def _ask_nobody(number: str) -> None:
    """Do for nobody what is done for somebody, so that both take as long."""
    _is_right(seal(number), number)

# For workers only.
"""What has waited too long between two hands, as Today says it: an answer, a meeting, the result of a signpost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from alongside.access import policy
from alongside.design.addresses import address
from alongside.design.words import how_long, short_day
from alongside.journey.handovers.commands import UNANSWERED
from alongside.journey.handovers.models import Signpost
from alongside.journey.handovers.queries import (
    LateAnswer,
    LateIntroduction,
    late_answers_at,
    late_introductions,
    signposts_to_ask_about,
)
from alongside.members.models import Task
from alongside.reads import Read
from alongside.vocabulary.actor import Actor
from alongside.web.pages import Row

LEADS = ("service_lead", "hub_lead")
"""Roles to whom what nobody answers rises (lists.md, Handovers)."""


@dataclass(frozen=True, slots=True)
class Late:
    """Three reads of one hat, to be asked together with others, and the rows they make."""

    actor: Actor
    on: date
    introductions: Sequence[LateIntroduction] = ()
    """Given, or to be met, by this hat."""
    signposts: Sequence[Signpost] = ()
    """Given by this hat, to be asked about."""
    answers: Sequence[LateAnswer] = ()
    """Of a lead's organisation; nobody is named."""

    @classmethod
    def of(cls, actor: Actor, on: date) -> Late:
        """Prepare what fits the role: what it gives and meets for one that introduces, what its organisation waits for for a lead."""
        introduces, leads = policy.may(actor, "introduce"), actor.role in LEADS
        return cls(
            actor,
            on,
            introductions=late_introductions(actor, on) if introduces else (),
            signposts=signposts_to_ask_about(actor, on) if introduces else (),
            answers=late_answers_at(actor, on) if leads else (),
        )

    @property
    def reads(self) -> list[Read[Any]]:
        """Give what is to be asked."""
        return [one for one in (self.introductions, self.signposts, self.answers) if isinstance(one, Read)]

    @property
    def people(self) -> list[int]:
        """Give the people who are named."""
        return [*(one.person_key for one in self.introductions), *(one.person_id for one in self.signposts)]

    def says(self, task: Task) -> bool:
        """Tell whether a row here says the same as a task, and leads further."""
        return task.what == UNANSWERED and any(
            one.person_key == task.person_id and one.meet_by is None for one in self.introductions
        )

    def rows(self) -> Iterator[tuple[date, Row]]:
        """Give each row with the day since when it waits."""
        for introduction in self.introductions:
            yield introduction.due_on, self._of_introduction(introduction)
        for answer in self.answers:
            yield answer.answer_by, self._of_answer(answer)
        for signpost in self.signposts:
            yield signpost.ask_on, _of_signpost(signpost)

    def _of_introduction(self, one: LateIntroduction) -> Row:
        receiver = {"receiver": one.receiver}
        if one.meet_by is None:
            what, side = _("%(receiver)s has not answered: ask, or offer the next fit") % receiver, _answer_was_due()
        else:
            side = _("they were to meet by %(day)s, %(time)s ago") if one.due_on < self.on else _("they are to meet by %(day)s")
            if one.accepted_by == self.actor.hat_id:
                what = _("you said yes, and you have not met: meet, or tell whoever introduced them")
            elif one.given_by == self.actor.hat_id:
                what = _("%(receiver)s said yes, and they have not met: ask") % receiver
            else:
                what = _("your team said yes, and nobody has met them: meet them in your colleague's place")
        link = address("handovers:show-handover", one.handover_id)
        return Row(link, one.name, what, side % self._since(one.due_on))

    def _of_answer(self, one: LateAnswer) -> Row:
        """Give a lead's row: it leads nowhere, because a lead has no sight of the person."""
        waited = {"day": short_day(one.offered_at), "receiver": one.receiver}
        return Row(
            "",
            _("An introduction has waited since %(day)s for an answer from %(receiver)s") % waited,
            _("from %(who)s") % {"who": one.giver},
            _answer_was_due() % self._since(one.answer_by),
        )

    def _since(self, day: date) -> dict[str, str]:
        return {"day": short_day(day), "time": how_long((self.on - day).days * 24 * 60)}


def _of_signpost(one: Signpost) -> Row:
    return Row(
        address("handovers:signpost-result", one.public_id),
        one.person.chosen_name,
        _("ask how it went with %(service)s") % {"service": one.service.name},
        _("due %(day)s") % {"day": short_day(one.ask_on)},
    )


def _answer_was_due() -> str:
    return _("answer was due %(day)s, %(time)s ago")

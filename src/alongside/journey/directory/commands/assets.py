"""Recording that there is nothing within reach for a need: then it is a gap that somebody knows of, and can be answered."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from alongside.journal.command import command, note
from alongside.journey.directory.models import RecordedGap
from alongside.journey.directory.policies import check_can_record_gap
from alongside.journey.directory.queries.asset_map import offers_within_reach
from alongside.refusals import Invalid, NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.needs import NEEDS


class ThereIsAnOffer(Invalid):
    code = "there_is_an_offer"
    message = _("There is an offer within reach now, so this is no gap.")


@command("gap.recorded")
def record_gap(*, actor: Actor, at: datetime, need: str, outcode: str = "") -> RecordedGap:
    """Write down that there is nothing within reach for a need, in one place or in the whole area; twice is once.

    Refuses:  NotThisRole for a role that neither keeps entries nor plans; NotFound for a need or a place that is none;
              ThereIsAnOffer.
    Source:   S1-09, S1-10.
    """
    check_can_record_gap(actor)
    reach = offers_within_reach(actor, at)
    if need not in NEEDS or outcode not in reach:
        raise NotFound
    if reach[outcode][need]:
        raise ThereIsAnOffer
    made, _is_new = RecordedGap.objects.get_or_create(
        hub_id=actor.hub, need=need, outcode=outcode, defaults={"at": at, "by_id": actor.hat_id}
    )
    note(gap=made.pk, needs=[need])
    return made

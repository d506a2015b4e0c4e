"""Writes of the conversation: begun, saved in versions, put together, needs ranked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from alongside.hubs.queries import local_date
from alongside.journal.command import command, note
from alongside.journey.assessments.models import Assessment, Need, Version
from alongside.journey.assessments.policies import check_can_converse
from alongside.journey.assessments.queries import current_assessment, lock_assessment, ranked_needs, version_of
from alongside.journey.assessments.rules import put_together, ranked, ranking_mark, still_as_before
from alongside.journey.referrals.commands import keep_away
from alongside.people.policies import check_is_alive
from alongside.people.queries import lock_person
from alongside.refusals import Invalid
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.domains import WITHIN
from alongside.vocabulary.needs import NEEDS
from alongside.writes import insert


class UnknownNeed(Invalid):
    code = "unknown_need"
    message = _("Choose needs from the list.")


class NameThem(Invalid):
    code = "name_them"
    message = _("Write a name, or how somebody would know whom they mean.")


class RankedMeanwhile(Invalid):
    code = "ranked_meanwhile"
    message = _("Somebody else changed the order meanwhile. Theirs stands beside it: put both together, then save again.")


@dataclass(frozen=True, slots=True)
class Ranking:
    """Needs in the person's order, with their words for each; `seen` marks the ranking that the writer started from."""

    codes: tuple[str, ...]
    words: dict[str, str]
    seen: str


@command("conversation.begun")
def begin_conversation(*, actor: Actor, at: datetime, person_id: int) -> Assessment:
    """Begin the conversation, or go on with the one that is there: it is held once, by everybody together (promise 5)."""
    check_can_converse(actor, person_id, at=at)
    person = lock_person(person_id)
    check_is_alive(person)
    standing = current_assessment(actor, person_id)
    if standing:
        return standing
    made = insert(
        Assessment(
            hub_id=person.hub_id,
            person=person,
            author_organisation_id=actor.organisation,
            label="sensitive",
            begun_at=at,
            begun_by_id=actor.hat,
        )
    )
    note(person_id=person_id, label="sensitive", assessment=made.public_id)
    return made


@command("conversation.saved")
def save_conversation(
    *,
    actor: Actor,
    at: datetime,
    person_id: int,
    based_on: int,
    parts: dict[str, str],
    as_before: Sequence[str] = (),
    ranking: Ranking | None = None,
) -> Version:
    """Save what was written, based on the version that the writer saw; the first saving begins the conversation.

    In:       `as_before`: parts that were gone through and stand as they are; `ranking`: the order of needs, with it.
    Out:      the new version; or, when somebody else changed the same part meanwhile, a parked version: both are kept and
              the page shows them side by side. Parts that only one of the two changed are put together silently.
    Refuses:  RankedMeanwhile when both changed the order of needs: nothing at all is saved, so that nothing is half saved.
    Source:   part E20; trust.md C29, P14.
    """
    check_can_converse(actor, person_id, at=at)
    assessment = _lock_or_begin(actor, at, person_id)
    if ranking:
        _rank_if_changed(actor, at, person_id, ranking)
    mine = {part: words for part, words in parts.items() if words.strip()}
    latest = version_of(assessment, assessment.version)
    theirs = latest.parts if latest else {}
    if based_on != assessment.version:
        base = version_of(assessment, based_on)
        together = put_together(base.parts if base else {}, theirs, mine)
        if together.conflicts:
            parked = insert(
                Version(
                    assessment=assessment,
                    number=assessment.version,
                    based_on=based_on,
                    at=at,
                    by_id=actor.hat,
                    parts=mine,
                    parked=True,
                )
            )
            note(person_id=person_id, label="sensitive", assessment=assessment.public_id, parked=True)
            return parked
        mine = together.parts
    stood = latest.as_before if latest else {}
    gone_through = stood | dict.fromkeys(as_before, local_date(at).isoformat())
    standing = still_as_before(gone_through, theirs, mine, WITHIN)
    if latest and (mine, standing) == (theirs, stood):
        return latest
    return _write(actor, at, assessment, based_on=assessment.version, parts=mine, as_before=standing)


@command("conversation.kept_away")
def keep_away_as_told(*, actor: Actor, at: datetime, person_id: int, words: str) -> None:
    """Keep somebody away whom the person named in the conversation, by the same command as at the door; at once and silently.

    Refuses:  NameThem without a word.
    Also:     nothing of it stands in the conversation. When the worker who writes is like the one who is meant, they see no more
              of the person from now on; when it is the holder, the team at the door takes over.
    Source:   trust.md C07, T01 (asked: "is there anyone in these services who should not see this?").
    """
    check_can_converse(actor, person_id, at=at)
    if not words.strip():
        raise NameThem
    keep_away(actor=actor, at=at, hub_id=actor.hub, person_id=person_id, words=words)
    note(person_id=person_id, label="circle")


@command("conversation.put_together")
def put_versions_together(
    *, actor: Actor, at: datetime, person_id: int, parked_id: int, based_on: int, parts: dict[str, str]
) -> Version:
    """Save what somebody made of two versions; the parked one is marked as merged and kept."""
    check_can_converse(actor, person_id, at=at)
    assessment = lock_assessment(actor, person_id, at=at)
    saved = save_conversation(actor=actor, at=at, person_id=person_id, based_on=based_on, parts=parts)
    if not saved.parked:
        Version.objects.filter(pk=parked_id, assessment=assessment, parked=True).update(merged_at=at)
    note(person_id=person_id, label="sensitive", assessment=assessment.public_id, parked=saved.parked)
    return saved


@command("needs.ranked")
def rank_needs(
    *, actor: Actor, at: datetime, person_id: int, codes: list[str], words: dict[str, str] | None = None
) -> list[Need]:
    """Write down the person's needs in their own order; the order before is kept as history.

    Refuses:  UnknownNeed for a code that is not on the list.
    Source:   S1-20, S3-07.
    """
    check_can_converse(actor, person_id, at=at)
    if any(code not in NEEDS for code in codes):
        raise UnknownNeed
    assessment = _lock_or_begin(actor, at, person_id)
    Need.objects.filter(assessment=assessment, until_at__isnull=True).update(until_at=at)
    made = Need.objects.bulk_create(
        [
            Need(
                hub_id=assessment.hub_id,
                person_id=person_id,
                author_organisation_id=actor.organisation,
                label="open",
                assessment=assessment,
                code=code,
                rank=rank,
                words=(words or {}).get(code, "")[:400],
            )
            for rank, code in ranked(codes)
        ]
    )
    note(person_id=person_id, needs=[need.code for need in made])
    return made


@command("conversation.finished")
def finish_conversation(*, actor: Actor, at: datetime, person_id: int) -> Assessment:
    """Say that the conversation is as complete as it needs to be for now; it can be gone on with at any time."""
    check_can_converse(actor, person_id, at=at)
    assessment = lock_assessment(actor, person_id, at=at)
    assessment.finished_at = at
    assessment.save(update_fields=["finished_at"])
    note(person_id=person_id, label="sensitive", assessment=assessment.public_id)
    return assessment


def _lock_or_begin(actor: Actor, at: datetime, person_id: int) -> Assessment:
    if current_assessment(actor, person_id) is None:
        begin_conversation(actor=actor, at=at, person_id=person_id)
    return lock_assessment(actor, person_id, at=at)


def _rank_if_changed(actor: Actor, at: datetime, person_id: int, ranking: Ranking) -> None:
    """Rank unless nothing was changed; what somebody else changed meanwhile is never overwritten."""
    standing = ranking_mark([(need.code, need.words) for need in ranked_needs(actor, person_id)])
    wanted = ranking_mark([(code, ranking.words.get(code, "")) for code in ranking.codes])
    if wanted in (standing, ranking.seen):
        return
    if ranking.seen != standing:
        raise RankedMeanwhile
    rank_needs(actor=actor, at=at, person_id=person_id, codes=list(ranking.codes), words=ranking.words)


def _write(
    actor: Actor, at: datetime, assessment: Assessment, *, based_on: int, parts: dict[str, str], as_before: dict[str, str]
) -> Version:
    assessment.version += 1
    assessment.save(update_fields=["version"])
    made = insert(
        Version(
            assessment=assessment,
            number=assessment.version,
            based_on=based_on,
            at=at,
            by_id=actor.hat,
            parts=parts,
            as_before=as_before,
        )
    )
    note(person_id=assessment.person_id, label="sensitive", assessment=assessment.public_id, version=made.number)
    return made

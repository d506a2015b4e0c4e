# For workers only.
"""Writes of which records are read as one person's."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from alongside.access import policy
from alongside.access.models import Joined
from alongside.journal.command import command, note
from alongside.vocabulary.actor import Actor


@command("records.joined")
def lay_joins(*, actor: Actor, at: datetime, groups: Iterable[Collection[int]]) -> int:
    """Let each of these groups be read as one person, and everybody in them with nobody else. Out: how many changed.

    Also:     what kept somebody away from one, and what the person objects to on one, holds for all of its group; when a group is
              taken apart each record has again what was its own.
    Source:   trust.md P14 (labels and exclusions on merge: the union of the stricter).
    """
    policy.check_is_part_or_system(actor)
    meant = [set(group) for group in groups]
    everybody = set().union(*meant)
    wanted = {(one, other) for group in meant for one in group for other in group if one != other}
    standing = {(one.person_id, one.other_id): one for one in Joined.objects.filter(person__in=everybody, until_at__isnull=True)}
    over = [one.pk for pair, one in standing.items() if pair not in wanted]
    Joined.objects.filter(pk__in=over).update(until_at=at)
    new = [Joined(person_id=one, other_id=other, from_at=at) for one, other in sorted(wanted - set(standing))]
    Joined.objects.bulk_create(new)
    note(count=len(over) + len(new))
    return len(over) + len(new)

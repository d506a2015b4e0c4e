"""The conversation: two people write at once and nothing is silently lost; needs stand in the person's order."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.journey.assessments.commands import (
    UnknownNeed,
    begin_conversation,
    finish_conversation,
    put_versions_together,
    rank_needs,
    save_conversation,
)
from alongside.journey.assessments.models import Assessment, Need, Version
from alongside.journey.assessments.queries import current_assessment, parked_versions, ranked_needs
from alongside.journey.assessments.rules import Together, put_together, ranked
from alongside.members.commands import pass_on
from alongside.people.models import Person
from alongside.refusals import NotFound, NotThisRole
from tests.support.hub import AT, MadeHub

pytestmark = pytest.mark.hazard("H20")

MIN = timedelta(minutes=1)

MERGES = [
    # base, theirs, mine -> together, conflicts
    ({}, {}, {}, {}, ()),
    ({}, {"mind": "low"}, {}, {"mind": "low"}, ()),
    ({}, {}, {"mind": "low"}, {"mind": "low"}, ()),
    ({}, {"mind": "low"}, {"body": "pain"}, {"mind": "low", "body": "pain"}, ()),
    ({}, {"mind": "low"}, {"mind": "low"}, {"mind": "low"}, ()),
    ({}, {"mind": "low"}, {"mind": "sad"}, {"mind": "low"}, ("mind",)),
    ({"mind": "a"}, {"mind": "b"}, {"mind": "a"}, {"mind": "b"}, ()),
    ({"mind": "a"}, {"mind": "a"}, {"mind": "b"}, {"mind": "b"}, ()),
    ({"mind": "a"}, {"mind": "b"}, {"mind": "b"}, {"mind": "b"}, ()),
    ({"mind": "a"}, {}, {"mind": "a"}, {}, ()),
    ({"mind": "a"}, {"mind": "a"}, {}, {}, ()),
    ({"mind": "a"}, {}, {"mind": "b"}, {}, ("mind",)),
    ({"mind": "a"}, {"mind": "b"}, {}, {"mind": "b"}, ("mind",)),
    ({"mind": "a", "body": "x"}, {"mind": "b", "body": "y"}, {"mind": "c", "body": "x"}, {"mind": "b", "body": "y"}, ("mind",)),
]


@pytest.mark.parametrize(("base", "theirs", "mine", "parts", "conflicts"), MERGES)
def test_two_versions_are_put_together_part_by_part(
    base: dict[str, str], theirs: dict[str, str], mine: dict[str, str], parts: dict[str, str], conflicts: tuple[str, ...]
) -> None:
    assert put_together(base, theirs, mine) == Together(parts, conflicts)


PARTS = st.dictionaries(st.sampled_from(("mind", "body", "life")), st.sampled_from(("a", "b", "c")))


@given(base=PARTS, theirs=PARTS, mine=PARTS)
def test_what_somebody_changed_stands_in_the_result_or_is_a_conflict(
    base: dict[str, str], theirs: dict[str, str], mine: dict[str, str]
) -> None:
    found = put_together(base, theirs, mine)
    for written in (theirs, mine):
        for part in {*base, *written}:
            if written.get(part, "") != base.get(part, ""):
                assert part in found.conflicts or found.parts.get(part, "") == written.get(part, "")
    assert put_together(base, mine, theirs).conflicts == found.conflicts


def begun(hub: MadeHub) -> Person:
    person = hub.held_by("cora")
    begin_conversation(actor=hub.actor("cora"), at=AT, person_id=person.pk)
    return person


def save(hub: MadeHub, key: str, person: Person, based_on: int, parts: dict[str, str]) -> Version:
    return save_conversation(actor=hub.actor(key), at=AT + MIN, person_id=person.pk, based_on=based_on, parts=parts)


def test_there_is_one_conversation_that_everybody_goes_on_with(hub: MadeHub) -> None:
    person = begun(hub)
    again = begin_conversation(actor=hub.actor("nell"), at=AT + MIN, person_id=person.pk)
    assert Assessment.objects.get().pk == again.pk
    finish_conversation(actor=hub.actor("nell"), at=AT + MIN, person_id=person.pk)
    assert save(hub, "cora", person, 0, {"mind": "low"}).number == 1
    pass_on(actor=hub.actor("cora"), at=AT + MIN, person_id=person.pk, why="agreed", to_hat_id=hub.hats["liv"])
    found = current_assessment(hub.actor("liv"), person.pk)
    assert found is not None and found.pk == again.pk


def test_each_saving_is_a_version_and_the_ones_before_stay(hub: MadeHub) -> None:
    person = begun(hub)
    save(hub, "cora", person, 0, {"mind": "low", "body": " "})
    save(hub, "cora", person, 1, {"mind": "low in the mornings"})
    assert save(hub, "cora", person, 2, {"mind": "low in the mornings"}).number == 2
    assert [(one.number, one.based_on, one.parts) for one in Version.objects.order_by("number")] == [
        (1, 0, {"mind": "low"}),
        (2, 1, {"mind": "low in the mornings"}),
    ]


def test_two_who_write_in_different_parts_are_put_together(hub: MadeHub) -> None:
    person = begun(hub)
    save(hub, "cora", person, 0, {"mind": "low"})
    save(hub, "nell", person, 0, {"body": "pain"})
    newest = Version.objects.latest("number")
    assert (newest.parts, newest.parked) == ({"mind": "low", "body": "pain"}, False)


def test_two_who_write_in_the_same_part_are_both_kept_until_somebody_puts_them_together(hub: MadeHub) -> None:
    person = begun(hub)
    save(hub, "cora", person, 0, {"mind": "low"})
    parked = save(hub, "nell", person, 0, {"mind": "she says she is fine", "body": "pain"})
    assessment = Assessment.objects.get()
    assert parked.parked and [one.pk for one in parked_versions(assessment)] == [parked.pk]
    assert Version.objects.get(number=1, parked=False).parts == {"mind": "low"}

    saved = put_versions_together(
        actor=hub.actor("nell"),
        at=AT + 2 * MIN,
        person_id=person.pk,
        parked_id=parked.pk,
        based_on=1,
        parts={"mind": "low; she says she is fine", "body": "pain"},
    )
    parked.refresh_from_db()
    assert (saved.number, parked.merged_at, parked.parts["mind"]) == (2, AT + 2 * MIN, "she says she is fine")
    assert parked_versions(assessment) == [] and Version.objects.count() == 3


def test_putting_together_what_somebody_else_changed_again_parks_it_again(hub: MadeHub) -> None:
    person = begun(hub)
    save(hub, "cora", person, 0, {"mind": "one"})
    parked = save(hub, "nell", person, 0, {"mind": "two"})
    save(hub, "cora", person, 1, {"mind": "three"})
    again = put_versions_together(
        actor=hub.actor("nell"), at=AT, person_id=person.pk, parked_id=parked.pk, based_on=1, parts={"mind": "one and two"}
    )
    assert again.parked and {one.parts["mind"] for one in parked_versions(Assessment.objects.get())} == {"two", "one and two"}
    assert Assessment.objects.get().version == 2


def test_needs_stand_in_the_persons_order_and_the_order_before_is_kept(hub: MadeHub) -> None:
    person, cora = begun(hub), hub.actor("cora")
    rank_needs(
        actor=cora, at=AT, person_id=person.pk, codes=["sleep", "money_and_debt", "sleep"], words={"sleep": "since the baby"}
    )
    rank_needs(actor=cora, at=AT + MIN, person_id=person.pk, codes=["money_and_debt"])
    assert [(need.rank, need.code) for need in ranked_needs(cora, person.pk)] == [(1, "money_and_debt")]
    assert [need.until_at for need in Need.objects.order_by("pk")] == [AT + MIN, AT + MIN, None]
    with pytest.raises(UnknownNeed):
        rank_needs(actor=cora, at=AT, person_id=person.pk, codes=["personality_disorder"])
    assert len(ranked_needs(cora, person.pk)) == 1


def test_each_need_has_one_rank() -> None:
    assert ranked(["b", "a", "b", "c"]) == [(1, "b"), (2, "a"), (3, "c")]


def test_only_whoever_is_near_and_holds_conversations_writes(hub: MadeHub) -> None:
    hub.take_on("ann", "Ann Fable", "practice", "administrator", ("north",))
    person = begun(hub)
    for key, refusal in (("liv", NotFound), ("ann", NotThisRole)):
        with pytest.raises(refusal):
            save(hub, key, person, 0, {"mind": "x"})
        with pytest.raises(refusal):
            rank_needs(actor=hub.actor(key), at=AT, person_id=person.pk, codes=["sleep"])
    assert not Version.objects.exists()


def test_there_is_no_field_for_a_diagnosis() -> None:
    fields = {field.name for model in (Assessment, Version, Need) for field in model._meta.get_fields()}
    assert not {name for name in fields if "diagnos" in name or "icd" in name or "snomed" in name}

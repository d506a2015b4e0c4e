"""Partners share by agreement: proposed by one, approved by two others, in parts, up to a label, until a day (trust.md C04, H22)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from alongside.access.commands import (
    approve_sharing,
    begin_and_propose,
    leave_agreement,
    propose_sharing,
    set_participation,
    sign_agreement,
    withdraw_proposal,
)
from alongside.access.commands.agreements import (
    EndsBeforeItBegins,
    NobodyToSign,
    NotApprovedByYou,
    PointerNeedsALine,
    UnknownPart,
)
from alongside.access.models import SharingAgreement, SharingProposal, Signature
from alongside.access.policy import visible_to
from alongside.hubs.models import Organisation
from alongside.members.models import Task
from alongside.people.models import Person, StoryEntry
from alongside.refusals import AlreadyDone, NotFound, NotPermitted, NotThisRole
from alongside.vocabulary.clock import now
from tests.support.hub import AT, MadeHub, open_hub

HOUR = timedelta(hours=1)


@pytest.fixture
def apart(db: None) -> MadeHub:
    """Give a hub whose partners share nothing yet, with the three who may say yes."""
    hub = open_hub(sharing=False)
    hub.take_on("lead", "Leda Fable", "council", "hub_lead")
    hub.take_on("privacy", "Prue Fable", "council", "privacy_officer")
    return hub


def propose(hub: MadeHub, *partners: str, **agreement: object) -> SharingProposal:
    return begin_and_propose(
        actor=hub.actor("lead"), at=AT, hub_id=hub.hub.pk, purpose="Care together",
        organisation_ids=[hub.partners[key] for key in partners], **agreement,
    )  # fmt: skip


def approve(hub: MadeHub, proposal: SharingProposal) -> None:
    for key in ("privacy", "saf"):
        approve_sharing(actor=hub.actor(key), at=AT, proposal_id=proposal.public_id)


def seen_by(hub: MadeHub, key: str, at: object = AT) -> tuple[int, int, int]:
    """Count the people, the story entries and the tasks that a worker sees."""
    actor = hub.actor(key, at)  # type: ignore[arg-type]
    return tuple(visible_to(actor, kind.objects.all(), at=at).count() for kind in (Person, StoryEntry, Task))  # type: ignore[return-value, arg-type]


def held_at_the_charity(hub: MadeHub) -> Person:
    """The trust's door wrote them down; a link worker of the charity holds them."""
    person = hub.held_by("liv", words="It has been a hard year.")
    Task.objects.create(
        hub=hub.hub, person=person, author_organisation_id=hub.partners["trust"], what="other", made_at=AT,
        due_on=AT.date(), team_id=hub.teams["door"],
    )  # fmt: skip
    return person


@pytest.mark.hazard("H22")
def test_nothing_is_shared_before_two_others_have_said_yes(apart: MadeHub) -> None:
    held_at_the_charity(apart)
    proposal = propose(apart, "trust", "charity")
    assert seen_by(apart, "liv")[0] == 0
    approve_sharing(actor=apart.actor("privacy"), at=AT, proposal_id=proposal.public_id)
    assert seen_by(apart, "liv")[0] == 0
    approve_sharing(actor=apart.actor("saf"), at=AT, proposal_id=proposal.public_id)
    people, story, _tasks = seen_by(apart, "liv")
    assert (people, story > 0) == (1, True), "live at the next request"


def test_whoever_proposed_it_is_neither_of_the_two_and_nobody_says_yes_twice(apart: MadeHub) -> None:
    proposal = propose(apart, "trust", "charity")
    with pytest.raises(NotApprovedByYou):
        approve_sharing(actor=apart.actor("lead"), at=AT, proposal_id=proposal.public_id)
    approve_sharing(actor=apart.actor("saf"), at=AT, proposal_id=proposal.public_id)
    with pytest.raises(NotApprovedByYou):
        approve_sharing(actor=apart.actor("saf"), at=AT, proposal_id=proposal.public_id)
    assert not Signature.objects.exists()


@pytest.mark.parametrize("key", ["wyn", "dana", "lea", "ada"])
def test_no_other_role_says_yes(apart: MadeHub, key: str) -> None:
    proposal = propose(apart, "trust", "charity")
    with pytest.raises(NotThisRole):
        approve_sharing(actor=apart.actor(key), at=AT, proposal_id=proposal.public_id)
    with pytest.raises(NotThisRole):
        withdraw_proposal(actor=apart.actor(key), at=AT, proposal_id=proposal.public_id)


def test_nobody_signs_by_themselves(apart: MadeHub) -> None:
    proposal = propose(apart, "trust", "charity")
    for key in ("lead", "privacy", "saf"):
        with pytest.raises(NotPermitted):
            sign_agreement(
                actor=apart.actor(key), at=AT, agreement_id=proposal.agreement_id, organisation_id=apart.partners["charity"]
            )


def test_a_proposal_that_ended_is_not_approved_any_more(apart: MadeHub) -> None:
    proposal = propose(apart, "trust", "charity")
    withdraw_proposal(actor=apart.actor("saf"), at=AT, proposal_id=proposal.public_id)
    with pytest.raises(AlreadyDone):
        approve_sharing(actor=apart.actor("privacy"), at=AT, proposal_id=proposal.public_id)
    elsewhere = open_hub("elsewhere", nation="england")
    elsewhere.take_on("privacy", "Pia Fable", "council", "privacy_officer")
    with pytest.raises(NotFound):
        approve_sharing(actor=elsewhere.actor("privacy"), at=AT, proposal_id=propose(apart, "trust").public_id)


def test_an_agreement_over_the_story_shows_the_story_and_no_tasks(apart: MadeHub) -> None:
    held_at_the_charity(apart)
    approve(apart, propose(apart, "trust", "charity", categories=["story"]))
    people, story, tasks = seen_by(apart, "liv")
    assert (people, story > 0, tasks) == (1, True, 0)


def test_parts_add_up_over_agreements_and_each_keeps_its_label(apart: MadeHub) -> None:
    person = held_at_the_charity(apart)
    StoryEntry.objects.filter(person=person).update(label="sensitive")
    approve(apart, propose(apart, "trust", "charity", categories=["story"], label_ceiling="open"))
    assert seen_by(apart, "liv") == (1, 0, 0)
    approve(apart, propose(apart, "trust", "charity", categories=["contacts"]))
    assert seen_by(apart, "liv")[1:] == (0, 1)
    approve(apart, propose(apart, "trust", "charity", categories=["story", "body"]))
    assert seen_by(apart, "liv")[1] > 0


@pytest.mark.hazard("H22")
def test_it_ends_by_itself_on_its_day(apart: MadeHub) -> None:
    held_at_the_charity(apart)
    approve(apart, propose(apart, "trust", "charity", until_at=AT + 9 * HOUR))
    second = timedelta(seconds=1)
    assert [seen_by(apart, "liv", AT + 9 * HOUR + by)[0] for by in (-second, timedelta(0), second)] == [1, 0, 0]


@pytest.mark.hazard("H19")
def test_whoever_leaves_shares_nothing_from_the_next_request_on(apart: MadeHub) -> None:
    held_at_the_charity(apart)
    proposal = propose(apart, "trust", "charity")
    approve(apart, proposal)
    leave_agreement(actor=apart.actor("lead"), at=AT, agreement_id=proposal.agreement_id, organisation_id=apart.partners["trust"])
    assert seen_by(apart, "liv") == (0, 0, 0)


@pytest.mark.hazard("H22")
def test_a_partner_who_keeps_its_own_notes_shares_nothing_and_signs_nothing(apart: MadeHub) -> None:
    held_at_the_charity(apart)
    proposal = propose(apart, "trust", "charity")
    approve(apart, proposal)
    hub_id, trust = apart.hub.pk, apart.partners["trust"]
    with pytest.raises(PointerNeedsALine):
        set_participation(actor=apart.actor("lead"), at=AT, hub_id=hub_id, organisation_id=trust, participation="pointer")
    set_participation(
        actor=apart.actor("lead"), at=AT, hub_id=hub_id, organisation_id=trust, participation="pointer", duty_line="01632 960555"
    )
    assert seen_by(apart, "liv") == (0, 0, 0)
    with pytest.raises(NobodyToSign):
        propose_sharing(actor=apart.actor("lead"), at=AT, agreement_id=proposal.agreement_id, organisation_ids=[trust])
    set_participation(actor=apart.actor("lead"), at=AT, hub_id=hub_id, organisation_id=trust, participation="full")
    assert seen_by(apart, "liv") == (0, 0, 0), "it signs anew"
    assert Organisation.objects.get(pk=trust).duty_line == ""


def test_whoever_became_a_pointer_while_two_were_thinking_does_not_sign(apart: MadeHub) -> None:
    proposal = propose(apart, "trust", "charity")
    set_participation(
        actor=apart.actor("lead"), at=AT, hub_id=apart.hub.pk, organisation_id=apart.partners["trust"], participation="aggregate"
    )
    approve(apart, proposal)
    assert list(Signature.objects.values_list("organisation", flat=True)) == [apart.partners["charity"]]


def test_what_cannot_be_agreed_is_said(apart: MadeHub) -> None:
    with pytest.raises(UnknownPart):
        propose(apart, "trust", categories=["everything"])
    with pytest.raises(EndsBeforeItBegins):
        propose(apart, "trust", until_at=AT)
    with pytest.raises(NobodyToSign):
        propose(apart)
    assert not SharingAgreement.objects.filter(purpose="Care together").exists(), "a refused command leaves nothing"


def post(client: Client, address: str, **given: object) -> str:
    return client.post(address, given, follow=True).content.decode()


def test_by_page_a_lead_proposes_and_two_others_read_who_gains_and_say_yes(apart: MadeHub) -> None:
    held_at_the_charity(apart)
    lead, privacy, saf = (apart.signed_in(key) for key in ("lead", "privacy", "saf"))
    empty = post(lead, "/settings/sharing/", what="begin")
    assert "There is a problem" in empty and not SharingProposal.objects.exists()
    asked = {
        "what": "begin", "purpose": "Care together", "categories": ["story", "contacts"], "label_ceiling": "sensitive",
        "organisations": [str(apart.partners["trust"]), str(apart.partners["charity"])],
    }  # fmt: skip
    shown = post(lead, "/settings/sharing/", **asked)
    assert "Care together" in shown and "Who would see more" in shown
    key = SharingProposal.objects.get().public_id
    assert "Somebody else has to approve" in post(lead, "/sharing-proposals/", what=f"yes-{key}")
    page = privacy.get("/sharing-proposals/").content.decode()
    assert "charity of rivermouth" in page and ">1<" in page
    post(privacy, "/sharing-proposals/", what=f"yes-{key}")
    assert "Said yes so far: Prue Fable." in saf.get("/sharing-proposals/").content.decode()
    assert "Nothing waits for a yes." in post(saf, "/sharing-proposals/", what=f"yes-{key}")
    assert "their story" in lead.get("/settings/sharing/").content.decode()
    assert seen_by(apart, "liv", now())[0] == 1

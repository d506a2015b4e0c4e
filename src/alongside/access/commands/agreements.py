# For workers only.
"""Writes of agreements between partners: proposed by one, approved by two others, signed, left, ended with a partnership."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.access.codes import CATEGORIES, PARTICIPATION
from alongside.access.models import ApiClient, Approval, SharingAgreement, SharingProposal, Signature
from alongside.access.policy import check_is_part_or_system, check_may
from alongside.hubs.models import Hat, Organisation, Partner, Team
from alongside.hubs.policies import check_can_set_up
from alongside.hubs.queries import live
from alongside.journal.command import command, note
from alongside.refusals import AlreadyDone, Invalid, NotFound
from alongside.vocabulary.actor import Actor
from alongside.writes import insert


class PartnerStillWorksHere(Invalid):
    code = "partner_still_works_here"
    message = _("It still has teams or hats here. End them first, so that whoever they hold has somebody.")


class PointerNeedsALine(Invalid):
    code = "pointer_needs_a_line"
    message = _("Give a telephone number that others may ring, or choose figures only.")


class NotApprovedByYou(Invalid):
    code = "not_approved_by_you"
    message = _("Somebody else has to approve what you proposed, and each of the two once.")


class NobodyToSign(Invalid):
    code = "nobody_to_sign"
    message = _("Choose at least one partner who has not signed yet and takes part in one record with the others.")


class UnknownPart(Invalid):
    code = "unknown_part"
    message = _("Choose parts of the record from the list.")


class EndsBeforeItBegins(Invalid):
    code = "ends_before_it_begins"
    message = _("Choose a day that is still to come, or leave it out.")


APPROVALS = 2
"""So many people approve a proposal, neither of whom made it (trust.md C04)."""


@command("agreement.begun")
def begin_agreement(
    *,
    actor: Actor,
    at: datetime,
    hub_id: int,
    purpose: str,
    categories: Collection[str] = (),
    label_ceiling: str = "sensitive",
    until_at: datetime | None = None,
) -> SharingAgreement:
    """Begin an agreement; it shares nothing until partners have signed it.

    In:       the parts of the record that it covers (none means every part), up to which label, and until when.
    Refuses:  UnknownPart; EndsBeforeItBegins.
    """
    check_can_set_up(actor, hub_id)
    if not set(categories) <= set(CATEGORIES):
        raise UnknownPart
    if until_at is not None and until_at <= at:
        raise EndsBeforeItBegins
    parts = [part for part in CATEGORIES if part in categories]
    made = insert(
        SharingAgreement(
            hub_id=hub_id,
            purpose=purpose,
            categories=[] if len(parts) == len(CATEGORIES) else parts,
            label_ceiling=label_ceiling,
            from_at=at,
            until_at=until_at,
        )
    )
    note(agreement=made.public_id)
    return made


@command("sharing.proposed")
def propose_sharing(*, actor: Actor, at: datetime, agreement_id: int, organisation_ids: Collection[int]) -> SharingProposal:
    """Propose that partners sign an agreement; nothing is shared before two others have approved it.

    Refuses:  NobodyToSign when none of them is a partner in full who has not signed yet; NotFound for another hub's agreement.
    Source:   trust.md C04, H22.
    """
    agreement = _check_agreement(actor, agreement_id)
    signed = Signature.objects.filter(live(at), agreement_id=agreement_id).values("organisation")
    partners = Partner.objects.filter(
        hub_id=agreement.hub_id, organisation_id__in=organisation_ids, until_at__isnull=True, organisation__participation="full"
    )
    joining = list(partners.exclude(organisation__in=signed).values_list("organisation_id", flat=True))
    if not joining:
        raise NobodyToSign
    made = SharingProposal.objects.create(
        hub_id=agreement.hub_id, agreement_id=agreement_id, proposed_by_id=actor.hat, proposed_at=at
    )
    made.organisations.set(joining)
    note(agreement=agreement.public_id, proposal=made.public_id, organisations=joining)
    return made


@command("sharing.begun")
def begin_and_propose(
    *, actor: Actor, at: datetime, hub_id: int, organisation_ids: Collection[int], **agreement: Any
) -> SharingProposal:
    """Begin an agreement (`begin_agreement`) and propose who signs it, in one."""
    made = begin_agreement(actor=actor, at=at, hub_id=hub_id, **agreement)
    return propose_sharing(actor=actor, at=at, agreement_id=made.pk, organisation_ids=organisation_ids)


@command("sharing.approved")
def approve_sharing(*, actor: Actor, at: datetime, proposal_id: UUID) -> SharingProposal:
    """Say yes to a proposal; with the second yes its partners have signed, and it holds from the next request on.

    Refuses:  NotApprovedByYou for whoever proposed it or has approved it already, in whichever hat; NotFound for one that has
              ended; what has changed since (a partner who left, or takes part by a pointer now) does not sign.
    Source:   trust.md C04 (two people approve), H22.
    """
    check_may(actor, "approve_sharing")
    proposal = _open_proposal(actor, proposal_id)
    proposer = Hat.objects.get(pk=proposal.proposed_by_id).worker_id
    approved = set(proposal.approvals.values_list("worker_id", flat=True))
    if actor.worker_id == proposer or actor.worker_id in approved:
        raise NotApprovedByYou
    insert(Approval(proposal_id=proposal.pk, worker_id=actor.worker, hat_id=actor.hat, at=at))
    note(agreement=proposal.agreement.public_id, proposal=proposal.public_id)
    if len(approved) + 1 >= APPROVALS:
        proposal.in_force_at = at
        proposal.save(update_fields=["in_force_at"])
        here = Partner.objects.filter(hub_id=proposal.hub_id, until_at__isnull=True, organisation__participation="full")
        for key in proposal.organisations.filter(pk__in=here.values("organisation")).values_list("pk", flat=True):
            sign_agreement(
                actor=actor, at=at, agreement_id=proposal.agreement_id, organisation_id=key, hat_id=proposal.proposed_by_id
            )
    return proposal


@command("sharing.withdrawn")
def withdraw_proposal(*, actor: Actor, at: datetime, proposal_id: UUID) -> SharingProposal:
    """Take back a proposal, or say no to it: whoever may approve may also end it."""
    check_may(actor, "approve_sharing")
    proposal = _open_proposal(actor, proposal_id)
    proposal.withdrawn_at = at
    proposal.save(update_fields=["withdrawn_at"])
    note(agreement=proposal.agreement.public_id, proposal=proposal.public_id)
    return proposal


@command("agreement.signed")
def sign_agreement(
    *, actor: Actor, at: datetime, agreement_id: int, organisation_id: int, hat_id: int | None = None
) -> Signature:
    """Sign for an organisation; from the next request on it shares with those who have signed, and they with it.

    Refuses:  NotFound for the agreement of another hub, for an organisation that is no partner in full, and for whoever gives
              this command by itself: two people approve a proposal first. The command line begins a hub with it.
    """
    check_is_part_or_system(actor)
    if not Partner.objects.filter(
        hub__agreements=agreement_id, organisation_id=organisation_id, until_at__isnull=True, organisation__participation="full"
    ).exists():
        raise NotFound
    signed, _made = Signature.objects.get_or_create(
        agreement_id=agreement_id,
        organisation_id=organisation_id,
        until_at=None,
        defaults={"from_at": at, "signed_by_id": hat_id},
    )
    note(agreement=agreement_id, organisation=organisation_id)
    return signed


@command("agreement.left")
def leave_agreement(*, actor: Actor, at: datetime, agreement_id: int, organisation_id: int) -> int:
    """Take an organisation out of an agreement; from the next request on nothing passes either way."""
    _check_agreement(actor, agreement_id)
    count = Signature.objects.filter(agreement_id=agreement_id, organisation_id=organisation_id, until_at__isnull=True).update(
        until_at=at
    )
    note(agreement=agreement_id, organisation=organisation_id)
    return count


@command("organisation.left")
def end_partnership(*, actor: Actor, at: datetime, hub_id: int, organisation_id: int) -> Partner:
    """Write down that an organisation is a partner no longer: its signatures end, and its systems are shut out.

    Refuses:  PartnerStillWorksHere while a team or a hat of it is live: those who are held by them need somebody first.
    """
    check_can_set_up(actor, hub_id)
    of_it = {"hub_id": hub_id, "organisation_id": organisation_id}
    partner = Partner.objects.select_for_update().filter(**of_it, until_at__isnull=True).first()
    if partner is None:
        raise NotFound
    if Team.objects.filter(**of_it, ended_at__isnull=True).exists() or Hat.objects.filter(live(at), **of_it).exists():
        raise PartnerStillWorksHere
    partner.until_at = at
    partner.save(update_fields=["until_at"])
    signed = Signature.objects.filter(agreement__hub_id=hub_id, organisation_id=organisation_id, until_at__isnull=True)
    signed.update(until_at=at)
    ApiClient.objects.filter(live(at), **of_it).update(until_at=at)
    note(organisation=organisation_id)
    return partner


@command("partner.participation_set")
def set_participation(
    *, actor: Actor, at: datetime, hub_id: int, organisation_id: int, participation: str, duty_line: str = ""
) -> Organisation:
    """Write down how far a partner takes part: in one record with the others, by a pointer, or in figures only.

    Refuses:  PointerNeedsALine without a line to ring; NotFound for an organisation that is no partner.
    Also:     it holds wherever the organisation is a partner. Less than full ends its signatures at once: from the next
              request on nothing passes either way. To share again it is proposed anew, and approved by two.
    Source:   trust.md section 0, decision 5.
    """
    check_can_set_up(actor, hub_id)
    of_it = {"hub_id": hub_id, "organisation_id": organisation_id}
    is_partner = Partner.objects.filter(**of_it, until_at__isnull=True).exists()
    if not is_partner or participation not in PARTICIPATION:
        raise NotFound
    if participation == "pointer" and not duty_line.strip():
        raise PointerNeedsALine
    found = Organisation.objects.select_for_update().get(pk=organisation_id)
    found.participation, found.duty_line = participation, duty_line.strip() if participation == "pointer" else ""
    found.save(update_fields=["participation", "duty_line"])
    if participation != "full":
        Signature.objects.filter(organisation_id=organisation_id, until_at__isnull=True).update(until_at=at)
    note(organisation=organisation_id, how=participation)
    return found


def _check_agreement(actor: Actor, agreement_id: int) -> SharingAgreement:
    agreement = SharingAgreement.objects.filter(pk=agreement_id).first()
    if agreement is None:
        raise NotFound
    check_can_set_up(actor, agreement.hub_id)
    return agreement


def _open_proposal(actor: Actor, proposal_id: UUID) -> SharingProposal:
    found = SharingProposal.objects.select_for_update(of=("self",)).select_related("agreement")
    one = found.filter(public_id=proposal_id, hub_id=actor.hub).first()
    if one is None:
        raise NotFound
    if one.in_force_at or one.withdrawn_at:
        raise AlreadyDone
    return one

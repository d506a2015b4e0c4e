# For workers only.
"""Writes of agreements between partners: signed, left, ended with a partnership."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from alongside.access.models import ApiClient, SharingAgreement, Signature
from alongside.hubs.models import Hat, Partner, Team
from alongside.hubs.policies import check_can_set_up
from alongside.hubs.queries import live
from alongside.journal.command import command, note
from alongside.refusals import Invalid, NotFound
from alongside.vocabulary.actor import Actor
from alongside.writes import insert


class PartnerStillWorksHere(Invalid):
    code = "partner_still_works_here"
    message = _("It still has teams or hats here. End them first, so that whoever they hold has somebody.")


@command("agreement.begun")
def begin_agreement(*, actor: Actor, at: datetime, hub_id: int, purpose: str) -> SharingAgreement:
    """Begin the agreement that a hub starts with: it shares the open and sensitive record among those who sign."""
    check_can_set_up(actor, hub_id)
    made = insert(SharingAgreement(hub_id=hub_id, purpose=purpose, from_at=at))
    note(agreement=made.public_id)
    return made


@command("agreement.signed")
def sign_agreement(
    *, actor: Actor, at: datetime, agreement_id: int, organisation_id: int, hat_id: int | None = None
) -> Signature:
    """Sign for an organisation; from the next request on it shares with those who have signed, and they with it.

    Refuses:  NotFound for the agreement of another hub, and for an organisation that is no partner.
    """
    _check_agreement(actor, agreement_id, organisation_id)
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
    _check_agreement(actor, agreement_id, organisation_id)
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


def _check_agreement(actor: Actor, agreement_id: int, organisation_id: int) -> None:
    agreement = SharingAgreement.objects.filter(pk=agreement_id).first()
    if agreement is None:
        raise NotFound
    check_can_set_up(actor, agreement.hub_id)
    if not Partner.objects.filter(hub_id=agreement.hub_id, organisation_id=organisation_id, until_at__isnull=True).exists():
        raise NotFound

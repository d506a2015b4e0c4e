# For workers only.
"""The facts that give or deny sight: opened and ended through here by the stages that know why."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.access.models import ApiClient, Exclusion, KeptAway, Relationship, SharingAgreement, Signature, User
from alongside.access.policy import check_can_settle, check_is_part_or_system
from alongside.hubs.commands import add_worker, give_hat, give_seat
from alongside.hubs.models import Hat, Partner, Team, Worker
from alongside.hubs.policies import check_can_set_up
from alongside.hubs.queries import live
from alongside.journal.command import command, note
from alongside.refusals import Invalid, NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.names import resembles
from alongside.writes import insert, insert_later


class NotHere(Invalid):
    """Whether somebody works elsewhere too is nobody's business here: the sentence is the same for every reason."""

    code = "not_here"
    message = _("This cannot be done on this page. Ask whoever runs the installation.")


class NotToYourself(Invalid):
    code = "not_to_yourself"
    message = _("Ask another hub lead to do this for you.")


class PartnerStillWorksHere(Invalid):
    code = "partner_still_works_here"
    message = _("It still has teams or hats here. End them first, so that whoever they hold has somebody.")


@command("relationship.opened")
def open_relationship(
    *,
    actor: Actor,
    at: datetime,
    hub_id: int,
    person_id: int,
    kind: str,
    because: tuple[str, int],
    hat_id: int | None = None,
    team_id: int | None = None,
    from_at: datetime | None = None,
    until_at: datetime | None = None,
) -> Relationship:
    """Give one hat or one team a reason to see a person, naming the fact that gives it; now, or between two moments.

    Source: design.md section 5 (every fact that gives or denies sight is a row of access's own tables).
    """
    check_is_part_or_system(actor)
    found = Relationship(
        hub_id=hub_id,
        person_id=person_id,
        kind=kind,
        hat_id=hat_id,
        team_id=team_id,
        because_kind=because[0],
        because_id=because[1],
        from_at=from_at or at,
        until_at=until_at,
    )
    insert_later(found)
    note(person_id=person_id, kind=kind, because=because[0], hat=hat_id, team=team_id)
    return found


@command("relationship.ended")
def end_relationships(
    *,
    actor: Actor,
    at: datetime,
    person_id: int,
    because: tuple[str, int],
    until_at: datetime | None = None,
    kind: str | None = None,
) -> int:
    """End the relationships that one fact gave, now or at a later moment (28 days after a handover is settled).

    Out: how many were ended. An end that lies earlier is never put off.
    Source: trust.md C03.
    """
    check_is_part_or_system(actor)
    until = until_at or at
    found = Relationship.objects.filter(person_id=person_id, because_kind=because[0], because_id=because[1]).filter(
        Q(until_at__isnull=True) | Q(until_at__gt=until)
    )
    if kind:
        found = found.filter(kind=kind)
    count = found.update(until_at=until)
    note(person_id=person_id, because=because[0], ended=count)
    return count


@command("exclusion.made")
def exclude(*, actor: Actor, at: datetime, hub_id: int, person_id: int, words: str) -> Exclusion:
    """Keep somebody away from a person, silently and at once: every worker whose name is like the words given.

    Also:     who was kept away is never shown, counted or mentioned to them; the journal holds ids only.
    Source:   trust.md C07; pages.md (ask for help, 8).
    """
    check_is_part_or_system(actor)
    made = insert(Exclusion(hub_id=hub_id, person_id=person_id, words=words, made_at=at))
    alike = [
        worker_id
        for worker_id, name in Worker.objects.filter(hats__hub_id=hub_id).values_list("pk", "name").distinct()
        if resembles(words, name)
    ]
    KeptAway.objects.bulk_create(
        [KeptAway(exclusion=made, person_id=person_id, worker_id=worker_id, from_at=at) for worker_id in alike]
    )
    note(person_id=person_id, label="circle", exclusion=made.public_id)
    return made


@command("exclusion.new_worker_compared")
def compare_new_worker(*, actor: Actor, at: datetime, hub_id: int, worker_id: int) -> int:
    """Compare a new worker with every exclusion that is not settled yet, and keep them away where the name is like.

    Out: how many people the worker is kept away from.
    """
    check_is_part_or_system(actor)
    name = Worker.objects.get(pk=worker_id).name
    alike = [
        one
        for one in Exclusion.objects.filter(hub_id=hub_id, settled_at__isnull=True).exclude(kept_away__worker_id=worker_id)
        if resembles(one.words, name)
    ]
    KeptAway.objects.bulk_create(
        [KeptAway(exclusion=one, person_id=one.person_id, worker_id=worker_id, from_at=at) for one in alike]
    )
    note(worker=worker_id)
    return len(alike)


@command("exclusion.settled")
def settle_exclusion(*, actor: Actor, at: datetime, exclusion_id: int, worker_ids: list[int]) -> Exclusion:
    """Say who exactly is meant: these workers are kept away, everybody else whose name was like it is free again.

    Refuses:  NotFound for everybody but the safeguarding lead and the holder, and for whoever it keeps away.
    """
    found = Exclusion.objects.select_for_update().filter(pk=exclusion_id).first()
    if found is None:
        raise NotFound
    check_can_settle(actor, hub_id=found.hub_id, person_id=found.person_id, at=at)
    found.settled_at, found.settled_by_id = at, actor.hat_id
    found.save(update_fields=["settled_at", "settled_by"])
    KeptAway.objects.filter(exclusion=found, until_at__isnull=True).exclude(worker_id__in=worker_ids).update(until_at=at)
    standing = set(KeptAway.objects.filter(exclusion=found, until_at__isnull=True).values_list("worker_id", flat=True))
    KeptAway.objects.bulk_create(
        [
            KeptAway(exclusion=found, person_id=found.person_id, worker_id=worker_id, from_at=at)
            for worker_id in worker_ids
            if worker_id not in standing
        ]
    )
    note(person_id=found.person_id, label="circle", exclusion=found.public_id)
    return found


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


@command("hat.put_on")
def put_on_hat(*, actor: Actor, at: datetime, hat_id: int) -> Hat:
    """Choose, or change, the one hat of this session; the sign-in page then stores it in the session.

    Refuses:  NotFound for a hat that is not the actor's own.
    """
    if actor.hat_id != hat_id:
        raise NotFound
    hat = Hat.objects.get(pk=hat_id)
    if hat.first_worn_at is None:
        hat.first_worn_at = at
        hat.save(update_fields=["first_worn_at"])
    note(hat=hat_id)
    return hat


@command("account.invited")
def invite_worker(
    *,
    actor: Actor,
    at: datetime,
    hub_id: int,
    name: str,
    email: str,
    organisation_id: int,
    role: str,
    supervisor_id: int | None = None,
    team_ids: tuple[int, ...] = (),
) -> User:
    """Invite somebody to work in this hub, with a first hat and seats; the page then shows a link to hand over.

    Refuses:  whatever giving the hat refuses (StudentNeedsSupervisor).
    Also:     an address that the installation knows is the same worker's, who signs in with the account they have: the
              answer is the same, so that nobody learns what another hub has. Who comes is compared with every exclusion
              that nobody has settled; nothing is e-mailed.
    Source:   design.md section 5 (workers belong to the installation); C16.
    """
    check_can_set_up(actor, hub_id)
    address = email.strip().lower()
    user = User.objects.select_for_update().filter(email=address).first() or User.objects.create_user(address)
    worker = Worker.objects.select_for_update().filter(user=user).first()
    if worker is None:
        worker = add_worker(actor=actor, at=at, hub_id=hub_id, name=name, email=address, user_id=user.pk)
    elif worker.left_at:
        worker.left_at = None
        worker.save(update_fields=["left_at"])
    give_another_hat(
        actor=actor,
        at=at,
        hub_id=hub_id,
        worker_id=worker.pk,
        organisation_id=organisation_id,
        role=role,
        supervisor_id=supervisor_id,
        team_ids=team_ids,
    )
    note(user=user.pk, worker=worker.public_id)
    return user


@command("worker.given_hat")
def give_another_hat(
    *,
    actor: Actor,
    at: datetime,
    hub_id: int,
    worker_id: int,
    organisation_id: int,
    role: str,
    supervisor_id: int | None = None,
    team_ids: tuple[int, ...] = (),
) -> Hat:
    """Give somebody who works here one more hat, with its seats; they are compared with every exclusion once more."""
    hat = give_hat(
        actor=actor,
        at=at,
        hub_id=hub_id,
        worker_id=worker_id,
        organisation_id=organisation_id,
        role=role,
        supervisor_id=supervisor_id,
    )
    for team_id in team_ids:
        give_seat(actor=actor, at=at, hub_id=hub_id, team_id=team_id, hat_id=hat.pk)
    compare_new_worker(actor=actor, at=at, hub_id=hub_id, worker_id=worker_id)
    note(hat=hat.public_id, role=role)
    return hat


@command("account.link_made")
def make_account_link(*, actor: Actor, at: datetime, hub_id: int, worker_id: int) -> User:
    """Allow a new password for somebody who works in this hub, and in no other; the link dies with the password it replaces.

    Refuses:  NotHere for somebody who works in another hub as well: their account opens that one too. Whoever runs the
              installation may (`./alongside manage password_link`).
    """
    user = _lock_account_of(actor, at, hub_id, worker_id)
    if not user.is_active:
        raise NotFound
    note(user=user.pk)
    return user


@command("account.locked")
def lock_account(*, actor: Actor, at: datetime, hub_id: int, worker_id: int) -> User:
    """Lock somebody's account from its next request on; their hats stay, and whoever they hold is on Nobody lost.

    Refuses:  NotToYourself; NotHere for somebody who works in another hub as well.
    Source:   trust.md C15 (suspension), T07.
    """
    if actor.worker_id == worker_id:
        raise NotToYourself
    user = _lock_account_of(actor, at, hub_id, worker_id)
    user.is_active, user.locked_at = False, user.locked_at or at
    user.save(update_fields=["is_active", "locked_at"])
    note(user=user.pk)
    return user


@command("account.unlocked")
def unlock_account(*, actor: Actor, at: datetime, hub_id: int, worker_id: int) -> User:
    """Let somebody sign in again, with the password and second factor that they had."""
    user = _lock_account_of(actor, at, hub_id, worker_id)
    user.is_active, user.locked_at = True, None
    user.save(update_fields=["is_active", "locked_at"])
    note(user=user.pk)
    return user


def _lock_account_of(actor: Actor, at: datetime, hub_id: int, worker_id: int) -> User:
    """Get, under a lock, the account of somebody who works here today, and for a hub lead nowhere else."""
    check_can_set_up(actor, hub_id)
    hats = Hat.objects.filter(live(at), worker_id=worker_id, worker__left_at__isnull=True)
    user = User.objects.select_for_update(of=("self",)).filter(worker__pk=worker_id).first()
    if user is None or not hats.filter(hub_id=hub_id).exists():
        raise NotFound
    if not actor.is_system and hats.exclude(hub_id=hub_id).exists():
        raise NotHere
    return user


@command("account.password_set")
def set_first_password(*, actor: Actor, at: datetime, user_id: int, password: str) -> User:
    """Set the password that somebody chose behind their link; the caller has checked the link."""
    user = User.objects.select_for_update().get(pk=user_id)
    user.set_password(password)
    user.save(update_fields=["password"])
    note(user=user.pk)
    return user


def _check_agreement(actor: Actor, agreement_id: int, organisation_id: int) -> None:
    agreement = SharingAgreement.objects.filter(pk=agreement_id).first()
    if agreement is None:
        raise NotFound
    check_can_set_up(actor, agreement.hub_id)
    if not Partner.objects.filter(hub_id=agreement.hub_id, organisation_id=organisation_id, until_at__isnull=True).exists():
        raise NotFound

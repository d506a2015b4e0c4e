# For workers only.
"""Writes of accounts: who works here and how they sign in."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from alongside.access import counting
from alongside.access.commands.denying import compare_new_worker
from alongside.access.models import User
from alongside.hubs.commands import add_worker, give_hat, give_seat
from alongside.hubs.models import Hat, Worker
from alongside.hubs.policies import check_can_set_up
from alongside.hubs.queries import live
from alongside.journal.command import command, note
from alongside.refusals import Invalid, NotFound
from alongside.vocabulary.actor import Actor


class NotHere(Invalid):
    """Whether somebody works elsewhere too is nobody's business here: the sentence is the same for every reason."""

    code = "not_here"
    message = _("This cannot be done on this page. Ask whoever runs the installation.")


class NotToYourself(Invalid):
    code = "not_to_yourself"
    message = _("Ask another hub lead to do this for you.")


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
              installation may (`./alongside manage password_link`). TooManyTries for the fourth in an hour.
    """
    user = _lock_account_of(actor, at, hub_id, worker_id)
    if not user.is_active:
        raise NotFound
    if not counting.tries(((counting.NEW_LINK, (worker_id,)),), at=at):
        raise counting.TooManyTries
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

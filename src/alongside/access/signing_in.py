"""Signing in and out leaves its line in the journal, by keys and codes; what cannot be written down does not happen.

A line is a look of the page `sign_in`, `sign_out`, `second_factor` or `password`, shown or refused. Source: trust.md C23; ASVS 16.3.
"""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed, user_logged_in
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_out, user_login_failed

from alongside.access.models import User
from alongside.journal.looks import record_sign_in
from alongside.vocabulary.clock import now


def keep_sign_in(request: Any, user: Any) -> None:
    """Write down that somebody has signed in; when that cannot be written, they have not."""
    try:
        _keep(request, "sign_in", user_id=user.pk)
    except Exception:
        request.session.flush()
        raise


def listen() -> None:
    """Hear of what the sign-in library does."""
    user_logged_in.connect(_has_signed_in, dispatch_uid="alongside-sign-in")
    user_login_failed.connect(_has_failed, dispatch_uid="alongside-sign-in-failed")
    user_logged_out.connect(_has_signed_out, dispatch_uid="alongside-sign-out")
    authentication_failed.connect(_has_failed_second, dispatch_uid="alongside-second-factor-failed")
    authenticator_added.connect(_has_added, dispatch_uid="alongside-second-factor-added")
    authenticator_removed.connect(_has_removed, dispatch_uid="alongside-second-factor-removed")
    password_changed.connect(_has_changed_password, dispatch_uid="alongside-password-changed")


def _has_signed_in(*, request: Any, user: Any, **_: Any) -> None:
    keep_sign_in(request, user)


def _has_failed(*, credentials: dict[str, Any], request: Any = None, **_: Any) -> None:
    """The account is asked for whether there is one or not: both cost the same (C16). What was written is not kept."""
    email = str(credentials.get("email") or credentials.get("username") or "")
    found = User.objects.filter(email__iexact=email).values_list("pk", flat=True).first()
    _keep(request, "sign_in", user_id=found, reason="not_let_in")


def _has_signed_out(*, request: Any, user: Any = None, **_: Any) -> None:
    if user is not None:
        _keep(request, "sign_out", user_id=user.pk)


def _has_failed_second(*, request: Any, user: Any, **_: Any) -> None:
    _keep(request, "second_factor", user_id=user.pk, reason="not_let_in")


def _has_added(*, request: Any, user: Any, **_: Any) -> None:
    _keep(request, "second_factor", user_id=user.pk, reason="added")


def _has_removed(*, request: Any, user: Any, **_: Any) -> None:
    _keep(request, "second_factor", user_id=user.pk, reason="removed")


def _has_changed_password(*, request: Any, user: Any, **_: Any) -> None:
    _keep(request, "password", user_id=user.pk, reason="changed")


def _keep(request: Any, page: str, *, user_id: int | None, reason: str = "") -> None:
    actor, hub = getattr(request, "actor", None), getattr(request, "hub", None)
    record_sign_in(
        at=now(),
        page=page,
        reason=reason,
        user_id=user_id,
        hat_id=actor.hat_id if actor else None,
        hub_id=hub.pk if hub else None,
    )

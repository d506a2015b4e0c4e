"""Whether an account has a second factor; staff without one reach no page outside demo mode (C15)."""

from __future__ import annotations

from allauth.mfa.models import Authenticator

from alongside.access.models import User

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_factor(user: User) -> bool:
    """Tell whether this account has set up an authenticator app or a passkey."""
    return Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS).exists()

"""Accounts, and the facts that give or deny sight."""

from alongside.access.models.accounts import ApiClient, Session, User, UserManager
from alongside.access.models.denying import DeclaredRelation, Exclusion, KeptAway, Objection
from alongside.access.models.opening import (
    GLASS_LASTS,
    CircleName,
    Glass,
    Override,
    Relationship,
    SharingAgreement,
    Signature,
)

__all__ = [
    "ApiClient",
    "CircleName",
    "DeclaredRelation",
    "Exclusion",
    "GLASS_LASTS",
    "Glass",
    "KeptAway",
    "Objection",
    "Override",
    "Relationship",
    "Session",
    "SharingAgreement",
    "Signature",
    "User",
    "UserManager",
]

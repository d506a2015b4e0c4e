"""Accounts, and the facts that give or deny sight."""

from alongside.access.models.accounts import ApiClient, Kept, KnownElsewhere, Opened, Session, Tried, User, UserManager
from alongside.access.models.denying import DeclaredRelation, Exclusion, KeptAway, Objection
from alongside.access.models.joining import Joined
from alongside.access.models.opening import (
    GLASS_LASTS,
    Approval,
    CircleName,
    Glass,
    Override,
    Relationship,
    SharingAgreement,
    SharingProposal,
    Signature,
)
from alongside.access.models.withholding import WHY_WITHHELD, Release, Withholding

__all__ = [
    "ApiClient",
    "Approval",
    "CircleName",
    "DeclaredRelation",
    "Exclusion",
    "GLASS_LASTS",
    "Glass",
    "Joined",
    "Kept",
    "KeptAway",
    "KnownElsewhere",
    "Objection",
    "Opened",
    "Override",
    "Relationship",
    "Release",
    "Session",
    "SharingAgreement",
    "SharingProposal",
    "Signature",
    "Tried",
    "User",
    "UserManager",
    "WHY_WITHHELD",
    "Withholding",
]

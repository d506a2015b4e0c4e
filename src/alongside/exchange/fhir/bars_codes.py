"""Codes of the Booking and Referral Standard that we understand, and what we make of them.

Source: NHS Booking and Referral Standard (BaRS) API 1.4.0 and its code systems (message-events-bars, message-reason-bars,
usecases-categories-bars, flag-categories-bars, arp-priority-codes); FHIR R4 request-status, request-priority.
"""

EVENTS = ("servicerequest-request", "servicerequest-response", "booking-request", "booking-response")
REASONS = ("new", "update", "delete")
CATEGORIES = ("referral", "validation")
BUNDLE_PROFILES = ("barsbundlemessage", "bundle", "ukcore-bundle")
"""The last part of a Bundle profile that we read; an older standard (STU3) names others."""

REQUEST_STATUSES = ("draft", "active", "on-hold", "revoked", "completed", "entered-in-error", "unknown")
TAKEN_BACK = ("revoked", "entered-in-error")
GENDERS = ("male", "female", "other", "unknown")

PRIORITY_URGENCY = {"routine": "steady", "urgent": "today", "asap": "today", "stat": "now"}
"""FHIR request-priority to our urgency. It only ever raises; a worker decides."""
AMBULANCE_URGENCY = {
    "C1": "now", "C2": "now", "HCP1": "now", "HCP2": "now", "IFT1": "now", "IFT2": "now",
    "C3": "today", "HCP3": "today", "IFT3": "today",
}  # fmt: skip
"""Ambulance response programme priority (arp-priority-codes) to our urgency."""
DISPOSITION_URGENCY = {"DX02": "now", "DX0122": "now", "DX0116": "now", "DX335": "today"}
"""NHS Pathways dispositions published with the standard: an emergency department within the hour, an ambulance, a call back at once."""

SAFEGUARDING = "SG"
REASONABLE_ADJUSTMENT = "RA"
NO_SAFEGUARDING_ISSUE = "861931000000100"

USE_CASE_DOORS = {"a1t1": "111", "a1t2": "111", "a1t7": "111", "a2t1": "111", "a2t2": "111", "a1t5": "ambulance", "a1t6": "ambulance", "a1t9": "ambulance", "a3t1": "ambulance"}  # fmt: skip
"""Use cases whose sender is one of our doors by name; every other message comes in by the door "message"."""

"""What follows from a line of the contact log."""

from alongside.vocabulary.contact_log import MISSED


def becomes_call_back(outcome: str) -> bool:
    """Tell whether somebody is to try again: a missed meeting leads to a call-back, never to an ending (S0-19, S2-385)."""
    return outcome in MISSED


def answers_an_invitation(outcome: str) -> bool:
    """Tell whether the person was in touch, so that no invitation stands open."""
    return outcome in ("met", "another_time", "missed_with_notice")

"""What a door hands in: plain values, the same whichever door it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class WayToReach:
    """One way to reach somebody and what is safe about it."""

    channel: str
    """call, text, email, letter or through."""
    value: str
    voicemail: bool = False
    good_times: str = ""
    who_else: str = ""
    whose: str = ""
    """Whose it is when it is not the person's own, in the words received."""
    said_safe: bool = True
    """The person, or whoever asked for them, said that this way is safe; false for what only stood in a message."""


@dataclass(frozen=True, slots=True)
class PersonAsTold:
    """A person as a door describes them: a name and one way to reach them; everything else is optional."""

    chosen_name: str
    ways: tuple[WayToReach, ...] = ()
    official_name: str = ""
    pronouns: str = ""
    born_on: date | None = None
    born_as_told: str = ""
    age_band: str = ""
    language: str = "en"
    spoken_language: str = ""
    interpreter: bool = False
    nhs_number: str = ""
    """As received."""
    nhs_number_unsure: bool = False
    """Whoever handed it in says that nobody has traced it: it is kept, and matches nobody by itself."""
    postcode: str = ""
    gp_practice: str = ""
    gender: str = ""
    ethnicity: str = ""
    communication: tuple[tuple[str, str], ...] = ()
    """(code, words) pairs."""
    dependants: tuple[tuple[str, str], ...] = ()
    """(child or adult, words) pairs."""


@dataclass(frozen=True, slots=True)
class AskedBy:
    """Somebody who asks on a person's behalf."""

    name: str
    relationship: str = ""
    phone: str = ""
    email: str = ""
    reach_through_them_first: bool = False


@dataclass(frozen=True, slots=True)
class Arrival:
    """One referral as it comes in by any door."""

    person: PersonAsTold
    door: str
    words: str = ""
    """What is going on, in the words of `whose_words`."""
    whose_words: str = "person"
    """person, carer, referrer."""
    persons_words: str = ""
    """The person's own words, when somebody else writes and has them."""
    needs: tuple[str, ...] = ()
    """Codes of needs, the most pressing first."""
    urgency: str = "steady"
    not_safe_now: bool = False
    knows: bool | None = None
    agrees: bool | None = None
    wants: str = ""
    agreed_next: str = ""
    exclusion: str = ""
    asked_by: AskedBy | None = None
    asked_with: str = ""
    """Who was with a child who asked, in their words."""
    referrer_name: str = ""
    referrer_contact: str = ""
    source_message_id: str = ""
    suspected_spam: bool = False

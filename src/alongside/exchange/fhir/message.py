"""What was read from a message: plain frozen values, each as it was received, with what is wrong about it beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from alongside.exchange.fhir.problems import Problem, stopping
from alongside.vocabulary.nhs_number import NhsNumber

VERIFIED = ("number-present-and-verified", "01")
"""NHS number verification status (UK Core; NHS Data Dictionary): every other one means that nobody has traced it."""
KINDS = {
    "referral": "somebody is introduced to us",
    "update": "something new about somebody introduced before",
    "revocation": "the sender takes a request back",
    "validation": "a request to check somebody else's assessment",
    "booking": "an appointment is asked for",
    "response": "an answer to a message of ours",
    "unknown": "an event that we do not know",
}


@dataclass(frozen=True, slots=True)
class Organisation:
    name: str = ""
    ods_code: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, as a person and as an organisation."""

    name: str = ""
    role: str = ""
    phone: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class PersonName:
    text: str
    """As it would be said: with title, given and family name."""
    without_title: str
    use: str


@dataclass(frozen=True, slots=True)
class Address:
    text: str
    postcode: str
    use: str


@dataclass(frozen=True, slots=True)
class Telecom:
    """A number or address by which somebody can be reached, and whose it is."""

    system: str
    """phone, sms, email, fax, pager, url, other."""
    value: str
    use: str
    rank: int
    stood_under_contact: bool = False
    """It stood under Patient.contact, not as the person's own."""
    relationship: str = ""
    """How the contact is related, in the words received; "self" when the contact is the person."""
    contact_name: str = ""

    @property
    def whose(self) -> str:
        """Say whose it is; nothing when it stood as the person's own."""
        if not self.stood_under_contact:
            return ""
        said = ", ".join(part for part in (self.contact_name, self.relationship) if part)
        return f"{said or 'not said'} (stood under contacts)"


@dataclass(frozen=True, slots=True)
class Patient:
    key: str
    """What the message itself calls the patient: the last part of its address."""
    names: tuple[PersonName, ...] = ()
    nhs_numbers: tuple[NhsNumber, ...] = ()
    verification: str = ""
    """What the sender says about the number: number-present-and-verified, …"""
    born_on: date | None = None
    born_as_received: str = ""
    gender: str = ""
    ethnicity: str = ""
    addresses: tuple[Address, ...] = ()
    telecoms: tuple[Telecom, ...] = ()
    language: str = ""
    interpreter: bool = False
    has_died: bool = False
    gp: Organisation = Organisation()


@dataclass(frozen=True, slots=True)
class Said:
    """Words of the source, with what kind of statement they were."""

    what: str
    """reason, note, instruction, plan, observation, condition, flag, medicine, allergy, questionnaire, message."""
    words: str
    path: str


@dataclass(frozen=True, slots=True)
class Flag:
    category: str
    """SG safeguarding, RA reasonable adjustment, SS scene safety, …"""
    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came along: kept within the received text, named, not opened."""

    title: str
    content_type: str
    size: int
    path: str


@dataclass(frozen=True, slots=True)
class Consent:
    category: str = ""
    basis: str = ""
    agrees: bool | None = None
    """None when the message does not say what the person said (implied consent is nobody's word)."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked."""

    key: str = ""
    status: str = ""
    category: str = ""
    use_case: str = ""
    use_case_words: str = ""
    priority: str = ""
    from_text: str = ""
    until_text: str = ""
    authored_text: str = ""
    urgency: str = "steady"
    urgency_because: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A BaRS message as we understood it."""

    message_id: str
    event: str
    reason: str
    kind: str
    """One of `KINDS`."""
    definition: str
    sender: Organisation
    receiver: Organisation
    source: str
    """The name that the sending system gives itself."""
    source_phone: str
    request: Request
    asker: Asker
    patient: Patient | None
    said: tuple[Said, ...] = ()
    flags: tuple[Flag, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    consent: Consent = Consent()
    end_user: Organisation = Organisation()
    """On whose behalf the sender's machine speaks, from the header that came with the message."""
    problems: tuple[Problem, ...] = ()

    @property
    def nhs_number(self) -> NhsNumber | None:
        """Give the first number received, valid or not."""
        return self.patient.nhs_numbers[0] if self.patient and self.patient.nhs_numbers else None

    @property
    def is_number_sure(self) -> bool:
        """Tell whether the sender does not say that the number still has to be traced."""
        return not self.patient or self.patient.verification in ("", *VERIFIED)

    @property
    def stopping_problems(self) -> tuple[Problem, ...]:
        return stopping(self.problems)

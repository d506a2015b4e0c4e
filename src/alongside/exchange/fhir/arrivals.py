"""From a message to an arrival: what every door hands in. Nothing is invented; a worker reads and decides."""

from __future__ import annotations

from collections.abc import Iterator

from alongside.exchange.fhir import bars_codes as codes
from alongside.exchange.fhir.message import Message, Patient, PersonName, Telecom
from alongside.exchange.fhir.words import as_story
from alongside.vocabulary.arrival import Arrival, PersonAsTold, WayToReach
from alongside.vocabulary.phone import is_callable

NAME_NOT_GIVEN = "Name not given"
_CHANNELS = {"phone": "call", "sms": "text", "email": "email"}
_NOTHING_SAID = "The message says nothing about why. Please ask the sender."


def arrival_of(message: Message) -> Arrival:
    """Give what a referral message brings: the person, how to reach them, the sender's words, how urgent it may be.

    In:       a message of kind referral or update, with a patient and without stopping problems.
    Also:     no way to reach is taken for safe: nobody has said so; and there is always one, through the sender at least.
    Source:   issue parts C9 and D16; trust.md C12.
    """
    return Arrival(
        person=_person(message),
        door=codes.USE_CASE_DOORS.get(message.request.use_case, "message"),
        words="\n".join(line for line in (*_heading(message), as_story(message.said) or _NOTHING_SAID) if line),
        whose_words="referrer",
        urgency=message.request.urgency,
        knows=True if message.consent.agrees else None,
        agrees=message.consent.agrees,
        referrer_name=_sender(message)[:160],
        referrer_contact=(message.asker.phone or message.source_phone or message.sender.phone)[:160],
        source_message_id=message.message_id,
    )


def _person(message: Message) -> PersonAsTold:
    patient = message.patient or Patient(key="")
    usual = next((name for name in patient.names if name.use == "usual"), None)
    official = next((name for name in patient.names if name.use == "official"), None)
    shown = usual or official or (patient.names[0] if patient.names else PersonName("", NAME_NOT_GIVEN, ""))
    is_welsh, is_english = patient.language.casefold().startswith("cy"), patient.language.casefold() in ("", "en", "en-gb")
    postcodes = [address.postcode for address in patient.addresses if address.postcode and address.use != "old"]
    return PersonAsTold(
        chosen_name=shown.without_title[:120],
        official_name=(official or shown).text,
        ways=tuple(_ways(message, patient)),
        born_on=patient.born_on,
        born_as_told="" if patient.born_on else patient.born_as_received[:40],
        language="cy" if is_welsh else "en",
        spoken_language="" if is_welsh or is_english else patient.language[:40],
        interpreter=patient.interpreter,
        nhs_number=patient.nhs_numbers[0].as_received if patient.nhs_numbers else "",
        nhs_number_unsure=not message.is_number_sure,
        postcode=postcodes[0] if postcodes else "",
        gp_practice=_practice(patient),
        gender=patient.gender[:20],
        ethnicity=patient.ethnicity[:4],
        communication=tuple(
            ("adjustment", flag.words) for flag in message.flags if flag.category == codes.REASONABLE_ADJUSTMENT and flag.words
        ),
    )


def _ways(message: Message, patient: Patient) -> Iterator[WayToReach]:
    own = sorted((one for one in patient.telecoms if not one.stood_under_contact), key=lambda one: one.rank)
    contacts = [one for one in patient.telecoms if one.stood_under_contact]
    themselves = sorted((one for one in contacts if one.relationship == "self"), key=lambda one: one.rank)
    others = [one for one in contacts if one.relationship != "self"]
    for telecom in (*own, *themselves, *others):
        channel = _channel(telecom)
        if channel:
            yield WayToReach(channel, telecom.value, whose=telecom.whose[:120], said_safe=False)
    for address in patient.addresses:
        if address.use not in ("old", "billing"):
            yield WayToReach("letter", address.text, said_safe=False)
    phone = message.asker.phone or message.source_phone or message.sender.phone
    sender = ", ".join(part for part in (_sender(message) or "the sender of the message", phone) if part)
    yield WayToReach("through", sender[:250], whose="whoever sent the message", said_safe=False)


def _channel(telecom: Telecom) -> str:
    if telecom.system == "phone" and not is_callable(telecom.value):
        return "email" if "@" in telecom.value else ""
    return _CHANNELS.get(telecom.system, "")


def _heading(message: Message) -> Iterator[str]:
    """Say what a worker needs first: what was asked, why it may be urgent, and what in the message does not hold."""
    use_case = message.request.use_case_words
    yield f"Sent as “{use_case}” by {_sender(message) or 'a sender without a name'}." if use_case else ""
    end_user = message.end_user
    if end_user.name or end_user.ods_code:
        yield f"Sent on behalf of {end_user.name or end_user.ods_code}."
    if message.request.urgency_because:
        yield f"Urgency in the message: {message.request.urgency_because}."
    if message.patient and message.patient.has_died:
        yield "The message says that this person has died. Please check before anybody gets in touch."
    number = message.nhs_number
    if number and not number.is_valid:
        what = {"check_digit": "fails its check digit", "placeholder": "is one digit ten times"}.get(
            number.problem, "does not have ten digits"
        )
        yield f"The NHS number in the message {what}."
    if number and number.is_valid and not message.is_number_sure:
        yield "The sender says that the NHS number has not been traced."
    for attachment in message.attachments[:10]:
        yield f"A file came with it ({attachment.title or attachment.content_type or 'without a name'}); it was not opened."


def _sender(message: Message) -> str:
    parts = (message.asker.name, message.sender.name or message.asker.organisation or message.source)
    return ", ".join(part for part in parts if part)


def _practice(patient: Patient) -> str:
    name, ods = patient.gp.name, patient.gp.ods_code
    return (f"{name} ({ods})" if name and ods else name or ods)[:160]

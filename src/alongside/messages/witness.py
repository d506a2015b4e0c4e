"""What another organisation is handed to keep: where the journal ends. It names nobody, so the gate asks only for an address."""

from __future__ import annotations

from alongside.connections.sending import NotSent
from alongside.messages.senders import Senders
from alongside.vocabulary.email_address import is_email

_SUBJECT = {"en": "Keep this message", "cy": "Cadwch y neges hon"}
_BODY = {
    "en": "Keep this message; nothing needs to be done. If somebody asks, it shows that a record was not changed afterwards.",
    "cy": "Cadwch y neges hon; nid oes angen gwneud dim. Os bydd rhywun yn gofyn, mae'n dangos na newidiwyd cofnod wedyn.",
}


def send_to_witness(*, to: str, number: int, hashed: str, welsh: bool, key: str, by: Senders) -> str:
    """Send the end of the chain to a witness, in both languages in Wales.

    Out:      nothing when it has left; otherwise a code that says why not.
    Source:   trust.md P6 (handed hourly to another member organisation), P11 (contentless).
    """
    if not is_email(to):
        return "address_unusable"
    spoken = ("cy", "en") if welsh else ("en",)
    body = "\n\n".join([*(_BODY[one] for one in spoken), f"{number}:{hashed}"])
    try:
        by["email"].send(to=to, subject=" / ".join(_SUBJECT[one] for one in spoken), body=f"{body}\n", key=key)
    except NotSent as fault:
        return fault.code
    return ""

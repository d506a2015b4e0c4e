"""What the headers of a message say: on whose behalf the sender's machine speaks."""

from __future__ import annotations

import base64
import binascii

from alongside.exchange.fhir.message import Organisation
from alongside.exchange.fhir.node import Node
from alongside.exchange.fhir.patient import read_organisation
from alongside.exchange.fhir.problems import Problem, UnreadableMessage
from alongside.exchange.fhir.received_text import decode, load

END_USER = "NHSD-End-User-Organisation"


def read_end_user(header: str) -> tuple[Organisation, tuple[Problem, ...]]:
    """Read the organisation on whose behalf a message comes: base64 of an Organization.

    Empty:    without the header. One that cannot be read is noted; the message counts all the same.
    Source:   BaRS API 1.4.0, header NHSD-End-User-Organisation.
    """
    if not header.strip():
        return Organisation(), ()
    try:
        text, _noticed = decode(base64.b64decode(header.strip(), validate=True))
        found = read_organisation(Node(load(text), END_USER))
    except (binascii.Error, UnreadableMessage):
        return Organisation(), (
            Problem("", "value", f"The header {END_USER} is not base64 of an Organization; it was left out."),
        )
    return found, ()

"""What was noticed while reading a message: the place, a code of the standard, and a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from alongside.refusals import Invalid


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, unusual or worth knowing in a message."""

    path: str
    """Where it stands, as FHIRPath: Bundle.entry[3].resource.birthDate."""
    code: str
    """FHIR R4 issue type: invalid, required, value, not-supported, too-costly, informational, …"""
    words: str
    """A sentence for whoever looks after the sending system; never a person's details."""
    severity: str = "warning"
    """fatal and error keep the message from being taken; warning and information do not."""

    @property
    def stops(self) -> bool:
        """Tell whether the message cannot be taken because of this."""
        return self.severity in ("fatal", "error")

    def as_facts(self) -> dict[str, str]:
        """Give what is kept beside the received text."""
        return {"path": self.path, "code": self.code, "words": self.words, "severity": self.severity}


def stopping(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Give only those that keep a message from being taken."""
    return tuple(problem for problem in problems if problem.stops)


class UnreadableMessage(Invalid):
    """There is no message to speak of: the text is cut off, too large, not JSON, or not a message bundle."""

    code = "unreadable_message"
    message = _("We could not read this message. Nothing was kept. Please correct it and send it again.")

    def __init__(self, *problems: Problem) -> None:
        super().__init__()
        self.problems = problems

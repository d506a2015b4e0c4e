"""What every sender has in common: it sends one message once, or says why it did not."""

from __future__ import annotations

from typing import ClassVar, Protocol


class NotSent(Exception):
    """A message did not leave.

    In: `for_good` when trying again would not help; `is_outage` when it says nothing about this message, only that the server
        or our own sign-in to it is not well; `perhaps` when it may have left all the same.
    """

    def __init__(self, code: str, *, for_good: bool, is_outage: bool = False, perhaps: bool = False) -> None:
        super().__init__(code)
        self.code, self.for_good, self.is_outage, self.perhaps = code, for_good, is_outage, perhaps


class Sender(Protocol):
    """Whatever can send a message of one kind."""

    can_be_asked: ClassVar[bool]
    """After a try that nobody knows the end of it can be asked whether that message left: a second try never sends it twice."""

    def send(self, *, to: str, subject: str, body: str, key: str, again: bool = False) -> str:
        """Send one message, and give the number under which the other side keeps it, or nothing.

        In:       `key` is ours, the same at every try; `again` when an earlier try may have reached the other side.
        Refuses:  NotSent.
        """
        ...


class Follows(Protocol):
    """A sender that can say later what became of a message."""

    def became_of(self, number: str) -> str:
        """Give the state in which the other side keeps a message, in its own word; NotSent when it does not say."""
        ...

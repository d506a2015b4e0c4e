"""Who is asking: a frozen value of ids and a role, so that every folder may name it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever reads or writes: a worker wearing one hat, a person, the public at a door, a client, or the system."""

    kind: str
    """worker, person, public, client or system."""
    hub_id: int | None = None
    user_id: int | None = None
    worker_id: int | None = None
    hat_id: int | None = None
    organisation_id: int | None = None
    role: str = ""
    team_ids: tuple[int, ...] = ()
    shared_organisation_ids: tuple[int, ...] = ()
    """Organisations whose open and sensitive record an agreement shares with mine today (my own is not repeated)."""
    openly_shared_ids: tuple[int, ...] = ()
    """Organisations that share their open record with mine, and no more."""
    partly_shared: tuple[tuple[str, str, int], ...] = ()
    """(part of the record, label up to which, organisation) of agreements that cover some parts of the record only."""
    has_glass: bool = False
    """Whether this hat has broken the glass for somebody, and it still lasts."""
    has_overrides: bool = False
    """Whether a safeguarding override shows this hat anything now."""
    is_in_circles: bool = False
    """Whether this worker stands on the list of any circle item."""
    stepped_up_at: datetime | None = None
    """When the session in which this is asked last gave the second factor; None for whoever asks in no session."""
    client_id: int | None = None
    person_id: int | None = None
    name: str = ""
    """The name of a system task or API client; never the name of a person."""

    @classmethod
    def public(cls, hub_id: int) -> Actor:
        """Give the actor for somebody at a public door, who has not signed in."""
        return cls(kind="public", hub_id=hub_id)

    @classmethod
    def system(cls, name: str, hub_id: int | None = None) -> Actor:
        """Give the named actor that background work runs as."""
        return cls(kind="system", hub_id=hub_id, name=name)

    @property
    def is_worker(self) -> bool:
        return self.kind == "worker"

    @property
    def is_system(self) -> bool:
        return self.kind == "system"

    @property
    def hub(self) -> int:
        """The key of the hub for looking things up; 0, which finds nothing, when there is none."""
        return self.hub_id or 0

    @property
    def hat(self) -> int:
        """The key of the hat; 0, which finds nothing and may own nothing, when none is worn."""
        return self.hat_id or 0

    @property
    def organisation(self) -> int:
        """The key of the organisation; 0, which finds nothing and may write nothing, when there is none."""
        return self.organisation_id or 0

    @property
    def worker(self) -> int:
        """The key of the worker; 0, which finds nothing, when nobody works here."""
        return self.worker_id or 0

"""What a copy says of itself: which moment, which version, how many rows of each table and a fingerprint of what is in them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database holds, as counted by itself."""

    tables: Mapping[str, tuple[int, str]]
    """By name: rows, and a fingerprint of every value in them, whatever their order."""
    guards: tuple[str, ...]
    """The triggers that stand in it."""
    migrations: tuple[str, ...]

    @property
    def rows(self) -> int:
        return sum(count for count, _fingerprint in self.tables.values())


@dataclass(frozen=True, slots=True)
class Manifest:
    """The last part of a sealed copy."""

    moment: datetime
    """What was kept by then is in it; what was written later is not."""
    version: str
    vendor: str
    """sqlite or postgresql: a copy is lived from on the same kind of database."""
    contents: Contents
    payload_sha256: str
    payload_bytes: int

    def as_json(self) -> str:
        return json.dumps(
            {
                "moment": self.moment.isoformat(),
                "version": self.version,
                "vendor": self.vendor,
                "tables": {name: list(found) for name, found in sorted(self.contents.tables.items())},
                "guards": list(self.contents.guards),
                "migrations": list(self.contents.migrations),
                "payload_sha256": self.payload_sha256,
                "payload_bytes": self.payload_bytes,
            }
        )

    @classmethod
    def from_json(cls, said: str) -> Manifest:
        found = json.loads(said)
        contents = Contents(
            {name: (count, fingerprint) for name, (count, fingerprint) in found["tables"].items()},
            tuple(found["guards"]),
            tuple(found["migrations"]),
        )
        return cls(
            datetime.fromisoformat(found["moment"]),
            found["version"],
            found["vendor"],
            contents,
            found["payload_sha256"],
            found["payload_bytes"],
        )


def differences(said: Contents, found: Contents) -> list[str]:
    """Name every way in which a restored database is not what its manifest says; nothing when it is."""
    wrong = []
    for name in sorted({*said.tables, *found.tables}):
        was, is_now = said.tables.get(name), found.tables.get(name)
        if was is None or is_now is None:
            wrong.append(f"the table {name} is {'missing' if is_now is None else 'not in the manifest'}")
        elif was[0] != is_now[0]:
            wrong.append(f"{name} has {is_now[0]} rows and should have {was[0]}")
        elif was[1] != is_now[1]:
            wrong.append(f"what stands in {name} has been changed")
    if lost := sorted(set(said.guards) - set(found.guards)):
        wrong.append(f"the guards {', '.join(lost)} are missing")
    if set(said.migrations) != set(found.migrations):
        wrong.append("it is at another migration than its manifest says")
    return wrong

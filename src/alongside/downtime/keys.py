"""Whose public key seals which pack: a file of lines that the operator keeps. The private keys are with their readers, and not here.

A line is `WHOSE age1…`, and whatever stands after a # is a note. WHOSE is what `./alongside downtime-pack` prints for a team or a lead.
"""

from __future__ import annotations

from pathlib import Path

from alongside.backups.sealed import NotAKey, check_recipient


def read_keys(path: str) -> dict[str, str]:
    """Read the public key of each reader.

    Refuses:  NotAKey for a file that is not there, and for a line that is none.
    """
    if not path:
        return {}
    try:
        lines = [line.split("#", 1)[0].split() for line in Path(path).read_text().splitlines()]
    except (OSError, UnicodeDecodeError) as fault:
        raise NotAKey(f"The file of keys {path} cannot be read (ALONGSIDE_DOWNTIME_KEYS).") from fault
    found: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        if not line:
            continue
        where = f"Line {number} of {path}"
        if len(line) != 2 or line[0] in found:
            raise NotAKey(f"{where} is not a name and its public key, or the second for one name.")
        check_recipient(line[1], where)
        found[line[0]] = line[1]
    return found

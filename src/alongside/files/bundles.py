"""Several files as one, and back: a plain tar, which every system opens by itself. Names are ours; nothing else of it is taken."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Mapping


class NotABundle(ValueError):
    """What was to be taken apart is not what `as_bundle` made."""


def as_bundle(files: Mapping[str, bytes]) -> bytes:
    """Put files into one, in the order given, with no owner, no moment and no folder."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as bundle:
        for name, content in files.items():
            one = tarfile.TarInfo(name)
            one.size, one.mode = len(content), 0o600
            bundle.addfile(one, io.BytesIO(content))
    return out.getvalue()


def files_in(content: bytes, names: tuple[str, ...]) -> dict[str, bytes]:
    """Take exactly these files out of one; nothing is ever written to where a name in it would lead."""
    try:
        with tarfile.open(fileobj=io.BytesIO(content), mode="r:") as bundle:
            found = {one.name: reader.read() for one in bundle if one.isreg() and (reader := bundle.extractfile(one))}
    except tarfile.TarError as fault:
        raise NotABundle("It is not a pack.") from fault
    if set(found) != set(names):
        raise NotABundle("It is not a pack, or one of another version.")
    return {name: found[name] for name in names}

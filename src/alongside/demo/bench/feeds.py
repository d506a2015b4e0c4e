"""How long a feed takes to come in, and to be read again when nothing in it is new: `./alongside bench --feed FILE`.

Wanted: 100,000 services in under 60 s and 1 GB, the same again in under 20 s (issue "The living directory", 8).
A made-up feed of any size is written by `python -m tests.support.feed 100000 FILE`.
"""

from __future__ import annotations

import resource
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from time import perf_counter

from django.core.management import call_command
from django.db import connection

from alongside.hubs.models import Hub


def measure_feed(file: Path, say: Callable[[str], object]) -> None:
    """Take a feed in twice, and say how long each took, what came of it, and how much memory was used at most."""
    hub = Hub.objects.order_by("pk")[:1].get()
    for which in ("the first time", "the second time"):
        out, began = StringIO(), perf_counter()
        call_command(
            "directory", "import", str(file), hub=hub.slug, source=f"bench: {file.stem}"[:80], stdout=out, stderr=StringIO()
        )
        took, most = perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        say(f"{connection.vendor}, {which}: {took:.1f} s, {most} MB at most so far; {out.getvalue().strip().splitlines()[-1]}")

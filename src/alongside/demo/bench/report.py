"""The report of a bench as text."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from alongside.demo.bench.measuring import Result


def lines(results: Sequence[Result], vendor: str, load_before: float) -> Iterator[str]:
    """Give the report line by line: data work is the time at the database and at its rows; the ratio is to the floor's median."""
    yield ""
    yield f"{vendor}, {results[0].people:,} people; load average {load_before:.2f} before, {os.getloadavg()[0]:.2f} after"
    yield (
        f"{'task':<32}{'p50 ms':>9}{'p95 ms':>9}{'data ms':>9}{'render ms':>11}{'cpu ms':>9}{'sql':>5}{'bytes':>9}"
        f"{'floor p50':>11}{'floor cpu':>11}{'ratio':>7}{'errors':>8}"
    )
    for one in results:
        yield (
            f"{one.task:<32}{one.p50_ms:>9.2f}{one.p95_ms:>9.2f}{one.data_ms:>9.2f}{one.render_ms:>11.2f}{one.cpu_ms:>9.2f}"
            f"{one.sql:>5}{one.bytes:>9,}{one.floor_p50_ms:>11.2f}{one.floor_cpu_ms:>11.2f}{one.p50_ms / one.floor_p50_ms:>7.1f}{one.errors:>8}"
        )
    yield "A ratio below 2x between two runs is a tie. The floor has no sign-in, no permission filter and no journal."

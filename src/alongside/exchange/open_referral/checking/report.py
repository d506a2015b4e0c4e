"""What the checker found, as lines that a person reads in a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from alongside.exchange.open_referral.checking.findings import LISTED, Findings
from alongside.exchange.open_referral.checking.rules import FAIL, RULES, WARN

_SAYS = {
    "pass": "PASS: nothing is against the profile.",
    "warn": "PASS, with warnings: nothing is against the profile's schemas.",
    "fail": "FAIL: this is against the profile.",
}


def lines(findings: Findings) -> Iterator[str]:
    """Say what was looked at, each rule with its places, and the verdict last."""
    looked_at = ", ".join(f"{times:,} {shape}" for shape, times in sorted(findings.looked_at.items()))
    yield f"Looked at: {looked_at or 'nothing'}."
    for level in (FAIL, WARN):
        for (rule, weight), times in sorted(findings.counted.items()):
            if weight != level:
                continue
            yield f"{level.upper():4}  {rule} ({times:,}): {RULES[rule].asks}"
            yield from (
                f"      {one.place.removesuffix(':') or '(all)'}: {one.reason}"
                for one in findings.listed
                if (one.rule, one.level) == (rule, level)
            )
            if times > LISTED:
                yield f"      … and {times - LISTED:,} more"
    yield f"{_SAYS[findings.verdict]} {findings.count(FAIL):,} failures, {findings.count(WARN):,} warnings."

"""`./alongside prove`: the proofs of trust at their full size, a fault in every place that decides, and a scanner at the running product.

Takes hours where the tests take minutes, so it runs by night or before a release. `proofs`, `faults` or `scan` runs only that part;
paths run those tests at their full size.
"""

from __future__ import annotations

import subprocess
import sys
import time

from tests.support.run import TWO_AT_ONCE, install, pytest

AS_LONG_AS_IT_TAKES = ("-o", "faulthandler_timeout=0")
PARTS = {
    "proofs": lambda: pytest(*TWO_AT_ONCE, *AS_LONG_AS_IT_TAKES, "-q", "tests/proofs"),
    "faults": lambda: subprocess.run([sys.executable, "-m", "tests.support.mutation"], check=False).returncode,
    "scan": lambda: subprocess.run([sys.executable, "-m", "tests.support.scan"], check=False).returncode,
}


def main(arguments: list[str]) -> int:
    install()
    if arguments and not set(arguments) <= set(PARTS):
        return pytest(*AS_LONG_AS_IT_TAKES, *arguments)
    failed = 0
    for name in arguments or PARTS:
        print(f"\n{name}", flush=True)
        began = time.monotonic()
        code = PARTS[name]()
        print(f"{'FAIL' if code else 'ok  '} {name} ({time.monotonic() - began:.0f} s)", flush=True)
        failed = failed or code
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

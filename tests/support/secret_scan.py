"""`python -m tests.support.secret_scan`: no committed file holds a password, a key or a token.

detect-secrets looks at every committed text, with nothing looked up on any network. What it takes for a secret and is none stands in
`NO_SECRETS` by its file and fingerprint, each with a reason, so that another one in the same file is found. Source: trust.md C34.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from detect_secrets.core import scan
from detect_secrets.settings import transient_settings

ROOT = Path(__file__).resolve().parents[2]
NOT_READ = ("vendor/", "requirements/", "tests/support/openid/package-lock.json", "tests/support/secret_scan.py")
"""A published style sheet, the fingerprints of packages, and those of this file."""
NO_TEXT = (".png", ".gz", ".br", ".ico", ".woff2")
WORDS_ALONE = "KeywordDetector"
"""It takes whatever stands beside the word "password" for one; tests are full of made-up ones, so there it is not asked."""
ASKED = (
    WORDS_ALONE, "AWSKeyDetector", "AzureStorageKeyDetector", "Base64HighEntropyString", "BasicAuthDetector", "GitHubTokenDetector",
    "GitLabTokenDetector", "HexHighEntropyString", "JwtTokenDetector", "PrivateKeyDetector", "PypiTokenDetector",
)  # fmt: skip
"""What a hub or whoever builds this could have; each further one asks every line once more."""

_MADE_UP = "a key of a live installation that is made up for the tests of its start"
NO_SECRETS = {
    (".env.example", "5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8"): "how an address of a database is written",
    (
        "src/alongside/config/environment.py",
        "5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8",
    ): "how an address of a database is written",
    ("src/alongside/config/settings.py", "df576f26f7e1448c47e33412ee42f887a7cf3dfb"): "the name of a form",
    ("src/alongside/backups/sealed.py", "c2daa7dffc65f375caaad28732ca90004085fcc0"): "how every private key of age begins",
    ("src/alongside/config/tests/test_unsafe_starts_are_refused.py", "dfca9e2ba587e9260aa3517d320a9f27acd62e55"): _MADE_UP,
    ("src/alongside/config/tests/test_unsafe_starts_are_refused.py", "f51b1b4b2be7a3b8ab6be78677aca75532b42b4f"): _MADE_UP,
    ("src/alongside/config/tests/test_what_the_command_line_says.py", "dfca9e2ba587e9260aa3517d320a9f27acd62e55"): _MADE_UP,
    ("src/alongside/connections/tests/test_the_one_way_out.py", "e5e9fa1ba31ecd1ae84f75caaa474f3a663f05f4"): "a hostile address",
}


class Finding(NamedTuple):
    file: str
    line: int
    kind: str
    fingerprint: str


def committed() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    return [
        one for one in listed if one and not one.startswith(NOT_READ) and not one.endswith(NO_TEXT) and (ROOT / one).is_file()
    ]


def findings(names: Iterable[str], root: Path = ROOT) -> Iterator[Finding]:
    """Give what looks like a secret in these files."""
    tests = {name for name in names if "tests/" in name}
    for group, asked in ((set(names) - tests, ASKED), (tests, ASKED[1:])):
        with transient_settings({"plugins_used": [{"name": one} for one in asked]}):
            for name in sorted(group):
                for one in scan.scan_file(str(root / name)):
                    yield Finding(name, one.line_number, one.type, one.secret_hash)


def faults() -> list[str]:
    found = list(findings(committed()))
    unknown = [
        f"{one.file}:{one.line} {one.kind} ({one.fingerprint})" for one in found if (one.file, one.fingerprint) not in NO_SECRETS
    ]
    gone = set(NO_SECRETS) - {(one.file, one.fingerprint) for one in found}
    return unknown + [
        f"{file}: {fingerprint} is no longer there; take it out of NO_SECRETS" for file, fingerprint in sorted(gone)
    ]


if __name__ == "__main__":
    said = faults()
    print("\n".join(said))
    sys.exit(1 if said else 0)

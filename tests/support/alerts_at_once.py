"""Several write an alert for one person at the same moment, in a process of its own. Run by `tests/proofs/test_five_alerts_at_most.py`."""

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import timedelta

from tests.support import alone
from tests.support.at_once import together


def main() -> None:
    """Write four, then let six more begin at once; then let six take the place of the same one."""
    alone.begin()
    from alongside.safety.alerts.commands import write_alert
    from alongside.safety.models import Alert
    from tests.support.hub import AT, TODAY, open_hub

    hub = open_hub()
    person, cora = hub.held_by("cora"), hub.actor("cora")
    about = {"person_id": person.pk, "kind": "practical", "owner_id": hub.hats["cora"], "until_on": TODAY + timedelta(days=9)}
    four = [write_alert(actor=cora, at=AT, words=f"Before, {number}.", **about) for number in range(4)]
    found = {
        "six_at_once": Counter(
            together(*[lambda n=n: write_alert(actor=cora, at=AT, words=f"At once, {n}.", **about).kind for n in range(6)])
        )
    }
    found["places"] = sorted(Alert.objects.filter(ended_at__isnull=True).values_list("place", flat=True))
    instead = four[0].public_id
    found["instead_of_one"] = Counter(
        together(
            *[
                lambda n=n: write_alert(actor=cora, at=AT, words=f"Instead, {n}.", instead_of=instead, **about).kind
                for n in range(6)
            ]
        )
    )
    found["places_after"] = sorted(Alert.objects.filter(ended_at__isnull=True).values_list("place", flat=True))
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()

"""Many workers write in one conversation, each as often as they can, none waiting for the others; prints what became of each word.

Run by `tests/proofs/test_many_at_once.py` with the number of writers and of edits of each.
"""

from __future__ import annotations

import json
import sys
import threading
from typing import Any

from tests.support import alone


def main() -> None:
    alone.begin()
    from django.db import connection, connections

    from alongside.journey.assessments.commands import save_conversation
    from alongside.journey.assessments.models import Assessment, Version
    from tests.support.hub import AT, open_hub

    hub = open_hub()
    person = hub.held_by("cora")
    for number in range(writers := int(sys.argv[1])):
        hub.take_on(f"w{number}", f"Writer {number}", "practice", "coordinator", ("north",))
    actors = [hub.actor(f"w{number}") for number in range(writers)]
    save_conversation(actor=hub.actor("cora"), at=AT, person_id=person.pk, based_on=0, parts={"mind": "how it began"})
    edits, start, failed = int(sys.argv[2]), threading.Barrier(writers), []
    said: list[list[str]] = [[] for _writer in range(writers)]

    def write(number: int) -> None:
        """Read, write over what was read, and never look whether somebody else was quicker."""
        start.wait()
        for edit in range(edits):
            words = f"writer {number} says {edit}"
            seen = Assessment.objects.get(person_id=person.pk).version
            try:
                save_conversation(actor=actors[number], at=AT, person_id=person.pk, based_on=seen, parts={"mind": words})
            except Exception as fault:
                failed.append(type(fault).__name__)
                continue
            said[number].append(words)
        connections.close_all()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    versions = list(Version.objects.order_by("pk"))
    kept: list[str] = [version.parts.get("mind", "") for version in versions]
    standing: list[Any] = [version for version in versions if not version.parked]
    connection.close()
    json.dump(
        {
            "edits": sum(map(len, said)),
            "failed": failed,
            # Each word that was saved is in a version of its own: the one that stands then, or one that is parked beside it.
            "lost": [words for mine in said for words in mine if kept.count(words) != 1],
            "parked": sum(version.parked for version in versions),
            # What stands grew by one each time, from what its writer had seen: nothing was written over unseen.
            "numbers": [version.number for version in standing] == list(range(1, len(standing) + 1)),
            "unseen": sum(version.based_on != version.number - 1 for version in standing),
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()

"""A made-up Open Referral UK feed of any size, for measuring: `python -m tests.support.feed 100000 FILE`; the same every time."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SYLLABLES = ("ba", "co", "den", "fal", "gar", "hol", "ick", "jun", "kel", "lor", "mar", "nes", "ost", "pen", "quil", "ram", "sal")
HELPS = ("anxiety", "debt", "housing", "carers", "bereavement", "alcohol", "loneliness", "walking", "advice", "sleep", "peer")


def services(count: int, *, seed: int = 7) -> Iterator[dict[str, Any]]:
    """Give services one by one, each of about three kilobytes with sixty different words, as published ones have."""
    chance = random.Random(seed)
    words = [first + second + third for first in SYLLABLES for second in SYLLABLES for third in ("", "er", "ing")]
    for number in range(count):
        said = " ".join(chance.choices(words, k=60) + chance.sample(HELPS, 2))
        yield {
            "id": f"service-{number}",
            "name": f"{chance.choice(words).title()} {chance.choice(HELPS)} group {number}",
            "description": f"<p>{said[:300]}. For people &amp; families who {said[300:]}.</p>",
            "status": "active",
            "url": f"https://service{number}.example/",
            "email": f"hello@service{number}.example",
            "minimum_age": 16,
            "organization": {"id": f"o{number % 5000}", "name": f"Charity {number % 5000}", "description": said},
            "phones": [{"id": f"p{number}", "number": f"01632 {number % 1_000_000:06d}", "description": "Office"}],
            "schedules": [{"id": f"s{number}", "byday": "MO,TH", "opens_at": "09:00", "closes_at": "17:00", "notes": said}],
            "cost_options": [{"id": f"c{number}", "option": "free"}],
            "service_at_locations": [
                {
                    "id": f"l{number}",
                    "location": {
                        "name": f"{chance.choice(words).title()} Hall",
                        "latitude": round(50.5 + chance.random() * 5, 5),
                        "longitude": round(-4.5 + chance.random() * 5, 5),
                        "addresses": [
                            {"address_1": f"{number % 200} Made-up Street", "city": "Kelpstead", "postal_code": "ZZ1 1ZZ"}
                        ],
                    },
                }
            ],
        }


def write_feed(path: Path, count: int) -> None:
    """Write a page of services without holding it in memory."""
    with path.open("w", encoding="utf-8") as file:
        file.write(f'{{"total_items": {count}, "contents": [')
        for number, service in enumerate(services(count)):
            file.write(",\n" * bool(number) + json.dumps(service))
        file.write("]}")


if __name__ == "__main__":
    write_feed(Path(sys.argv[2]), int(sys.argv[1]))

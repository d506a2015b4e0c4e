"""The directory of the made-up hub: about forty services that nobody offers, in places that do not exist."""

from __future__ import annotations

from datetime import datetime, timedelta

from alongside.demo import cast
from alongside.demo.hub import Stage
from alongside.journey.directory.commands import add_service, confirm_service, import_places, note_unmet_need, say_room
from alongside.journey.directory.models import Place
from alongside.vocabulary.service_entry import LocationEntry, ServiceEntry

SOURCE = "hub"

PLACES = (
    ("Rivermouth Quay", "ZZ1", 51.360, -3.420), ("Lower Saltings", "ZZ2", 51.366, -3.405), ("Old Ferry", "ZZ3", 51.371, -3.391),
    ("Millrace", "ZZ4", 51.378, -3.377), ("Kelpstead", "ZZ5", 51.384, -3.362), ("Beacon Hill", "ZZ6", 51.391, -3.346),
    ("Upper Saltings", "ZZ7", 51.398, -3.331), ("Gorsemere", "ZZ8", 51.405, -3.316), ("Withycombe Green", "ZZ9", 51.412, -3.300),
    ("Larkshaw", "ZZ10", 51.419, -3.284),
)  # fmt: skip
"""Ten neighbourhoods that lie in the sea between two countries, so that nobody lives there."""

# Key, name, partner, needs, youngest, oldest, level, place, cost, days since a human confirmed it (None: nobody has yet).
_ROWS: tuple[tuple[str, str, str, tuple[str, ...], int | None, int | None, int, int, str, int | None], ...] = (
    ("tea", "Kettle on: drop-in tea and talk", "kettle", ("loneliness", "mood_and_worry"), 18, None, 1, 2, "free", 6),
    ("walks", "Tideline walking group", "kettle", ("moving_and_eating_well", "loneliness"), 18, None, 1, 0, "free", 12),
    ("garden", "Walled garden mornings", "kettle", ("meaning", "mood_and_worry", "moving_and_eating_well"), 16, None, 1, 3, "free", 20),
    ("choir", "Everybody's choir", "kettle", ("meaning", "loneliness"), 18, None, 1, 4, "by donation", 33),
    ("sleep", "Sleep better course, six weeks", "hub", ("sleep", "mood_and_worry"), 18, None, 2, 2, "free", 9),
    ("worry", "Living with worry group", "hub", ("mood_and_worry",), 18, None, 2, 2, "free", 14),
    ("talking", "Talking and creative therapies", "hub", ("trauma", "mood_and_worry", "grief"), 18, None, 3, 2, "free", 4),
    ("play", "Play therapy", "hub", ("mood_and_worry", "grief", "trauma"), 3, 11, 3, 2, "free", 4),
    ("art", "Art room for young people", "hub", ("mood_and_worry", "identity", "anger"), 11, 17, 2, 3, "free", 15),
    ("young", "Young people's listening hour", "hub", ("mood_and_worry", "loneliness", "education"), 11, 25, 1, 0, "free", 22),
    ("grief", "Bereavement companions", "harbour", ("grief", "loneliness"), 18, None, 2, 1, "free", 18),
    ("child_grief", "Children who grieve", "harbour", ("grief",), 5, 17, 2, 1, "free", 61),
    ("peers", "Harbour Light companions", "harbour", ("loneliness", "voices", "mood_and_worry"), 18, None, 2, 0, "free", 3),
    ("voices", "Hearing voices circle", "harbour", ("voices",), 18, None, 2, 0, "free", 40),
    ("night", "Night light: a calm place until midnight", "harbour", ("self_harm", "mood_and_worry"), 16, None, 1, 0, "free", 2),
    ("hope", "Staying safe: a plan with somebody", "trust", ("self_harm", "trauma"), 16, None, 3, 5, "free", 8),
    ("complex", "Complex needs team", "trust", ("voices", "trauma", "self_harm"), 18, None, 4, 5, "free", 5),
    ("eating", "Eating and feelings clinic", "trust", ("eating",), 13, None, 4, 5, "free", 30),
    ("perinatal", "Becoming a parent: alongside you", "trust", ("becoming_a_parent", "mood_and_worry"), 16, None, 3, 5, "free", 27),
    ("memory", "Memory café", "carers", ("memory", "loneliness", "caring"), 50, None, 1, 6, "free", 11),
    ("memory_checks", "Memory check and advice", "trust", ("memory",), 50, None, 3, 5, "free", 50),
    ("carers", "Carers' break and a listening ear", "carers", ("caring",), 18, None, 2, 6, "free", 16),
    ("young_carers", "Young carers' Thursday", "carers", ("caring", "loneliness"), 8, 17, 2, 6, "free", 70),
    ("money", "Money and debt advice", "council", ("money_and_debt",), 18, None, 1, 7, "free", 7),
    ("housing", "Housing help desk", "council", ("housing", "money_and_debt"), 16, None, 1, 7, "free", 7),
    ("larder", "Rivermouth larder", "council", ("money_and_debt",), None, None, 0, 1, "pay what you can", 44),
    ("work", "Into work at your own pace", "council", ("work_and_training",), 18, 66, 2, 7, "free", 21),
    ("learn", "Evening learning", "academy", ("education", "work_and_training"), 16, None, 1, 8, "from £5", 90),
    ("parents", "Parents together", "council", ("parenting", "relationships"), 16, None, 1, 3, "free", 25),
    ("couples", "Talking as a couple", "kettle", ("relationships",), 18, None, 2, 4, "by donation", 110),
    ("alcohol", "Alcohol: cut down with company", "harbour", ("alcohol",), 18, None, 2, 1, "free", 19),
    ("drugs", "Drugs: a first chat", "harbour", ("drugs",), 16, None, 2, 1, "free", 38),
    ("smoke", "Stop smoking, one to one", "quay", ("tobacco", "physical_health"), 16, None, 1, 0, "free", 29),
    ("gambling", "Gambling: somebody to ring", "harbour", ("gambling",), 18, None, 1, 1, "free", None),
    ("pain", "Living well with pain", "mill", ("physical_health", "medicines"), 18, None, 2, 3, "free", 13),
    ("pharmacist", "Medicines review with the pharmacist", "beacon", ("medicines",), None, None, 1, 5, "free", 17),
    ("safe_home", "Safe at home: leaving somebody who hurts you", "council", ("domestic_abuse",), 16, None, 2, 9, "free", 10),
    ("papers", "Papers and welcome", "kettle", ("asylum", "legal", "loneliness"), None, None, 1, 2, "free", 24),
    ("belong", "Belong: a place to be yourself", "kettle", ("identity", "discrimination", "loneliness"), 16, None, 1, 4, "free", None),
    ("neuro", "Neurodivergent and not alone", "harbour", ("neurodiversity", "loneliness"), 16, None, 1, 4, "free", 35),
    ("forces", "After the forces, after care", "harbour", ("leaving_care_or_forces",), 16, None, 2, 8, "free", 52),
    ("digital", "Phone and computer friends", "academy", ("digital",), None, None, 0, 8, "free", 31),
    ("lift", "A lift there and back", "carers", ("transport", "caring"), None, None, 0, 6, "petrol money", 28),
)  # fmt: skip
_TEAM_OF = {"talking": "talking", "complex": "complex", "peers": "peers", "money": "advice", "housing": "advice"}
ROOM = {"couples": None, "eating": None, "alcohol": 0, "work": 2, "parents": 4, "pain": 8}
"""What some said that they can take: people now, in about so many weeks, or nobody."""
_NOT_FOUND = (("housing", "ZZ5", 12), ("becoming_a_parent", "", 3))
"""(need, outcode, how often nothing fitted)."""
CRISIS = ("night", "hope")


def fill_directory(stage: Stage, at: datetime, now: datetime) -> None:
    """Add the hub's own entries as of its beginning, each confirmed when its row says."""
    if not Place.objects.exists():
        import_places(
            actor=stage.system, at=at, rows=[(name, outcode, "Made-up", lat, lon) for name, outcode, lat, lon in PLACES]
        )
    names = {partner.key: partner.name for partner in cast.PARTNERS}
    editor, lead = stage.actor("editor_1", at), stage.actor("hub_lead_1", at)
    for key, name, partner, needs, age_from, age_to, level, place, cost, confirmed in _ROWS:
        where, outcode, latitude, longitude = PLACES[place]
        keeper = editor if partner == "kettle" else lead
        service = add_service(
            actor=keeper,
            at=at,
            hub_id=stage.hub.pk,
            entry=ServiceEntry(
                source=SOURCE,
                source_id=key,
                name=name,
                organisation=names[partner],
                description=f"{name}, at {where}. A made-up service of the demonstration.",
                email=f"{key.replace('_', '.')}@rivermouth.example",
                phones=((f"01632 960{300 + len(stage.services):03d}", ""),),
                cost=cost,
                how_to_start="Come along, or let us introduce you.",
                when_next="Every week; ask for the next one.",
                accessibility="Step-free. A quiet corner. Bring somebody with you if you like.",
                for_whom="Anyone who would like it."
                if age_from is None
                else f"Ages {age_from} " + (f"to {age_to}." if age_to else "and over."),
                age_from=age_from,
                age_to=age_to,
                level=level,
                needs=needs,
                is_crisis=key in CRISIS,
                locations=(
                    LocationEntry(
                        name=where,
                        address=f"Made-up Row, {where}",
                        postcode=f"{outcode} 1AA",
                        latitude=latitude,
                        longitude=longitude,
                    ),
                ),
            ),
            team_id=stage.teams.get(_TEAM_OF.get(key, "")),
            organisation_id=stage.partners[partner],
        )
        stage.services[key] = service.pk
        if confirmed is not None:
            confirm_service(actor=keeper, at=now - timedelta(days=confirmed), service_id=service.public_id)
        if key in ROOM:
            say_room(
                actor=keeper,
                at=now - timedelta(days=5),
                service_id=service.public_id,
                weeks=ROOM[key],
                by_words=names[partner],
            )
    for need, outcode, times in _NOT_FOUND:
        for time in range(times):
            on = now - timedelta(days=3 * time + 1)
            note_unmet_need(
                actor=stage.system, at=on, hub_id=stage.hub.pk, need=need, asked_by="bounce", outcode=outcode, missed="full"
            )

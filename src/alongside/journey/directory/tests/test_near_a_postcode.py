"""Near a postcode: measured from its point where the national file has it, from its first half where not, and said which."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.journey.directory.commands import import_places, import_postcodes
from alongside.journey.directory.commands.taking_in import Outcome, entry_of, take
from alongside.journey.directory.models import Postcode, SearchWord, ServiceAtLocation, UnmetNeed
from alongside.journey.directory.queries.entries import place_named
from alongside.journey.directory.rules import cell_of
from alongside.journey.directory.tests.factories import make_service
from alongside.vocabulary.clock import now
from alongside.vocabulary.postcode_points import PostcodePoints
from alongside.vocabulary.service_entry import LocationEntry
from tests.support.hub import AT, MadeHub, open_hub

pytestmark = pytest.mark.django_db
PLACES = [("Rivermouth", "RM1", "Made-up", 51.6, -3.9), ("Farley", "RM2", "Made-up", 52.6, -3.1)]
POINTS = (
    ("RM11AA", 51.62, -3.94, False),
    ("RM12BB", 51.65, -3.94, False),
    ("RM17ZZ", 51.60, -3.94, True),
    ("RM81AA", 51.70, -3.80, False),
    ("RM81BB", 51.72, -3.84, False),
    ("RM811AA", 55.0, -1.0, False),
)
UNKNOWN = "We do not know the postcode %s, but we know its first half: we measure from around %s."


@pytest.fixture
def made() -> MadeHub:
    made = open_hub()
    import_places(actor=made.system, at=AT, rows=PLACES)
    return made


def load(made: MadeHub, points: tuple[tuple[str, float, float, bool], ...] = POINTS, kind: str = "ons") -> int:
    held = PostcodePoints()
    for code, latitude, longitude, ended in points:
        held.add(code, latitude, longitude, ended=ended)
    return import_postcodes(actor=made.system, at=AT, kind=kind, year=2025, points=held, replace=True)[1]


def page(**asked: str) -> str:
    return Client().get("/find-support/", asked).content.decode()


def said_of_place(written: str) -> str:
    found = re.search(r"<p>((?:Near|We do not know) .*?)</p>", written, re.DOTALL)
    return found[1] if found else ""


def at(name: str) -> ServiceAtLocation:
    return ServiceAtLocation.objects.get(service__name=name)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("RM1 1AA", "Near RM1 1AA."),
        ("rm11aa", "Near RM1 1AA."),
        ("RM1 7ZZ", "Near RM1 7ZZ. This postcode is no longer used. We measure from where it was."),
        (
            "RM1 9XX",
            f"Near Rivermouth, Made-up (RM1). {UNKNOWN % ('RM1 9XX', 'RM1')}",
        ),
        ("RM1 1A", "Near Rivermouth, Made-up (RM1). This postcode is not whole: we measure from around RM1."),
        ("RM1 1", "Near Rivermouth, Made-up (RM1). This postcode is not whole: we measure from around RM1."),
        ("RM1", "Near Rivermouth, Made-up (RM1)."),
        ("RM8", "Near RM8."),
        ("RM8 9XX", f"Near RM8. {UNKNOWN % ('RM8 9XX', 'RM8')}"),
        (
            "ZZ9 9ZZ",
            "We do not know the place ZZ9 9ZZ. So this is from everywhere: try a larger town or the first half of a postcode.",
        ),
        ("ZZ9", "We do not know the place ZZ9. So this is from everywhere: try a larger town or the first half of a postcode."),
    ],
)  # fmt: skip
def test_whatever_was_typed_the_nearest_thing_that_helps_is_taken_and_named(made: MadeHub, asked: str, said: str) -> None:
    load(made)
    make_service(made, "Far choir", "meaning", near=(57.0, -4.0))
    written = page(words="choir", near=asked)
    assert said_of_place(written) == said
    assert f'value="{asked}"' in written, "what was typed is not lost"
    assert ("Far choir" in written) is said.startswith("We do not know the place"), "without a place it is searched everywhere"


def test_where_only_the_gazetteer_is_there_a_postcode_is_its_first_half_and_says_so(made: MadeHub) -> None:
    assert said_of_place(page(words="choir", near="RM1 1AA")).endswith("we measure from around RM1.")
    assert "Crown copyright" not in page(near="RM1 1AA")


def test_the_middle_of_an_outcode_is_of_its_own_postcodes_only(made: MadeHub) -> None:
    load(made)
    found = place_named("RM8").place
    assert found is not None
    assert (found.latitude, found.longitude, found.is_exact) == (pytest.approx(51.71), pytest.approx(-3.82), False)


def test_a_distance_is_about_unless_both_its_ends_are_points(made: MadeHub) -> None:
    make_service(made, "Exact choir", "meaning", near=(51.63, -3.94))
    load(made)
    make_service(made, "Rough choir", "meaning", locations=(LocationEntry(postcode="RM1 9XX"),))
    exact, rough = page(words="choir", near="RM1 1AA"), page(words="choir", near="Rivermouth")
    assert re.findall(r"<li>([^<]*?miles)[^<]*</li>", exact) == ["0.7 miles", "RM1 9XX, about 2.2 miles"]
    assert "about 2.7 miles" in rough and "about 0.0 miles" in rough


def test_locations_move_to_the_points_of_their_postcodes_and_their_own_coordinates_stay(made: MadeHub) -> None:
    make_service(made, "Placed", "meaning", locations=(LocationEntry(postcode="RM1 2BB"),))
    make_service(made, "Own", "meaning", locations=(LocationEntry(postcode="RM1 2BB", latitude=51.4, longitude=-3.0),))
    make_service(made, "Nobody knows", "meaning", locations=(LocationEntry(postcode="QQ1 1AA"),))
    make_service(made, "Rough", "meaning", locations=(LocationEntry(postcode="RM2 9XX"),))
    assert [(at(name).latitude, at(name).placed_by) for name in ("Placed", "Own", "Nobody knows", "Rough")] == [
        (51.6, "outcode"), (51.4, ""), (None, ""), (52.6, "outcode"),
    ]  # fmt: skip
    assert load(made) == 1
    assert (at("Placed").latitude, at("Placed").placed_by) == (51.65, "postcode")
    assert (at("Own").latitude, at("Own").placed_by) == (51.4, "")
    assert load(made) == 0, "the same file again moves nothing"
    # A later edition moves them, also over the line of a square of the map; one that no longer has it leaves what was known.
    assert load(made, (("RM12BB", 52.2, -2.2, False),)) == 1
    cells = set(SearchWord.objects.filter(service=at("Placed").service_id).values_list("cell", flat=True))
    assert cells == {cell_of(52.2, -2.2)}
    assert load(made, (("RM11AA", 51.62, -3.94, False),)) == 1
    assert (at("Placed").latitude, at("Placed").placed_by) == (51.6, "outcode")
    # An entry that comes in now is placed exactly at once.
    make_service(made, "New", "meaning", locations=(LocationEntry(postcode="RM1 1AA"),))
    assert (at("New").latitude, at("New").placed_by) == (51.62, "postcode")
    assert "RM1 1AA" not in set(Postcode.objects.values_list("code", flat=True))


def test_a_point_that_was_placed_here_never_passes_for_the_sources_own_and_is_not_published(made: MadeHub) -> None:
    """Written again from what stands, as a table of the asset map does. Shown to fail: with the point of what stands in `entry_of`."""
    service = make_service(made, "Placed", "meaning", locations=(LocationEntry(postcode="RM1 2BB"),))
    load(made)
    stands = entry_of(service, service.locations.all())
    take(made.hub.pk, now(), service.source, [replace(stands, description="Walks.")], Outcome())
    assert (at("Placed").latitude, at("Placed").placed_by) == (51.65, "postcode")
    load(made, (("RM12BB", 52.2, -2.2, False),))
    assert (at("Placed").latitude, at("Placed").placed_by) == (52.2, "postcode")
    make_service(made, "Own", "meaning", locations=(LocationEntry(postcode="RM1 2BB", latitude=51.4, longitude=-3.0),))
    said = Client().get("/open-referral/v3/service_at_locations").json()["contents"]
    assert [(one["service"]["name"], one["location"].get("latitude")) for one in said] == [("Placed", None), ("Own", 51.4)]


@pytest.mark.parametrize(
    ("kind", "ends"),
    [
        ("ons", "Source: Office for National Statistics licensed under the Open Government Licence v.3.0."),
        ("os", "Contains National Statistics data © Crown copyright and database right 2025."),
    ],
)
def test_whose_data_they_are_stands_where_distances_are_shown(made: MadeHub, kind: str, ends: str) -> None:
    load(made, kind=kind)
    written = page(near="RM1 1AA")
    assert "Contains OS data © Crown copyright and database right 2025. Contains Royal Mail data ©" in written
    assert ends in written
    assert "Crown copyright" not in page(words="choir"), "without a place there is no distance"


def test_nothing_of_a_whole_postcode_is_kept_but_its_first_half(made: MadeHub) -> None:
    load(made)
    page(need="grief", near="RM1 1AA")
    one = UnmetNeed.objects.get()
    assert (one.need, one.outcode) == ("grief", "RM1")


def test_a_postcode_costs_one_query_whether_it_is_known_or_not(made: MadeHub) -> None:
    load(made)
    for asked, most in (("RM1 1AA", 1), ("RM1 9XX", 1), ("RM1", 1), ("RM8", 2), ("ZZ9 9ZZ", 2)):
        with CaptureQueriesContext(connection) as queries:
            place_named(asked)
        assert len(queries) == most, asked

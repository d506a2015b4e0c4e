"""`./alongside directory import`: every row accounted for, nothing lost, nothing removed, nothing half done (E21, part 28)."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from alongside.journal.models import Entry
from alongside.journey.directory.models import ImportRun, Place, Service
from tests.support.hub import MadeHub, open_hub

SERVICE: dict[str, Any] = {"id": "s1", "name": "Walk and talk", "status": "active", "description": "For people who feel lonely."}


def feed(folder: Path, rows: Any, name: str = "feed.json") -> Path:
    path = folder / name
    path.write_text(rows if isinstance(rows, str) else json.dumps(rows))
    return path


def take(made: MadeHub, path: Path) -> list[str]:
    out = StringIO()
    call_command("directory", "import", str(path), hub=made.hub.slug, stdout=out, stderr=StringIO())
    return out.getvalue().strip().splitlines()


@pytest.mark.django_db
@pytest.mark.both_databases
def test_importing_twice_changes_nothing_and_a_short_feed_removes_nothing(tmp_path: Path) -> None:
    made = open_hub()
    whole = [{**SERVICE, "id": f"s{number}", "name": f"Service {number}"} for number in range(5)]
    assert take(made, feed(tmp_path, whole))[-1] == "in 5, changed 0, unchanged 0, refused 0"
    assert take(made, feed(tmp_path, whole))[-1] == "in 0, changed 0, unchanged 5, refused 0"
    short = [{**whole[0], "name": "Service renamed"}, {"id": "bad"}]
    assert take(made, feed(tmp_path, short))[-1] == "in 0, changed 1, unchanged 0, refused 1"
    assert Service.objects.filter(hub=made.hub).count() == 5
    assert ImportRun.objects.filter(hub=made.hub).count() == 3


@pytest.mark.django_db
def test_a_service_that_stands_twice_in_a_feed_is_refused_with_its_place(tmp_path: Path) -> None:
    made = open_hub()
    lines = take(made, feed(tmp_path, [SERVICE, {**SERVICE, "name": "Again"}]))
    assert lines == ["[1]: this service stands in the feed twice", "in 1, changed 0, unchanged 0, refused 1"]
    assert Service.objects.get(hub=made.hub).name == "Walk and talk"


@pytest.mark.django_db
def test_every_number_stands_on_the_service_page_and_what_was_left_out_is_said(tmp_path: Path) -> None:
    made = open_hub()
    phones = [{"number": "01632 960123", "description": "Office"}, {"number": "0900 123 4567"}, {"number": "01632 960124"}]
    lines = take(made, feed(tmp_path, [{**SERVICE, "phones": phones}]))
    assert lines == [
        "[0].phones[1]: a premium-rate number (09, 087, 070 or 118) is not taken; the service was",
        "in 1, changed 0, unchanged 0, refused 0",
    ]
    page = Client().get(f"/find-support/{Service.objects.get().public_id}/").content.decode()
    assert "01632 960123</a> (Office)" in page and "01632 960124" in page and "0900 123 4567" not in page


@pytest.mark.django_db
@pytest.mark.hazard("H18")
def test_a_changed_number_takes_the_confirmation_away(tmp_path: Path) -> None:
    from django.utils import timezone

    made = open_hub()
    take(made, feed(tmp_path, [{**SERVICE, "phones": [{"number": "01632 960123"}]}]))
    Service.objects.update(confirmed_at=timezone.now())
    take(made, feed(tmp_path, [{**SERVICE, "name": "Walk, talk", "phones": [{"number": "01632 960123"}]}]))
    assert Service.objects.get().confirmed_at is not None
    take(made, feed(tmp_path, [{**SERVICE, "phones": [{"number": "01632 960123"}, {"number": "01632 960124"}]}]))
    assert Service.objects.get().confirmed_at is None


@pytest.mark.django_db
@pytest.mark.both_databases
def test_a_feed_that_is_cut_off_after_thousands_of_rows_changes_nothing(tmp_path: Path) -> None:
    """Rows are written as they are read; one transaction takes them all back."""
    made = open_hub()
    whole = json.dumps([{"id": f"s{number}", "name": f"Service {number}"} for number in range(4_500)])
    with pytest.raises(CommandError, match="cut off.*Nothing was changed"):
        take(made, feed(tmp_path, whole[:-10]))
    assert Service.objects.count() == 0
    assert not Entry.objects.filter(command="directory.imported").exists()
    assert take(made, feed(tmp_path, whole))[-1] == "in 4500, changed 0, unchanged 0, refused 0"


@pytest.mark.django_db
def test_the_same_feed_under_another_file_name_is_the_same_source(tmp_path: Path) -> None:
    """Open Referral UK feeds do not name their publisher; the ids of their services, unique anywhere, do."""
    made = open_hub()
    rows = [{**SERVICE, "id": f"5c4d79d7-cc55-470e-9f1f-8cad074e489{number}"} for number in range(3)]
    take(made, feed(tmp_path, rows, "monday.json"))
    assert take(made, feed(tmp_path, rows, "tuesday.json"))[-1] == "in 0, changed 0, unchanged 3, refused 0"
    assert set(Service.objects.values_list("source", flat=True)) == {"monday"}


@pytest.mark.django_db
def test_where_ids_do_not_tell_two_feeds_apart_the_source_is_asked_for(tmp_path: Path) -> None:
    made = open_hub()
    take(made, feed(tmp_path, [SERVICE], "monday.json"))
    other = feed(tmp_path, [{**SERVICE, "name": "Swim and talk"}], "tuesday.json")
    with pytest.raises(CommandError, match="Say --source monday when this is the same feed, or --source tuesday"):
        take(made, other)
    assert Service.objects.get().name == "Walk and talk"
    call_command("directory", "import", str(other), hub=made.hub.slug, source="tuesday", stdout=StringIO())
    assert take(made, other)[-1] == "in 0, changed 0, unchanged 1, refused 0"
    assert Service.objects.count() == 2


@pytest.mark.django_db
def test_a_gazetteer_is_never_replaced_by_an_empty_or_much_shorter_one_unless_asked(tmp_path: Path) -> None:
    def places(count: int, **asked: bool) -> str:
        table, out = tmp_path / "places.csv", StringIO()
        lines = [f"Place {number},ZZ{number},Made-up,51.5,-3.9" for number in range(count)]
        table.write_text("\n".join(["NAME,ZCTA5,USPS,LAT,LON", *lines]) + "\n")
        call_command("directory", "places", str(table), stdout=out, **asked)
        return out.getvalue().strip()

    assert places(10) == "10 places"
    for count in (0, 4):
        with pytest.raises(CommandError, match=f"names {count} places where 10 stand. Say --replace"):
            places(count)
        assert Place.objects.count() == 10
    assert places(5) == "5 places"
    assert places(1, replace=True) == "1 places"

"""A pack opens without the hub, holds everybody whom a team meets, and nothing that one of its readers may not see (C30, H06, H16)."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.access.commands import exclude, name_in_circle
from alongside.backups.sealed import CannotBeUsed, new_key
from alongside.downtime import paper
from alongside.downtime.commands import NotAPackOfYours, Packed, pack, take_pack
from alongside.downtime.pages import PackAlonePage
from alongside.hubs.commands import give_seat
from alongside.hubs.models import Hat, Team, Worker
from alongside.journal.models import Entry, Look
from alongside.journey.handovers.commands import introduce, write_down_answer
from alongside.journey.handovers.models import Handover
from alongside.journey.referrals.models import TriageDecision
from alongside.members.commands import create_task, set_next_date
from alongside.members.models import Invitation, Task
from alongside.people.commands import add_to_story, keep_address, write_down_as_told
from alongside.people.models import Allergy, Dependant, Person, RelatedPerson
from alongside.refusals import NotFound, NotThisRole
from alongside.rights.tests.copies import somebody_with_a_record
from alongside.safety.alerts.commands import write_alert
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now, today
from alongside.web.record import crisis_facts
from tests.support.hub import MadeHub, gives_second_factor

pytestmark = [pytest.mark.django_db, pytest.mark.hazard("H16")]
ROOT = Path(__file__).resolve().parents[4]


class Every:
    """Every reader has a key."""

    def __contains__(self, key: object) -> bool:
        return True


def packed(hub: MadeHub, keys: Any = None) -> Packed:
    return pack(actor=Actor.system("downtime", hub.hub.pk), at=now(), hub_id=hub.hub.pk, keys=keys or Every())


def packs(hub: MadeHub) -> dict[str, PackAlonePage]:
    """Give every pack by the name of its reader."""
    return {desk.name: page for desk, page in packed(hub).packs}


def team(hub: MadeHub, key: str) -> str:
    return Team.objects.get(pk=hub.teams[key]).name


def named(page: PackAlonePage) -> list[str]:
    return [one.name for one in page.people]


def next_on(hub: MadeHub, person: Person, key: str, days: int, what: str = "meet") -> None:
    set_next_date(actor=hub.actor(key, now()), at=now(), person_id=person.pk, on=today() + timedelta(days=days), what=what)


def met_by(hub: MadeHub, key: str, name: str, days: int = 0) -> Person:
    """Give somebody whom a worker holds and meets so many days from now."""
    person = hub.held_by(key, now(), name=name, email=f"{name.split()[0].lower()}@person.example")
    next_on(hub, person, key, days)
    return person


def warn(hub: MadeHub, person: Person, key: str, words: str = "The bell is broken.", **more: Any) -> None:
    about: dict[str, Any] = {"actor": hub.actor(key, now()), "at": now(), "person_id": person.pk}
    until = today() + timedelta(days=20)
    write_alert(**about, kind="practical", words=words, owner_id=hub.hats[key], until_on=until, **more)


def lines(page: PackAlonePage, name: str) -> dict[str, tuple[str, ...]]:
    [one] = [one for one in page.people if one.name == name]
    return dict(one.lines)


def everything(page: PackAlonePage) -> str:
    return paper.as_html(page) + paper.as_text(page)


@pytest.fixture
def north(hub: MadeHub) -> str:
    return team(hub, "north")


# Who stands in it


@pytest.mark.hazard("H06")
def test_everybody_whom_the_team_meets_in_these_days_and_everybody_with_an_alert_stands_in_it(hub: MadeHub, north: str) -> None:
    """Shown to fail: with the read of holdings, introductions, tasks, invitations or alerts left out of `contacts_of_hub`, each."""
    for number, name in enumerate(("Today Pretend", "Tomorrow Pretend", "Third Pretend", "Fourth Pretend")):
        met_by(hub, "cora", name, number)
    warned = met_by(hub, "cora", "Warned Pretend", 20)
    warn(hub, warned, "cora")
    called = met_by(hub, "nell", "Rung Pretend", 20)
    create_task(actor=hub.system, at=now(), person_id=called.pk, what="do", words="Ring", due_on=today())
    asked = met_by(hub, "liv", "Introduced Pretend", 20)
    made = introduce(
        actor=hub.actor("liv", now()), at=now(), person_id=asked.pk, words="hello", to_team_id=hub.teams["north"]
    ).handover
    write_down_answer(
        actor=hub.actor("liv", now()), at=now(), handover_id=made.public_id, by_name="them", answer="yes", meet_on=today() + timedelta(days=1)
    )  # fmt: skip
    invited = met_by(hub, "nell", "Invited Pretend", 20)
    Invitation.objects.create(
        hub=hub.hub, person=invited, author_organisation_id=hub.partners["practice"], how="call", invited_at=now(),
        for_on=today() + timedelta(days=2), answer_by=today() + timedelta(days=2),
    )  # fmt: skip
    page = packs(hub)[north]
    assert named(page) == [
        "Introduced Pretend",
        "Invited Pretend",
        "Rung Pretend",
        "Third Pretend",
        "Today Pretend",
        "Tomorrow Pretend",
        "Warned Pretend",
    ]
    days = [[(one.name, one.what) for one in rows] for _day, rows in page.days]
    assert days == [
        [("Rung Pretend", days[0][0][1]), ("Today Pretend", "meet")],
        [("Introduced Pretend", "an introduction: they meet"), ("Tomorrow Pretend", "meet")],
        [("Invited Pretend", "invited to meet"), ("Third Pretend", "meet")],
    ]
    assert all(one.place in {row.place for row in page.people} for _day, rows in page.days for one in rows)


def test_a_crisis_call_that_nobody_has_taken_is_in_the_pack_of_the_duty_team(hub: MadeHub) -> None:
    hub.refer(now(), name="Danger Pretend", urgency="now")
    page = packs(hub)[team(hub, "door")]
    assert ("Danger Pretend", "a crisis call that nobody has taken yet") in [(one.name, one.what) for one in page.days[0][1]]


@pytest.mark.hazard("H06")
@pytest.mark.hazard("H05")
def test_of_each_it_says_what_the_page_in_a_crisis_says(hub: MadeHub, north: str) -> None:
    """Compared with that page for every member of the team: line by line, alert by alert, risk by risk."""
    person = somebody_with_a_record(hub, at=now(), hidden=True)
    next_on(hub, person, "cora", 1)
    RelatedPerson.objects.filter(person=person).update(phone="07700 900111")
    TriageDecision.objects.filter(person=person).update(risk={"to_self": "At night.", "protects": "Her dog."})
    Worker.objects.filter(hats=hub.hats["saf"]).update(phone="01632 960999")
    said = lines(packs(hub)[north], person.chosen_name)
    for key in ("cora", "nell"):
        facts = crisis_facts(hub.actor(key, now()), person)
        assert facts.risk and facts.alerts and dict(facts.lines)["Children at home"]
        for label, words in facts.lines:
            assert said[label] == words, label
        assert said["Alerts"] == tuple(f"{one.kind}: {one.words} ({one.side})" for one in facts.alerts)
        assert {label.removeprefix("Risk: "): words for label, words in said.items() if label.startswith("Risk: ")} == {
            prompt: (words,) for prompt, words in facts.risk
        }
    assert said["Safeguarding duty"] == ("Saf Legend: 01632 960999",)
    assert said["Held by"][0].startswith("Cora Madeup") and "meet" in said["Next"][0]
    assert said["Contact safely"] and "mair@person.example" in said["Contact safely"][0]


def test_whoever_has_died_is_in_no_pack(hub: MadeHub, north: str) -> None:
    person = met_by(hub, "cora", "Gone Pretend")
    Person.objects.filter(pk=person.pk).update(death_written_at=now())
    assert named(packs(hub)[north]) == []


# Who does not


@pytest.mark.hazard("H09")
@pytest.mark.parametrize("whom", ["Nell Fiction", "Ada Fable"])
def test_who_keeps_one_of_the_team_away_stands_in_the_leads_pack_instead(hub: MadeHub, north: str, whom: str) -> None:
    """Shown to fail: with `_denied` left out of `InCommon` they stand in the team's pack, whoever of it is kept away."""
    # Reception sits in the team too: it reads no stories, and so is no reader of the pack, but it is beside it.
    give_seat(actor=hub.system, at=now(), hub_id=hub.hub.pk, team_id=hub.teams["north"], hat_id=hub.hats["ada"])
    person, other = met_by(hub, "cora", "Away Pretend"), met_by(hub, "cora", "Near Pretend")
    warn(hub, person, "cora", "CANARYALERT")
    exclude(actor=hub.system, at=now(), hub_id=hub.hub.pk, person_id=person.pk, words=f"CANARYEXCLUSION {whom}")
    found = packs(hub)
    assert named(found[north]) == [other.chosen_name]
    assert named(found["Saf Legend"]) == ["Away Pretend"] and "CANARYALERT" in everything(found["Saf Legend"])
    for name, page in found.items():
        said = everything(page)
        assert "CANARYEXCLUSION" not in said
        assert ("Away Pretend" in said, "CANARYALERT" in said) == (name == "Saf Legend",) * 2


@pytest.mark.hazard("H09")
def test_two_worlds_that_differ_in_one_set_apart_give_the_team_one_pack(hub: MadeHub, north: str) -> None:
    """Nothing in a team's pack tells that somebody is not in it."""
    with time_machine.travel(now(), tick=False):
        met_by(hub, "cora", "Near Pretend")
        before = everything(packs(hub)[north])
        person = met_by(hub, "cora", "Away Pretend")
        exclude(actor=hub.system, at=now(), hub_id=hub.hub.pk, person_id=person.pk, words="Nell Fiction")
        assert everything(packs(hub)[north]) == before


def test_who_keeps_the_lead_away_too_stands_in_that_of_another_lead_or_is_counted(hub: MadeHub) -> None:
    person = met_by(hub, "cora", "Away Pretend")
    exclude(actor=hub.system, at=now(), hub_id=hub.hub.pk, person_id=person.pk, words="Nell Fiction or Saf Legend")
    found = packed(hub)
    assert found.nowhere == 1 and all(named(page) == [] for _desk, page in found.packs)
    hub.take_on("sue", "Sue Otherlead", "trust", "safeguarding_lead", at=now())
    found = packed(hub)
    assert found.nowhere == 0
    assert {desk.name: named(page) for desk, page in found.packs if page.people} == {"Sue Otherlead": ["Away Pretend"]}


def test_whoever_is_held_by_somebody_of_no_team_is_a_leads_to_know(hub: MadeHub) -> None:
    hub.take_on("lone", "Lone Pretend", "trust", "therapist", at=now())
    met_by(hub, "lone", "Teamless Pretend")
    found = packed(hub)
    assert found.nowhere == 0
    assert {desk.name for desk, page in found.packs if "Teamless Pretend" in named(page)} == {"Saf Legend"}


@pytest.mark.hazard("H07")
def test_nothing_of_the_vault_of_a_circle_or_of_the_story_is_in_any_pack(hub: MadeHub) -> None:
    """Shown to fail: with `label="circle"` let through by `safety_summary`, or by `in_an_outage`."""
    person = somebody_with_a_record(hub, at=now(), hidden=True)
    cora = hub.actor("cora", now())
    about: dict[str, Any] = {"actor": cora, "at": now(), "person_id": person.pk}
    next_on(hub, person, "cora", 1)
    keep_address(**about, kind="key_safe", words="CANARYKEYSAFE")
    add_to_story(**about, words="CANARYSTORY", whose_words="person", domain="mind", label="open")
    Person.objects.filter(pk=person.pk).update(postcode="CNRY9ZZ", whereabouts_secret=True, gp_practice="CANARYPRACTICE")
    decision = TriageDecision.objects.filter(person=person)
    decision.update(risk={"to_self": "CANARYCIRCLED"}, why="CANARYWHY", label="circle")
    circled = Dependant.objects.create(
        hub=hub.hub, person=person, author_organisation_id=cora.organisation, label="circle", kind="child", words="CANARYCHILD"
    )  # fmt: skip
    name_in_circle(
        actor=hub.system, at=now(), hub_id=hub.hub.pk, person_id=person.pk, item=circled.public_id, worker_ids=[cora.worker]
    )
    write_down_as_told(**about, kind="allergy", words="CANARYALLERGY", source="person")
    Allergy.objects.filter(words="CANARYALLERGY").update(label="circle")
    apart = met_by(hub, "cora", "Apart Pretend")
    exclude(actor=hub.system, at=now(), hub_id=hub.hub.pk, person_id=apart.pk, words="Nell Fiction")
    keep_address(actor=cora, at=now(), person_id=apart.pk, kind="home", words="CANARYAPART Lane")
    TriageDecision.objects.filter(person=apart).update(risk={"to_self": "CANARYAPARTCIRCLE"}, label="circle")
    found = packs(hub)
    assert person.chosen_name in named(found[team(hub, "north")]) and named(found["Saf Legend"]) == ["Apart Pretend"]
    for name, page in found.items():
        birds = set(re.findall(r"CANARY\w+|CNRY9ZZ", everything(page))) - {"CANARYRELATEDPHONE"}
        assert birds == set(), name
    assert not [label for label in lines(found[team(hub, "north")], person.chosen_name) if label.startswith("Risk")]
    assert "held securely" in everything(found[team(hub, "north")])


def test_what_is_to_be_done_and_one_reader_may_not_see_is_not_told_and_the_person_is_there(hub: MadeHub, north: str) -> None:
    """Shown to fail: with every contact told in `_told_of`."""
    person = met_by(hub, "cora", "Near Pretend")
    create_task(actor=hub.system, at=now(), person_id=person.pk, what="got_worse", due_on=today())
    said = [one.what for one in packs(hub)[north].days[0][1]]
    Task.objects.filter(person=person, what="got_worse").update(label="circle")
    after = [one.what for one in packs(hub)[north].days[0][1]]
    assert len(said) > len(after) and "meet" in after and named(packs(hub)[north]) == ["Near Pretend"]


def test_an_invitation_that_one_reader_may_not_see_or_that_is_settled_is_not_told(hub: MadeHub, north: str) -> None:
    """Shown to fail: with every invitation told in `_told_of`; without `ended_at` in `contacts_of_hub`."""
    person = met_by(hub, "cora", "Near Pretend")
    made = {"hub": hub.hub, "person": person, "author_organisation_id": hub.partners["practice"], "how": "call"}
    Invitation.objects.create(**made, invited_at=now(), for_on=today(), answer_by=today())

    def told() -> list[str]:
        return sorted(one.what for one in packs(hub)[north].days[0][1])

    assert told() == ["invited to meet", "meet"]
    Invitation.objects.filter(person=person).update(label="circle")
    assert told() == ["meet"] and named(packs(hub)[north]) == ["Near Pretend"]
    Invitation.objects.filter(person=person).update(label="open", ended_at=now())
    assert told() == ["meet"]


def test_an_introduction_that_one_reader_may_not_see_is_not_told(hub: MadeHub, north: str) -> None:
    """Shown to fail: with every introduction told in `_told_of`."""
    person = met_by(hub, "liv", "Introduced Pretend", 20)
    at = now()
    liv = hub.actor("liv", at)
    made = introduce(actor=liv, at=at, person_id=person.pk, words="hello", to_team_id=hub.teams["north"]).handover
    write_down_answer(actor=liv, at=now(), handover_id=made.public_id, by_name="them", answer="yes", meet_on=today())

    def told() -> list[str]:
        return [one.what for one in packs(hub)[north].days[0][1]]

    assert told() == ["an introduction: they meet"]
    Handover.objects.filter(pk=made.pk).update(label="circle")
    assert told() == []


def test_words_that_one_reader_may_not_read_are_not_there_and_that_there_is_something_is(hub: MadeHub, north: str) -> None:
    """A role that reads the open record only makes the pack one of the open record; the alert itself is still told (H11)."""
    hub.take_on("gp", "Gip Pretend", "practice", "registered_practice", ("north",), at=now())
    person = met_by(hub, "cora", "Near Pretend")
    warn(hub, person, "cora", "CANARYSENSITIVE", label="sensitive")
    said = lines(packs(hub)[north], "Near Pretend")["Alerts"]
    assert len(said) == 1 and "CANARYSENSITIVE" not in said[0] and "ask whose alert this is" in said[0]
    Hat.objects.filter(pk=hub.hats["gp"]).update(until_at=now())
    assert "CANARYSENSITIVE" in lines(packs(hub)[north], "Near Pretend")["Alerts"][0]


def test_a_team_of_which_nobody_reads_stories_has_no_pack_and_its_people_are_a_leads(hub: MadeHub) -> None:
    person = hub.person(now(), name="Desk Pretend")
    next_on(hub, person, "dana", 0, "call")
    Hat.objects.filter(seats__team_id=hub.teams["door"]).update(role="administrator")
    found = packs(hub)
    assert team(hub, "door") not in found and named(found["Saf Legend"]) == ["Desk Pretend"]


# What it costs, and what is written down


def test_a_pack_of_many_costs_as_many_queries_as_a_pack_of_one(hub: MadeHub, north: str) -> None:
    counted, there = [], 0
    for many in (1, 4, 12):
        for number in range(there, many):
            person = met_by(hub, "cora", f"N{number} Pretend")
            about: dict[str, Any] = {"actor": hub.actor("cora", now()), "at": now(), "person_id": person.pk}
            write_down_as_told(**about, kind="allergy", words="nuts", source="person")
            warn(hub, person, "cora")
        there = many
        with CaptureQueriesContext(connection) as asked:
            found = packs(hub)
        assert len(named(found[north])) == many
        counted.append(len(asked))
    assert len(set(counted)) == 1, counted


def test_every_pack_leaves_its_export_with_everybody_in_it(hub: MadeHub, north: str) -> None:
    """Shown to fail: with `take_out` left out of `pack`."""
    people = [met_by(hub, "cora", "One Pretend"), met_by(hub, "cora", "Two Pretend")]
    packed(hub)
    [left] = [one for one in Entry.objects.filter(command="file.taken_out") if one.facts["people"]]
    assert left.facts == {"what": "downtime_pack", "how": "age", "reason": "downtime", "people": [one.pk for one in people]}
    assert (left.actor_kind, left.actor_name) == ("system", "downtime")
    assert left.part_of == Entry.objects.get(command="downtime.packed").public_id


def test_only_the_installation_makes_them_all(hub: MadeHub) -> None:
    for key in ("dana", "saf", "lea"):
        with pytest.raises(NotFound):
            pack(actor=hub.actor(key), at=now(), hub_id=hub.hub.pk, keys=Every())


# Opened with the hub gone


def keys_of(hub: MadeHub, folder: Path) -> dict[str, Path]:
    """Make a pair of keys for every reader; give the private ones by the name of the reader."""
    lines, private = [], {}
    for desk in packed(hub, keys={"none"}).without_key:
        public, secret = new_key()
        lines.append(f"{desk.key} {public}  # {desk.name}")
        private[desk.name] = folder / f"{desk.key.replace(':', '-')}.key"
        private[desk.name].write_text(f"# made for a test\n{secret}\n")
    (folder / "keys").write_text("\n".join(["# who opens what", "", *lines]))
    return private


def run_pack(folder: Path, keys: Path) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("downtime_pack", str(folder), keys=str(keys), stdout=out, stderr=err)
    except CommandError as fault:
        err.write(str(fault))
    return out.getvalue(), err.getvalue()


def file_of(out: str, name: str) -> str:
    [found] = [line.split(":")[0] for line in out.splitlines() if f": {name}," in line]
    return found


def open_pack(file: Path, key: Path, to: Path, **around: str) -> subprocess.CompletedProcess[str]:
    """Open a pack as somebody does whose hub is gone: another process, no database, no settings of the installation."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("ALONGSIDE_")}
    return subprocess.run(
        [sys.executable, "-m", "alongside.config.command_line", "open-downtime-pack", str(file), str(key), "--to", str(to)],
        env={**env, "PYTHONPATH": str(ROOT / "src"), "DJANGO_SETTINGS_MODULE": "alongside.config.settings", **around},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


@pytest.mark.hazard("H06")
def test_a_pack_is_opened_with_the_database_gone(hub: MadeHub, north: str, tmp_path: Path) -> None:
    met_by(hub, "cora", "Near Pretend <script>")
    private, folder = keys_of(hub, tmp_path), tmp_path / "packs"
    out, err = run_pack(folder, tmp_path / "keys")
    assert err == ""
    file = folder / file_of(out, north)
    assert b"Near Pretend" not in file.read_bytes() and file.stat().st_mode & 0o777 == 0o600
    gone = f"sqlite:///{tmp_path}/there/is/no/database.sqlite3"
    done = open_pack(file, private[north], tmp_path / "opened", ALONGSIDE_DATABASE=gone)
    assert (done.returncode, done.stderr) == (0, "")
    html, text = ((tmp_path / "opened" / name).read_text() for name in ("pack.html", "pack.txt"))
    assert "Near Pretend &lt;script&gt;" in html and "Near Pretend <script>" in text
    for needed in ("Contact safely", "near@person.example", "Held by", "Cora Madeup", "Safeguarding duty", "01632 960000"):
        assert needed in html and needed in text, needed
    # It stands alone: it asks for nothing, runs nothing, and leads nowhere but within itself.
    assert not re.findall(r"<(?:script|link|img|iframe|form)", html) and "default-src 'none'" in html
    assert all(href.startswith("#") for href in re.findall(r'(?:href|src)="([^"]*)"', html))
    assert "http" not in text


def test_a_wrong_key_and_a_damaged_file_say_so_and_open_nothing(hub: MadeHub, north: str, tmp_path: Path) -> None:
    met_by(hub, "cora", "Near Pretend")
    private, folder = keys_of(hub, tmp_path), tmp_path / "packs"
    out, _err = run_pack(folder, tmp_path / "keys")
    file, wrong = folder / file_of(out, north), private[team(hub, "door")]
    done = open_pack(file, wrong, tmp_path / "opened")
    assert done.returncode == 1 and "this key does not open it" in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "opened").exists()
    whole, identity = file.read_bytes(), private[north].read_text().splitlines()[1]
    for damaged in (whole[:-1], whole[:200], whole[:-40] + bytes([whole[-40] ^ 1]) + whole[-39:], b"not a pack"):
        with pytest.raises(CannotBeUsed, match="bytes have been changed, or are missing"):
            paper.opened(damaged, identity, "it")
    assert set(paper.opened(whole, identity, "it")) == {"pack.html", "pack.txt"}


def test_each_run_replaces_the_one_before_and_what_is_a_day_old_goes(hub: MadeHub, north: str, tmp_path: Path) -> None:
    keys_of(hub, tmp_path)
    folder = tmp_path / "packs"
    out, _err = run_pack(folder, tmp_path / "keys")
    first = (folder / file_of(out, north)).read_bytes()
    old, kept = folder / "downtime-hub-00000000.age", folder / "somebody-elses.txt"
    for path in (old, kept):
        path.write_text("x")
        os.utime(path, ((now() - timedelta(hours=25)).timestamp(),) * 2)
    again, _err = run_pack(folder, tmp_path / "keys")
    assert file_of(again, north) == file_of(out, north) and (folder / file_of(again, north)).read_bytes() != first
    assert not old.exists() and kept.exists() and f"taken away: {old.name}" in again
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]


def test_a_reader_without_a_key_is_named_and_the_others_have_their_packs(hub: MadeHub, north: str, tmp_path: Path) -> None:
    keys_of(hub, tmp_path)
    lines = (tmp_path / "keys").read_text().splitlines()
    (tmp_path / "keys").write_text("\n".join(line for line in lines if f"# {north}" not in line))
    met_by(hub, "cora", "Near Pretend")
    out, err = run_pack(tmp_path / "packs", tmp_path / "keys")
    assert north not in out and team(hub, "door") in out
    assert f"# {north}, " in err and "1 people stand in no pack" in err and "Near Pretend" not in out + err


@pytest.mark.parametrize("line", ["x AGE-SECRET-KEY-1ABC", "x age1short", "x", "x y z"])
def test_a_file_of_keys_that_is_wrong_makes_no_pack(hub: MadeHub, tmp_path: Path, line: str) -> None:
    (tmp_path / "keys").write_text(line)
    _out, err = run_pack(tmp_path / "packs", tmp_path / "keys")
    assert err.startswith("No pack was made.") and "Line 1 of" in err and not (tmp_path / "packs").exists()


def test_a_pair_of_keys_is_made_for_one_reader(tmp_path: Path) -> None:
    out = io.StringIO()
    call_command("downtime_key", "lead:1", str(tmp_path / "k"), stdout=out)
    assert re.match(r"lead:1 age1\w+\n", out.getvalue()) and "AGE-SECRET-KEY-" in (tmp_path / "k").read_text()
    assert "AGE-SECRET-KEY-" not in out.getvalue() and (tmp_path / "k").stat().st_mode & 0o777 == 0o600
    with pytest.raises(CommandError, match="is there already"):
        call_command("downtime_key", "lead:1", str(tmp_path / "k"))


# Taken from the page


PASSWORD = "four words that stay"


def key(hub: MadeHub, name: str) -> str:
    return str(Team.objects.get(pk=hub.teams[name]).public_id)


def take(hub: MadeHub, who: str, **changes: Any) -> Any:
    given = {"key": key(hub, "door"), "how": "pdf", "password": PASSWORD, "password_again": PASSWORD, "reason": "downtime"}
    return hub.signed_in(who).post("/downtime-pack/", given | changes)


@pytest.fixture
def at_the_door(hub: MadeHub) -> Person:
    person = hub.person(now(), name="Door Pretend", email="door@person.example")
    next_on(hub, person, "dana", 0, "call")
    return person


def test_whoever_is_at_the_duty_desk_takes_a_locked_pdf(hub: MadeHub, at_the_door: Person) -> None:
    """Shown to fail: with the password left out of `as_pdf` it opens without one."""
    answer = take(hub, "dana")
    assert answer["Content-Disposition"] == 'attachment; filename="pack.pdf"' and answer["Cache-Control"] == "no-store"
    assert b"Door Pretend" not in answer.content and b"/AESV3" in answer.content
    for wrong in (None, "", "four words that stay."):
        with pytest.raises(pypdfium2.PdfiumError, match="password"):
            pypdfium2.PdfDocument(answer.content, password=wrong)
    drawn = pypdfium2.PdfDocument(answer.content, password=PASSWORD)
    text = "\n".join(page.get_textpage().get_text_range() for page in drawn)
    assert "Door Pretend" in text and "door@person.example" in text
    left = Entry.objects.get(command="file.taken_out")
    assert left.facts == {"what": "downtime_pack", "how": "pdf", "reason": "downtime", "people": [at_the_door.pk]}
    assert left.hat_id == hub.hats["dana"] and Look.objects.get(page="downtime_pack.pdf").person_ids == [at_the_door.pk]


def test_on_paper_it_is_a_page_that_is_kept_nowhere(hub: MadeHub, at_the_door: Person) -> None:
    answer = take(hub, "dana", how="print", password="", password_again="")
    assert "Door Pretend" in answer.content.decode() and "no-store" in answer["Cache-Control"]
    assert Look.objects.get(page="PackPage").person_ids == [at_the_door.pk]
    assert Entry.objects.get(command="file.taken_out").facts["how"] == "print"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"password": "short", "password_again": "short"}, "Use 12 letters or more."),
        ({"password_again": "four words that differ"}, "The two are not the same."),
        ({"password": ""}, "Write an answer. We need this one."),
        ({"reason": ""}, "Choose one."),
        ({"key": "nobody's"}, "Choose from the list."),
        ({"how": "age"}, "Choose from the list."),
    ],
)
def test_what_is_missing_is_said_and_nothing_leaves(
    hub: MadeHub, at_the_door: Person, changes: dict[str, str], said: str
) -> None:
    answer = take(hub, "dana", **changes)
    assert said in answer.content.decode().replace("&#39;", "'") and "Content-Disposition" not in answer.headers
    assert not Entry.objects.filter(command="file.taken_out").exists() and PASSWORD not in answer.content.decode()


def test_nothing_leaves_before_it_is_shown_again_who_it_is(hub: MadeHub, at_the_door: Person) -> None:
    """Shown to fail: with `leaves_the_hub` a plain `worker_page` on the view."""
    browser = hub.signed_in("dana")
    gives_second_factor(browser, now() - timedelta(hours=1))
    sent = {"key": key(hub, "door"), "how": "pdf", "password": PASSWORD, "password_again": PASSWORD, "reason": "practice"}
    for answer in (browser.get("/downtime-pack/"), browser.post("/downtime-pack/", sent)):
        assert answer.status_code == 403 and "Door Pretend" not in answer.content.decode()
    said = answer.content.decode()
    assert "practice" in said and PASSWORD not in said, "what was typed travels with the question, a password does not"


def test_one_takes_the_pack_of_ones_own_team_and_a_lead_reads_none(
    hub: MadeHub, at_the_door: Person, tmp_path: Path, settings: Any
) -> None:
    """Shown to fail: with `actor.team_ids` left out of `desks_for`."""
    north = key(hub, "north")
    assert "Choose from the list." in take(hub, "dana", key=north).content.decode()
    for who, how in (("dana", "pdf"), ("dana", "age")):
        with pytest.raises(NotAPackOfYours):
            take_pack(actor=hub.actor(who, now()), at=now(), key=north, how=how, reason="downtime")
    for how in ("pdf", "print"):
        with pytest.raises(NotAPackOfYours):
            take_pack(actor=hub.actor("lea", now()), at=now(), key=key(hub, "door"), how=how, reason="downtime")
    for who in ("cora", "nell", "wyn", "gil", "ada"):
        with pytest.raises(NotThisRole):
            take_pack(actor=hub.actor(who, now()), at=now(), key=key(hub, "door"), how="pdf", reason="downtime")
        assert hub.signed_in(who).get("/downtime-pack/").status_code == 403
    page = hub.signed_in("lea").get("/downtime-pack/").content.decode()
    assert "locked with a password" not in page and "a sealed file" in page
    assert "No key is known" in take(hub, "lea", how="age").content.decode()
    private = keys_of(hub, tmp_path)
    settings.DOWNTIME_KEYS = str(tmp_path / "keys")
    sealed = take(hub, "lea", how="age")
    assert sealed["Content-Disposition"] == 'attachment; filename="pack.age"'
    identity = private[team(hub, "door")].read_text().splitlines()[1]
    assert b"Door Pretend" in paper.opened(sealed.content, identity, "it")["pack.txt"]


def test_a_safeguarding_lead_takes_what_is_set_apart_for_them(hub: MadeHub) -> None:
    person = met_by(hub, "cora", "Away Pretend")
    exclude(actor=hub.system, at=now(), hub_id=hub.hub.pk, person_id=person.pk, words="Nell Fiction")
    own = f"lead:{Hat.objects.get(pk=hub.hats['saf']).public_id}"
    answer = take(hub, "saf", key=own, how="print")
    assert "Away Pretend" in answer.content.decode()
    assert "Choose from the list." in take(hub, "saf", how="print").content.decode()
    assert Entry.objects.get(command="file.taken_out").person_id == person.pk

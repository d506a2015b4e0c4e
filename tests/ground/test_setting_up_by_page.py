"""A hub lead sets up a hub by page; what cannot be is said beside the form, and what was typed stays."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alongside.access.models import ApiClient, Exclusion, KeptAway, SharingProposal, Signature, User
from alongside.hubs.models import CrisisContact, DutyTurn, Hat, Hub, Leave, Organisation, Team, TeamHours, TeamSeat, Worker
from alongside.members.models import Holding
from alongside.vocabulary.clock import now, today
from tests.support.hub import MadeHub, gives_second_factor

PLACES = [
    "settings",
    "hub",
    "crisis-contacts",
    "organisations",
    "sites",
    "bank-holidays",
    "standards",
    "sharing",
    "door",
    "clients",
    "teams",
    "people",
]


@pytest.fixture
def lead(hub: MadeHub, client: Client) -> Client:
    hub.take_on("lead", "Lena Tale", "trust", "hub_lead")
    return wearing(hub, client, "lead")


def wearing(hub: MadeHub, client: Client, key: str) -> Client:
    user = Hat.objects.get(pk=hub.hats[key]).worker.user
    assert user is not None
    client.force_login(user, backend="alongside.access.backend.Accounts")
    gives_second_factor(client, now())
    session = client.session
    session["hat_id"] = hub.hats[key]
    session.save()
    return client


def send(client: Client, place: str, what: str, *args: Any, **given: Any) -> Any:
    return client.post(reverse(f"hubs:{place}", args=args), {"what": what, **given})


def day(name: str, on: Any) -> dict[str, str]:
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


@pytest.mark.parametrize("place", PLACES)
def test_every_settings_page_opens_for_the_lead_and_for_nobody_else(hub: MadeHub, lead: Client, place: str) -> None:
    assert lead.get(reverse(f"hubs:{place}")).status_code == 200
    assert wearing(hub, lead, "cora").get(reverse(f"hubs:{place}")).status_code == 403


def test_name_colour_and_addresses(hub: MadeHub, lead: Client) -> None:
    given = {"name": "Rivermouth", "name_cy": "Aberafon", "phone": "01632 960001", "email": "", "colour": "plum"}
    wrong = send(lead, "hub", "hub", **given, hostnames="https://hub.example.org/")
    assert "Write only the name" in wrong.content.decode()
    assert "https://hub.example.org/" in wrong.content.decode()
    assert send(lead, "hub", "hub", **given, hostnames="").status_code == 302
    found = Hub.objects.get(pk=hub.hub.pk)
    assert (found.name, found.name_cy, found.colour, found.hostnames) == ("Rivermouth", "Aberafon", "plum", [])


def test_crisis_contacts_are_checked_and_added(hub: MadeHub, lead: Client) -> None:
    own = {"en": "Night café", "cy": "Caffi nos", "kind": "call", **day("checked_on", today())}
    assert "Write the number with digits." in send(lead, "crisis-contacts", "add", **own, number="none").content.decode()
    assert send(lead, "crisis-contacts", "add", **own, number="01632 960111").status_code == 302
    made = CrisisContact.objects.get(hub=hub.hub, en="Night café")
    assert (made.checked_on, made.checked_by_id) == (today(), hub.hats["lead"])
    CrisisContact.objects.filter(pk=made.pk).update(checked_on=None)
    assert "1 not checked yet" in lead.get(reverse("hubs:settings")).content.decode()
    send(lead, "crisis-contacts", "confirm", codes=[made.code], **day("checked_on", today()))
    made.refresh_from_db()
    assert (made.checked_on, made.checked_by_id) == (today(), hub.hats["lead"])


def test_a_wrong_ods_code_is_said_beside_it_and_nothing_typed_is_lost(hub: MadeHub, lead: Client) -> None:
    answer = send(lead, "organisations", "add", name="Harbour Surgery", sector="practice", ods_code="b-1").content.decode()
    assert "An ODS code has 3 to 10 capital letters and digits" in answer
    assert 'value="Harbour Surgery"' in answer
    send(lead, "organisations", "add", name="Harbour Surgery", sector="practice", ods_code="b83620")
    assert Organisation.objects.get(name="Harbour Surgery").ods_code == "B83620"


def test_a_team_with_its_type_hours_seats_and_rota(hub: MadeHub, lead: Client) -> None:
    Hub.objects.update(nation="england")
    made = send(
        lead, "teams", "add", name="Shore team", organisation=str(hub.partners["charity"]), kind="duty", national_team_type="F06"
    )
    team = Team.objects.get(name="Shore team")
    assert made.headers["Location"] == reverse("hubs:team", args=[team.public_id])
    assert "will not count in the national community measures" in lead.get(made.headers["Location"]).content.decode()
    assert "later closing time" in send(lead, "team", "hours", team.public_id, day_0="17:00 to 09:00").content.decode()
    send(lead, "team", "hours", team.public_id, day_0="9 to 5pm", day_2="09:00-12:00, 13:00-16:30")
    assert TeamHours.objects.filter(team=team).count() == 3
    liv = str(hub.hats["liv"])
    early = {**day("from_at", today()), "from_at_time": "09:00", **day("until_at", today()), "until_at_time": "10:00"}
    assert "Give them a seat in this team first" in send(lead, "team", "turn", team.public_id, hat=liv, **early).content.decode()
    assert "Nobody is on duty in these opening hours" in lead.get(reverse("hubs:team", args=[team.public_id])).content.decode()
    send(lead, "team", "seat", team.public_id, hat=liv)
    assert TeamSeat.objects.filter(team=team, hat_id=liv, until_at__isnull=True).exists()
    moments = {
        **day("from_at", today()),
        "from_at_time": "09:00",
        **day("until_at", today() + timedelta(days=1)),
        "until_at_time": "09:00",
    }
    send(lead, "team", "turn", team.public_id, hat=liv, **moments)
    assert DutyTurn.objects.filter(team=team, hat_id=liv).exists()
    turned = {**moments, **day("until_at", today() - timedelta(days=1))}
    assert "closing time must be later" in send(lead, "team", "turn", team.public_id, hat=liv, **turned).content.decode()
    send(lead, "team", "leave", team.public_id, hat=liv)
    assert not TeamSeat.objects.filter(team=team, until_at__isnull=True).exists()


def test_an_invitation_shows_its_link_once(hub: MadeHub, lead: Client) -> None:
    given = {
        "name": "Nia Newcomer",
        "email": "Nia@rivermouth.example",
        "organisation": str(hub.partners["charity"]),
        "role": "link_worker",
    }
    page = send(lead, "people", "invite", **given, teams=[str(hub.teams["harbour"])]).content.decode()
    link = re.search(r"/account/first/[\w-]+/[\w-]+/", page)
    assert link
    assert "/account/first/" not in lead.get(reverse("hubs:people")).content.decode()
    assert TeamSeat.objects.filter(team_id=hub.teams["harbour"], hat__worker__name="Nia Newcomer").exists()
    assert User.objects.get(email="nia@rivermouth.example").has_usable_password() is False
    assert Client().get(link[0]).status_code == 200


def test_a_student_needs_a_supervisor(hub: MadeHub, lead: Client) -> None:
    given = {"name": "Stu Dent", "email": "stu@rivermouth.example", "organisation": str(hub.partners["trust"]), "role": "student"}
    assert "A student needs a supervisor" in send(lead, "people", "invite", **given).content.decode()
    assert not User.objects.filter(email="stu@rivermouth.example").exists()
    assert "Shown this once" in send(lead, "people", "invite", **given, supervisor=str(hub.hats["wyn"])).content.decode()


def test_a_newcomer_whose_name_is_like_an_exclusion_is_kept_away(hub: MadeHub, lead: Client) -> None:
    person = hub.person(exclusion="Nia Newcomer")
    given = {
        "name": "Nia Newcomer",
        "email": "nia@rivermouth.example",
        "organisation": str(hub.partners["trust"]),
        "role": "duty_worker",
    }
    send(lead, "people", "invite", **given, teams=[str(hub.teams["door"])])
    hub.hats["nia"] = Hat.objects.get(worker__name="Nia Newcomer").pk
    assert wearing(hub, Client(), "nia").get(reverse("web:show-person", args=[person.public_id])).status_code == 404
    assert wearing(hub, Client(), "dana").get(reverse("web:show-person", args=[person.public_id])).status_code == 200


def test_a_worker_gets_another_hat_and_a_new_link(hub: MadeHub, lead: Client) -> None:
    worker = Worker.objects.get(hats=hub.hats["nell"])
    send(lead, "worker", "hat", worker.public_id, organisation=str(hub.partners["charity"]), role="coordinator")
    assert Hat.objects.filter(worker=worker).count() == 2
    assert "/account/first/" in send(lead, "worker", "link", worker.public_id).content.decode()


def test_standards_carry_value_and_origin(hub: MadeHub, lead: Client) -> None:
    send(lead, "standards", "set", code="soon", value="2", origin="Our board, 3 March 2026")
    page = lead.get(reverse("hubs:standards")).content.decode()
    assert "2 working days" in page
    send(lead, "standards", "set", code="soon", value="1", origin="Our board, 3 March 2026")
    page = lead.get(reverse("hubs:standards")).content.decode()
    assert "1 working day<" in page and "1 working days" not in page
    assert "Our board, 3 March 2026" in page


def test_every_number_of_the_settings_says_what_it_counts(hub: MadeHub, lead: Client) -> None:
    found = re.findall(r'al-rows__side">([^<]*)<', lead.get(reverse("hubs:settings")).content.decode())
    assert "4 organisations" in found and "0 systems are let in" in found and f"{len(hub.hats)} people work here" in found
    assert not any(one.isdigit() for one in found)


def test_a_door_that_is_open_is_not_opened_but_saved(hub: MadeHub, lead: Client) -> None:
    said = []
    for is_open in (False, True):
        Hub.objects.filter(pk=hub.hub.pk).update(public_door_open=is_open)
        said.append("Open the public door</button>" in lead.get(reverse("hubs:door")).content.decode())
    assert said == [True, False]


def test_organisations_sign_and_leave_the_agreement(hub: MadeHub, lead: Client) -> None:
    signature = Signature.objects.get(organisation_id=hub.partners["charity"])
    charity = str(hub.partners["charity"])
    send(lead, "sharing", f"leave-{signature.agreement_id}", organisation=charity)
    assert Signature.objects.get(pk=signature.pk).until_at is not None
    send(lead, "sharing", f"sign-{signature.agreement_id}", organisation=charity)
    assert not Signature.objects.filter(organisation_id=charity, until_at__isnull=True).exists(), "two others say yes first"
    hub.take_on("privacy", "Prue Fable", "council", "privacy_officer")
    proposal = SharingProposal.objects.get()
    for key in ("privacy", "saf"):
        hub.signed_in(key).post("/sharing-proposals/", {"what": f"yes-{proposal.public_id}"})
    again = Signature.objects.get(organisation_id=charity, until_at__isnull=True)
    assert again.signed_by_id == hub.hats["lead"]


def test_the_public_door_says_what_stands_in_the_way(hub: MadeHub, lead: Client) -> None:
    Hub.objects.update(public_door_open=False)
    TeamHours.objects.all().delete()
    CrisisContact.objects.filter(code="999").update(checked_on=None)
    page = lead.get(reverse("hubs:door")).content.decode()
    assert "until a duty team has opening hours" in page
    assert "Every crisis contact needs a checked date" in page
    refused = send(lead, "door", "open", team=str(hub.teams["door"])).content.decode()
    assert "Error:" in refused
    assert not Hub.objects.get(pk=hub.hub.pk).public_door_open


def test_the_public_door_is_closed_and_opened(hub: MadeHub, lead: Client) -> None:
    send(lead, "door", "close")
    assert not Hub.objects.get(pk=hub.hub.pk).public_door_open
    send(lead, "door", "open", team=str(hub.teams["door"]))
    assert Hub.objects.get(pk=hub.hub.pk).public_door_open


def test_a_partners_system_is_let_in_once_and_shut_out(hub: MadeHub, lead: Client) -> None:
    page = send(lead, "clients", "add", organisation=str(hub.partners["practice"]), name="surgery").content.decode()
    assert "The token of surgery" in page
    found = ApiClient.objects.get(name="surgery")
    assert found.token_fingerprint not in page
    send(lead, "clients", "end", which=str(found.pk))
    assert ApiClient.objects.get(pk=found.pk).until_at is not None


def test_ending_a_hat_asks_for_new_holders(hub: MadeHub, lead: Client) -> None:
    person = hub.held_by("cora")
    hat = Hat.objects.get(pk=hub.hats["cora"])
    address = reverse("members:end-hat", args=[hat.public_id])
    assert "It holds 1 person" in lead.get(address).content.decode()
    assert "still holds people" in lead.post(address, {"holder": ""}).content.decode()
    assert lead.post(address, {"holder": f"hat:{hub.hats['nell']}"}).status_code == 302
    assert Holding.objects.get(open_for=person.pk).hat_id == hub.hats["nell"]
    hat.refresh_from_db()
    assert hat.until_at is not None and hat.until_at <= now()


def test_a_service_lead_arranges_leave_without_seeing_anybody(hub: MadeHub, client: Client) -> None:
    person = hub.held_by("cora")
    page = wearing(hub, client, "lea").get(reverse("members:hats")).content.decode()
    hat = Hat.objects.get(pk=hub.hats["cora"])
    address = reverse("members:arrange-leave", args=[hat.public_id])
    assert "Cora Madeup" in page and address in page and person.chosen_name not in page
    given = {**day("from_on", today()), **day("until_on", today() + timedelta(days=4)), "cover": str(hub.hats["nell"])}
    assert client.post(address, given).headers["Location"] == reverse("members:hats")
    assert "Nell Fiction" in client.get(reverse("members:hats")).content.decode()
    assert client.get(reverse("web:show-person", args=[person.public_id])).status_code == 404
    assert wearing(hub, client, "cora").get(reverse("members:hats")).status_code == 403


def test_leave_has_cover(hub: MadeHub, lead: Client) -> None:
    hat = Hat.objects.get(pk=hub.hats["cora"])
    address = reverse("members:arrange-leave", args=[hat.public_id])
    first, last = today() + timedelta(days=3), today() + timedelta(days=9)
    backwards = lead.post(address, {**day("from_on", last), **day("until_on", first), "cover": str(hub.hats["nell"])})
    assert "The last day is before the first." in backwards.content.decode()
    lead.post(address, {**day("from_on", first), **day("until_on", last), "cover": str(hub.hats["nell"])})
    assert Leave.objects.get(hat=hat).cover_id == hub.hats["nell"]


def test_only_the_safeguarding_lead_and_the_holder_settle_an_exclusion(hub: MadeHub, client: Client) -> None:
    person = hub.held_by("cora", exclusion="Nell Fiction, my cousin")
    for key in ("dana", "liv", "lea", "ada"):
        page = wearing(hub, client, key).get(reverse("access:exclusions")).content.decode()
        assert "There is nothing to settle" in page, key
    for key in ("cora", "saf"):
        assert person.chosen_name in wearing(hub, client, key).get(reverse("access:exclusions")).content.decode(), key
    address = re.search(
        r"/exclusions/[0-9a-f-]{36}/", wearing(hub, client, "saf").get(reverse("access:exclusions")).content.decode()
    )
    assert address
    assert "my cousin" in client.get(address[0]).content.decode()
    assert wearing(hub, Client(), "dana").get(address[0]).status_code == 404
    assert wearing(hub, Client(), "nell").post(address[0], {"workers": []}).status_code == 404
    nell = Hat.objects.get(pk=hub.hats["nell"]).worker_id
    assert client.post(address[0], {"workers": [str(nell)]}).status_code == 302
    assert client.get(address[0]).status_code == 404


def test_nobody_is_set_free_because_nobody_was_ticked(hub: MadeHub, client: Client) -> None:
    """An empty list ends the keeping away of every like name: it has to be said. Seen to fail with the form's `clean` removed."""
    hub.take_on("nel2", "Nell Otherwise", "trust", "duty_worker", ("door",))
    person = hub.held_by("cora", exclusion="Nell")
    alike = {Hat.objects.get(pk=hub.hats[key]).worker_id for key in ("nell", "nel2")}

    def kept_away() -> set[int | None]:
        return set(KeptAway.objects.filter(person=person, until_at__isnull=True).values_list("worker_id", flat=True))

    saf = wearing(hub, client, "saf")
    address = reverse("safety:settle", args=[Exclusion.objects.get().public_id])
    nobody_said = saf.post(address, {})
    assert "Tick who is meant, or say that nobody here is meant." in nobody_said.content.decode()
    both_said = saf.post(address, {"workers": [str(one) for one in alike], "nobody": "on"})
    assert "Untick them if nobody here is meant." in both_said.content.decode()
    made_up = saf.post(address, {"workers": ["0"]})
    assert [answer.status_code for answer in (nobody_said, both_said, made_up)] == [200, 200, 200]
    assert (kept_away(), Exclusion.objects.get().settled_at) == (alike, None)
    assert saf.post(address, {"nobody": "on"}).status_code == 302
    assert kept_away() == set() and Exclusion.objects.get().settled_by_id == hub.hats["saf"]

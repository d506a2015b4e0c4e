"""An exclusion by name is silent, at once, and above everything else (C07)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from alongside.access.commands import exclude, settle_exclusion
from alongside.access.models import DeclaredRelation, Exclusion, KeptAway
from alongside.access.policy import has_relationship
from alongside.hubs.models import Hat, Team
from alongside.journal.models import Entry, Look
from alongside.journey.referrals.commands import decide
from alongside.journey.referrals.queries import get_referral, referrals_waiting_for_triage, referrers_to_tell
from alongside.members.queries import choices_of_holders
from alongside.messages.models import Message
from alongside.people.models import MatchTask, Person
from alongside.people.queries import Asked, find_people, get_person, story_of
from alongside.refusals import NotFound
from alongside.safety.commands import declare_relation
from alongside.web import figures
from alongside.web.tasks import sweep
from tests.support.hub import AT, MadeHub, dated, referral_of
from tests.support.searches import FINDING, FOUND

pytestmark = pytest.mark.hazard("H09")

DAY = timedelta(days=1)


def sees(hub: MadeHub, key: str, person: Person, at: datetime = AT + DAY) -> bool:
    try:
        get_person(hub.actor(key, at), person.public_id, at=at)
        return True
    except NotFound:
        return False


@pytest.mark.parametrize("words", ["Dana", "my ex, Dana Pretend", "dana works at the surgery", "Dayna", "DANNA P."])
def test_whoever_has_a_name_like_it_is_kept_away_before_anybody_is_told(hub: MadeHub, words: str) -> None:
    person = hub.person(exclusion=words)
    assert (sees(hub, "dana", person), sees(hub, "wyn", person)) == (False, True)
    dana = hub.actor("dana")
    assert find_people(dana, Asked(name="Mair Pretend")) == [] and story_of(dana, person.pk) == []
    assert referrals_waiting_for_triage(dana) == [] and len(referrals_waiting_for_triage(hub.actor("wyn"))) == 1
    assert not has_relationship(dana, person.pk, at=AT + DAY)


def test_to_the_one_kept_away_the_person_is_exactly_like_somebody_who_does_not_exist(hub: MadeHub) -> None:
    person = hub.person(exclusion="Dana")
    answers = []
    for key in (person.public_id, uuid4()):
        with pytest.raises(NotFound) as refused:
            get_person(hub.actor("dana"), key)
        answers.append((str(refused.value), refused.value.code, refused.value.status))
    with pytest.raises(NotFound) as refused:
        get_referral(hub.actor("dana"), referral_of(person).public_id)
    answers.append((str(refused.value), refused.value.code, refused.value.status))
    assert len(set(answers)) == 1


def test_an_exclusion_leaves_ids_in_the_journal_and_nothing_else_that_tells(hub: MadeHub) -> None:
    hub.person(exclusion="my ex, Dana Pretend")
    entry = Entry.objects.get(command="exclusion.made")
    assert entry.label == "circle" and set(entry.facts) == {"exclusion"}
    assert not Look.objects.exists()


def test_it_reaches_every_hat_of_the_same_worker_and_those_who_would_hold(hub: MadeHub) -> None:
    person = hub.person(exclusion="Nell")
    holders = [key for key, _words in choices_of_holders(hub.actor("wyn"), person.pk, at=AT)]
    assert f"hat:{hub.hats['nell']}" not in holders and f"hat:{hub.hats['cora']}" in holders


def test_a_new_worker_with_such_a_name_is_kept_away_from_the_first_moment(hub: MadeHub) -> None:
    person = hub.person(exclusion="Gethin, he drives the bus")
    hub.take_on("geth", "Gethin Newcomer", "trust", "duty_worker", ("door",), at=AT + DAY)
    hub.take_on("mali", "Mali Newcomer", "trust", "duty_worker", ("door",), at=AT + DAY)
    assert (sees(hub, "geth", person, AT + 2 * DAY), sees(hub, "mali", person, AT + 2 * DAY)) == (False, True)


def test_settling_keeps_the_one_away_and_frees_the_others(hub: MadeHub) -> None:
    hub.take_on("dan2", "Dana Otherwise", "trust", "duty_worker", ("door",))
    person = hub.person(exclusion="Dana")
    assert (sees(hub, "dana", person), sees(hub, "dan2", person)) == (False, False)
    meant = Hat.objects.get(pk=hub.hats["dan2"]).worker_id
    settle_exclusion(actor=hub.actor("saf"), at=AT + DAY, exclusion_id=Exclusion.objects.get().pk, worker_ids=[meant])
    later = AT + DAY + timedelta(seconds=1)
    assert (sees(hub, "dana", person, later), sees(hub, "dan2", person, later)) == (True, False)
    # A later namesake is compared with what is not settled only.
    hub.take_on("dan3", "Dana Third", "trust", "duty_worker", ("door",), at=later)
    assert sees(hub, "dan3", person, later)


def test_settling_can_name_somebody_whose_name_was_not_alike(hub: MadeHub) -> None:
    person = hub.person(exclusion="the tall man at the desk")
    assert not KeptAway.objects.exists()
    meant = Hat.objects.get(pk=hub.hats["wyn"]).worker_id
    settle_exclusion(actor=hub.actor("saf"), at=AT, exclusion_id=Exclusion.objects.get().pk, worker_ids=[meant])
    assert (sees(hub, "wyn", person), sees(hub, "dana", person)) == (False, True)


def test_it_is_settled_by_the_safeguarding_lead_or_the_holder_and_never_by_the_one_kept_away(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    one = exclude(actor=hub.system, at=AT, hub_id=hub.hub.pk, person_id=person.pk, words="Dana")
    for key in ("dana", "liv", "gil", "ada", "lea"):
        with pytest.raises(NotFound):
            settle_exclusion(actor=hub.actor(key), at=AT + DAY, exclusion_id=one.pk, worker_ids=[])
    settle_exclusion(actor=hub.actor("cora"), at=AT + DAY, exclusion_id=one.pk, worker_ids=[])
    assert Exclusion.objects.get().settled_by_id == hub.hats["cora"]


def test_a_namesake_who_has_left_stays_kept_away_when_it_is_settled(hub: MadeHub) -> None:
    """Nobody said that they are not meant, and they may come back. Seen to fail without `worker__left_at__isnull`."""
    person = hub.person(exclusion="Dana or Wyn")
    gone = Hat.objects.get(pk=hub.hats["dana"]).worker
    gone.left_at = AT
    gone.save()
    settle_exclusion(actor=hub.actor("saf"), at=AT, exclusion_id=Exclusion.objects.get().pk, worker_ids=[])
    gone.left_at = None
    gone.save()
    assert (sees(hub, "dana", person), sees(hub, "wyn", person)) == (False, True)


# Two worlds that differ only in what a worker may not know: every answer is the same, byte for byte (trust.md C14, T01).

BORN, NUMBER = date(1987, 3, 9), "9434765919"
THEM: dict[str, Any] = {"name": "Mair Pretend", "born_on": BORN, "nhs_number": NUMBER, "postcode": "SA1 1AA"}
LISTS = (
    "/today/", "/triage/", "/introductions/", "/nobody-lost/", "/who-is-who/", "/hats/", "/people-i-know/", "/shown-to-me/",
    "/exclusions/", "/emergency/", "/bring-someone-in/", "/find-support/",
)  # fmt: skip
SEARCHES: dict[str, dict[str, str]] = {
    "by name": {"name": "Mair Pretend"},
    "by half a name": {"name": "mair"},
    "by number": {"nhs_number": NUMBER},
    "by birthday": dated("born_on", BORN),
}
LISTS += tuple(SEARCHES)
OF_THE_HUB = ("/hub/", *(f"/hub/{what}/" for what in figures.FIGURES))
OF_THEM = (
    "", "in-a-crisis/", "sharing/", "sharing/print/", "sharing/carers/", "alerts/", "conversation/", "contact/", "write-down/",
    "next-date/", "contact-safety/", "allergies-and-medicines/", "find-help/", "conversation/keep-away/",
)  # fmt: skip
"""Pages about the person, but for the two below."""
WHO_COULD = ("holder/", "rest/")
"""Whoever is kept away is not offered as a holder; so the first list is shorter by a name that nobody has reason to miss. It stays
so: a list that offered them would send the person to the one whom they fear (H11)."""


@pytest.fixture
def frozen(hub: MadeHub) -> Iterator[None]:
    with time_machine.travel(AT + timedelta(minutes=10), tick=False):
        yield


def plain(body: str) -> str:
    """Take away what is new at every request, and the names by which rows of this world alone are called."""
    body = re.sub(r'(name="(?:csrfmiddlewaretoken|key)"[^>]* value=")[^"]+', r"\1", body)
    body = re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "ID", body)
    return re.sub(r"\b[A-Z]{3}-\d{4}-[A-Z]\b", "REFERENCE", body)


def answers(browser: Client, paths: tuple[str, ...], posts: dict[str, dict[str, Any]]) -> dict[str, tuple[int, str, str]]:
    """Ask for every page, send every form, and ask for every page again: what a form does is looked for too."""
    found = {}
    for turn in ("before", "after"):
        for path in paths:
            if path in SEARCHES:
                browser.post(FINDING, {**SEARCHES[path], "search": "yes"})
            answer = browser.get(FOUND if path in SEARCHES else path)
            found[f"{turn} {path}"] = (
                answer.status_code,
                plain(answer.headers.get("Location", "")),
                plain(answer.content.decode()),
            )
        for path, sent in posts.items() if turn == "before" else ():
            answer = browser.post(path, sent)
            found[f"sent {path}"] = (
                answer.status_code,
                plain(answer.headers.get("Location", "")),
                plain(answer.content.decode()),
            )
    return found


def in_a_world(change: Callable[[], Any], look: Callable[[], Any]) -> Any:
    """Let something be so, look, and let it not have been."""
    with transaction.atomic():
        change()
        found = look()
        transaction.set_rollback(True)
    return found


def differ(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    assert one.keys() == other.keys() and len(one) > 20
    return [path for path in one if one[path] != other[path]]


def forms(person: UUID) -> dict[str, dict[str, Any]]:
    """What somebody may send who wants to find out: they come in again, in an emergency, and everything at their own address."""
    again = {
        "name": "Mair Pretend", "channel": "email", "reach": "mair@person.example", "words": "Again.", "knows": "on", "door": "gp",
        "nhs_number": NUMBER, "key": "again", **dated("born_on", BORN),
    }  # fmt: skip
    opens = {
        "name": "Mair Pretend", "nhs_number": NUMBER, "postcode": "SA1 1AA", "category": "medical",
        "reason": "They have fallen and do not answer.", **dated("born_on", BORN),
    }  # fmt: skip
    knows = {"name": "Mair Pretend", "kind": "friend", **dated("born_on", BORN)}
    at_their_address = {f"/people/{person}/{page}": {"words": "x"} for page in (*OF_THEM, *WHO_COULD)}
    return {"/bring-someone-in/": again, "/emergency/": opens, "/people-i-know/": knows, **at_their_address}


def forms_within_reach(person: UUID) -> dict[str, dict[str, Any]]:
    """The same for somebody who is near the person; nobody is passed on, since the lists of who could hold them differ."""
    not_sent = tuple(f"/people/{person}/{page}" for page in WHO_COULD)
    return {path: sent for path, sent in forms(person).items() if path not in not_sent}


def own_teams(hub: MadeHub, *keys: str) -> tuple[str, ...]:
    ids = [Team.objects.get(pk=hub.teams[key]).public_id for key in keys]
    return tuple(f"/hub/teams/{one}/{rest}" for one in ids for rest in ("", "workers/"))


@pytest.mark.usefixtures("frozen")
@pytest.mark.hazard("H09")
def test_whoever_is_kept_away_cannot_tell_it_from_a_hub_where_the_person_never_came(hub: MadeHub) -> None:
    """Lists, search, duplicates, an emergency, errors, own teams' counts. Seen to fail with `denied` out of `visible_to`, with the
    exclusion out of `_known_for_certain`, and with the reader's own team counted whole (`_but_whom_they_must_not_know`)."""
    hub.person(name="Somebody Else", email="else@person.example")
    browser, nobody, made = hub.signed_in("dana"), uuid4(), {}

    def came() -> None:
        person = hub.person(exclusion="Dana", ways=None, **THEM)
        Person.objects.filter(pk=person.pk).update(public_id=nobody)
        made["person"] = person

    paths = (*LISTS, *own_teams(hub, "door"), *(f"/people/{nobody}/{page}" for page in (*OF_THEM, *WHO_COULD)))
    look = lambda: answers(browser, paths, forms(nobody))  # noqa: E731  # the same look in both worlds
    here, never = in_a_world(came, look), in_a_world(lambda: None, look)
    assert differ(here, never) == []
    assert made["person"].chosen_name == "Mair Pretend" and here["sent /bring-someone-in/"][0] == 302
    # It could have been told apart: without the exclusion it is.
    seen = in_a_world(lambda: (came(), KeptAway.objects.update(until_at=AT)), look)
    assert {"before /today/", f"before /people/{nobody}/", "sent /emergency/"} & set(differ(seen, never))


@pytest.mark.usefixtures("frozen")
@pytest.mark.hazard("H09")
@pytest.mark.parametrize("reader", ["dana", "wyn", "liv", "nell", "gil", "ada", "lea"])
def test_everybody_else_reads_the_same_with_and_without_it(hub: MadeHub, reader: str) -> None:
    """Who is neither kept away, nor the holder, nor the safeguarding lead. Seen to fail with a line about it on any page."""
    person = hub.person(**THEM)
    browser = hub.signed_in(reader)
    pages = tuple(f"/people/{person.public_id}/{page}" for page in OF_THEM)
    paths = (*LISTS, *OF_THE_HUB, *own_teams(hub, "door", "north", "harbour"), *pages)

    def kept() -> None:
        exclude(actor=hub.system, at=AT, hub_id=hub.hub.pk, person_id=person.pk, words="my ex, Tess")

    look = lambda: answers(browser, paths, forms_within_reach(person.public_id))  # noqa: E731  # as above
    assert differ(in_a_world(kept, look), in_a_world(lambda: None, look)) == []


@pytest.mark.usefixtures("frozen")
@pytest.mark.hazard("H09")
def test_the_numbers_of_the_whole_hub_are_the_same_to_whoever_is_kept_away(hub: MadeHub) -> None:
    """What they count stays as it was; only the rows within reach are fewer, as for anybody out of reach."""
    person, browser = hub.person(**THEM), hub.signed_in("dana")

    def numbers() -> dict[str, list[str]]:
        pages = {path: browser.get(path).content.decode() for path in (*OF_THE_HUB, "/nobody-lost/")}
        return {path: re.findall(r'<p class="al-figure">([^<]+)</p>', page) for path, page in pages.items()}

    def kept() -> None:
        exclude(actor=hub.system, at=AT, hub_id=hub.hub.pk, person_id=person.pk, words="Dana")

    found = in_a_world(kept, numbers)
    assert found == in_a_world(lambda: None, numbers) and any(found.values())


@pytest.mark.usefixtures("frozen")
@pytest.mark.hazard("H09")
def test_whom_a_worker_says_they_know_answers_the_same_whether_they_are_here_or_not(hub: MadeHub) -> None:
    """Saying so is no way to find out, nor is anything afterwards. Seen to fail with a sentence that says whether somebody was found."""
    browser, nobody = hub.signed_in("dana"), uuid4()

    def knows() -> None:
        declare_relation(actor=hub.actor("dana"), at=AT, kind="family", name="Mair Pretend", born_on=BORN, nhs_number=NUMBER)

    def here() -> None:
        person = hub.person(**THEM)
        Person.objects.filter(pk=person.pk).update(public_id=nobody)
        knows()

    paths = (*LISTS, *own_teams(hub, "door"), *(f"/people/{nobody}/{page}" for page in (*OF_THEM, *WHO_COULD)))
    look = lambda: answers(browser, paths, forms(nobody))  # noqa: E731  # as above
    assert differ(in_a_world(here, look), in_a_world(knows, look)) == []

    def says_so_by_page() -> dict[str, Any]:
        sent = {"name": "Mair Pretend", "kind": "family", "nhs_number": NUMBER, **dated("born_on", BORN)}
        return answers(browser, LISTS, {"/people-i-know/": sent})

    def only_here() -> None:
        hub.person(**THEM)

    after = [
        {path: one for path, one in in_a_world(change, says_so_by_page).items() if not path.startswith("before")}
        for change in (only_here, lambda: None)
    ]
    assert after[0] == after[1] and not DeclaredRelation.objects.exists()


@pytest.mark.usefixtures("frozen")
@pytest.mark.hazard("H09")
@pytest.mark.parametrize("reader", ["wyn", "liv", "nell", "saf"])
def test_nobody_else_reads_what_a_worker_said_of_whom_they_know(hub: MadeHub, reader: str) -> None:
    person, browser = hub.person(**THEM), hub.signed_in(reader)
    pages = tuple(f"/people/{person.public_id}/{page}" for page in OF_THEM)
    paths = (*LISTS, *OF_THE_HUB, *own_teams(hub, "door", "north", "harbour"), *pages)

    def knows() -> None:
        declare_relation(actor=hub.actor("tess"), at=AT, kind="family", name="Mair Pretend", born_on=BORN, nhs_number="")

    look = lambda: answers(browser, paths, forms_within_reach(person.public_id))  # noqa: E731  # as above
    assert differ(in_a_world(knows, look), in_a_world(lambda: None, look)) == []


@pytest.mark.hazard("H09")
def test_a_match_with_somebody_who_keeps_a_matcher_away_is_no_task_of_theirs(hub: MadeHub) -> None:
    """Two records that may be one person, one of which keeps Dana away: she reads of neither."""
    hub.person(exclusion="Dana", **THEM)
    hub.person(**THEM | {"name": "Marged Pretend", "nhs_number": NUMBER}, email="other@person.example")
    assert MatchTask.objects.count() == 1
    page = hub.signed_in("dana").get("/who-is-who/").content.decode()
    assert "Mair Pretend" not in page and "Marged Pretend" not in page
    assert "Mair Pretend" in hub.signed_in("wyn").get("/who-is-who/").content.decode()


@pytest.mark.hazard("H09")
@pytest.mark.parametrize("meant", ["worker", "organisation", "address"])
def test_a_referrer_who_is_kept_away_gets_no_more_e_mail_of_whom_they_brought_in(hub: MadeHub, meant: str) -> None:
    """Seen to fail without the exclusion in `referrers_to_tell`: the letter says that somebody was met or decided about."""
    by = {"source_hat": Hat.objects.get(pk=hub.hats["gil"])} if meant != "address" else {}
    person = hub.person(**THEM)
    referral = referral_of(person)
    for name, value in {**by, "source_contact": f"gil@{hub.hub.slug}.example", "agrees": True}.items():
        setattr(referral, name, value)
    referral.save()
    decide(actor=hub.actor("wyn"), at=AT, referral_id=referral.public_id, urgency="steady", to_hat_id=hub.hats["cora"])

    def kept(organisation: int | None = None) -> None:
        one = exclude(
            actor=hub.system, at=AT, hub_id=hub.hub.pk, person_id=person.pk, words="the surgery" if organisation else "Gil"
        )
        if organisation:
            settle_exclusion(actor=hub.actor("saf"), at=AT, exclusion_id=one.pk, worker_ids=[], organisation_ids=[organisation])

    later = AT + timedelta(hours=1)
    assert referrers_to_tell(hub.hub.pk, later) == [referral.pk]
    kept(hub.partners["practice"] if meant == "organisation" else None)
    assert referrers_to_tell(hub.hub.pk, later) == []
    before = Message.objects.count()
    with time_machine.travel(later, tick=False):
        sweep(later)
    assert Message.objects.count() == before

"""Who is asking is built from a hat that may be worn at this moment, and from what stands around it at this moment (D0).

Quick, and near to what decides, as `test_each_scope_and_who_asks`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from alongside.access.actors import hats_of, sharing_of, worker_actor, worn_in_session
from alongside.access.models import CircleName, Glass, Override, Session, SharingAgreement, Signature, User
from alongside.hubs.models import Hat, Hub, Organisation, Stop, TeamSeat, Worker
from alongside.people.models import Person
from alongside.reads import together
from alongside.vocabulary.actor import Actor
from tests.support.hub import AT, MadeHub, open_hub

pytestmark = [pytest.mark.django_db, pytest.mark.hazard("H09")]
HOUR = timedelta(hours=1)
NOW = {"from_at": AT - HOUR, "until_at": AT + HOUR}
OVER = {"from_at": AT - 2 * HOUR, "until_at": AT}
TO_COME = {"from_at": AT + HOUR, "until_at": AT + 2 * HOUR}


def hat_of(hub: MadeHub, key: str = "cora") -> Hat:
    return Hat.objects.select_related("worker__user").get(pk=hub.hats[key])


def begin_session(hat: Hat, key: str = "one", **instead: Any) -> None:
    Session.objects.create(
        **{"session_key": key, "session_data": "", "expire_date": AT + HOUR, "user": hat.worker.user, "hat": hat, **instead}
    )


def in_session(key: str = "one") -> Actor | None:
    asked = worn_in_session([key], at=AT)
    together(*asked.reads)
    worn = asked.worn()
    return worn.actor if worn else None


def test_a_session_is_its_hat_as_long_as_it_lasts_and_only_its_own_accounts(hub: MadeHub) -> None:
    cora, nell = hat_of(hub), hat_of(hub, "nell")
    begin_session(cora)
    begin_session(nell, "another")
    assert in_session() == hub.actor("cora") != in_session("another") == hub.actor("nell")
    assert in_session("none") is None
    Session.objects.filter(session_key="one").update(expire_date=AT)
    assert in_session() is None
    Session.objects.filter(session_key="one").update(expire_date=AT + HOUR, user=nell.worker.user)
    assert in_session() is None


@pytest.mark.parametrize("asks", ["by its key", "in a session", "of an account"])
@pytest.mark.parametrize("what", ["hat", "hat to come", "worker", "account", "training", "organisation"])
def test_what_has_ended_builds_nobody(hub: MadeHub, asks: str, what: str) -> None:
    """An account that is locked lists its hats all the same: it cannot sign in (`hats_of`)."""
    cora = hat_of(hub)
    user = cora.worker.user
    assert user is not None
    begin_session(cora)

    def works() -> bool:
        if asks == "of an account":
            return [one.pk for one in hats_of(user, at=AT)] == [cora.pk]
        return (worker_actor(cora.pk, user_id=user.pk, at=AT) if asks == "by its key" else in_session()) is not None

    assert works()
    match what:
        case "hat":
            Hat.objects.filter(pk=cora.pk).update(until_at=AT)
        case "hat to come":
            Hat.objects.filter(pk=cora.pk).update(from_at=AT + HOUR)
        case "worker":
            Worker.objects.filter(pk=cora.worker_id).update(left_at=AT)
        case "account":
            User.objects.filter(pk=user.pk).update(is_active=False)
        case "training":
            Worker.objects.filter(pk=cora.worker_id).update(trained_until_at=AT)
        case "organisation":
            Stop.objects.create(hub=hub.hub, organisation_id=cora.organisation_id, because="breach", from_at=AT - HOUR)
    assert works() is (what == "account" and asks == "of an account")


def test_a_hat_is_built_for_its_own_account_or_for_whoever_may_ask_for_any(hub: MadeHub) -> None:
    cora, nell = hat_of(hub), hat_of(hub, "nell")
    assert cora.worker.user and nell.worker.user
    assert worker_actor(cora.pk, user_id=nell.worker.user.pk, at=AT) is None
    found = worker_actor(cora.pk, user_id=cora.worker.user.pk, at=AT)
    assert found == worker_actor(cora.pk, user_id=None, at=AT) == hub.actor("cora")
    assert found and (found.user_id, found.worker_id, found.hat_id) == (cora.worker.user.pk, cora.worker_id, cora.pk)


def test_an_account_lists_its_hats_by_hub_organisation_and_role_and_nobody_elses(hub: MadeHub) -> None:
    elsewhere, cora = open_hub("aberdale", nation="england"), hat_of(hub)
    user = cora.worker.user
    assert user is not None
    made = {}
    for made_hub, partner, role in [(hub, "trust", "peer_worker"), (hub, "council", "link_worker"), (elsewhere, "trust", "duty_worker"), (hub, "trust", "duty_worker")]:  # fmt: skip
        hat = Hat.objects.get(pk=cora.pk)
        hat.pk, hat.public_id, hat.role = None, uuid4(), role
        hat.hub_id, hat.organisation_id = made_hub.hub.pk, made_hub.partners[partner]
        hat.save(force_insert=True)
        made[made_hub.hub.slug, partner, role] = hat.pk
    assert [one.pk for one in hats_of(user, at=AT)] == [
        made["aberdale", "trust", "duty_worker"], made["rivermouth", "council", "link_worker"], cora.pk,
        made["rivermouth", "trust", "duty_worker"], made["rivermouth", "trust", "peer_worker"],
    ]  # fmt: skip


def test_the_teams_of_a_hat_are_those_it_sits_in_at_the_moment_each_once_and_in_order(hub: MadeHub) -> None:
    """Asked both ways, of a moment long ago: whoever sat there then has left since."""
    cora, teams = hat_of(hub), hub.teams
    begin_session(cora)
    TeamSeat.objects.filter(hat=cora).delete()
    for team, when in [("harbour", NOW), ("north", NOW), ("door", OVER), ("door", TO_COME), ("harbour", {"from_at": AT - HOUR})]:
        TeamSeat.objects.create(hat=cora, team_id=teams[team], **when)
    TeamSeat.objects.filter(hat=cora, team_id=teams["harbour"], until_at=None).update(until_at=AT + HOUR)
    expected = tuple(sorted((teams["north"], teams["harbour"])))
    assert [hub.actor("cora").team_ids, getattr(in_session(), "team_ids", None)] == [expected, expected]


@pytest.mark.parametrize("opens", ["has_glass", "has_overrides", "is_in_circles"])
def test_it_is_said_of_a_hat_what_opens_more_to_it_at_the_moment_and_to_no_other(hub: MadeHub, opens: str) -> None:
    cora, nell = hat_of(hub), hat_of(hub, "nell")
    person = Person.objects.create(
        hub=hub.hub, author_organisation_id=hub.partners["practice"], chosen_name="Mair", created_at=AT
    )

    def open_to(hat: Hat, **when: Any) -> None:
        about = {"hub": hub.hub, "person": person, **when}
        if opens == "has_glass":
            Glass.objects.create(**about, hat=hat, category="medical", reason="made up", review_by=AT.date())
        elif opens == "has_overrides":
            Override.objects.create(
                **about, item=uuid4(), recipient=hat, basis="vital_interests", reason="made up", made_by=hat_of(hub, "saf")
            )
        else:
            CircleName.objects.create(**about, item=uuid4(), worker_id=hat.worker_id)

    open_to(nell, **NOW)
    open_to(cora, **OVER)
    open_to(cora, **TO_COME)
    assert [getattr(hub.actor(key), opens) for key in ("cora", "nell")] == [False, True]
    open_to(cora, **NOW)
    assert getattr(hub.actor("cora"), opens) is True
    assert [one for one in ("has_glass", "has_overrides", "is_in_circles") if getattr(hub.actor("cora"), one)] == [opens]


class TestAgreements:
    """What agreements share with the hat that asks, in a hub that has signed none yet; asked both ways."""

    @pytest.fixture
    def alone(self) -> MadeHub:
        hub = open_hub(sharing=False)
        begin_session(hat_of(hub))
        begin_session(hat_of(hub, "dana"), "another")
        return hub

    def agree(self, hub: Hub, **how: Any) -> SharingAgreement:
        return SharingAgreement.objects.create(**{"hub": hub, "purpose": "made up", **NOW, **how})

    def sign(self, agreement: SharingAgreement, *organisations: int, **when: Any) -> None:
        for one in organisations:
            Signature.objects.create(agreement=agreement, organisation_id=one, **{**NOW, **when})

    def shared(self, hub: MadeHub) -> tuple[Any, Any, Any]:
        found, asked = hub.actor("cora"), in_session()
        assert asked == found
        return found.shared_organisation_ids, found.openly_shared_ids, found.partly_shared

    def test_it_is_shared_what_both_have_signed_in_this_hub_and_never_ones_own(self, alone: MadeHub) -> None:
        practice, trust, charity, council = (alone.partners[one] for one in ("practice", "trust", "charity", "council"))
        assert self.shared(alone) == ((), (), ())
        both = self.agree(alone.hub)
        self.sign(both, trust)
        assert self.shared(alone) == ((), (), ()), "only one has signed"
        self.sign(both, practice)
        assert self.shared(alone) == ((trust,), (), ())
        without = self.agree(alone.hub)
        self.sign(without, charity, council)
        assert self.shared(alone) == ((trust,), (), ()), "others among themselves"

    def test_whoever_is_shared_with_stands_in_order_and_once(self, alone: MadeHub) -> None:
        practice, *others = (alone.partners[one] for one in ("practice", "council", "charity", "trust"))
        for _twice in "ab":
            agreement = self.agree(alone.hub)
            self.sign(agreement, *sorted(others, reverse=True), practice)
        assert self.shared(alone)[0] == tuple(sorted(others))

    @pytest.mark.parametrize("over", ["agreement", "mine", "theirs", "elsewhere"])
    @pytest.mark.parametrize("when", [OVER, TO_COME])
    def test_nothing_is_shared_that_is_over_or_to_come_or_of_another_hub(self, alone: MadeHub, over: str, when: Any) -> None:
        practice, trust = alone.partners["practice"], alone.partners["trust"]
        hub = open_hub("elsewhere", nation="england").hub if over == "elsewhere" else alone.hub
        agreement = self.agree(hub, **(when if over == "agreement" else {}))
        self.sign(agreement, practice, **(when if over == "mine" else {}))
        self.sign(agreement, trust, **(when if over == "theirs" else {}))
        assert self.shared(alone) == ((), (), ())

    def test_how_far_and_which_parts_of_the_record_go_with_it(self, alone: MadeHub) -> None:
        practice, trust, charity, council = (alone.partners[one] for one in ("practice", "trust", "charity", "council"))
        for other, how in [
            (trust, {"label_ceiling": "open"}),
            (charity, {"categories": ["needs"]}),
            (council, {"label_ceiling": "open", "categories": ["story"]}),
        ]:
            self.sign(self.agree(alone.hub, **how), practice, other)
        assert self.shared(alone) == ((), (trust,), (("needs", "sensitive", charity), ("story", "open", council)))
        self.sign(self.agree(alone.hub), practice, council, trust)
        assert self.shared(alone) == (
            tuple(sorted((trust, council))), (), (("needs", "sensitive", charity),),
        )  # fmt: skip
        assert getattr(in_session("another"), "shared_organisation_ids", None) == tuple(sorted((practice, council)))
        assert Organisation.objects.count() >= 4

    def test_what_is_shared_as_a_whole_is_said_of_nobody_a_second_time(self) -> None:
        said = [(1, "sensitive", []), (2, "open", []), (1, "open", []), (3, "sensitive", ["needs"]), (1, "open", ["needs"])]
        assert sharing_of(said) == ((1,), (2,), (("needs", "sensitive", 3),))

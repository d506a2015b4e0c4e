# For workers only.
"""Setting up a hub and the people who work in it: each a page's doing, nothing by code (part B5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext_lazy as _

from alongside.hubs.codes import STANDARD_DEFAULTS
from alongside.hubs.models import (
    BankHoliday,
    CrisisContact,
    DutyTurn,
    Hat,
    Heartbeat,
    Hub,
    Organisation,
    Partner,
    Site,
    Standard,
    Team,
    TeamHours,
    TeamSeat,
    Worker,
)
from alongside.hubs.policies import check_can_set_up, check_is_the_installation, check_runs_by_itself
from alongside.hubs.queries import live, rota_gaps
from alongside.hubs.roles import ROLES
from alongside.hubs.rules import is_turn_due
from alongside.hubs.words import gaps_words
from alongside.journal.command import command, note
from alongside.refusals import AlreadyDone, Invalid, NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.bank_holidays import bank_holidays_of
from alongside.vocabulary.clock import start_of
from alongside.vocabulary.crisis import BY_NATION
from alongside.vocabulary.ods import is_ods_shape


class OdsCodeUnusable(Invalid):
    code = "ods_shape"
    message = _("An ODS code has 3 to 10 capital letters and digits, like B83620. Check it, or leave it blank.")


class StudentNeedsSupervisor(Invalid):
    code = "student_needs_supervisor"
    message = _("A student needs a supervisor who works here now. Choose one.")


class DoorNeedsRota(Invalid):
    code = "door_needs_rota"
    message = _(
        "The public door stays closed until a duty team has opening hours, and its rota names somebody for each of them in the"
        " next seven days."
    )


class DutyNeedsASeat(Invalid):
    code = "duty_needs_a_seat"
    message = _("Give them a seat in this team first: without one they do not see whom it holds.")


class CrisisContactsUnconfirmed(Invalid):
    code = "crisis_unconfirmed"
    message = _("Every crisis contact needs a checked date before the public door can open.")


class ClosesBeforeItOpens(Invalid):
    code = "closes_before_it_opens"
    message = _("The closing time must be later than the opening time.")


AFTER_A_HAT_IS_GIVEN: list[Callable[..., object]] = []
"""What later folders do whenever somebody starts to work here, inside the same command; they register it when they start."""


@command("hub.begun")
def begin_hub(*, actor: Actor, at: datetime, name: str, slug: str, nation: str, name_cy: str = "", phone: str = "") -> Hub:
    """Begin a hub with its nation's crisis contacts, bank holidays and our default standards."""
    hub = Hub.objects.create(name=name, slug=slug, nation=nation, name_cy=name_cy, phone=phone)
    CrisisContact.objects.bulk_create(
        [
            CrisisContact(hub=hub, place=place, code=one.code, en=one.en, cy=one.cy, number=one.number, kind=one.kind)
            for place, one in enumerate(BY_NATION[nation], start=1)
        ]
    )
    Standard.objects.bulk_create(
        [
            Standard(hub=hub, code=code, value=row.value, unit=row.unit, origin=row.origin)
            for code, row in STANDARD_DEFAULTS.items()
        ]
    )
    known = set(BankHoliday.objects.filter(nation=nation).values_list("on", flat=True))
    BankHoliday.objects.bulk_create(
        [
            BankHoliday(nation=nation, on=on, name=holiday[:80])
            for on, holiday in bank_holidays_of(at.year - 2, at.year + 2).items()
            if on not in known
        ]
    )
    note(hub=hub.public_id, nation=nation)
    return hub


@command("hub.changed")
def change_hub(*, actor: Actor, at: datetime, hub_id: int, **changes: object) -> Hub:
    """Change a hub's name, phone, colour, addresses or identity."""
    check_can_set_up(actor, hub_id)
    hub = Hub.objects.select_for_update().get(pk=hub_id)
    for field, value in changes.items():
        if field not in ("name", "name_cy", "phone", "email", "colour", "uses_nhs_identity", "hostnames"):
            raise TypeError(f"change_hub does not change {field!r}.")
        setattr(hub, field, value)
    hub.save(update_fields=list(changes))
    note(hub=hub.public_id, changed=sorted(changes))
    return hub


@command("hub.door_opened")
def open_public_door(*, actor: Actor, at: datetime, hub_id: int, team_id: int) -> Hub:
    """Open the public door, held by a duty team.

    Refuses:  DoorNeedsRota without hours, or while nobody is on duty in some of them, which it names; CrisisContactsUnconfirmed while a contact has no checked date.
    Source:   design.md section 5 (no public door without a rota that covers it).
    """
    check_can_set_up(actor, hub_id)
    _check_of_hub(hub_id, team_id=team_id)
    check_rota(team_id, at)
    if CrisisContact.objects.filter(hub_id=hub_id, checked_on__isnull=True).exists():
        raise CrisisContactsUnconfirmed
    hub = Hub.objects.select_for_update().get(pk=hub_id)
    hub.front_door_team_id, hub.public_door_open = team_id, True
    hub.save(update_fields=["front_door_team", "public_door_open"])
    note(hub=hub.public_id, team=team_id)
    return hub


def check_rota(team_id: int, at: datetime) -> None:
    """Refuse a team at the public door that has no hours, or opening hours in which nobody is on duty."""
    duty = Team.objects.filter(pk=team_id, kind="duty", ended_at__isnull=True)
    if not duty.exists() or not TeamHours.objects.filter(team_id=team_id).exists():
        raise DoorNeedsRota
    if gaps := rota_gaps(team_id, at):
        raise DoorNeedsRota(
            _("Nobody is on duty in these opening hours: %(hours)s. Add turns to the rota.") % {"hours": gaps_words(gaps)}
        )


@command("hub.door_closed")
def close_public_door(*, actor: Actor, at: datetime, hub_id: int) -> Hub:
    """Close the public door: nobody can ask online; every other door, and everybody who is here, stays."""
    check_can_set_up(actor, hub_id)
    hub = Hub.objects.select_for_update().get(pk=hub_id)
    hub.public_door_open = False
    hub.save(update_fields=["public_door_open"])
    note(hub=hub.public_id)
    return hub


@command("crisis_contact.confirmed")
def confirm_crisis_contact(*, actor: Actor, at: datetime, hub_id: int, code: str, checked_on: date) -> CrisisContact:
    """Write down the day on which somebody called or checked a crisis contact."""
    check_can_set_up(actor, hub_id)
    contact = CrisisContact.objects.select_for_update().get(hub_id=hub_id, code=code)
    contact.checked_on, contact.checked_by_id = checked_on, actor.hat_id
    contact.save(update_fields=["checked_on", "checked_by"])
    note(contact=contact.pk, checked_on=checked_on)
    return contact


@command("crisis_contact.added")
def add_crisis_contact(
    *, actor: Actor, at: datetime, hub_id: int, en: str, cy: str, number: str, kind: str = "call", checked_on: date | None = None
) -> CrisisContact:
    """Add a crisis contact of the hub's own, with the day on which somebody checked it."""
    check_can_set_up(actor, hub_id)
    place = CrisisContact.objects.filter(hub_id=hub_id).count() + 1
    made = CrisisContact.objects.create(
        hub_id=hub_id,
        place=place,
        code=f"hub-{place}",
        en=en,
        cy=cy,
        number=number,
        kind=kind,
        checked_on=checked_on,
        checked_by_id=actor.hat_id if checked_on else None,
    )
    note(contact=made.pk)
    return made


@command("organisation.joined")
def add_organisation(
    *, actor: Actor, at: datetime, hub_id: int, name: str, sector: str, ods_code: str = "", phone: str = "", email: str = ""
) -> Organisation:
    """Take an organisation into a hub as a partner; one that the installation knows by its code is not made twice.

    Refuses:  OdsCodeUnusable for a wrong shape.
    Also:     the answer is the same whether another hub has it, whatever it is called there (design.md section 5).
    """
    check_can_set_up(actor, hub_id)
    ods = ods_code.strip().upper()
    if ods and not is_ods_shape(ods):
        raise OdsCodeUnusable
    standing = Organisation.objects.filter(ods_code=ods).first() if ods else None
    organisation = standing or Organisation.objects.create(
        name=name, sector=sector, ods_code=ods or None, phone=phone, email=email
    )
    Partner.objects.get_or_create(hub_id=hub_id, organisation=organisation, until_at=None, defaults={"from_at": at})
    note(organisation=organisation.public_id, sector=sector)
    return organisation


@command("site.added")
def add_site(
    *, actor: Actor, at: datetime, hub_id: int, organisation_id: int, name: str, address: str = "", postcode: str = ""
) -> Site:
    """Add a place where people are met."""
    check_can_set_up(actor, hub_id)
    _check_of_hub(hub_id, organisation_id=organisation_id)
    site = Site.objects.create(hub_id=hub_id, organisation_id=organisation_id, name=name, address=address, postcode=postcode)
    note(site=site.public_id)
    return site


@command("team.added")
def add_team(
    *,
    actor: Actor,
    at: datetime,
    hub_id: int,
    organisation_id: int,
    name: str,
    kind: str = "care",
    national_team_type: str = "",
    site_id: int | None = None,
    phone: str = "",
    email: str = "",
) -> Team:
    """Add a team; it can hold people from its first moment."""
    check_can_set_up(actor, hub_id)
    _check_of_hub(hub_id, organisation_id=organisation_id)
    team = Team.objects.create(
        hub_id=hub_id,
        organisation_id=organisation_id,
        site_id=site_id,
        name=name,
        kind=kind,
        national_team_type=national_team_type,
        phone=phone,
        email=email,
    )
    note(team=team.public_id, kind=kind, national=national_team_type.lower())
    return team


@command("team.changed")
def change_team(*, actor: Actor, at: datetime, hub_id: int, team_id: int, **changes: object) -> Team:
    """Change a team's name, kind, national type, site, phone or e-mail address."""
    check_can_set_up(actor, hub_id)
    _check_of_hub(hub_id, team_id=team_id)
    team = Team.objects.select_for_update().get(pk=team_id)
    for field, value in changes.items():
        if field not in ("name", "kind", "national_team_type", "site_id", "phone", "email"):
            raise TypeError(f"change_team does not change {field!r}.")
        setattr(team, field, value)
    team.save(update_fields=list(changes))
    note(team=team.public_id, changed=sorted(changes))
    return team


@command("team.hours_set")
def set_team_hours(*, actor: Actor, at: datetime, hub_id: int, team_id: int, stretches: list[tuple[int, time, time]]) -> int:
    """Set a team's week of opening hours as (weekday, opens, closes); what stood before is replaced."""
    check_can_set_up(actor, hub_id)
    _check_of_hub(hub_id, team_id=team_id)
    if any(opens >= closes for _day, opens, closes in stretches):
        raise ClosesBeforeItOpens
    TeamHours.objects.filter(team_id=team_id, team__hub_id=hub_id).delete()
    TeamHours.objects.bulk_create(
        [TeamHours(team_id=team_id, weekday=weekday, opens=opens, closes=closes) for weekday, opens, closes in stretches]
    )
    note(team=team_id, stretches=len(stretches))
    return len(stretches)


@command("duty.turn_added")
def add_duty_turn(
    *, actor: Actor, at: datetime, hub_id: int, team_id: int, hat_id: int, from_at: datetime, until_at: datetime
) -> DutyTurn:
    """Put a hat on a team's duty rota between two moments.

    Refuses:  ClosesBeforeItOpens; DutyNeedsASeat for somebody who does not sit in the team.
    """
    check_can_set_up(actor, hub_id)
    _check_of_hub(hub_id, team_id=team_id, hat_id=hat_id)
    if from_at >= until_at:
        raise ClosesBeforeItOpens
    if not TeamSeat.objects.filter(live(at), team_id=team_id, hat_id=hat_id).exists():
        raise DutyNeedsASeat
    turn = DutyTurn.objects.create(team_id=team_id, hat_id=hat_id, from_at=from_at, until_at=until_at)
    note(team=team_id, hat=hat_id)
    return turn


@command("worker.added")
def add_worker(
    *, actor: Actor, at: datetime, hub_id: int, name: str, email: str = "", phone: str = "", user_id: int | None = None
) -> Worker:
    """Add somebody who works here; a hat makes them part of an organisation."""
    check_can_set_up(actor, hub_id)
    worker = Worker.objects.create(name=name, email=email, phone=phone, user_id=user_id)
    note(worker=worker.public_id)
    return worker


@command("hat.given")
def give_hat(
    *, actor: Actor, at: datetime, hub_id: int, worker_id: int, organisation_id: int, role: str, supervisor_id: int | None = None
) -> Hat:
    """Give a worker a role at an organisation; a hat that stands already is given back.

    Refuses:  StudentNeedsSupervisor.
    Also:     a new worker is compared with the exclusions that are not settled yet (C07).
    """
    check_can_set_up(actor, hub_id)
    _check_of_hub(hub_id, organisation_id=organisation_id)
    if role not in ROLES:
        raise Invalid
    if role == "student" and not Hat.objects.filter(pk=supervisor_id or 0, hub_id=hub_id, until_at__isnull=True).exists():
        raise StudentNeedsSupervisor
    hat, made = Hat.objects.get_or_create(
        hub_id=hub_id,
        worker_id=worker_id,
        organisation_id=organisation_id,
        role=role,
        until_at=None,
        defaults={"from_at": at, "supervisor_id": supervisor_id},
    )
    if made:
        for follow in AFTER_A_HAT_IS_GIVEN:
            follow(actor=actor, at=at, hub_id=hub_id, worker_id=worker_id)
    note(hat=hat.public_id, role=role)
    return hat


@command("worker.training_set")
def set_training(*, actor: Actor, at: datetime, hub_id: int, worker_id: int, until_on: date | None) -> Worker:
    """Write down until when a worker's training in confidentiality holds; from the day after it they see nothing, in any hat.

    Also:     whoever they hold then stands on Nobody lost, as with somebody who has left.
    Source:   trust.md 3.1, D0 (training or agreement date not lapsed).
    """
    check_can_set_up(actor, hub_id)
    found = Worker.objects.filter(hats__hub_id=hub_id, pk=worker_id).first()
    if found is None:
        raise NotFound
    found.trained_until_at = start_of(until_on + timedelta(days=1)) if until_on else None
    found.save(update_fields=["trained_until_at"])
    note(worker=worker_id, until=found.trained_until_at)
    return found


@command("team.seat_given")
def give_seat(*, actor: Actor, at: datetime, hub_id: int, team_id: int, hat_id: int) -> TeamSeat:
    """Give a hat a seat in a team: from the next request on it sees whom the team holds."""
    check_can_set_up(actor, hub_id)
    _check_of_hub(hub_id, team_id=team_id, hat_id=hat_id)
    seat, _made = TeamSeat.objects.get_or_create(team_id=team_id, hat_id=hat_id, until_at=None, defaults={"from_at": at})
    note(team=team_id, hat=hat_id)
    return seat


@command("team.seat_ended")
def end_seat(*, actor: Actor, at: datetime, hub_id: int, team_id: int, hat_id: int) -> int:
    """End a hat's seat in a team; from the next request on it no longer sees whom the team holds."""
    check_can_set_up(actor, hub_id)
    _check_of_hub(hub_id, team_id=team_id, hat_id=hat_id)
    count = TeamSeat.objects.filter(team_id=team_id, hat_id=hat_id, until_at__isnull=True).update(until_at=at)
    note(team=team_id, hat=hat_id)
    return count


@command("standard.set")
def set_standard(*, actor: Actor, at: datetime, hub_id: int, code: str, value: int, origin: str) -> Standard:
    """Set how long something may take here, and whose figure it is."""
    check_can_set_up(actor, hub_id)
    standard = Standard.objects.select_for_update().get(hub_id=hub_id, code=code)
    standard.value, standard.origin, standard.approved_by_id, standard.approved_at = value, origin, actor.hat_id, at
    standard.save(update_fields=["value", "origin", "approved_by", "approved_at"])
    note(standard=code, value=value)
    return standard


@command("work.began")
def take_turn(*, actor: Actor, at: datetime, name: str, every: timedelta) -> bool:
    """Take the next turn of work that runs by itself, when it is time; of several who ask at once, one gets it."""
    check_runs_by_itself(actor)
    row, is_first = Heartbeat.objects.select_for_update().get_or_create(name=name, defaults={"began_at": at})
    takes = is_first or is_turn_due(row.began_at, row.done_at, at=at, every=every)
    if takes:
        row.began_at = at
        row.save(update_fields=["began_at"])
    note(takes=takes)
    return takes


@command("work.done")
def finish_turn(*, actor: Actor, at: datetime, name: str) -> None:
    """Write down that a turn was done to its end: pages say so when none has been for too long."""
    check_runs_by_itself(actor)
    note(done=Heartbeat.objects.filter(name=name).update(done_at=at))


def _check_of_hub(
    hub_id: int, *, team_id: int | None = None, hat_id: int | None = None, organisation_id: int | None = None
) -> None:
    """Refuse, as if it were not there, a team, hat or organisation of another hub."""
    if team_id is not None and not Team.objects.filter(pk=team_id, hub_id=hub_id).exists():
        raise NotFound
    if hat_id is not None and not Hat.objects.filter(pk=hat_id, hub_id=hub_id).exists():
        raise NotFound
    if organisation_id is not None:
        partners = Partner.objects.filter(hub_id=hub_id, organisation_id=organisation_id, until_at__isnull=True)
        if not partners.exists():
            raise NotFound


@command("hub.restored")
def mark_restored(*, actor: Actor, at: datetime, hub_id: int, restored_to: datetime) -> Hub:
    """Say on every page of a hub's workers that what was written after a moment is missing.

    Refuses:  everybody but the installation itself.
    Source:   trust.md P4, H17.
    """
    check_is_the_installation(actor)
    hub = Hub.objects.select_for_update().get(pk=hub_id)
    hub.restored_to, hub.restored_at = min(restored_to, at), at
    hub.save(update_fields=["restored_to", "restored_at"])
    note(hub=hub.public_id, restored_to=restored_to)
    return hub


@command("hub.written_again")
def say_it_is_written_again(*, actor: Actor, at: datetime, hub_id: int) -> Hub:
    """Say that what was missing after a restore has been written again: the sentence goes, and messages leave as they did before.

    Refuses:  AlreadyDone when nothing is missing.
    Source:   trust.md P4, H17.
    """
    check_can_set_up(actor, hub_id)
    hub = Hub.objects.select_for_update().get(pk=hub_id)
    if hub.restored_to is None:
        raise AlreadyDone
    note(hub=hub.public_id, restored_to=hub.restored_to, restored_at=hub.restored_at)
    hub.restored_to = hub.restored_at = None
    hub.save(update_fields=["restored_to", "restored_at"])
    return hub

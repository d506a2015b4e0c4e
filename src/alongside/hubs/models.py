"""The hub and the people who work in it.

Organisations and workers belong to the installation; everything else belongs to one hub.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class Public(models.Model):
    """An integer key inside, an opaque random id at every edge."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True


class Hub(Public):
    """One integrated hub: its nation decides crisis contacts, bank holidays and national returns."""

    NAMED_BY: ClassVar = ("name", "name_cy", "phone")

    name = models.CharField(max_length=120)
    name_cy = models.CharField(max_length=120, blank=True)
    slug = models.SlugField(max_length=60, unique=True)
    nation = models.CharField(max_length=10)
    """england or wales."""
    hostnames = models.JSONField(default=list)
    """Addresses that open this hub; a hub alone on its installation needs none."""
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    colour = models.CharField(max_length=20, default="blue")
    uses_nhs_identity = models.BooleanField(default=False)
    public_door_open = models.BooleanField(default=False)
    front_door_team = models.ForeignKey("Team", null=True, on_delete=models.PROTECT, related_name="+")
    """The team that holds everybody who comes in until somebody decides."""
    restored_to = models.DateTimeField(null=True)
    """After a restore, until a lead says that it has been written again: what was kept by then is here, what came later is missing.
    It stands on the hub because the hub is read with every page (H17)."""
    restored_at = models.DateTimeField(null=True)
    """When it was restored: who was asked since then whether a way is safe has been asked after what is missing."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(nation__in=["england", "wales"]), name="hub_nation_known"),
            models.CheckConstraint(
                condition=Q(restored_to__isnull=True, restored_at__isnull=True)
                | Q(restored_to__isnull=False, restored_at__isnull=False, restored_to__lte=F("restored_at")),
                name="hub_restored_to_before_restored_at",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CrisisContact(models.Model):
    """A crisis contact as this hub shows it, with the day somebody checked it."""

    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="crisis_contacts")
    place = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)
    """The code of the nation's list, or hub-… for one of its own."""
    en = models.CharField(max_length=200)
    cy = models.CharField(max_length=200)
    number = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, default="call")
    checked_on = models.DateField(null=True)
    checked_by = models.ForeignKey("Hat", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hub", "code"], name="crisis_contact_once_a_hub")]


class Organisation(Public):
    """A partner of any sector; rights never depend on the sector (S0-36)."""

    NAMED_BY: ClassVar = ("name", "participation", "duty_line")

    name = models.CharField(max_length=160)
    sector = models.CharField(max_length=20)
    ods_code = models.CharField(max_length=10, null=True, unique=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    participation = models.CharField(max_length=10, default="full")
    """full, pointer or aggregate: a specialist partner may keep its own notes (trust.md section 0, decision 5)."""
    duty_line = models.CharField(max_length=40, blank=True)
    """Whom to ring, for a partner that is a pointer only."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(participation__in=["full", "aggregate"]) | (Q(participation="pointer") & ~Q(duty_line="")),
                name="a_pointer_has_a_line_to_ring",
            ),
            models.CheckConstraint(
                condition=Q(ods_code__isnull=True) | Q(ods_code__regex=r"^[A-Z0-9]{3,10}$"), name="organisation_ods_shape"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Partner(models.Model):
    """An organisation's part in a hub, from and until."""

    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="partners")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="partnerships")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hub", "organisation"], condition=Q(until_at__isnull=True), name="one_open_partnership"
            ),
        ]


class Stop(models.Model):
    """Everything that an organisation's hats may do in a hub is stopped, at once, until somebody lifts it (C15, T07).

    Nothing of theirs is lost: their hats and teams stay, and whoever they hold is on Nobody lost.
    """

    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="stops", db_index=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    because = models.CharField(max_length=30)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    stopped_by = models.ForeignKey("Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    """None when whoever runs the installation did it."""
    lifted_by = models.ForeignKey("Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hub", "organisation"], condition=Q(until_at__isnull=True), name="one_open_stop")
        ]


class Site(Public):
    """A place of the hub where people are met."""

    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="sites")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="sites")
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=250, blank=True)
    postcode = models.CharField(max_length=10, blank=True)

    def __str__(self) -> str:
        return self.name


class Team(Public):
    """A team: it can hold people, has hours, and somebody on duty."""

    NAMED_BY: ClassVar = ("name", "organisation")

    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="teams")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="teams")
    site = models.ForeignKey(Site, null=True, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, default="care")
    """duty (takes what comes in) or care."""
    national_team_type = models.CharField(max_length=4, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class TeamHours(models.Model):
    """One stretch of opening time in a week; weekday 0 is Monday."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(opens__lt=F("closes")), name="team_hours_open_before_close"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="team_hours_weekday"),
        ]


class BankHoliday(models.Model):
    """A day on which a nation's teams are closed."""

    nation = models.CharField(max_length=10)
    on = models.DateField()
    name = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["nation", "on"], name="bank_holiday_once")]


class Worker(Public):
    """Somebody who works in one or more hubs; may have an account."""

    NAMED_BY: ClassVar = ("name",)

    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    user = models.OneToOneField("access.User", null=True, on_delete=models.PROTECT, related_name="worker")
    left_at = models.DateTimeField(null=True)
    trained_until_at = models.DateTimeField(null=True)
    """When their training in confidentiality, and what they signed, runs out: from then on they see nothing. Nothing where
    the hub does not write it down."""

    def __str__(self) -> str:
        return self.name


class Hat(Public):
    """One worker's role at one organisation in one hub, from and until."""

    NAMED_BY: ClassVar = ("worker", "organisation")

    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="hats")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="hats")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="hats")
    role = models.CharField(max_length=30)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    first_worn_at = models.DateTimeField(null=True)
    """When its worker first put it on: until then somebody is invited, whatever account they have."""
    said_whom_at = models.DateTimeField(null=True)
    """When its worker last said whom they know in these services, or that it is nobody new; they are asked once a year."""
    supervisor = models.ForeignKey("Hat", null=True, on_delete=models.PROTECT, related_name="students")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hub", "worker", "organisation", "role"], condition=Q(until_at__isnull=True), name="one_open_hat_a_role"
            ),
            models.CheckConstraint(condition=~Q(role="student") | Q(supervisor__isnull=False), name="student_has_supervisor"),
        ]


class TeamSeat(models.Model):
    """A hat's seat in a team."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="seats")
    hat = models.ForeignKey(Hat, on_delete=models.PROTECT, related_name="seats")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "hat"], condition=Q(until_at__isnull=True), name="one_open_seat")]


class DutyTurn(models.Model):
    """A turn on the duty rota: who answers for a team between two moments."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="duty_turns")
    hat = models.ForeignKey(Hat, on_delete=models.PROTECT, related_name="duty_turns")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["team", "until_at"], name="duty_turn_team_until")]
        constraints = [models.CheckConstraint(condition=Q(from_at__lt=F("until_at")), name="duty_turn_has_length")]


class Leave(models.Model):
    """Days away, with the hat that covers."""

    hat = models.ForeignKey(Hat, on_delete=models.PROTECT, related_name="leave")
    from_on = models.DateField()
    until_on = models.DateField()
    cover = models.ForeignKey(Hat, on_delete=models.PROTECT, related_name="covering")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(from_on__lte=F("until_on")), name="leave_has_days"),
            models.CheckConstraint(condition=~Q(cover=F("hat")), name="leave_is_covered_by_another"),
        ]


class Standard(models.Model):
    """How long something may take in this hub, and whose figure it is."""

    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="standards")
    code = models.CharField(max_length=40)
    value = models.PositiveIntegerField()
    unit = models.CharField(max_length=20)
    """working_days, days, hours or minutes."""
    origin = models.CharField(max_length=200)
    approved_by = models.ForeignKey(Hat, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hub", "code"], name="standard_once_a_hub")]


class Heartbeat(models.Model):
    """A turn of the work that runs by itself, for the whole installation: when the last one began, and when it was done."""

    name = models.CharField(max_length=20, unique=True)
    began_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    """When a turn was last done to its end: pages say so once that is too long ago."""

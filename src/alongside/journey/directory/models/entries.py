"""One entry: the service, where and when it is met, and which needs it meets."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from alongside.hubs.models import Public


class Service(Public):
    """One service as its entry says; the source and every confirmation stand beside it."""

    NAMED_BY: ClassVar = ("public_id", "name")

    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="services", db_index=False)
    source = models.CharField(max_length=80)
    source_id = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    name = models.CharField(max_length=250)
    organisation_name = models.CharField(max_length=250, blank=True)
    organisation = models.ForeignKey("hubs.Organisation", null=True, on_delete=models.PROTECT, related_name="services")
    team = models.ForeignKey("hubs.Team", null=True, on_delete=models.PROTECT, related_name="services")
    """The hub's own team behind this entry, when there is one: introductions go straight to it."""
    description = models.TextField(blank=True)
    url = models.CharField(max_length=500, blank=True)
    email = models.CharField(max_length=254, blank=True)
    phones = models.JSONField(default=list, blank=True)
    """Every number in the source's order: [number, what it says of it]."""
    cost = models.CharField(max_length=250, blank=True)
    how_to_start = models.CharField(max_length=400, blank=True)
    when_next = models.CharField(max_length=400, blank=True)
    accessibility = models.CharField(max_length=400, blank=True)
    for_whom = models.CharField(max_length=400, blank=True)
    age_from = models.PositiveSmallIntegerField(null=True)
    age_to = models.PositiveSmallIntegerField(null=True)
    not_with = models.JSONField(default=list, blank=True)
    """Codes of needs: whoever has one of them as well is not taken. It stands here so that it can be counted, and fall (S2-269)."""
    rules_said_at = models.DateTimeField(null=True)
    """Since when its ages and needs are as somebody here said, after a rehearsal; a feed changes them no more."""
    level = models.PositiveSmallIntegerField(default=1)
    is_crisis = models.BooleanField(default=False)
    ways = models.CharField(max_length=1000, blank=True)
    """How help is given, as the words of the entry say it: codes of `vocabulary.ways_of_help` and of languages, with spaces between."""
    is_full = models.BooleanField(default=False)
    """It said last that it is full."""
    sector = models.CharField(max_length=20, blank=True)
    """A code of `SECTORS`, where no organisation of the hub stands behind it."""
    locality = models.CharField(max_length=120, blank=True)
    """The area that it serves, in words: one place, the whole area, the nation."""
    lasts = models.CharField(max_length=120, blank=True)
    """How long somebody may stay with it, in words (S2-455: length of service)."""
    is_refuge = models.BooleanField(default=False)
    """Somebody who keeps it says that nobody may know where it is: it has no place, by any way in (`apps.py`: the database says so too)."""
    no_refuge_said_at = models.DateTimeField(null=True)
    """When somebody who keeps every entry said that it is none. Until then a feed brings no place for what sounds like one (`rules.may_be_refuge`)."""
    wait_weeks = models.PositiveSmallIntegerField(null=True)
    """How long people wait, as the service itself said."""
    wait_said_at = models.DateTimeField(null=True)
    kept_at = models.DateTimeField(null=True)
    """Since when the service keeps its words itself: from then on no feed writes over them."""
    asked_at = models.DateTimeField(null=True)
    """When whoever keeps it by a link was last asked by e-mail whether it is still true."""
    link_asked_at = models.DateTimeField(null=True)
    """When its web address was last asked whether it is there; none when it has changed since."""
    link_found = models.CharField(max_length=20, blank=True)
    """What was found there, a code of `LINKS`."""
    room_weeks = models.PositiveSmallIntegerField(null=True)
    """It said last that it can take people in about so many weeks: 0 is now, none is full or never said."""
    room_said_at = models.DateTimeField(null=True)
    """When it said so; the rows of `RoomSaid` say who, each time."""
    room_said_by = models.CharField(max_length=250, blank=True)
    """The organisation whose word it is."""
    places_in_all = models.PositiveSmallIntegerField(null=True)
    """So many beds, chairs or places it has, of a house, a ward or a place of calm."""
    places_free = models.PositiveSmallIntegerField(null=True)
    """So many of them were free when it last said so."""
    places_said_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    replaced_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    """What is there instead, of one that has closed."""
    confirmed_at = models.DateTimeField(null=True)
    """The newest confirmation by a human; the rows of `Confirmation` say by whom."""
    fades_at = models.DateTimeField(null=True)
    """From when it carries its warning; none when nobody ever confirmed it (`rules.py`)."""
    let_down = models.PositiveSmallIntegerField(default=0)
    """How often it let somebody down since anybody there was heard from; the rows of `Bounce` say when and how."""
    left_at = models.DateTimeField(null=True)
    """Since when it is matched with nobody, because it let too many down; a human's confirmation brings it back."""
    imported_at = models.DateTimeField(null=True)
    licence = models.CharField(max_length=120, blank=True)
    details = models.JSONField(default=dict, blank=True)
    """What its source says beyond these fields, as Open Referral UK names it (`vocabulary.service_details`)."""
    indexed_as = models.CharField(max_length=12, blank=True, db_index=True)
    """By which tables of words its search words were written; others are written again (`commands/indexing.py`)."""
    said_by = models.JSONField(default=list, blank=True)
    """Which source said what and when, compactly: [source, day, fields], the first for all fields that no later one names."""
    row_print = models.CharField(max_length=32, blank=True)
    """Of the row in its source that it was last written from: the same row again is not even read."""
    source_prints = models.CharField(max_length=200, blank=True)
    """What its source said last, a print for each field: a field in which it says the same again is left as it stands, and so what we
    wrote there ourselves stays until the source says something new in that very field."""
    same_as = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="also")
    """The entry of another source for the same service, which is shown in the place of this one (`Parted` says where it is not so)."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hub", "source", "source_id"], name="service_once_a_source"),
            models.CheckConstraint(
                condition=Q(age_from__isnull=True) | Q(age_to__isnull=True) | Q(age_from__lte=models.F("age_to")),
                name="service_ages_in_order",
            ),
            models.CheckConstraint(
                condition=Q(places_in_all__isnull=True, places_free__isnull=True, places_said_at__isnull=True)
                | Q(places_free__lte=F("places_in_all"), places_said_at__isnull=False),
                name="service_places_free_of_all",
            ),
        ]
        indexes = [
            models.Index(fields=["hub", "name", "id"], condition=Q(closed_at__isnull=True), name="service_by_name"),
            models.Index(fields=["hub", "fades_at", "id"], condition=Q(closed_at__isnull=True), name="service_to_confirm"),
            models.Index(fields=["link_asked_at"], condition=Q(closed_at__isnull=True) & ~Q(url=""), name="service_links"),
            models.Index(fields=["hub"], condition=Q(is_crisis=True, closed_at__isnull=True), name="service_in_crisis"),
        ]

    @property
    def phone(self) -> str:
        """Give the first number to call."""
        return self.phones[0][0] if self.phones else ""


class ServiceAtLocation(models.Model):
    """Where a service is met."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="locations")
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=400, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    placed_by = models.CharField(max_length=8, blank=True)
    """What the coordinates are of, when the source gave none: `outcode` or `postcode`; then they change with the files of places."""
    details = models.JSONField(default=dict, blank=True)
    """What the source says of it beyond that."""

    class Meta:
        indexes = [models.Index(fields=["hub", "latitude", "longitude"], name="location_map")]


class OpenHours(models.Model):
    """One time of the week in which a service is open, in minutes since Monday began (`vocabulary.opening_hours`).

    Derived from what its entry says, and written again with it.
    """

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="hours")
    opens = models.PositiveSmallIntegerField()
    closes = models.PositiveSmallIntegerField()
    first = models.DateField(null=True)
    last = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(opens__lt=F("closes"), closes__lte=7 * 24 * 60), name="hours_of_the_week")
        ]


class NeedTag(models.Model):
    """A need that a service meets; `guessed` until a human has said so."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="needs", db_index=False)
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    need = models.CharField(max_length=30)
    guessed = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "need"], name="need_once_a_service")]
        indexes = [models.Index(fields=["hub", "need", "service"], name="need_services")]

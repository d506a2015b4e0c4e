"""What is out there: services with where they are, whom they are for, how to start, and when a human last confirmed it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from alongside.hubs.models import Public


class Place(models.Model):
    """A place name or outcode with its coordinates, to search near; never anybody's home."""

    name = models.CharField(max_length=120)
    folded = models.CharField(max_length=120)
    outcode = models.CharField(max_length=6, blank=True)
    county = models.CharField(max_length=80, blank=True)
    latitude = models.FloatField()
    longitude = models.FloatField()

    class Meta:
        indexes = [models.Index(fields=["folded"], name="place_folded"), models.Index(fields=["outcode"], name="place_outcode")]


class Service(Public):
    """One service as its entry says; the source and every confirmation stand beside it."""

    NAMED_BY: ClassVar = ("public_id", "name")

    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="services")
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
    level = models.PositiveSmallIntegerField(default=1)
    is_crisis = models.BooleanField(default=False)
    is_full = models.BooleanField(default=False)
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
        ]
        indexes = [
            models.Index(fields=["hub", "name", "id"], condition=Q(closed_at__isnull=True), name="service_by_name"),
            models.Index(fields=["hub", "fades_at", "id"], condition=Q(closed_at__isnull=True), name="service_to_confirm"),
        ]

    @property
    def phone(self) -> str:
        """Give the first number to call."""
        return self.phones[0][0] if self.phones else ""


class ServiceAtLocation(models.Model):
    """Where a service is met."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="locations")
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=400, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)

    class Meta:
        indexes = [models.Index(fields=["hub", "latitude", "longitude"], name="location_map")]


class NeedTag(models.Model):
    """A need that a service meets; `guessed` until a human has said so."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="needs")
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+")
    need = models.CharField(max_length=30)
    guessed = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "need"], name="need_once_a_service")]
        indexes = [models.Index(fields=["hub", "need", "service"], name="need_services")]


class SearchWord(models.Model):
    """One word of a service, folded: an index descent finds it on either database alike.

    It is derived from the entry and written again with it, some fifty rows a service; so the database checks no key of it.
    """

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="search_words", db_constraint=False)
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    word = models.CharField(max_length=40)

    class Meta:
        indexes = [models.Index(fields=["hub", "word", "service"], name="search_word")]


class Confirmation(models.Model):
    """A human said that the entry is true."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="confirmations")
    at = models.DateTimeField()
    by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+")
    by_words = models.CharField(max_length=160, blank=True)


class Correction(Public):
    """Somebody said that something is wrong here; whoever keeps entries looks, and says what was done or that it is not so."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="corrections")
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    words = models.CharField(max_length=1000)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    was_so = models.BooleanField(null=True)
    """Something was wrong, and `done` says what was done; or it is not so."""
    done = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, was_so__isnull=True) | Q(settled_at__isnull=False, was_so__isnull=False),
                name="correction_settled_says_how",
            ),
            models.CheckConstraint(condition=~Q(was_so=True) | ~Q(done=""), name="correction_that_was_so_says_what_was_done"),
        ]
        indexes = [models.Index(fields=["hub", "at", "id"], condition=Q(settled_at__isnull=True), name="correction_open")]


class Bounce(models.Model):
    """An entry let somebody down: nobody answered, or what stands in it was not so. Who it was stands elsewhere, and not here.

    Source: S2-317 (bounces with the entry that caused them).
    """

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="bounces")
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    kind = models.CharField(max_length=20)
    because = models.UUIDField()
    """The introduction or signpost that came to nothing: each counts once."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["because"], name="bounce_once")]


class UnmetNeed(models.Model):
    """On one day, somebody looked for help with a need and found nothing that fits: what, where and for which age. Never who.

    Source: S0-02 (need, place, age band, date, what was tried, who asked).
    """

    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    on = models.DateField()
    need = models.CharField(max_length=30)
    outcode = models.CharField(max_length=6, blank=True)
    """Of the place that was searched near; blank when none was chosen. Never of anybody's address."""
    age_band = models.CharField(max_length=12, blank=True)
    asked_by = models.CharField(max_length=10)
    """A code of `ASKED_BY`: a worker, a search, or an introduction that came to nothing."""
    missed = models.CharField(max_length=20, blank=True)
    """Why most of what there is did not fit, a code of `WHY_NOT` or `NOT_US`."""
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hub", "on", "need", "outcode", "age_band", "asked_by", "missed"], name="unmet_need_once_a_day"
            )
        ]


class Proposal(Public):
    """What somebody proposes to do about a gap, in one line; the newest of a gap is its answer. Source: S0-02."""

    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    need = models.CharField(max_length=30)
    outcode = models.CharField(max_length=6, blank=True)
    words = models.CharField(max_length=400)
    at = models.DateTimeField()
    by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        indexes = [models.Index(fields=["hub", "need", "outcode", "at"], name="proposal_of_gap")]


class Parted(models.Model):
    """A human said that two entries are two services, whatever they have in common."""

    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    one = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+", db_index=False)
    other = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+", db_index=False)
    """The newer of the two."""
    at = models.DateTimeField()
    by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hub", "one", "other"], name="parted_once")]


class Feed(Public):
    """A directory of somebody else's that is taken in every night; what came from it stays whatever becomes of it."""

    NAMED_BY: ClassVar = ("name",)

    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    """What its entries carry as their source."""
    kind = models.CharField(max_length=4)
    """A code of `FEED_KINDS`."""
    address = models.CharField(max_length=500)
    columns = models.JSONField(default=list, blank=True)
    """Of a table: [column, which field it is, a code of `COLUMNS`], in their order."""
    licence = models.CharField(max_length=120, blank=True)
    kept_by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    """Who added it or changed it last."""
    stopped_at = models.DateTimeField(null=True)
    gives_details = models.BooleanField(default=False)
    """It has answered with the details of a service before: without them something is wrong."""
    tried_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    """When the last try ended, well or not."""
    good_at = models.DateTimeField(null=True)
    """When all of it was last read to its end."""
    failed = models.PositiveSmallIntegerField(default=0)
    """So many tries in a row were not good."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hub", "name"], name="feed_once_a_name"),
            models.CheckConstraint(condition=Q(kind__in=["v3", "v1", "csv"]), name="feed_kind_known"),
        ]


class ImportRun(models.Model):
    """One reading of a feed or file, with what came of it."""

    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+")
    feed = models.ForeignKey(Feed, null=True, on_delete=models.PROTECT, related_name="runs", db_index=False)
    source = models.CharField(max_length=80)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    """When a reading of a feed ended, well or not; a file is read in one moment."""
    trouble = models.CharField(max_length=12, blank=True)
    """What was not as it should be, a code of `FEED_TROUBLES`."""
    read = models.PositiveIntegerField(default=0)
    """So many rows came so far."""
    said = models.PositiveIntegerField(null=True)
    """So many services the feed says it has."""
    taken = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    not_taken = models.PositiveIntegerField(default=0)
    missing = models.PositiveIntegerField(default=0)
    """So many entries of this source were not in it this time; they stay."""
    problems = models.JSONField(default=list)
    """The first of the rows, and parts of rows, that were not taken: [place, reason, whether a whole row was refused]."""

    class Meta:
        indexes = [models.Index(fields=["feed", "at"], name="run_of_feed")]

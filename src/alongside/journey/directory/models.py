"""What is out there: services with where they are, whom they are for, how to start, and when a human last confirmed it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from alongside.hubs.models import Public


class Place(models.Model):
    """A place name or outcode with its coordinates, to search near; never anybody's home."""

    name = models.CharField(max_length=120)
    folded = models.CharField(max_length=120)
    outcode = models.CharField(max_length=6, blank=True)
    county = models.CharField(max_length=80, blank=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    is_exact = False
    """Whether it is the point of a whole postcode: such a one is made for a search, and kept nowhere."""

    class Meta:
        indexes = [models.Index(fields=["folded"], name="place_folded"), models.Index(fields=["outcode"], name="place_outcode")]


class Postcode(models.Model):
    """The point of one postcode, as the national file gives it: written without its space; never anybody's home by itself.

    One that is no longer used is kept: people and entries go on naming it for years.
    """

    code = models.CharField(max_length=7, primary_key=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    ended = models.BooleanField()


class PostcodeFile(models.Model):
    """The national file that the postcodes came from: one, or none."""

    kind = models.CharField(max_length=10)
    """Of `codes.POSTCODE_FILES`."""
    year = models.PositiveSmallIntegerField()
    """Of its publication, for the line that its licence asks for."""
    loaded_at = models.DateTimeField()
    postcodes = models.PositiveIntegerField()


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


class KnownWord(models.Model):
    """A term that services of a hub hold (`vocabulary/search_terms.py`), and how many: what is rare says more, and what nobody holds is spelt otherwise."""

    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    word = models.CharField(max_length=40)
    services = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hub", "word"], name="known_word_once")]


class SearchWord(models.Model):
    """One term by which a service is found: an index descent finds it on either database alike. The hub is that of the term.

    It is derived from the entry and written again with it, some fifty rows a service, all of them whole numbers; so the database
    checks no key of it, and it is kept in the one order in which a search reads it, which only a migration can say: the weight comes
    down. Which rows are a service's stands in `WordsOf`.
    """

    pk = models.CompositePrimaryKey("word", "weight", "cell", "service")

    word = models.ForeignKey(KnownWord, on_delete=models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    weight = models.PositiveSmallIntegerField(default=1)
    cell = models.IntegerField(default=0)
    """The square of the map in which the service is met (`rules.cell_of`); 0 when it is met in none, or in several."""
    service = models.ForeignKey(
        Service, on_delete=models.CASCADE, related_name="search_words", db_constraint=False, db_index=False
    )


class WordsOf(models.Model):
    """The terms by which a service was indexed last, in one line: each with its weight. So it is known which rows to take away."""

    service = models.OneToOneField(
        Service, on_delete=models.CASCADE, primary_key=True, related_name="words_of", db_constraint=False
    )
    cell = models.IntegerField(default=0)
    words = models.TextField(blank=True)


class Editor(Public):
    """Somebody at a service who keeps its entry by a private link, without an account. The link is kept as a fingerprint only.

    Source: S2-320; peers.md 5.2, 5.9.
    """

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="editors")
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    email = models.CharField(max_length=254)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    link_fingerprint = models.CharField(max_length=64, unique=True)
    """Of the newest link; the ones before it open nothing."""
    until_at = models.DateTimeField()
    """From when that link opens nothing."""
    link_message = models.OneToOneField("messages.Message", null=True, on_delete=models.PROTECT, related_name="+")
    """The e-mail that carries it."""
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service", "email"], condition=Q(ended_at__isnull=True), name="editor_once_a_service"
            ),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="editor_email_is_folded"),
        ]


class Change(Public):
    """A change of how to reach a service, which waits for a second person; what stands is shown until then.

    Source: lists.md (hub lead); trust.md C18, T09.
    """

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="changes")
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    by_editor = models.ForeignKey(Editor, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    by_hat = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    was = models.JSONField()
    """What stood, by field, when it was asked for: it is made only while that still stands."""
    words = models.JSONField()
    """What is to stand, by field."""
    settled_at = models.DateTimeField(null=True)
    is_made = models.BooleanField(null=True)
    """A second person said that it is right, and it stands; or it is not so, or another took its place."""
    second_editor = models.ForeignKey(Editor, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    second_hat = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service"], condition=Q(settled_at__isnull=True), name="change_waits_once_a_service"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, is_made__isnull=True) | Q(settled_at__isnull=False, is_made__isnull=False),
                name="change_settled_says_how",
            ),
            models.CheckConstraint(
                condition=~Q(is_made=True) | Q(second_editor__isnull=False) | Q(second_hat__isnull=False),
                name="change_made_by_two",
            ),
            models.CheckConstraint(
                condition=Q(second_editor__isnull=True) | Q(by_editor__isnull=True) | ~Q(second_editor=F("by_editor")),
                name="change_second_is_another_editor",
            ),
            models.CheckConstraint(
                condition=Q(second_hat__isnull=True) | Q(by_hat__isnull=True) | ~Q(second_hat=F("by_hat")),
                name="change_second_is_another_hat",
            ),
        ]


class Confirmation(models.Model):
    """A human said that the entry is true."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="confirmations")
    at = models.DateTimeField()
    by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+")
    by_editor = models.ForeignKey(Editor, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    by_words = models.CharField(max_length=160, blank=True)


class RoomSaid(models.Model):
    """Somebody said what a service can take: people now, in about so many weeks, or nobody. Source: S2-010, S1-31."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="room_said")
    at = models.DateTimeField()
    by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    weeks = models.PositiveSmallIntegerField(null=True)
    """None when it is full."""


class Flow(models.Model):
    """What became of those introduced to a service, or to the team behind it, as the hub last counted: numbers, and nobody's name.

    It is counted from the introductions themselves (handovers) and written here, where an offer is shown. It ranks nothing.
    Source: S2-239 (waits of each service), peers.md 6 (honest wait at the point of choice).
    """

    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    service = models.OneToOneField(Service, null=True, on_delete=models.CASCADE, related_name="flow")
    team = models.OneToOneField("hubs.Team", null=True, on_delete=models.PROTECT, related_name="flow")
    at = models.DateTimeField()
    met_lately = models.PositiveIntegerField(default=0)
    """So many met in the last eight weeks, and what their waits were:"""
    half_days = models.PositiveSmallIntegerField(null=True)
    most_days = models.PositiveSmallIntegerField(null=True)
    """Nine in ten; none when they are too few to say."""
    waiting = models.PositiveIntegerField(default=0)
    longest_days = models.PositiveSmallIntegerField(null=True)
    """The longest wait so far of those who wait now."""
    introduced = models.PositiveIntegerField(default=0)
    """In the last year, and of them:"""
    answered = models.PositiveIntegerField(default=0)
    met = models.PositiveIntegerField(default=0)
    settled = models.PositiveIntegerField(default=0)
    came_back = models.PositiveIntegerField(default=0)
    """They were answered "not us"."""
    told = models.PositiveIntegerField(default=0)
    """Told of it in the last year, and asked how it went; and of them:"""
    went = models.PositiveIntegerField(default=0)
    checked = models.PositiveIntegerField(default=0)
    """Waits of the last half year for which a range would have been shown, and whose end is known; and of them:"""
    held = models.PositiveIntegerField(default=0)
    """Ended within what would have been shown."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(service__isnull=False, team__isnull=True) | Q(service__isnull=True, team__isnull=False),
                name="flow_of_one_or_the_other",
            ),
            models.CheckConstraint(condition=Q(held__lte=models.F("checked")), name="flow_held_of_checked"),
        ]
        indexes = [models.Index(fields=["hub", "at"], name="flow_of_hub")]


class Correction(Public):
    """Somebody said that something is wrong here; whoever keeps entries looks, and says what was done or that it is not so."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="corrections")
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    words = models.CharField(max_length=1000)
    change = models.OneToOneField(Change, null=True, on_delete=models.PROTECT, related_name="correction")
    """It stands here because a change waits for a second person, and is settled with it."""
    kind = models.CharField(max_length=20, blank=True)
    """What is wrong, a code of `WRONG`; blank when only words say it."""
    due_on = models.DateField(null=True)
    """Until when whoever keeps the entry looks; after that the entry tells its readers that something may be wrong."""
    link_fingerprint = models.CharField(max_length=64, blank=True)
    """Of the private link by which whoever said so sees what became of it."""
    email = models.CharField(max_length=254, blank=True)
    """Where whoever said so is told once what became of it; forgotten when it is settled."""
    message = models.OneToOneField("messages.Message", null=True, on_delete=models.PROTECT, related_name="+")
    """The e-mail that told them."""
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    settled_editor = models.ForeignKey(Editor, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
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
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True) | Q(email=""), name="correction_settled_forgets_the_address"
            ),
            models.UniqueConstraint(fields=["link_fingerprint"], condition=~Q(link_fingerprint=""), name="correction_by_link"),
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


class RuleChange(models.Model):
    """Who may come to a service was changed after a rehearsal: from what to what, why, who agreed, and how many it was said to touch.

    Source: S1-06 (every threshold with its history, the members affected by a change, and who agreed it).
    """

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="rule_changes")
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    before = models.JSONField()
    after = models.JSONField()
    """Each: age_from, age_to, not_with, needs."""
    gain = models.CharField(max_length=12)
    lose = models.CharField(max_length=12)
    """How many people of the hub, as the rehearsal said it: never nearer."""
    reason = models.CharField(max_length=400)
    agreed_by = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="rule_change_says_why"),
            models.CheckConstraint(condition=Q(lose="0") | ~Q(agreed_by=""), name="rule_that_shuts_out_was_agreed"),
        ]


class RecordedGap(models.Model):
    """Somebody looked, and there is nothing within reach for this need: in one place, or with a blank outcode in the whole area.

    Source: S1-09, S1-10, S2-048 (an offer within reach or a recorded gap).
    """

    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    need = models.CharField(max_length=30)
    outcode = models.CharField(max_length=6, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hub", "need", "outcode"], name="gap_recorded_once")]


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

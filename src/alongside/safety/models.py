"""Records of safety that decide nothing about sight: alerts, what each carer may be told, who keeps the end of the journal, whom and
what a privacy officer watches. Who may see what is decided by rows of `access` (ADR 0006)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from alongside.access.guarded import GuardedManager
from alongside.access.records import PersonRecord
from alongside.hubs.models import Public


class Witness(Public):
    """Another organisation of the hub that is handed the end of the journal every hour, to keep."""

    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    organisation = models.ForeignKey("hubs.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False)
    address = models.CharField(max_length=254)
    from_at = models.DateTimeField()
    from_by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    until_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hub", "organisation"], condition=Q(until_at__isnull=True), name="one_open_witness")
        ]


class Watch(Public):
    """Somebody on the watch-list: whoever looks is looked at, until it ends (an incident, somebody in the news)."""

    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="watches", db_index=False)
    reason = models.CharField(max_length=20)
    words = models.CharField(max_length=400, blank=True)
    """In the privacy officer's words; kept here and nowhere else."""
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    by = models.ForeignKey("hubs.Hat", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(until_at__gte=F("from_at")), name="watch_ends_after_it_begins")]
        indexes = [models.Index(fields=["hub", "until_at"], name="watch_hub")]


class MadeUpPerson(Public):
    """A person who does not exist and whom nobody has a reason to touch: whoever does is told of at once (V9)."""

    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.OneToOneField("people.Person", on_delete=models.PROTECT, related_name="made_up")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("hubs.Hat", on_delete=models.PROTECT, related_name="+", db_index=False)


class LookToLookAt(Public):
    """What a rule noticed about the looks of one worker at one person on one day, with what was counted; a privacy officer decides."""

    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    hat = models.ForeignKey("hubs.Hat", on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    """None for what is noticed about a worker's whole day."""
    signal = models.CharField(max_length=20)
    on = models.DateField()
    counted = models.IntegerField()
    first_look_id = models.BigIntegerField()
    noticed_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    finding = models.CharField(max_length=20, blank=True)
    words = models.CharField(max_length=400, blank=True)
    """What the privacy officer found, in their words; kept here and nowhere else."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hat", "on", "signal", "person"], condition=Q(person__isnull=False), name="one_of_a_kind_a_day"
            ),
            models.UniqueConstraint(
                fields=["hat", "on", "signal"], condition=Q(person__isnull=True), name="one_of_a_kind_a_whole_day"
            ),
        ]
        indexes = [models.Index(fields=["hub", "-on", "-id"], condition=Q(settled_at__isnull=True), name="look_to_look_at")]


class HomePostcode(models.Model):
    """Where a worker lives, as they told the privacy officer: for noticing a look at a neighbour, and for nothing else."""

    worker = models.OneToOneField("hubs.Worker", on_delete=models.PROTECT, primary_key=True, related_name="+")
    postcode = models.CharField(max_length=10)
    told_at = models.DateTimeField()


class LookedThrough(models.Model):
    """Up to which seal the looks of the journal have been gone through; written over."""

    task = models.CharField(max_length=20, primary_key=True)
    seal = models.BigIntegerField()


class Alert(PersonRecord):
    """Something that everybody near the person has to know at once; it is somebody's, and ends on a day.

    Five at most: each open one has a place, and no two of a person have the same. Source: trust.md H25; design.md section 5.
    """

    CATEGORY: ClassVar = "contacts"
    kind = models.CharField(max_length=20)
    words = models.CharField(max_length=120)
    place = models.PositiveSmallIntegerField()
    owner = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    owner_team = models.ForeignKey("hubs.Team", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    """A team owns it only when it holds the person, and the worker who had the alert has gone."""
    from_at = models.DateTimeField()
    written_by = models.ForeignKey("hubs.Hat", on_delete=models.PROTECT, related_name="+", db_index=False)
    until_at = models.DateTimeField()
    """From this moment on it is shown no longer, whether or not anybody has looked."""
    look_on = models.DateField()
    """The day from which its owner is asked whether it is still needed."""
    asked_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    ended_because = models.CharField(max_length=20, blank=True)

    class Meta(PersonRecord.Meta):
        constraints = [
            *PersonRecord.Meta.constraints,
            models.CheckConstraint(condition=Q(place__gte=1, place__lte=5), name="alert_has_one_of_five_places"),
            models.UniqueConstraint(
                fields=["person", "place"], condition=Q(ended_at__isnull=True), name="five_open_alerts_at_most"
            ),
            models.CheckConstraint(
                condition=Q(owner__isnull=False, owner_team__isnull=True) | Q(owner__isnull=True, owner_team__isnull=False),
                name="alert_has_one_owner",
            ),
            models.CheckConstraint(condition=Q(until_at__gt=F("from_at")), name="alert_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_because="") | (Q(ended_at__isnull=False) & ~Q(ended_because="")),
                name="alert_ends_for_a_reason",
            ),
            models.CheckConstraint(condition=~Q(label="circle"), name="alert_is_for_everybody_near"),
        ]
        indexes = [
            models.Index(fields=["person", "-from_at"], name="alert_person"),
            models.Index(fields=["look_on"], condition=Q(ended_at__isnull=True), name="alert_open"),
        ]


class CarerChoice(PersonRecord):
    """What one carer may be told, as the person chose it, until a day. Without one that holds, a carer is told nothing of them.

    General advice is always allowed and needs no choice. Source: trust.md T21, C10; S2-364; design.md section 5 (ProxyGrant).
    """

    CATEGORY: ClassVar = "around"
    carer = models.ForeignKey("people.RelatedPerson", on_delete=models.PROTECT, related_name="choices", db_index=False)
    topics = models.JSONField(default=list)
    """Codes of what may be told; an empty list is "nothing", which is a choice too."""
    from_on = models.DateField()
    review_on = models.DateField()
    """The day on which it ends unless it is chosen again; a birthday may end it before."""
    written_at = models.DateTimeField()
    written_by = models.ForeignKey("hubs.Hat", on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=20, blank=True)

    class Meta(PersonRecord.Meta):
        constraints = [
            *PersonRecord.Meta.constraints,
            models.UniqueConstraint(fields=["carer"], condition=Q(ended_at__isnull=True), name="one_open_choice_a_carer"),
            models.CheckConstraint(condition=Q(review_on__gt=F("from_on")), name="carer_choice_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_because="") | (Q(ended_at__isnull=False) & ~Q(ended_because="")),
                name="carer_choice_ends_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["person"], condition=Q(ended_at__isnull=True), name="carer_choice_person"),
            models.Index(fields=["review_on"], condition=Q(ended_at__isnull=True), name="carer_choice_open"),
        ]


class OwnPage(Public):
    """Somebody's way in to their own page without a provider: whoever holds them has invited them, by a safe way, with a number that
    the two agreed. Both are needed every time: a telephone in another's hands opens nothing by itself. Source: T05, T06, C12, C16.
    """

    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="own_pages", db_index=False)
    contact_point = models.ForeignKey("people.ContactPoint", on_delete=models.PROTECT, related_name="+", db_index=False)
    """By which the link went, and by which every code goes; as soon as it is not safe, nobody is in any more."""
    way = models.CharField(max_length=64)
    """Its number or address, as a fingerprint: by this somebody is found who signs in."""
    number = models.TextField()
    """The number that the two agreed, sealed."""
    link = models.CharField(max_length=64, unique=True)
    """The link, as a fingerprint."""
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey("hubs.Hat", on_delete=models.PROTECT, related_name="+", db_index=False)
    until_at = models.DateTimeField()
    """Until when the link opens."""
    wrong = models.PositiveSmallIntegerField(default=0)
    """How often a wrong number was written behind the link."""
    opened_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    ended_because = models.CharField(max_length=20, blank=True)

    objects = GuardedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(ended_at__isnull=True), name="one_own_page_at_a_time"),
            models.CheckConstraint(condition=Q(until_at__gt=F("invited_at")), name="own_page_link_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_because="") | (Q(ended_at__isnull=False) & ~Q(ended_because="")),
                name="own_page_ends_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["way"], condition=Q(ended_at__isnull=True), name="own_page_way"),
            models.Index(fields=["person", "-invited_at"], name="own_page_person"),
        ]


class OwnSignIn(models.Model):
    """One time that somebody opened their own page: shown to whoever is alongside them, so that a stranger is noticed (T05)."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="own_sign_ins", db_index=False)
    page = models.ForeignKey(OwnPage, on_delete=models.PROTECT, related_name="sign_ins", db_index=False)
    at = models.DateTimeField()
    how = models.CharField(max_length=10)
    """link or code."""
    browser = models.CharField(max_length=40, blank=True)

    objects = GuardedManager()

    class Meta:
        indexes = [models.Index(fields=["person", "-at"], name="own_sign_in_person")]


class Challenge(Public):
    """Somebody says that something in their record is not right, or is not to be used: their words stand beside it for good.

    What stands there is never overwritten: what is right, or why it stays, is written beside it as well. It is read only beside an
    item that the reader sees. Source: UK GDPR art. 16, 18 and 21; trust.md C29, C35.
    """

    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="challenges", db_index=False)
    item = models.UUIDField(null=True)
    """The public id of the record that is meant; none means all of it."""
    kind = models.CharField(max_length=60, blank=True)
    """Which kind of record the item is: `app.Model`."""
    because = models.CharField(max_length=12)
    """A code of `CHALLENGES`."""
    words = models.TextField()
    """What they say, in their words."""
    asked_on = models.DateField()
    answer_by = models.DateField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey("hubs.Hat", on_delete=models.PROTECT, related_name="+", db_index=False)
    objection = models.ForeignKey("access.Objection", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    """What keeps it from everybody who did not write it, for as long as it is not to be used."""
    outcome = models.CharField(max_length=12, blank=True)
    """A code of `OUTCOMES`, once somebody has answered."""
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    objects = GuardedManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(item__isnull=True, kind="") | (Q(item__isnull=False) & ~Q(kind="")), name="challenge_names_an_item"
            ),
            models.CheckConstraint(condition=~Q(because="not_right") | Q(item__isnull=False), name="what_is_not_right_is_named"),
            models.CheckConstraint(
                condition=Q(outcome="", answer="", answered_at__isnull=True, answered_by__isnull=True)
                | (~Q(outcome="") & ~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="challenge_is_answered_in_words",
            ),
            models.UniqueConstraint(
                fields=["item"], condition=Q(item__isnull=False, answered_at__isnull=True), name="one_open_challenge_an_item"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(item__isnull=True, answered_at__isnull=True), name="one_open_challenge_of_all"
            ),
        ]
        indexes = [models.Index(fields=["person", "written_at"], name="challenge_person")]

"""The person: who they are, how to reach them safely, and what they have told."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from alongside.access.guarded import GuardedManager
from alongside.access.records import PersonRecord
from alongside.hubs.models import Public


class Person(Public):
    """Somebody in a hub: a chosen name and one way to reach them are enough.

    Like every record about a person it says which organisation wrote it down first.
    """

    NAMED_BY: ClassVar = ("public_id", "chosen_name", "death_written_at")

    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="people", db_index=False)
    author_organisation = models.ForeignKey("hubs.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False)
    chosen_name = models.CharField(max_length=120)
    pronouns = models.CharField(max_length=40, blank=True)
    born_on = models.DateField(null=True)
    born_as_told = models.CharField(max_length=40, blank=True)
    age_band = models.CharField(max_length=10, blank=True)
    age_band_on = models.DateField(null=True)
    language = models.CharField(max_length=10, default="en")
    spoken_language = models.CharField(max_length=40, blank=True)
    interpreter = models.BooleanField(default=False)
    postcode = models.CharField(max_length=10, blank=True)
    gp_practice = models.CharField(max_length=160, blank=True)
    gender = models.CharField(max_length=20, blank=True)
    ethnicity = models.CharField(max_length=4, blank=True)
    """The national code; blank is "not recorded"."""
    reference = models.CharField(max_length=20, blank=True)
    """The human reference by which they came in first; every later referral has one of its own."""
    death_written_at = models.DateTimeField(null=True)
    """When somebody wrote down that they have died; nothing while they live."""
    died_on = models.DateField(null=True)
    """The day of their death, as far as it is known; never guessed."""
    whereabouts_secret = models.BooleanField(default=False)
    """Where they are must stay secret: practice and postcode are then held as securely as an address (trust.md C11)."""
    messages_wait = models.BooleanField(default=False)
    """Nothing is sent until a person has looked: what brought them in may be spam."""
    created_at = models.DateTimeField()

    objects = GuardedManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(died_on__isnull=True) | Q(death_written_at__isnull=False), name="day_of_a_death_that_is_written_down"
            )
        ]
        # Whoever is looked for by a birthday alone is found among everybody of the hub.
        indexes = [
            models.Index(fields=["hub", "born_on"], condition=Q(born_on__isnull=False), name="person_born_on"),
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"

    @property
    def has_died(self) -> bool:
        """Tell whether somebody has written down that they died."""
        return self.death_written_at is not None


class Name(models.Model):
    """A name the person goes or went by."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="names")
    kind = models.CharField(max_length=10, default="chosen")
    """chosen, official or former."""
    value = models.CharField(max_length=160)

    objects = GuardedManager()


class SearchKey(models.Model):
    """What a search finds a person by: keys of how names sound, and the digits of phones; equality only, so an index descent."""

    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="search_keys")
    kind = models.CharField(max_length=6)
    """name or phone."""
    key = models.CharField(max_length=60)

    class Meta:
        indexes = [models.Index(fields=["hub", "kind", "key", "person"], name="search_key")]


class Identifier(models.Model):
    """A number as it was received; valid or flagged; confirmed when somebody is sure it is this person's."""

    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="identifiers")
    system = models.CharField(max_length=20, default="nhs_number")
    as_received = models.CharField(max_length=60)
    value = models.CharField(max_length=20, blank=True)
    is_valid = models.BooleanField(default=False)
    problem = models.CharField(max_length=30, blank=True)
    confirmed_at = models.DateTimeField(null=True)

    objects = GuardedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hub", "system", "value"],
                condition=Q(is_valid=True, confirmed_at__isnull=False),
                name="confirmed_number_is_one_person",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(is_valid=True), name="only_a_valid_number_is_confirmed"
            ),
        ]
        indexes = [models.Index(fields=["hub", "system", "value"], name="identifier_value")]


class ContactPoint(models.Model):
    """One way to reach somebody, and what is safe about it. Source: pages.md (ask for help, 4); S0-13; trust.md C12."""

    NAMED_BY: ClassVar = ("value",)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contact_points")
    channel = models.CharField(max_length=10)
    """call, text, email, letter or through."""
    value = models.CharField(max_length=250)
    whose = models.CharField(max_length=120, blank=True)
    """For "through someone", or a number that is a contact's: whose it is, in the words received."""
    safe = models.BooleanField(default=True)
    voicemail = models.BooleanField(default=False)
    good_times = models.CharField(max_length=120, blank=True)
    who_else = models.CharField(max_length=200, blank=True)
    confirmed_on = models.DateField(null=True)
    """The day the person, or whoever asked for them, last said that this way is safe."""
    ask_again_since = models.DateTimeField(null=True)
    """Since when nobody has asked again, although an address changed: until then nothing leaves by it (C12)."""
    not_working_since = models.DateTimeField(null=True)
    """Since when what is sent to it comes back for good."""
    although_seen = models.BooleanField(default=False)
    """The person themselves says that it may be used although others may see it; asked of somebody under 18 (C12, H10)."""
    until_at = models.DateTimeField(null=True)
    place = models.PositiveSmallIntegerField(default=1)

    objects = GuardedManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(channel__in=["call", "text", "email", "letter", "through"]), name="contact_channel_known"
            )
        ]


class HeldAddress(PersonRecord):
    """Where somebody is, or where something reaches them safely: sealed, and opened one at a time with a reason.

    No list, page, letter, message, export or map shows it: `visible_to` gives none of it. Source: trust.md C11, H07.
    """

    CATEGORY: ClassVar = "vault"
    IN_VAULT: ClassVar = True

    kind = models.CharField(max_length=10)
    """home, delivery (where post reaches them safely) or key_safe."""
    sealed = models.TextField()
    """The words, sealed with a key that the database does not hold."""
    at = models.DateTimeField()
    written_by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    until_at = models.DateTimeField(null=True)

    class Meta(PersonRecord.Meta):
        constraints = [
            *PersonRecord.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=["home", "delivery", "key_safe"]), name="held_address_kind_known"),
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(until_at__isnull=True), name="one_standing_address_a_kind"
            ),
        ]


class AddressOpened(models.Model):
    """Somebody opened one sealed address: who, when and why. It is never changed."""

    address = models.ForeignKey(HeldAddress, on_delete=models.PROTECT, related_name="opened")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    hat = models.ForeignKey("hubs.Hat", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    reason = models.CharField(max_length=400)

    class Meta:
        indexes = [models.Index(fields=["person", "-at"], name="address_opened_person")]


class CommunicationNeed(models.Model):
    """What helps us talk well; shown at every contact (DAPB1605, DAPB4019)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="communication_needs")
    code = models.CharField(max_length=30)
    words = models.CharField(max_length=200, blank=True)
    until_at = models.DateTimeField(null=True)

    objects = GuardedManager()


class Dependant(PersonRecord):
    """Somebody who depends on the person: a child, or an adult cared for. Not for roles that see no labels."""

    CATEGORY: ClassVar = "around"
    kind = models.CharField(max_length=10)
    """child or adult."""
    words = models.CharField(max_length=200, blank=True)

    class Meta(PersonRecord.Meta):
        indexes = [models.Index(fields=["person"], name="dependant_person")]


class RelatedPerson(PersonRecord):
    """A carer, trusted person, or whoever asked on somebody's behalf."""

    CATEGORY: ClassVar = "around"
    name = models.CharField(max_length=120)
    relationship = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    asked_for_them = models.BooleanField(default=False)

    class Meta(PersonRecord.Meta):
        indexes = [models.Index(fields=["person"], name="related_person")]


class AsTold(PersonRecord):
    """Something about the body as it was told, with whose word it is: no prescription, and checked with nobody."""

    CATEGORY: ClassVar = "body"
    words = models.CharField(max_length=200)
    source = models.CharField(max_length=12)
    """Whose word it is: the person, a carer, the practice, a letter or a packet."""
    at = models.DateTimeField()
    written_by = models.ForeignKey("hubs.Hat", on_delete=models.PROTECT, related_name="+", db_index=False)
    until_at = models.DateTimeField(null=True)
    """When somebody said that it no longer holds."""

    class Meta(PersonRecord.Meta):
        abstract = True
        indexes = [models.Index(fields=["person"], condition=Q(until_at__isnull=True), name="%(class)s_person")]


class Allergy(AsTold):
    """What somebody must not be given, and what it does to them."""


class Medicine(AsTold):
    """What somebody takes, and how much of it."""


class StoryEntry(PersonRecord):
    """Something told once: who wrote it, whose words, when, and about what. Amended, never overwritten (promise 3)."""

    CATEGORY: ClassVar = "story"
    at = models.DateTimeField()
    written_by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    whose_words = models.CharField(max_length=12)
    """person, carer, worker, referrer or third_party."""
    domain = models.CharField(max_length=40)
    topic = models.CharField(max_length=40, blank=True)
    words = models.TextField(max_length=20000)
    do_not_ask_again = models.BooleanField(default=False)
    amends = models.ForeignKey("StoryEntry", null=True, on_delete=models.PROTECT, related_name="amended_by", db_index=False)

    class Meta(PersonRecord.Meta):
        indexes = [models.Index(fields=["person", "-at", "-id"], name="story_person_newest")]


class Attachment(models.Model):
    """A picture or paper that belongs to one entry of the story: who may see the entry may see it, and nobody else (trust.md C20).

    What it was called is not kept; its bytes stand beside it, as we made them, and never where a web server could give them out.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    entry = models.ForeignKey(StoryEntry, on_delete=models.PROTECT, related_name="attachments")
    kind = models.CharField(max_length=4)
    size = models.PositiveIntegerField()
    caption = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    written_by = models.ForeignKey("hubs.Hat", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(kind__in=["jpg", "png", "pdf"]), name="attachment_kind_known")]
        indexes = [models.Index(fields=["written_by", "at"], name="attachment_worker_day")]


class AttachedBytes(models.Model):
    """The bytes of an attachment, in a table of their own, so that no list ever reads them."""

    attachment = models.OneToOneField(Attachment, primary_key=True, on_delete=models.PROTECT, related_name="bytes")
    content = models.BinaryField()


class StoryRead(models.Model):
    """A worker has read the story: before they met, it counts for promise 3."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="story_reads", db_index=False)
    hat = models.ForeignKey("hubs.Hat", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    up_to = models.ForeignKey(StoryEntry, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        indexes = [models.Index(fields=["person", "hat", "-at"], name="story_read_person_hat")]


class AskedAgain(PersonRecord):
    """A question asked although the answer was there; counted, with the reason."""

    CATEGORY: ClassVar = "story"
    at = models.DateTimeField()
    asked_by = models.ForeignKey("hubs.Hat", on_delete=models.PROTECT, related_name="+", db_index=False)
    topic = models.CharField(max_length=40)
    reason = models.CharField(max_length=30)


class MatchTask(models.Model):
    """Two records that may be one person: a named matcher decides; nothing merges by itself (H03)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="match_tasks")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=30)
    made_at = models.DateTimeField()
    team = models.ForeignKey("hubs.Team", on_delete=models.PROTECT, related_name="+", db_index=False)
    matcher = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    same = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(person=F("other")), name="match_task_of_two"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, same__isnull=True) | Q(settled_at__isnull=False, same__isnull=False),
                name="match_task_settled_with_an_answer",
            ),
        ]
        indexes = [models.Index(fields=["hub", "made_at"], condition=Q(settled_at__isnull=True), name="match_task_open")]


class MergeLink(models.Model):
    """Two records that somebody has said are one person; reversible."""

    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merged_in")
    joined = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merged_into")
    at = models.DateTimeField()
    by = models.ForeignKey("hubs.Hat", on_delete=models.PROTECT, related_name="+", db_index=False)
    undone_at = models.DateTimeField(null=True)
    confirmed = models.JSONField(default=list)
    """The keys of the numbers that this link confirmed: taking the records apart takes back these, and no other."""


class LegalHold(Public):
    """What stands about somebody is kept whatever its time, for an inquiry or a claim, until somebody says that it is over."""

    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="legal_holds", db_index=False)
    because = models.CharField(max_length=12)
    words = models.CharField(max_length=200, blank=True)
    """A file number of the inquiry or court; kept here and nowhere else."""
    from_at = models.DateTimeField()
    from_by = models.ForeignKey("hubs.Hat", on_delete=models.PROTECT, related_name="+", db_index=False)
    until_at = models.DateTimeField(null=True)
    until_by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at__isnull=True, until_by__isnull=True) | Q(until_at__isnull=False, until_by__isnull=False),
                name="legal_hold_is_ended_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["person", "because"], condition=Q(until_at__isnull=True), name="one_open_legal_hold_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["hub", "from_at"], condition=Q(until_at__isnull=True), name="legal_hold_open")]


class Deletion(Public):
    """Everything that stands about somebody goes for good: one worker proposes it, another agrees, and it waits a week.

    The database lets rows of a person go only while such a decision is being carried out. What is left afterwards is this row, which
    says neither who it was nor anything about them, and the journal, which holds keys and codes.
    Source: UK GDPR art. 5(1)(e) and 17; trust.md C33 (two people, nothing at once), C35.
    """

    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    person_key = models.BigIntegerField()
    """The key that the person had; no foreign key, for it outlives them."""
    because = models.CharField(max_length=12)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey("hubs.Hat", on_delete=models.PROTECT, related_name="+", db_index=False)
    proposer = models.ForeignKey("hubs.Worker", on_delete=models.PROTECT, related_name="+", db_index=False)
    agreed_at = models.DateTimeField(null=True)
    agreed_by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    seconder = models.ForeignKey("hubs.Worker", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    due_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(null=True)
    """Set inside the transaction that lets everything go: for its length the guards stand open for this person."""
    done_at = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField(null=True)
    """So many rows went."""
    stopped_at = models.DateTimeField(null=True)
    stopped_by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True, agreed_by__isnull=True, seconder__isnull=True, due_at__isnull=True)
                | (
                    Q(agreed_at__isnull=False, agreed_by__isnull=False, seconder__isnull=False, due_at__gt=F("agreed_at"))
                    & ~Q(seconder=F("proposer"))
                ),
                name="two_people_agree_to_a_deletion",
            ),
            models.CheckConstraint(
                condition=Q(begun_at__isnull=True) | Q(due_at__isnull=False, begun_at__gte=F("due_at"), stopped_at__isnull=True),
                name="a_deletion_waits_for_its_day",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, rows__isnull=True) | Q(begun_at__isnull=False, rows__isnull=False),
                name="a_deletion_that_is_done_has_begun",
            ),
            models.UniqueConstraint(
                fields=["person_key"],
                condition=Q(done_at__isnull=True, stopped_at__isnull=True),
                name="one_open_deletion_a_person",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(done_at__isnull=True, stopped_at__isnull=True), name="deletion_due")
        ]

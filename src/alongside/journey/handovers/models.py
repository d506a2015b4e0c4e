"""From hand to hand: an introduction with its facts, and a signpost with its result (promise 4)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from alongside.access.records import PersonRecord
from alongside.journey.handovers import rules


class Handover(PersonRecord):
    """An introduction: offered, accepted, introduced, met, settled. The giver's side stays the holder until met.

    Only facts with who and when stand here; the status is derived (rules.py).
    """

    CATEGORY: ClassVar = "introductions"
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey("hubs.Hat", on_delete=models.PROTECT, related_name="+", db_index=False)
    to_team = models.ForeignKey("hubs.Team", null=True, on_delete=models.PROTECT, related_name="handovers_in", db_index=False)
    to_service = models.ForeignKey(
        "directory.Service", null=True, on_delete=models.PROTECT, related_name="handovers", db_index=False
    )
    need = models.CharField(max_length=30, blank=True)
    shown = models.JSONField(default=list, blank=True)
    """What was shown for this need when it was chosen: the keys of the services, in their order; and"""
    wishes = models.JSONField(default=list, blank=True)
    """what they wished for, codes of `vocabulary.ways_of_help`. Nothing when it was not chosen from what was matched."""
    words = models.TextField(max_length=4000)
    agreed_to_share = models.CharField(max_length=1000, blank=True)
    person_agrees = models.BooleanField(default=True)
    how_to_meet = models.CharField(max_length=400, blank=True)
    joint_on = models.DateField(null=True)
    answer_by = models.DateField()
    risen_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=12, blank=True)
    answered_how = models.CharField(max_length=10, blank=True)
    """account, link, or written (by the giver)."""
    answered_by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    answered_by_name = models.CharField(max_length=160, blank=True)
    meet_on = models.DateField(null=True)
    not_now_until = models.DateField(null=True)
    not_us_reason = models.CharField(max_length=20, blank=True)
    not_us_words = models.CharField(max_length=1000, blank=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    meet_by = models.DateField(null=True)
    """The last day to meet: the day that was said, or some weeks after a yes without one (rules.meets_by)."""
    introduced_at = models.DateTimeField(null=True)
    introduced_by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    met_at = models.DateTimeField(null=True)
    met_how = models.CharField(max_length=10, blank=True)
    """account (the receiver's own attended contact), link, or written (by the giver, as the receiver told them)."""
    met_by_name = models.CharField(max_length=160, blank=True)
    """Of a partner without an account: who says that they have met."""
    met_written_by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    giver_holding = models.ForeignKey("members.Holding", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    """Whose the holding was when they met, so that "we have not met" can move it back."""
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    """The giver's; nobody here when the person said so by their own link."""
    disputed_at = models.DateTimeField(null=True)
    disputed_by_kind = models.CharField(max_length=10, blank=True)
    disputed_by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    link_fingerprint = models.CharField(max_length=64, null=True)
    code_fingerprint = models.CharField(max_length=64, blank=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    link_message = models.OneToOneField("messages.Message", null=True, on_delete=models.PROTECT, related_name="+")
    """The e-mail that carries the link that counts, or the last one, which did not arrive; none when the link went by hand."""

    class Meta(PersonRecord.Meta):
        constraints = [
            *PersonRecord.Meta.constraints,
            models.UniqueConstraint(fields=["link_fingerprint"], name="handover_link"),
            models.CheckConstraint(
                condition=Q(to_team__isnull=False, to_service__isnull=True) | Q(to_service__isnull=False),
                name="handover_has_a_receiver",
            ),
            models.CheckConstraint(condition=~Q(answer="not_us") | ~Q(not_us_reason=""), name="not_us_has_a_reason"),
            models.CheckConstraint(
                condition=Q(met_at__isnull=True) | Q(accepted_at__isnull=False), name="met_only_after_accepted"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(meet_by__isnull=False), name="a_yes_has_a_last_day_to_meet"
            ),
            models.CheckConstraint(condition=Q(settled_at__isnull=True) | Q(met_at__isnull=False), name="settled_only_after_met"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="") | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="answer_has_a_moment",
            ),
            models.CheckConstraint(condition=Q(met_at__isnull=True) | Q(met_at__gte=F("offered_at")), name="met_in_time"),
            models.CheckConstraint(
                condition=Q(met_at__isnull=True, met_how="") | (Q(met_at__isnull=False) & ~Q(met_how="")), name="met_says_who"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(met_at__isnull=False), name="confirmed_only_after_met"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-offered_at"], name="handover_person"),
            models.Index(
                fields=["hub", "answer", "answer_by"], condition=Q(accepted_at__isnull=True), name="handover_unanswered"
            ),
            models.Index(
                fields=["hub", "meet_by"],
                condition=Q(accepted_at__isnull=False, met_at__isnull=True),
                name="handover_not_met",
            ),
            models.Index(fields=["to_team", "offered_at"], condition=Q(settled_at__isnull=True), name="handover_team_open"),
            models.Index(fields=["to_service", "offered_at"], condition=Q(to_service__isnull=False), name="handover_service"),
            models.Index(fields=["offered_by", "offered_at"], condition=Q(settled_at__isnull=True), name="handover_giver_open"),
        ]

    @property
    def facts(self) -> rules.Facts:
        """Give the facts that decide where it stands and what may follow; its person is read with it."""
        return rules.Facts(
            answer=self.answer,
            accepted_at=self.accepted_at,
            introduced_at=self.introduced_at,
            met_at=self.met_at,
            settled_at=self.settled_at,
            person_has_died=self.person.has_died,
        )

    @property
    def status(self) -> str:
        """Give where it stands."""
        return rules.status(self.facts)

    @property
    def receiver(self) -> str:
        """Name the team or service that was asked."""
        return self.to_service.name if self.to_service else self.to_team.name if self.to_team else ""

    @property
    def link_goes_to(self) -> str:
        """Give the e-mail address for a new one-time link: nothing when a team was asked, when it was answered with a yes, when
        the service has no address, and when the last link did not arrive there, so that it goes by hand."""
        if self.to_team_id or self.to_service is None or self.link_did_not_arrive or not rules.may_answer(self.facts):
            return ""
        return self.to_service.email

    @property
    def link_did_not_arrive(self) -> bool:
        """Tell whether the last e-mail could not be delivered to the address that the service still has."""
        last = self.link_message
        return bool(last and last.failed_at and self.to_service and last.to_address == self.to_service.email)


class Signpost(PersonRecord):
    """Somebody was told of a service; it is open until its result is known (S2-312)."""

    CATEGORY: ClassVar = "introductions"
    service = models.ForeignKey("directory.Service", on_delete=models.PROTECT, related_name="signposts", db_index=False)
    need = models.CharField(max_length=30, blank=True)
    shown = models.JSONField(default=list, blank=True)
    wishes = models.JSONField(default=list, blank=True)
    """As of an introduction: what was shown, and what was wished for."""
    given_at = models.DateTimeField()
    given_by = models.ForeignKey("hubs.Hat", on_delete=models.PROTECT, related_name="+", db_index=False)
    ask_on = models.DateField()
    result = models.CharField(max_length=20, blank=True)
    result_at = models.DateTimeField(null=True)
    result_by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta(PersonRecord.Meta):
        constraints = [
            *PersonRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(result="", result_at__isnull=True) | (~Q(result="") & Q(result_at__isnull=False)),
                name="signpost_result_has_a_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["given_by", "ask_on"], condition=Q(result_at__isnull=True), name="signpost_open"),
            models.Index(fields=["person"], name="signpost_person"),
        ]

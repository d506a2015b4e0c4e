"""Everything that stands here about a person who asks, and why some of it is looked at one by one before it is copied."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.apps import apps

from alongside.access import policy
from alongside.access.gains import person_records
from alongside.access.models import Withholding
from alongside.access.records import PersonRecord
from alongside.hubs.queries import live
from alongside.people.queries import whole_of
from alongside.rights.models import AccessRequest
from alongside.rights.written import ALSO_READ, READ_WITH
from alongside.vocabulary.actor import Actor

NOT_FOR_ANOTHER = frozenset({"safety.Alert", "safety.CarerChoice"})
"""What is decided one by one when somebody else asks, whatever its label: what a person chose about a carer may be about them."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """One record, and what about it asks for a decision."""

    record: PersonRecord
    why: tuple[str, ...]
    decided: str = ""
    """A code of DECISIONS, once somebody has decided."""

    @property
    def item(self) -> UUID:
        return self.record.public_id

    @property
    def kind(self) -> str:
        return self.record._meta.label

    @property
    def is_open(self) -> bool:
        """Tell whether somebody still has to decide about it; whoever withheld it has."""
        return bool(self.why) and not self.decided and "withheld" not in self.why

    @property
    def is_in(self) -> bool:
        """Tell whether it stands in the copy: what is withheld never does, and what asks for a decision only after one."""
        if "withheld" in self.why or self.decided.startswith("leave"):
            return False
        return not self.why or self.decided.startswith("include")


def gather(actor: Actor, request: AccessRequest, *, at: datetime) -> list[Gathered]:
    """List every record about the person, and about records said to be of the same person, oldest kinds first.

    Reach:    whoever answers this request (`under_review`), and nobody else; nothing of the vault.
    Queries:  two for each kind of record, and three more, however long the record is.
    Source:   trust.md C35, 3.1; T03 (when somebody else asks, what is sensitive is decided one by one as well).
    """
    keys = whole_of(request.person_id)
    decided = dict(request.decisions.values_list("item", "decision"))
    withheld = set(Withholding.objects.filter(live(at), person__in=keys).values_list("item", flat=True))
    found: list[Gathered] = []
    for model in in_order(person_records()):
        if model.IN_VAULT:
            continue
        label = model._meta.label
        about = policy.under_review(actor, model._default_manager.filter(person_id__in=keys), at=at)
        shown = {
            key for person in keys for key in policy.for_the_person(about, person, at=at).values_list("public_id", flat=True)
        }
        records = about.select_related(*READ_WITH.get(label, ())).prefetch_related(*ALSO_READ.get(label, ())).order_by("pk")
        for one in records:
            why = _why(one, one.public_id in shown, one.public_id in withheld, request.asked_by != "person")
            found.append(Gathered(one, why, decided.get(one.public_id, "")))
    return found


def _why(one: PersonRecord, is_shown: bool, is_withheld: bool, for_another: bool) -> tuple[str, ...]:
    why = []
    if one.third_party:
        why.append("third_party")
    if is_withheld or not (is_shown or one.third_party or one.label == "circle"):
        why.append("withheld")
    if one.label == "circle" and not is_shown:
        why.append("circle")
    if for_another and (one.label == "sensitive" or one._meta.label in NOT_FOR_ANOTHER):
        why.append("for_another")
    return tuple(why)


def in_order(models: list[type[PersonRecord]]) -> list[type[PersonRecord]]:
    """Put the kinds of records in the order of the journey."""
    order = [one.label for one in apps.get_app_configs()]
    return sorted(models, key=lambda one: (-order.index(one._meta.app_label), one._meta.label))

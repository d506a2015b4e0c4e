"""Reads of the conversation: what is known already, ranked needs, versions."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from alongside.access.policy import visible_to
from alongside.journey.assessments.models import Assessment, Need, Version
from alongside.reads import Read, naming, read
from alongside.refusals import NotFound
from alongside.vocabulary.actor import Actor


def current_assessment(actor: Actor, person_id: int) -> Assessment | None:
    """Get the current conversation of a person, when there is one within reach."""
    return current_assessments(actor, person_id).first()


def current_assessments(actor: Actor, person_id: int) -> Read[Assessment]:
    """Prepare the read of the current conversation: one, or none."""
    return read(_current, actor=actor, person_id=person_id)


def _current(actor: Actor, person_id: int, at: datetime) -> QuerySet[Assessment]:
    found = visible_to(actor, Assessment.objects.filter(person_id=person_id, superseded_at__isnull=True), at=at)
    return naming(found, "begun_by__worker").order_by("pk")[:1]


def lock_assessment(actor: Actor, person_id: int, *, at: datetime) -> Assessment:
    """Get the current conversation under a lock."""
    found = visible_to(
        actor, Assessment.objects.select_for_update(of=("self",)).filter(person_id=person_id, superseded_at__isnull=True), at=at
    ).first()
    if found is None:
        raise NotFound
    return found


def version_of(assessment: Assessment, number: int) -> Version | None:
    """Get one version of a conversation."""
    return (
        Version.objects.filter(assessment=assessment, number=number, parked=False).select_related("by__worker").first()
        if number
        else None
    )


def parked_versions(assessment: Assessment) -> list[Version]:
    """List the versions that wait for somebody to put them together."""
    return list(
        Version.objects.filter(assessment=assessment, parked=True, merged_at__isnull=True)
        .select_related("by__worker")
        .order_by("at")
    )


def ranked_needs(actor: Actor, person_id: int) -> Read[Need]:
    """List a person's needs in their own order, within reach."""
    return read(_needs, actor=actor, person_id=person_id)


def _needs(actor: Actor, person_id: int, at: datetime) -> QuerySet[Need]:
    return visible_to(actor, Need.objects.filter(person_id=person_id, until_at__isnull=True), at=at).order_by("rank")

"""`./alongside nobody-lost`: everybody who would be lost if nobody acted; ends with 1 when there is anybody."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from alongside.hubs.choosing import one_hub
from alongside.hubs.models import Hub
from alongside.journey.referrals.models import Referral
from alongside.vocabulary.clock import now
from alongside.web.codes import LOST
from alongside.web.queries import nobody_lost


class Command(BaseCommand):
    help = "List everybody who would be lost if nobody acted. Goal: 0."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--hub", default="", help="only this hub, by its short name")

    def handle(self, *args: Any, **options: Any) -> None:
        at, count = now(), 0
        for hub in [one_hub(options["hub"])] if options["hub"] else Hub.objects.order_by("pk"):
            found = nobody_lost(hub.pk, at)
            references = dict(
                Referral.objects.unscoped("For whoever runs the installation: references, no names.")
                .filter(person_id__in={one.person_id for one in found if one.person_id})
                .values_list("person_id", "reference")
            )
            for one in found:
                minutes = int((at - one.since).total_seconds() // 60)
                named = references.get(one.person_id) or (f"person {one.person_id}" if one.person_id else "not finished")
                self.stdout.write(f"{hub.slug}  {named}  {minutes} minutes  {LOST[one.why].en}")
            count += len({one.who for one in found})
        self.stdout.write(f"{count} people would be lost (goal 0)")
        if count:
            raise SystemExit(1)

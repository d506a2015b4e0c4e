"""`./alongside manage stop_organisation ID`: stop everything of an organisation in every hub, or let it work again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.access.commands import let_organisation_back, stop_organisation
from alongside.hubs.codes import STOP_REASONS
from alongside.hubs.models import Organisation, Partner
from alongside.refusals import AlreadyDone, NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now


class Command(BaseCommand):
    help = "Stop every hat and system of an organisation in every hub of this installation, at once; --lift lets it work again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="its name, as it is written in the settings, or its ODS code")
        parser.add_argument("--because", default="account_taken_over", choices=list(STOP_REASONS))
        parser.add_argument("--lift", action="store_true", help="let it work again")

    def handle(self, *args: Any, **options: Any) -> None:
        name, at, done = options["name"].strip(), now(), 0
        found = Organisation.objects.filter(name=name) | Organisation.objects.filter(ods_code=name)
        if found.count() != 1:
            raise CommandError(f"{found.count()} organisations are called {name}. Give the name as it stands in the settings.")
        for partner in Partner.objects.filter(organisation=found.get(), until_at__isnull=True):
            actor = Actor.system("stop_organisation", partner.hub_id)
            of_it = {"hub_id": partner.hub_id, "organisation_id": partner.organisation_id}
            try:
                if options["lift"]:
                    let_organisation_back(actor=actor, at=at, **of_it)
                else:
                    stop_organisation(actor=actor, at=at, because=options["because"], **of_it)
                done += 1
            except (AlreadyDone, NotFound):
                continue
        said = "works again" if options["lift"] else "is stopped; --lift lets it work again"
        self.stdout.write(f"{name} {said}, in {done} {'hub' if done == 1 else 'hubs'}.")

"""Let an organisation's system send messages to a hub: prints its token once."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from alongside.access.clients import let_client_in
from alongside.hubs.choosing import one_hub
from alongside.hubs.models import Organisation
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now


class Command(BaseCommand):
    help = "Let the system of a partner organisation send messages. Prints the token; it is shown this once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--organisation", required=True, help="The partner's name or ODS code.")
        parser.add_argument("--name", required=True, help="What to call the system, 40 letters at most.")
        parser.add_argument("--hub", default="", help="The hub's short name, when there is more than one hub.")

    def handle(self, *args: Any, **options: Any) -> None:
        hub = one_hub(options["hub"])
        partners = Organisation.objects.filter(partnerships__hub=hub, partnerships__until_at__isnull=True)
        wanted = options["organisation"]
        found = [one for one in partners if wanted.casefold() in (one.name.casefold(), (one.ods_code or "").casefold())]
        if len(found) != 1:
            raise CommandError(f"The hub has no partner called {wanted}.")
        _client, token = let_client_in(
            actor=Actor.system("installer", hub.pk), at=now(), hub_id=hub.pk, organisation_id=found[0].pk, name=options["name"]
        )
        self.stdout.write(token)

"""`./alongside manage password_link EMAIL`: a link for a new password, when no hub lead may make one."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from alongside.access.commands import make_account_link
from alongside.access.queries import new_link_path
from alongside.hubs.models import Hat
from alongside.hubs.queries import works_here
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now


class Command(BaseCommand):
    help = "Make a link for a new password; for somebody who works in two hubs, and so is no hub lead's to help."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="what they sign in with")

    def handle(self, *args: Any, **options: Any) -> None:
        at = now()
        hat = Hat.objects.filter(works_here(at), worker__user__email=options["email"].strip().lower()).order_by("pk").first()
        if hat is None:
            raise CommandError(f"Nobody who works here today signs in with {options['email']}.")
        user = make_account_link(
            actor=Actor.system("password_link", hat.hub_id), at=at, hub_id=hat.hub_id, worker_id=hat.worker_id
        )
        self.stdout.write("See that it is really them, and hand this over. It works for three days, and once:")
        self.stdout.write(settings.PUBLIC_ADDRESS.rstrip("/") + reverse("access:first-password", args=new_link_path(user)))

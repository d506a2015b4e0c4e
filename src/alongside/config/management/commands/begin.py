"""`./alongside begin`: the first hub of an installation, its organisation, duty team, agreement, and the account of its lead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.urls import reverse
from django.utils.text import slugify

from alongside.access.commands import begin_agreement, invite_worker, sign_agreement
from alongside.access.models import User
from alongside.access.queries import invitation_path
from alongside.access.set_up.forms import HubForm, Invite, NewOrganisation, TeamForm
from alongside.hubs.commands import add_organisation, add_team, begin_hub
from alongside.hubs.models import Hub
from alongside.refusals import Refusal
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now
from alongside.vocabulary.sectors import SECTORS

PURPOSE = "One record for one person, among the partners of the hub"


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to be known, given as an option or asked."""

    name: str
    asked: str
    field: forms.Field | None = None
    """The field of the settings page that asks the same: what it does not take is not taken here."""
    default: str = ""
    allowed: tuple[str, ...] = ()
    optional: bool = False


QUESTIONS = (
    Question("hub", "Name of the hub", HubForm.base_fields["name"]),
    Question("nation", "Nation (england or wales)", allowed=("england", "wales")),
    Question("organisation", "Name of the organisation that runs it", NewOrganisation.base_fields["name"]),
    Question("sector", f"Its sector ({', '.join(SECTORS)})", default="nhs", allowed=tuple(SECTORS)),
    Question("ods", "Its ODS code (may stay blank)", NewOrganisation.base_fields["ods_code"], optional=True),
    Question(
        "team", "Name of the duty team that receives everybody who comes in", TeamForm.base_fields["name"], default="Front door"
    ),
    Question("lead", "Name of the hub lead", Invite.base_fields["name"]),
    Question("email", "The hub lead's e-mail address, to sign in with", Invite.base_fields["email"]),
    Question("phone", "Telephone of the hub (may stay blank)", HubForm.base_fields["phone"], optional=True),
)


class Command(BaseCommand):
    help = (
        "Begin a hub with its organisation, duty team, signed sharing agreement, and its lead's account; asks what is not given."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        for question in QUESTIONS:
            parser.add_argument(f"--{question.name}", default=None, help=question.asked)
        parser.add_argument("--no-questions", action="store_true", help="never ask: stop when something is missing")

    def handle(self, *args: Any, **options: Any) -> None:
        given = {question.name: self._answer(question, options) for question in QUESTIONS}
        slug = slugify(given["hub"])[:60] or "hub"
        if Hub.objects.filter(slug=slug).exists():
            raise CommandError(f"There is a hub called {slug} already. Its lead sets it up under Settings.")
        try:
            hub, user = _begin(given, slug)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        link = settings.PUBLIC_ADDRESS.rstrip("/") + reverse("access:first-password", args=invitation_path(user))
        self.stdout.write(f"The hub {hub.slug} has begun. Its public door is closed until its lead opens it.\n")
        self.stdout.write("Open this link within three days; it works once, and is not shown again:\n")
        self.stdout.write(f"  {link}\n")
        self.stdout.write("Then: choose a password, set up the second factor, and under Settings check the crisis contacts,")
        self.stdout.write("give the duty team its hours, its people and its rota, and open the public door.")

    def _answer(self, question: Question, options: dict[str, Any]) -> str:
        value = options[question.name]
        if value is None and not options["no_questions"]:
            hint = f" [{question.default}]" if question.default else ""
            try:
                value = input(f"{question.asked}{hint}: ")
            except EOFError:  # nobody sits at the keyboard
                self.stdout.write("")
        value = (value or "").strip() or question.default
        if not value and not question.optional:
            raise CommandError(f"Give --{question.name}: {question.asked}.")
        if question.allowed and value not in question.allowed:
            raise CommandError(f"--{question.name} is {value!r}; it may be {', '.join(question.allowed)}.")
        try:
            return question.field.clean(value) if question.field else value
        except ValidationError as wrong:
            raise CommandError(f"--{question.name}: {' '.join(wrong.messages)} Nothing was changed.") from None


def _begin(given: dict[str, str], slug: str) -> tuple[Hub, User]:
    at = now()
    with transaction.atomic():
        hub = begin_hub(
            actor=Actor.system("begin"), at=at, name=given["hub"], slug=slug, nation=given["nation"], phone=given["phone"]
        )
        this: dict[str, Any] = {"actor": Actor.system("begin", hub.pk), "at": at, "hub_id": hub.pk}
        home = add_organisation(**this, name=given["organisation"], sector=given["sector"], ods_code=given["ods"])
        add_team(**this, organisation_id=home.pk, name=given["team"], kind="duty")
        agreement = begin_agreement(**this, purpose=PURPOSE)
        sign_agreement(actor=this["actor"], at=at, agreement_id=agreement.pk, organisation_id=home.pk)
        user = invite_worker(**this, name=given["lead"], email=given["email"], organisation_id=home.pk, role="hub_lead")
    return hub, user

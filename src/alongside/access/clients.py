"""Other organisations' machines: which one this is, letting one in, and shutting one out."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from alongside.access.models import ApiClient
from alongside.access.policy import may
from alongside.hubs.queries import is_stopped
from alongside.journal.command import command, note
from alongside.refusals import NotPermitted
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.reference import fingerprint, new_token


def client_actor(token: str, *, at: datetime) -> Actor | None:
    """Build the actor of the machine that knows this token, or None for every other token.

    A machine of an organisation that is stopped here is nobody either.
    It may bring people in and sees nothing, like somebody with the role of a referrer.
    Queries:  one.
    Source:   issue part D16; trust.md C16.
    """
    live = Q(from_at__lte=at) & (Q(until_at__isnull=True) | Q(until_at__gt=at))
    client = ApiClient.objects.filter(live, ~is_stopped(at), token_fingerprint=fingerprint(token), scope="refer").first()
    if client is None:
        return None
    return Actor(
        kind="client",
        hub_id=client.hub_id,
        organisation_id=client.organisation_id,
        role="referrer",
        client_id=client.pk,
        name=client.name,
    )


@command("client.let_in")
def let_client_in(*, actor: Actor, at: datetime, hub_id: int, organisation_id: int, name: str) -> tuple[ApiClient, str]:
    """Let an organisation's machine send messages to a hub.

    Out:      the client, and its token, which is shown this once; only its fingerprint is kept.
    Refuses:  NotPermitted when the actor does not set up this hub.
    """
    _check_can_set_up(actor, hub_id)
    token = new_token()
    client = ApiClient.objects.create(
        hub_id=hub_id, organisation_id=organisation_id, name=name.strip()[:40], token_fingerprint=fingerprint(token), from_at=at
    )
    note(client=client.public_id)
    return client, token


@command("client.shut_out")
def shut_client_out(*, actor: Actor, at: datetime, hub_id: int, client_id: int) -> ApiClient:
    """Shut a machine out from its next request on; what it sent stays."""
    _check_can_set_up(actor, hub_id)
    client = ApiClient.objects.select_for_update().filter(pk=client_id, hub_id=hub_id).first()
    if client is None:
        raise NotPermitted
    client.until_at = at
    client.save(update_fields=["until_at"])
    note(client=client.public_id)
    return client


def _check_can_set_up(actor: Actor, hub_id: int) -> None:
    if not may(actor, "settings") or actor.hub_id not in (None, hub_id):
        raise NotPermitted

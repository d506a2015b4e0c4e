"""Signing in by somebody else's OpenID provider (shaped as CIS2 for staff and as NHS login for people): asking, and believing nothing unproven.

The authorisation code flow with PKCE, a nonce and a signed client assertion (private_key_jwt). What comes back is believed only when its
signature is that of the provider's published key, and issuer, audience, moments, nonce and level are right. PyJWT does the
cryptography; which algorithms count is said here, so that neither "none" nor a shared secret is ever one of them.

Source: OpenID Connect Core 1.0 (3.1, 9); RFC 7636, 9207; NHS login interface specification; CIS2 guidance for developers; C14.
"""

from __future__ import annotations

import hmac
import json
import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

import jwt
from jwt.utils import base64url_encode

from alongside.connections.addresses import NotAllowedOut, read_address
from alongside.connections.outgoing import NotReached, Outgoing

MOST = 200_000
"""So many bytes a provider says at most; it is waited for as long as anybody outside, and no longer (outgoing.SECONDS; P5)."""
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
FRESH = timedelta(minutes=5)
"""A token that was issued longer ago is a token of another sign-in."""
CLOCKS_DIFFER = timedelta(seconds=30)
KEPT_FOR = 3_600
"""So many seconds what a provider publishes is kept."""
LOOKS_AGAIN_AFTER = 60
"""A key that nobody knows is looked for again at most so often: made-up ones make no traffic."""


class ProviderDown(Exception):
    """The provider does not answer, or not as a provider does: another way in is needed now."""


class NotBelieved(Exception):
    """What came back cannot be believed; `code` says why, for the journal, and never for whoever asks."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Begun:
    """What a sign-in that has begun must remember until it comes back; nothing of it is ever in an address but the state."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def now(cls) -> Begun:
        return cls(*(secrets.token_urlsafe(32) for _one in range(3)))


@dataclass(slots=True)
class Provider:
    """One provider, and what this installation is called there."""

    issuer: str
    client_id: str
    key: str
    """The private key that signs who we are, as PEM."""
    key_id: str
    asks: Mapping[str, str]
    """What is asked for beyond the flow itself: scope, levels."""
    algorithm: str = "RS512"
    out: Outgoing = Outgoing(largest=MOST)
    """The one way out: https to open addresses only, pinned, never on to another host (C21)."""
    _published: dict[str, Any] = field(default_factory=dict)
    _keys: dict[str, tuple[Any, str | None]] = field(default_factory=dict)
    _read_at: dict[str, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def address_to_go_to(self, begun: Begun, *, back: str, **more: str) -> str:
        """Give where a browser goes to sign in. Raises: ProviderDown."""
        challenge = base64url_encode(sha256(begun.verifier.encode()).digest()).decode()
        asked = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": back,
            "state": begun.state,
            "nonce": begun.nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
            **self.asks,
            **more,
        }
        return f"{self._endpoint('authorization_endpoint')}?{urlencode(asked)}"

    def claims(self, code: str, begun: Begun, *, back: str, at: datetime) -> dict[str, Any]:
        """Exchange a code and give what the provider says of whoever signed in, proven. Raises: ProviderDown, NotBelieved."""
        to = self._endpoint("token_endpoint")
        sent = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "code_verifier": begun.verifier,
            "client_id": self.client_id,
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": self._assertion(to, at),
        }
        token = fetch(self.out, "POST", to, sent).get("id_token")
        if not isinstance(token, str):
            raise NotBelieved("no_token")
        return self.proven(token, nonce=begun.nonce, at=at)

    def proven(self, token: str, *, nonce: str, at: datetime) -> dict[str, Any]:
        """Give what an id token says when its signature, issuer, audience, moments and nonce are right. Raises: NotBelieved, ProviderDown."""
        try:
            head = jwt.get_unverified_header(token)
        except jwt.PyJWTError as wrong:
            raise NotBelieved("unreadable") from wrong
        if head.get("alg") not in ALGORITHMS:
            raise NotBelieved("algorithm")
        key, only = self._key(str(head.get("kid", "")))
        if only and head["alg"] != only:
            raise NotBelieved("algorithm")
        try:
            said: dict[str, Any] = jwt.decode(
                token,
                key,
                algorithms=list(ALGORITHMS),
                audience=self.client_id,
                issuer=self.issuer,
                # The moments are judged below, by the moment that was handed in.
                options={
                    "require": ["iss", "aud", "sub", "exp", "iat", "nonce"],
                    "verify_exp": False, "verify_iat": False, "verify_nbf": False,
                },
            )  # fmt: skip
        except jwt.InvalidAudienceError as wrong:
            raise NotBelieved("audience") from wrong
        except jwt.InvalidIssuerError as wrong:
            raise NotBelieved("issuer") from wrong
        except jwt.InvalidSignatureError as wrong:
            raise NotBelieved("signature") from wrong
        except (jwt.PyJWTError, TypeError, ValueError) as wrong:
            raise NotBelieved("token") from wrong
        self._check_moments(said, at)
        if not hmac.compare_digest(str(said["nonce"]).encode(), nonce.encode()):
            raise NotBelieved("nonce")
        several = isinstance(said["aud"], list) and len(said["aud"]) > 1
        if (several or "azp" in said) and said.get("azp") != self.client_id:
            raise NotBelieved("authorised_party")
        if not isinstance(said["sub"], str) or not 0 < len(said["sub"]) <= 255:
            raise NotBelieved("subject")
        return said

    def _check_moments(self, said: dict[str, Any], at: datetime) -> None:
        moment = at.timestamp()
        for name in ("exp", "iat", "nbf"):
            if name in said and (isinstance(said[name], bool) or not isinstance(said[name], (int, float))):
                raise NotBelieved("moments")
        if said["exp"] <= moment:
            raise NotBelieved("expired")
        if not moment - FRESH.total_seconds() <= said["iat"] <= moment + CLOCKS_DIFFER.total_seconds():
            raise NotBelieved("issued")
        if said.get("nbf", 0) > moment + CLOCKS_DIFFER.total_seconds():
            raise NotBelieved("issued")

    def _assertion(self, audience: str, at: datetime) -> str:
        """Say who we are, signed, for one use within a minute (RFC 7523)."""
        said = {
            "iss": self.client_id,
            "sub": self.client_id,
            "aud": audience,
            "jti": secrets.token_urlsafe(24),
            "iat": int(at.timestamp()),
            "exp": int(at.timestamp()) + 60,
        }
        return jwt.encode(said, self.key, algorithm=self.algorithm, headers={"kid": self.key_id})

    def _endpoint(self, name: str) -> str:
        with self._lock:
            if not self._published or time.monotonic() - self._read_at.get("published", 0) > KEPT_FOR:
                found = fetch(self.out, "GET", f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
                if found.get("issuer") != self.issuer:
                    raise NotBelieved("issuer")
                self._published, self._read_at["published"] = found, time.monotonic()
        address = str(self._published.get(name, ""))
        try:
            read_address(address, stand_ins=self.out.stand_ins)
        except NotAllowedOut as fault:
            raise ProviderDown from fault
        return address

    def _key(self, kid: str) -> tuple[Any, str | None]:
        """Give a published key, and the one algorithm that it is for where that is said."""
        address = self._endpoint("jwks_uri")
        with self._lock:
            age = time.monotonic() - self._read_at.get("keys", -KEPT_FOR * 2)
            if age > KEPT_FOR or (kid not in self._keys and age > LOOKS_AGAIN_AFTER):
                self._keys, self._read_at["keys"] = _keys_in(fetch(self.out, "GET", address)), time.monotonic()
            if kid not in self._keys:
                raise NotBelieved("key")
            return self._keys[kid]


def _keys_in(published: dict[str, Any]) -> dict[str, tuple[Any, str | None]]:
    """Give the public keys that are for signing, by their names; a shared secret is never one."""
    try:
        only = {str(one.get("kid")): one.get("alg") for one in published["keys"]}
        found = jwt.PyJWKSet.from_dict(published).keys
    except (jwt.PyJWTError, AttributeError, KeyError, TypeError) as wrong:
        raise ProviderDown from wrong
    return {
        str(one.key_id): (one.key, only[str(one.key_id)])
        for one in found
        if one.public_key_use in (None, "sig") and one.key_type != "oct"
    }


def fetch(out: Outgoing, method: str, address: str, said: dict[str, str] | None = None) -> dict[str, Any]:
    """Ask a provider once, by the one way out; give the JSON that it answers.

    Raises:   ProviderDown, also for an address that nothing of ours goes to; NotBelieved when it says no to what was sent.
    """
    form = {"Content-Type": "application/x-www-form-urlencoded"} if said else {}
    try:
        answered = out.request(
            method, address, headers={"Accept": "application/json", **form}, body=urlencode(said).encode() if said else None
        )
        found = json.loads(answered.body)
    except (NotAllowedOut, NotReached, ValueError) as fault:
        raise ProviderDown from fault
    if answered.status in (400, 401) and said:
        raise NotBelieved("code")
    if answered.status != 200 or not isinstance(found, dict):
        raise ProviderDown
    return found

"""OpenID providers on this machine: a real one (`oidc-provider`), and one that lies, for what a real one cannot be made to say."""

from __future__ import annotations

import fcntl
import json
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

HERE = Path(__file__).resolve().parent / "openid"
CACHE = Path(__file__).resolve().parents[2] / "var" / "openid"


@dataclass(frozen=True)
class Key:
    """A key pair of a client or of a provider that lies."""

    pem: str
    public: dict[str, Any]

    @classmethod
    def new(cls, kid: str) -> Key:
        made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        pem = made.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ).decode()
        public = json.loads(RSAAlgorithm.to_jwk(made.public_key()))
        return cls(pem, {**public, "kid": kid, "use": "sig"})


def install() -> Path:
    """Give the folder with the provider in it, installed once, from the pinned and hashed list beside it."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        pinned = (HERE / "package-lock.json").read_text()
        done = CACHE / "installed"
        if not done.exists() or done.read_text() != pinned:
            for name in ("package.json", "package-lock.json"):
                shutil.copy(HERE / name, CACHE / name)
            subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], cwd=CACHE, check=True)
            done.write_text(pinned)
        shutil.copy(HERE / "provider.mjs", CACHE / "provider.mjs")
    return CACHE


@contextmanager
def real_provider(port: int, clients: list[dict[str, Any]], accounts: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Run the real provider; give its issuer."""
    told = json.dumps({"port": port, "clients": clients, "accounts": accounts})
    folder = install()
    with (folder / f"provider-{port}.log").open("w") as log:
        server = subprocess.Popen(["node", "provider.mjs", told], cwd=folder, stdout=subprocess.PIPE, stderr=log, text=True)
        try:
            assert server.stdout is not None
            said = server.stdout.readline().strip()
            assert said == "ready", (folder / f"provider-{port}.log").read_text()
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(10)


Answer = Callable[[], tuple[int, bytes]]


@dataclass
class Liar:
    """A provider that answers what a test tells it, signed with its own key."""

    issuer: str = ""
    key: Key = field(default_factory=lambda: Key.new("liar"))
    other_key: Key = field(default_factory=lambda: Key.new("liar"))
    token: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)
    """What was sent to it in exchange for a code."""
    broken: Answer | None = None
    """What it answers to everything, instead."""
    published: int = 0
    """How often its keys were asked for."""

    def signed(self, said: dict[str, Any], *, key: Any = None, algorithm: str = "RS512", **head: Any) -> str:
        return jwt.encode(said, key or self.key.pem, algorithm=algorithm, headers={"kid": "liar", **head})

    def answer(self, path: str, sent: str) -> tuple[int, bytes]:
        if self.broken:
            return self.broken()
        if path == "/keys":
            self.published += 1
            return 200, json.dumps({"keys": [self.key.public]}).encode()
        if path == "/token":
            self.asked.append({name: values[0] for name, values in parse_qs(sent).items()})
            return 200, json.dumps({"access_token": "x", "token_type": "Bearer", "id_token": self.token}).encode()
        here = self.issuer
        known = {"issuer": here, "jwks_uri": f"{here}/keys", "token_endpoint": f"{here}/token"}
        return 200, json.dumps({**known, "authorization_endpoint": f"{here}/authorize"}).encode()


@contextmanager
def lying() -> Iterator[Liar]:
    """Run a provider that lies."""
    liar = Liar()

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.answer("")

        def do_POST(self) -> None:
            self.answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

        def answer(self, sent: str) -> None:
            status, body = liar.answer(self.path, sent)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    server.daemon_threads = True
    liar.issuer = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield liar
    finally:
        server.shutdown()
        server.server_close()

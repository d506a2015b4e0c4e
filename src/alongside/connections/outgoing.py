"""The one way out by HTTP: to https, at a checked address, for three seconds and a megabyte, and never on to another host.

The name is looked up once; every number it has must be open to everybody; the connection goes to one of those numbers, while the
certificate must be the name's. So a name that answers differently a moment later changes nothing.

Source: trust.md C21; issue "trust", B12; ADR 0021.
"""

from __future__ import annotations

import queue
import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any
from urllib.parse import urljoin

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

from alongside.connections.addresses import IP, Address, NotAllowedOut, check_open, numbers_of, read_address
from alongside.connections.deadline import Deadline

SECONDS = 3.0
LARGEST = 1_000_000
REDIRECTS = 3
_LOOKING_UP = threading.BoundedSemaphore(8)
"""Look-ups that hang cannot be called back; so many may hang at once."""

Resolve = Callable[[str, int], list[str]]


class NotReached(Exception):
    """It went out and nothing usable came back: not_resolved, not_connected, too_slow, too_large, encoded, broken_off."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Answered:
    """What a server said."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str


def resolve(host: str, port: int) -> list[str]:
    """Look a name up, as the machine does."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


@dataclass(frozen=True)
class Outgoing:
    """Asks other systems; a GET may be led on within its own origin, anything else never.

    In: `stand_ins` lets loopback through, for tests only: a live installation refuses to start with it. `ca_file` is trusted
        instead of what the machine trusts.
    """

    seconds: float = SECONDS
    largest: int = LARGEST
    ports: frozenset[int] = frozenset({443})
    stand_ins: bool = False
    ca_file: str | None = None
    resolve: Resolve = field(default=resolve)

    def request(self, method: str, url: str, *, headers: Mapping[str, str] | None = None, body: bytes | None = None) -> Answered:
        """Ask, and give what was answered, whatever its status.

        Refuses:  NotAllowedOut before anything leaves, and for a redirect that leads elsewhere; NotReached when no whole answer came.
        """
        address = self._read(url)
        with Deadline(self.seconds) as deadline:
            for _hop in range(REDIRECTS + 1):
                answered = self._once(method, address, dict(headers or {}), body, deadline)
                onward = answered.headers.get("location", "")
                if not (300 <= answered.status < 400 and onward):
                    return answered
                further = self._read(urljoin(answered.url, onward))
                if method not in ("GET", "HEAD") or further.origin != address.origin:
                    raise NotAllowedOut("redirect")
                address = further
        raise NotAllowedOut("redirect")

    def _read(self, url: str) -> Address:
        return read_address(url, ports=self.ports, stand_ins=self.stand_ins)

    def _once(self, method: str, to: Address, headers: dict[str, str], body: bytes | None, deadline: Deadline) -> Answered:
        connection = self._connection(to, self._pin(to, deadline), deadline)
        asked = {**headers, "Accept-Encoding": "identity", "Connection": "close"}
        try:
            connection.request(method, to.path, body=body, headers=asked, preload_content=False, decode_content=False)
            response = connection.getresponse()
            if response.headers.get("content-encoding", "identity").strip().lower() != "identity":
                raise NotReached("encoded")
            return Answered(response.status, _headers(response), self._whole(response, deadline), _written(to))
        except NotReached:
            raise
        except (urllib3.exceptions.HTTPError, HTTPException, OSError, ValueError) as fault:
            raise NotReached(_why(fault, deadline)) from None
        finally:
            connection.close()

    def _whole(self, response: urllib3.HTTPResponse | Any, deadline: Deadline) -> bytes:
        parts, size = [], 0
        for part in response.stream(16_384, decode_content=False):
            size += len(part)
            if size > self.largest:
                raise NotReached("too_large")
            parts.append(part)
        if deadline.is_over:
            raise NotReached("too_slow")
        declared = response.headers.get("content-length", "")
        if declared.isdecimal() and int(declared) != size and response.status not in (204, 304):
            raise NotReached("broken_off")
        return b"".join(parts)

    def _pin(self, to: Address, deadline: Deadline) -> IP:
        """Look the name up once and give the number to connect to; one closed number among many closes the name."""
        numbers = numbers_of([to.host] if _is_number(to.host) else self._look_up(to, deadline))
        if not numbers:
            raise NotReached("not_resolved")
        for number in numbers:
            check_open(number, stand_ins=self.stand_ins)
        return numbers[0]

    def _look_up(self, to: Address, deadline: Deadline) -> list[str]:
        """Look a name up in a thread of its own: a look-up knows no time-out."""
        answer: queue.SimpleQueue[list[str]] = queue.SimpleQueue()
        if not _LOOKING_UP.acquire(blocking=False):
            raise NotReached("not_resolved")

        def look() -> None:
            try:
                answer.put(self.resolve(to.host, to.port))
            except OSError:
                answer.put([])
            finally:
                _LOOKING_UP.release()

        threading.Thread(target=look, daemon=True).start()
        try:
            return answer.get(timeout=deadline.left)
        except queue.Empty:
            raise NotReached("too_slow") from None

    def _connection(self, to: Address, number: IP, deadline: Deadline) -> HTTPConnection:
        if to.scheme == "http":
            return _PinnedPlain(to, number, deadline)
        context = ssl.create_default_context(cafile=self.ca_file)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        return _Pinned(to, number, deadline, context)


def _new_connection(number: IP, port: int, deadline: Deadline) -> socket.socket:
    made = socket.create_connection((str(number), port), timeout=deadline.left)
    deadline.watch(made)
    return made


class _PinnedPlain(HTTPConnection):
    """Connects to a number that was checked; only to stand-ins."""

    def __init__(self, to: Address, number: IP, deadline: Deadline) -> None:
        super().__init__(to.host, to.port, timeout=deadline.left)
        self._number, self._deadline = number, deadline

    def _new_conn(self) -> socket.socket:
        return _new_connection(self._number, self.port, self._deadline)


class _Pinned(HTTPSConnection):
    """Connects to a number that was checked, and asks it for the certificate of the name."""

    def __init__(self, to: Address, number: IP, deadline: Deadline, context: ssl.SSLContext) -> None:
        super().__init__(to.host, to.port, timeout=deadline.left, ssl_context=context, cert_reqs="CERT_REQUIRED")
        self._number, self._deadline = number, deadline

    def _new_conn(self) -> socket.socket:
        return _new_connection(self._number, self.port, self._deadline)


def _why(fault: Exception, deadline: Deadline) -> str:
    if deadline.is_over or isinstance(fault, (TimeoutError, urllib3.exceptions.TimeoutError)):
        return "too_slow"
    if isinstance(fault, (ssl.SSLError, urllib3.exceptions.SSLError)):
        return "not_trusted"
    return "not_connected" if isinstance(fault, ConnectionRefusedError) else "broken_off"


def _headers(response: Any) -> dict[str, str]:
    return {name.lower(): value for name, value in response.headers.items()}


def _written(to: Address) -> str:
    host = f"[{to.host}]" if ":" in to.host else to.host
    return f"{to.scheme}://{host}:{to.port}{to.path}"


def _is_number(host: str) -> bool:
    return ":" in host or host.replace(".", "").isdecimal()

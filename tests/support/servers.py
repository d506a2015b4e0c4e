"""Servers on this machine that behave well or badly: with TLS or without, hanging, dripping, breaking off, lying."""

from __future__ import annotations

import datetime
import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Behaves = Callable[[socket.socket, bytes], None]
"""What a server does with one connection, given what was asked so far."""


def says(status: str = "200 OK", body: bytes = b"well", *, length: int | None = None, **headers: str) -> Behaves:
    """Answer at once, and close."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    whole = "\r\n".join(lines).encode() + b"\r\n\r\n" + body
    return lambda connection, _asked: connection.sendall(whole)


def drips(begins: bytes = b"", every: float = 0.2) -> Behaves:
    """Send one byte after the other, for ever: no single read waits long."""

    def drip(connection: socket.socket, _asked: bytes) -> None:
        connection.sendall(begins)
        while not _closed.wait(every):
            connection.sendall(b"x")

    return drip


def hangs(connection: socket.socket, _asked: bytes) -> None:
    """Say nothing, and keep the line open."""
    _closed.wait(30)


_closed = threading.Event()


@dataclass
class Server:
    """A server that does with each connection what it is told to do next; the last thing again and again."""

    behaves: list[Behaves]
    port: int = 0
    asked: list[bytes] = field(default_factory=list)
    greets: bool = False
    """It speaks first, as a mail server does: nothing is read before."""

    @property
    def heads(self) -> list[str]:
        return [one.split(b"\r\n", 1)[0].decode() for one in self.asked]

    def _serve(self, listening: socket.socket, context: ssl.SSLContext | None) -> None:
        while True:
            try:
                connection, _where = listening.accept()
            except OSError:
                return
            threading.Thread(target=self._one, args=(connection, context), daemon=True).start()

    def _one(self, connection: socket.socket, context: ssl.SSLContext | None) -> None:
        try:
            if context:
                connection = context.wrap_socket(connection, server_side=True)
            asked = b"" if self.greets else _whole(connection)
            number = len(self.asked)
            self.asked.append(asked)
            self.behaves[min(number, len(self.behaves) - 1)](connection, asked)
        except OSError:
            pass  # the other side has gone
        finally:
            connection.close()


def _whole(connection: socket.socket) -> bytes:
    """Read what is asked with its body: to close on unread words would break the line off."""
    asked = connection.recv(65_536)
    head, _gap, body = asked.partition(b"\r\n\r\n")
    declared = re.search(rb"(?i)content-length: (\d+)", head)
    while declared and len(body) < int(declared[1]) and (more := connection.recv(65_536)):
        asked, body = asked + more, body + more
    return asked


@contextmanager
def open_server(*behaves: Behaves, context: ssl.SSLContext | None = None, greets: bool = False) -> Iterator[Server]:
    """Open a server on a free port until the test is over."""
    _closed.clear()
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", 0))
        listening.listen(50)
        server = Server(list(behaves), listening.getsockname()[1], greets=greets)
        threading.Thread(target=server._serve, args=(listening, context), daemon=True).start()
        try:
            yield server
        finally:
            _closed.set()
            listening.shutdown(socket.SHUT_RDWR)


@dataclass(frozen=True)
class Trust:
    """An authority made for one test, and the certificates that it signs."""

    folder: Path
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def file(self) -> str:
        return str(self.folder / "authority.pem")

    def context(self, name: str, *, days: int = 1) -> ssl.SSLContext:
        """Give what a server of this name needs; with days below nothing its certificate has run out."""
        key = ec.generate_private_key(ec.SECP256R1())
        made = _certificate(name, self.certificate.subject, key.public_key(), self.key, days=days, is_authority=False)
        file = self.folder / f"{name}{days}.pem"
        file.write_bytes(_pem(made) + _pem_of_key(key))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context


def make_trust(folder: Path) -> Trust:
    """Make an authority that nobody but a test trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Made-up authority")])
    certificate = _certificate("", subject, key.public_key(), key, days=1, is_authority=True)
    (folder / "authority.pem").write_bytes(_pem(certificate))
    return Trust(folder, key, certificate)


def _certificate(
    name: str,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    signed_by: ec.EllipticCurvePrivateKey,
    *,
    days: int,
    is_authority: bool,
) -> x509.Certificate:
    now, day = datetime.datetime.now(datetime.UTC), datetime.timedelta(days=1)
    subject = issuer if is_authority else x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
    made = made.serial_number(x509.random_serial_number())
    made = made.not_valid_before(now - 30 * day).not_valid_after(now + days * day)
    made = made.add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
    made = made.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(signed_by.public_key()), critical=False
    ).add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    if name:
        made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    return made.sign(signed_by, hashes.SHA256())


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _pem_of_key(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())

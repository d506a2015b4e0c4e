"""Which addresses of the outside world may be asked: what is read from an address, and which networks are nobody's business.

Source: trust.md C21; RFC 6890 and the IANA registries of special-purpose addresses; RFC 5952; WHATWG URL (hosts that are numbers).
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import idna

IP = IPv4Address | IPv6Address


class NotAllowedOut(Exception):
    """An address that nothing of ours is sent to, with the reason as a code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Address:
    """What is left of an address once it has been read strictly."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> tuple[str, str, int]:
        return self.scheme, self.host, self.port


LONGEST = 2_000
_CLOSED_4 = tuple(
    ip_network(one)
    for one in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
"""This host, private, shared, loopback, link-local, protocol, documentation, relay, benchmarks, multicast, reserved."""
_OPEN_6 = ip_network("2000::/3")
"""All that has been given out to anybody; everything outside it (loopback, mapped, NAT64, unique local, link-local …) is closed."""
_CLOSED_6 = tuple(ip_network(one) for one in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20"))
"""Teredo, ORCHID and other protocols, documentation, 6to4, AS112, documentation."""
_OURS = (".local", ".localhost", ".internal", ".intranet", ".lan", ".home", ".corp", ".private", ".home.arpa", ".onion", ".arpa")
"""Ends of names that are never outside."""
_SPLIT = re.compile(r"(https?)://([^/?#]*)([^#]*)(#.*)?", re.ASCII)
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
_NUMBER = re.compile(r"(0[xX][0-9a-fA-F]*|[0-9]+)", re.ASCII)


def read_address(text: str, *, ports: Container[int] = (443,), stand_ins: bool = False) -> Address:
    """Read an address strictly: anything that two programs could read in two ways is refused.

    In:       `stand_ins`: loopback is allowed, and http to it, on any port; only for tests.
    Refuses:  NotAllowedOut: too_long, odd_characters, odd_address, scheme, userinfo, port, odd_host, odd_number, one_word,
              name_of_ours, or what `check_open` says of an address written as a number.
    """
    if len(text) > LONGEST:
        raise NotAllowedOut("too_long")
    if any(char <= " " or char in '\\"<>^`{|}' or 0x7F <= ord(char) < 0xA0 for char in text):
        raise NotAllowedOut("odd_characters")
    found = _SPLIT.fullmatch(text)
    if not found:
        raise NotAllowedOut("scheme" if re.match(r"(?!https?://)[a-zA-Z][a-zA-Z0-9+.-]*:", text) else "odd_address")
    scheme, authority, path = found[1], found[2], found[3] or "/"
    if "@" in authority:
        raise NotAllowedOut("userinfo")
    if not path.isascii():
        raise NotAllowedOut("odd_characters")
    host, port = _host_and_port(authority, 443 if scheme == "https" else 80)
    name, number = _read_host(host)
    is_stand_in = stand_ins and (name == "localhost" or (number is not None and number.is_loopback))
    if scheme != "https" and not is_stand_in:
        raise NotAllowedOut("scheme")
    if number is not None:
        check_open(number, stand_ins=stand_ins)
    elif not is_stand_in:
        _check_name(name)
    if port not in ports and not is_stand_in:
        raise NotAllowedOut("port")
    return Address(scheme, name, port, path if path.startswith("/") else f"/{path}")


def check_open(number: IP, *, stand_ins: bool = False) -> None:
    """Refuse a network that is not open to everybody: private, loopback, link_local, multicast, mapped, or not_public."""
    if stand_ins and number.is_loopback:
        return
    if isinstance(number, IPv6Address):
        if number.ipv4_mapped is not None or number.sixtofour is not None or number.teredo is not None:
            raise NotAllowedOut("mapped")
        is_closed = number not in _OPEN_6 or any(number in one for one in _CLOSED_6) or number.scope_id is not None
    else:
        is_closed = any(number in one for one in _CLOSED_4)
    for code, applies in (
        ("loopback", number.is_loopback),
        ("link_local", number.is_link_local),
        ("multicast", number.is_multicast),
        ("private", is_closed and number.is_private and not number.is_unspecified),
        ("not_public", is_closed or not number.is_global),
    ):
        if applies:
            raise NotAllowedOut(code)


def _host_and_port(authority: str, usual: int) -> tuple[str, int]:
    if authority.startswith("["):
        host, closed, rest = authority.partition("]")
        if not closed or (rest and not rest.startswith(":")):
            raise NotAllowedOut("odd_host")
        return f"{host}]", _port(rest[1:], usual) if rest else usual
    host, colon, written = authority.partition(":")
    return host, _port(written, usual) if colon else usual


def _port(written: str, usual: int) -> int:
    if not re.fullmatch(r"[1-9][0-9]{0,4}", written, re.ASCII) or int(written) > 65_535:
        raise NotAllowedOut("port")
    return int(written)


def _read_host(host: str) -> tuple[str, IP | None]:
    """Give the host as it is asked for, and its number when it is one in its one proper form."""
    if host.startswith("["):
        try:
            six = IPv6Address(host[1:-1])
        except ValueError:
            raise NotAllowedOut("odd_host") from None
        if six.scope_id is not None:
            raise NotAllowedOut("odd_host")
        return str(six), six
    if "%" in host or not host or host.startswith(".") or host.endswith(".") or ".." in host:
        raise NotAllowedOut("odd_host")
    if not host.isascii() and any(char in host for char in "\u3002\uff0e\uff61"):
        raise NotAllowedOut("odd_host")
    if _NUMBER.fullmatch(host.rpartition(".")[2]):
        try:
            four = IPv4Address(host)
        except ValueError:
            # Short, octal, hexadecimal, one whole number: programs read them in different ways.
            raise NotAllowedOut("odd_number") from None
        return str(four), four
    try:
        name = host.lower() if host.isascii() else idna.encode(host, strict=True).decode()
        if "xn--" in name:
            idna.decode(name, strict=True)
    except (idna.IDNAError, UnicodeError):
        raise NotAllowedOut("odd_host") from None
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in name.split(".")):
        raise NotAllowedOut("odd_host")
    return name, None


def _check_name(name: str) -> None:
    if f".{name}".endswith(_OURS):
        raise NotAllowedOut("name_of_ours")
    if "." not in name:
        raise NotAllowedOut("one_word")


def numbers_of(found: list[str]) -> list[IP]:
    """Read what a look-up of a name gave; a part that is no plain number is not silently left out."""
    try:
        return [ip_address(one) for one in dict.fromkeys(found)]
    except ValueError:
        raise NotAllowedOut("odd_number") from None

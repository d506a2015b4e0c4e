"""The one outgoing client: a table of hostile addresses, each refused with its reason, and servers that hang, drip, swell and lie.

Source: trust.md C21; issue "trust", B12.
"""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from alongside.connections import outgoing
from alongside.connections.addresses import NotAllowedOut, read_address
from alongside.connections.outgoing import Answered, NotReached, Outgoing
from tests.support.servers import Server, Trust, drips, hangs, make_trust, open_server, says

OPEN = "93.184.215.14"
"""A number that anybody may connect to; no test does."""

HOSTILE: list[tuple[str, str]] = [
    # this machine, in all its names and numbers
    ("https://127.0.0.1/", "loopback"),
    ("https://127.0.0.1:443/", "loopback"),
    ("https://127.1.2.3/", "loopback"),
    ("https://[::1]/", "loopback"),
    ("https://[0:0:0:0:0:0:0:1]/", "loopback"),
    ("https://0.0.0.0/", "not_public"),
    ("https://[::]/", "not_public"),
    ("https://localhost/", "name_of_ours"),
    ("https://LOCALHOST/", "name_of_ours"),
    ("https://hub.localhost/", "name_of_ours"),
    # the same, written so that programs read it in different ways
    ("https://2130706433/", "odd_number"),
    ("https://0x7f000001/", "odd_number"),
    ("https://0x7f.0.0.1/", "odd_number"),
    ("https://0177.0.0.1/", "odd_number"),
    ("https://017700000001/", "odd_number"),
    ("https://127.1/", "odd_number"),
    ("https://127.0.1/", "odd_number"),
    ("https://127.0.0.01/", "odd_number"),
    ("https://127.0.0.256/", "odd_number"),
    ("https://example.0x7f/", "odd_number"),
    ("https://0/", "odd_number"),
    ("https://127.0.0.1./", "odd_host"),
    ("https://①②⑦.⓪.⓪.①/", "odd_host"),
    ("https://１２７.０.０.１/", "odd_host"),
    ("https://127。0。0。1/", "odd_host"),
    ("https://ⓔxample.org/", "odd_host"),
    # the network behind us, and what a cloud keeps for its machines
    ("https://10.0.0.1/", "private"),
    ("https://172.16.0.1/", "private"),
    ("https://172.31.255.255/", "private"),
    ("https://192.168.1.1/", "private"),
    ("https://169.254.169.254/latest/meta-data/", "link_local"),
    ("https://[fe80::1]/", "link_local"),
    ("https://[fc00::1]/", "private"),
    ("https://[fd00:ec2::254]/", "private"),
    ("https://100.64.0.1/", "not_public"),
    ("https://metadata.google.internal/", "name_of_ours"),
    ("https://printer.local/", "name_of_ours"),
    ("https://router.lan/", "name_of_ours"),
    ("https://hub.home.arpa/", "name_of_ours"),
    ("https://something.onion/", "name_of_ours"),
    ("https://intranet/", "name_of_ours"),
    ("https://payroll/", "one_word"),
    # nobody's, or everybody's at once
    ("https://192.0.2.1/", "private"),
    ("https://198.18.0.1/", "private"),
    ("https://203.0.113.9/", "private"),
    ("https://192.88.99.1/", "not_public"),
    ("https://224.0.0.1/", "multicast"),
    ("https://239.255.255.250/", "multicast"),
    ("https://240.0.0.1/", "private"),
    ("https://255.255.255.255/", "private"),
    ("https://[ff02::1]/", "multicast"),
    ("https://[2001:db8::1]/", "private"),
    ("https://[3fff::1]/", "not_public"),
    ("https://[100::1]/", "private"),
    # an old number inside a new one
    ("https://[::ffff:127.0.0.1]/", "mapped"),
    ("https://[::ffff:7f00:1]/", "mapped"),
    ("https://[::ffff:93.184.215.14]/", "mapped"),
    ("https://[::127.0.0.1]/", "not_public"),
    ("https://[64:ff9b::7f00:1]/", "not_public"),
    ("https://[64:ff9b:1::a00:1]/", "not_public"),
    ("https://[2002:7f00:1::]/", "mapped"),
    ("https://[2001:0:7f00:1::]/", "mapped"),
    ("https://[fe80::1%25eth0]/", "odd_host"),
    ("https://[::1", "odd_host"),
    ("https://[::1]evil.example/", "odd_host"),
    ("https://[v1.x]/", "odd_host"),
    # another scheme, or none
    ("http://example.org/", "scheme"),
    ("http://127.0.0.1/", "scheme"),
    ("ftp://example.org/", "scheme"),
    ("file:///etc/passwd", "scheme"),
    ("gopher://127.0.0.1:25/_MAIL", "scheme"),
    ("data:text/html,hello", "scheme"),
    ("javascript:alert(1)", "scheme"),
    ("HTTPS:example.org", "scheme"),
    ("//example.org/", "odd_address"),
    ("example.org", "odd_address"),
    ("", "odd_address"),
    ("https:/example.org/", "scheme"),
    # who is asked, hidden behind who is not
    ("https://example.org@127.0.0.1/", "userinfo"),
    ("https://user:secret@example.org/", "userinfo"),
    ("https://example.org:443@evil.example/", "userinfo"),
    ("https://example.org\\@evil.example/", "odd_characters"),
    ("https://example.org\\.evil.example/", "odd_characters"),
    ("https://example.org /", "odd_characters"),
    ("https://example.org\t/", "odd_characters"),
    ("https://exam\nple.org/", "odd_characters"),
    ("https://example.org/\r\nHost: evil.example", "odd_characters"),
    ("https://example.org\x00.evil.example/", "odd_characters"),
    ("https://example.org/ÿ", "odd_characters"),
    ("https://example%2eorg/", "odd_host"),
    ("https://127.0.0.1%00.example.org/", "odd_host"),
    ("https://example..org/", "odd_host"),
    ("https://.example.org/", "odd_host"),
    ("https://example.org./", "odd_host"),
    ("https://-example.org/", "odd_host"),
    ("https://exam_ple.org/", "odd_host"),
    ("https://xn--a.example/", "odd_host"),
    ("https://" + "a" * 64 + ".example/", "odd_host"),
    ("https:///path", "odd_host"),
    # another door
    ("https://example.org:22/", "port"),
    ("https://example.org:25/", "port"),
    ("https://example.org:80/", "port"),
    ("https://example.org:0/", "port"),
    ("https://example.org:65536/", "port"),
    ("https://example.org:0443/", "port"),
    ("https://example.org:/", "port"),
    ("https://example.org:443x/", "port"),
    ("https://example.org/" + "a" * 2_000, "too_long"),
]


def refuses_to_look_up(host: str, port: int) -> list[str]:
    raise AssertionError(f"{host} was looked up")


def connects_to_nobody(*_what: Any, **_more: Any) -> Any:
    raise AssertionError("something was connected to")


@pytest.mark.parametrize(("url", "because"), HOSTILE, ids=[f"{number} {because}" for number, (_u, because) in enumerate(HOSTILE)])
def test_a_hostile_address_is_refused_before_anybody_is_asked(url: str, because: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing, "_new_connection", connects_to_nobody)
    with pytest.raises(NotAllowedOut) as refused:
        Outgoing(resolve=refuses_to_look_up).request("GET", url)
    assert refused.value.code == because


def test_the_table_is_long_and_says_each_address_once() -> None:
    assert len({url for url, _because in HOSTILE}) == len(HOSTILE) >= 60


GOOD = [
    ("https://example.org", ("https", "example.org", 443, "/")),
    ("https://EXAMPLE.org/a?b=c#d", ("https", "example.org", 443, "/a?b=c")),
    ("https://example.org?b=c", ("https", "example.org", 443, "/?b=c")),
    ("https://example.org:443/", ("https", "example.org", 443, "/")),
    ("https://bücher.example/", ("https", "xn--bcher-kva.example", 443, "/")),
    (f"https://{OPEN}/", ("https", OPEN, 443, "/")),
    ("https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/", ("https", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", 443, "/")),
]


@pytest.mark.parametrize(("url", "read"), GOOD)
def test_a_plain_address_is_read_as_it_is_meant(url: str, read: tuple[str, str, int, str]) -> None:
    found = read_address(url)
    assert (found.scheme, found.host, found.port, found.path) == read


CLOSED = [
    "127.0.0.1",
    "10.1.2.3",
    "169.254.169.254",
    "::1",
    "fd00::1",
    "::ffff:10.0.0.1",
    "64:ff9b::a00:1",
    "0.1.2.3",
    "fe80::1%lo",
]


@pytest.mark.parametrize("closed", CLOSED)
@pytest.mark.parametrize("order", ["alone", "first", "last"])
def test_a_name_with_one_closed_number_is_closed(closed: str, order: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name of somebody else may point anywhere: what it points at is what counts."""
    monkeypatch.setattr(outgoing, "_new_connection", connects_to_nobody)
    found = {"alone": [closed], "first": [closed, OPEN], "last": [OPEN, closed]}[order]
    with pytest.raises(NotAllowedOut):
        Outgoing(resolve=lambda host, port: found).request("GET", "https://example.org/")


def test_a_name_that_answers_differently_the_second_time_is_asked_once_and_its_checked_number_is_connected_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Rebinding: the name is open when it is checked and this machine a moment later."""
    answers, connected = iter([[OPEN], ["127.0.0.1"]]), []

    def connect(number: Any, port: int, deadline: Any) -> Any:
        connected.append((str(number), port))
        raise ConnectionRefusedError

    monkeypatch.setattr(outgoing, "_new_connection", connect)
    with pytest.raises(NotReached):
        Outgoing(resolve=lambda host, port: next(answers)).request("GET", "https://example.org/")
    assert connected == [(OPEN, 443)] and next(answers) == ["127.0.0.1"]


@pytest.fixture(scope="module")
def trust(tmp_path_factory: pytest.TempPathFactory) -> Trust:
    return make_trust(tmp_path_factory.mktemp("trust"))


@pytest.fixture
def out(trust: Trust) -> Outgoing:
    """Give a client that reaches the name "hub.example" on this machine, with a second in place of three."""
    return Outgoing(seconds=1, stand_ins=True, ca_file=trust.file, resolve=lambda host, port: ["127.0.0.1"])


def ask(out: Outgoing, server: Server, path: str = "/", method: str = "GET", host: str = "hub.example", **more: Any) -> Answered:
    out = replace(out, ports=frozenset({server.port}))
    return out.request(method, f"https://{host}:{server.port}{path}", **more)


def test_a_good_server_answers_over_tls_under_its_own_name(out: Outgoing, trust: Trust) -> None:
    with open_server(says(body=b'{"well": true}', X_Mark="1"), context=trust.context("hub.example")) as server:
        answered = ask(out, server, "/a?b=c", headers={"X-Asked": "yes"})
    assert (answered.status, answered.body, answered.headers["x-mark"]) == (200, b'{"well": true}', "1")
    head = server.asked[0].decode()
    assert server.heads == ["GET /a?b=c HTTP/1.1"] and "X-Asked: yes" in head and f"Host: hub.example:{server.port}" in head


def test_an_answer_that_is_a_fault_is_an_answer(out: Outgoing, trust: Trust) -> None:
    with open_server(says("503 Busy", b"no"), context=trust.context("hub.example")) as server:
        assert ask(out, server, method="POST", body=b"{}").status == 503
    assert server.heads == ["POST / HTTP/1.1"] and server.asked[0].endswith(b"\r\n\r\n{}")


@pytest.mark.parametrize(("name", "days"), [("other.example", 1), ("hub.example", -1)])
def test_a_certificate_of_another_name_or_past_its_day_is_not_believed(out: Outgoing, trust: Trust, name: str, days: int) -> None:
    with open_server(says(), context=trust.context(name, days=days)) as server, pytest.raises(NotReached) as refused:
        ask(out, server)
    assert refused.value.code == "not_trusted" and server.asked == []


def test_a_certificate_of_nobody_we_trust_is_not_believed(out: Outgoing, trust: Trust, tmp_path: Path) -> None:
    stranger = make_trust(tmp_path)
    with open_server(says(), context=stranger.context("hub.example")) as server, pytest.raises(NotReached) as refused:
        ask(out, server)
    assert refused.value.code == "not_trusted"


def test_a_get_is_led_on_within_its_own_origin_only(out: Outgoing, trust: Trust) -> None:
    with open_server(says("302 Found", Location="/there"), says(body=b"here"), context=trust.context("hub.example")) as server:
        assert ask(out, server).body == b"here"
    assert server.heads == ["GET / HTTP/1.1", "GET /there HTTP/1.1"]


@pytest.mark.parametrize(
    "to",
    ["https://evil.example/", "https://hub.example/", "//evil.example/", "http://hub.example/", "https://169.254.169.254/",
     "https://x@hub.example/", "file:///etc/passwd", "https://0x7f.1/"],
)  # fmt: skip
def test_nobody_is_led_to_another_host_port_or_scheme(out: Outgoing, trust: Trust, to: str) -> None:
    with (
        open_server(says("302 Found", Location=to), says(), context=trust.context("hub.example")) as server,
        pytest.raises(NotAllowedOut),
    ):
        ask(out, server)
    assert len(server.asked) == 1


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"])
def test_what_is_sent_is_never_sent_on(out: Outgoing, trust: Trust, status: str) -> None:
    with (
        open_server(says(status, Location="/there"), says(), context=trust.context("hub.example")) as server,
        pytest.raises(NotAllowedOut) as refused,
    ):
        ask(out, server, method="POST", body=b"secret")
    assert refused.value.code == "redirect" and len(server.asked) == 1


def test_nobody_is_led_round_in_circles(out: Outgoing, trust: Trust) -> None:
    with (
        open_server(says("302 Found", Location="/again"), context=trust.context("hub.example")) as server,
        pytest.raises(NotAllowedOut) as refused,
    ):
        ask(out, server)
    assert refused.value.code == "redirect" and len(server.asked) == outgoing.REDIRECTS + 1


def test_a_name_that_turns_bad_between_two_steps_is_not_followed(out: Outgoing, trust: Trust) -> None:
    """Each step of a redirect is looked up and checked again."""
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    out = replace(out, resolve=lambda host, port: next(answers))
    with (
        open_server(says("302 Found", Location="/there"), says(), context=trust.context("hub.example")) as server,
        pytest.raises(NotAllowedOut) as refused,
    ):
        ask(out, server)
    assert refused.value.code == "private" and len(server.asked) == 1


SLOW = {
    "says nothing": hangs,
    "drips its first line": drips(b"HTTP/1.1 200"),
    "drips its headers": drips(b"HTTP/1.1 200 OK\r\nX-A: "),
    "drips its body": drips(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"),
    "never ends its body": drips(b"HTTP/1.1 200 OK\r\n\r\n"),
}


@pytest.mark.parametrize("how", SLOW)
@pytest.mark.parametrize("over", ["tls", "plain"])
def test_no_server_holds_us_longer_than_the_whole_time(out: Outgoing, trust: Trust, how: str, over: str) -> None:
    """Seen to fail without the deadline: a byte every fifth of a second meets no time-out of a single read."""
    context = trust.context("hub.example") if over == "tls" else None
    with open_server(SLOW[how], context=context) as server:
        began = time.monotonic()
        with pytest.raises(NotReached) as refused:
            if over == "tls":
                ask(out, server)
            else:
                out.request("GET", f"http://127.0.0.1:{server.port}/")
        took = time.monotonic() - began
    assert refused.value.code == "too_slow" and took < 3


def test_a_handshake_that_never_ends_is_ended(out: Outgoing) -> None:
    with open_server(drips(), greets=True) as server, pytest.raises(NotReached) as refused:
        ask(out, server)
    assert refused.value.code in ("too_slow", "not_trusted")


def test_a_look_up_that_hangs_is_left_behind(out: Outgoing) -> None:
    def hang(host: str, port: int) -> list[str]:
        time.sleep(4)
        return []

    began = time.monotonic()
    with pytest.raises(NotReached) as refused:
        replace(out, resolve=hang).request("GET", "https://hub.example/")
    assert refused.value.code == "too_slow" and time.monotonic() - began < 3


def bomb() -> Iterator[Any]:
    """Give answers that swell: too long as they are, longer than they say, or packed."""
    yield "declared", says(body=b"x" * 1_000_001), "too_large"
    endless = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"10000\r\n" + b"x" * 65_536 + b"\r\n"
    chunk = b"10000\r\n" + b"x" * 65_536 + b"\r\n"

    def chunks(connection: Any, _asked: bytes) -> None:
        connection.sendall(endless)
        while True:
            connection.sendall(chunk)

    yield "chunked", chunks, "too_large"
    packed = gzip.compress(b"0" * 10_000_000)
    for coding in ("gzip", "deflate", "br", "zstd", "GZIP", "identity, gzip"):
        yield coding, says(body=packed, Content_Encoding=coding), "encoded"


@pytest.mark.parametrize(("how", "server", "because"), list(bomb()), ids=lambda one: one if isinstance(one, str) else "")
def test_no_answer_is_larger_than_a_megabyte_packed_or_not(
    out: Outgoing, trust: Trust, how: str, server: Any, because: str
) -> None:
    with open_server(server, context=trust.context("hub.example")) as opened, pytest.raises(NotReached) as refused:
        ask(out, opened)
    assert refused.value.code == because
    assert b"Accept-Encoding: identity" in opened.asked[0]


LIES = {
    "half a body": says(body=b"half", length=100),
    "no http": lambda connection, _asked: connection.sendall(b"hello, who is there?\r\n\r\n"),
    "closes at once": lambda connection, _asked: None,
    "a line without end": lambda connection, _asked: connection.sendall(b"HTTP/1.1 200 " + b"x" * 100_000),
    "ten thousand headers": lambda connection, _asked: connection.sendall(b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 10_000),
}


@pytest.mark.parametrize("how", LIES)
def test_an_answer_that_is_none_is_said_to_be_none(out: Outgoing, trust: Trust, how: str) -> None:
    with open_server(LIES[how], context=trust.context("hub.example")) as server, pytest.raises(NotReached) as refused:
        ask(out, server)
    assert refused.value.code == "broken_off"


def test_loopback_is_closed_unless_a_test_says_otherwise() -> None:
    with open_server(says()) as server:
        for url in (f"http://127.0.0.1:{server.port}/", f"https://127.0.0.1:{server.port}/", f"http://localhost:{server.port}/"):
            with pytest.raises(NotAllowedOut):
                Outgoing(ports=frozenset({server.port})).request("GET", url)
        assert server.asked == []
        assert Outgoing(stand_ins=True).request("GET", f"http://127.0.0.1:{server.port}/").body == b"well"
    for url in ("http://10.0.0.1/", "http://example.org/", "https://10.0.0.1/"):
        with pytest.raises(NotAllowedOut):
            Outgoing(stand_ins=True, resolve=refuses_to_look_up).request("GET", url)


def test_no_proxy_of_the_environment_is_used(out: Outgoing, trust: Trust, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    with open_server(says(), context=trust.context("hub.example")) as server:
        assert ask(out, server).status == 200

"""Fetching a file from an address: from real servers on this machine, and from nowhere that was not allowed."""

from __future__ import annotations

import gzip
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from web_server import Answer, serving

from iiplan.errors import InputError
from iiplan.lookup.addresses import IPAddress, is_nowhere, is_public, parse_address
from iiplan.lookup.fetch import fetch, fetch_where

CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
SECRET = "/private-0123456789/basic.ics?key=very-secret"


def get(url: str, **limits: float) -> bytes:
    return fetch(url, private_allowed=True, **limits)  # type: ignore[arg-type]


def refused(url: str, match: str, **limits: float) -> str:
    """What is said when it cannot be fetched; never anything of the path."""
    with pytest.raises(InputError, match=match) as said:
        get(url, **limits)
    assert "secret" not in str(said.value).replace("secret address", "")
    assert "0123456789" not in str(said.value)
    return str(said.value)


def test_a_file_is_fetched_as_it_is_and_its_address_is_sent_whole() -> None:
    with serving({"/private-0123456789/basic.ics": Answer(CALENDAR)}) as server:
        assert get(server.url(SECRET)) == CALENDAR
        assert server.asked == [SECRET]


def test_a_packed_file_is_unpacked() -> None:
    packed = Answer(gzip.compress(CALENDAR * 500), headers={"Content-Encoding": "gzip"})
    with serving({"/a": packed}) as server:
        assert get(server.url("/a")) == CALENDAR * 500


def test_an_answer_without_a_length_is_read_to_its_end() -> None:
    with serving({"/a": Answer(lambda: iter([CALENDAR, CALENDAR]))}) as server:
        assert get(server.url("/a")) == CALENDAR * 2


def test_redirects_are_followed_also_relative_ones() -> None:
    with serving(
        {
            "/a": Answer(status=302, headers={"Location": "/b"}),
            "/b": Answer(status=307, headers={"Location": "c"}),
            "/c": Answer(CALENDAR),
        }
    ) as server:
        assert get(server.url("/a")) == CALENDAR
        assert server.asked == ["/a", "/b", "/c"]


def test_a_circle_of_redirects_is_left_after_five() -> None:
    with serving({SECRET.partition("?")[0]: Answer(status=302, headers={"Location": SECRET})}) as server:
        refused(server.url(SECRET), "leads on and on")
        assert len(server.asked) == 6


# Where it may lead


def own(url: str) -> str:
    with pytest.raises(InputError) as said:
        fetch(url, private_allowed=False)
    return str(said.value)


def test_this_machine_is_asked_nothing_until_it_is_allowed() -> None:
    with serving({"/a": Answer(CALENDAR)}) as server:
        for host in ("127.0.0.1", "localhost", "[::ffff:127.0.0.1]"):
            assert "lies in your own network or on this machine" in own(server.url("/a", host))
        assert server.asked == []
        assert fetch(server.url("/a"), private_allowed=True) == CALENDAR


def elsewhere(*names: str) -> tuple[list[str], object]:
    """A look-up of names that answers with these addresses, one after the other, and what it was asked."""
    asked: list[str] = []

    def resolve(host: str, _port: int) -> list[IPAddress]:
        asked.append(host)
        return [ip_address(names[min(len(asked), len(names)) - 1])]

    return asked, resolve


def test_a_redirect_into_an_address_that_is_not_allowed_is_refused() -> None:
    with serving({"/a": Answer(CALENDAR)}) as inner:
        away = Answer(status=302, headers={"Location": inner.url("/a")})
        with serving({"/a": away}, host="127.0.0.2") as outer:
            _, resolve = elsewhere("127.0.0.2", "127.0.0.1")
            with pytest.raises(InputError, match=r"^127\.0\.0\.1 lies in your own network"):
                fetch_where(
                    outer.url("/a"),
                    allowed=lambda one: one == ip_address("127.0.0.2"),
                    resolve=resolve,  # type: ignore[arg-type]
                    most_bytes=1000,
                    seconds=60,
                )
        assert len(outer.asked) == 1
        assert inner.asked == []


def test_the_name_is_looked_up_once_and_the_connection_goes_to_what_was_looked_at() -> None:
    # asked again, the name stands for a machine that is not allowed
    asked, resolve = elsewhere("127.0.0.1", "10.0.0.1")
    with serving({"/a": Answer(CALENDAR)}) as server:
        url = server.url("/a", "calendar.example")
        here = ip_address("127.0.0.1")
        assert (
            fetch_where(url, allowed=lambda one: one == here, resolve=resolve, most_bytes=1000, seconds=60)  # type: ignore[arg-type]
            == CALENDAR
        )
        assert server.named == [f"calendar.example:{server.port}"]
    assert asked == ["calendar.example"]


def test_a_name_that_stands_for_an_allowed_and_another_machine_is_refused() -> None:
    with serving({"/a": Answer(CALENDAR)}) as server:
        both = [ip_address("127.0.0.1"), ip_address("10.0.0.1")]
        with pytest.raises(InputError, match="lies in your own network"):
            fetch_where(
                server.url("/a", "calendar.example"),
                allowed=lambda one: one == both[0],
                resolve=lambda *_: both,
                most_bytes=1000,
                seconds=60,
            )
        assert server.asked == []


OWN = """
127.0.0.1 127.255.255.254 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1 100.127.255.255
0.0.0.0 0.1.2.3 224.0.0.1 239.1.2.3 255.255.255.255 240.0.0.1 192.0.2.1 198.18.0.1 198.51.100.7 203.0.113.9
:: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 fe80::1 fec0::1 fc00::1 fd12:3456::1 ff02::1 2001:db8::1 100::1
2002:7f00:1:: 2002:a00:1:: 2002:c0a8:101:: 64:ff9b::7f00:1 64:ff9b::a00:1 64:ff9b:1::808:808
2001:0:4136:e378:8000:63bf:3fff:fdd2
"""
PUBLIC = """
8.8.8.8 1.1.1.1 100.63.255.255 100.128.0.1 172.32.0.1 2606:4700::1111 ::ffff:8.8.8.8 2002:808:808:: 64:ff9b::808:808
"""


@pytest.mark.parametrize("text", OWN.split())
def test_an_address_of_ones_own_network_or_of_none_is_not_public(text: str) -> None:
    assert not is_public(ip_address(text))


@pytest.mark.parametrize("text", PUBLIC.split())
def test_an_address_of_the_internet_is_public(text: str) -> None:
    assert is_public(ip_address(text))
    assert not is_nowhere(ip_address(text))


@pytest.mark.parametrize("host", ["0.0.0.0", "[::]", "224.0.0.1", "255.255.255.255", "[::ffff:0.0.0.0]"])
def test_what_is_no_machine_at_all_cannot_be_allowed(host: str) -> None:
    refused(f"http://{host}/", "leads to no machine at all")


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0x7f.0.0.1", "127.0.0.01", "1.2.3"]
)
def test_numbers_that_programs_read_in_different_ways_are_no_address(host: str) -> None:
    refused(f"http://{host}/", "not a complete web address")


# What is an address


@pytest.mark.parametrize(
    ("text", "scheme", "named", "target"),
    [
        ("webcal://cal.example/a.ics", "https", "cal.example", "/a.ics"),
        (" https://CAL.example:8443/ü?q=ö#part ", "https", "cal.example:8443", "/%C3%BC?q=%C3%B6"),
        ("http://münchen.example", "http", "xn--mnchen-3ya.example", "/"),
        ("http://[2606:4700::1111]:81/", "http", "[2606:4700::1111]:81", "/"),
        ("https://cal.example/a%20b%2Fc", "https", "cal.example", "/a%20b%2Fc"),
    ],
)
def test_an_address_is_read_as_it_is_asked_for(text: str, scheme: str, named: str, target: str) -> None:
    address = parse_address(text)
    assert (address.scheme, address.named, address.target) == (scheme, named, target)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not the address of a calendar on the web"),
        ("secret words", "has blanks in it"),
        ("https://cal.example/\r\nHost: evil", "has blanks in it"),
        ("file:///etc/secret", "not the address of a calendar on the web"),
        ("ftp://cal.example/secret", "not the address of a calendar on the web"),
        ("cal.example/secret.ics", "not the address of a calendar on the web"),
        ("https:///secret", "not the address of a calendar on the web"),
        ("https://cal.example:99999/secret", "not a complete web address"),
        ("https://[::1/secret", "not a complete web address"),
        ("https://cal ample/", "has blanks in it"),
        ("https://a..b/", "not a complete web address"),
        ("https://me:secret@cal.example/", "a name or a password in it"),
        ("https://cal.example/" + "x" * 5000, "longer than 4,000 characters"),
    ],
)
def test_what_is_no_address_is_said_to_be_none_without_repeating_it(text: str, why: str) -> None:
    refused(text, why)


@given(st.text(max_size=60) | st.text(max_size=40).map("https://".__add__))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    try:
        address = parse_address(text)
    except InputError:
        return
    assert address.scheme in {"http", "https"}
    assert (address.host + address.target).isascii()
    assert not any(one.isspace() or one < "!" for one in address.host + address.target)


# What comes back


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer(status=401), "wants a sign-in"),
        (Answer(status=403), "wants a sign-in"),
        (Answer(status=404), "has nothing at this address"),
        (Answer(status=503), r"cannot answer right now \(status 503\)"),
        (Answer(status=204), r"not understood \(status 204\)"),
        (Answer(b"\xef\xbb\xbf\n<!DOCTYPE html><title>Sign in</title>"), "answers with a web page"),
        (Answer(b"<head></head>", headers={"Content-Type": "text/html; charset=utf-8"}), "answers with a web page"),
        (Answer(b"x", headers={"Content-Encoding": "br"}), "packs the file in a way that is not known"),
        (Answer(b"no gzip", headers={"Content-Encoding": "gzip"}), "breaks off"),
        (Answer(gzip.compress(CALENDAR)[:-9], headers={"Content-Encoding": "gzip"}), "breaks off"),
        (Answer(lambda: iter([b"part"]), headers={"Content-Length": "99"}), "breaks off"),
        (Answer(status=302), "leads on and on"),
        (Answer(status=302, headers={"Location": "file:///etc/secret"}), "not the address of a calendar"),
        (Answer(status=302, headers={"Location": "https://[secret"}), "not a complete web address"),
    ],
)
def test_an_answer_that_is_no_file_is_said_in_plain_words(answer: Answer, why: str) -> None:
    with serving({SECRET.partition("?")[0]: answer}) as server:
        refused(server.url(SECRET), why)


def test_a_calendar_that_is_called_a_web_page_is_still_a_calendar() -> None:
    with serving({"/a": Answer(CALENDAR, headers={"Content-Type": "text/html"})}) as server:
        assert get(server.url("/a")) == CALENDAR


def test_a_body_without_end_is_left_once_it_is_too_large() -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        while True:
            sent += 100_000
            yield b"x" * 100_000

    with serving({"/a": Answer(endless)}) as server:
        refused(server.url("/a"), "larger than 0.2 MB, which is the most", most_bytes=200_000)
    assert sent < 20_000_000  # what fits between the two ends of a connection, and no more


def test_a_small_file_that_unpacks_into_a_huge_one_is_left_too() -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    assert len(bomb) < 100_000
    with serving({"/a": Answer(bomb, headers={"Content-Encoding": "gzip"})}) as server:
        refused(server.url("/a"), "larger than 0.1 MB", most_bytes=100_000)


@pytest.mark.parametrize("headers", [{}, {"Content-Length": "100"}])
def test_a_server_that_keeps_one_waiting_is_left_when_the_time_is_up(headers: dict[str, str]) -> None:
    over = threading.Event()

    def slow() -> Iterator[bytes]:
        yield CALENDAR
        over.wait()

    with serving({"/a": Answer(slow, headers=headers)}) as server:
        try:
            refused(server.url("/a"), r"took longer than 0\.3 seconds", seconds=0.3)
        finally:
            over.set()


def test_a_look_up_that_keeps_one_waiting_is_left_when_the_time_is_up() -> None:
    over = threading.Event()

    def slow(_host: str, _port: int) -> list[IPAddress]:
        over.wait()
        return []

    try:
        with pytest.raises(InputError, match=r"took longer than 0\.2 seconds"):
            fetch_where("http://cal.example/", allowed=is_public, resolve=slow, most_bytes=1, seconds=0.2)
    finally:
        over.set()


def test_where_nobody_answers_it_is_said_that_it_cannot_be_reached() -> None:
    with serving({}) as server:
        url = server.url("/a")
    refused(url, "cannot be reached")


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not there to make a certificate")
def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    make = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=localhost -days 2"
    make += f" -keyout {key} -out {certificate}"
    subprocess.run(make.split(), check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with serving({"/a": Answer(CALENDAR)}, context=context) as server:
        refused(server.url("/a", "localhost", "https"), "certificate of localhost is not to be trusted")
        assert server.asked == []

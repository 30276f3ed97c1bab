"""Asking a Nominatim server: a real one over HTTP on this machine, and everything that can go wrong with it."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nominatim_server import CAFE, FakeNominatim, fake_nominatim

from iiplan import __version__
from iiplan.errors import InputError, LookupFailedError
from iiplan.lookup import ask_nominatim, read_answer
from iiplan.model import OnlineLookup, PlaceOrigin


@pytest.fixture
def server() -> Iterator[FakeNominatim]:
    with fake_nominatim() as running:
        yield running


def settings(server: FakeNominatim, email: str = "") -> OnlineLookup:
    return OnlineLookup(enabled=True, server=server.address, email=email)


def test_one_request_names_iiplan_its_version_and_who_uses_it(server: FakeNominatim) -> None:
    ask_nominatim(settings(server, "jo@example.org"), "  Café\n Central ")
    assert server.asked == [
        {"path": "/search", "q": "Café Central", "format": "jsonv2", "limit": "6", "accept-language": "en"}
    ]
    (agent,) = server.agents
    assert agent.startswith(f"iiplan/{__version__} (")
    assert agent.endswith("; contact: jo@example.org)")
    ask_nominatim(settings(server), "Wien")
    assert "contact" not in server.agents[1]


def test_an_answer_gives_name_address_and_how_exact_it_is(server: FakeNominatim) -> None:
    road = {**CAFE, "type": "residential", "addresstype": "road", "name": "Herrengasse"}
    road |= {"display_name": "Herrengasse, Wien", "boundingbox": ["48.2003", "48.2203", "16.3655", "16.3655"]}
    server.body = [CAFE, road]
    cafe, street = read_answer(ask_nominatim(settings(server), "x"), "host")
    assert (cafe.place.name, cafe.place.address) == ("Café Central", "14, Herrengasse, Wien, Austria")
    assert (cafe.place.at.as_pair, cafe.what, cafe.place.within_m) == ((48.2103, 16.3655), "cafe", 0)
    assert cafe.place.origin is PlaceOrigin.NOMINATIM
    assert (street.place.name, street.place.address) == ("", "Herrengasse, Wien")
    assert street.place.within_m == pytest.approx(1112, abs=2)  # a hundredth of a degree of latitude
    assert street.note == "This is its middle."


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (429, "too many requests. Wait a few minutes"),
        (403, r"refuses requests from here \(403\). Name a contact e-mail in Settings"),
        (302, "sends us on to another address"),
        (503, r"has trouble of its own \(503\). Try again later"),
        (404, r"does not understand the request \(404\). Check the server's address"),
    ],
)
def test_a_refusal_is_said_in_words(server: FakeNominatim, status: int, sentence: str) -> None:
    server.status = status
    with pytest.raises(LookupFailedError, match=sentence):
        ask_nominatim(settings(server), "Wien")
    assert len(server.asked) == 1  # no other address is tried


@pytest.mark.parametrize("content", [b"<html>", b"", b"{}", b"[" * 100_000, b'"x"', b"[" + b" " * 1_100_000 + b"]"])
def test_what_is_no_answer_of_such_a_server_is_said_in_words(server: FakeNominatim, content: bytes) -> None:
    server.raw = content
    with pytest.raises(LookupFailedError, match="not as a Nominatim server does"):
        ask_nominatim(settings(server), "Wien")


def test_a_server_that_says_nothing_is_given_up(server: FakeNominatim) -> None:
    server.holding = True
    with pytest.raises(LookupFailedError, match=r"has not answered for 0\.1 seconds"):
        ask_nominatim(settings(server), "Wien", seconds=0.1)


def test_a_server_that_is_not_there_is_said_in_words() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(LookupFailedError, match=r"cannot be reached .* Check the internet connection"):
        ask_nominatim(OnlineLookup(enabled=True, server=f"http://127.0.0.1:{port}"), "Wien")


def test_nothing_is_asked_while_it_is_off_or_without_a_question(server: FakeNominatim) -> None:
    with pytest.raises(InputError, match=r"switched off\. Switch it on in Settings"):
        ask_nominatim(OnlineLookup(server=server.address), "Wien")
    for question in ("", " \n", "x" * 301):
        with pytest.raises(InputError, match="Type an address of 1 to 300 characters"):
            ask_nominatim(settings(server), question)
    assert server.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nominatim.example",
        "ftp://x.example",
        "file:///etc/passwd",
        "https://",
        "https://a:b@x.example",
        "https://x y",
    ],
)
def test_an_address_that_is_none_of_a_server_is_refused(address: str) -> None:
    with pytest.raises(InputError, match="Nominatim server"):
        OnlineLookup(server=address)


@pytest.mark.parametrize("email", ["jo", "jo@example.org\r\nX: 1", "jö@example.org"])
def test_an_e_mail_that_is_none_is_refused(email: str) -> None:
    with pytest.raises(InputError, match="e-mail"):
        OnlineLookup(email=email)


odd = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["48.2", "1e999", "x"]),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.sampled_from([*CAFE, "x"]), inner, max_size=8),
    max_leaves=20,
)


@given(st.lists(st.dictionaries(st.sampled_from(list(CAFE)), odd, max_size=8), max_size=8))
def test_any_rows_give_places_on_earth_or_none(rows: list[dict[str, object]]) -> None:
    for place in read_answer(json.dumps(rows), "host"):
        assert place.place.origin is PlaceOrigin.NOMINATIM

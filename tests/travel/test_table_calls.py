"""What routing servers are asked: the address, the order of coordinates, and no more than is needed."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iiplan.errors import InputError
from iiplan.model import TravelMode
from iiplan.travel.servers import MOST_A_CALL, Block, RoutingServer, ServerKind, blocks_to_ask, read_table, table_call

OSRM = RoutingServer(mode=TravelMode.WALK, kind=ServerKind.OSRM, url="http://localhost:5000/foot")
A, B, C = (389000, -770300), (389100, -770400), (389200, -770500)

spots = st.tuples(st.integers(-9, 9), st.integers(-9, 9))


def test_osrm_is_asked_with_longitude_first() -> None:
    url, body = table_call(OSRM, Block(origins=(A,), goals=(A, B)))
    assert url == (
        "http://localhost:5000/foot/table/v1/foot/-77.0300,38.9000;-77.0400,38.9100"
        "?annotations=duration&sources=0&destinations=0;1"
    )
    assert body is None


def test_valhalla_is_asked_with_names_and_the_way_of_travelling() -> None:
    server = RoutingServer(mode=TravelMode.CAR, kind=ServerKind.VALHALLA, url="https://ways.example")
    url, body = table_call(server, Block(origins=(A,), goals=(B,)))
    assert url == "https://ways.example/sources_to_targets"
    assert json.loads(body or b"") == {
        "sources": [{"lat": 38.9, "lon": -77.03}],
        "targets": [{"lat": 38.91, "lon": -77.04}],
        "costing": "auto",
    }


def test_osrms_null_is_no_way_and_its_refusal_is_a_sentence() -> None:
    block = Block(origins=(A, B), goals=(A, B))
    good = json.dumps({"code": "Ok", "durations": [[0, None], [61.5, 0]]}).encode()
    assert read_table(OSRM, block, good) == [[0, None], [61.5, 0]]
    with pytest.raises(InputError, match="localhost:5000 refused: Too many table coordinates"):
        read_table(OSRM, block, b'{"code": "TooBig", "message": "Too many table coordinates"}')


@given(st.lists(spots, max_size=130), st.sets(st.tuples(spots, spots), max_size=40))
def test_calls_cover_every_pair_that_is_lacking_and_are_small_enough(
    points: list[tuple[int, int]], known: set[tuple[tuple[int, int], tuple[int, int]]]
) -> None:
    blocks = blocks_to_ask(points, known)
    asked = {pair for block in blocks for pair in block.pairs()}
    lacking = {(a, b) for a in points for b in points if a != b} - known
    assert lacking <= asked <= {(a, b) for a in points for b in points if a != b}
    assert all(0 < len(part) <= MOST_A_CALL for block in blocks for part in (block.origins, block.goals))


def test_nothing_is_asked_when_everything_is_known() -> None:
    points = (A, B, C)
    assert blocks_to_ask(points, {(a, b) for a in points for b in points}) == []
    assert blocks_to_ask([A], set()) == []


def test_a_new_place_asks_for_its_own_ways_only() -> None:
    blocks = blocks_to_ask([A, B, C], {(A, B), (B, A)})
    asked = {pair for block in blocks for pair in block.pairs()}
    assert asked == {(A, C), (B, C), (C, A), (C, B)}


@pytest.mark.parametrize(
    "url",
    [
        "",
        "localhost:5000",
        "ftp://localhost",
        "file:///etc/passwd",
        "http://",
        "http://localhost:99999",
        "http://localhost/",
        "http://me:secret@localhost",
        "http://localhost/?a=b",
        "http://localhost/#x",
        "http://local host",
        "http://localhost\r\nX: y",
        "http://löcal",
        "http://localhost/" + "a" * 300,
    ],
)
def test_an_address_that_is_none_of_a_server_is_refused(url: str) -> None:
    with pytest.raises(InputError, match="not the address of a routing server"):
        RoutingServer(mode=TravelMode.WALK, kind=ServerKind.OSRM, url=url)


def test_no_server_is_asked_for_public_transport() -> None:
    with pytest.raises(InputError, match="knows timetables"):
        RoutingServer(mode=TravelMode.TRANSIT, kind=ServerKind.OSRM, url="http://localhost")

"""Times from routing servers: a real OSRM server on this machine, and a stand-in that speaks Valhalla's JSON."""

from __future__ import annotations

import socket

import pytest
from fake_valhalla import FakeValhalla

from bench.city import BRIDGES, ROWS, corner, some_places
from iiplan.lookup.routing import ask
from iiplan.model import TravelMode
from iiplan.travel import distance_km
from iiplan.travel.servers import Block, RoutingServer, ServerKind, blocks_to_ask
from iiplan.travel.times import pair_of, spot

HERE, THERE = (525000, 133500), (525100, 133700)


def a_valhalla(url: str) -> RoutingServer:
    return RoutingServer(mode=TravelMode.WALK, kind=ServerKind.VALHALLA, url=url)


def an_osrm(url: str) -> RoutingServer:
    return RoutingServer(mode=TravelMode.WALK, kind=ServerKind.OSRM, url=url)


def test_a_real_osrm_server_knows_that_a_river_is_crossed_by_its_bridges(osrm_on_foot: str) -> None:
    server = an_osrm(osrm_on_foot)
    south, north = (spot(corner(row, ROWS // 2)) for row in (ROWS // 2 - 1, ROWS // 2))
    bridge = spot(corner(ROWS // 2 - 1, BRIDGES[1])), spot(corner(ROWS // 2, BRIDGES[1]))
    answers = ask(server, blocks_to_ask([south, north, *bridge], set()))
    assert answers.wrong == ""
    seconds = answers.seconds
    # on the bridge two blocks of 110 m at 5 km/h: 158 s; elsewhere 7 blocks there and 7 back as well
    assert seconds[bridge] == pytest.approx(158, abs=10)
    assert seconds[south, north] == pytest.approx(158 + 14 * 79.2, abs=30)


def test_a_real_osrm_server_is_asked_in_blocks_and_gives_every_pair(osrm_on_foot: str) -> None:
    spots = [spot(place.at) for place in some_places(120, seed=3)]
    blocks = blocks_to_ask(spots, set())
    assert len(blocks) == 9  # 120 corners are 3 blocks of at most 50 each way
    heard: list[float] = []
    answers = ask(an_osrm(osrm_on_foot), blocks, progress=heard.append)
    assert answers.wrong == ""
    assert set(answers.seconds) == {(a, b) for a in spots for b in spots if a != b}
    assert heard == [(n + 1) / 9 for n in range(9)]
    for (a, b), seconds in answers.seconds.items():
        # never faster than as the crow flies at the 5 km/h of its walker, give or take the rounding of both ends
        assert seconds is not None
        assert seconds >= (distance_km(pair_of(a), pair_of(b)) - 0.03) / 5 * 3600


def test_a_server_of_the_other_kind_is_told_by_its_answer(osrm_on_foot: str, valhalla: FakeValhalla) -> None:
    block = Block(origins=(HERE,), goals=(THERE,))
    wrong = ask(a_valhalla(osrm_on_foot), [block]).wrong
    assert "answered with the error 400" in wrong
    wrong = ask(an_osrm(valhalla.url), [block]).wrong
    assert "answered with the error 501" in wrong  # the stand-in takes no GET


def test_valhalla_is_asked_by_its_words_and_answers_each_pair(valhalla: FakeValhalla) -> None:
    answers = ask(a_valhalla(valhalla.url), blocks_to_ask([HERE, THERE], set()))
    expected = distance_km(pair_of(HERE), pair_of(THERE)) / 4 * 3600
    assert answers.seconds == {(HERE, THERE): pytest.approx(expected), (THERE, HERE): pytest.approx(expected)}
    asked = valhalla.asked[0]
    assert (asked["path"], asked["costing"]) == ("/sources_to_targets", "pedestrian")
    assert str(asked["agent"]).startswith("iiplan/")


def test_a_way_that_a_server_does_not_find_is_none_and_not_zero(valhalla: FakeValhalla) -> None:
    valhalla.cell = lambda origin, goal: None if origin < goal else 60.0
    answers = ask(a_valhalla(valhalla.url), blocks_to_ask([HERE, THERE], set()))
    assert answers.seconds == {(HERE, THERE): None, (THERE, HERE): 60.0}
    assert answers.wrong == ""


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"<html>hello</html>",
        b"[]",
        b'{"sources_to_targets": [[{"time": -1}]]}',
        b'{"sources_to_targets": [[{"time": NaN}]]}',
        b'{"sources_to_targets": [[{"time": Infinity}]]}',
        b'{"sources_to_targets": [[{"time": true}]]}',
        b'{"sources_to_targets": [[{"time": "60"}]]}',
        b'{"sources_to_targets": [[{"time": 60}, {"time": 60}]]}',
        b'{"sources_to_targets": []}',
        b'{"sources_to_targets": null}',
        b'{"sources_to_targets": [[{}]]}',
        b"\xff\xfe",
        b"[" * 100_000,
    ],
)
def test_an_answer_that_is_no_table_of_times_is_a_sentence(valhalla: FakeValhalla, raw: bytes) -> None:
    valhalla.raw = raw
    answers = ask(a_valhalla(valhalla.url), [Block(origins=(HERE,), goals=(THERE,))])
    assert answers.seconds == {}
    assert "answered, but with no table of times" in answers.wrong


def test_a_server_that_is_down_is_a_sentence() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))  # bound and not listening: refused
        url = f"http://127.0.0.1:{unused.getsockname()[1]}"
        answers = ask(an_osrm(url), [Block(origins=(HERE,), goals=(THERE,))])
    assert answers.seconds == {}
    assert "cannot be reached" in answers.wrong


def test_a_server_that_says_nothing_is_waited_for_only_so_long() -> None:
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        url = f"http://127.0.0.1:{mute.getsockname()[1]}"
        answers = ask(an_osrm(url), [Block(origins=(HERE,), goals=(THERE,))], patience=0.2)
    assert "did not answer within 0.2 seconds" in answers.wrong


def test_coordinates_are_not_passed_on_by_a_redirect(valhalla: FakeValhalla) -> None:
    with FakeValhalla().serving() as other:
        valhalla.status, valhalla.headers, valhalla.raw = 302, {"Location": other.url}, b""
        answers = ask(a_valhalla(valhalla.url), [Block(origins=(HERE,), goals=(THERE,))])
        assert "answered with the error 302" in answers.wrong
        assert other.asked == []


def test_after_the_first_failure_a_server_is_left_alone(valhalla: FakeValhalla) -> None:
    valhalla.status = 500
    block = Block(origins=(HERE,), goals=(THERE,))
    assert "error 500" in ask(a_valhalla(valhalla.url), [block, block, block]).wrong
    assert len(valhalla.asked) == 1


def test_whoever_says_stop_is_heard_between_two_calls(valhalla: FakeValhalla) -> None:
    blocks = [Block(origins=(HERE,), goals=(THERE,)), Block(origins=(THERE,), goals=(HERE,))]
    answers = ask(a_valhalla(valhalla.url), blocks, stop=lambda: len(valhalla.asked) == 1)
    assert set(answers.seconds) == {(HERE, THERE)}
    assert "Stopped" in answers.wrong


def test_a_server_of_ones_own_is_not_waited_for_between_calls(valhalla: FakeValhalla) -> None:
    waited: list[float] = []
    blocks = [Block(origins=(HERE,), goals=(THERE,)), Block(origins=(THERE,), goals=(HERE,))]
    ask(a_valhalla(valhalla.url), blocks, wait=waited.append)
    assert waited == []

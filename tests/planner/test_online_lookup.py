"""Looking up online: off until switched on, asked once, kept for good, and never faster than once a second."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from nominatim_server import CAFE, FakeNominatim, fake_nominatim

from iiplan.errors import InputError, LookupFailedError
from iiplan.model import OnlineLookup
from iiplan.planner.online_lookup import APART, look_up_online, looked_up, online_lookup, save_online_lookup
from iiplan.planner.workspace import Workspace
from iiplan.store import files
from iiplan.store.schema import STEPS, v12_looked_up
from iiplan.store.store import Store

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


class Clock:
    """Stands still until somebody pauses."""

    def __init__(self) -> None:
        self.now = NOW
        self.pauses: list[float] = []

    def __call__(self) -> datetime:
        return self.now

    def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def server() -> Iterator[FakeNominatim]:
    with fake_nominatim() as running:
        yield running


@pytest.fixture
def online(ws: Workspace, server: FakeNominatim) -> Workspace:
    save_online_lookup(ws, OnlineLookup(enabled=True, server=server.address))
    return ws


def ask(ws: Workspace, text: str, clock: Clock) -> list[str]:
    return [one.place.label for one in look_up_online(ws, text, clock=clock, pause=clock.pause)]


def test_it_is_off_until_it_is_switched_on(ws: Workspace, server: FakeNominatim) -> None:
    assert online_lookup(ws) == OnlineLookup(enabled=False, server="https://nominatim.openstreetmap.org")
    save_online_lookup(ws, OnlineLookup(enabled=False, server=server.address))
    with pytest.raises(InputError, match="switched off"):
        look_up_online(ws, "Wien")
    assert looked_up(ws, "Wien") is None
    assert server.asked == []


def test_settings_that_make_no_sense_count_as_off(ws: Workspace) -> None:
    ws.store.save_setting("online_lookup", {"enabled": True, "server": "ftp://x"})
    assert online_lookup(ws) == OnlineLookup()


def test_an_address_is_asked_once_and_its_answer_kept_for_good(online: Workspace, server: FakeNominatim) -> None:
    clock = Clock()
    assert looked_up(online, "Café Central") is None
    first = ask(online, "Café Central", clock)
    assert first == ["Café Central, 14, Herrengasse, Wien, Austria"]
    assert ask(online, " Café  Central\n", clock) == first
    kept = looked_up(online, "Café Central")
    assert kept is not None
    assert [one.place.label for one in kept] == first
    assert len(server.asked) == 1


def test_another_server_is_asked_anew(online: Workspace, server: FakeNominatim) -> None:
    ask(online, "Wien", Clock())
    save_online_lookup(online, OnlineLookup(enabled=True, server=f"{server.address}/other"))
    assert looked_up(online, "Wien") is None
    ask(online, "Wien", Clock())
    assert [asked["path"] for asked in server.asked] == ["/search", "/other/search"]


def test_what_was_not_found_and_what_failed_is_not_kept(online: Workspace, server: FakeNominatim) -> None:
    clock = Clock()
    server.body = []
    assert ask(online, "Wien", clock) == []
    server.status = 503
    with pytest.raises(LookupFailedError, match="trouble of its own"):
        ask(online, "Wien", clock)
    server.status, server.body = 200, [CAFE]
    assert len(ask(online, "Wien", clock)) == 1
    assert len(server.asked) == 3


def test_odd_answers_are_kept_whole(online: Workspace, server: FakeNominatim) -> None:
    server.raw = b'[{"lat": 48.2, "lon": 16.3, "display_name": "\\u0000\\ud800 X", "boundingbox": [NaN, 1e999, 1, 2]}]'
    assert ask(online, "odd", Clock()) == []  # its extent is no number
    server.raw = b'[{"lat": 48.2, "lon": 16.3, "display_name": "\\u0000\\ud800 X", "importance": NaN}]'
    assert ask(online, "odd", Clock()) == ["X"]
    assert looked_up(online, "odd")


def test_requests_keep_a_second_apart(online: Workspace, server: FakeNominatim) -> None:
    clock = Clock()
    for text in ("a", "b", "c"):
        ask(online, text, clock)
    assert clock.pauses == [1.0, 1.0]
    clock.now += timedelta(seconds=0.75)
    ask(online, "d", clock)
    assert clock.pauses[2:] == [0.25]
    clock.now += timedelta(hours=1)
    ask(online, "e", clock)
    assert len(clock.pauses) == 3
    assert len(server.asked) == 5


def test_turns_of_many_threads_and_of_another_process_are_a_second_apart(ws: Workspace, database: Path) -> None:
    def turn(number: int) -> datetime:
        return Store.open(database).take_turn("host", NOW, APART)

    with ThreadPoolExecutor(8) as pool:
        turns = sorted(pool.map(turn, range(12)))
    assert turns == [NOW + n * APART for n in range(12)]
    code = (
        "import sys; from pathlib import Path; from datetime import *; from iiplan.store import Store\n"
        "now = datetime.fromisoformat(sys.argv[2])\n"
        "print(Store.open(Path(sys.argv[1])).take_turn('host', now, timedelta(seconds=1)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(database), NOW.isoformat()], capture_output=True, text=True, check=True
    )
    assert datetime.fromisoformat(run.stdout.strip()) == NOW + 12 * APART
    assert ws.store.take_turn("another host", NOW, APART) == NOW


def test_a_long_queue_is_refused_and_a_clock_that_was_wrong_is_forgotten(
    online: Workspace, server: FakeNominatim
) -> None:
    host = online_lookup(online).host
    for _ in range(12):
        online.store.take_turn(host, NOW, APART)
    with pytest.raises(LookupFailedError, match="Many addresses are being looked up"):
        ask(online, "Wien", Clock())
    online.store.take_turn(host, NOW + timedelta(days=3000), APART)
    clock = Clock()
    assert ask(online, "Wien", clock)
    assert clock.pauses == []
    assert len(server.asked) == 1


def test_a_file_of_the_version_before_keeps_answers_too(tmp_path: Path) -> None:
    path = tmp_path / "older.sqlite"
    files.prepare(path, STEPS[: STEPS.index(v12_looked_up)])
    store = Store.open(path)
    store.save_answer("https://x.example", "Wien", "[]", NOW)
    assert store.answer("https://x.example", "Wien") == "[]"
    assert store.answer("https://x.example", "Linz") is None
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT asked_at FROM looked_up").fetchone() == ("2026-11-23T15:00:00.000000+00:00",)

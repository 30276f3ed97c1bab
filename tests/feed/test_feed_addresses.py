"""What an app gets that asks the server for a calendar: hosts, methods, tokens, conditions, failures."""

from __future__ import annotations

import logging
import secrets
import string
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import anyio
import pytest
import vobject
from builders import MONDAY, a_candidate, a_trip, a_window
from feed_server import Answer, Client, serving
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.routing import Router

from iiplan.model import Trip
from iiplan.planner import calendar_out, feed, week
from iiplan.planner.workspace import Workspace, open_workspace
from iiplan.store.connections import connect
from iiplan.web import calendar_routes

NOT_FOUND = (404, b"Not found.\n")


@pytest.fixture
def trip(ws: Workspace) -> Trip:
    """A trip with Ada planned on Monday and Bo on Tuesday."""
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ada", a_window(day=0))
    a_candidate(ws, trip, "Bo", a_window(day=1))
    week.plan(ws, trip)
    return trip


@pytest.fixture
def client(ws: Workspace) -> Iterator[Client]:
    with serving(lambda: ws) as client:
        yield client


def address(ws: Workspace, trip: Trip) -> str:
    return feed.path_of(feed.switch_on(ws, trip))


def events(answer: Answer) -> dict[str, vobject.base.Component]:
    """The meetings in an answer by the name in their title, as another program reads them."""
    calendar = vobject.readOne(answer.body.decode())
    return {event.summary.value.split()[0]: event for event in getattr(calendar, "vevent_list", [])}


def move(ws: Workspace, trip: Trip, who: str, by: timedelta) -> None:
    """Agree on another hour with somebody and plan again."""
    agenda = week.current(ws, trip).agenda
    assert agenda is not None
    start = next(block.start for block in agenda.meetings if block.contact_id == who)
    candidate = next(one for one in ws.store.candidates(trip.id) if one.contact_id == who)
    ws.store.save_candidates([replace(candidate, fixed_start=start + by)])
    week.plan(ws, trip)


# What is served


def test_the_file_has_the_planned_meetings_and_says_how_often_to_come_back(
    ws: Workspace, trip: Trip, client: Client
) -> None:
    answer = client.ask(address(ws, trip))
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert "private" in answer.headers["cache-control"]
    found = events(answer)
    agenda = week.current(ws, trip).agenda
    assert agenda is not None
    assert {name: event.dtstart.value for name, event in found.items()} == {
        block.title: block.start for block in agenda.meetings
    }
    head = answer.body.partition(b"BEGIN:VTIMEZONE")[0].split(b"\r\n")
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT60M" in head
    assert b"X-PUBLISHED-TTL:PT60M" in head
    assert b"X-WR-CALNAME:Washington week" in head
    assert answer.body.count(b"REFRESH-INTERVAL") == 1


def test_fetching_again_and_again_changes_nothing(ws: Workspace, trip: Trip, database: Path) -> None:
    path, clock = address(ws, trip), ws.now()

    def later() -> Workspace:
        nonlocal clock
        clock += timedelta(hours=1)
        return open_workspace(database, now=lambda: clock)

    with serving(later) as client:
        answers = [client.ask(path) for _ in range(3)]
    assert len({(answer.body, answer.headers["etag"]) for answer in answers}) == 1
    with closing(connect(database)) as conn:
        editions = conn.execute("SELECT sequence, modified FROM handed_out WHERE receiver = 'feed'").fetchall()
    # kept since the first fetch, which came an hour after the clock the test began with
    assert {(sequence, modified[:19]) for sequence, modified in editions} == {(0, "2026-11-23T16:00:00")}


def test_a_moved_meeting_gets_a_higher_sequence_and_the_file_another_tag(
    ws: Workspace, trip: Trip, client: Client
) -> None:
    path = address(ws, trip)
    before = client.ask(path)
    move(ws, trip, "ada", timedelta(hours=1))
    after = client.ask(path, If_None_Match=before.headers["etag"])
    assert after.status == 200
    assert after.headers["etag"] != before.headers["etag"]
    old, new = events(before), events(after)
    assert new["Ada"].uid.value == old["Ada"].uid.value
    assert new["Ada"].dtstart.value - old["Ada"].dtstart.value == timedelta(hours=1)
    assert [one["Ada"].sequence.value for one in (old, new)] == ["0", "1"]
    assert [one["Bo"].sequence.value for one in (old, new)] == ["0", "0"]


def test_fetching_uses_up_no_change_that_a_file_has_still_to_bring(ws: Workspace, trip: Trip, client: Client) -> None:
    path = address(ws, trip)
    exported = events(Answer(200, {}, calendar_out.calendar(ws, trip)))
    move(ws, trip, "ada", timedelta(hours=1))
    served = events(client.ask(path))
    assert [one.entry.contact_id for one in calendar_out.calendar_week(ws, trip).changes] == ["ada"]
    assert {one.uid.value for one in served.values()} == {one.uid.value for one in exported.values()}


def test_somebody_who_left_the_plan_is_cancelled_and_an_app_that_comes_later_hears_it_too(
    ws: Workspace, trip: Trip, client: Client
) -> None:
    path = address(ws, trip)
    assert set(events(client.ask(path))) == {"Ada", "Bo"}
    ws.store.remove_candidate(trip.id, "bo", ws.now())
    week.plan(ws, trip)
    for _ in range(2):
        states = {one.summary.value: one.status.value for one in events(client.ask(path)).values()}
        assert sorted(states.values()) == ["CANCELLED", "TENTATIVE"]
        assert states[next(title for title in states if title.startswith("No longer planned: Bo"))] == "CANCELLED"


def test_without_meetings_the_calendar_is_empty_and_still_one(ws: Workspace, trip: Trip, client: Client) -> None:
    path = address(ws, trip)
    for who in ("ada", "bo"):
        ws.store.remove_candidate(trip.id, who, ws.now())
    week.plan(ws, trip)
    answer = client.ask(path)
    assert answer.status == 200
    assert events(answer) == {}
    calendar = vobject.readOne(answer.body.decode())
    assert [component.name for component in calendar.components()] == ["VTIMEZONE"]  # RFC 5545 wants one at least
    assert calendar.contents["refresh-interval"][0].value == "PT60M"


def test_a_feed_may_be_on_before_the_first_plan(ws: Workspace, client: Client) -> None:
    trip = a_trip(ws, name="Not; planned, yet\nBEGIN:VEVENT")
    answer = client.ask(address(ws, trip))
    assert answer.status == 200
    assert answer.body.startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"\r\nBEGIN:VEVENT" not in answer.body


def test_two_trips_have_two_addresses_and_each_its_own_meetings(ws: Workspace, trip: Trip, client: Client) -> None:
    other = a_trip(ws, name="Another week")
    a_candidate(ws, other, "Cy", a_window(day=2))
    week.plan(ws, other)
    first, second = address(ws, trip), address(ws, other)
    assert first != second
    assert set(events(client.ask(first))) == {"Ada", "Bo"}
    assert set(events(client.ask(second))) == {"Cy"}


# Conditions and methods


def test_an_app_that_has_these_bytes_is_told_so(ws: Workspace, trip: Trip, client: Client) -> None:
    path = address(ws, trip)
    first = client.ask(path)
    tag = first.headers["etag"]
    conditions = [tag, f"W/{tag}", f'"other", {tag}', f'{tag} , W/"x,y"', f'"", "a,b",{tag}', "*", " * "]
    answers = {condition: client.ask(path, If_None_Match=condition) for condition in conditions}
    assert {condition: answer.status for condition, answer in answers.items()} == dict.fromkeys(conditions, 304)
    for answer in answers.values():
        assert answer.body == b""
        assert [answer.headers[name] for name in ("etag", "cache-control")] == [tag, first.headers["cache-control"]]


def test_tags_in_two_headers_count_as_one_list(ws: Workspace, trip: Trip, client: Client) -> None:
    path = address(ws, trip)
    tag = client.ask(path).headers["etag"]
    assert client.ask(path, If_None_Match=['"other"', tag]).status == 304


def test_an_app_that_has_other_bytes_gets_these(ws: Workspace, trip: Trip, client: Client) -> None:
    path = address(ws, trip)
    first = client.ask(path)
    bare = first.headers["etag"].strip('"')
    for condition in ('"other"', "", bare, f'"{bare}', f'"x{bare}"', f'"{bare}x"', '"*"', "\xe4"):
        answer = client.ask(path, If_None_Match=condition)
        assert (condition, answer.status, answer.body) == (condition, 200, first.body)


def test_the_tag_is_a_strong_one(ws: Workspace, trip: Trip, client: Client) -> None:
    tag = client.ask(address(ws, trip)).headers["etag"]
    assert tag.startswith('"')
    assert tag.endswith('"')


def test_head_says_what_get_would_and_sends_nothing(ws: Workspace, trip: Trip, client: Client) -> None:
    path = address(ws, trip)
    full, head = client.ask(path), client.ask(path, "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert int(head.headers["content-length"]) == len(full.body)
    same = ("etag", "content-type", "cache-control")
    assert [head.headers[name] for name in same] == [full.headers[name] for name in same]
    assert client.ask(path, "HEAD", If_None_Match=full.headers["etag"]).status == 304
    assert client.ask(feed.FOLDER + "unknown.ics", "HEAD").status == 404


def test_other_methods_are_refused_and_tell_nothing_about_the_address(
    ws: Workspace, trip: Trip, client: Client
) -> None:
    path = address(ws, trip)
    for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "REPORT", "TRACE"):
        known, unknown = client.ask(path, method), client.ask(feed.FOLDER + "unknown.ics", method)
        assert (method, known.status, known.headers["allow"]) == (method, 405, "GET, HEAD")
        assert (unknown.status, unknown.headers["allow"], unknown.body) == (405, "GET, HEAD", known.body)


# Hosts


def test_any_name_of_this_machine_is_answered(ws: Workspace, trip: Trip, client: Client) -> None:
    path = address(ws, trip)
    hosts = ["localhost", "LOCALHOST:8501", "127.0.0.1", "127.0.0.1:1", "[::1]", "[::1]:65535", "localhost:8501"]
    assert {host: client.ask(path, host=host).status for host in hosts} == dict.fromkeys(hosts, 200)


STRANGERS = (
    "evil.example",
    "localhost.evil.example",
    "evil.example:8501",
    "127.0.0.1.evil.example",
    "localhost@evil.example",
    "evil.example#localhost",
    "localhost/",
    "localhost:port",
    "[::1",
    "::1",
    "[::2]",
    "0.0.0.0",
    "127.0.0.2",
    "localhost, evil.example",
)


def test_another_host_name_finds_nothing(ws: Workspace, trip: Trip, client: Client) -> None:
    path = address(ws, trip)
    for host in STRANGERS:
        for method in ("GET", "HEAD", "POST"):
            answer = client.ask(path, method, host=host)
            assert (host, method, answer.status) == (host, method, 404)
            assert answer.body in {NOT_FOUND[1], b""}


def test_no_host_name_and_two_of_them_find_nothing(ws: Workspace, trip: Trip, client: Client) -> None:
    path = address(ws, trip)
    answers = [client.ask(path, host=None), client.ask(path, host=""), client.ask(path, Host="evil.example")]
    assert [answer.status for answer in answers] == [400, 404, 400]  # 400 is the server's own, before it comes to us


def test_two_host_names_find_nothing_also_where_a_server_lets_both_through(ws: Workspace, trip: Trip) -> None:
    (route,) = calendar_routes(lambda: ws)
    path = address(ws, trip)
    sent: list[dict[str, object]] = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request"}

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    def status(*hosts: str) -> object:
        sent.clear()
        headers = [(b"host", host.encode()) for host in hosts]
        scope = {"type": "http", "method": "GET", "path": path, "headers": headers, "query_string": b""}
        with ThreadPoolExecutor(1) as thread:  # a browser test before this one may have left its loop in ours
            thread.submit(anyio.run, Router([route]), scope, receive, send).result()
        return sent[0]["status"]

    assert status("localhost") == 200
    assert status("localhost", "evil.example") == 404
    assert status() == 404


def test_a_forwarded_name_does_not_stand_for_the_host(ws: Workspace, trip: Trip, client: Client) -> None:
    answer = client.ask(
        address(ws, trip), host="evil.example", X_Forwarded_Host="localhost", Forwarded="host=localhost"
    )
    assert (answer.status, answer.body) == NOT_FOUND


ALLOWED = {
    ("plan.example.org", "plan.example.org"): 200,
    ("Plan.Example.org ", "plan.example.ORG:443"): 200,
    ("plan.example.org", "example.org"): 404,
    ("plan.example.org", "x.plan.example.org"): 404,
    ("*.example.org", "plan.example.org"): 200,
    ("*.example.org", "example.org"): 404,
    ("*.example.org", "planexample.org"): 404,
    ("*", "anything.example"): 200,
    ("*", "no host/"): 404,
    ("", "plan.example.org"): 404,
    ("plan.example.org", "localhost"): 200,
}


def test_hosts_that_the_user_allows_are_answered(ws: Workspace, trip: Trip) -> None:
    path, allowed = address(ws, trip), [""]
    with serving(lambda: ws, allowed_hosts=lambda: allowed) as client:

        def status(pattern: str, host: str) -> int:
            allowed[:] = [pattern]
            return client.ask(path, host=host).status

        assert {case: status(*case) for case in ALLOWED} == ALLOWED


# Addresses


def test_the_feed_is_off_until_it_is_switched_on(ws: Workspace, trip: Trip, client: Client) -> None:
    assert feed.of_trip(ws, trip) is None
    assert ws.store.feeds() == ()
    token = secrets.token_urlsafe(32)
    answer = client.ask(f"/calendar/{token}.ics")
    assert (answer.status, answer.body) == NOT_FOUND


def test_every_address_that_is_not_on_gets_the_same_answer(ws: Workspace, trip: Trip, client: Client) -> None:
    revoked = address(ws, trip)
    feed.switch_off(ws, trip)
    renewed_away = address(ws, trip)
    feed.renew(ws, trip)
    gone = a_trip(ws, name="Deleted")
    of_a_deleted_trip = address(ws, gone)
    ws.store.delete_trip(gone.id, ws.now())
    on = address(ws, trip)
    token = on.removeprefix("/calendar/").removesuffix(".ics")
    paths = [
        revoked,
        renewed_away,
        of_a_deleted_trip,
        feed.path_of(replace(feed.switch_on(ws, trip), token=secrets.token_urlsafe(32))),
        "/calendar/",
        "/calendar/.ics",
        f"/calendar/{token}",
        f"/calendar/{token}.ICS",
        f"/calendar/{token}.ics/",
        f"/calendar/{token}.ics%00",
        f"/calendar//{token}.ics",
        f"/calendar/x/{token}.ics",
        f"/calendar/{token.swapcase()}.ics",
        f"/calendar/{token[:-1]}.ics",
        f"/calendar/{'x' * 5000}.ics",
        "/calendar/%ff%fe.ics",
        "/calendar/%F0%9F%A6%89.ics",
        "/calendar/' OR 1=1 --.ics".replace(" ", "%20"),
        f"/calendar/{trip.id}.ics",
    ]
    answers = [client.ask(path) for path in paths]
    dated = [{name: value for name, value in one.headers.items() if name != "date"} for one in answers]
    assert {(one.status, one.body) for one in answers} == {NOT_FOUND}
    assert all(headers == dated[0] for headers in dated)
    assert client.ask(on).status == 200


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(token=st.text(string.ascii_letters + string.digits + "-_", min_size=43, max_size=43) | st.text(max_size=60))
def test_any_other_token_finds_nothing(ws: Workspace, trip: Trip, token: str) -> None:
    on = feed.switch_on(ws, trip)
    assert token != on.token
    assert feed.calendar_at(ws, f"/calendar/{token}.ics") is None


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 42), other=st.sampled_from("AZaz09-_é\0"))
def test_a_token_with_one_character_changed_finds_nothing(ws: Workspace, trip: Trip, at: int, other: str) -> None:
    token = feed.switch_on(ws, trip).token
    changed = token[:at] + other + token[at + 1 :]
    found = feed.calendar_at(ws, f"/calendar/{changed}.ics")
    assert (found is None) == (changed != token)


def test_a_new_address_stops_the_old_one_at_once_and_undo_brings_it_back(
    ws: Workspace, trip: Trip, client: Client
) -> None:
    old = feed.switch_on(ws, trip)
    new = feed.renew(ws, trip)
    assert [client.ask(feed.path_of(one)).status for one in (old, new)] == [404, 200]
    feed.restore(ws, old)
    assert [client.ask(feed.path_of(one)).status for one in (old, new)] == [200, 404]


def test_switched_off_is_off_at_once_and_undo_brings_the_same_address_back(
    ws: Workspace, trip: Trip, client: Client
) -> None:
    on = feed.switch_on(ws, trip)
    tag = client.ask(feed.path_of(on)).headers["etag"]
    feed.switch_off(ws, trip)
    assert client.ask(feed.path_of(on), If_None_Match=tag).status == 404
    feed.restore(ws, on)
    assert client.ask(feed.path_of(on), If_None_Match=tag).status == 304


def test_a_deleted_trip_that_comes_back_has_its_address_again(ws: Workspace, trip: Trip, client: Client) -> None:
    path = address(ws, trip)
    ws.store.delete_trip(trip.id, ws.now())
    assert client.ask(path).status == 404
    ws.store.restore_trip(trip.id)
    assert client.ask(path).status == 200


def test_the_log_of_the_server_names_no_address(
    ws: Workspace, trip: Trip, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    on = feed.switch_on(ws, trip)
    with caplog.at_level(logging.INFO, "uvicorn.access"):
        for path in (feed.path_of(on), feed.path_of(on).replace("/cal", "/%63al"), "/something-else"):
            client.ask(path)
    assert "/something-else" in caplog.text
    assert on.token not in caplog.text


# Failures


def test_a_database_that_cannot_be_read_is_told_in_plain_words_without_its_path(
    ws: Workspace, trip: Trip, database: Path
) -> None:
    path = address(ws, trip)
    database.write_bytes(b"no database at all" * 100)
    with serving(lambda: open_workspace(database)) as client:
        answer = client.ask(path)
    assert (answer.status, answer.body) == (503, b"The calendar cannot be read right now. Open iiplan: it says why.\n")
    assert answer.headers["cache-control"] == "no-store"


def test_a_plan_that_cannot_be_read_does_not_empty_the_calendar(ws: Workspace, trip: Trip, client: Client) -> None:
    path = address(ws, trip)
    saved = ws.store.plan(trip.id)
    assert saved is not None
    ws.store.save_plan(replace(saved, document='{"problem": {}, "plan": {}}'))
    answer = client.ask(path)
    assert answer.status == 503
    assert str(MONDAY) not in answer.body.decode()


def test_a_fault_of_our_own_shows_nothing_of_the_inside() -> None:
    def broken() -> Workspace:
        raise RuntimeError("/home/somebody/secret.sqlite")

    with serving(broken) as client:
        answer = client.ask("/calendar/x.ics")
    assert (answer.status, answer.body) == (500, b"Internal Server Error")

"""Calendars and single events on a real server; what other servers answer instead, in plain words."""

from __future__ import annotations

import socket
import subprocess
import sys
from datetime import datetime

import pytest
from calendar_builders import NEW_YORK, edition, entry
from meddling_server import Reply, Request, meddling
from radicale_server import FROZEN, PASSWORD, USER, Radicale

from iiplan.calendars import CalendarServer, Login, ServerError, caldav_wire, calendar_file, event_address
from iiplan.calendars.caldav_errors import ChangedError, GoneError, RefusedError, UidTakenError

TEN = datetime(2027, 3, 16, 10, 0, tzinfo=NEW_YORK)
UID = "ada@iiplan"
FILE = calendar_file([edition(entry(TEN, uid=UID))], timezone="America/New_York", name=None)


def asking(url: str, password: str = PASSWORD, user: str = USER) -> CalendarServer:
    return CalendarServer(Login(server=url, user=user, password=password))


def problem(url: str, password: str = PASSWORD) -> str:
    """What is said when a server is asked for its calendars in vain. Neither it nor its causes tell the password."""
    with pytest.raises(ServerError) as caught:
        asking(url, password).calendars()
    told = f"{caught.value} {caught.value.__cause__} {caught.value.__context__}"
    assert password not in told
    return str(caught.value)


def test_a_calendar_is_made_and_found_by_the_name_it_was_given(server: Radicale) -> None:
    asked = asking(server.url)
    assert asked.calendars() == ()
    made = asked.create('Week <of> "Ada" & Bo', "iiplan-1")
    assert asked.calendars() == (made,)
    assert made.url == f"{server.url}ada/iiplan-1/"
    assert asking(made.url).calendars() == (made,)  # also by its own address


def test_lists_of_tasks_and_address_books_are_no_calendars_for_events(server: Radicale) -> None:
    asking(server.url).create("Week", "week")
    tasks = (
        '<C:mkcalendar xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><set><prop>'
        '<C:supported-calendar-component-set><C:comp name="VTODO"/></C:supported-calendar-component-set>'
        "</prop></set></C:mkcalendar>"
    )
    assert server.ask("MKCALENDAR", "/ada/tasks/", tasks)[0] == 201
    assert server.ask("MKCOL", "/ada/people/")[0] == 201
    assert [one.name for one in asking(server.url).calendars()] == ["Week"]


def test_an_event_is_written_read_and_removed_where_it_is_known_to_stand(server: Radicale) -> None:
    asked = asking(server.url)
    week = asked.create("Week", "week").url
    href = event_address(week, UID)
    assert href == f"{week}ada-iiplan.ics"
    first = asked.put(href, FILE, etag=None, what="Ada")
    with pytest.raises(ChangedError, match=r"Ada was changed on the server in the meantime\. Send again\."):
        asked.put(href, FILE, etag=None, what="Ada")
    with pytest.raises(ChangedError):
        asked.put(href, FILE, etag='"another"', what="Ada")
    second = asked.put(href, FILE.replace(b"Bring a pen", b"Bring two"), etag=first, what="Ada")
    (event,) = asked.events(week, {href, f"{week}nothing.ics"}).values()
    assert (event.href, event.etag) == (href, second)
    assert b"Bring two" in event.content
    with pytest.raises(ChangedError):
        asked.remove(href, etag=first, what="Ada")
    asked.remove(href, etag=second, what="Ada")
    asked.remove(href, etag=second, what="Ada")
    assert asked.events(week, {href}) == {}


def test_a_uid_that_stands_there_at_another_address_is_said_and_found(server: Radicale) -> None:
    asked = asking(server.url)
    week = asked.create("Week", "week").url
    asked.put(f"{week}imported.ics", FILE, etag=None, what="Ada")
    with pytest.raises(UidTakenError):
        asked.put(event_address(week, UID), FILE, etag=None, what="Ada")
    found = asked.find(week, UID)
    assert found is not None
    assert found.href == f"{week}imported.ics"
    assert asked.find(week, "nobody@iiplan") is None


def test_an_event_that_the_server_does_not_take_is_refused_alone(server: Radicale) -> None:
    asked = asking(server.url)
    week = asked.create("Week", "week").url
    with pytest.raises(RefusedError, match=r"does not accept Ada \(it says 400\)"):
        asked.put(event_address(week, UID), b"no calendar", etag=None, what="Ada")


def test_a_wrong_password_is_said_with_the_usual_cure(server: Radicale) -> None:
    words = problem(server.url, "wr0ng-one")
    assert "does not accept this user name and password" in words
    assert "a password made for apps" in words


def test_nothing_at_the_port_is_said() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))  # bound and not listening: nothing answers there
        assert "Nothing answers at 127.0.0.1:" in problem(f"http://127.0.0.1:{probe.getsockname()[1]}/")


def test_an_unknown_server_is_said() -> None:
    assert "No server named nobody.invalid was found" in problem("https://nobody.invalid/")


def test_a_server_without_encryption_at_an_https_address_is_said(server: Radicale) -> None:
    assert "No safe connection to 127.0.0.1" in problem(server.url.replace("http:", "https:"))


def test_a_server_that_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caldav_wire, "TIMEOUT", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert "did not answer within 0.2 seconds" in problem(f"http://127.0.0.1:{silent.getsockname()[1]}/")


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(200, {"Content-Type": "text/html"}, b"<html><p>Welcome<br></html>"), "is no CalDAV address"),
        (Reply(200, {"Content-Type": "text/xml"}, b"<broken"), "in a way that iiplan does not understand"),
        (Reply(207, {"Content-Type": "text/xml"}, b"<multistatus xmlns='DAV:'/>"), "is no CalDAV address"),
        (Reply(404), "is no CalDAV address"),
        (Reply(405), "is no CalDAV address"),
        (Reply(501), "is no CalDAV address"),
        (Reply(403), "is no CalDAV address"),
        (Reply(500), "has a fault of its own"),
        (Reply(503, {"Retry-After": "60"}), "asks to wait"),
        (Reply(429), "asks to wait"),
        (Reply(401, {"WWW-Authenticate": "Negotiate"}), "in a way that iiplan does not understand"),
        (Reply(401), "does not accept this user name and password"),
        (Reply(302, {"Location": "/again"}), "round in circles"),
        (
            Reply(302, {"Location": "https://elsewhere.example/dav"}),
            "on to elsewhere.example, where the password",
        ),
        (Reply(302, {"Location": "//elsewhere.example/"}), "on to elsewhere.example, where"),
    ],
)
def test_whatever_else_answers_is_said_in_plain_words(reply: Reply, words: str) -> None:
    with meddling(lambda request: reply) as url:
        assert words in problem(url)


def test_a_server_that_names_another_host_for_its_calendars_does_not_get_the_password_there(server: Radicale) -> None:
    asked: list[str] = []

    def elsewhere(request: Request) -> Reply | None:
        asked.append(request.path)
        return Reply(200)

    with meddling(elsewhere) as other:
        home = (
            '<multistatus xmlns="DAV:"><response><href>/</href><propstat><prop><calendar-home-set '
            f'xmlns="urn:ietf:params:xml:ns:caldav"><href xmlns="DAV:">{other}</href></calendar-home-set></prop>'
            "<status>HTTP/1.1 200 OK</status></propstat></response></multistatus>"
        )
        with meddling(lambda request: Reply(207, {"Content-Type": "text/xml"}, home.encode())) as url:
            assert "which does not get the password" in problem(url)
    assert asked == []


def test_the_address_that_servers_keep_for_calendars_is_followed(server: Radicale) -> None:
    asking(server.url).create("Week", "week")

    def front(request: Request) -> Reply | None:
        if request.path == "/":
            return Reply(405)
        return Reply(301, {"Location": "/ada/"}) if request.path == "/.well-known/caldav" else None

    with meddling(front, server.port) as url:
        assert [one.name for one in asking(url).calendars()] == ["Week"]


def test_no_calendar_can_be_made_where_the_user_may_only_read(server: Radicale) -> None:
    with pytest.raises(ServerError, match="does not let other programs make calendars"):
        asking(server.url).create("Week", f"{FROZEN}-week")


def test_a_calendar_that_can_only_be_read_is_marked_and_takes_nothing(server: Radicale) -> None:
    asked, week = asking(server.url), server.add_frozen()
    assert [(one.url, one.writable) for one in asked.calendars()] == [(week, False)]
    with pytest.raises(ServerError, match="The calendar can only be read by ada, not written to"):
        asked.put(event_address(week, UID), FILE, etag=None, what="Ada")


def test_a_calendar_that_is_gone_is_not_taken_for_an_empty_one(server: Radicale) -> None:
    asked = asking(server.url)
    week = asked.create("Week", "week").url
    assert server.ask("DELETE", "/ada/week/")[0] == 200
    with pytest.raises(GoneError, match=r"is not on 127\.0\.0\.1:\d+ any more\. Choose the calendar again\."):
        asked.events(week, {event_address(week, UID)})


def test_a_weak_etag_is_taken_for_none_since_nothing_would_match_it(server: Radicale) -> None:
    def weakened(request: Request, reply: Reply) -> Reply:
        if request.method == "PUT":
            reply.headers["ETag"] = f"W/{reply.headers['ETag']}"
        return reply

    with meddling(lambda request: None, server.port, weakened) as url:
        asked = asking(url)
        week = asked.create("Week", "week").url
        assert asked.put(event_address(week, UID), FILE, etag=None, what="Ada") == ""


@pytest.mark.parametrize(("found", "instead"), [(b"HTTP/1.1 200 OK", b"HTTP/1.1 500 Oops"), (b"getetag", b"other")])
def test_an_event_that_the_server_cannot_show_is_not_taken_for_deleted(
    server: Radicale, found: bytes, instead: bytes
) -> None:
    def vague(request: Request, reply: Reply) -> Reply:
        if request.method == "REPORT":
            reply.body = reply.body.replace(found, instead)
        return reply

    with meddling(lambda request: None, server.port, vague) as url:
        asked = asking(url)
        week = asked.create("Week", "week").url
        href = event_address(week, UID)
        asked.put(href, FILE, etag=None, what="Ada")
        with pytest.raises(ServerError, match="does not tell what stands in the calendar"):
            asked.events(week, {href})


def test_a_login_in_netrc_is_not_used(server: Radicale, tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    rc = tmp_path / "netrc"
    rc.write_text("machine 127.0.0.1 login bo password other\n")
    rc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(rc))
    seen: list[str] = []

    def watching(request: Request) -> None:
        seen.append(request.headers.get("Authorization", ""))

    with meddling(watching, server.port) as url:
        asking(url).calendars()
    assert seen[0] == ""  # nothing is sent before the server asks who it is
    assert len(set(seen[1:])) == 1


def test_nothing_of_it_is_imported_before_it_is_used() -> None:
    code = "import sys, iiplan.calendars; print(sorted({'caldav', 'keyring', 'niquests'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"

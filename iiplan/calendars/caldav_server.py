"""Calendars on a CalDAV server (RFC 4791): find them, make one, and read, write and remove single events there.

Each event is a resource of its own, named by its UID. Writing says what must stand there for it to happen
(If-Match, If-None-Match), so that nothing is overwritten that came in between.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from iiplan.calendars import caldav_requests as dav
from iiplan.calendars.caldav_address import host_of, same_place
from iiplan.calendars.caldav_errors import ForbiddenError, GoneError, RefusedError, ServerError
from iiplan.calendars.caldav_wire import Answer, Login, Wire, installed
from iiplan.errors import InputError

__all__ = ["CalendarServer", "ServerCalendar", "ServerEvent", "event_address"]

_AT_ONCE = 100  # events asked for in one request
_NO_CALENDARS = "{} is no CalDAV address. Look up the one that your provider names for CalDAV, and type that."


@dataclass(frozen=True, kw_only=True)
class ServerCalendar:
    """A calendar for events. ``writable`` is True also where the server does not say."""

    url: str
    name: str
    writable: bool = True


@dataclass(frozen=True, kw_only=True)
class ServerEvent:
    """What stands at one address of a calendar: the server's name for this state of it, and the file."""

    href: str
    etag: str
    content: bytes


class CalendarServer:
    """One user's calendars on one server; every method may raise ServerError, which says what to do."""

    def __init__(self, login: Login) -> None:
        if not installed():
            raise InputError("CalDAV is not installed. Install it with: pip install 'iiplan[caldav]'")
        self._login = login
        self._wire = Wire(login)

    def calendars(self) -> tuple[ServerCalendar, ...]:
        """All calendars for events that the user has there, by name."""
        found: dict[str, ServerCalendar] = {}
        for home in self._homes():
            answer = self._propfind(home, dav.LIST, depth=1)
            for href, response in dav.responses(answer.tree):
                calendar = _calendar(urljoin(answer.url, href), response)
                if calendar is not None:
                    found.setdefault(calendar.url, calendar)
        return tuple(sorted(found.values(), key=lambda one: (one.name.casefold(), one.url)))

    def create(self, name: str, key: str) -> ServerCalendar:
        """A new calendar; ``key`` (letters, digits, -) makes its address and must be new there."""
        home = self._homes()[0]
        url = urljoin(home if home.endswith("/") else f"{home}/", f"{key}/")
        try:
            self._wire.ask("MKCALENDAR", url, dav.make_body(name), headers=_XML, what=name)
        except (ForbiddenError, RefusedError) as error:
            raise ServerError(
                f"{host_of(self._login.server)} does not let other programs make calendars. Make one in its own app, "
                "then choose it here."
            ) from error
        return ServerCalendar(url=url, name=name)

    def events(self, calendar: str, hrefs: Collection[str]) -> dict[str, ServerEvent]:
        """What stands at these addresses of a calendar, by address; where nothing does, there is none.

        GoneError when there is no such calendar.
        """
        found: dict[str, ServerEvent] = {}
        wanted = sorted(hrefs)
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            body = dav.events_body(urlsplit(href).path for href in some)
            for event in self._report(calendar, body):
                name = next((href for href in some if same_place(calendar, href, event.href)), None)
                if name is not None:
                    found[name] = ServerEvent(href=name, etag=event.etag, content=event.content)
        return found

    def find(self, calendar: str, uid: str) -> ServerEvent | None:
        """The event of a UID, wherever in the calendar it is."""
        return next(self._report(calendar, dav.same_uid_body(uid), depth="1"), None)

    def put(self, href: str, content: bytes, *, etag: str | None, what: str) -> str:
        """Write an event where ``etag`` stands, or nothing where it is None; the new ETag, empty if it is not told.

        ChangedError when something else stands there; UidTakenError when the calendar has the UID at another address;
        RefusedError when the server does not take the event.
        """
        condition = {"If-None-Match": "*"} if etag is None else {"If-Match": etag}
        headers = {"Content-Type": "text/calendar; charset=utf-8"} | condition
        answer = self._written("PUT", href, content.decode(), headers, what)
        return "" if answer.etag.startswith("W/") else answer.etag  # a weak one matches nothing later

    def remove(self, href: str, *, etag: str, what: str) -> None:
        """Take an event away where ``etag`` stands; one that is away already is fine."""
        try:
            self._written("DELETE", href, "", {"If-Match": etag}, what)
        except GoneError:
            return

    def _written(self, method: str, href: str, body: str, headers: dict[str, str], what: str) -> Answer:
        try:
            return self._wire.ask(method, href, body, headers=headers, what=what)
        except ForbiddenError as error:
            raise ServerError(
                f"The calendar can only be read by {self._login.user}, not written to. Choose another one, or have it "
                "shared for writing."
            ) from error

    def _homes(self) -> list[str]:
        """Where the user's calendars lie: as the server says, or the address that was typed if it is that itself."""
        answer, response = self._first()
        homes = _urls(answer.url, response, f"{dav.CALDAV}calendar-home-set")
        if not homes:
            for principal in _urls(answer.url, response, f"{dav.DAV}current-user-principal"):
                told = self._propfind(principal, dav.WHERE)
                for _, about in dav.responses(told.tree):
                    homes += _urls(told.url, about, f"{dav.CALDAV}calendar-home-set")
        if not homes and not _is_calendar(response):
            raise ServerError(_NO_CALENDARS.format(host_of(self._login.server)))
        return homes or [answer.url]

    def _first(self) -> tuple[Answer, object]:
        """What the address that was typed says of itself, or the one where servers say where to go (RFC 6764)."""
        for url in (self._login.server, urljoin(self._login.server, "/.well-known/caldav")):
            try:
                answer = self._propfind(url, dav.WHERE)
            except (GoneError, RefusedError, ForbiddenError, _NoDavError):
                continue
            for _, response in dav.responses(answer.tree):
                told = (f"{dav.CALDAV}calendar-home-set", f"{dav.DAV}current-user-principal")
                if _is_calendar(response) or any(dav.hrefs(response, name) for name in told):
                    return answer, response
        raise ServerError(_NO_CALENDARS.format(host_of(self._login.server)))

    def _propfind(self, url: str, body: str, *, depth: int = 0) -> Answer:
        answer = self._wire.ask("PROPFIND", url, body, headers=_XML | {"Depth": str(depth)})
        if not dav.is_multistatus(answer.tree):
            raise _NoDavError(_NO_CALENDARS.format(host_of(self._login.server)))
        return answer

    def _report(self, calendar: str, body: str, *, depth: str = "0") -> Iterator[ServerEvent]:
        answer = self._wire.ask("REPORT", calendar, body, headers=_XML | {"Depth": depth}, what="The calendar")
        if not dav.is_multistatus(answer.tree):
            raise ServerError(_NO_CALENDARS.format(host_of(calendar)))
        for href, response in dav.responses(answer.tree):
            etag, content = dav.text(response, f"{dav.DAV}getetag"), dav.text(response, f"{dav.CALDAV}calendar-data")
            if not (etag and content):
                if dav.is_absent(response):
                    continue
                raise ServerError(
                    f"{host_of(calendar)} does not tell what stands in the calendar, so nothing can be written there "
                    "safely. Try again later."
                )
            yield ServerEvent(href=urljoin(answer.url, href), etag=etag, content=content.encode())


_XML = {"Content-Type": "application/xml; charset=utf-8"}


class _NoDavError(ServerError):
    """What answers is something else, such as a web page."""


def event_address(calendar: str, uid: str) -> str:
    """Where the event of a UID is written: letters, digits and - alone, as not all servers take more in a name."""
    folder = calendar if calendar.endswith("/") else f"{calendar}/"
    return urljoin(folder, re.sub("[^A-Za-z0-9-]", "-", uid) + ".ics")


def _urls(base: str, response: object, name: str) -> list[str]:
    return [urljoin(base, href) for href in dav.hrefs(response, name)]


def _is_calendar(response: object) -> bool:
    kinds = dav.property_of(response, f"{dav.DAV}resourcetype")
    return kinds is not None and kinds.find(f"{dav.CALDAV}calendar") is not None


def _calendar(url: str, response: object) -> ServerCalendar | None:
    """The calendar that a response tells of; None for anything else, and for one that takes no events."""
    if not _is_calendar(response):
        return None
    holds = dav.property_of(response, f"{dav.CALDAV}supported-calendar-component-set")
    kinds = [] if holds is None else [one.get("name") for one in holds.iter(f"{dav.CALDAV}comp")]
    if kinds and "VEVENT" not in kinds:
        return None
    rights = dav.property_of(response, f"{dav.DAV}current-user-privilege-set")
    may = {f"{dav.DAV}{name}" for name in ("all", "write", "write-content", "bind")}
    writable = rights is None or any(one.tag in may for one in rights.iter())
    name = " ".join(dav.text(response, f"{dav.DAV}displayname").split())[:200]
    return ServerCalendar(url=url, name=name or urlsplit(url).path.rstrip("/").rpartition("/")[2], writable=writable)

"""One VEVENT of a file as an ``Event``: when it is, how it repeats, and whether it takes time at all."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TypeVar

from iiplan.calendars.busy_rules import Rule, parse_rule
from iiplan.calendars.busy_text import Component, Line
from iiplan.calendars.busy_values import (
    Length,
    Moment,
    UnreadableError,
    as_length,
    as_moment,
    as_moments,
    as_period,
    instant,
    words,
)
from iiplan.calendars.busy_zones import Zones
from iiplan.calendars.wording import one_line
from iiplan.errors import InputError
from iiplan.model import Coordinates

__all__ = ["NO_TIME", "Event", "Reading", "end_of", "length_between", "name_of", "read_event"]

Read = TypeVar("Read")

_DAY = timedelta(days=1)
NO_TIME = Length()
_POINT = re.compile(r"\s*([+-]?\d{1,3}(?:\.\d{1,20})?)\s+([+-]?\d{1,3}(?:\.\d{1,20})?)\s*(?:[;?].*)?")


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What the events of one calendar are read with.

    ``local`` is the zone of times without one, ``local_name`` what it is called. ``stands_for_utc`` is the one that
    X-WR-TIMEZONE names: programs that write it mean it also where they write UTC, so that a weekly meeting keeps its
    hour when clocks change.
    """

    zones: Zones
    local: tzinfo
    local_name: str
    stands_for_utc: tzinfo | None = None
    cancelled: bool = False


@dataclass(kw_only=True)
class Event:
    """One event, or one changed time of a repeated one (``replaces``; ``onwards`` for all that follow, too).

    ``start`` has a zone unless it is a whole day. ``faults`` are to be told in any case, ``doubts`` only where the
    event lies in the days asked about. ``location`` is where it is in words, ``at`` the point where the file says one.
    """

    title: str
    uid: str
    start: Moment
    length: Length
    free: bool
    rules: tuple[Rule, ...] = ()
    without_rules: tuple[Rule, ...] = ()
    also: tuple[tuple[Moment, Length | None], ...] = ()
    without: tuple[Moment, ...] = ()
    replaces: Moment | None = None
    onwards: bool = False
    sequence: int = 0
    location: str = ""
    at: Coordinates | None = None
    faults: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    @property
    def whole_day(self) -> bool:
        """Whether it takes whole days."""
        return self.start.whole_day

    @property
    def zone(self) -> tzinfo:
        """The zone of its start; that of whole days does not matter."""
        return self.start.zone or UTC


def name_of(component: Component) -> str:
    """The event's title and start, as well as they can be told, to name it in a warning."""
    title = one_line(component.text("SUMMARY"))
    named = words(title) if title else "An event without a title"
    start = component.first("DTSTART")
    if start is None:
        return named
    try:
        moment = as_moment(start.value, None)
    except UnreadableError:
        return named
    shown = f"{moment.wall:%d %b %Y}" if moment.whole_day else f"{moment.wall:%d %b %Y %H:%M}"
    return f"{named} ({shown})"


def read_event(component: Component, reading: Reading) -> Event:
    """The event. Raises ``UnreadableError`` when it cannot be told when it is."""
    doubts: list[str] = []
    faults: list[str] = [] if component.whole else ["the file breaks off in it, so some of it may be missing"]
    start_line = component.first("DTSTART")
    if start_line is None:
        raise UnreadableError("it has no start")
    start = _moment(start_line, reading, doubts).zoned(reading.local)
    if reading.stands_for_utc and start.zone is UTC:
        start = Moment(
            start.wall.replace(tzinfo=UTC).astimezone(reading.stands_for_utc).replace(tzinfo=None),
            reading.stands_for_utc,
        )
    start, length = _length(component, start, reading, doubts)

    replaced = component.first("RECURRENCE-ID")
    replaces = None
    if replaced is not None:
        replaces = _moment(replaced, reading, doubts).zoned(start.zone or reading.local)
    stays = "no time is left out for it"

    def rules(name: str, otherwise: str) -> tuple[Rule, ...]:
        return _all(component, name, lambda line: [parse_rule(line.value)], otherwise, faults)

    return Event(
        title=one_line(component.text("SUMMARY")),
        uid=component.text("UID").strip(),
        start=start,
        length=length,
        free=_is_free(component, reading),
        rules=() if replaces else rules("RRULE", "only its first time is taken"),
        without_rules=rules("EXRULE", stays),
        also=_all(
            component, "RDATE", lambda line: _also(line, start, reading, doubts), "some times are left out", faults
        ),
        without=_all(component, "EXDATE", lambda line: _without(line, start, reading, doubts), stays, faults),
        replaces=replaces,
        onwards=replaced is not None and replaced.parameters.get("RANGE", "").upper() == "THISANDFUTURE",
        sequence=_sequence(component),
        location=one_line(component.text("LOCATION")),
        at=_point(component),
        faults=faults,
        doubts=doubts,
    )


def _all(
    component: Component, name: str, read: Callable[[Line], list[Read]], otherwise: str, faults: list[str]
) -> tuple[Read, ...]:
    """What all lines of a name hold; one that cannot be read is a fault, with what is done ``otherwise``."""
    found: list[Read] = []
    for line in component.lines.get(name, []):
        try:
            found += read(line)
        except UnreadableError as error:
            faults.append(f"{error}, so {otherwise}")
    return tuple(found)


def _zone(line: Line, reading: Reading, doubts: list[str]) -> tzinfo | None:
    name = line.parameters.get("TZID", "")
    if not name:
        return None
    named = reading.zones.named(name)
    doubt = named.doubt if named.zone else f"{named.doubt}, so its hours are read in {reading.local_name}"
    if named.doubt and doubt not in doubts:
        doubts.append(doubt)
    return named.zone


def _moment(line: Line, reading: Reading, doubts: list[str]) -> Moment:
    moment = as_moment(line.value, None)
    return moment if moment.whole_day or moment.zone else Moment(moment.wall, _zone(line, reading, doubts))


def _length(component: Component, start: Moment, reading: Reading, doubts: list[str]) -> tuple[Moment, Length]:
    """The start (no whole day if the end is none) and the length of the event. Raises ``UnreadableError``."""
    end_line, duration = component.first("DTEND"), component.first("DURATION")
    if end_line is not None and end_line.value.strip():
        end = _moment(end_line, reading, doubts)
        if start.whole_day and not end.whole_day:
            start = Moment(start.wall, reading.local)
        length = length_between(start, end.zoned(start.zone or reading.local))
    elif duration is not None:
        length = as_length(duration.value)
    else:
        return start, Length(days=1) if start.whole_day else NO_TIME
    if start.whole_day:
        days = length.days - (-length.exact // _DAY)
        length = Length(days=days if days else 1)  # an end on the day of the start is meant to include it
    if end_of(start, length) < end_of(start, NO_TIME):
        raise UnreadableError("it ends before it starts")
    return start, length


def length_between(start: Moment, end: Moment) -> Length:
    """From one moment to another: in days between whole days, else exact."""
    if start.whole_day:
        return Length(days=(end.wall - start.wall).days)
    zone = start.zone or UTC
    return Length(exact=instant(end.wall, end.zone or zone) - instant(start.wall, zone))


def end_of(start: Moment, length: Length) -> datetime:
    """When something ends, in UTC; whole days on UTC's clocks, since only their order matters."""
    zone = start.zone or UTC
    return instant(start.wall + length.days * _DAY, zone) + length.exact


def _also(line: Line, start: Moment, reading: Reading, doubts: list[str]) -> list[tuple[Moment, Length | None]]:
    """The further times of an RDATE, each with its own length where the file says one."""
    zone = _zone(line, reading, doubts)
    found: list[tuple[Moment, Length | None]] = []
    for part in line.value.split(","):
        if "/" in part:
            begin, end = as_period(part, zone)
            begin = begin.zoned(start.zone or reading.local)
            length = end if isinstance(end, Length) else length_between(begin, end.zoned(begin.zone or reading.local))
            if end_of(begin, length) < end_of(begin, NO_TIME):
                raise UnreadableError(f"the period {words(part)} ends before it starts")
            found.append((begin, length))
        elif part.strip():
            found.append((as_moment(part, zone).zoned(start.zone or reading.local), None))
    return found


def _without(line: Line, start: Moment, reading: Reading, doubts: list[str]) -> list[Moment]:
    zone = _zone(line, reading, doubts)
    return [moment.zoned(start.zone or reading.local) for moment in as_moments(line, zone)]


def _is_free(component: Component, reading: Reading) -> bool:
    return (
        reading.cancelled
        or component.word("STATUS") in {"CANCELLED", "CANCELED"}
        or component.word("TRANSP").startswith("TRANSPARENT")
        or component.word("X-MICROSOFT-CDO-BUSYSTATUS") == "FREE"
    )


def _point(component: Component) -> Coordinates | None:
    """The point of the place, by the standard or as Apple writes it; one that makes no sense is none."""
    geo, apple = component.first("GEO"), component.first("X-APPLE-STRUCTURED-LOCATION")
    for line, parting in ((geo, ";"), (apple, ",")):
        match = line and _POINT.fullmatch(line.value.strip().removeprefix("geo:").replace(parting, " ", 1))
        if match:
            try:
                return Coordinates(latitude=float(match[1]), longitude=float(match[2]))
            except InputError:
                continue
    return None


def _sequence(component: Component) -> int:
    sequence = component.text("SEQUENCE").strip()
    return int(sequence) if sequence.isdecimal() and len(sequence) < 10 else 0

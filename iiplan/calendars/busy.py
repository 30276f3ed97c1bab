"""When somebody is busy, by the calendar files that their own calendar apps export.

Files are hostile, old or odd: whatever is in them, nothing is raised, nothing takes long, and every event that cannot
be read is named in a warning instead of vanishing. What is left out on purpose: cancelled events, those marked as free
time (TRANSP, Outlook's busy status), tasks and notes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from iiplan.calendars.busy_events import Event, Reading, length_between, name_of, read_event
from iiplan.calendars.busy_rules import Work
from iiplan.calendars.busy_series import Occurrence, Stretch, times_of
from iiplan.calendars.busy_text import MOST_EVENTS, Component, RawCalendar, raw_calendars, refusal
from iiplan.calendars.busy_values import Length, UnreadableError, as_period, instant, words
from iiplan.calendars.busy_zones import Zones
from iiplan.calendars.wording import one_line
from iiplan.calendars.zonerules import known_zone, on_the_clock
from iiplan.errors import InputError
from iiplan.model import Coordinates

__all__ = ["MOST_APPOINTMENTS", "BusyEvent", "BusyTimes", "read_busy"]

MOST_APPOINTMENTS = 20_000  # of a file, in the days asked about
_WORK = 2_000_000  # some seconds
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_UNTITLED = "Busy"
_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class BusyEvent:
    """One appointment: aware times in the zone asked for, not cut to the days asked about.

    ``whole_day``: it takes whole days. ``file`` is the name of the file it is from, ``uid`` its identity there.
    ``location`` says where it is, ``at`` the point of it where the file has one.
    """

    start: datetime
    end: datetime
    title: str
    file: str
    whole_day: bool = False
    uid: str = ""
    location: str = ""
    at: Coordinates | None = None


@dataclass(frozen=True, kw_only=True)
class BusyTimes:
    """The appointments in order of start, and in words what could not be read."""

    events: tuple[BusyEvent, ...] = ()
    warnings: tuple[str, ...] = ()


def read_busy(
    files: Iterable[tuple[str, bytes]], *, start: date, end: date, timezone: str, most_work: int = _WORK
) -> BusyTimes:
    """The appointments of all files that lie, at least in part, in the days start <= day < end of a zone.

    ``files`` are names and contents; times without a zone are taken in ``timezone``, an IANA name. ``most_work`` is how
    many candidates of repetitions are looked at, in all files together. Raises ``InputError`` for an unknown zone or an
    end that is not after the start, never for what a file holds.
    """
    zone = known_zone(timezone)
    if end <= start:
        raise InputError(f"The days end on {end:%d %b %Y}, which is not after their start on {start:%d %b %Y}.")
    if start.year < _FIRST_YEAR or end.year > _LAST_YEAR:
        raise InputError(f"The days {start} to {end} are too far away. Choose some from {_FIRST_YEAR} to {_LAST_YEAR}.")
    stretch = Stretch(_midnight(start, zone), _midnight(end, zone), zone)
    found: set[BusyEvent] = set()
    warnings: Counter[str] = Counter()
    work = Work(most_work)
    for name, data in files:
        file = _File(one_line(name) or "calendar", zone, stretch, work)
        found.update(file.read(data))
        warnings.update(file.warnings)
    return BusyTimes(
        events=tuple(sorted(found, key=_order)),
        warnings=tuple(text if times == 1 else f"{text} ({times:,} times)" for text, times in warnings.items()),
    )


class _File:
    """The reading of one file; ``warnings`` are complete once ``read`` has returned."""

    def __init__(self, name: str, zone: ZoneInfo, stretch: Stretch, work: Work) -> None:
        self.name = name
        self.zone = zone
        self.stretch = stretch
        self.work = work
        self.warnings: list[str] = []

    def read(self, data: bytes) -> set[BusyEvent]:
        """The appointments in the stretch."""
        if why := refusal(data):
            self.warn(why)
            return set()
        calendars, all_of_it = raw_calendars(data)
        if not all_of_it:
            self.warn(f"It holds more than {MOST_EVENTS:,} events, and those after them were not read.")
        if len(calendars) == 1 and not calendars[0].events and not calendars[0].free_busy:
            self.warn("There is no calendar in this file. Export one as iCalendar (.ics).")
        of_all = Zones([zone for calendar in calendars for zone in calendar.zones])
        events: dict[object, list[Event]] = {}
        found: set[BusyEvent] = set()
        for calendar in calendars:
            if not self.is_ours(calendar):
                continue
            reading = self.reading(calendar, of_all)
            for event in self.events(calendar, reading):
                events.setdefault(event.uid or id(event), []).append(event)
            for component in calendar.free_busy:
                found.update(self.free_busy(component, reading))
        for same in events.values():
            found.update(self.appointments(same))
        if len(found) > MOST_APPOINTMENTS:
            self.warn(f"More than {MOST_APPOINTMENTS:,} appointments lie in these days; those after them are left out.")
        return set(sorted(found, key=_order)[:MOST_APPOINTMENTS])

    def warn(self, text: str) -> None:
        """Say something about the file."""
        self.warnings.append(f"{self.name}: {text}")

    def is_ours(self, calendar: RawCalendar) -> bool:
        """Whether the calendar counts its days as we do."""
        scale = calendar.lines.word("CALSCALE") or "GREGORIAN"
        if scale == "GREGORIAN":
            return True
        self.warn(f"A calendar in it counts days in the way of {words(scale)}, so its events are left out.")
        for component in calendar.events:
            self.warn(f"{name_of(component)} is left out.")
        return False

    def reading(self, calendar: RawCalendar, of_all: Zones) -> Reading:
        """What the calendar's events are read with."""
        zones = Zones(calendar.zones, of_all)
        name = calendar.lines.text("X-WR-TIMEZONE").strip()
        named = zones.named(name) if name else None
        if named and named.doubt:
            read_in = "" if named.zone else f", so its hours are read in {self.zone.key}"
            self.warn(f"About the whole calendar: {named.doubt}{read_in}.")
        return Reading(
            zones=zones,
            local=named.zone if named and named.zone else self.zone,
            local_name=name if named and named.zone else self.zone.key,
            stands_for_utc=named.zone if named else None,
            cancelled=calendar.lines.word("METHOD") == "CANCEL",
        )

    def events(self, calendar: RawCalendar, reading: Reading) -> Iterator[Event]:
        """The events that can be read; the others are named in warnings."""
        for component in calendar.events:
            try:
                yield read_event(component, reading)
            except UnreadableError as error:
                self.warn(f"{name_of(component)} is left out: {error}.")
            except (ValueError, OverflowError):
                self.warn(f"{name_of(component)} is left out: its times are out of all bounds.")

    def appointments(self, events: list[Event]) -> Iterator[BusyEvent]:
        """The times of all events of one UID that take time in the stretch, and the warnings about them."""
        near = Stretch(self.stretch.first - _DAY, self.stretch.last + _DAY, self.stretch.zone)
        doubtful: set[str] = set()
        try:
            for one in times_of(events, near, self.work):
                if one.event.free:
                    continue
                doubtful.update(f"{_named(one.event)}: {doubt}." for doubt in one.event.doubts)
                if one.start < self.stretch.last and self.stretch.first < one.end and one.start < one.end:
                    yield self.appointment(one)
                elif one.start == one.end and self.stretch.first <= one.start < self.stretch.last:
                    doubtful.add(f"{_named(one.event)} is left out: it has no length, so it takes no time.")
        except (ValueError, OverflowError):
            self.warn(f"{_named(events[0])} is left out: its times are out of all bounds.")
        for text in sorted(doubtful):
            self.warn(text)
        for event in events:
            if not event.free:
                for fault in event.faults:
                    self.warn(f"{_named(event)}: {fault}.")

    def appointment(self, one: Occurrence) -> BusyEvent:
        """An occurrence as others see it."""
        return BusyEvent(
            start=on_the_clock(one.start, self.zone),
            end=on_the_clock(one.end, self.zone),
            title=one.event.title or _UNTITLED,
            file=self.name,
            whole_day=one.event.whole_day,
            uid=one.event.uid,
            location=one.event.location,
            at=one.event.at,
        )

    def free_busy(self, component: Component, reading: Reading) -> Iterator[BusyEvent]:
        """The busy times of a VFREEBUSY."""
        title = one_line(component.text("SUMMARY")) or _UNTITLED
        for line in component.lines.get("FREEBUSY", []):
            if line.parameters.get("FBTYPE", "BUSY").upper() == "FREE":
                continue
            for part in line.value.split(","):
                try:
                    begin, end = as_period(part, UTC)
                    start = instant(begin.wall, begin.zone or reading.local)
                    length = end if isinstance(end, Length) else length_between(begin, end)
                    stop = start + length.days * _DAY + length.exact
                except (ValueError, OverflowError):
                    self.warn(f"The busy time {words(part)} cannot be read and is left out.")
                    continue
                if stop <= start:
                    self.warn(f"The busy time {words(part)} ends before it starts and is left out.")
                elif start < self.stretch.last and self.stretch.first < stop:
                    yield BusyEvent(
                        start=on_the_clock(start, self.zone),
                        end=on_the_clock(stop, self.zone),
                        title=title,
                        file=self.name,
                    )


def _order(one: BusyEvent) -> tuple[datetime, datetime, str, str]:
    return one.start.astimezone(UTC), one.end.astimezone(UTC), one.title, one.file


def _named(event: Event) -> str:
    named = words(event.title) if event.title else "An event without a title"
    wall = event.start.wall
    return f"{named} ({wall:%d %b %Y})" if event.whole_day else f"{named} ({wall:%d %b %Y %H:%M})"


def _midnight(day: date, zone: tzinfo) -> datetime:
    return instant(datetime.combine(day, time()), zone)

"""Files that calendar programs are tried with, all made by iiplan itself from trips that it planned.

A file comes with what it means: each entry's UID, instants and words, and whether it is off.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from iiplan.calendars import CalendarOptions
from iiplan.calendars.wording import many_lines, one_line
from iiplan.model import Candidate, Contact, Coordinates, Format, Place, TimeWindow, TouchKind, Trip
from iiplan.planner import asking, calendar_out, offering, trips, week
from iiplan.planner.calendar_out import CalendarWeek, Scope, Which
from iiplan.planner.workspace import Workspace, open_workspace

__all__ = ["ZONES", "Meant", "Replay", "Week", "replay", "whole_week"]

# The first of eight days during which clocks change; in Casablanca as Ramadan ends, which no yearly rule says.
ZONES = {
    "America/New_York": date(2027, 3, 10),
    "Europe/Berlin": date(2027, 3, 24),
    "Australia/Lord_Howe": date(2027, 3, 31),  # by half an hour
    "Africa/Casablanca": date(2027, 3, 10),
}
BASE = Place(name="Hotel", at=Coordinates(latitude=38.9007, longitude=-77.0365))
OFFICE = Place(
    name='Café "Zur; Post", 3. Stock', address="Straße 5\\7", at=Coordinates(latitude=38.9025, longitude=-77.0285)
)
EVERYTHING = CalendarOptions(ways=True, notes=True, lunch=True, confirm=True, thank=True, reminder_entries=True)
NOW = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
NAMES = (
    "Zoë Ærøskøbing, Prof.; Dr. \\ O’Neill",
    "佐藤 花子 🧑🏽‍🔬🏛️",
    "A name that runs on and on " + "über alle Zeilen " * 10,
    "Two\nlines\\n, not three",
    "Plain Person",
)


@dataclass(frozen=True, kw_only=True)
class Meant:
    """What one entry of a file means; times in UTC."""

    uid: str
    start: datetime
    end: datetime
    summary: str
    description: str
    off: bool
    takes_time: bool


@dataclass(frozen=True, kw_only=True)
class Week:
    """A file and what it means."""

    content: bytes
    entries: tuple[Meant, ...]


@dataclass(frozen=True, kw_only=True)
class Replay:
    """A first export; then the whole plan again and the changes alone, after one moved, one came and one was off."""

    first: Week
    whole: Week
    changes: Week


def whole_week(folder: Path, zone: str) -> Week:
    """The whole plan of a trip through the change of the clocks."""
    ws, trip = _planned(folder, zone)
    # agreed since the plan: a call in the hour that clocks skip or show twice, or near it
    night = _at(trip, trip.days[4].date, 1, 45)
    _person(ws, trip, "p5", "Night Owl", fixed_start=night, format=Format.CALL, place=None)
    return _export(ws, trip, Scope())


def replay(folder: Path) -> Replay:
    """The same trip exported, changed, and exported again in both ways."""
    ws, trip = _planned(folder, "America/New_York")
    first = _export(ws, trip, Scope())
    later = Workspace(store=ws.store, now=lambda: NOW + timedelta(hours=1))
    on = [day.date for day in trip.days]
    known = {one.contact_id: one for one in ws.store.candidates(trip.id)}
    ws.store.save_candidates([replace(known["p0"], fixed_start=_at(trip, on[1], 15, 30))])
    asking.free_hours(later, asking.log(later, "p1", TouchKind.CANCELLED))
    _person(later, trip, "p9", "Néw, Person", fixed_start=_at(trip, on[7], 11))
    last = Workspace(store=ws.store, now=lambda: NOW + timedelta(hours=2))
    week.plan(last, trip)
    found = calendar_out.calendar_week(last, trip)
    whole, changes = (_week(found, scope) for scope in (Scope(), Scope(which=Which.CHANGES)))
    return Replay(first=first, whole=whole, changes=changes)


def _planned(folder: Path, zone: str) -> tuple[Workspace, Trip]:
    """Five people on eight days, Saturday and Sunday included: agreed, proposed, held, and one in the night."""
    folder.mkdir(parents=True, exist_ok=True)
    ws = open_workspace(folder / "programs.sqlite", now=lambda: NOW)
    first = ZONES[zone]
    trip = trips.new_trip(name="Zoë’s week; all, of it", city="City", timezone=zone, first=first, last=first + 7 * DAY)
    trip = replace(trip, id=f"in {zone}", base=BASE, days=tuple(replace(day, off=False) for day in trip.days))
    ws.store.save_trip(trip)
    days = [day.date for day in trip.days]
    _person(ws, trip, "p0", NAMES[0], fixed_start=_at(trip, days[0], 10))
    _person(ws, trip, "p1", NAMES[1], fixed_start=_at(trip, days[3], 16))  # the day before the clocks change
    _person(ws, trip, "p2", NAMES[2], fixed_start=_at(trip, days[4], 9, 45))  # the day on which they do
    _person(ws, trip, "p3", NAMES[3], windows=_window(trip, days[5]))
    _person(ws, trip, "p4", NAMES[4], windows=_window(trip, days[6]), format=Format.CALL, place=None)
    calendar_out.save_options(ws, EVERYTHING)
    week.plan(ws, trip)
    offering.make_offer(ws, trip, "p4", [_at(trip, days[6], 11), _at(trip, days[6], 14)])
    return ws, trip


DAY = timedelta(days=1)


def _person(ws: Workspace, trip: Trip, key: str, name: str, **details: object) -> None:
    ws.store.save_contact(
        Contact(id=key, name=name, role="Direktor;in\n, \\n", organisation="Häuser & Söhne", phone="+1 202 555 0100")
    )
    place = {"place": OFFICE, **details}
    ws.store.save_candidates([Candidate(contact_id=key, trip_id=trip.id, **place)])  # type: ignore[arg-type]


def _at(trip: Trip, day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), ZoneInfo(trip.timezone))


def _window(trip: Trip, day: date) -> tuple[TimeWindow, ...]:
    return (TimeWindow(start=_at(trip, day, 9), end=_at(trip, day, 17)),)


def _export(ws: Workspace, trip: Trip, scope: Scope) -> Week:
    """A file, handed out."""
    found = calendar_out.calendar_week(ws, trip)
    calendar_out.record(ws, trip, calendar_out.export(found, scope))
    return _week(found, scope)


def _week(found: CalendarWeek, scope: Scope) -> Week:
    done = calendar_out.export(found, scope)
    entries = (edition.entry for edition in done.editions)
    return Week(
        content=done.content,
        entries=tuple(
            Meant(
                uid=one.uid,
                start=one.start.astimezone(UTC),
                end=one.end.astimezone(UTC),
                summary=one_line(one.summary),
                description=many_lines(one.description),
                off=one.off,
                takes_time=one.takes_the_hour,
            )
            for one in entries
        ),
    )

"""The demo: invented people in a real city, laid out around today so that it never goes stale.

The folder holds five JSON files. ``trip.json``: the trip, its days by weekday. ``people.json``: a list of people, each
with a ``key`` that the other files use. ``touches.json``: each person's log by key, dated in business days before
today and clock times in the trip's zone, promises (``promised_in``) in business days after it. ``candidates.json``:
whom to meet, with windows by weekday. ``learned.json``: debriefs and insights, dated in business days before today.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo, available_timezones

from iiplan.errors import InputError
from iiplan.model import (
    Authority,
    Busy,
    Candidate,
    Channel,
    Contact,
    Coordinates,
    Debrief,
    DebriefText,
    Format,
    Insight,
    Place,
    PlaceOrigin,
    Source,
    TimeWindow,
    Touch,
    TouchKind,
    TravelMode,
    Trip,
    TripDay,
)
from iiplan.outreach import add_business_days
from iiplan.planner.demo_entry import Entry, about, each, known, load, weekday
from iiplan.planner.demo_learned import read_learned

__all__ = ["DemoData", "read_demo"]

NOTICE = 8  # the trip starts at least so many days ahead


@dataclass(frozen=True, kw_only=True)
class DemoData:
    """All nouns of the demo, with fresh random ids; debriefs without versions, each with what is to be saved."""

    contacts: tuple[Contact, ...]
    touches: tuple[Touch, ...]
    trip: Trip
    candidates: tuple[Candidate, ...]
    debriefs: tuple[tuple[Debrief, DebriefText], ...]
    insights: tuple[Insight, ...]


def read_demo(folder: Path, now: datetime) -> DemoData:
    """The demo as it looks at ``now`` (aware): the trip on the first Monday at least eight days ahead, every touch
    on a day before today. Pure but for reading the files; an ``InputError`` names the file and the entry."""
    if now.utcoffset() is None:
        raise InputError(f"The time to lay the demo out for ({now.isoformat()}) has no time zone. Give it one.")
    with about("trip.json"):
        trip = _trip(Entry(load(folder, "trip.json")), now)
    people = load(folder, "people.json")
    ids: dict[str, str] = {}
    each("people.json", people, "key", lambda entry: _name(entry, ids))
    contacts = each("people.json", people, "key", lambda entry: _contact(entry, ids))
    today = now.astimezone(trip.zone).date()
    with about("touches.json"):
        logs = Entry(load(folder, "touches.json")).items()
    touches = [touch for key, log in logs for touch in _touches(key, log, ids, trip, today)]
    candidates = each(
        "candidates.json", load(folder, "candidates.json"), "person", lambda entry: _candidate(entry, ids, trip)
    )
    debriefs, insights = read_learned(folder, ids, today)
    return DemoData(
        contacts=tuple(contacts),
        touches=tuple(touches),
        trip=trip,
        candidates=tuple(candidates),
        debriefs=debriefs,
        insights=insights,
    )


def _name(entry: Entry, ids: dict[str, str]) -> None:
    key = entry.text("key")
    if key in ids:
        raise InputError(f"The key {key!r} is taken. Give each person their own.")
    ids[key] = uuid4().hex


def _trip(entry: Entry, now: datetime) -> Trip:
    timezone = entry.text("timezone")
    if timezone not in available_timezones():
        raise InputError(f"timezone is {timezone!r}. Use an IANA name such as America/New_York.")
    soonest = now.astimezone(ZoneInfo(timezone)).date() + timedelta(days=NOTICE)
    monday = soonest + timedelta(days=-soonest.weekday() % 7)
    trip = Trip(
        id=uuid4().hex,
        name=entry.text("name"),
        city=entry.text("city"),
        timezone=timezone,
        country=entry.text("country", ""),
        mode=entry.word("mode", TravelMode, TravelMode.TRANSIT),
        base=entry.part("base", _place),
        days=tuple(entry.parts("days", lambda day: _trip_day(day, monday))),
    )
    entry.finish()
    return trip


def _trip_day(entry: Entry, monday: date) -> TripDay:
    usual = TripDay(date=monday)
    day = TripDay(
        date=monday + timedelta(days=entry.weekday("day")),
        start=entry.clock("start", usual.start),
        end=entry.clock("end", usual.end),
        busy=tuple(entry.parts("busy", _busy)),
    )
    entry.finish()
    return day


def _busy(entry: Entry) -> Busy:
    busy = Busy(start=entry.clock("from"), end=entry.clock("to"), title=entry.text("title", ""))
    entry.finish()
    return busy


def _place(entry: Entry) -> Place:
    at = Coordinates(latitude=entry.number("lat"), longitude=entry.number("lon"))
    place = Place(name=entry.text("name", ""), address=entry.text("address"), at=at, origin=PlaceOrigin.DEMO)
    entry.finish()
    return place


def _contact(entry: Entry, ids: Mapping[str, str]) -> Contact:
    referrer = entry.text("referred_by", "")
    contact = Contact(
        id=ids[entry.text("key")],
        name=entry.text("name"),
        role=entry.text("role", ""),
        organisation=entry.text("organisation", ""),
        city=entry.text("city", ""),
        place=entry.part("place", _place) if entry.has("place") else None,
        email=entry.text("email", ""),
        phone=entry.text("phone", ""),
        profile_url=entry.text("profile_url", ""),
        source=entry.word("source", Source),
        authority=entry.word("authority", Authority),
        referred_by=known(ids, referrer) if referrer else None,
        notes=entry.text("notes", ""),
    )
    entry.finish()
    return contact


def _touches(key: str, log: object, ids: Mapping[str, str], trip: Trip, today: date) -> list[Touch]:
    named: dict[str, str] = {}
    with about(f"touches.json, {key}"):
        contact_id = known(ids, key)
    return each(f"touches.json, {key}", log, "kind", lambda entry: _touch(entry, named, ids, contact_id, trip, today))


def _touch(
    entry: Entry, named: dict[str, str], ids: Mapping[str, str], contact_id: str, trip: Trip, today: date
) -> Touch:
    """``named`` collects the ids of touches with a ``key``, which a later void may take back."""
    ago = entry.whole("business_days_ago")
    if ago < 1:
        raise InputError(f"business_days_ago is {ago}. Give 1 or more, so that nothing lies in the future.")
    voids, through = entry.text("voids", ""), entry.text("through", "")
    touch = Touch(
        id=uuid4().hex,
        contact_id=contact_id,
        kind=entry.word("kind", TouchKind),
        at=datetime.combine(add_business_days(today, -ago), entry.clock("at"), trip.zone),
        timezone=trip.timezone,
        trip_id=trip.id,
        channel=entry.word("channel", Channel) if entry.has("channel") else None,
        note=entry.text("note", ""),
        voids=known(named, voids) if voids else None,
        template=entry.text("template", ""),
        through=known(ids, through) if through else None,
        follow_up_on=add_business_days(today, entry.whole("promised_in")) if entry.has("promised_in") else None,
    )
    if entry.has("key"):
        named[entry.text("key")] = touch.id
    entry.finish()
    return touch


def _candidate(entry: Entry, ids: Mapping[str, str], trip: Trip) -> Candidate:
    windows = entry.parts("windows", lambda part: _windows(part, trip))
    candidate = Candidate(
        contact_id=known(ids, entry.text("person")),
        trip_id=trip.id,
        format=entry.word("format", Format, Format.IN_PERSON),
        duration=entry.whole("duration", 30),
        value=entry.whole("value"),
        must=entry.flag("must"),
        seat=entry.text("seat", ""),
        windows=tuple(window for several in windows for window in several),
        fixed_start=entry.part("fixed", lambda part: _fixed(part, trip)) if entry.has("fixed") else None,
    )
    entry.finish()
    return candidate


def _fixed(entry: Entry, trip: Trip) -> datetime:
    start = datetime.combine(trip.first_day + timedelta(days=entry.weekday("day")), entry.clock("at"), trip.zone)
    entry.finish()
    return start


def _windows(entry: Entry, trip: Trip) -> list[TimeWindow]:
    """One window for each of the days, in the trip's week or ``week`` weeks after it."""
    opens, closes, weeks = entry.clock("from"), entry.clock("to"), entry.whole("week", 0)
    days = [trip.first_day + timedelta(weeks=weeks, days=weekday(name)) for name in entry.words("days")]
    entry.finish()
    return [
        TimeWindow(
            start=datetime.combine(day, opens, trip.zone),
            end=datetime.combine(day, closes, trip.zone),
        )
        for day in days
    ]

"""Small worlds for tests: builders that show only what matters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from iiplan.model import Candidate, Contact, Coordinates, Format, Place, TimeWindow, Trip
from iiplan.planner.trips import new_trip
from iiplan.planner.workspace import Workspace

WASHINGTON = ZoneInfo("America/New_York")
MONDAY = date(2026, 12, 7)
BASE = Place(name="Hotel", at=Coordinates(latitude=38.9007, longitude=-77.0365))
NEAR = Place(name="Office", address="1200 K St NW", at=Coordinates(latitude=38.9025, longitude=-77.0285))


def a_trip(ws: Workspace, *, base: Place | None = BASE, name: str = "Washington week") -> Trip:
    """Five free days from MONDAY, saved."""
    trip = new_trip(
        name=name, city="Washington", timezone="America/New_York", first=MONDAY, last=MONDAY + timedelta(days=4)
    )
    trip = replace(trip, base=base)
    ws.store.save_trip(trip)
    return trip


def a_window(day: int = 0, start: int = 9, end: int = 17) -> TimeWindow:
    """Whole hours of the trip's day number ``day``."""
    on = MONDAY + timedelta(days=day)
    return TimeWindow(
        start=datetime.combine(on, time(start), WASHINGTON), end=datetime.combine(on, time(end), WASHINGTON)
    )


def a_person(ws: Workspace, name: str, **details: object) -> Contact:
    """A saved contact whose id is the name in lower case."""
    contact = Contact(id=name.lower(), name=name, **details)  # type: ignore[arg-type]
    ws.store.save_contact(contact)
    return contact


def a_candidate(ws: Workspace, trip: Trip, name: str, *windows: TimeWindow, **details: object) -> Candidate:
    """A saved person and candidate, met at NEAR unless told otherwise."""
    a_person(ws, name, role="Analyst", organisation="Acme")
    settings: dict[str, object] = {"place": NEAR, "windows": windows, **details}
    if settings.get("format") is Format.CALL:
        settings["place"] = None
    candidate = Candidate(contact_id=name.lower(), trip_id=trip.id, **settings)  # type: ignore[arg-type]
    ws.store.save_candidates([candidate])
    return candidate

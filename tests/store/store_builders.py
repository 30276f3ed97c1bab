"""Nouns that show only what a test is about."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from iiplan.model import Candidate, Contact, HandedOut, Revision, Touch, TouchKind, Trip, TripDay

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def person(contact_id: str, **given: Any) -> Contact:
    return Contact(**{"id": contact_id, "name": contact_id.title(), **given})


def touch(touch_id: str, contact_id: str = "ann", **given: Any) -> Touch:
    return Touch(**{"id": touch_id, "contact_id": contact_id, "kind": TouchKind.ASKED, "at": NOON, **given})


def week(trip_id: str = "dc", first: date = date(2027, 3, 1), **given: Any) -> Trip:
    days = tuple(TripDay(date=first + timedelta(days=n)) for n in range(5))
    given = {"name": trip_id, "city": "Washington", "timezone": "America/New_York", "days": days, **given}
    return Trip(id=trip_id, **given)


def candidate(contact_id: str, trip_id: str = "dc", **given: Any) -> Candidate:
    return Candidate(contact_id=contact_id, trip_id=trip_id, **given)


def handed_out(uid: str) -> HandedOut:
    return HandedOut(uid=uid, digest="d", revision=Revision(sequence=0, modified=NOON), content='{"a": 1}')

"""Small worlds for the forecast: who was asked when, what they said, and a trip ahead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from iiplan.forecast import Assumptions, SourceAssumption
from iiplan.model import Cadence, Candidate, Contact, Source, Touch, TouchKind, Trip, TripDay
from iiplan.outreach import History, Rules, add_business_days, history

BERLIN = ZoneInfo("Europe/Berlin")
TODAY = date(2027, 3, 1)  # a Monday
NOW = datetime.combine(TODAY, time(10), BERLIN)
RULES = Rules(zone=BERLIN)
_numbers = count(1)

Said = tuple[str, int]  # a kind of touch, and how many business days ago


def known(name: str, *said: Said, source: Source = Source.ALUMNI, **details: object) -> History:
    """A person and what happened with them; one hour apart on the same day."""
    contact = Contact(id=name, name=name, source=source, **details)  # type: ignore[arg-type]
    touches = [
        Touch(
            id=f"t{next(_numbers)}",
            contact_id=name,
            kind=TouchKind(kind),
            at=add_business_days(NOW, -ago) - timedelta(hours=len(said) - place),
            timezone="Europe/Berlin",
        )
        for place, (kind, ago) in enumerate(said)
    ]
    return history(contact, touches)


def many(number: int, *said: Said, source: Source = Source.ALUMNI, name: str = "p", **details: object) -> list[History]:
    """So many people alike."""
    return [known(f"{name}-{source}-{n}", *said, source=source, **details) for n in range(number)]


def trip(first: date, days: int = 5, *, off: Sequence[int] = (), most: int = 4, city: str = "Berlin") -> Trip:
    """A trip; ``off`` are numbers of days, the first being 0."""
    return Trip(
        id="berlin",
        name="Berlin week",
        city=city,
        timezone="Europe/Berlin",
        days=tuple(
            TripDay(date=first + timedelta(days=n), off=n in off, min_meetings=0, max_meetings=most)
            for n in range(days)
        ),
    )


def agreed(name: str, day: date, hour: int = 10) -> Candidate:
    """A candidate whose hour is agreed."""
    return Candidate(contact_id=name, trip_id="berlin", fixed_start=datetime.combine(day, time(hour), BERLIN))


def alike(answered: float, yes: float, *, worth: float = 1_000, **details: object) -> Assumptions:
    """The same is assumed of every source; at this weight the chances hardly vary."""
    sources = tuple(SourceAssumption(source=one, answered=answered, yes=yes, worth=worth) for one in Source)
    return Assumptions(sources=sources, **{"kept": 1.0, **details})  # type: ignore[arg-type]


def pace(a_day: int, **details: object) -> Rules:
    """Rules with so many new asks a day."""
    return Rules(cadence=Cadence(new_asks_a_day=a_day), zone=BERLIN, **details)  # type: ignore[arg-type]

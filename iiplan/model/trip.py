"""A trip: a city, its days, and the people we would meet there."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from iiplan.errors import InputError
from iiplan.model._checks import optional_text, require_aware, require_range, require_text, zone
from iiplan.model.place import Place

__all__ = ["Busy", "Candidate", "Format", "Lunch", "TimeWindow", "TravelMode", "Trip", "TripDay", "Weights"]

MOST_DAYS = 31
_COUNTRY = re.compile("[A-Z]{2}(-[A-Z0-9]{1,3})?")


class TravelMode(StrEnum):
    """How the traveller gets about."""

    WALK = "walk"
    BIKE = "bike"
    TRANSIT = "transit"
    CAR = "car"


class Format(StrEnum):
    """How a meeting is held."""

    IN_PERSON = "in_person"
    CALL = "call"


@dataclass(frozen=True, kw_only=True)
class TimeWindow:
    """A half-open stretch of time, start <= t < end; both aware.

    In one zone the clocks are compared, so hours that clocks show backwards, when they go back, are refused.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        require_aware(self.start, "The start of the hours")
        require_aware(self.end, "The end of the hours")
        if self.end <= self.start:
            raise InputError(
                f"The hours {self.start:%a %d %b %H:%M} to {self.end:%H:%M} end before they start. Swap the two."
            )


@dataclass(frozen=True, kw_only=True)
class Busy:
    """An appointment of the traveller's own, on one day, in the trip's local time."""

    start: time
    end: time
    title: str = ""

    def __post_init__(self) -> None:
        optional_text(self.title, "The appointment's title")
        if self.end <= self.start:
            raise InputError(
                f"The appointment {self.title or 'without a title'} ends at {self.end:%H:%M}, not after its start "
                f"at {self.start:%H:%M}. Swap the two."
            )


@dataclass(frozen=True, kw_only=True)
class Lunch:
    """A break of ``minutes`` somewhere between ``earliest`` and ``latest``, local time."""

    earliest: time = time(11, 30)
    latest: time = time(14, 0)
    minutes: int = 45

    def __post_init__(self) -> None:
        require_range(self.minutes, "The lunch", 5, 240, "minutes")
        room = _minutes(self.latest) - _minutes(self.earliest)
        if room < self.minutes:
            raise InputError(
                f"A lunch of {self.minutes} minutes does not fit between {self.earliest:%H:%M} and "
                f"{self.latest:%H:%M}. Widen the hours or shorten the lunch."
            )


@dataclass(frozen=True, kw_only=True)
class TripDay:
    """One day of a trip: hours away from the base in local time, how many meetings, and what else happens.

    A day that is ``off`` keeps its settings and has no meetings.
    """

    date: date
    start: time = time(8, 30)
    end: time = time(18, 0)
    min_meetings: int = 3
    max_meetings: int = 4
    lunch: Lunch | None = field(default_factory=Lunch)
    busy: tuple[Busy, ...] = ()
    off: bool = False

    def __post_init__(self) -> None:
        name = f"{self.date:%a %d %b %Y}"
        if self.end <= self.start:
            raise InputError(
                f"{name} ends at {self.end:%H:%M}, not after its start at {self.start:%H:%M}. Swap the two."
            )
        require_range(self.max_meetings, f"The most meetings on {name}", 1, 6)
        require_range(self.min_meetings, f"The fewest meetings on {name}", 0, self.max_meetings)


@dataclass(frozen=True, kw_only=True)
class Weights:
    """Points given (the first two) and taken (the rest), whole numbers of 0 or more; see docs/scheduling.md."""

    value: int = 240
    must: int = 100_000
    missing_meeting: int = 60
    missed_lunch: int = 120
    travel_minute: int = 4
    idle_minute: int = 1


@dataclass(frozen=True, kw_only=True)
class Trip:
    """A week (or so) in a city. Days run from the first to the last without gaps; ``base`` is where they start.

    ``country`` says whose public holidays are no business days: its ISO 3166 code, with that of a part of it where
    those differ ("DE", "US-DC"); empty: none are known.
    """

    id: str
    name: str
    city: str
    timezone: str
    days: tuple[TripDay, ...]
    base: Place | None = None
    mode: TravelMode = TravelMode.TRANSIT
    grid_minutes: int = 15
    weights: Weights = field(default_factory=Weights)
    country: str = ""

    def __post_init__(self) -> None:
        require_text(self.name, "The trip's name")
        require_text(self.city, "The trip's city")
        zone(self.timezone)
        if self.country and not _COUNTRY.fullmatch(self.country):
            raise InputError(f"{self.country!r} is no country code. Use one such as DE or US-DC, or none.")
        if not self.days:
            raise InputError(f"The trip {self.name} has no days. Choose its first and last day.")
        require_range(len(self.days), f"The number of days of {self.name}", 1, MOST_DAYS, "days")
        dates = [day.date for day in self.days]
        if dates != [dates[0] + timedelta(days=n) for n in range(len(dates))]:
            raise InputError(f"The days of {self.name} must follow one another without gaps; mark free ones as off.")
        if self.grid_minutes not in {5, 10, 15, 20, 30, 60}:
            raise InputError(
                f"Meetings cannot start every {self.grid_minutes} minutes. Choose 5, 10, 15, 20, 30 or 60."
            )

    @property
    def zone(self) -> ZoneInfo:
        """The trip's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def first_day(self) -> date:
        """The first date of the trip."""
        return self.days[0].date

    @property
    def last_day(self) -> date:
        """The last date of the trip."""
        return self.days[-1].date


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A contact we would meet on a trip.

    ``value`` is 1 to 10 stars. ``arrive_early`` and ``debrief`` are minutes; ``None`` means the usual ones.
    ``place`` overrides the contact's own. At most one candidate of the same ``seat`` is met. ``fixed_start``
    is the agreed start: the meeting never moves by itself.
    """

    contact_id: str
    trip_id: str
    format: Format = Format.IN_PERSON
    duration: int = 30
    value: int = 5
    must: bool = False
    seat: str = ""
    place: Place | None = None
    windows: tuple[TimeWindow, ...] = ()
    fixed_start: datetime | None = None
    arrive_early: int | None = None
    debrief: int | None = None

    def __post_init__(self) -> None:
        require_range(self.duration, "The length of the meeting", 5, 480, "minutes")
        require_range(self.value, "The value", 1, 10, "stars")
        optional_text(self.seat, "The seat")
        for minutes, what in ((self.arrive_early, "Being early"), (self.debrief, "The time for notes")):
            if minutes is not None:
                require_range(minutes, what, 0, 240, "minutes")
        if self.fixed_start is not None:
            require_aware(self.fixed_start, "The agreed start")


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute

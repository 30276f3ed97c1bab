"""The traveller's own calendar: when it says that they are busy, and keeping that with the days of a trip."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from iiplan.calendars import BusyEvent, BusyTimes, read_busy
from iiplan.lookup.addresses import parse_address
from iiplan.lookup.fetch import fetch
from iiplan.model import Busy, Trip, TripDay

__all__ = [
    "Addition",
    "add_appointments",
    "busy_document",
    "fetched",
    "is_from_iiplan",
    "last_day",
    "merged",
    "parts_of_days",
    "put_back",
    "read_for_trip",
    "without",
]

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_LAST_MINUTE = time(23, 59)  # a day's appointments end on the day itself
_MOST_TITLE = 200


@dataclass(frozen=True, kw_only=True)
class Addition:
    """A trip with appointments put in: how many entries of days are ``new``, and how many were ``there`` already."""

    trip: Trip
    new: int
    there: int


def read_for_trip(trip: Trip, files: Iterable[tuple[str, bytes]]) -> BusyTimes:
    """The appointments of calendar files in the days of the trip; ``files`` are names and contents."""
    return read_busy(files, start=trip.first_day, end=trip.last_day + _DAY, timezone=trip.timezone)


def fetched(url: str, *, own_network: bool) -> tuple[str, bytes]:
    """The calendar at an address, under the name of its host: the rest may be a secret. InputError with the cure.

    ``own_network`` is whether machines of the user's own network may be asked, this one included.
    """
    return parse_address(url).host, fetch(url, private_allowed=own_network)


def is_from_iiplan(event: BusyEvent) -> bool:
    """Whether an appointment is a meeting that iiplan itself wrote into a calendar: no reason to plan around it."""
    return event.uid.endswith("@iiplan")


def last_day(event: BusyEvent) -> date:
    """The last day on which an appointment takes time."""
    return (event.end.astimezone(UTC) - timedelta(microseconds=1)).astimezone(event.end.tzinfo).date()


def merged(events: Iterable[BusyEvent], *, start: date, end: date, timezone: str) -> tuple[BusyEvent, ...]:
    """The stretches of time taken in the days start <= day < end, cut to them, in order and without overlap.

    What overlaps or touches is one stretch; its titles, and its files, stand in order of start, each once, with "; "
    between.
    """
    zone = ZoneInfo(timezone)
    first, last = (datetime.combine(day, time(), zone).astimezone(UTC) for day in (start, end))
    stretches: list[tuple[datetime, datetime, list[BusyEvent]]] = []
    for event in sorted(events, key=lambda one: one.start.astimezone(UTC)):
        begin, stop = max(event.start.astimezone(UTC), first), min(event.end.astimezone(UTC), last)
        if begin >= stop:
            continue
        if stretches and begin <= stretches[-1][1]:
            before, until, together = stretches[-1]
            together.append(event)
            stretches[-1] = (before, max(until, stop), together)
        else:
            stretches.append((begin, stop, [event]))
    return tuple(
        BusyEvent(
            start=begin.astimezone(zone),
            end=stop.astimezone(zone),
            title=_joined(one.title for one in together),
            file=_joined(one.file for one in together),
            whole_day=all(one.whole_day for one in together),
        )
        for begin, stop, together in stretches
    )


def busy_document(stretches: Sequence[BusyEvent], warnings: Sequence[str]) -> dict[str, object]:
    """What ``iiplan busy --json`` prints: a public interface, described in docs/calendars.md."""
    return {
        "busy": [
            {"start": one.start.isoformat(), "end": one.end.isoformat(), "title": one.title, "file": one.file}
            for one in stretches
        ],
        "warnings": list(warnings),
    }


def parts_of_days(event: BusyEvent, trip: Trip) -> tuple[tuple[date, Busy], ...]:
    """An appointment as entries of the trip's days: split at midnight, whole minutes, each day's part on its day.

    A part that lasts to midnight ends at 23:59. In a night in which clocks go back it covers all that they show.
    """
    parts = []
    for day in trip.days:
        opens, closes = (_midnight(on, trip.zone) for on in (day.date, day.date + _DAY))
        begin, stop = max(event.start.astimezone(UTC), opens), min(event.end.astimezone(UTC), closes)
        if begin < stop:
            first, last = _clocks(begin, stop, stop == closes, trip.zone)
            parts.append((day.date, Busy(start=first, end=last, title=event.title[:_MOST_TITLE].strip())))
    return tuple(parts)


def add_appointments(trip: Trip, events: Iterable[BusyEvent]) -> Addition:
    """The trip with the appointments among those of its days, in order; what is there already stays single."""
    days = {day.date: list(day.busy) for day in trip.days}
    new = there = 0
    for event in events:
        for on, busy in parts_of_days(event, trip):
            if busy in days[on]:
                there += 1
            else:
                new += 1
                days[on].append(busy)
    changed = tuple(
        replace(day, busy=tuple(sorted(days[day.date], key=lambda one: (one.start, one.end)))) for day in trip.days
    )
    return Addition(trip=replace(trip, days=changed), new=new, there=there)


def without(trip: Trip, event: BusyEvent) -> Trip:
    """The trip without what was saved of an appointment among those of its days."""
    parts = set(parts_of_days(event, trip))
    days = (replace(day, busy=tuple(one for one in day.busy if (day.date, one) not in parts)) for day in trip.days)
    return replace(trip, days=tuple(days))


def put_back(trip: Trip, before: Sequence[TripDay]) -> Trip:
    """The trip with the appointments that its days had before, and all else as it is."""
    busy = {day.date: day.busy for day in before}
    return replace(trip, days=tuple(replace(day, busy=busy.get(day.date, day.busy)) for day in trip.days))


def _joined(words: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(words))


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _clocks(begin: datetime, stop: datetime, to_midnight: bool, zone: ZoneInfo) -> tuple[time, time]:
    """The least and the greatest time that clocks show in begin <= t < stop, one day at most; both whole minutes."""
    first = begin.astimezone(zone).replace(second=0, microsecond=0)
    before_end = (stop - timedelta(microseconds=1)).astimezone(zone).replace(second=0, microsecond=0)
    shown = [first.time(), before_end.time()]
    if first.utcoffset() != before_end.utcoffset():
        minutes = range(int((stop - begin) / _MINUTE) + 1)
        shown += [(begin + n * _MINUTE).astimezone(zone).time() for n in minutes if begin + n * _MINUTE < stop]
    least, greatest = min(shown).replace(second=0, microsecond=0), max(shown)
    if to_midnight or greatest >= _LAST_MINUTE:
        return min(least, time(23, 58)), _LAST_MINUTE
    return least, (datetime.combine(date.min, greatest) + _MINUTE).time().replace(second=0, microsecond=0)

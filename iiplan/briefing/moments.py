"""Days and hours as a message says them, in the zone of whoever reads it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from iiplan.model import Contact, Trip

__all__ = ["day_words", "hours_words", "reader_zone", "trip_days", "when_words", "zone_words"]

ONE_WEEK = 7


def reader_zone(contact: Contact, trip: Trip | None) -> str:
    """The zone that a contact lives by: their own if known, else the trip's, else UTC."""
    return contact.timezone or (trip.timezone if trip else "UTC")


def zone_words(timezone: str) -> str:
    """'America/New_York' as 'New York time'; zones not named after a place as they are."""
    if "/" not in timezone or timezone.startswith("Etc/"):
        return timezone
    return f"{timezone.rsplit('/', 1)[-1].replace('_', ' ')} time"


def day_words(day: date) -> str:
    """'Monday 8 March'."""
    return f"{day:%A} {day.day} {day:%B}"


def hours_words(starts: Iterable[datetime], minutes: int, timezone: str) -> str:
    """Hours (aware) as lines of a message, by time; the last line names the zone."""
    zone = ZoneInfo(timezone)
    lines = []
    for start in sorted(starts):
        begin = start.astimezone(zone)
        end = (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(zone)
        lines.append(f"- {day_words(begin)}, {begin:%H:%M} to {end:%H:%M}")
    return "\n".join([*lines, f"(All times are {zone_words(timezone)}.)"])


def trip_days(trip: Trip) -> tuple[date, date]:
    """The first and the last day of a trip that are not off; all days when all are."""
    days = [day.date for day in trip.days if not day.off] or [day.date for day in trip.days]
    return days[0], days[-1]


def when_words(first: date, last: date) -> str:
    """'on Monday 8 March', 'in the week of 8 March', 'from 29 March to 9 April'; fits after "I will be in town"."""
    if first == last:
        return f"on {day_words(first)}"
    if (last - first).days < ONE_WEEK:
        return f"in the week of {first.day} {first:%B}"
    begin = f"{first.day}" if (first.year, first.month) == (last.year, last.month) else f"{first.day} {first:%B}"
    return f"from {begin} to {last.day} {last:%B}"

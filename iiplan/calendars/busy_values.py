"""Dates, times, lengths and periods as calendar files write them, right or nearly right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from iiplan.calendars.busy_text import Line

__all__ = [
    "Length",
    "Moment",
    "UnreadableError",
    "as_length",
    "as_moment",
    "as_moments",
    "as_period",
    "instant",
    "words",
]

_DAY = timedelta(days=1)
_MOMENT = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[Tt ]\s*(\d\d):?(\d\d)(?::?(\d\d))?(?:[.,]\d+)?\s*([Zz]|[+-]\d\d:?\d\d)?)?"
)
_LENGTH = re.compile(
    r"([+-]?)P(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,7})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?", re.IGNORECASE
)


class UnreadableError(ValueError):
    """Something in an event that cannot be read; the message says what, for a sentence about the event."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A time as it is written: what the clock shows (naive), and its zone; None where the file names none.

    ``whole_day`` for a date without a time; the clock then shows midnight, and there is no zone.
    """

    wall: datetime
    zone: tzinfo | None = None
    whole_day: bool = False

    def zoned(self, zone: tzinfo) -> Moment:
        """The same, in ``zone`` where it has none; dates stay dates."""
        return self if self.zone or self.whole_day else Moment(self.wall, zone)


@dataclass(frozen=True, slots=True)
class Length:
    """How long something lasts: whole days on the calendar, then exact time."""

    days: int = 0
    exact: timedelta = timedelta()


def instant(wall: datetime, zone: tzinfo) -> datetime:
    """The moment in UTC at which clocks of the zone show ``wall``; an hour that they skip counts from before it."""
    return wall.replace(tzinfo=zone).astimezone(UTC)


def as_moment(text: str, zone: tzinfo | None) -> Moment:
    """A DATE or DATE-TIME; ``zone`` is what its parameter says. Raises ``UnreadableError``."""
    match = _MOMENT.fullmatch(text.strip())
    if not match:
        raise UnreadableError(f"{words(text)} is no date or time")
    year, month, day, hour, minute, second, offset = match.groups()
    try:
        on = date(int(year), int(month), int(day))
        if hour is None:
            return Moment(datetime.combine(on, time()), whole_day=True)
        clock = time(0 if hour == "24" else int(hour), int(minute), min(int(second or 0), 59))
        wall = datetime.combine(on, clock) + (_DAY if hour == "24" else timedelta())
    except (ValueError, OverflowError) as error:
        raise UnreadableError(f"{words(text)} is no date or time") from error
    if offset is None:
        return Moment(wall, zone)
    if offset in "Zz":
        return Moment(wall, UTC)
    west = -1 if offset.startswith("-") else 1
    size = timedelta(hours=int(offset[1:3]), minutes=int(offset[-2:]))
    if size >= _DAY:
        raise UnreadableError(f"{words(text)} is no time: its distance from UTC is a day or more")
    return Moment(wall, timezone(west * size))


def as_moments(line: Line, zone: tzinfo | None) -> list[Moment]:
    """All dates or times of an EXDATE. Raises ``UnreadableError``."""
    return [as_moment(part, zone) for part in line.value.split(",") if part.strip()]


def as_length(text: str) -> Length:
    """A DURATION, which may be negative. Raises ``UnreadableError``."""
    match = _LENGTH.fullmatch(text.strip())
    if not match or not any(match.groups()[1:]):
        raise UnreadableError(f"{words(text)} is no length of time")
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    sign = -1 if match[1] == "-" else 1
    exact = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return Length(days=sign * (7 * weeks + days), exact=sign * exact)


def as_period(text: str, zone: tzinfo | None) -> tuple[Moment, Moment | Length]:
    """A PERIOD: start, and end or length. Raises ``UnreadableError``."""
    first, slash, second = text.partition("/")
    if not slash:
        raise UnreadableError(f"{words(text)} is no period")
    start = as_moment(first, zone)
    return start, as_length(second) if "P" in second.upper() else as_moment(second, zone)


def words(text: str, most: int = 60) -> str:
    """Something from a file, quoted and cut for a sentence."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return f"“{line if len(line) <= most else line[: most - 1] + '…'}”"

"""Minutes of a local day, and the ways they are written.

Inside this room a time of day is a whole number of minutes from midnight, 0 to 1440, in the trip's
own clock. Files write it ``09:30`` and ``2027-03-15T09:30``; sentences write ``Tue 16 Mar``.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

__all__ = [
    "DAY_MINUTES",
    "Moment",
    "clock_text",
    "day_text",
    "moment_text",
    "read_clock",
    "read_date",
    "read_moment",
]

DAY_MINUTES = 1440

_CLOCK = re.compile(r"([0-9]{2}):([0-9]{2})(?::00)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Moment(NamedTuple):
    """A local date and the minutes since its midnight."""

    date: dt.date
    minute: int


def clock_text(minute: int) -> str:
    """``570`` as ``09:30``; the end of the day, 1440, as ``24:00``."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def moment_text(moment: Moment) -> str:
    """``2027-03-15T09:30``; the end of a day is written as the next day's ``T00:00``."""
    if moment.minute == DAY_MINUTES and moment.date < dt.date.max:
        return f"{moment.date + dt.timedelta(days=1)}T00:00"
    return f"{moment.date}T{clock_text(moment.minute)}"


def day_text(date: dt.date) -> str:
    """``Tue 16 Mar``, the same in every locale."""
    return f"{_DAYS[date.weekday()]} {date.day} {_MONTHS[date.month - 1]}"


def read_clock(text: str) -> int | None:
    """Minutes of ``HH:MM`` from 00:00 to 24:00, or None where the text is no such time."""
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    hours, minutes = int(match[1]), int(match[2])
    total = hours * 60 + minutes
    return total if minutes < 60 and total <= DAY_MINUTES else None


def read_date(text: str) -> dt.date | None:
    """The date of ``YYYY-MM-DD``, or None where the text is no such date."""
    if _DATE.fullmatch(text) is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def read_moment(text: str) -> Moment | None:
    """The moment of ``YYYY-MM-DDTHH:MM``, or None where the text is no such moment."""
    day, separator, clock = text.partition("T")
    date, minute = read_date(day), read_clock(clock)
    if not separator or date is None or minute is None:
        return None
    return Moment(date, minute)

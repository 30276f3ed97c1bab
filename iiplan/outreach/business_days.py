"""Counting in business days: Monday to Friday, public holidays left out where they are given."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date, datetime, timedelta, tzinfo
from typing import TypeVar

__all__ = ["NO_HOLIDAYS", "Day", "Holidays", "add_business_days", "business_days_between", "local_date"]

Day = TypeVar("Day", bound=date)

SATURDAY = 5


class Holidays:
    """Days that are no business days though they fall on Monday to Friday."""

    def __init__(self, days: Iterable[date] = ()) -> None:
        self._days = sorted({day for day in days if day.weekday() < SATURDAY})
        self._known = frozenset(self._days)

    def __contains__(self, day: date) -> bool:
        return day in self._known

    def before(self, day: date) -> int:
        """How many of them come before ``day``."""
        return bisect_left(self._days, day)


NO_HOLIDAYS = Holidays()


def business_days_between(start: date, end: date, zone: tzinfo | None = None, holidays: Holidays = NO_HOLIDAYS) -> int:
    """How many business days pass in going from the day of ``start`` to the day of ``end``.

    The day of ``start`` itself does not count, that of ``end`` does: Friday to Monday is 1, Monday to Thursday 3.
    Backwards it is negative. Aware datetimes are taken as days in ``zone``, or in their own zone without one.
    """
    first, last = local_date(start, zone), local_date(end, zone)
    if last >= first:
        tomorrow = timedelta(days=1)
        return _days_before(last + tomorrow, holidays) - _days_before(first + tomorrow, holidays)
    return _days_before(last, holidays) - _days_before(first, holidays)


def add_business_days(start: Day, days: int, holidays: Holidays = NO_HOLIDAYS) -> Day:
    """The day ``days`` business days after ``start``, or before it when negative; 0 leaves it as it is.

    A datetime keeps its clock time and zone.
    """
    step = timedelta(days=1 if days >= 0 else -1)
    moved, left = start, abs(days)
    while left:
        moved = moved + step
        if moved.weekday() < SATURDAY and local_date(moved) not in holidays:
            left -= 1
    return moved


def local_date(moment: date, zone: tzinfo | None = None) -> date:
    """The calendar day of a moment, in ``zone`` when one is given and the moment is aware."""
    if isinstance(moment, datetime):
        return (moment.astimezone(zone) if zone and moment.tzinfo else moment).date()
    return moment


def _days_before(day: date, holidays: Holidays) -> int:
    """Business days from Monday 1 January of the year 1 up to, not including, ``day``."""
    weeks, rest = divmod(day.toordinal() - 1, 7)
    return weeks * 5 + min(rest, SATURDAY) - holidays.before(day)

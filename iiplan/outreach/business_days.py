"""Counting in business days: Monday to Friday. Public holidays are not known here and count as business days."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from typing import TypeVar

__all__ = ["add_business_days", "business_days_between", "local_date"]

Day = TypeVar("Day", bound=date)

SATURDAY = 5


def business_days_between(start: date, end: date, zone: tzinfo | None = None) -> int:
    """How many business days pass in going from the day of ``start`` to the day of ``end``.

    The day of ``start`` itself does not count, that of ``end`` does: Friday to Monday is 1, Monday to Thursday 3.
    Backwards it is negative. Aware datetimes are taken as days in ``zone``, or in their own zone without one.
    """
    first, last = local_date(start, zone), local_date(end, zone)
    if last >= first:
        return _weekdays_before(last + timedelta(days=1)) - _weekdays_before(first + timedelta(days=1))
    return _weekdays_before(last) - _weekdays_before(first)


def add_business_days(start: Day, days: int) -> Day:
    """The day ``days`` business days after ``start``, or before it when negative; 0 leaves it as it is.

    A datetime keeps its clock time and zone.
    """
    step = timedelta(days=1 if days >= 0 else -1)
    weeks, left = divmod(abs(days), 5)
    if left == 0 and weeks:  # whole weeks from a weekend day would end on one
        weeks, left = weeks - 1, 5
    moved = start + weeks * 7 * step
    while left:
        moved = moved + step
        if moved.weekday() < SATURDAY:
            left -= 1
    return moved


def local_date(moment: date, zone: tzinfo | None = None) -> date:
    """The calendar day of a moment, in ``zone`` when one is given and the moment is aware."""
    if isinstance(moment, datetime):
        return (moment.astimezone(zone) if zone and moment.tzinfo else moment).date()
    return moment


def _weekdays_before(day: date) -> int:
    """Weekdays from Monday 1 January of the year 1 up to, not including, ``day``."""
    weeks, rest = divmod(day.toordinal() - 1, 7)
    return weeks * 5 + min(rest, SATURDAY)

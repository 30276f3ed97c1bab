"""By what the log is read: the user's cadence, and which days are business days."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, tzinfo
from functools import cached_property

from iiplan.model import Cadence
from iiplan.outreach.business_days import Day, Holidays, add_business_days, business_days_between

__all__ = ["USUAL", "Rules"]


@dataclass(frozen=True, kw_only=True)
class Rules:
    """``holidays`` are the public holidays that fall on weekdays of the years looked at.

    ``zone`` is the one whose days count; None: that in which each touch was logged.
    """

    cadence: Cadence = field(default_factory=Cadence)
    holidays: frozenset[date] = frozenset()
    zone: tzinfo | None = None

    def days_between(self, start: date, end: date, zone: tzinfo | None = None) -> int:
        """Business days from ``start`` to ``end``, in the days of ``self.zone`` or else of ``zone``."""
        return business_days_between(start, end, self.zone or zone, self._free)

    def add_days(self, start: Day, days: int) -> Day:
        """The day ``days`` business days after ``start``, or before it when negative."""
        return add_business_days(start, days, self._free)

    @cached_property
    def _free(self) -> Holidays:
        return Holidays(self.holidays)


USUAL = Rules()

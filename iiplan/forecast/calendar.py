"""The days that are left: where a meeting still fits, and on which days one can still ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from iiplan.forecast.hand import Hand
from iiplan.model import Trip
from iiplan.outreach import Rules

__all__ = ["MOST_ASKS", "Calendar", "calendar"]

MOST_ASKS = 500  # further asks looked at; a longer list says nothing to anyone


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """Seen from ``today``; business days are numbered from it, today being 0.

    ``places`` are the meetings the days after today take, all told; ``room`` those still free, by day. ``reach`` is
    the number of the last business day up to each of these days: an hour settled by then can still be on it.
    ``first_ask`` is the number of the first day on which one can ask.
    """

    today: date
    days_left: int
    places: int
    room: NDArray[np.int64]
    reach: NDArray[np.int64]
    first_ask: int

    @property
    def last_ask(self) -> int:
        """The last day on which asking can help: answered that day, settled the next. Before ``first_ask``: none."""
        open_until = self.reach[self.room > 0]
        return int(open_until[-1]) - 1 if len(open_until) else -1

    def asks(self, a_day: int, asked_today: int) -> NDArray[np.int64]:
        """The day number of each further ask that can help, at most ``MOST_ASKS`` of them, as early as may be."""
        days = np.arange(self.first_ask, self.last_ask + 1)
        room = np.full(len(days), a_day)
        if self.first_ask == 0:
            room[:1] = max(a_day - asked_today, 0)
        return np.repeat(days, room)[:MOST_ASKS]

    def all_at_once(self) -> NDArray[np.int64]:
        """Like ``asks``, all on the first day possible."""
        return np.full(MOST_ASKS if self.first_ask <= self.last_ask else 0, self.first_ask)


def calendar(trip: Trip, held: Hand, today: date, rules: Rules, per_day: int) -> Calendar:
    """Days off take no meeting, the others ``per_day`` or the day's own most, whichever is less."""
    later = [day for day in trip.days if day.date > today]
    takes = [0 if day.off else min(per_day, day.max_meetings) for day in later]
    return Calendar(
        today=today,
        days_left=sum(take > 0 for take in takes),
        places=sum(takes),
        room=np.array(
            [max(take - _on(held.agreed, day.date), 0) for day, take in zip(later, takes, strict=True)], dtype=np.int64
        ),
        reach=np.array([rules.days_between(today, day.date) for day in later], dtype=np.int64),
        first_ask=0 if rules.add_days(rules.add_days(today, -1), 1) == today else 1,
    )


def _on(agreed: Mapping[date, int], day: date) -> int:
    return agreed.get(day, 0)

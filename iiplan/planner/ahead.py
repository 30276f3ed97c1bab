"""What of people's hours still lies ahead: nobody can be met in the past."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from iiplan.model import Candidate, TimeWindow, Trip

__all__ = ["hours_ahead"]


def hours_ahead(candidate: Candidate, now: datetime, trip: Trip, *, asked: bool = False) -> Candidate | None:
    """The candidate with the hours that are not over; the very same one when none are, None when all are.

    An hour under way begins at the trip's next grid step. An agreed hour stays whatever the clock says. Who is
    ``asked`` about hours to offer and gave none can be met in all that is left of the trip's days.
    """
    if candidate.fixed_start is not None:
        return candidate
    step = timedelta(minutes=trip.grid_minutes)
    day = now.astimezone(trip.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    passed = now.astimezone(UTC) - day.astimezone(UTC)
    first = day.astimezone(UTC) + -(-passed // step) * step
    windows = candidate.windows or (_whole_days(trip) if asked else ())
    left = tuple(
        window if window.start.astimezone(UTC) >= first else replace(window, start=first.astimezone(trip.zone))
        for window in windows
        if window.end.astimezone(UTC) > first
    )
    if left == windows:
        return candidate
    return replace(candidate, windows=left) if left else None


def _whole_days(trip: Trip) -> tuple[TimeWindow, ...]:
    return tuple(
        TimeWindow(
            start=datetime.combine(day.date, day.start, trip.zone), end=datetime.combine(day.date, day.end, trip.zone)
        )
        for day in trip.days
        if not day.off
    )

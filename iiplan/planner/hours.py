"""Hours the way people say them: "Tue and Wed afternoon; Thu 10-12:30; not Friday", and back into words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from iiplan.errors import InputError
from iiplan.model import TimeWindow, Trip, TripDay
from iiplan.planner.hour_phrases import ANY_TIME, Group, read_clause
from iiplan.planner.hour_words import (
    EVERY_DAY,
    EXAMPLE,
    HALF_A_DAY,
    MIDNIGHT,
    MONTHS,
    WEEKDAYS,
    WHOLE_WEEK,
    Clock,
    DayMonth,
    Days,
    Span,
    quoted,
)

__all__ = ["QUICK_FILLS", "QuickFill", "describe_hours", "merge_windows", "parse_hours"]

MOST_CHARACTERS = 20_000

Minutes = tuple[int, int]  # half-open, after midnight
Free = dict[date, list[Minutes]]


@dataclass(frozen=True, kw_only=True)
class QuickFill:
    """A button that says some hours: what is on it, and the words it stands for."""

    label: str
    text: str


QUICK_FILLS = (
    QuickFill(label="Every morning", text="every morning"),
    QuickFill(label="Every afternoon", text="every afternoon"),
    QuickFill(label="Around midday", text="every day 11:00-14:00"),
    QuickFill(label="Not before 10", text="every day from 10:00"),
    QuickFill(label="Any time", text="any time"),
)


def parse_hours(text: str, trip: Trip) -> tuple[TimeWindow, ...]:
    """The hours that the words name, in the trip's zone, merged and in order; at least one window.

    Clauses are parted by ``;`` or a new line. In a clause, commas and "and" part days and hours; days named before
    hours share them ("Mon, Wed 9-11"), hours after hours belong to the days before ("Tue 9-11, 14-16"), hours without
    days are every day's, days without hours are free all day. "not ..." takes away: from its clause, or from
    everything when it is a clause of its own. Morning ends and afternoon starts at 12:00. "2-4" and "after 3" mean the
    afternoon when the small hours lie outside the day. Everything is cut to each day's hours; "every day" leaves out
    the days off. A weekday that the trip has twice means both.

    Raises ``InputError`` for words not understood, days that the trip does not have or that are off, and hours
    outside a day's hours.
    """
    if not text.strip():
        raise InputError(f"No hours given. Say them like this: {EXAMPLE}.")
    if len(text) > MOST_CHARACTERS:
        raise InputError(f"Hours of {len(text)} characters are too long. Say them in {MOST_CHARACTERS} or fewer.")
    free: Free = {}
    taken: Free = {}
    said_when_free = False
    for clause in re.split(r"[;\r\n]", text):
        wanted, unwanted = read_clause(clause)
        away = _evaluate(unwanted, trip, strict=False)
        if wanted:
            said_when_free = True
            _add(free, _without(_evaluate(wanted, trip, strict=True), away))
        else:
            _add(taken, away)
    if not said_when_free:
        free = _evaluate([Group(days=[EVERY_DAY], spans=[ANY_TIME])], trip, strict=True)
    windows = _windows(_without(free, taken), trip.zone)
    if not windows:
        raise InputError(f"{quoted(text)} leaves no free hours. Say them like this: {EXAMPLE}.")
    return windows


def describe_hours(windows: Iterable[TimeWindow], timezone: str) -> str:
    """The hours in short words that ``parse_hours`` reads, such as "Mon 15 Mar 09:00–12:00, 14:00–16:00".

    In the zone named, merged and in order; days are parted by semicolons. No windows give no words.
    """
    zone = ZoneInfo(timezone)
    days: dict[date, list[str]] = {}
    for window in merge_windows(windows):
        start, end = window.start.astimezone(zone), window.end.astimezone(zone)
        if start.date() == end.date():
            until = f"\u2013{end:%H:%M}"
        elif end.time() == time.min and end.date() - start.date() == timedelta(days=1):
            until = "\u201324:00"
        else:
            until = f" \u2013 {_day_name(end.date())} {end:%H:%M}"
        days.setdefault(start.date(), []).append(f"{start:%H:%M}{until}")
    return "; ".join(f"{_day_name(day)} {', '.join(hours)}" for day, hours in days.items())


def merge_windows(windows: Iterable[TimeWindow]) -> tuple[TimeWindow, ...]:
    """The same hours in order of time, with windows that overlap or touch made one."""
    merged: list[TimeWindow] = []
    for window in sorted(windows, key=lambda each: (each.start.astimezone(UTC), each.end.astimezone(UTC))):
        if merged and window.start.astimezone(UTC) <= merged[-1].end.astimezone(UTC):
            if window.end.astimezone(UTC) > merged[-1].end.astimezone(UTC):
                merged[-1] = TimeWindow(start=merged[-1].start, end=window.end)
        else:
            merged.append(window)
    return tuple(merged)


def _evaluate(groups: Sequence[Group], trip: Trip, *, strict: bool) -> Free:
    """Minutes by date. Strict: each day and hour that was named has to give at least one window."""
    free: Free = {}
    for group in groups:
        for days in group.days:
            chosen = _chosen(days, trip, strict=strict)
            for span in group.spans:
                found = {day.date: minutes for day in chosen if (minutes := _minutes(span, day))}
                if strict and not found:
                    day = chosen[0]
                    raise InputError(
                        f"{span.text!r} lies outside the hours of {_day_name(day.date)}, {day.start:%H:%M} to "
                        f"{day.end:%H:%M}. Say hours within them, or change that day's hours on the Trip page."
                    )
                for when, minutes in found.items():
                    free.setdefault(when, []).append(minutes)
    return free


def _chosen(days: Days, trip: Trip, *, strict: bool) -> list[TripDay]:
    """The trip's working days among those named."""
    named = _named(days, trip)
    if strict and not named:
        raise InputError(
            f"{days.text!r} is no day of this trip, which goes from {_day_name(trip.first_day)} to "
            f"{_day_name(trip.last_day)} {trip.last_day.year}. Name one of its days, or change them on the Trip page."
        )
    working = [day for day in named if not day.off]
    if strict and not working:
        which = _day_name(named[0].date) if len(named) == 1 else f"Each day of {days.text!r}"
        raise InputError(f"{which} is a day off on this trip. Name another day, or change that on the Trip page.")
    return working


def _named(days: Days, trip: Trip) -> list[TripDay]:
    if days.first is None:
        return [day for day in trip.days if day.date.weekday() in days.weekdays]
    firsts = [index for index, day in enumerate(trip.days) if _is(day.date, days.first)]
    if days.last is not None:
        lasts = [index for index, day in enumerate(trip.days) if _is(day.date, days.last)]
        if firsts and lasts and lasts[-1] < firsts[0]:
            raise InputError(f"{days.text!r} ends before it begins. Name the earlier day first.")
        return list(trip.days[firsts[0] : lasts[-1] + 1]) if firsts and lasts else []
    named = [trip.days[index] for index in firsts]
    for day in named:
        if days.weekdays != WHOLE_WEEK and day.date.weekday() not in days.weekdays:
            raise InputError(
                f"{days.text!r} does not exist: in {day.date.year} that is {_day_name(day.date)}. Correct one "
                "of the two, or part them with ';' if you mean both."
            )
    return named


def _is(day: date, said: DayMonth) -> bool:
    return day.day == said.day and said.month in {None, day.month} and said.year in {None, day.year}


def _minutes(span: Span, day: TripDay) -> Minutes | None:
    """The span in minutes after midnight, cut to the day's hours; ``None`` when nothing is left."""
    opens, closes = (clock.hour * 60 + clock.minute for clock in (day.start, day.end))
    for start, end in _readings(span, opens, closes):
        if start < closes and opens < end:
            return max(start, opens), min(end, closes)
    return None


def _readings(span: Span, opens: int, closes: int) -> list[Minutes]:
    """What a span can mean, the likelier first: as said, and 12 hours later where no half of the day was said."""
    if span.start is None or span.end is None:
        start = _within(span.start, opens, closes) if span.start else 0
        end = _within(span.end, opens, closes) if span.end else MIDNIGHT
        return [(start, end)]
    readings = []
    for later in (0, HALF_A_DAY) if span.start.loose and span.start.minute < HALF_A_DAY else (0,):
        start, end = span.start.minute + later, span.end.minute
        if end < start and span.end.loose and end < HALF_A_DAY:
            end += HALF_A_DAY
        if start < end:
            readings.append((start, end))
    if not readings:
        raise InputError(f"The hours {span.text!r} end before they start. Swap the two, or say am and pm.")
    return readings


def _within(clock: Clock, opens: int, closes: int) -> int:
    """The minute meant by a lone "3": the one inside the day's hours, if there is one."""
    later = clock.minute + HALF_A_DAY
    if clock.loose and not opens <= clock.minute <= closes and opens <= later <= closes:
        return later
    return clock.minute


def _add(free: Free, more: Free) -> None:
    for day, minutes in more.items():
        free.setdefault(day, []).extend(minutes)


def _without(free: Free, taken: Free) -> Free:
    left: Free = {}
    for day, minutes in free.items():
        for start_taken, end_taken in taken.get(day, []):
            minutes = [
                (start, end)
                for whole_start, whole_end in minutes
                for start, end in (
                    (whole_start, min(whole_end, start_taken)),
                    (max(whole_start, end_taken), whole_end),
                )
                if start < end
            ]
        left[day] = minutes
    return left


def _windows(free: Free, zone: ZoneInfo) -> tuple[TimeWindow, ...]:
    """Minutes of local time made aware."""
    midnights = {day: datetime.combine(day, time.min, zone) for day in free}
    return merge_windows(
        TimeWindow(
            start=midnights[day] + timedelta(minutes=start),
            end=midnights[day] + timedelta(minutes=end),
        )
        for day, minutes in free.items()
        for start, end in minutes
    )


def _day_name(day: date) -> str:
    """ "Mon 15 Mar", whatever the machine's language."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"

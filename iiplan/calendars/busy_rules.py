"""The days and hours of a repetition (RRULE, RFC 5545 §3.3.10) in a stretch of time, for a bounded amount of work.

Only the periods (days, weeks, months, years) that can reach into the stretch are looked at, so that a rule without
end, or one that never comes true, costs no more than another. A rule with COUNT has to be counted from its start. Each
candidate that is looked at takes one from the ``Work`` left.
"""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from iiplan.calendars.busy_values import Moment, UnreadableError, as_moment, words

__all__ = ["Rule", "Work", "occurrences", "parse_rule"]

_DAY = timedelta(days=1)
_WEEKDAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
_BY_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_LONGEST = 2_000  # characters of a rule
_STEPS = {"SECONDLY": timedelta(seconds=1), "MINUTELY": timedelta(minutes=1), "HOURLY": timedelta(hours=1)}
_LEAST_STEP = timedelta(minutes=5)  # what repeats faster is no appointment
_BOUNDS = {
    "BYSECOND": (0, 59),
    "BYMINUTE": (0, 59),
    "BYHOUR": (0, 23),
    "BYMONTHDAY": (1, 31),
    "BYYEARDAY": (1, 366),
    "BYWEEKNO": (1, 53),
    "BYMONTH": (1, 12),
    "BYSETPOS": (1, 366),
}
_CLOCK = {"BYHOUR", "BYMINUTE", "BYSECOND"}
_SIGNED = {"BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"}


class Work:
    """How many candidates may still be looked at; ``spend`` raises ``UnreadableError`` when there are none left."""

    def __init__(self, left: int) -> None:
        self.left = left

    def spend(self, amount: int = 1) -> None:
        """Take from what is left."""
        self.left -= amount
        if self.left < 0:
            raise UnreadableError("it repeats so often that this cannot be worked out")


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A repetition. ``by_day`` holds (n, weekday), n = 0 for each such day; ``by`` the other BY parts, by name."""

    frequency: str
    interval: int = 1
    count: int | None = None
    until: Moment | None = None
    by_day: tuple[tuple[int, int], ...] = ()
    by: dict[str, frozenset[int]] = field(default_factory=dict)
    week_start: int = 0


def parse_rule(text: str) -> Rule:
    """A rule as the file writes it. Raises ``UnreadableError`` for what is none, or goes by another calendar."""
    parts: dict[str, str] = {}
    if len(text) > _LONGEST:
        raise UnreadableError(f"its repetition {words(text[:_LONGEST])} is too long")
    for part in text.upper().split(";"):
        name, equals, value = (piece.strip() for piece in part.partition("="))
        if name or value:
            if not equals or name in parts:
                raise UnreadableError(f"its repetition {words(text)} cannot be read")
            parts[name] = value
    frequency = parts.pop("FREQ", "")
    if frequency not in {*_STEPS, "DAILY", "WEEKLY", "MONTHLY", "YEARLY"}:
        raise UnreadableError(f"its repetition {words(text)} says no interval that is known")
    if parts.pop("RSCALE", "GREGORIAN") != "GREGORIAN":
        raise UnreadableError(f"its repetition {words(text)} goes by another calendar")
    parts.pop("SKIP", None)
    until, week_start = parts.pop("UNTIL", ""), parts.pop("WKST", "MO")
    interval, count = _whole(parts.pop("INTERVAL", "1"), text), parts.pop("COUNT", "")
    by_day = tuple(_week_day(part, text) for part in parts.pop("BYDAY", "").split(",") if part.strip())
    if week_start not in _WEEKDAYS or not parts.keys() <= _BOUNDS.keys():
        raise UnreadableError(f"its repetition {words(text)} cannot be read")
    return Rule(
        frequency=frequency,
        interval=interval,
        count=_whole(count, text) if count else None,
        until=as_moment(until, None) if until else None,
        by_day=by_day,
        by={name: _numbers(name, value, text) for name, value in parts.items() if value},
        week_start=_WEEKDAYS[week_start],
    )


def _whole(value: str, text: str) -> int:
    if not re.fullmatch(r"\d{1,9}", value) or not int(value):
        raise UnreadableError(f"its repetition {words(text)} has a number that makes no sense")
    return int(value)


def _week_day(part: str, text: str) -> tuple[int, int]:
    match = _BY_DAY.fullmatch(part.strip())
    if not match or abs(int(match[1] or 1)) > 53 or (match[1] and not int(match[1])):
        raise UnreadableError(f"its repetition {words(text)} has a weekday that cannot be read")
    return int(match[1] or 0), _WEEKDAYS[match[2]]


def _numbers(name: str, value: str, text: str) -> frozenset[int]:
    least, most = _BOUNDS[name]
    numbers = set()
    for part in value.split(","):
        if not re.fullmatch(r"[+-]?\d{1,3}", part.strip()):
            raise UnreadableError(f"its repetition {words(text)} has a number that makes no sense")
        number = int(part)
        if not (least <= number <= most or (name in _SIGNED and least <= -number <= most)):
            raise UnreadableError(f"its repetition {words(text)} has a number that makes no sense")
        numbers.add(number)
    return frozenset(numbers)


def occurrences(rule: Rule, start: datetime, first: datetime, last: datetime, work: Work) -> Iterator[datetime]:
    """The starts in first <= t < last, in order; all on the same wall clock and naive, as ``start`` is.

    ``rule.until`` is left to the caller, who knows the zone. Raises ``UnreadableError`` when the work is spent.
    """
    rule = rule if rule.frequency in _STEPS else _with_defaults(rule, start)
    counted, since = _counted_before(rule, start, first) if rule.count else (0, max(start, first))
    for found in _from(rule, start, since, last, work):
        if found < start:
            continue
        counted += 1
        if (rule.count and counted > rule.count) or found >= last:
            return
        if found >= first:
            yield found


def _counted_before(rule: Rule, start: datetime, first: datetime) -> tuple[int, datetime]:
    """How many occurrences lie before some moment that is not after ``first``, and that moment.

    Worked out where all periods have the same number of them; else none, and the start.
    """
    if rule.frequency not in {"DAILY", "WEEKLY"} or not rule.by.keys() <= _CLOCK or first <= start:
        return 0, start
    days = {weekday for _, weekday in rule.by_day}
    if rule.frequency == "DAILY" and days:
        return 0, start
    ahead = (start.weekday() - rule.week_start) % 7 if rule.frequency == "WEEKLY" else 0
    begin = datetime.combine(start.date() - ahead * _DAY, time())
    size = (7 if rule.frequency == "WEEKLY" else 1) * rule.interval * _DAY
    number = (first - begin) // size
    if number == 0:
        return 0, start
    times = _times(rule, start)
    before = [begin + n * _DAY for n in range(ahead + 1) if not days or (begin + n * _DAY).weekday() in days]
    early = sum(1 for day in before for clock in times if datetime.combine(day.date(), clock) < start)
    return number * max(1, len(days)) * len(times) - early, begin + number * size


def _from(rule: Rule, start: datetime, first: datetime, last: datetime, work: Work) -> Iterator[datetime]:
    """Candidates in order from about ``first`` on, until they are past ``last``; none between is left out."""
    if rule.frequency in _STEPS:
        yield from _by_the_clock(rule, start, first, last, work)
        return
    times = _times(rule, start)
    positions = rule.by.get("BYSETPOS")
    for begins, ends in _periods(rule, start.date(), first.date(), last.date()):
        if not positions and not rule.count:
            begins, ends = max(begins, first.date()), min(ends, last.date() + _DAY)
        moments = [datetime.combine(day, clock) for day in _days(rule, begins, ends, work) for clock in times]
        work.spend(1 + len(moments))
        if positions:
            size = len(moments)
            wanted = {place - 1 if place > 0 else size + place for place in positions}
            moments = [moments[place] for place in sorted(wanted) if 0 <= place < size]
        yield from moments


def _by_the_clock(rule: Rule, start: datetime, first: datetime, last: datetime, work: Work) -> Iterator[datetime]:
    step = _STEPS[rule.frequency] * rule.interval
    if step < _LEAST_STEP or "BYSETPOS" in rule.by or "BYSECOND" in rule.by:
        raise UnreadableError("it repeats too often: every few seconds or minutes")
    expanded = sorted(rule.by.get("BYMINUTE", ())) if rule.frequency == "HOURLY" else []
    at = start + max(0, (first - start) // step) * step
    while at < last:
        work.spend(1 + len(expanded))
        if _fits(rule, at.date()) and at.hour in rule.by.get("BYHOUR", {at.hour}):
            minutes = expanded or ([at.minute] if at.minute in rule.by.get("BYMINUTE", {at.minute}) else [])
            yield from (at.replace(minute=minute) for minute in minutes)
        at += step


def _with_defaults(rule: Rule, start: datetime) -> Rule:
    """The rule with what it leaves open taken from its start, as RFC 5545 wants it."""
    by, by_day = dict(rule.by), rule.by_day
    days_named = by_day or by.keys() & {"BYMONTHDAY", "BYYEARDAY"}
    if not days_named:
        if rule.frequency == "WEEKLY" or "BYWEEKNO" in by:
            by_day = ((0, start.weekday()),)
        elif rule.frequency in {"MONTHLY", "YEARLY"}:
            by["BYMONTHDAY"] = frozenset({start.day})
            if rule.frequency == "YEARLY":
                by.setdefault("BYMONTH", frozenset({start.month}))
    if rule.frequency not in {"MONTHLY", "YEARLY"}:
        by_day = tuple((0, weekday) for _, weekday in by_day)
    return Rule(
        frequency=rule.frequency,
        interval=rule.interval,
        count=rule.count,
        by_day=by_day,
        by=by,
        week_start=rule.week_start,
    )


def _times(rule: Rule, start: datetime) -> list[time]:
    """The times of a day, in order."""
    hours = sorted(rule.by.get("BYHOUR", {start.hour}))
    minutes = sorted(rule.by.get("BYMINUTE", {start.minute}))
    seconds = sorted(rule.by.get("BYSECOND", {start.second}))
    if len(hours) * len(minutes) * len(seconds) > 24 * 12:
        raise UnreadableError("it repeats too often: every few seconds or minutes")
    return [time(hour, minute, second) for hour in hours for minute in minutes for second in seconds]


def _periods(rule: Rule, start: date, first: date, last: date) -> Iterator[tuple[date, date]]:
    """The periods of the rule as half-open stretches of days, from the one that ``first`` may lie in, to ``last``."""
    count = rule.interval
    if rule.frequency in {"DAILY", "WEEKLY"}:
        size = _DAY if rule.frequency == "DAILY" else 7 * _DAY
        begin = start - ((start.weekday() - rule.week_start) % 7) * _DAY if rule.frequency == "WEEKLY" else start
        number = max(0, (first - begin) // size) // count * count
        while number * size <= last - begin:
            yield begin + number * size, begin + (number + 1) * size
            number += count
        return
    months = count if rule.frequency == "MONTHLY" else 12 * count
    begin_month = 12 * start.year + (start.month - 1 if rule.frequency == "MONTHLY" else 0)
    ahead = max(0, 12 * first.year + first.month - 1 - begin_month)
    month = begin_month + ahead // months * months
    length = 1 if rule.frequency == "MONTHLY" else 12
    while month <= 12 * last.year + last.month - 1 and month + length < 12 * 9999:
        yield date(month // 12, month % 12 + 1, 1), date((month + length) // 12, (month + length) % 12 + 1, 1)
        month += months


def _days(rule: Rule, begins: date, ends: date, work: Work) -> Iterator[date]:
    """The days of one period that fit the rule, in order; months and weekdays that cannot fit are skipped over."""
    weekdays = {weekday for _, weekday in rule.by_day} or set(range(7))
    month = begins.replace(day=1)
    while month < ends:
        size = monthrange(month.year, month.month)[1]
        if month.month in rule.by.get("BYMONTH", {month.month}):
            numbers = [n if n > 0 else size + 1 + n for n in rule.by.get("BYMONTHDAY", ())] or range(1, size + 1)
            within = range(begins.day if month <= begins else 1, min(size, (ends - month).days) + 1)
            ahead = month.weekday()
            candidates = sorted({n for n in numbers if n in within and (ahead + n - 1) % 7 in weekdays})
            work.spend(1 + len(candidates))
            yield from (day for n in candidates if _fits(rule, day := month.replace(day=n)))
        month += size * _DAY


def _fits(rule: Rule, day: date) -> bool:
    by = rule.by
    if "BYMONTH" in by and day.month not in by["BYMONTH"]:
        return False
    if "BYMONTHDAY" in by:
        size = monthrange(day.year, day.month)[1]
        if by["BYMONTHDAY"].isdisjoint({day.day, day.day - size - 1}):
            return False
    if "BYYEARDAY" in by:
        number, size = day.timetuple().tm_yday, 366 if isleap(day.year) else 365
        if by["BYYEARDAY"].isdisjoint({number, number - size - 1}):
            return False
    if "BYWEEKNO" in by:
        year, week, _ = day.isocalendar()
        size = date(year, 12, 28).isocalendar().week
        if by["BYWEEKNO"].isdisjoint({week, week - size - 1}):
            return False
    return not rule.by_day or any(_is_week_day(rule, day, n, weekday) for n, weekday in rule.by_day)


def _is_week_day(rule: Rule, day: date, n: int, weekday: int) -> bool:
    """Whether a day is that weekday and, with n, the n-th of its month or year, counted from the end below zero."""
    if day.weekday() != weekday:
        return False
    if n == 0:
        return True
    if rule.frequency == "YEARLY" and "BYMONTH" not in rule.by:
        number, size = day.timetuple().tm_yday, 366 if isleap(day.year) else 365
    elif rule.frequency in {"YEARLY", "MONTHLY"}:
        number, size = day.day, monthrange(day.year, day.month)[1]
    else:
        return True
    return n == (number - 1) // 7 + 1 if n > 0 else -n == (size - number) // 7 + 1

"""The yearly rule by which a time zone changes its clocks, as far as a calendar file can state it.

Compiled time zone data (TZif) end in a line of text, the POSIX rule for all years to come, such as
``CET-1CEST,M3.5.0,M10.5.0/3``. It is read from the very file that ``zoneinfo`` uses: the system's folders first,
then the ``tzdata`` package. So the rule and the hours computed elsewhere come from one source, also where the system's
data are older than the package's.

A rule is handed out only after it has agreed with ``zoneinfo`` throughout the years asked for. It is None where the
clocks follow no such rule (Casablanca in Ramadan, a year in which the law changes), or one that "the n-th weekday of a
month, at an hour of that day" cannot say (Cairo, Nuuk, Gaza, Santiago): then times belong in UTC.
"""

from __future__ import annotations

import re
import zoneinfo
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from importlib import resources
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from iiplan.errors import InputError

__all__ = [
    "FIRST_YEAR",
    "YearlyChange",
    "ZoneRule",
    "known_zone",
    "on_the_clock",
    "parse_posix",
    "posix_footer",
    "rule_for",
]

FIRST_YEAR = 1970  # rules are written as if they held from this year on
_LAST_YEAR = 9000
_HOUR = timedelta(hours=1)
_SECOND = timedelta(seconds=1)
_STEP = timedelta(hours=3)

_NAME = r"([A-Za-z]{3,}|<[A-Za-z0-9+-]{3,}>)"
_CLOCK = r"([+-]?\d{1,3}(?::\d{2}){0,2})"
_DAY = rf"M(\d{{1,2}})\.([1-5])\.([0-6])(?:/{_CLOCK})?"
_POSIX = re.compile(rf"{_NAME}{_CLOCK}(?:{_NAME}{_CLOCK}?,{_DAY},{_DAY})?")


@dataclass(frozen=True, kw_only=True)
class YearlyChange:
    """The clocks go from one offset to another once a year.

    ``week`` is 1 to 4, or -1 for the last; ``weekday`` counts from Sunday = 0; ``at`` is what clocks show as it comes.
    """

    name: str
    before: timedelta
    after: timedelta
    month: int
    week: int
    weekday: int
    at: time

    @property
    def daylight(self) -> bool:
        """Whether the clocks go forward; so also in Dublin, whose law calls summer the standard."""
        return self.after > self.before

    def local(self, year: int) -> datetime:
        """When it happens that year: naive, on clocks that still show the old time."""
        if self.week > 0:
            first = date(year, self.month, 1)
            return datetime.combine(
                first + timedelta((self.weekday - first.isoweekday()) % 7 + 7 * (self.week - 1)), self.at
            )
        last = date(year, self.month, monthrange(year, self.month)[1])
        return datetime.combine(last - timedelta((last.isoweekday() - self.weekday) % 7), self.at)

    def instant(self, year: int) -> datetime:
        """When it happens that year, in UTC."""
        return (self.local(year) - self.before).replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class ZoneRule:
    """A zone's usual ``name`` and ``offset`` from UTC, and its ``changes``: none, or one each way."""

    name: str
    offset: timedelta
    changes: tuple[YearlyChange, ...] = ()


def known_zone(key: str) -> ZoneInfo:
    """The zone of an IANA name, or an ``InputError``."""
    try:
        return ZoneInfo(key)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InputError(f"No time zone {key!r}. Use an IANA name such as America/New_York.") from error


def on_the_clock(moment: datetime, zone: ZoneInfo) -> datetime:
    """The moment as the zone's clocks show it; an hour that they skip becomes the hour that it really is."""
    return moment.astimezone(UTC).astimezone(zone)


def posix_footer(key: str) -> str | None:
    """The rule at the end of the zone's data; None where the data carry none."""
    for content in _contents(key):
        if content[:4] == b"TZif" and content[4:5] >= b"2" and content.endswith(b"\n"):
            return content[:-1].rpartition(b"\n")[2].decode("ascii", "replace") or None
        return None
    return None


def parse_posix(text: str) -> ZoneRule | None:
    """The rule as a calendar file can say it, else None.

    None are days counted through the year (``J60``), hours that lie on another day (below 0:00 or from 24:00 on),
    offsets with seconds, and anything malformed.
    """
    match = _POSIX.fullmatch(text)
    if not match:
        return None
    name, west, other_name, other_west, *days = match.groups()
    usual = -_clock(west)
    rule = ZoneRule(name=name.strip("<>"), offset=usual)
    if other_name is None:
        return rule if _whole_minutes(usual) else None
    other = -_clock(other_west) if other_west else usual + _HOUR
    if usual == other or not (_whole_minutes(usual) and _whole_minutes(other)):
        return None
    away = _change(other_name.strip("<>"), usual, other, days[:4])
    back = _change(rule.name, other, usual, days[4:])
    return ZoneRule(name=rule.name, offset=usual, changes=(away, back)) if away and back else None


def rule_for(key: str, first_year: int, last_year: int) -> ZoneRule | None:
    """The zone's rule if it gives the right offset all through those years (both included, by UTC), else None."""
    if not FIRST_YEAR < first_year <= last_year <= _LAST_YEAR:
        return None
    footer = posix_footer(key)
    rule = parse_posix(footer) if footer else None
    return rule if rule and _agrees(rule, known_zone(key), first_year, last_year) else None


def _agrees(rule: ZoneRule, zone: ZoneInfo, first_year: int, last_year: int) -> bool:
    begin, end = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year + 1, 1, 1, tzinfo=UTC)
    return all(
        moment.astimezone(zone).utcoffset() == offset
        for since, until, offset in _spans(rule, first_year, last_year)
        for moment in _samples(max(since, begin), min(until, end))
    )


def _spans(rule: ZoneRule, first_year: int, last_year: int) -> Iterator[tuple[datetime, datetime, timedelta]]:
    """Stretches of one offset, half-open, that together cover at least those years."""
    years = range(first_year - 1, last_year + 2)
    if not rule.changes:
        yield datetime(years[0], 1, 1, tzinfo=UTC), datetime(years[-1], 12, 31, tzinfo=UTC), rule.offset
    onsets = sorted((change.instant(year), change.after) for year in years for change in rule.changes)
    for (since, offset), (until, _) in pairwise(onsets):
        yield since, until, offset


def _samples(since: datetime, until: datetime) -> Iterator[datetime]:
    """The first and the last second of the stretch, and every third hour between: no clocks go and come back sooner."""
    for count in range(-(-(until - since) // _STEP)):
        yield since + count * _STEP
    if since < until:
        yield until - _SECOND


def _contents(key: str) -> Iterator[bytes]:
    """The zone's data wherever there are some, in the order in which ``zoneinfo`` looks for them."""
    known_zone(key)  # also refuses keys that would lead out of the folders
    for folder in zoneinfo.TZPATH:
        path = Path(folder, key)
        if path.is_file():
            yield path.read_bytes()
    packaged = resources.files("tzdata").joinpath("zoneinfo", *key.split("/"))
    if packaged.is_file():
        yield packaged.read_bytes()


def _clock(text: str) -> timedelta:
    """``-2:30`` as two and a half hours below zero."""
    hours, minutes, seconds = ([int(part) for part in text.lstrip("+-").split(":")] + [0, 0])[:3]
    size = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return -size if text.startswith("-") else size


def _change(name: str, before: timedelta, after: timedelta, parts: list[str]) -> YearlyChange | None:
    """The change on the day of ``M3.5.0/2``, taken apart; None where its hour lies on another day."""
    month, week, weekday, clock = parts
    at = _clock(clock or "2")
    if not (timedelta() <= at < timedelta(days=1) and 1 <= int(month) <= 12):
        return None
    return YearlyChange(
        name=name,
        before=before,
        after=after,
        month=int(month),
        week=-1 if week == "5" else int(week),
        weekday=int(weekday),
        at=time(at.seconds // 3600, at.seconds // 60 % 60, at.seconds % 60),
    )


def _whole_minutes(offset: timedelta) -> bool:
    return offset % timedelta(minutes=1) == timedelta()

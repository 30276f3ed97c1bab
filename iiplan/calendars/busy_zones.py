"""Zones by the names that calendar files give them: IANA's, Windows', a program's own, or one that the file explains.

A zone explained in a file (VTIMEZONE) holds for that file alone. It is built from nothing but yearly rules of a simple
shape, so that no file can make looking at a clock take long.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from iiplan.calendars.busy_rules import Work
from iiplan.calendars.busy_text import Component
from iiplan.calendars.busy_values import UnreadableError, as_moments, words

__all__ = ["NamedZone", "Zones", "zone_named"]

_MOST_OBSERVANCES = 60
_MOST_EXPLAINED = 100  # zones of a file that are built
_FIRST_YEAR = 1970  # rules are followed from here on, so that looking at a clock does not begin in 1601
_OFFSET = re.compile(r"\(?(?:GMT|UTC|Z)?\s*([+-])\s?(\d{1,2})(?::?(\d\d))?\)?", re.IGNORECASE)
_DISPLAYED = re.compile(r"\((?:GMT|UTC)\s*(?:([+-])\s?(\d{1,2}):?(\d\d))?\)\s*(.+)", re.IGNORECASE)
_YEARLY = re.compile(r"FREQ=YEARLY|INTERVAL=1|BYMONTH=\d{1,2}|BYDAY=(-1|[1-4])?(MO|TU|WE|TH|FR|SA|SU)|WKST=[A-Z]{2}")
_YEARLY_DAYS = re.compile(r"BYMONTHDAY=((?:[1-9]|1\d|2[0-8])(?:,(?:[1-9]|1\d|2[0-8]))*)")
_UNTIL = re.compile(r"UNTIL=\d{8}(T\d{6}Z?)?")

# What Outlook displays instead of cities, from the names of zones in Windows.
_REGIONS = {
    "coordinated universal time": "UTC",
    "eastern time": "America/New_York",
    "central time": "America/Chicago",
    "mountain time": "America/Denver",
    "pacific time": "America/Los_Angeles",
    "atlantic time": "America/Halifax",
    "newfoundland": "America/St_Johns",
    "arizona": "America/Phoenix",
    "alaska": "America/Anchorage",
    "hawaii": "Pacific/Honolulu",
    "indiana": "America/Indiana/Indianapolis",
    "saskatchewan": "America/Regina",
    "central america": "America/Guatemala",
    "brasilia": "America/Sao_Paulo",
    "city of buenos aires": "America/Argentina/Buenos_Aires",
    "greenland": "America/Nuuk",
    "azores": "Atlantic/Azores",
    "bern": "Europe/Zurich",
    "west central africa": "Africa/Lagos",
    "abu dhabi": "Asia/Dubai",
    "islamabad": "Asia/Karachi",
    "chennai": "Asia/Kolkata",
    "mumbai": "Asia/Kolkata",
    "new delhi": "Asia/Kolkata",
    "kyiv": "Europe/Kyiv",
    "hanoi": "Asia/Bangkok",
    "beijing": "Asia/Shanghai",
    "osaka": "Asia/Tokyo",
    "canberra": "Australia/Sydney",
    "wellington": "Pacific/Auckland",
    "edinburgh": "Europe/London",
    "st. petersburg": "Europe/Moscow",
}
# Abbreviations that belong to one zone only, and are no names of IANA's.
_ABBREVIATIONS = {
    "EDT": "America/New_York",
    "CDT": "America/Chicago",
    "MDT": "America/Denver",
    "PST": "America/Los_Angeles",
    "PDT": "America/Los_Angeles",
    "CEST": "Europe/Berlin",
    "EEST": "Europe/Helsinki",
    "Z": "UTC",
}


@dataclass(frozen=True, slots=True)
class NamedZone:
    """A zone that a name stands for, None where it stands for none; ``doubt`` is what a reader should know about it."""

    zone: tzinfo | None
    doubt: str = ""


class Zones:
    """The zones of one calendar, by name; those that it explains itself among them, then those of ``beyond``."""

    def __init__(self, explained: Sequence[Component], beyond: Zones | None = None) -> None:
        self._beyond = beyond
        self._room: Work = beyond._room if beyond else Work(_MOST_EXPLAINED)
        self._explained: dict[str, Component] = {}
        for component in explained:
            self._explained.setdefault(component.text("TZID").strip().casefold(), component)
        self._known: dict[str, NamedZone] = {}

    def named(self, name: str) -> NamedZone:
        """The zone of that name."""
        if name not in self._known:
            self._known[name] = self._found(name)
        return self._known[name]

    def _found(self, name: str) -> NamedZone:
        zone = zone_named(name)
        if zone is not None:
            return NamedZone(zone)
        component = self._explained.get(name.strip().casefold())
        if component is not None and self._room.left:
            self._room.spend()
            try:
                return NamedZone(_built(component))
            except (ValueError, TypeError, LookupError, OverflowError, AttributeError):
                pass  # guessed below, or said to be unknown
        if self._beyond is not None:
            return self._beyond.named(name)
        guess = _guessed(name)
        if guess is not None:
            return guess
        return NamedZone(None, f"its time zone {words(name)} is not known")


def zone_named(name: str) -> ZoneInfo | None:
    """The zone of an IANA or Windows name, also behind a program's own prefix; None for any other."""
    name = name.strip().strip('"').strip()
    folded = _iana()
    parts = name.strip("/").replace("\\", "/").split("/")[-6:]
    for start in range(len(parts)):
        tail = "/".join(parts[start:])
        if start and len(parts) - start == 1 and tail.casefold() not in {"utc", "gmt"}:
            break  # the last word alone would make a zone of any name that ends in, say, /Cuba
        key = folded.get(tail.replace(" ", "_").casefold()) or WINDOWS_TO_OLSON.get(tail)
        if key:
            return ZoneInfo(key)
    key = _windows().get(name.casefold()) or _ABBREVIATIONS.get(name.upper())
    return ZoneInfo(key) if key else None


def _guessed(name: str) -> NamedZone | None:
    """The zone of names such as GMT+0100, or (UTC+01:00) Amsterdam, Berlin; None where nothing speaks for one."""
    plain = _OFFSET.fullmatch(name.strip())
    if plain:
        return NamedZone(_fixed(*plain.groups()))
    shown = _DISPLAYED.fullmatch(name.strip())
    if not shown:
        return None
    sign, hours, minutes, places = shown.groups()
    offset = _fixed(sign or "+", hours or "0", minutes)
    if offset is None:
        return None
    for place in re.split(r"[,;(]", places):
        word = place.strip().casefold()
        key = _REGIONS.get(word) or _cities().get(word.replace(" ", "_"))
        if key:
            return NamedZone(ZoneInfo(key))
    doubt = f"of its time zone {words(name)} only the distance from UTC is known, summer time is not"
    return NamedZone(offset, doubt)


def _fixed(sign: str, hours: str, minutes: str | None) -> timezone | None:
    size = timedelta(hours=int(hours), minutes=int(minutes or 0))
    if size > timedelta(hours=15):
        return None
    return timezone(-size if sign == "-" else size) if size else UTC


@cache
def _iana() -> dict[str, str]:
    return {key.casefold(): key for key in available_timezones()}


@cache
def _windows() -> dict[str, str]:
    return {name.casefold(): key for name, key in WINDOWS_TO_OLSON.items()}


@cache
def _cities() -> dict[str, str]:
    """Zones by the city they are named after."""
    return {key.rsplit("/", 1)[-1].casefold(): key for key in sorted(available_timezones()) if key.count("/") == 1}


def _built(component: Component) -> tzinfo:
    """The zone that a VTIMEZONE explains. Raises where it does not, or in a way that no zone of a real place needs."""
    built = Timezone()
    built.add("tzid", "explained in the file")
    parts = [part for part in component.parts if part.name in {"STANDARD", "DAYLIGHT"}]
    if not 1 <= len(parts) <= _MOST_OBSERVANCES:
        raise UnreadableError("its rules are none, or too many")
    for part in parts:
        built.add_component(_observance(part))
    zone: tzinfo = built.to_tz(lookup_tzid=False)
    return zone


def _observance(part: Component) -> TimezoneStandard | TimezoneDaylight:
    built = TimezoneStandard() if part.name == "STANDARD" else TimezoneDaylight()
    start = part.first("DTSTART")
    if start is None:
        raise UnreadableError("a rule has no start")
    onset = as_moments(start, None)[0].wall
    if part.lines.get("RRULE"):
        onset = onset.replace(year=max(onset.year, _FIRST_YEAR))
    built.add("dtstart", onset)
    built.add("tzoffsetfrom", _offset(part.text("TZOFFSETFROM")))
    built.add("tzoffsetto", _offset(part.text("TZOFFSETTO")))
    for line in part.lines.get("RRULE", [])[:1]:
        built.add("rrule", vRecur.from_ical(_simple_rule(line.value)))
    dates = [moment.wall for line in part.lines.get("RDATE", []) for moment in as_moments(line, None)]
    if len(dates) > 400:
        raise UnreadableError("it changes its clocks too often")
    if dates:
        built.add("rdate", dates)
    return built


def _simple_rule(value: str) -> str:
    parts = [part.strip().upper() for part in value.split(";") if part.strip()]
    for part in parts:
        if not (_YEARLY.fullmatch(part) or _YEARLY_DAYS.fullmatch(part) or _UNTIL.fullmatch(part)):
            raise UnreadableError(f"the rule {words(value)} is none by which clocks change")
    if "FREQ=YEARLY" not in parts:
        raise UnreadableError(f"the rule {words(value)} is none by which clocks change")
    return ";".join(parts)


def _offset(text: str) -> timedelta:
    match = re.fullmatch(r"([+-])(\d\d):?(\d\d)(\d\d)?", text.strip())
    if not match:
        raise UnreadableError(f"{words(text)} is no distance from UTC")
    size = timedelta(hours=int(match[2]), minutes=int(match[3]), seconds=int(match[4] or 0))
    if size >= timedelta(days=1):
        raise UnreadableError(f"{words(text)} is no distance from UTC")
    return -size if match[1] == "-" else size

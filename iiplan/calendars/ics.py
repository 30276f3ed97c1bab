"""Calendar entries as an iCalendar file (RFC 5545), the way that calendar apps agree on.

No METHOD, ORGANIZER or ATTENDEE: the file is a note to oneself, and no app may mail anybody because of it. An agreed
meeting is CONFIRMED, a proposed one TENTATIVE: that is how apps show the difference, and both keep the hour taken. One
that is off is CANCELLED and takes no time.

Hours carry the trip's zone, with its rule as VTIMEZONE, so that they read the same wherever the traveller is. They
are in UTC where no rule tells the zone's clocks rightly, and for a meeting that starts or ends in the hour that clocks
show twice when they go back: RFC 5545 takes such an hour as its first pass, apps do not agree, and the second pass
could not be written at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import (
    Alarm,
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vGeo,
    vRecur,
    vText,
)

from iiplan.calendars.editions import Edition
from iiplan.calendars.entries import CalendarEntry
from iiplan.calendars.wording import many_lines, one_line
from iiplan.calendars.zonerules import FIRST_YEAR, ZoneRule, known_zone, on_the_clock, rule_for
from iiplan.errors import InputError
from iiplan.model import Coordinates

__all__ = ["PRODUCT", "calendar_file", "timezone_component"]

PRODUCT = "-//iiplan//week plan//EN"
_WEEKDAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
_METRES = "70"  # how wide Apple's map is


def calendar_file(editions: Sequence[Edition], *, timezone: str, name: str | None) -> bytes:
    """The file's bytes, UTF-8 with CRLF; the same input gives the same bytes.

    ``timezone`` is the trip's IANA name. ``name`` is what apps may call the calendar; None for a file of a single
    meeting, where Outlook wants none.
    """
    if not editions:
        raise InputError("There is no meeting to put into a calendar. Plan the week first.")
    entries = [edition.entry for edition in editions]
    zone = known_zone(timezone)
    rule = None if timezone in {"UTC", "Etc/UTC"} else rule_for(timezone, *_years(entries))
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if name is not None:
        calendar.add("x-wr-calname", vText(one_line(name)))  # a plain string would go unescaped
    events = [_event(edition, zone if rule else None) for edition in editions]
    if rule and any("TZID" in event["DTSTART"].params for event in events):
        calendar.add_component(timezone_component(timezone, rule))
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def timezone_component(key: str, rule: ZoneRule) -> Timezone:
    """The rule as VTIMEZONE: one STANDARD, and one DAYLIGHT where clocks change, with nothing but yearly rules in it.

    Each onset is in the time that clocks show just before it.
    """
    component = Timezone()
    component.add("tzid", key)
    if not rule.changes:
        component.add_component(_observance(TimezoneStandard(), rule.name, rule.offset, rule.offset))
    for change in rule.changes:
        part = TimezoneDaylight() if change.daylight else TimezoneStandard()
        _observance(part, change.name, change.before, change.after, change.local(FIRST_YEAR))
        day = f"{change.week}{_WEEKDAYS[change.weekday]}"
        part.add("rrule", vRecur(freq="YEARLY", bymonth=change.month, byday=day))
        component.add_component(part)
    return component


def _observance(
    part: TimezoneStandard | TimezoneDaylight,
    name: str,
    before: timedelta,
    after: timedelta,
    onset: datetime = datetime(FIRST_YEAR, 1, 1),  # noqa: DTZ001 (wall time, as the format wants it)
) -> TimezoneStandard | TimezoneDaylight:
    part.add("dtstart", onset)
    part.add("tzoffsetfrom", before)
    part.add("tzoffsetto", after)
    part.add("tzname", name)
    return part


def _event(edition: Edition, zone: ZoneInfo | None) -> Event:
    """The entry as VEVENT, its hours in ``zone``; None stands for UTC."""
    entry, revision = edition.entry, edition.revision
    event = Event()
    event.add("uid", one_line(entry.uid))
    event.add("dtstamp", revision.modified.astimezone(UTC))
    event.add("last-modified", revision.modified.astimezone(UTC))
    event.add("sequence", revision.sequence)
    event.add("status", "CANCELLED" if entry.off else "CONFIRMED" if entry.agreed else "TENTATIVE")
    if not entry.takes_the_hour:
        event.add("transp", "TRANSPARENT")
    if zone and any(_shown_twice(on_the_clock(moment, zone)) for moment in (entry.start, entry.end)):
        zone = None
    for field, moment in (("dtstart", entry.start), ("dtend", entry.end)):
        if zone:
            event.add(field, on_the_clock(moment, zone).replace(tzinfo=None), parameters={"TZID": zone.key})
        else:
            event.add(field, moment.astimezone(UTC))
    event.add("summary", one_line(entry.summary))
    if entry.location:
        event.add("location", one_line(entry.location))
    if entry.description:
        event.add("description", many_lines(entry.description))
    if entry.url:
        event.add("url", entry.url)
    if entry.coordinates:
        _add_coordinates(event, entry.coordinates, one_line(entry.location))
    if entry.alarm is not None:
        event.add_component(_alarm(-entry.alarm, one_line(entry.reminder or entry.summary)))
    for ring in entry.rings:
        event.add_component(_alarm(ring.at.astimezone(UTC), one_line(ring.words)))
    return event


def _add_coordinates(event: Event, at: Coordinates, title: str) -> None:
    """The point for all, and in Apple's own words, whose title is the LOCATION to the letter: else it shows no map."""
    point = _Geo(at.as_pair)
    event.add("geo", point, encode=False)
    parameters = {"VALUE": "URI", "X-APPLE-RADIUS": _METRES, "X-TITLE": title}
    event.add("x-apple-structured-location", "geo:" + point.to_ical().replace(";", ","), parameters=parameters)


def _alarm(when: timedelta | datetime, words: str) -> Alarm:
    """It rings that long from the start, or at that moment in UTC."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    alarm.add("trigger", when, parameters={"VALUE": "DATE-TIME"} if isinstance(when, datetime) else {})
    return alarm


class _Geo(vGeo):
    """A position to a tenth of a metre, never in the notation ``1e-05``, which the format does not know."""

    def to_ical(self) -> str:
        return f"{self.latitude:.6f};{self.longitude:.6f}"


def _years(entries: Sequence[CalendarEntry]) -> tuple[int, int]:
    """The first and the last year of the entries, in UTC."""
    return min(e.start.astimezone(UTC).year for e in entries), max(e.end.astimezone(UTC).year for e in entries)


def _shown_twice(moment: datetime) -> bool:
    """Whether clocks show this hour twice, before and after they go back."""
    return moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()

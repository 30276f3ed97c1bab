"""What stands in a calendar under one UID, in what matters to people, so that two states of an event can be compared.

Servers and apps rewrite files: order, stamps, alarms, parameters and blanks tell nothing about what somebody changed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Component

from iiplan.calendars.editions import Edition
from iiplan.calendars.entries import CalendarEntry
from iiplan.calendars.ics import calendar_file
from iiplan.calendars.read_back import event_of
from iiplan.calendars.zonerules import known_zone
from iiplan.model import Revision

__all__ = ["Standing", "standing", "standing_of"]

_ANY = Revision(sequence=0, modified=datetime(2000, 1, 1, tzinfo=UTC))


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One event: hours in the trip's zone (aware; days where it has no hours), texts with single blanks.

    ``off``: it is cancelled there. ``repeats``: it has a rule. ``sequence`` is no part of what is compared.
    """

    start: datetime | date
    end: datetime | date
    title: str
    place: str
    notes: str
    off: bool
    repeats: bool
    sequence: int

    def same(self, other: Standing | None) -> bool:
        """Whether nothing that matters differs."""
        return other is not None and replace(self, sequence=0) == replace(other, sequence=0)

    def differences(self, other: Standing) -> tuple[str, ...]:
        """In what the two differ, in words: hours, title, place, notes, cancelled, repeats."""
        pairs = {
            "hours": (self.start, self.end) != (other.start, other.end),
            "title": self.title != other.title,
            "place": self.place != other.place,
            "notes": self.notes != other.notes,
            "cancelled": self.off != other.off,
            "repeats": self.repeats != other.repeats,
        }
        return tuple(word for word, differs in pairs.items() if differs)


def standing(content: bytes, uid: str, timezone: str) -> Standing | None:
    """What a file says under that UID; None when it cannot be read."""
    try:
        return _standing(event_of(content, uid), known_zone(timezone))
    except (ValueError, TypeError, LookupError, AttributeError, OverflowError):
        return None


def standing_of(entry: CalendarEntry, timezone: str) -> Standing | None:
    """What an entry says once it is written: read back from the file that it makes."""
    edition = Edition(entry=entry, revision=_ANY, change=None)
    return standing(calendar_file([edition], timezone=timezone, name=None), entry.uid, timezone)


def _standing(event: Component, zone: ZoneInfo) -> Standing:
    start = event.decoded("DTSTART")
    if not isinstance(start, date):
        raise ValueError("That is no hour.")
    end = event.decoded("DTEND", None)
    if end is None:
        whole_day = timedelta() if isinstance(start, datetime) else timedelta(days=1)
        end = start + event.decoded("DURATION", whole_day)
    return Standing(
        start=_shown(start, zone),
        end=_shown(end, zone),
        title=_words(event, "SUMMARY"),
        place=_words(event, "LOCATION"),
        notes=_words(event, "DESCRIPTION"),
        off=_words(event, "STATUS").upper() == "CANCELLED",
        repeats="RRULE" in event or "RDATE" in event,
        sequence=max(0, int(event.get("SEQUENCE", 0))),
    )


def _shown(moment: datetime | date, zone: ZoneInfo) -> datetime | date:
    """In the trip's zone, which also holds for a time without one; whole days as they are."""
    if not isinstance(moment, datetime):
        return moment
    return moment.astimezone(zone) if moment.utcoffset() is not None else moment.replace(tzinfo=zone)


def _words(event: Component, name: str) -> str:
    return " ".join(str(event.get(name, "")).split())

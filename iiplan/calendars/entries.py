"""What a calendar shows of each meeting: one entry a meeting, the same for the same plan, whenever it is made."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from iiplan.calendars import wording
from iiplan.calendars.zonerules import known_zone, on_the_clock
from iiplan.errors import InputError
from iiplan.model import Agenda, Block, Contact, Coordinates

__all__ = ["CalendarEntry", "calendar_entries", "meeting_uid"]

_MEETINGS = UUID("4ed8f0d1-86c5-4d0c-9d3a-0f6cf2c8b6f7")  # never change it: every UID handed out rests on it
_ALARM_WITHOUT_A_WAY = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class CalendarEntry:
    """One meeting as a calendar shows it.

    ``start`` and ``end`` are aware, in the trip's zone, on hours that exist there. ``location`` is one line;
    ``description`` has ``\\n`` between its lines. ``alarm`` is how long before the start it rings with the words
    of ``reminder``; None for no alarm. ``agreed`` tells an agreed hour from one that is only proposed.
    """

    uid: str
    contact_id: str
    start: datetime
    end: datetime
    summary: str
    location: str
    coordinates: Coordinates | None
    description: str
    alarm: timedelta | None
    agreed: bool = False
    reminder: str = ""

    def __post_init__(self) -> None:
        for moment in (self.start, self.end):
            if moment.utcoffset() is None:
                raise InputError(f"The hour {moment.isoformat()} of {self.summary!r} has no time zone. Give it one.")
        if self.length <= timedelta():
            raise InputError(
                f"{self.summary!r} on {self.start:%a %d %b %Y} would end at {self.end:%H:%M}, not after its start "
                f"at {self.start:%H:%M}. Plan the week again."
            )

    @property
    def length(self) -> timedelta:
        """How long it really lasts, also across a change of the clocks."""
        return self.end.astimezone(UTC) - self.start.astimezone(UTC)

    @property
    def digest(self) -> str:
        """SHA-256 (hex) over all that a calendar shows of it; a change means a new revision is due."""
        shown = asdict(self) | {
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "alarm": None if self.alarm is None else self.alarm.total_seconds(),
        }
        return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()


def meeting_uid(trip_id: str, contact_id: str) -> str:
    """The name by which calendars know this meeting for ever, whatever else about it changes."""
    return f"{uuid5(_MEETINGS, json.dumps([trip_id, contact_id]))}@iiplan"


def calendar_entries(agenda: Agenda, contacts: Mapping[str, Contact]) -> tuple[CalendarEntry, ...]:
    """One entry for each meeting of the agenda, in order of start.

    ``contacts`` by id; a meeting with somebody no longer in it goes by its title in the plan.
    """
    zone = known_zone(agenda.timezone)
    entries = (_entry(block, agenda.trip_id, contacts, zone) for block in agenda.meetings)
    return tuple(sorted(entries, key=lambda entry: (entry.start.astimezone(UTC), entry.uid)))


def _entry(block: Block, trip_id: str, contacts: Mapping[str, Contact], zone: ZoneInfo) -> CalendarEntry:
    contact_id = block.contact_id
    if contact_id is None:
        raise InputError(f"The meeting {block.title!r} does not say with whom it is. Plan the week again.")
    contact = contacts.get(contact_id)
    leave_by = None if block.leave_by is None else on_the_clock(block.leave_by, zone)
    block = replace(block, start=on_the_clock(block.start, zone), end=on_the_clock(block.end, zone), leave_by=leave_by)
    return CalendarEntry(
        uid=meeting_uid(trip_id, contact_id),
        contact_id=contact_id,
        start=block.start,
        end=block.end,
        summary=wording.summary(block, contact),
        location=wording.location(block, contact),
        coordinates=block.place.at if block.place else None,
        description=wording.describe(block, contact, zone.key),
        alarm=_alarm(block),
        agreed=block.fixed,
        reminder=wording.reminder(block, contact),
    )


def _alarm(block: Block) -> timedelta:
    """When it is time to leave; where there is no way to go, and for calls, ten minutes before the start."""
    if block.place is None or block.leave_by is None:
        return _ALARM_WITHOUT_A_WAY
    return max(timedelta(), block.start.astimezone(UTC) - block.leave_by.astimezone(UTC))

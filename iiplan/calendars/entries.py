"""What a calendar shows: one entry a meeting, and entries for hours held, ways, notes, lunch and reminders."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid5

from iiplan.errors import InputError
from iiplan.model import Coordinates

__all__ = ["CalendarEntry", "EntryKind", "Ring", "called_off", "meeting_uid", "part_uid"]

_MEETINGS = UUID("4ed8f0d1-86c5-4d0c-9d3a-0f6cf2c8b6f7")  # never change it: every UID handed out rests on it


class EntryKind(StrEnum):
    """What an entry is there for."""

    MEETING = "meeting"
    HELD = "held"  # an hour offered to somebody who has not chosen
    WAY = "way"
    NOTES = "notes"
    LUNCH = "lunch"
    REMINDER = "reminder"


@dataclass(frozen=True, kw_only=True)
class Ring:
    """An alarm at a moment of its own (aware), with what it says."""

    at: datetime
    words: str


@dataclass(frozen=True, kw_only=True)
class CalendarEntry:
    """One event as a calendar shows it.

    ``start`` and ``end`` are aware, in the trip's zone, on hours that exist there. ``location`` is one line;
    ``description`` has ``\\n`` between its lines. ``alarm`` is how long before the start it rings with the words
    of ``reminder``; None for no alarm; ``rings`` are further alarms. ``agreed`` tells an agreed hour from one that is
    only proposed, ``off`` one that will not be. ``contact_id`` is empty where nobody in particular is met.
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
    kind: EntryKind = EntryKind.MEETING
    rings: tuple[Ring, ...] = ()
    url: str = ""
    off: bool = False

    def __post_init__(self) -> None:
        for moment in (self.start, self.end, *(ring.at for ring in self.rings)):
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
    def takes_the_hour(self) -> bool:
        """Whether nothing else should happen then."""
        return not self.off and self.kind is not EntryKind.REMINDER

    def same_hours(self, other: CalendarEntry) -> bool:
        """Whether both are at the same instants."""
        return (self.start, self.end) == (other.start, other.end)

    @property
    def content(self) -> str:
        """All of it as JSON, from which ``of_content`` makes it again; the same entry gives the same text."""
        shown = vars(self) | {
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "alarm": None if self.alarm is None else self.alarm.total_seconds(),
            "coordinates": self.coordinates and self.coordinates.as_pair,
            "rings": [[ring.at.isoformat(), ring.words] for ring in self.rings],
        }
        return json.dumps(shown, sort_keys=True)

    @property
    def digest(self) -> str:
        """SHA-256 (hex) over all that a calendar shows of it; a change means a new revision is due."""
        return hashlib.sha256(self.content.encode()).hexdigest()

    @classmethod
    def of_content(cls, content: str) -> CalendarEntry:
        """The entry of such a text; ``ValueError``, ``TypeError`` or ``LookupError`` when it is none."""
        kept: Mapping[str, Any] = json.loads(content)
        at, alarm = kept["coordinates"], kept["alarm"]
        changed = {
            "start": datetime.fromisoformat(kept["start"]),
            "end": datetime.fromisoformat(kept["end"]),
            "alarm": None if alarm is None else timedelta(seconds=alarm),
            "coordinates": at and Coordinates(latitude=at[0], longitude=at[1]),
            "rings": tuple(Ring(at=datetime.fromisoformat(moment), words=words) for moment, words in kept["rings"]),
            "kind": EntryKind(kept["kind"]),
        }
        return cls(**{**kept, **changed})


def called_off(entry: CalendarEntry) -> CalendarEntry:
    """The entry at its last hours, as one that will not be: it takes no time and rings no more.

    The title says so too: some apps do not show that an event is cancelled.
    """
    if entry.off:
        return entry
    if entry.kind is EntryKind.MEETING:
        why = "Cancelled" if entry.agreed else "No longer planned"
    else:
        why = "No longer held" if entry.kind is EntryKind.HELD else "No longer needed"
    summary = entry.summary.removeprefix("Held: ")
    return replace(
        entry,
        summary=f"{why}: {summary}",
        description=f"{why}. It is not in the plan any more; delete it if it is in your way.",
        alarm=None,
        reminder="",
        rings=(),
        off=True,
    )


def meeting_uid(trip_id: str, contact_id: str) -> str:
    """The name by which calendars know this meeting for ever, whatever else about it changes."""
    return part_uid(trip_id, contact_id)


def part_uid(trip_id: str, *part: str) -> str:
    """The name for ever of something else on the trip, such as (contact id, "way")."""
    return f"{uuid5(_MEETINGS, json.dumps([trip_id, *part]))}@iiplan"

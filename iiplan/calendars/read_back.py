"""Our own meetings in a file that a calendar app gives back: which were moved or cancelled there.

Only events with a UID of ours are looked at, each by itself, so that nothing else in the file can stand in the way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from icalendar import Calendar, Component

from iiplan.calendars.editions import Edition
from iiplan.calendars.entries import CalendarEntry, EntryKind
from iiplan.calendars.zonerules import known_zone, on_the_clock
from iiplan.errors import InputError

__all__ = ["LARGEST", "Proposal", "ProposalKind", "ReadBack", "event_of", "read_back"]

LARGEST = 10_000_000  # bytes of a file
_MOST_LINES = 5_000  # of an event or a time zone; those that apps write have dozens
_MOST_TWINS = 10  # events with one UID
_FOLD = re.compile("\r?\n[ \t]")
_LINE_END = re.compile("\r\n|\r|\n")
_ZONE = re.compile(r'TZID="?([^":;]+)"?')


class ProposalKind(StrEnum):
    """What the calendar says about a meeting, against the plan."""

    MOVED = "moved"
    CANCELLED = "cancelled"


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A change made in the calendar app. ``start`` is the hour there, in the trip's zone; ``entry`` is the plan's."""

    kind: ProposalKind
    entry: CalendarEntry
    start: datetime


@dataclass(frozen=True, kw_only=True)
class ReadBack:
    """What a file says: ``proposals`` in order of start, ``notes`` on what could not be used, and how many of the
    plan's meetings were ``found`` in it."""

    proposals: tuple[Proposal, ...]
    notes: tuple[str, ...]
    found: int


def read_back(content: bytes, editions: Iterable[Edition], timezone: str) -> ReadBack:
    """Compare the meetings of the plan with a file from a calendar app, by UID.

    A meeting counts as moved only where the file's hour is neither the plan's nor the one that was handed out last:
    a calendar that does not know of the plan's newest hour yet moved nothing. Of several events with one UID the
    newest revision counts. InputError for a file that is no calendar, or larger than ``LARGEST``.
    """
    if len(content) > LARGEST:
        raise InputError(f"The file is larger than {LARGEST // 1_000_000} MB. Export the trip's calendar alone.")
    lines = _lines(content)
    if not any(line.strip().upper() == "BEGIN:VCALENDAR" for line in lines):
        raise InputError("This is no calendar file. Export the calendar as .ics from your app and choose that file.")
    meetings = {one.entry.uid: one for one in editions if one.entry.kind is EntryKind.MEETING}
    zones, events = _parts(lines, set(meetings))
    proposals, notes = [], []
    for uid, texts in events.items():
        edition = meetings[uid]
        try:
            event = _newest(texts, zones)
            proposal = _compare(event, edition, timezone)
        except (ValueError, TypeError, LookupError, AttributeError, OverflowError):
            notes.append(f"{edition.entry.summary}: what the file says about it cannot be read.")
            continue
        if isinstance(proposal, Proposal):
            proposals.append(proposal)
        elif proposal:
            notes.append(proposal)
    return ReadBack(
        proposals=tuple(sorted(proposals, key=lambda one: (one.start.astimezone(UTC), one.entry.uid))),
        notes=tuple(notes),
        found=len(events),
    )


def event_of(content: bytes, uid: str) -> Component:
    """The event of a UID in a file, its newest revision; ``ValueError`` or ``LookupError`` when there is none."""
    zones, events = _parts(_lines(content[:LARGEST]), {uid})
    return _newest(events[uid], zones)


def _newest(texts: Sequence[Sequence[str]], zones: dict[str, list[str]]) -> Component:
    return max((_parsed(text, zones) for text in texts[-_MOST_TWINS:]), key=_revision)


def _lines(content: bytes) -> list[str]:
    return _LINE_END.split(_FOLD.sub("", _text(content)))


def _text(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    return content.decode("utf-8-sig", "replace")


def _parts(lines: Sequence[str], uids: set[str]) -> tuple[dict[str, list[str]], dict[str, list[list[str]]]]:
    """The lines of each time zone by its name, and of each event of ours by UID."""
    zones: dict[str, list[str]] = {}
    events: dict[str, list[list[str]]] = {}
    for block in _blocks(lines):
        zone = next((line[5:].strip() for line in block if line.upper().startswith("TZID:")), "")
        if block[0].strip().upper() == "BEGIN:VTIMEZONE":
            if len(block) <= _MOST_LINES:
                zones.setdefault(zone, block)
            continue
        names = (line[4:].strip() for line in block if line.upper().startswith("UID:"))
        uid = next((name for name in names if name in uids), None)
        if uid is not None and not any(line.upper().startswith("RECURRENCE-ID") for line in block):
            events.setdefault(uid, []).append(block)
    return zones, events


def _blocks(lines: Sequence[str]) -> Iterator[list[str]]:
    """Each time zone and each event, from its BEGIN to its END; one that never ends is left out."""
    start, end = 0, ""
    for number, line in enumerate(lines):
        word = line.strip().upper()
        if word in {"BEGIN:VEVENT", "BEGIN:VTIMEZONE"}:
            start, end = number, word.replace("BEGIN", "END")
        elif end and word == end:
            yield list(lines[start : number + 1])
            end = ""


def _parsed(event: Sequence[str], zones: dict[str, list[str]]) -> Component:
    """One event, read together with the time zones that it names."""
    if len(event) > _MOST_LINES:
        raise ValueError("That is no event that an app has written.")
    names = {name for line in event if (found := _ZONE.search(line)) and (name := found[1]) in zones}
    wanted = [line for name in sorted(names) for line in zones[name]]
    text = "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *wanted, *event, "END:VCALENDAR", ""])
    return Calendar.from_ical(text).walk("VEVENT")[0]


def _revision(event: Component) -> tuple[int, datetime]:
    stamp = event.decoded("LAST-MODIFIED", None) or event.decoded("DTSTAMP", None)
    known = stamp if isinstance(stamp, datetime) and stamp.utcoffset() is not None else None
    return int(event.get("SEQUENCE", 0)), known or datetime.min.replace(tzinfo=UTC)


def _compare(event: Component, edition: Edition, timezone: str) -> Proposal | str | None:
    """The change that was made there, a note on what cannot be used, or None."""
    entry = edition.entry
    if entry.off:
        return None
    if str(event.get("STATUS", "")).strip().upper() == "CANCELLED":
        called_off_by_us = edition.was is not None and edition.was.off
        return None if called_off_by_us else Proposal(kind=ProposalKind.CANCELLED, entry=entry, start=entry.start)
    zone = known_zone(timezone)
    start = event.decoded("DTSTART")
    if not isinstance(start, date):
        raise ValueError("That is no hour.")
    if not isinstance(start, datetime):
        return f"{entry.summary}: it is an all-day event there. Give it an hour."
    if start.utcoffset() is None and "TZID" in event["DTSTART"].params:
        return f"{entry.summary}: its time zone there is not known."
    start = on_the_clock(start if start.utcoffset() is not None else start.replace(tzinfo=zone), zone)
    start = start.replace(second=0, microsecond=0)
    if start in {entry.start, edition.was.start if edition.was else None}:
        return None
    return Proposal(kind=ProposalKind.MOVED, entry=entry, start=start)

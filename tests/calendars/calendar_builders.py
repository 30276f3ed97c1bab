"""Builders for the calendar tests: each shows only what matters to the test that calls it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from iiplan.calendars import CalendarEntry, Edition, meeting_uid
from iiplan.model import Agenda, AgendaDay, Block, BlockKind, Contact, Coordinates, Place, Revision

NEW_YORK = ZoneInfo("America/New_York")
OFFICE = Place(name="Engine House", address="12 K St NW", at=Coordinates(latitude=38.9025, longitude=-77.0289))
ADA = Contact(
    id="ada",
    name="Ada Example",
    role="Director",
    organisation="Engines Ltd",
    email="ada@example.org",
    phone="+1 202 555 0100",
)
FIRST = Revision(sequence=0, modified=datetime(2027, 2, 1, 12, 0, tzinfo=UTC))


def meeting(start: datetime, *, minutes: int = 30, contact_id: str = "ada", **changes) -> Block:
    """A meeting of the given real length."""
    end = (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(start.tzinfo)
    fields = {"title": "Ada Example", "place": OFFICE, "fixed": True} | changes
    return Block(kind=BlockKind.MEETING, start=start, end=end, contact_id=contact_id, **fields)


def agenda(*blocks: Block, timezone: str = "America/New_York") -> Agenda:
    """A plan with one day for each block."""
    days = tuple(
        AgendaDay(date=block.start.date(), opens=block.start, closes=block.end, blocks=(block,)) for block in blocks
    )
    return Agenda(trip_id="washington-2027", timezone=timezone, days=days)


def entry(start: datetime, **changes) -> CalendarEntry:
    """A calendar entry of half an hour, made without an agenda."""
    fields = {
        "uid": meeting_uid("washington-2027", "ada"),
        "contact_id": "ada",
        "start": start,
        "end": (start.astimezone(UTC) + timedelta(minutes=30)).astimezone(start.tzinfo),
        "summary": "Ada Example",
        "location": "Engine House",
        "coordinates": OFFICE.at,
        "description": "Bring a pen.",
        "alarm": timedelta(minutes=25),
    }
    return CalendarEntry(**(fields | changes))


def edition(entry: CalendarEntry, revision: Revision = FIRST) -> Edition:
    """An entry with a revision, as if calendars had it already."""
    return Edition(entry=entry, revision=revision, change=None)


def unfolded(content: bytes) -> list[str]:
    """The file's logical lines, by the letter of RFC 5545 §3.1: lines end in CRLF, a leading blank continues one."""
    assert content.endswith(b"\r\n")
    physical = content[:-2].split(b"\r\n")
    lines: list[bytes] = []
    for line in physical:
        assert b"\r" not in line
        assert b"\n" not in line
        assert len(line) <= 75
        line.decode("utf-8")  # no character is cut in two
        if line.startswith(b" "):
            lines[-1] += line[1:]
        else:
            lines.append(line)
    return [line.decode("utf-8") for line in lines]


def value(lines: list[str], name: str) -> str:
    """The value of the one line of that name, as it stands in the file."""
    (found,) = [line for line in lines if re.match(rf"{name}[;:]", line)]
    return found.split(":", 1)[1]


def plain(text: str) -> str:
    """A TEXT value without its escapes."""
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], text)

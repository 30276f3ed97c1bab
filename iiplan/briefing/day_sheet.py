"""A day on paper: when to leave, whom to meet where, what to ask, what to say about oneself, what to bring."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from urllib.parse import quote

from iiplan.errors import InputError

__all__ = [
    "MOST_QUESTIONS",
    "DaySheet",
    "Paper",
    "SheetMeeting",
    "SheetStop",
    "StopKind",
    "sheet_document",
    "sheets_text",
]

MOST_QUESTIONS = 5
NO_ADDRESS = "No address is known. Ask for it before you leave."


class Paper(StrEnum):
    """What a sheet is printed on."""

    A4 = "a4"
    LETTER = "letter"


class StopKind(StrEnum):
    """What a stretch of the day is for."""

    MEETING = "meeting"
    HELD = "held"  # an hour offered to somebody who has not chosen
    LUNCH = "lunch"
    BUSY = "busy"
    BACK = "back"  # at the base again


@dataclass(frozen=True, kw_only=True)
class SheetMeeting:
    """Who is met, where, and what to ask. All texts are plain and on one line; links are http(s) addresses.

    ``about`` are at most two lines on who it is, ``found`` one on what research found. ``where`` is the address, empty
    when none is known and for a call. ``way`` says how to get there, after "Leave by". ``questions`` are the first
    few, ``further`` how many more there are.
    """

    call: bool = False
    agreed: bool = True
    about: tuple[str, ...] = ()
    found: str = ""
    phone: str = ""
    email: str = ""
    profile: str = ""
    where: str = ""
    map: str = ""
    leave_by: datetime | None = None
    way: str = ""
    questions: tuple[str, ...] = ()
    further: int = 0

    def __post_init__(self) -> None:
        if len(self.about) > 2 or len(self.questions) > MOST_QUESTIONS:
            raise InputError(f"A day sheet has two lines on a person and {MOST_QUESTIONS} questions at most.")


@dataclass(frozen=True, kw_only=True)
class SheetStop:
    """One stretch of the day, aware and in the trip's zone; ``note`` is a line below its title."""

    kind: StopKind
    start: datetime
    end: datetime
    title: str
    note: str = ""
    meeting: SheetMeeting | None = None


@dataclass(frozen=True, kw_only=True)
class DaySheet:
    """One day of a trip. ``leave`` and ``back`` are None without a way; ``warning`` is what the plan does not know.

    ``introduction`` has its paragraphs, ``bring`` each thing with whether it is ticked off. ``off``: a day off.
    """

    date: date
    trip: str
    city: str
    timezone: str
    stops: tuple[SheetStop, ...] = ()
    leave: datetime | None = None
    back: datetime | None = None
    warning: str = ""
    introduction: tuple[str, ...] = ()
    bring: tuple[tuple[str, bool], ...] = ()
    off: bool = False

    @property
    def meetings(self) -> tuple[SheetStop, ...]:
        """The day's meetings and calls, in order."""
        return tuple(stop for stop in self.stops if stop.kind is StopKind.MEETING)


def sheet_document(sheet: DaySheet) -> dict[str, object]:
    """All words of a sheet as strings, lists and dictionaries: what page, PDF and text are made of."""
    return {
        "day": sheet.date.isoformat(),
        "title": f"{sheet.date:%A} {sheet.date.day} {sheet.date:%B %Y}",
        "trip": f"{sheet.trip} · {sheet.city}",
        "summary": _summary(sheet),
        "zone": f"Times are those of {sheet.timezone.replace('_', ' ')}.",
        "warning": sheet.warning,
        "stops": [_stop(stop) for stop in sheet.stops],
        "introduction": list(sheet.introduction),
        "bring": [{"text": text, "ticked": ticked} for text, ticked in sheet.bring],
    }


def sheets_text(sheets: Sequence[DaySheet]) -> str:
    """The same sheets in plain lines, the days apart by an empty line."""
    return "\n\n".join("\n".join(_lines(sheet)) for sheet in sheets)


def _summary(sheet: DaySheet) -> str:
    visits = sum(1 for stop in sheet.meetings if stop.meeting and not stop.meeting.call)
    calls = len(sheet.meetings) - visits
    parts = [_counted(visits, "meeting")] if visits else []
    parts += [_counted(calls, "call")] if calls else []
    if not parts:
        return "A day off." if sheet.off else "No meeting on this day."
    ways = [f"leave at {sheet.leave:%H:%M}"] if sheet.leave else []
    ways += [f"back at {sheet.back:%H:%M}"] if sheet.back else []
    return " · ".join([" and ".join(parts), *ways])


def _counted(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def _stop(stop: SheetStop) -> dict[str, object]:
    shown: dict[str, object] = {
        "kind": stop.kind.value,
        "start": f"{stop.start:%H:%M}",
        "end": "" if stop.kind is StopKind.BACK else f"{stop.end:%H:%M}",
        "title": stop.title,
        "note": stop.note,
        "meeting": None,
    }
    return shown | {"meeting": _meeting(stop.meeting)} if stop.meeting else shown


def _meeting(meeting: SheetMeeting) -> dict[str, object]:
    where = meeting.where or ("" if meeting.call else NO_ADDRESS)
    number = _dialled(meeting.phone)
    return {
        "badges": [*(["call"] if meeting.call else []), *([] if meeting.agreed else ["not agreed yet"])],
        "leave": f"{meeting.leave_by:%H:%M}" if meeting.leave_by else "",
        "way": meeting.way,
        "about": list(meeting.about),
        "found": meeting.found,
        "where": where,
        "missing": not (meeting.where or meeting.call),
        "map": meeting.map,
        "phone": meeting.phone or ("No number is known." if meeting.call else ""),
        "tel": f"tel:{number}" if number else "",
        "email": meeting.email,
        "mailto": f"mailto:{quote(meeting.email, safe='@.+-_')}" if meeting.email else "",
        "profile": meeting.profile,
        "questions": list(meeting.questions),
        "further": f"and {meeting.further} more on your list" if meeting.further else "",
    }


def _dialled(phone: str) -> str:
    """What a phone is to dial, up to the first word such as "ext."; empty when that is no number."""
    abroad = phone.lstrip().startswith("+")
    found = re.search(r"\d[\d\s()./-]*", phone.replace("(0)", "") if abroad else phone)
    digits = re.sub(r"\D", "", found[0]) if found else ""
    return ("+" if abroad else "") + digits if len(digits) >= 3 else ""


def _lines(sheet: DaySheet) -> list[str]:
    words = sheet_document(sheet)
    lines = [str(words[part]) for part in ("title", "trip", "summary", "zone", "warning") if words[part]]
    for stop in sheet.stops:
        lines += ["", *_stop_lines(_stop(stop))]
    if sheet.introduction:
        lines += ["", "My introduction:", *(f"  {paragraph}" for paragraph in sheet.introduction)]
    if sheet.bring:
        lines += ["", "To bring:", *(f"  [{'x' if ticked else ' '}] {text}" for text, ticked in sheet.bring)]
    return lines


def _stop_lines(stop: Mapping[str, object]) -> list[str]:
    hours = f"{stop['start']} to {stop['end']}" if stop["end"] else str(stop["start"])
    lines = [f"{hours} · {stop['title']}"] + ([f"    {stop['note']}"] if stop["note"] else [])
    met = stop["meeting"]
    if not isinstance(met, dict):
        return lines
    lines[0] += "".join(f" [{badge}]" for badge in met["badges"])
    leave = " · ".join(filter(None, (f"Leave by {met['leave']}" if met["leave"] else "", met["way"])))
    told = [leave, *met["about"], met["found"], met["where"], met["map"], met["phone"], met["email"], met["profile"]]
    lines += [f"    {line}" for line in told if line]
    lines += [f"    [ ] {question}" for question in met["questions"]]
    return lines + ([f"    {met['further']}"] if met["further"] else [])

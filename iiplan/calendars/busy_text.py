"""The bytes of a calendar file as raw events, line by line, so that one broken line spoils nothing but itself.

Nothing here raises for what a file holds, and nothing takes more than time in proportion to its size: components are
kept on a list instead of calling one another, and what nobody asks for is let go of at once.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

__all__ = [
    "MOST_BYTES",
    "MOST_EVENTS",
    "Component",
    "Line",
    "RawCalendar",
    "content_lines",
    "raw_calendars",
    "refusal",
    "text_value",
]

MOST_BYTES = 25_000_000
MOST_EVENTS = 100_000  # of a file

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins like the mark of UTF-16, so it is tried before
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NAME_END = re.compile("[;:]")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_WEB_PAGE = (b"<!doctype", b"<html", b"<?xml", b"<head")
_WHEN = frozenset(["DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID"])
_OBSERVANCE = frozenset(["DTSTART", "RRULE", "RDATE", "TZOFFSETFROM", "TZOFFSETTO"])
_KEPT = {
    "VEVENT": _WHEN
    | {"UID", "SEQUENCE", "SUMMARY", "STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS"}
    | {"LOCATION", "GEO", "X-APPLE-STRUCTURED-LOCATION"},
    "VFREEBUSY": frozenset(["FREEBUSY", "SUMMARY"]),
    "VTIMEZONE": frozenset(["TZID"]),
    "STANDARD": _OBSERVANCE,
    "DAYLIGHT": _OBSERVANCE,
    "VCALENDAR": frozenset(["X-WR-TIMEZONE", "CALSCALE", "METHOD"]),
}
_DEEPEST = 20
_LONGEST_HEAD = 2_000  # characters of name and parameters that are looked at
_TOP = frozenset(["VCALENDAR", "VEVENT", "VFREEBUSY", "VTIMEZONE", "VTODO", "VJOURNAL"])  # never lie in an event


@dataclass(frozen=True, slots=True)
class Line:
    """One content line: its ``name`` in capitals, its parameters by name, and the rest as it stands."""

    name: str
    parameters: dict[str, str]
    value: str


@dataclass(slots=True)
class Component:
    """The lines of one component that matter here, by name; ``whole`` is False where its END is missing."""

    name: str
    lines: dict[str, list[Line]] = field(default_factory=dict)
    parts: list[Component] = field(default_factory=list)
    whole: bool = True

    def first(self, name: str) -> Line | None:
        """The first line of that name, if any."""
        found = self.lines.get(name)
        return found[0] if found else None

    def text(self, name: str) -> str:
        """The value of the first line of that name as plain text; empty where there is none."""
        line = self.first(name)
        return text_value(line.value) if line else ""

    def word(self, name: str) -> str:
        """The value of the first line of that name as one word in capitals."""
        return self.text(name).strip().upper()


@dataclass(slots=True)
class RawCalendar:
    """One VCALENDAR (or what stands outside of any): its own lines, and its components that matter here."""

    lines: Component
    events: list[Component] = field(default_factory=list)
    free_busy: list[Component] = field(default_factory=list)
    zones: list[Component] = field(default_factory=list)


def refusal(data: bytes) -> str:
    """Why a file cannot be a calendar, with the cure; empty where it might be one."""
    if len(data) > MOST_BYTES:
        return (
            f"The file is larger than {MOST_BYTES // 1_000_000} MB, which is the most. "
            "Export a shorter stretch of time, or one calendar at a time."
        )
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "This is a zip archive. Unpack it first; the calendars are the files inside that end in .ics."
    if data[:200].lstrip(codecs.BOM_UTF8 + b" \t\r\n").lower().startswith(_WEB_PAGE):
        return "This is a web page, not a calendar; the download may have needed a sign-in. Download it again."
    if not data.strip(b"\x00\xef\xbb\xbf\xfe\xff \t\r\n"):
        return "The file is empty. Export the calendar again."
    return ""


def content_lines(data: bytes) -> Iterator[str]:
    """The logical lines of a file, without folds, marks and blank lines, whatever encoding it is in.

    Folds are taken out before bytes become characters, since some programs fold in the middle of one. Each line is
    read as UTF-8 or, where that fails, as Windows' Western code page.
    """
    data = _as_utf8(data).replace(b"\x00", b"")
    for line_end in (b"\r\n", b"\r\n", b"\r"):  # twice: some programs write \r\r\n
        data = data.replace(line_end, b"\n")
    for line in data.replace(b"\n ", b"").replace(b"\n\t", b"").split(b"\n"):
        text = _decoded(line).strip(" \t\ufeff")
        if text:
            yield text


def _as_utf8(data: bytes) -> bytes:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace").encode()
    sample = data[:4000]
    half = max(1, len(sample) // 2)
    if sample[1::2].count(0) > 0.4 * half > sample[::2].count(0):
        return data.decode("utf-16-le", "replace").encode()
    if sample[::2].count(0) > 0.4 * half > sample[1::2].count(0):
        return data.decode("utf-16-be", "replace").encode()
    return data


def _decoded(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def raw_calendars(data: bytes) -> tuple[list[RawCalendar], bool]:
    """Every calendar in a file, also several in a row or one inside another, and whether there was room for all.

    Lost BEGINs and ENDs are made up for.
    """
    builder = _Builder()
    for text in content_lines(data):
        head, _, rest = text.partition(":")
        name = head.strip().upper()
        if name == "BEGIN":
            builder.begin(rest.strip().upper())
        elif name == "END":
            builder.end(rest.strip().upper())
        else:
            builder.line(text)
    builder.finish()
    return builder.calendars, builder.room >= 0


class _Builder:
    """Puts components together; ``open`` are those begun and not ended yet, the innermost last."""

    def __init__(self) -> None:
        self.calendars = [RawCalendar(Component("VCALENDAR"))]
        self.open: list[Component] = []
        self.deeper = 0  # begun below the deepest that is kept
        self.room = MOST_EVENTS

    def begin(self, name: str) -> None:
        if name in _TOP:
            while self.open:  # the END of what came before is missing
                self.close(whole=False)
            self.deeper = 0
        if name == "VCALENDAR":
            self.calendars.append(RawCalendar(Component(name)))
        elif len(self.open) < _DEEPEST:
            self.open.append(Component(name))
        else:
            self.deeper += 1

    def end(self, name: str) -> None:
        if not self.open:
            return
        if name == self.open[0].name:
            self.deeper = 0
            while self.open:
                self.close()
        elif self.deeper:
            self.deeper -= 1
        elif self.open[-1].name == name:
            self.close()

    def close(self, whole: bool = True) -> None:
        component = self.open.pop()
        component.whole = whole
        if self.open:
            if self.open[-1].name == "VTIMEZONE":
                self.open[-1].parts.append(component)
            return
        calendar = self.calendars[-1]
        kept = {"VEVENT": calendar.events, "VFREEBUSY": calendar.free_busy, "VTIMEZONE": calendar.zones}
        if component.name in kept:
            self.room -= 1
            if self.room >= 0:
                kept[component.name].append(component)

    def finish(self) -> None:
        while self.open:
            self.close(whole=False)

    def line(self, text: str) -> None:
        into = self.open[-1] if self.open else self.calendars[-1].lines
        wanted = _KEPT.get(into.name)
        if wanted is None or self.deeper:
            return
        name = _NAME_END.split(text, maxsplit=1)[0].strip().upper()
        if name in wanted:
            head, value = _head_and_value(text)
            into.lines.setdefault(name, []).append(Line(name, _parameters(head), value))


_TIME_VALUED = re.compile(r"(?i)(DTSTART|DTEND|DURATION|RECURRENCE-ID|RDATE|EXDATE|FREEBUSY)\s*[;:]")
_TIME_FOLLOWS = re.compile(r":\s*(?=\d{4}-?\d\d-?\d\d|[+-]?P[\dT])", re.IGNORECASE)


def _head_and_value(text: str) -> tuple[str, str]:
    """Name with parameters, and value; they part at a colon, which some programs also write, unquoted, into the name
    of a zone such as (UTC+01:00) Berlin."""
    if _TIME_VALUED.match(text):
        parting = _TIME_FOLLOWS.search(text)
        if parting:
            return text[: parting.start()], text[parting.end() :]
        head, _, value = text.rpartition(":")
        return head, value
    quoted = False
    for position, character in enumerate(text):
        if character == '"':
            quoted = not quoted
        elif character == ":" and not quoted:
            return text[:position], text[position + 1 :]
    head, _, value = text.partition(":")
    return head, value


def _parameters(head: str) -> dict[str, str]:
    if ";" not in head:
        return {}
    found = {}
    for part in re.findall(r';((?:[^;"]|"[^"]*"?)*)', head[:_LONGEST_HEAD]):
        name, _, value = part.partition("=")
        found[name.strip().upper()] = value.strip().strip('"').strip()
    return found


def text_value(value: str) -> str:
    """A TEXT value without its escapes."""
    return _ESCAPE.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)

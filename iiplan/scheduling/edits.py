"""Changes to a problem that can be applied with one click, one small noun for each kind.

``apply`` gives the changed problem and leaves the old one as it is, which is all that undoing needs. What an edit names
must be in the problem: ``NotFoundError`` otherwise.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar

from iiplan.errors import InputError, NotFoundError
from iiplan.scheduling.clock import Moment, clock_text, day_text, moment_text, read_clock, read_date, read_moment
from iiplan.scheduling.nouns import Candidate, Day, Problem, Window

__all__ = [
    "AddWindow",
    "Drop",
    "EarlierStart",
    "Edit",
    "LaterReturn",
    "MakeCall",
    "MoveFixed",
    "RaiseMost",
    "ShorterLunch",
    "ShorterMeeting",
    "edit_document",
    "read_edit",
]

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, kw_only=True)
class Edit:
    """A change of a problem; ``kind`` is its name in documents."""

    kind: ClassVar[str] = ""

    def apply(self, problem: Problem) -> Problem:
        """The changed problem."""
        raise NotImplementedError

    def sentence(self, problem: Problem) -> str:
        """What to do, said of the problem before the change."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class AddWindow(Edit):
    """One more time at which a candidate can be met, minutes of ``date``."""

    kind: ClassVar[str] = "add_window"
    candidate: str
    date: dt.date
    start: int
    end: int

    def apply(self, problem: Problem) -> Problem:
        who = _candidate(problem, self.candidate)
        window = Window(date=self.date, start=self.start, end=self.end)
        return _with_candidate(problem, replace(who, windows=(*who.windows, window)))

    def sentence(self, problem: Problem) -> str:
        who = _candidate(problem, self.candidate)
        also = "also " if who.windows else ""
        hours = f"from {clock_text(self.start)} to {clock_text(self.end)}"
        return f"Ask whether {who.name} could {also}meet on {day_text(self.date)} {hours}."


@dataclass(frozen=True, kw_only=True)
class MoveFixed(Edit):
    """A fixed meeting at another time."""

    kind: ClassVar[str] = "move_fixed"
    candidate: str
    start: Moment

    def apply(self, problem: Problem) -> Problem:
        return _with_candidate(problem, replace(_candidate(problem, self.candidate), fixed_start=self.start))

    def sentence(self, problem: Problem) -> str:
        who = _candidate(problem, self.candidate)
        then, now = self.start, who.fixed_start
        same = now is not None and now.date == then.date
        before = "" if now is None else f" from {clock_text(now.minute)}"
        if same:
            return f"Move the meeting with {who.name} on {day_text(then.date)}{before} to {clock_text(then.minute)}."
        before = "" if now is None else f" from {day_text(now.date)} at {clock_text(now.minute)}"
        return f"Move the meeting with {who.name}{before} to {day_text(then.date)} at {clock_text(then.minute)}."


@dataclass(frozen=True, kw_only=True)
class RaiseMost(Edit):
    """More meetings allowed on a day."""

    kind: ClassVar[str] = "raise_most"
    date: dt.date
    most: int

    def apply(self, problem: Problem) -> Problem:
        return _with_day(problem, replace(_day(problem, self.date), max_meetings=self.most))

    def sentence(self, problem: Problem) -> str:
        now = _day(problem, self.date).max_meetings
        meetings = "meeting" if self.most == 1 else "meetings"
        return f"Allow {_number(self.most)} {meetings} on {day_text(self.date)} instead of {_number(now)}."


@dataclass(frozen=True, kw_only=True)
class LaterReturn(Edit):
    """A day that may end later."""

    kind: ClassVar[str] = "later_return"
    date: dt.date
    end: int

    def apply(self, problem: Problem) -> Problem:
        return _with_day(problem, replace(_day(problem, self.date), end=self.end))

    def sentence(self, problem: Problem) -> str:
        now = clock_text(_day(problem, self.date).end)
        return f"Return by {clock_text(self.end)} instead of {now} on {day_text(self.date)}."


@dataclass(frozen=True, kw_only=True)
class EarlierStart(Edit):
    """A day that may begin earlier."""

    kind: ClassVar[str] = "earlier_start"
    date: dt.date
    start: int

    def apply(self, problem: Problem) -> Problem:
        return _with_day(problem, replace(_day(problem, self.date), start=self.start))

    def sentence(self, problem: Problem) -> str:
        now = clock_text(_day(problem, self.date).start)
        return f"Be ready to leave at {clock_text(self.start)} instead of {now} on {day_text(self.date)}."


@dataclass(frozen=True, kw_only=True)
class ShorterLunch(Edit):
    """A shorter lunch on one day, minutes."""

    kind: ClassVar[str] = "shorter_lunch"
    date: dt.date
    minutes: int

    def apply(self, problem: Problem) -> Problem:
        day = _day(problem, self.date)
        return _with_day(problem, replace(day, lunch=day.lunch and replace(day.lunch, minutes=self.minutes)))

    def sentence(self, problem: Problem) -> str:
        lunch = _day(problem, self.date).lunch
        now = f" instead of {lunch.minutes}" if lunch else ""
        return f"Take {self.minutes} minutes for lunch{now} on {day_text(self.date)}."


@dataclass(frozen=True, kw_only=True)
class ShorterMeeting(Edit):
    """A shorter meeting, minutes."""

    kind: ClassVar[str] = "shorter_meeting"
    candidate: str
    minutes: int

    def apply(self, problem: Problem) -> Problem:
        return _with_candidate(problem, replace(_candidate(problem, self.candidate), duration=self.minutes))

    def sentence(self, problem: Problem) -> str:
        who = _candidate(problem, self.candidate)
        return f"Ask {who.name} for {self.minutes} minutes instead of {who.duration}."


@dataclass(frozen=True, kw_only=True)
class MakeCall(Edit):
    """A call instead of a visit."""

    kind: ClassVar[str] = "make_call"
    candidate: str

    def apply(self, problem: Problem) -> Problem:
        who = _candidate(problem, self.candidate)
        return _with_candidate(problem, replace(who, place=None, arrive_early=0))

    def sentence(self, problem: Problem) -> str:
        return f"Talk to {_candidate(problem, self.candidate).name} by phone or video instead of visiting."


@dataclass(frozen=True, kw_only=True)
class Drop(Edit):
    """Somebody else not met on this trip."""

    kind: ClassVar[str] = "drop"
    candidate: str

    def apply(self, problem: Problem) -> Problem:
        gone = _candidate(problem, self.candidate)
        return _changed(problem, candidates=tuple(c for c in problem.candidates if c.id != gone.id))

    def sentence(self, problem: Problem) -> str:
        return f"Let go of {_candidate(problem, self.candidate).name}."


_KINDS: dict[str, type[Edit]] = {kind.kind: kind for kind in Edit.__subclasses__()}


def edit_document(edit: Edit) -> dict[str, object]:
    """The JSON document of an edit: its ``kind`` and what it names; times as in problem files."""
    document: dict[str, object] = {"kind": edit.kind}
    for entry in fields(edit):
        value = getattr(edit, entry.name)
        if isinstance(value, Moment):
            value = moment_text(value)
        elif isinstance(value, dt.date):
            value = str(value)
        elif entry.name in ("start", "end"):
            value = clock_text(value)
        document[entry.name] = value
    return document


def read_edit(document: object) -> Edit:
    """The edit that a document states; raises ``InputError`` where it is none."""
    kind = _KINDS.get(str(document.get("kind"))) if isinstance(document, Mapping) else None
    if kind is None or not isinstance(document, Mapping):
        raise InputError(f"{document!r} is no change of a problem. 'kind' must be one of {', '.join(_KINDS)}.")
    values: dict[str, Any] = {}
    for entry in fields(kind):
        value = _read(entry.name, str(entry.type), document.get(entry.name))
        if value is None:
            raise InputError(f"The change '{kind.kind}' has no usable '{entry.name}': {document.get(entry.name)!r}.")
        values[entry.name] = value
    return kind(**values)


def _read(name: str, wanted: str, value: object) -> object:
    if wanted == "int" and name not in ("start", "end"):
        return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 1440 else None
    if not isinstance(value, str):
        return None
    if wanted == "Moment":
        return read_moment(value)
    if wanted == "dt.date":
        return read_date(value)
    return read_clock(value) if wanted == "int" else value


def _candidate(problem: Problem, candidate: str) -> Candidate:
    if candidate not in problem.candidate_index:
        raise NotFoundError(f"The problem has no candidate '{candidate}' any more. Plan the week again.")
    return problem.candidates[problem.candidate_index[candidate]]


def _day(problem: Problem, date: dt.date) -> Day:
    for day in problem.days:
        if day.date == date:
            return day
    raise NotFoundError(f"{day_text(date)} is no day of the problem any more. Plan the week again.")


def _with_candidate(problem: Problem, who: Candidate) -> Problem:
    return _changed(problem, candidates=tuple(who if c.id == who.id else c for c in problem.candidates))


def _with_day(problem: Problem, changed: Day) -> Problem:
    return _changed(problem, days=tuple(changed if day.date == changed.date else day for day in problem.days))


def _changed(problem: Problem, **parts: Any) -> Problem:
    changed = replace(problem, **parts)
    changed.__dict__["minutes"] = problem.minutes  # estimated travel is not worked out again
    return changed


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)

"""Use cases about the user's calendar: what it should hold, what is new to it, and a file that says so."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum

from iiplan.calendars import (
    CalendarEntry,
    CalendarOptions,
    Edition,
    EntryKind,
    as_handed_out,
    calendar_entries,
    calendar_file,
    editions,
    reminders,
)
from iiplan.errors import InputError
from iiplan.model import Receiver, Trip
from iiplan.planner import settings
from iiplan.planner.situation import situation
from iiplan.planner.standing_week import standing_week
from iiplan.planner.workspace import Workspace

__all__ = [
    "WHOLE",
    "CalendarWeek",
    "Export",
    "Scope",
    "Which",
    "calendar",
    "calendar_week",
    "export",
    "options",
    "record",
    "save_options",
]

_SETTING = "calendar"
_QUESTIONS = 3


class Which(StrEnum):
    """What a file is to hold."""

    WHOLE = "whole"
    DAY = "day"
    MEETING = "meeting"
    CHANGES = "changes"


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Which part of the plan: ``day`` for one day, ``contact_id`` for one meeting.

    ``fresh`` leaves out what is cancelled: an empty calendar has nothing to cancel.
    """

    which: Which = Which.WHOLE
    day: date | None = None
    contact_id: str = ""
    fresh: bool = False

    def holds(self, edition: Edition) -> bool:
        """Whether an edition belongs to it."""
        entry = edition.entry
        if self.fresh and entry.off:
            return False
        if self.which is Which.DAY:
            return entry.start.date() == self.day
        if self.which is Which.MEETING:
            return entry.kind is EntryKind.MEETING and entry.contact_id == self.contact_id
        return self.which is Which.WHOLE or edition.change is not None


WHOLE = Scope()


@dataclass(frozen=True, kw_only=True)
class CalendarWeek:
    """Everything that a calendar should hold of a trip by now, in order of start, with what is new to it.

    Cancelled entries that it was given before are part of it. ``timezone`` is that of the plan.
    """

    trip: Trip
    timezone: str
    editions: tuple[Edition, ...]

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which there is anything."""
        return tuple(sorted({edition.entry.start.date() for edition in self.editions}))

    @property
    def meetings(self) -> tuple[CalendarEntry, ...]:
        """The meetings, cancelled ones included."""
        return tuple(one.entry for one in self.editions if one.entry.kind is EntryKind.MEETING)

    @property
    def changes(self) -> tuple[Edition, ...]:
        """What is new since the last export."""
        return tuple(edition for edition in self.editions if edition.change is not None)

    @property
    def exported(self) -> bool:
        """Whether any of it was ever handed out."""
        return any(edition.before is not None for edition in self.editions)


@dataclass(frozen=True, kw_only=True)
class Export:
    """A file ready to be handed out, and what is in it. It counts as handed out once it is recorded."""

    scope: Scope
    editions: tuple[Edition, ...]
    content: bytes

    @property
    def file_name(self) -> str:
        """A name without anything in it that somebody typed."""
        part = {Which.WHOLE: "week", Which.DAY: str(self.scope.day)}.get(self.scope.which, self.scope.which.value)
        return f"iiplan-{part}.ics"


def options(workspace: Workspace) -> CalendarOptions:
    """What the user wants beside the meetings."""
    kept = workspace.store.setting(_SETTING)
    known = {field.name for field in fields(CalendarOptions)}
    return CalendarOptions(**{name: value for name, value in kept.items() if name in known and value in {True, False}})


def save_options(workspace: Workspace, given: CalendarOptions) -> None:
    """Keep what the user wants beside the meetings."""
    workspace.store.save_setting(_SETTING, asdict(given))


def calendar_week(workspace: Workspace, trip: Trip, receiver: Receiver = Receiver.FILE) -> CalendarWeek:
    """What the calendar should hold by now, and what of it is new to a receiver. Nothing is recorded."""
    state = situation(workspace, trip)
    wanted, rules = options(workspace), settings.rules(workspace, trip)
    week = standing_week(state, workspace.store.plan(trip.id))
    zone = week.agenda.timezone
    about = {
        who: reminders(block, state.contacts[who], state.stages[who], rules, wanted, zone)
        for block in week.agenda.meetings
        if (who := block.contact_id)
    }
    entries = calendar_entries(
        week.agenda,
        state.contacts,
        options=wanted,
        held=week.held,
        reminders=about,
        way_unknown=week.way_unknown,
        questions=_first_questions(workspace),
    )
    found = editions(entries, workspace.store.handed_out(trip.id, receiver), workspace.now())
    return CalendarWeek(trip=trip, timezone=zone, editions=found)


def _first_questions(workspace: Workspace) -> dict[str, tuple[str, ...]]:
    """The first three questions on the list of each person, by contact id."""
    lists: dict[str, tuple[str, ...]] = {}
    for one in workspace.store.planned_questions():
        lists[one.contact_id] = (*lists.get(one.contact_id, ()), one.text)[:_QUESTIONS]
    return lists


def export(week: CalendarWeek, scope: Scope = WHOLE) -> Export:
    """A file of that part of the week, not handed out yet. InputError when there is nothing to put into it."""
    chosen = tuple(edition for edition in week.editions if scope.holds(edition))
    if not chosen:
        raise InputError(_nothing(week, scope))
    name = week.trip.name if scope.which is Which.WHOLE and len(chosen) > 1 else None  # Outlook wants none for parts
    return Export(scope=scope, editions=chosen, content=calendar_file(chosen, timezone=week.timezone, name=name))


def record(workspace: Workspace, trip: Trip, done: Export, receiver: Receiver = Receiver.FILE) -> None:
    """Remember that a file was handed out: what is in it is new to the receiver no longer."""
    store = workspace.store
    with store.transaction():
        known = {one.uid: one for one in store.handed_out(trip.id, receiver)}
        given = [as_handed_out(edition, known.get(edition.entry.uid)) for edition in done.editions]
        store.save_handed_out(trip.id, given, receiver)


def calendar(workspace: Workspace, trip: Trip, scope: Scope = WHOLE) -> bytes:
    """The file of that part of the week, handed out at once."""
    with workspace.store.transaction():
        done = export(calendar_week(workspace, trip), scope)
        record(workspace, trip, done)
    return done.content


def _nothing(week: CalendarWeek, scope: Scope) -> str:
    if week.editions and scope.which is Which.CHANGES:
        return "Nothing has changed since the last export. Export the whole plan to have everything again."
    if week.editions and scope.day:
        return f"Nothing is planned on {scope.day:%a %d %b %Y}. Choose another day."
    if week.editions:
        return "That meeting is not in the plan any more. Choose another one."
    return f"The trip {week.trip.name} has no planned meetings to export yet. Plan the week first."

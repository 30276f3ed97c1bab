"""The panel that hands the week to a calendar app: what to export, what goes in, and what the app does with it."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields
from typing import cast

import streamlit as st

from iiplan.calendars import CalendarOptions, Change, Edition, EntryKind
from iiplan.errors import InputError
from iiplan.model import Trip
from iiplan.planner import calendar_out
from iiplan.planner.calendar_out import CalendarWeek, Export, Scope, Which
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.labels import day_label, escaped, plural

__all__ = ["APPS", "export_panel"]

WHICH = {
    Which.WHOLE: "The whole plan",
    Which.DAY: "One day",
    Which.MEETING: "One meeting",
    Which.CHANGES: "Changes since the last export",
}
OPTIONS = {
    "ways": "Ways, with the time to leave",
    "notes": "Time to write notes",
    "lunch": "Lunch",
    "leave": "Reminder to leave",
    "confirm": "Reminder to confirm",
    "thank": "Reminder to thank",
    "reminder_entries": "Reminders as entries too",
}
CHANGE = {
    Change.NEW: "New",
    Change.MOVED: "Moved",
    Change.CHANGED: "Changed",
    Change.CANCELLED: "Off",
}
KINDS = {
    EntryKind.MEETING: ("meeting", "meetings"),
    EntryKind.HELD: ("hour held", "hours held"),
    EntryKind.WAY: ("way", "ways"),
    EntryKind.NOTES: ("time to write notes", "times to write notes"),
    EntryKind.LUNCH: ("lunch", "lunches"),
    EntryKind.REMINDER: ("reminder", "reminders"),
}
APPS = {
    "Google Calendar": (
        "On a computer: make a calendar of its own for the trip, then Settings, Import & export, and choose that "
        "calendar. Google drops alarms: switch on *Reminders as entries too* and *Ways* above. Importing again may "
        "leave old events as they were; then delete that calendar and import the whole plan into a new one."
    ),
    "Outlook": (
        "A file with several events opens as a calendar of its own, beside yours. To have meetings in your own "
        "calendar, export one meeting at a time. Outlook on Windows adds an event again instead of updating it: "
        "delete the old one first."
    ),
    "Apple Calendar": (
        "Open the file and choose a calendar, best one of its own for the trip. Each place comes with a map. We could "
        "not try Apple's app ourselves: after importing changes, look whether the first of them is right."
    ),
    "Thunderbird": (
        "Events, Import, then choose a calendar, best one of its own for the trip. Times and alarms come out right. "
        "What is off stays as a cancelled entry until you delete it."
    ),
    "Another app": (
        "Import into a calendar of its own for the trip. Most apps update events that they know; some add them "
        "again. If yours does, delete that calendar and import the whole plan into a new one."
    ),
}
MOST_LINES = 12


def export_panel(ws: Workspace, trip: Trip) -> bool:
    """Everything about the calendar file, folded; nothing where there is nothing to export.

    True when a calendar holds something of the trip.
    """
    week = calendar_out.calendar_week(ws, trip)
    if not week.editions:
        return False
    with st.expander("Put it into your calendar", icon=":material/event:", key="export"):
        scope = _scope(ws, week)
        _options(ws)
        file = _file(week, scope)
        st.download_button(
            "Download for your calendar (.ics)",
            data=file.content if file else b"",
            file_name=file.file_name if file else None,
            mime="text/calendar",
            icon=":material/download:",
            type="primary",
            disabled=file is None,
            on_click=_downloaded,
            args=(ws, trip, file),
            key="ics",
        )
        _advice()
    return week.exported


def _file(week: CalendarWeek, scope: Scope) -> Export | None:
    """The file, once it is said what is in it; None when nothing is."""
    try:
        file = calendar_out.export(week, scope)
    except InputError as error:
        st.info(escaped(str(error)), icon=":material/check:")
        return None
    st.markdown(_contents(file))
    return file


def _scope(ws: Workspace, week: CalendarWeek) -> Scope:
    """What to export."""
    labels = WHICH | {Which.CHANGES: f"{WHICH[Which.CHANGES]} ({len(week.changes)})"}
    which = st.radio("What to export", list(WHICH), format_func=labels.__getitem__, horizontal=True, key="export-which")
    day, who = None, ""
    if which is Which.DAY:
        today = ws.now().astimezone(week.trip.zone).date()
        first = next((number for number, one in enumerate(week.days) if one >= today), 0)
        day = st.selectbox("Day", week.days, index=first, format_func=day_label, key="export-day")
    if which is Which.MEETING:
        titles = {one.contact_id: f"{day_label(one.start)} {one.start:%H:%M} · {one.summary}" for one in week.meetings}
        who = st.selectbox("Meeting", list(titles), format_func=titles.__getitem__, key="export-meeting") or ""
    fresh = False
    if which in {Which.WHOLE, Which.DAY} and any(one.entry.off for one in week.editions):
        fresh = st.checkbox("For an empty calendar: leave out what is off", key="export-fresh")
    return Scope(which=which, day=day, contact_id=who, fresh=fresh)


def _contents(file: Export) -> str:
    """What is in the file, in a line; the changes one by one."""
    kinds = Counter(one.entry.kind for one in file.editions if not one.entry.off)
    off = sum(1 for one in file.editions if one.entry.off)
    parts = [plural(kinds[kind], *words) for kind, words in KINDS.items() if kinds[kind]]
    parts += [f"{off} off"] if off else []
    lines = ["In the file: " + ", ".join(parts) + "."]
    if file.scope.which is Which.CHANGES:
        lines += [f"- {_change(one)}" for one in file.editions[:MOST_LINES]]
        rest = len(file.editions) - MOST_LINES
        lines += [f"- and {rest} more"] if rest > 0 else []
    return "\n".join(lines)


def _change(edition: Edition) -> str:
    entry, was = edition.entry, edition.was
    word = CHANGE[edition.change] if edition.change else ""
    before = f", was {day_label(was.start)} {was.start:%H:%M}" if was and edition.change is Change.MOVED else ""
    return f"**{word}** · {day_label(entry.start)} {entry.start:%H:%M}{before} · {escaped(entry.summary)}"


def _downloaded(ws: Workspace, trip: Trip, file: Export) -> None:
    """Only what was downloaded counts as exported."""
    if session.attempt(lambda: calendar_out.record(ws, trip, file)):
        session.notify("Downloaded. What changes from now on is offered as changes since the last export.")


def _options(ws: Workspace) -> None:
    """What goes into the file beside the meetings; kept for all trips."""
    now = calendar_out.options(ws)
    st.pills(
        "What goes in beside the meetings",
        list(OPTIONS),
        selection_mode="multi",
        default=[field.name for field in fields(now) if getattr(now, field.name)],
        format_func=OPTIONS.__getitem__,
        key="export-options",
        on_change=_save_options,
        args=(ws,),
        wrap=True,
    )


def _save_options(ws: Workspace) -> None:
    chosen = cast("list[str]", session.chosen("export-options") or [])
    wanted = CalendarOptions(**{name: name in chosen for name in OPTIONS})
    session.attempt(lambda: calendar_out.save_options(ws, wanted))


def _advice() -> None:
    """What the user's app does with such a file."""
    app = st.selectbox("Which app will open it?", list(APPS), index=None, placeholder="choose", key="export-app")
    if app is not None:
        st.markdown(APPS[app])

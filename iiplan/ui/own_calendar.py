"""The part of the Trip page that reads the traveller's own calendar: look first, choose, save."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from iiplan.calendars import BusyEvent, BusyTimes
from iiplan.model import Trip
from iiplan.planner import busy
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.labels import day_label, plural

__all__ = ["own_calendar"]

_MOST_WARNINGS = 50
_HELP = (
    "Google Calendar: *Settings → Import & export → Export* gives a zip; unpack it. "
    "Apple Calendar: *File → Export*. Outlook: *File → Save Calendar*. "
    "The files are read on this machine and not kept."
)


def own_calendar(ws: Workspace, trip: Trip) -> None:
    """Bring calendar files; choose among their appointments in the trip's days; save those as own appointments."""
    uploads = st.file_uploader(
        "Bring your calendar (.ics)",
        type=["ics", "ical", "icalendar", "ifb"],
        accept_multiple_files=True,
        key=session.draft_key(f"own-calendar-{trip.id}"),
        help=_HELP,
    )
    if not uploads:
        return
    files = tuple((one.name, one.getvalue()) for one in uploads)
    times = _read(trip, f"{trip.first_day} {trip.last_day} {trip.timezone}", files)
    _show_warnings(times)
    if not times.events:
        st.info("No appointments in the days of this trip.", icon=":material/event_available:")
        return
    chosen = _choose(trip, times)
    st.button(
        "Save as own appointments",
        type="primary",
        icon=":material/save:",
        disabled=not chosen,
        on_click=_save,
        args=(ws, trip.id, chosen),
    )


@st.cache_data(max_entries=4, ttl="1h", show_spinner="Reading your calendar …")
def _read(_trip: Trip, days_and_zone: str, files: tuple[tuple[str, bytes], ...]) -> BusyTimes:
    """Read once for the same files, days and zone, not again for each click."""
    return busy.read_for_trip(_trip, files)


def _show_warnings(times: BusyTimes) -> None:
    if not times.warnings:
        return
    title = f"{plural(len(times.warnings), 'thing')} in these files could not be read as it stands"
    with st.expander(title, icon=":material/warning:", expanded=len(times.warnings) <= 5):
        for warning in times.warnings[:_MOST_WARNINGS]:
            st.text(warning)
        if len(times.warnings) > _MOST_WARNINGS:
            st.caption(f"And {len(times.warnings) - _MOST_WARNINGS:,} more.")


def _choose(trip: Trip, times: BusyTimes) -> tuple[BusyEvent, ...]:
    """A row for each appointment, ticked while it is to count as busy; returns the ticked ones."""
    st.markdown(
        f"**{plural(len(times.events), 'appointment')} in the days of this trip** · nothing is planned over those with "
        "a tick"
    )
    rows = pd.DataFrame([_row(trip, event) for event in times.events])
    edited = st.data_editor(
        rows,
        hide_index=True,
        disabled=[name for name in rows.columns if name != "Busy"],
        column_config={
            "Busy": st.column_config.CheckboxColumn(help="Without a tick it is ignored.", width=70),
            "Note": None if not rows["Note"].any() else st.column_config.TextColumn(),
        },
        key=f"{session.draft_key(f'own-calendar-rows-{trip.id}')}-{hash(times.events)}",
    )
    ticked = [bool(value) for value in edited["Busy"]]
    return tuple(event for event, is_busy in zip(times.events, ticked, strict=True) if is_busy)


def _row(trip: Trip, event: BusyEvent) -> dict[str, object]:
    """An appointment in the table."""
    ours = busy.is_from_iiplan(event)
    there = busy.add_appointments(trip, [event]).new == 0
    return {
        "Busy": not ours,
        "Day": day_label(event.start),
        "Hours": _hours(event),
        "What": event.title,
        "File": event.file,
        "Note": "a meeting planned here" if ours else "saved already" if there else "",
    }


def _hours(event: BusyEvent) -> str:
    """From when to when on its first day; the last day is named where that is another one."""
    last = busy.last_day(event)
    until = f"to {day_label(last)}" if last != event.start.date() else ""
    if event.whole_day:
        return until or "all day"
    return f"{event.start:%H:%M} {until or 'to'} {event.end:%H:%M}"


def _save(ws: Workspace, trip_id: str, chosen: tuple[BusyEvent, ...]) -> None:
    """Put the chosen ones among the own appointments, with a way back."""

    def act() -> None:
        trip = ws.store.trip(trip_id)
        added = busy.add_appointments(trip, chosen)
        ws.store.save_trip(added.trip)
        for name in (f"own-calendar-{trip_id}", f"own-calendar-rows-{trip_id}"):
            session.new_draft(name)
        there = f" {plural(added.there, 'was', 'were')} there already." if added.there else ""
        session.notify(
            f"Saved {plural(added.new, 'own appointment')}.{there}",
            undo=lambda: ws.store.save_trip(busy.put_back(ws.store.trip(trip_id), trip.days)),
        )

    session.attempt(act)

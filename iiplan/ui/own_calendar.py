"""The part of the Trip page that reads the traveller's own calendar: look first, choose, save."""

from __future__ import annotations

from typing import cast

import pandas as pd
import streamlit as st

from iiplan.calendars import BusyEvent, BusyTimes
from iiplan.errors import IiplanError
from iiplan.model import Trip
from iiplan.planner import busy, own_meetings
from iiplan.planner.own_meetings import OwnMeeting
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.labels import day_label, escaped, plural
from iiplan.ui.own_meetings import own_meetings_form

__all__ = ["own_calendar"]

BUSY, MEETING, IGNORE = "Busy", "Meeting", "Ignore"
_MOST_WARNINGS = 50
_HELP = (
    "Google Calendar: *Settings → Import & export → Export* gives a zip; unpack it. "
    "Apple Calendar: *File → Export*. Outlook: *File → Save Calendar*. "
    "The files are read on this machine and not kept."
)


def own_calendar(ws: Workspace, trip: Trip) -> None:
    """Bring calendar files, or fetch one; say what each appointment in the trip's days is; save."""
    uploads = st.file_uploader(
        "Bring your calendar (.ics)",
        type=["ics", "ical", "icalendar", "ifb"],
        accept_multiple_files=True,
        key=session.draft_key(f"own-calendar-{trip.id}"),
        help=_HELP,
    )
    files = (*((one.name, one.getvalue()) for one in uploads or ()), *_fetched(trip))
    if not files:
        return
    times = _read(trip, f"{trip.first_day} {trip.last_day} {trip.timezone}", files)
    _show_warnings(times)
    if not times.events:
        st.info("No appointments in the days of this trip.", icon=":material/event_available:")
        return
    own, meetings = _choose(ws, trip, times)
    complete = meetings is not None and bool(own or meetings)
    if st.button("Save these appointments", type="primary", icon=":material/save:", disabled=not complete):
        try:
            _save(ws, trip.id, own, meetings or [])
        except IiplanError as error:
            st.error(escaped(str(error)))  # here and not on top: the choice stays, and so does the eye
        else:
            st.rerun()


def _fetched(trip: Trip) -> tuple[tuple[str, bytes], ...]:
    """The calendar that was fetched from an address, if any; a press fetches it, and nothing else does."""
    name = _kept_as(trip.id)
    with st.form(session.draft_key(f"own-calendar-address-{trip.id}"), border=False, enter_to_submit=True):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            url = st.text_input(
                "Or fetch it from an address",
                placeholder="https://… or webcal://…",
                help="Google Calendar: *Settings*, the calendar, *Secret address in iCal format*. Outlook on the web: "
                "*Shared calendars → Publish a calendar*. It is fetched once, when you press the button, and the "
                "address is not kept.",
                width="stretch",
            )
            pressed = st.form_submit_button("Fetch", icon=":material/cloud_download:")
        own_network = st.checkbox(
            "It is in my own network",
            help="Else only machines of the internet are asked, none at home and none at work.",
        )
    if pressed:
        try:
            with st.spinner("Fetching …"):
                session.keep(name, busy.fetched(url, own_network=own_network))
        except IiplanError as error:
            st.error(escaped(str(error)))
    found = cast("tuple[str, bytes] | None", session.kept(name))
    if found is None:
        return ()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"Fetched from {escaped(found[0])}", width="content")
        st.button("Forget it", icon=":material/close:", type="tertiary", on_click=session.keep, args=(name, None))
    return (found,)


def _kept_as(trip_id: str) -> str:
    return f"own calendar of {trip_id}"


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


def _choose(ws: Workspace, trip: Trip, times: BusyTimes) -> tuple[list[BusyEvent], list[OwnMeeting] | None]:
    """A row for each appointment with what it is taken as; the busy ones, and the meetings once they are complete."""
    st.markdown(
        f"**{plural(len(times.events), 'appointment')} in the days of this trip** · nothing is planned over what is "
        "*Busy*; a *Meeting* is with somebody to meet, agreed at its hour"
    )
    rows = pd.DataFrame([_row(trip, event) for event in times.events])
    draft = session.draft_key(f"own-calendar-rows-{trip.id}")
    edited = st.data_editor(
        rows,
        hide_index=True,
        disabled=[name for name in rows.columns if name != "Take as"],
        column_config={
            "Take as": st.column_config.SelectboxColumn(options=[BUSY, MEETING, IGNORE], required=True, width=100),
            "Note": None if not rows["Note"].any() else st.column_config.TextColumn(),
        },
        key=f"{draft}-{hash(times.events)}",
    )
    taken = list(zip(times.events, edited["Take as"], strict=True))
    meetings = [event for event, word in taken if word == MEETING]
    own = [event for event, word in taken if word == BUSY]
    return own, own_meetings_form(ws, trip, meetings, draft)


def _row(trip: Trip, event: BusyEvent) -> dict[str, object]:
    """An appointment in the table."""
    ours = busy.is_from_iiplan(event)
    there = busy.add_appointments(trip, [event]).new == 0
    return {
        "Take as": IGNORE if ours else BUSY,
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


def _save(ws: Workspace, trip_id: str, own: list[BusyEvent], met: list[OwnMeeting]) -> None:
    """Keep what was chosen, all of it or nothing, with one way back. InputError when it cannot be."""
    taken = own_meetings.take(ws, trip_id, own, met, session.browser_timezone())
    for name in ("own-calendar", "own-calendar-rows", "own-calendar-address"):
        session.new_draft(f"{name}-{trip_id}")
    session.keep(_kept_as(trip_id), None)
    saved = [plural(taken.new, "own appointment")] if own or not met else []
    saved += [f"{plural(len(met), 'meeting')}, agreed"] if met else []
    there = f" {plural(taken.there, 'was', 'were')} there already." if taken.there else ""
    again = " Plan the week again." if met else ""
    session.notify(f"Saved {' and '.join(saved)}.{there}{again}", undo=lambda: own_meetings.undo(ws, taken))

"""The part of the Trip page about one person to meet: how, how long, how much it is worth, and when they are free."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import streamlit as st

from iiplan.errors import InputError
from iiplan.model import Candidate, Contact, Format, TimeWindow, Trip
from iiplan.planner import offering, people
from iiplan.planner.hours import QUICK_FILLS, merge_windows, parse_hours
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.fields import place_fields, typed_place
from iiplan.ui.labels import FORMAT, day_label, escaped
from iiplan.ui.worth import worth_in_words

__all__ = ["hours", "meeting_form"]

MOST_STARS = 10


def meeting_form(ws: Workspace, trip: Trip, candidate: Candidate, contact: Contact) -> bool:
    """How the meeting would be held; True once saved."""
    name = f"meeting-{trip.id}-{contact.id}"
    key = session.draft_key(name)
    agreed = candidate.fixed_start.astimezone(trip.zone) if candidate.fixed_start else None
    with st.form(key, enter_to_submit=False):
        with st.container(horizontal=True):
            held = st.segmented_control(
                "How", list(Format), format_func=FORMAT.__getitem__, default=candidate.format, required=True
            )
            duration = st.number_input("Minutes", 5, 480, value=candidate.duration, step=5, width=150)
            stars = st.number_input(
                "Worth (1 to 10 stars)",
                1,
                MOST_STARS,
                value=candidate.value,
                width=150,
                help="One star is worth an hour of travelling.",
            )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            must = st.checkbox("Must meet, if at all possible", value=candidate.must)
            seat = st.text_input(
                "Seat",
                value=candidate.seat,
                placeholder="none",
                width=220,
                help="Of people with the same seat at most one is met: a deputy stands in for a director.",
            )
        st.markdown("**Place to meet**" + ("" if candidate.place else " · the contact's own, if left as it is"))
        shown = candidate.place or contact.place
        address, spot = place_fields(shown, key, trip)
        st.markdown("**Agreed already?** The meeting then takes place at that time and never moves by itself.")
        with st.container(horizontal=True):
            days = [day.date for day in trip.days]
            if agreed and agreed.date() not in days:
                days.append(agreed.date())
            day = st.selectbox(
                "Agreed day",
                days,
                index=days.index(agreed.date()) if agreed else None,
                format_func=day_label,
                placeholder="not agreed",
                width=150,
            )
            clock = st.time_input("Agreed start", value=agreed.time() if agreed else None, width=150)
        st.caption(f"What you said of them adds up to: {worth_in_words(contact, people.worth_of(ws, contact))}.")
        if not st.form_submit_button("Save", type="primary", icon=":material/save:"):
            return False
    try:
        place = typed_place(address, spot, shown, trip)
        saved = replace(
            candidate,
            format=held,
            duration=int(duration),
            value=int(stars),
            must=must,
            seat=" ".join(seat.split()),
            place=None if place == contact.place else place,
            fixed_start=agreed_start(day, clock, trip),
        )
        if saved.fixed_start is not None and saved.fixed_start != candidate.fixed_start:
            offering.require_safe(ws, trip, contact.id, saved.fixed_start)
    except InputError as error:
        st.error(escaped(str(error)))
        return False
    ws.store.save_candidates([saved])
    session.new_draft(name)
    return True


def agreed_start(day: date | None, clock: time | None, trip: Trip) -> datetime | None:
    """The agreed start in the trip's zone; None when neither day nor time is given."""
    if day is None and clock is None:
        return None
    if day is None or clock is None:
        raise InputError("An agreed meeting needs both its day and its start. Fill in the other, or clear both.")
    return datetime.combine(day, clock, trip.zone)


def hours(ws: Workspace, trip: Trip, candidate: Candidate) -> None:
    """When they are free: say it, press a quick fill, or edit the rows; saved at once."""
    st.markdown(f"**When are they free?** Times are {trip.timezone}.")
    name = f"hours-{trip.id}-{candidate.contact_id}"
    with st.form(session.draft_key(name), enter_to_submit=True, border=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            text = st.text_input(
                "In words", placeholder="Tue and Wed afternoon; Thu 10-12:30; not Friday", width="stretch"
            )
            pressed = st.form_submit_button("Add hours", icon=":material/add:")
    if pressed and say_hours(ws, trip, candidate, text):
        session.new_draft(name)
        st.rerun()
    with st.container(horizontal=True, gap="small"):
        for fill in QUICK_FILLS:
            if st.button(fill.label, key=f"{name}-{fill.label}") and say_hours(ws, trip, candidate, fill.text):
                st.rerun()
        if candidate.windows:
            st.button(
                "Clear all",
                icon=":material/delete_sweep:",
                type="tertiary",
                key=f"{name}-clear",
                on_click=clear_hours,
                args=(ws, trip, candidate),
            )
    if not candidate.windows:
        st.info("No hours yet: without hours or an agreed time nobody can be planned.", icon=":material/schedule:")
    for number, window in enumerate(candidate.windows):
        window_row(ws, trip, candidate, number, window)


def say_hours(ws: Workspace, trip: Trip, candidate: Candidate, text: str) -> bool:
    """Add hours given in words to those there are; says so when they are not understood."""
    try:
        said = parse_hours(text, trip)
    except InputError as error:
        st.error(escaped(str(error)))
        return False
    save_hours(ws, candidate, (*candidate.windows, *said))
    return True


def window_row(ws: Workspace, trip: Trip, candidate: Candidate, number: int, window: TimeWindow) -> None:
    """Day, from, to, and a way to remove the row."""
    start, end = window.start.astimezone(trip.zone), window.end.astimezone(trip.zone)
    key = f"window-{candidate.contact_id}-{number}-{start.isoformat()}-{end.isoformat()}"
    days = sorted({start.date(), *(day.date for day in trip.days)})
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
        index = days.index(start.date())
        day = st.selectbox("Day", days, index=index, format_func=day_label, key=f"{key}-d", width=126)
        begin = st.time_input("From", value=start.time(), key=f"{key}-f", width=92)
        finish = st.time_input("To", value=end.time(), key=f"{key}-t", width=92)
        rest = (*candidate.windows[:number], *candidate.windows[number + 1 :])
        if st.button("Remove", icon=":material/close:", type="tertiary", key=f"{key}-x"):
            save_hours(ws, candidate, rest)
            st.rerun()
    if (day, begin, finish) == (start.date(), start.time(), end.time()):
        return
    try:
        typed = TimeWindow(start=datetime.combine(day, begin, trip.zone), end=datetime.combine(day, finish, trip.zone))
    except InputError as error:
        st.error(f"Not saved yet. {escaped(str(error))}")
        return
    save_hours(ws, candidate, (*rest, typed))
    st.rerun()


def save_hours(ws: Workspace, candidate: Candidate, windows: tuple[TimeWindow, ...]) -> None:
    """Save the hours, joined where they overlap."""
    ws.store.save_candidates([replace(candidate, windows=merge_windows(windows))])


def clear_hours(ws: Workspace, trip: Trip, candidate: Candidate) -> None:
    """Forget all hours, with a way back."""
    if session.attempt(lambda: save_hours(ws, candidate, ())):
        session.notify("Hours cleared.", undo=lambda: ws.store.save_candidates([candidate]))

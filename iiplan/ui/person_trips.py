"""The trips a person is on: what the meeting is worth, when it is agreed, and when they are free."""

from __future__ import annotations

import streamlit as st

from iiplan.model import Candidate, Contact, Trip
from iiplan.planner import trips
from iiplan.planner.hours import describe_hours
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.labels import FORMAT, day_label, escaped
from iiplan.ui.navigation import link

__all__ = ["trips_block"]


def trips_block(ws: Workspace, contact: Contact, current: Trip | None) -> None:
    """Every trip they are on, and a way onto the current one."""
    on = [
        (trip, candidate)
        for trip in ws.store.trips()
        for candidate in ws.store.candidates(trip.id)
        if candidate.contact_id == contact.id
    ]
    if not on and current is None:
        return
    with st.container(border=True, gap="xsmall"):
        st.markdown("**Trips**")
        for trip, candidate in on:
            st.markdown(_line(trip, candidate))
        if on:
            link("trip", "Hours and place")
        if current is not None and current.id not in {trip.id for trip, _ in on}:
            st.button(
                f"Add to {escaped(current.name)}",
                icon=":material/person_add:",
                key="add-to-trip",
                on_click=_add,
                args=(ws, current, contact),
            )


def _line(trip: Trip, candidate: Candidate) -> str:
    how = f"{FORMAT[candidate.format].lower()}, {candidate.duration} min, ★ {candidate.value}"
    if candidate.fixed_start:
        agreed = candidate.fixed_start.astimezone(trip.zone)
        when = f"agreed: {day_label(agreed)} {agreed:%H:%M}"
    elif candidate.windows:
        when = f"free: {escaped(describe_hours(candidate.windows, trip.timezone))}"
    else:
        when = "no hours yet"
    return f"**{escaped(trip.name)}**, {day_label(trip.first_day)} {trip.first_day.year}: {how}; {when}"


def _add(ws: Workspace, trip: Trip, contact: Contact) -> None:
    def act() -> None:
        new = trips.add_candidates(ws, trip, [contact.id])
        session.notify(
            f"Added {escaped(contact.name)} to {escaped(trip.name)}. Now say when they are free.",
            undo=lambda: trips.take_off(ws, trip, new),
        )

    session.attempt(act)

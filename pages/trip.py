"""Where am I, and when? The trip, its days, own appointments, and the people to meet."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from iiplan.model import Candidate, Contact, Format, Stage, Trip
from iiplan.outreach import same_city
from iiplan.planner import people, trips
from iiplan.planner.hours import describe_hours
from iiplan.planner.people import Person
from iiplan.planner.problem import meeting_place
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.candidate import hours, meeting_form
from iiplan.ui.labels import FORMAT, STAGE, STAGE_ICON, day_label, escaped, plural, trip_words
from iiplan.ui.navigation import link
from iiplan.ui.own_calendar import own_calendar
from iiplan.ui.touches import quick_log
from iiplan.ui.trip_form import appointments, days_that_differ, trip_form

ws = session.workspace()


def show_people(trip: Trip) -> None:
    """Who would be met: add, look over, open one."""
    everybody = {one.contact.id: one for one in people.overview(ws)}
    candidates = {one.contact_id: one for one in ws.store.candidates(trip.id)}
    if not everybody:
        st.info("Nobody in your contacts yet.", icon=":material/group_add:")
        link("contacts", "Add people")
        return
    show_who_is_there(trip, [one.contact for one in everybody.values()], set(candidates))
    show_adding(trip, {key: one.contact for key, one in everybody.items() if key not in candidates})
    if not candidates:
        st.info("Nobody on this trip yet. Add the people you would meet.", icon=":material/person_add:")
        return
    show_next_step(list(candidates.values()))
    rows = [row(candidate, everybody[key].contact, everybody[key].stage, trip) for key, candidate in candidates.items()]
    st.dataframe(pd.DataFrame(rows), hide_index=True, height=min(36 * (len(rows) + 1), 420))
    chosen = st.selectbox(
        "Change one person's meeting",
        list(candidates),
        index=None,
        format_func=lambda key: everybody[key].contact.name,
        placeholder="Type a name",
        key=f"candidate-{trip.id}",
    )
    if chosen:
        show_candidate(trip, candidates[chosen], everybody[chosen])


def show_who_is_there(trip: Trip, contacts: list[Contact], on_trip: set[str]) -> None:
    """A click to everybody in the city of the trip."""
    there = [contact for contact in contacts if same_city(contact.city, trip.city)]
    new = sum(contact.id not in on_trip for contact in there)
    with st.container(horizontal=True, vertical_alignment="center"):
        link("contacts", f"Who is in {escaped(trip.city)}?", only="in_city", trip=trip.id, sort="worth")
        others = (
            f"{plural(len(there), 'person', 'people')}, {new:,} of them not on this trip yet" if there else "nobody"
        )
        st.caption(f"By the cities in your contacts: {others}.", width="content")


def show_next_step(candidates: list[Candidate]) -> None:
    """How far the people are, and on to the plan."""
    ready = sum(bool(one.windows) or one.fixed_start is not None for one in candidates)
    with st.container(horizontal=True, vertical_alignment="center"):
        if ready:
            link("week", "To the Week page")
        todo = "" if ready == len(candidates) else " Choose a person below to say when they are free."
        st.caption(f"{ready:,} of {plural(len(candidates), 'person', 'people')} with hours.{todo}", width="content")


def row(candidate: Candidate, contact: Contact, stage: Stage, trip: Trip) -> dict[str, object]:
    """A candidate in the table."""
    place = meeting_place(candidate, contact)
    agreed = candidate.fixed_start.astimezone(trip.zone) if candidate.fixed_start else None
    return {
        "Name": contact.name,
        "Stage": f"{STAGE_ICON[stage]} {STAGE[stage]}",
        "How": FORMAT[candidate.format],
        "Minutes": candidate.duration,
        "Stars": candidate.value,
        "Must": candidate.must,
        "Agreed": f"{day_label(agreed)} {agreed:%H:%M}" if agreed else "",
        "Free": describe_hours(candidate.windows, trip.timezone) if candidate.windows else "no hours yet",
        "Where": place.label if place else ("" if candidate.format is Format.CALL else "no place yet"),
        "Seat": candidate.seat,
    }


def show_adding(trip: Trip, others: dict[str, Contact]) -> None:
    """Put people on the trip."""
    yes = trips.said_yes(ws, trip)
    if yes:
        names = ", ".join(contact.name for contact in yes[:3]) + (" …" if len(yes) > 3 else "")
        st.button(
            f"Add everyone who said yes ({len(yes)})",
            icon=":material/group_add:",
            help=escaped(names),
            on_click=add,
            args=(ws, trip, tuple(contact.id for contact in yes)),
        )
    if not others:
        return
    with st.form(session.draft_key(f"add-{trip.id}"), border=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            chosen = st.multiselect(
                "Add people to meet",
                list(others),
                format_func=lambda key: label(others[key]),
                placeholder="Type names",
                select_all=False,  # else Enter after a name takes everybody who matches
                width="stretch",
            )
            if st.form_submit_button("Add", icon=":material/person_add:") and chosen:
                add(ws, trip, tuple(chosen))
                session.new_draft(f"add-{trip.id}")
                st.rerun()


def label(contact: Contact) -> str:
    """A contact in the chooser."""
    return f"{contact.name}, {contact.organisation}" if contact.organisation else contact.name


def add(ws: Workspace, trip: Trip, contact_ids: tuple[str, ...]) -> None:
    """Put people on the trip's list, with a way back."""

    def act() -> None:
        new = trips.add_candidates(ws, trip, contact_ids)
        session.notify(
            f"Added {plural(len(new), 'person', 'people')}. Now say when they are free.",
            undo=lambda: trips.take_off(ws, trip, new),
        )

    session.attempt(act)


def show_candidate(trip: Trip, candidate: Candidate, one: Person) -> None:
    """One person's meeting: hours first, since they change most."""
    contact = one.contact
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{escaped(contact.name)}** · {STAGE_ICON[one.stage]} {STAGE[one.stage]}", width="content")
            quick_log(ws, contact, one.stage, f"log-{contact.id}", trip.id)
            link("contacts", "Open", person=contact.id)
        hours(ws, trip, candidate)
        if meeting_form(ws, trip, candidate, contact):
            session.notify(f"Saved: {escaped(contact.name)}")
            st.rerun()
        st.button("Take off this trip", icon=":material/person_remove:", on_click=take_off, args=(ws, trip, contact))


def take_off(ws: Workspace, trip: Trip, contact: Contact) -> None:
    """Remove a person from the trip, with a way back."""
    if session.attempt(lambda: ws.store.remove_candidate(trip.id, contact.id, ws.now())):
        session.notify(
            f"Taken off the trip: {escaped(contact.name)}.",
            undo=lambda: trips.add_candidates(ws, trip, [contact.id]),
        )


def show_new_trip() -> None:
    """The form for another trip."""
    saved = trip_form(ws, None)
    if saved:
        session.choose_trip(saved)
        session.notify("The trip is saved. Next: the people to meet.")
        st.rerun()


def delete_trip(ws: Workspace, trip: Trip) -> None:
    """Put a trip aside, with a way back."""
    if session.attempt(lambda: ws.store.delete_trip(trip.id, ws.now())):
        session.notify(f"Deleted: {escaped(trip.name)}.", undo=lambda: ws.store.restore_trip(trip.id))


def show_deleted() -> None:
    """Trips put aside, each with a way back."""
    deleted = ws.store.trips(deleted=True)
    if not deleted:
        return
    with st.expander(f"Deleted trips ({len(deleted)})", icon=":material/delete:"):
        for trip in deleted:
            with st.container(horizontal=True, vertical_alignment="center"):
                first = f"{day_label(trip.first_day)} {trip.first_day.year}"
                st.markdown(f"{escaped(trip.name)} · {first}", width="content")
                st.button("Bring back", key=f"restore-{trip.id}", on_click=ws.store.restore_trip, args=(trip.id,))


st.title("Trip", anchor=False)
session.show_notice()
trip = session.pick_trip(ws)
if trip is None:
    st.info("No trip yet. Choose a city and a week; everything can be changed later.", icon=":material/luggage:")
    show_new_trip()
else:
    st.caption(trip_words(trip))
    meet, settings, own, another = st.tabs(
        ["People to meet", "Trip and days", "Own appointments", "New trip"], key="trip-tabs"
    )
    with meet:
        show_people(trip)
    with settings:
        if trip_form(ws, trip):
            session.notify("The trip is saved.")
            st.rerun()
        days_that_differ(ws, trip)
        st.button("Delete this trip", icon=":material/delete:", on_click=delete_trip, args=(ws, trip))
    with own:
        appointments(ws, trip)
        own_calendar(ws, trip)
    with another:
        show_new_trip()
show_deleted()

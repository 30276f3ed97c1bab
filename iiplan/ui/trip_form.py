"""The parts of the Trip page about the trip itself: where and when, each day, own appointments."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import streamlit as st

from iiplan.errors import InputError
from iiplan.model import Busy, Lunch, TravelMode, Trip, TripDay
from iiplan.planner import trips, ways
from iiplan.planner.public_holidays import country_names, country_of_zone
from iiplan.planner.workspace import Workspace
from iiplan.travel.times import MOST_WALK, usual_walk
from iiplan.ui import session
from iiplan.ui.fields import labelled, place_fields, typed_place
from iiplan.ui.labels import MODE, day_label, escaped, zone_names

__all__ = ["appointments", "days_that_differ", "trip_form"]

GRIDS = (5, 10, 15, 20, 30, 60)


def trip_form(ws: Workspace, trip: Trip | None) -> str | None:
    """A form for a new trip (None) or one to change; returns the trip's id once saved."""
    name = f"trip-{trip.id if trip else 'new'}"
    key = session.draft_key(name)
    monday = next_monday(ws.now().date())
    day = trips.usual_day(trip) if trip else TripDay(date=monday)
    zone = trip.timezone if trip else session.browser_timezone()
    zones = zone_names(zone)
    usually = ways.ways_of(ws, trip).walk_up_to if trip else usual_walk(TravelMode.TRANSIT)
    with st.form(key, enter_to_submit=False):
        left, right = st.columns(2)
        title = left.text_input("Name of the trip", value=trip.name if trip else "", placeholder="Washington week")
        city = right.text_input("City", value=trip.city if trip else "", placeholder="Washington, D.C.")
        left, right = st.columns(2)
        timezone = left.selectbox(
            "Time zone of the city",
            zones,
            index=zones.index(zone),
            help="Type to search. All times of the trip are shown in it.",
        )
        mode = labelled(right, "Getting about", MODE, trip.mode if trip else TravelMode.TRANSIT, f"{key}-mode")
        left, right = st.columns(2)
        country = left.selectbox(
            "Public holidays of",
            countries := ["", *country_names()],
            index=countries.index(
                trip.country if trip and trip.country in countries else "" if trip else country_of_zone(zone)
            ),
            format_func=lambda code: country_names().get(code, "nowhere: only weekends are free"),
            help="Nobody is expected to answer on them, and nothing comes due.",
        )
        walk_up_to = right.number_input(
            "Walk when it takes at most (minutes)",
            0,
            MOST_WALK,
            value=usually,
            help="Ways of up to so many minutes are walked, and those that are no slower on foot. By bike it is 0 "
            "unless you change it: the bike comes along.",
            key=f"{key}-walk",
        )
        left, right = st.columns(2)
        first = left.date_input("First day", value=trip.first_day if trip else monday)
        last = right.date_input("Last day", value=trip.last_day if trip else monday + timedelta(days=4))
        st.markdown("**Where you stay** · every day starts and ends there")
        address, spot = place_fields(trip.base if trip else None, key, trip, new_city=trip is None)
        st.markdown("**A usual day**")
        usual = usual_day_fields(day)
        grid = st.selectbox(
            "Meetings start every … minutes", GRIDS, index=GRIDS.index(trip.grid_minutes if trip else 15), width=240
        )
        if not st.form_submit_button("Save the trip", type="primary", icon=":material/save:"):
            return None
    try:
        day_start, day_end, fewest, most, lunch = usual
        pattern = TripDay(
            date=first,
            start=day_start,
            end=day_end,
            min_meetings=fewest,
            max_meetings=most,
            lunch=Lunch(earliest=lunch[0], latest=lunch[1], minutes=lunch[2]) if lunch else None,
        )
        base = typed_place(address, spot, trip.base if trip else None, trip, new_city=trip is None)
        changed = (
            trips.change_usual(trip, first, last, pattern)
            if trip
            else trips.new_trip(name=title, city=city, timezone=timezone, first=first, last=last, pattern=pattern)
        )
        saved = replace(
            changed,
            name=" ".join(title.split()),
            city=" ".join(city.split()),
            timezone=timezone,
            country=country,
            mode=mode,
            grid_minutes=grid,
            base=base,
        )
    except InputError as error:
        st.error(escaped(str(error)))
        return None
    with ws.store.transaction():
        trips.save_trip(ws, saved)
        if walk_up_to != usually:  # untouched it goes on to follow the way of getting about
            ways.save_walk_up_to(ws, saved, int(walk_up_to))
    session.new_draft(name)
    return saved.id


def usual_day_fields(day: TripDay) -> tuple[time, time, int, int, tuple[time, time, int] | None]:
    """Hours, fewest and most meetings, and lunch (None: no break) as typed."""
    lunch = day.lunch or Lunch()
    with st.container(horizontal=True):
        start = st.time_input("Leave the base from", value=day.start, width=150)
        end = st.time_input("Back by", value=day.end, width=150)
        fewest = st.number_input("Fewest meetings", 0, 6, value=day.min_meetings, width=150)
        most = st.number_input("Most meetings", 1, 6, value=day.max_meetings, width=150)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        wanted = st.checkbox("Lunch break", value=day.lunch is not None)
        earliest = st.time_input("Lunch between", value=lunch.earliest, width=150)
        latest = st.time_input("and", value=lunch.latest, width=150)
        minutes = st.number_input("Minutes of lunch", 5, 240, value=lunch.minutes, step=5, width=150)
    return start, end, int(fewest), int(most), (earliest, latest, int(minutes)) if wanted else None


def next_monday(today: date) -> date:
    """The Monday at least two weeks ahead: asking takes time."""
    ahead = today + timedelta(days=14)
    return ahead + timedelta(days=-ahead.weekday() % 7)


def days_that_differ(ws: Workspace, trip: Trip) -> None:
    """A row for each day; every change is saved at once."""
    st.markdown("**Day by day** · where a day differs from the usual one, or is off")
    for day in trip.days:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            key = f"{trip.id}-{day}"
            off = st.checkbox(f"{day_label(day.date)} off", value=day.off, key=f"off-{key}", width=130)
            start = st.time_input("From", value=day.start, key=f"from-{key}", width=120, disabled=off)
            end = st.time_input("To", value=day.end, key=f"to-{key}", width=120, disabled=off)
            fewest = st.number_input("Fewest", 0, 6, day.min_meetings, key=f"min-{key}", width=120, disabled=off)
            most = st.number_input("Most", 1, 6, day.max_meetings, key=f"max-{key}", width=120, disabled=off)
        try:
            typed = replace(day, off=off, start=start, end=end, min_meetings=int(fewest), max_meetings=int(most))
        except InputError as error:
            st.error(f"Not saved yet. {escaped(str(error))}")
            continue
        if typed != day:
            ws.store.save_trip(trips.change_day(trip, typed))
            st.rerun()


def appointments(ws: Workspace, trip: Trip) -> None:
    """Own appointments: nothing is planned over them."""
    st.markdown("Nothing is planned over these, travel and lunch included.")
    for day in trip.days:
        for busy in day.busy:
            with st.container(horizontal=True, vertical_alignment="center"):
                when = f"{day_label(day.date)} {busy.start:%H:%M} to {busy.end:%H:%M}"
                st.markdown(f"{when} · {escaped(busy.title) or 'Busy'}", width="content")
                st.button(
                    "Remove",
                    icon=":material/close:",
                    type="tertiary",
                    key=f"busy-{day.date}-{busy.start}-{busy.end}-{busy.title}",
                    on_click=remove_appointment,
                    args=(ws, trip, day, busy),
                )
    name = f"busy-{trip.id}"
    with st.form(session.draft_key(name), enter_to_submit=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            chosen = st.selectbox("Day", trip.days, format_func=lambda day: day_label(day.date), width=150)
            start = st.time_input("From", value=time(12), width=120)
            end = st.time_input("To", value=time(13), width=120)
            title = st.text_input("What", placeholder="Dentist", width=220)
            pressed = st.form_submit_button("Add appointment", icon=":material/add:")
    if not pressed:
        return
    try:
        busy = Busy(start=start, end=end, title=title.strip())
    except InputError as error:
        st.error(escaped(str(error)))
        return
    later = sorted((*chosen.busy, busy), key=lambda one: (one.start, one.end))
    ws.store.save_trip(trips.change_day(trip, replace(chosen, busy=tuple(later))))
    session.new_draft(name)
    st.rerun()


def remove_appointment(ws: Workspace, trip: Trip, day: TripDay, busy: Busy) -> None:
    """Take an appointment off its day, with a way back."""
    rest = tuple(one for one in day.busy if one != busy)
    if session.attempt(lambda: ws.store.save_trip(trips.change_day(trip, replace(day, busy=rest)))):
        session.notify(
            f"Removed: {escaped(busy.title) or 'an appointment'}.",
            undo=lambda: ws.store.save_trip(trips.change_day(ws.store.trip(trip.id), day)),
        )

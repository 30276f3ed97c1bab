"""What do I do now? Where the next trip stands, the next meeting, and the few most pressing things."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from iiplan.model import Agenda, Block, Stage, Trip
from iiplan.outreach import Due, DueKind, History, Rules
from iiplan.planner import people, settings, today, trips, week
from iiplan.planner.now import Now, is_near, now_on
from iiplan.planner.today import DueNow
from iiplan.planner.workspace import Workspace, load_demo
from iiplan.ui import session
from iiplan.ui.cadence_form import cadence_form
from iiplan.ui.due import being_written, due_card, is_open, snoozed_row
from iiplan.ui.labels import TILE, day_label, escaped, hours_and_minutes, plural, trip_words
from iiplan.ui.navigation import link
from iiplan.ui.now import now_view

SHOWN = 5  # a handful is a day's work; the rest is folded
MOST = 30  # and no more than these are drawn
OF_THE_DAY = {DueKind.HOW_WAS_IT, DueKind.DEBRIEF}  # shown right below the next stop

ws = session.workspace()


def show_welcome() -> None:
    """The first screen of an empty database: what to do, in order."""
    st.subheader("A week of conversations, planned", anchor=False)
    st.markdown(
        "iiplan helps you ask people for a short talk about their work, pack those who say yes into one week in their "
        "city, and export the meetings to your calendar."
    )
    steps = st.columns(3)
    for column, (title, words, page, label) in zip(
        steps,
        (
            ("1. People", "Type in whom you know, or bring your LinkedIn connections.", "contacts", "Add people"),
            ("2. Trip", "Choose a city and a week, and say where you stay.", "trip", "Make a trip"),
            ("3. Week", "Say who is free when; iiplan finds the best week.", "week", "Plan the week"),
        ),
        strict=True,
    ):
        with column.container(border=True):
            st.markdown(f"**{title}**")
            st.markdown(words)
            link(page, label)
    st.markdown("Or look around first, with more than forty invented people and a trip to Washington, D.C.:")
    st.button("Load the demo", icon=":material/theater_comedy:", type="primary", on_click=start_demo, args=(ws,))


def start_demo(ws: Workspace) -> None:
    """Fill the empty database with the demo."""

    def act() -> None:
        session.choose_trip(load_demo(ws))
        session.notify(
            "The demo is loaded: more than forty invented people and a trip. Everything can be changed or deleted."
        )

    session.attempt(act)


def show_trip(trip: Trip, agenda: Agenda | None, now: datetime, log: Sequence[History]) -> None:
    """The countdown and the state of the trip in four numbers."""
    date = now.astimezone(trip.zone).date()
    if date < trip.first_day:
        when, value = "Days to go", str((trip.first_day - date).days)
    elif date <= trip.last_day:
        when, value = "Day of the trip", f"{(date - trip.first_day).days + 1} of {len(trip.days)}"
    else:
        when, value = "Days since", str((date - trip.last_day).days)
    stages = [one.stage for one in people.overview(ws, log)]
    st.subheader(f"{escaped(trip.name)} · {escaped(trip.city)}", anchor=False)
    st.caption(trip_words(trip))
    with st.container(horizontal=True):
        st.metric(when, value, border=True, width=TILE)
        st.metric("Meetings planned", len(agenda.meetings) if agenda else 0, border=True, width=TILE)
        st.metric("Yes, no hour yet", stages.count(Stage.ACCEPTED), border=True, width=TILE)
        st.metric("Asked, no answer", stages.count(Stage.ASKED), border=True, width=TILE)


def show_next_meeting(agenda: Agenda | None, now: datetime) -> None:
    """Who is next, where, and when to leave."""
    coming = [block for block in agenda.meetings if block.end > now] if agenda else []
    if not coming:
        return
    meeting = coming[0]
    with st.container(border=True):
        agreed = "agreed" if meeting.fixed else "planned, not agreed yet"
        st.markdown(f"**Next meeting: {escaped(meeting.title)}** · {escaped(meeting.detail)} · {agreed}")
        st.markdown(
            f"{day_label(meeting.start)}, **{meeting.start:%H:%M}** to {meeting.end:%H:%M}"
            f" · {countdown(meeting, now)}{where(meeting)}"
        )


def countdown(meeting: Block, now: datetime) -> str:
    """How long until it starts, in words."""
    minutes = int((meeting.start - now).total_seconds() // 60)
    if minutes <= 0:
        return "now"
    if minutes < 24 * 60:
        return f"in {hours_and_minutes(minutes)}"
    return f"in {plural(-(-minutes // (24 * 60)), 'day')}"


def where(meeting: Block) -> str:
    """Place and when to leave."""
    if meeting.place is None:
        return " · call"
    leave = f", leave by **{meeting.leave_by:%H:%M}**" if meeting.leave_by else ""
    return f" · {escaped(meeting.place.label)}{leave}"


def wants_now(near: bool) -> bool:
    """Whether to show the day as it comes: when a meeting is near, or as the user chose (it stands in the address)."""
    shown = {"1": True, "0": False}.get(st.query_params.get("now", ""), near)
    st.toggle("Now: the day as it comes", value=shown, key=f"now-{shown}", on_change=switch_now, args=(not shown,))
    return shown


def switch_now(shown: bool) -> None:
    """Keep the choice in the address."""
    st.query_params["now"] = "1" if shown else "0"


def show_now(now: Now, found: DueNow, rules: Rules) -> tuple[Due, ...]:
    """The next stop, and what today's meetings left to be said; returns what else is due."""
    now_view(ws, now)
    kinds = OF_THE_DAY if now.stop else OF_THE_DAY | {DueKind.THANK}
    first = [one for one in found.items if one.kind in kinds and one.contact_id in now.people]
    first.sort(key=lambda one: not is_open(one))
    for item in first:
        due_card(ws, item, found.contacts[item.contact_id], found.trip, rules)
    stop = now.stop.contact.id if now.stop else None
    return tuple(
        one for one in found.items if one not in first and (one.kind, one.contact_id) != (DueKind.MEETING_SOON, stop)
    )


def show_due(found: DueNow, items: Sequence[Due], rules: Rules) -> None:
    """The things to do, a handful at a time; what is put off; how fast things come due."""
    st.subheader("To do", anchor=False)
    if not items:
        st.success("Nothing presses right now.", icon=":material/check_circle:")
    for item in items[:SHOWN]:
        due_card(ws, item, found.contacts[item.contact_id], found.trip, rules)
    rest = items[SHOWN:]
    if rest:
        with st.expander(f"{len(rest)} more, less pressing"):
            for item in rest[:MOST]:
                due_card(ws, item, found.contacts[item.contact_id], found.trip, rules)
            if len(rest) > MOST:
                st.caption(f"And {len(rest) - MOST} more, which come up as these are done.")
    if found.snoozed:
        with st.expander(f"{len(found.snoozed)} put off", icon=":material/snooze:"):
            for one in found.snoozed[:MOST]:
                snoozed_row(ws, one, found.trip)
    if found.resting:
        with st.expander(f"Not kept in touch with: {len(found.resting)}", icon=":material/notifications_off:"):
            for rest in found.resting[:MOST]:
                st.markdown(f"{escaped(rest.contact.name)}: {escaped(rest.why)}")
    with st.expander("When things come due", icon=":material/tune:"):
        cadence_form(ws)


st.title("Today", anchor=False)
session.show_notice()
if ws.store.is_empty():
    show_welcome()
else:
    now = ws.now()
    trip = trips.next_trip(ws)
    log = people.log_of_all(ws)
    agenda = week.current(ws, trip).agenda if trip else None
    rules = settings.rules(ws, trip)
    found = today.due(ws, trip, agenda, log=log, writing=being_written())
    items = found.items
    if trip is None:
        st.info("There is no trip yet. Choose a city and a week.", icon=":material/luggage:")
        link("trip", "Make a trip")
    else:
        day = now_on(ws, trip)
        if wants_now(is_near(day, rules.cadence.soon_hours)):
            items = show_now(day, found, rules)
        else:
            show_trip(trip, agenda, now, log)
            show_next_meeting(agenda, now)
            if agenda is None:
                link("week", "Plan the week")
    show_due(found, items, rules)

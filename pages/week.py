"""What is my week? Plan it, see it, keep or let go of hours, export it."""

from __future__ import annotations

import streamlit as st

from iiplan.errors import InputError
from iiplan.model import Agenda, AgendaDay, Block, BlockKind, Trip
from iiplan.planner import people, week
from iiplan.planner.week import Week
from iiplan.planner.workspace import Workspace
from iiplan.travel import map_link
from iiplan.travel.words import basis_words, leg_words, week_basis
from iiplan.ui import questions, session
from iiplan.ui.board import board_html
from iiplan.ui.caldav_panel import show_caldav
from iiplan.ui.export import export_panel
from iiplan.ui.feed import show_feed
from iiplan.ui.labels import TILE, day_label, escaped, hours_and_minutes, plural, trip_words
from iiplan.ui.navigation import link
from iiplan.ui.planning import plan_button
from iiplan.ui.read_back import read_back_panel
from iiplan.ui.touches import log_menu
from iiplan.ui.ways import ways_tab
from iiplan.ui.week_map import map_tab

ws = session.workspace()
contacts = people.contacts(ws)
MOST_NOT_READY = 5


def show_state(now: Week) -> None:
    """What stands in the way, what has changed, what deserves a look."""
    if now.obstacle:
        st.warning(escaped(now.obstacle), icon=":material/warning:")
        link("trip", "To the Trip page")
    elif now.ready == 0:
        st.info(
            "Nobody can be planned yet. On the Trip page, add the people you would meet and say when they are free.",
            icon=":material/person_add:",
        )
        show_not_ready(now)
        link("trip", "To the Trip page")
    elif now.agenda is None:
        st.info(f"{plural(now.ready, 'person', 'people')} can be planned. Press the button.", icon=":material/info:")
        show_not_ready(now)
    if now.agenda is not None and now.out_of_date:
        st.warning(
            "Out of date: the trip, the people or their hours have changed since this was planned. Plan again.",
            icon=":material/update:",
        )
    for note in now.notes:
        st.caption(f":material/info: {escaped(note)}")


def show_not_ready(now: Week) -> None:
    """Before the first plan: who could not be part of it, and what is missing."""
    for one in now.not_ready[:MOST_NOT_READY]:
        st.markdown(f"**{escaped(one.name)}** · {escaped(one.reason)}")
    if len(now.not_ready) > MOST_NOT_READY:
        st.caption(f"And {len(now.not_ready) - MOST_NOT_READY:,} more who cannot be planned yet.")


def show_numbers(agenda: Agenda) -> None:
    """What the week is worth."""
    days = plural(len({block.start.date() for block in agenda.meetings}), "day")
    agreed = sum(1 for block in agenda.meetings if block.fixed)
    travel = f"{sum(day.travel_minutes for day in agenda.days) / 60:.1f} h"
    numbers = (
        ("Meetings", str(len(agenda.meetings)), f"on {days}"),
        ("Agreed", str(agreed), f"{len(agenda.meetings) - agreed} to agree"),
        ("On the way", travel, week_basis(agenda)),
        ("Points", f"{agenda.points:,}", "proven best" if agenda.proven else f"at most {agenda.bound:,}"),
    )
    with st.container(horizontal=True):
        for name, value, note in numbers:
            st.metric(name, value, note, delta_color="off", delta_arrow="off", border=True, width=TILE)
    if not agenda.proven:
        st.warning(
            "The time ran out before this was proven best: "
            f"up to {agenda.bound - agenda.points:,} points could still be won.",
            icon=":material/hourglass_bottom:",
        )


def show_day(trip: Trip, day: AgendaDay) -> None:
    """One day in words, with what can be done about each meeting."""
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{day_label(day.date)}**" + day_words(day))
        for block in day.blocks:
            if block.kind is BlockKind.MEETING:
                show_meeting(trip, block)
            elif block.kind in {BlockKind.LUNCH, BlockKind.BUSY}:
                st.markdown(f"{block.start:%H:%M} to {block.end:%H:%M} · {escaped(block.title)}")
            elif block.kind is BlockKind.TRAVEL and block.end == day.back:
                known = f" ({escaped(basis_words(block.leg))})" if block.leg else ""
                st.markdown(f"{block.start:%H:%M} to {block.end:%H:%M} · {block.title}{known}")
        if day.meetings:
            link("prepare", "Print this day", section="sheet", day=day.date.isoformat())


def day_words(day: AgendaDay) -> str:
    """A day in a line."""
    if day.off:
        return " · a day off"
    if not day.leave or not day.back:
        return " · nothing planned"
    return (
        f" · away from the base {day.leave:%H:%M} to {day.back:%H:%M}, "
        f"{hours_and_minutes(day.travel_minutes)} on the way, {hours_and_minutes(day.idle_minutes)} to spare"
    )


def show_meeting(trip: Trip, block: Block) -> None:
    """One meeting: when to leave, who, where; agree on the hour or let it go."""
    words, actions = st.columns([9, 5], vertical_alignment="center")
    with words:
        agreed = " :blue-badge[agreed]" if block.fixed else ""
        lines = [f"**{block.start:%H:%M} to {block.end:%H:%M} · {escaped(block.title)}**{agreed}"]
        if block.detail:
            lines.append(escaped(block.detail))
        if block.call:
            lines.append(":material/call: A call, wherever you are")
        elif block.place is None:
            lines.append(":material/location_off: A visit, and its place is not known yet")
        else:
            way = escaped(leg_words(block.leg)) if block.leg else f"{block.travel_minutes} min"
            leave = f"leave by **{block.leave_by:%H:%M}**, {way} · " if block.leave_by else ""
            lines.append(f":material/directions: {leave}[{escaped(block.place.label)}]({map_link(block.place)})")
        st.markdown("  \n".join(lines))
    with actions.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", gap="xsmall"):
        link("contacts", "Open", person=block.contact_id or "")
        link("prepare", "Prepare", person=block.contact_id or "")
        if block.contact_id in contacts:
            log_menu(ws, contacts[block.contact_id], f"log-{block.contact_id}", trip.id)
        if block.fixed:
            st.button(
                "Let go",
                icon=":material/lock_open:",
                key=f"let-go-{block.contact_id}",
                help="Free this hour: the next plan may move or drop the meeting.",
                on_click=let_go,
                args=(ws, trip, block),
            )
        else:
            st.button(
                "Mark agreed",
                icon=":material/lock:",
                key=f"agree-{block.contact_id}",
                help="Keep this hour: the meeting never moves by itself, and it is logged as scheduled.",
                on_click=agree,
                args=(ws, trip, block),
            )


def agree(ws: Workspace, trip: Trip, block: Block) -> None:
    """Fix a meeting at its hour."""

    def act() -> None:
        before = week.agree(ws, trip, block.contact_id or "", timezone=session.browser_timezone())
        session.notify(
            f"Agreed: {escaped(block.title)}, {day_label(block.start)} {block.start:%H:%M}.",
            undo=lambda: week.put_back(ws, trip, before),
        )

    session.attempt(act)


def let_go(ws: Workspace, trip: Trip, block: Block) -> None:
    """Free a meeting's hour."""

    def act() -> None:
        before = week.let_go(ws, trip, block.contact_id or "")
        session.notify(
            f"Free again: {escaped(block.title)}. Plan again to see whether a better week opens up.",
            undo=lambda: week.put_back(ws, trip, before),
        )

    session.attempt(act)


def show_week(trip: Trip) -> None:
    """The page for a trip."""
    now = week.current(ws, trip)
    st.caption(trip_words(trip))
    with st.container(horizontal=True):
        plan_button(ws, trip, now)
    with st.container():
        show_state(now)
    with st.container():
        if now.agenda is not None:
            show_numbers(now.agenda)
            st.html(board_html(now.agenda))
    with st.container():
        show_calendars(trip)
    if now.agenda is None:
        if now.obstacle == "" and ws.store.candidates(trip.id):
            questions.offers(ws, trip, None)
        return
    words, on_map, on_the_way, offer, out, stand_in = st.tabs(
        ["Agenda", "Map", "Ways", "Offer hours", f"Left out ({len(now.agenda.left_out)})", "If someone cancels"],
        key="week-tabs",
    )
    with words:
        show_days(trip, now.agenda)
    with on_map:
        map_tab(ws, trip, now.agenda)
    with on_the_way:
        ways_tab(ws, trip, now.agenda)
    with offer:
        questions.offers(ws, trip, now.agenda)
    with out:
        questions.left_out(ws, trip, now.agenda)
    with stand_in:
        questions.stand_ins(ws, trip, now.agenda)


def show_calendars(trip: Trip) -> None:
    """Every way into a calendar and back, each folded."""
    if export_panel(ws, trip):
        read_back_panel(ws, trip)
    show_caldav(ws, trip)
    show_feed(ws, trip)


def show_days(trip: Trip, agenda: Agenda) -> None:
    """The agenda, two days side by side where there is room."""
    for number in range(0, len(agenda.days), 2):
        for column, day in zip(st.columns(2), agenda.days[number : number + 2], strict=False):
            with column:
                show_day(trip, day)


st.title("Week", anchor=False)
session.show_notice()
try:
    trip = session.pick_trip(ws)
    if trip is None:
        st.info("There is no trip yet. Choose a city and a week first.", icon=":material/luggage:")
        link("trip", "Make a trip")
    else:
        show_week(trip)
except InputError as error:
    st.error(escaped(str(error)))

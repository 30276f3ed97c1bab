"""What to bring, to wear and to mind: lists to tick off, worked out from the plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from iiplan.briefing import Dress, Moment
from iiplan.model import Block, Trip
from iiplan.planner import packing
from iiplan.planner.packing import PackedItem
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.labels import day_label, escaped, plural
from iiplan.ui.navigation import link

__all__ = ["bring_section", "day_list", "meeting_list"]

_DRESS = {Dress.FORMAL: "Formal", Dress.BUSINESS: "Business", Dress.CASUAL: "Casual"}
_MOMENT = {
    Moment.ARRIVE_IN_PERSON: "Arriving",
    Moment.ARRIVE_CALL: "Calling",
    Moment.DURING: "During",
    Moment.END: "At the end",
    Moment.AFTER: "Right after",
}


def bring_section(ws: Workspace) -> None:
    """What to bring on a day of the trip, the next one with meetings first."""
    trip = session.pick_trip(ws)
    if trip is None:
        st.info("There is no trip yet. Choose a city and a week first.", icon=":material/luggage:")
        link("trip", "To the Trip page")
        return
    days = packing.meetings_by_day(ws, trip)
    if not days:
        st.info("No meeting is planned yet. Plan the week, and this says what to bring.", icon=":material/event:")
        link("week", "To the Week page")
        return
    today = ws.now().astimezone(trip.zone).date()
    coming = [day for day in days if day >= today] or list(days)
    chosen = st.segmented_control(
        "Day", list(days), default=coming[0], format_func=day_label, required=True, key=f"bring-day-{trip.id}"
    )
    day_list(ws, trip, chosen or coming[0])
    with st.expander("How they dress", icon=":material/checkroom:"):
        _dresses(ws, days[chosen or coming[0]])


def day_list(ws: Workspace, trip: Trip, day: date) -> None:
    """The list of one day: the evening before, then what goes into the bag."""
    items = packing.day_checklist(ws, trip, day)
    if not items:
        st.info("No meeting on this day: nothing to bring.", icon=":material/event_available:")
        return
    done = sum(one.ticked for one in items)
    st.progress(done / len(items), text=f"{done} of {plural(len(items), 'thing')} seen to")
    for title, evening in (("The evening before", True), ("To bring", False)):
        part = [one for one in items if one.item.evening is evening]
        if part:
            st.markdown(f"**{title}**")
            _ticks(ws, part)


def meeting_list(ws: Workspace, trip: Trip, meeting: Block) -> None:
    """What to see to for one meeting, and how to behave there, each said where it helps."""
    _ticks(ws, packing.meeting_checklist(ws, trip, meeting))
    for moment in Moment:
        said = [rule.text for rule in packing.conduct(meeting) if rule.moment is moment]
        if said:
            st.markdown(f"**{_MOMENT[moment]}**: " + " ".join(escaped(text) for text in said))


def _ticks(ws: Workspace, items: Sequence[PackedItem]) -> None:
    for one in items:
        key = f"tick-{one.scope}-{one.item.text}"
        st.checkbox(
            escaped(one.item.text),
            value=one.ticked,
            key=key,
            help=escaped(one.item.why) or None,
            on_change=_tick,
            args=(ws, one, key),
        )


def _tick(ws: Workspace, one: PackedItem, key: str) -> None:
    session.attempt(lambda: packing.set_tick(ws, one.scope, one.item.text, bool(session.chosen(key))))


def _dresses(ws: Workspace, meetings: Sequence[Block]) -> None:
    """How formal each place of the day is; the most formal one decides what to wear."""
    people = [ws.store.contact(block.contact_id) for block in meetings if block.contact_id and not block.call]
    organisations = list(dict.fromkeys(contact.organisation for contact in people if contact.organisation))
    if not organisations:
        st.caption("Nobody with an organisation is visited on this day.")
    for organisation in organisations:
        key = f"dress-{organisation}"
        st.segmented_control(
            organisation,
            list(Dress),
            default=packing.dress_at(ws, organisation),
            format_func=_DRESS.__getitem__,
            required=True,
            key=key,
            on_change=_dress,
            args=(ws, organisation, key),
        )


def _dress(ws: Workspace, organisation: str, key: str) -> None:
    session.attempt(lambda: packing.set_dress(ws, organisation, Dress(str(session.chosen(key)))))

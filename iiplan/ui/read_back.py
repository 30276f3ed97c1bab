"""The way back: what the user changed in the calendar app, offered as changes to the week, one by one."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from iiplan.calendars import Proposal, ProposalKind
from iiplan.errors import InputError
from iiplan.model import Trip
from iiplan.planner import calendar_back
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.labels import day_label, escaped, plural

__all__ = ["read_back_panel"]


def read_back_panel(ws: Workspace, trip: Trip) -> None:
    """A file from the calendar app is read; nothing changes until a change is taken over."""
    with st.expander("Moved or cancelled something in your calendar?", icon=":material/sync_alt:", key="read-back"):
        st.markdown(
            "Export the trip's calendar from your app as .ics and choose the file here. What differs from the plan is "
            "shown; you take it over one by one. An event deleted there is not in the file and changes nothing here."
        )
        given = st.file_uploader("Calendar file", type=["ics", "ical", "ifb", "txt"], key="read-back-file")
        if given is None:
            return
        try:
            found = calendar_back.proposals(ws, trip, given.getvalue())
        except InputError as error:
            st.error(escaped(str(error)))
            return
        if not found.proposals:
            st.info("Nothing was moved or cancelled there.", icon=":material/check:")
        st.caption(f"{plural(found.found, 'meeting')} of this trip in the file.")
        for proposal in found.proposals:
            _proposal(ws, trip, proposal)
        for note in found.notes:
            st.warning(escaped(note))


def _proposal(ws: Workspace, trip: Trip, proposal: Proposal) -> None:
    entry, moved = proposal.entry, proposal.kind is ProposalKind.MOVED
    plan, there = _hour(entry.start), _hour(proposal.start)
    says = f"moved to **{there}**, in the plan {plan}" if moved else f"cancelled, in the plan {plan}"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{escaped(entry.summary)}**: {says}")
        st.button(
            f"Agreed for {there}" if moved else "It is cancelled",
            icon=":material/event_available:" if moved else ":material/event_busy:",
            key=f"take-over-{entry.contact_id}",
            help="The meeting is agreed at this hour, and logged as scheduled."
            if moved
            else "It is logged as cancelled, and its hour is free.",
            on_click=_take_over,
            args=(ws, trip, proposal),
        )


def _take_over(ws: Workspace, trip: Trip, proposal: Proposal) -> None:
    def act() -> None:
        taken = calendar_back.take_over(ws, trip, proposal, session.browser_timezone())
        what = f"agreed for {_hour(proposal.start)}" if proposal.kind is ProposalKind.MOVED else "cancelled"
        title = escaped(proposal.entry.summary)
        session.notify(f"{title}: {what}. Plan again.", undo=lambda: calendar_back.undo(ws, taken))

    session.attempt(act)


def _hour(moment: datetime) -> str:
    return f"{day_label(moment)} {moment:%H:%M}"

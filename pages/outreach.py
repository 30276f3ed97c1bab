"""How is my asking going? Log what happened; then the numbers, one section at a time."""

from __future__ import annotations

import streamlit as st

from iiplan.model import Stage, Trip
from iiplan.outreach import History, stage_at
from iiplan.planner import messages, people, settings
from iiplan.ui import session
from iiplan.ui.activity import show_activity, show_referrals
from iiplan.ui.forecast import show_reply_times, show_still_needed
from iiplan.ui.labels import STAGE
from iiplan.ui.navigation import link
from iiplan.ui.numbers import show_funnel, show_rates, show_when
from iiplan.ui.touches import Words, log_buttons

SECTIONS = {
    "funnel": "Funnel",
    "rates": "Who answers",
    "speed": "How fast",
    "when": "When to ask",
    "needed": "Still needed",
    "activity": "Activity",
    "referrals": "Referrals",
}
FIRST = "funnel"

ws = session.workspace()
everybody = people.log_of_all(ws)


def show_logging(trip: Trip | None) -> None:
    """Two clicks: the person, then what happened."""
    now, rules = ws.now(), settings.rules(ws, trip)
    by_id = {one.contact.id: one for one in everybody}
    stages = {one.contact.id: stage_at(one.known, now, rules) for one in everybody}
    chosen = st.selectbox(
        "Who?",
        sorted(by_id, key=lambda contact_id: waiting(by_id[contact_id], stages[contact_id])),
        index=None,
        format_func=lambda contact_id: person_label(by_id[contact_id], stages[contact_id]),
        placeholder="Type a name; those who owe an answer come first",
        key="log-person",
    )
    if chosen:
        names = {one.contact.id: one.contact.name for one in everybody}
        log_buttons(ws, by_id[chosen].contact, f"log-{chosen}", Words(people=names, templates=messages.titles(ws)))


def waiting(one: History, stage: Stage) -> tuple[int, str]:
    """Order of the list: those from whom something is most likely to be heard first."""
    order = [Stage.ASKED, Stage.REPLIED, Stage.ACCEPTED, Stage.SILENT, Stage.SCHEDULED, Stage.CONFIRMED]
    rank = order.index(stage) if stage in order else len(order)
    return rank, one.contact.name.casefold()


def person_label(one: History, stage: Stage) -> str:
    """A person in the chooser."""
    organisation = f", {one.contact.organisation}" if one.contact.organisation else ""
    return f"{one.contact.name}{organisation} · {STAGE[stage].lower()}"


def show_section(section: str, trip: Trip | None) -> None:
    """The section that the address names; only what it shows is worked out."""
    match section:
        case "rates":
            show_rates(ws, everybody, trip)
        case "speed":
            show_reply_times(ws, everybody, trip)
        case "when":
            show_when(ws, everybody, trip)
        case "needed":
            show_still_needed(ws, trip, everybody)
        case "activity":
            show_activity(ws, everybody, trip)
        case "referrals":
            show_referrals(ws, everybody)
        case _:
            show_funnel(ws, everybody, trip)


st.title("Outreach", anchor=False)
session.show_notice()
if not everybody:
    st.info("Nobody to ask yet. Add the people you know or can reach.", icon=":material/group_add:")
    link("contacts", "Add people")
else:
    trip = session.pick_trip(ws)
    with st.container(border=True):
        st.markdown("**Log what happened**")
        show_logging(trip)
    section = st.segmented_control(
        "Numbers",
        list(SECTIONS),
        format_func=SECTIONS.__getitem__,
        required=True,
        key=session.addressed("section", SECTIONS, FIRST),
        on_change=session.to_address,
        args=("section", FIRST),
        label_visibility="collapsed",
    )
    show_section(section or FIRST, trip)

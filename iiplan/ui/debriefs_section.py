"""All debriefs, and those of one person."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from iiplan.model import Contact
from iiplan.planner import debriefs
from iiplan.planner.debriefs import Talk
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.debrief import debrief_editor, talk_label
from iiplan.ui.labels import day_label, escaped, plural
from iiplan.ui.navigation import link

__all__ = ["debriefs_of", "debriefs_section"]

SHOWN = 5
NONE = "none"


def debriefs_section(ws: Workspace) -> None:
    """Every meeting to read, write or go on writing."""
    found = debriefs.talks(ws)
    if not found:
        st.info(
            "Nobody was met yet. Right after each meeting, write down what was said: press Met on Today, or here once "
            "a meeting is in the log.",
            icon=":material/edit_note:",
        )
        link("today", "Today")
        return
    blank = [talk for talk in found if talk.debrief.text.is_empty]
    st.markdown(
        f"{plural(len(found), 'meeting')}, {len(found) - len(blank)} written down."
        + (f" Nothing is written about {_names(blank)}." if blank else "")
    )
    by_id = {talk.debrief.id: talk for talk in found}
    person = st.query_params.get("person")
    first = next((talk.debrief.id for talk in found if talk.contact.id == person), NONE)
    chosen = st.selectbox(
        "Open a debrief",
        [NONE, *by_id],
        # What is on the list must not change while one writes: the choice would be lost, and the editor close.
        format_func=lambda one: talk_label(by_id[one]) if one in by_id else "none",
        key=session.addressed("debrief", {NONE, *by_id}, first),
        on_change=session.to_address,
        args=("debrief", first),
    )
    if chosen in by_id:
        with st.container(border=True):
            debrief_editor(ws, by_id[chosen])
    link("learned", "Who may be hiring", section="network")


def debriefs_of(ws: Workspace, contact: Contact) -> None:
    """The meetings with one person, the latest open."""
    found = debriefs.talks_with(ws, contact.id)
    if not found:
        st.info(
            f"No meeting with {escaped(contact.name)} is in the log. Once you met, log it under What happened?, and "
            "write down here what was said.",
            icon=":material/edit_note:",
        )
        return
    by_id = {talk.debrief.id: talk for talk in found}
    chosen = next(iter(by_id))
    if len(found) > 1:
        chosen = st.selectbox(
            "Meeting",
            list(by_id),
            format_func=lambda one: f"{day_label(by_id[one].met_on)} {by_id[one].met_on.year}",
            key=f"debrief-of-{contact.id}",
        )
    debrief_editor(ws, by_id[chosen])


def _names(found: Sequence[Talk]) -> str:
    names = [escaped(talk.contact.name) for talk in found[:SHOWN]]
    more = len(found) - len(names)
    return ", ".join(names) + (f" and {plural(more, 'other')}" if more else "")

"""Organisations: all of them with counts, and one with the ladder of its people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from iiplan.errors import InputError
from iiplan.model import Authority, Organisation
from iiplan.outreach import Ladder, stage_at
from iiplan.outreach.due_kinds import Person as Rung
from iiplan.planner import organisations
from iiplan.planner.people import Person
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.labels import AUTHORITY, STAGE, STAGE_ICON, day_label, escaped, plural
from iiplan.ui.navigation import link

__all__ = ["open_organisation", "organisation_list", "organisation_page"]

MOST_HEIGHT = 520
ROW = 35
MOST_RUNGS = 100


def organisation_list(ws: Workspace, everybody: Sequence[Person]) -> None:
    """Organisations by how many people are known there; a click on a name opens one."""
    rows = organisations.overview(ws, everybody)
    if not rows:
        st.info(
            "No organisations yet. Say where people work, and the chain of command there shows here.",
            icon=":material/apartment:",
        )
        return
    ids = [row.organisation.id for row in rows]
    st.markdown(f"**{plural(len(rows), 'organisation')}**")
    st.dataframe(
        pd.DataFrame(
            {
                "Name": [row.organisation.name for row in rows],
                "People": [row.people for row in rows],
                "Asked": [row.asked for row in rows],
                "No answer yet": [row.waiting for row in rows],
                "Met": [row.met for row in rows],
            }
        ),
        hide_index=True,
        column_config={
            "Name": st.column_config.ButtonColumn(
                type="tertiary",
                alignment="left",
                width=260,
                key="open-organisation",
                on_click=_open_row,
                args=("open-organisation", ids),
            )
        },
        height=min(ROW * (len(rows) + 1) + 3, MOST_HEIGHT),
        alt="Organisations",
        key="organisations",
    )
    chosen = st.selectbox(
        "Open an organisation",
        ids,
        index=None,
        format_func=dict(zip(ids, (row.organisation.name for row in rows), strict=True)).__getitem__,
        placeholder="Type a name, or click one in the table",
        key=session.draft_key("organisation"),
    )
    if chosen:
        session.new_draft("organisation")
        open_organisation(chosen)
        st.rerun()


def open_organisation(organisation_id: str | None) -> None:
    """Show one organisation (None: the list); the address changes with it, so that Back works."""
    if organisation_id is None:
        st.query_params.pop("organisation", None)
    else:
        st.query_params["organisation"] = organisation_id


def organisation_page(ws: Workspace, one: Organisation) -> None:
    """The ladder from the top down, who is next, and what is noted of the place."""
    st.button("All contacts", icon=":material/arrow_back:", type="tertiary", on_click=open_organisation, args=(None,))
    st.subheader(escaped(one.name), anchor=False)
    found = organisations.ladder_of(ws, one, session.current_trip(ws))
    left, right = st.columns([3, 2], gap="large")
    with left:
        _ladder(found)
    with right, st.container(border=True):
        _notes(ws, one)


def _ladder(found: Ladder) -> None:
    """People by authority; who is next is marked, and who was asked says when."""
    st.markdown(f":material/format_list_numbered: {escaped(found.why)}")
    authority: Authority | None = None
    for person in found.rungs[:MOST_RUNGS]:
        contact = person.contact
        if contact.authority is not authority:
            authority = contact.authority
            st.caption(AUTHORITY[authority] if authority is not Authority.UNKNOWN else "Authority not known")
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            link("contacts", escaped(contact.name), person=contact.id)
            st.markdown(_standing(person, found), width="content")
    if len(found.rungs) > MOST_RUNGS:
        st.caption(f"And {len(found.rungs) - MOST_RUNGS:,} more further down.")


def _standing(rung: Rung, found: Ladder) -> str:
    """Role, stage, when we last wrote, and whether they are next."""
    stage = stage_at(rung.known, rung.now, rung.rules)
    parts = [escaped(rung.contact.role)] if rung.contact.role else []
    parts.append(f"{STAGE_ICON[stage]} {STAGE[stage].lower()}")
    if rung.known.message is not None:
        parts.append(f"last written to {day_label(rung.local(rung.known.message))}")
    line = " · ".join(parts)
    if rung.id in found.next:
        return f"{line} :green-badge[:material/arrow_forward: next to ask]"
    return f"{line} :orange-badge[:material/notifications: to nudge]" if rung.id in found.nudge else line


def _notes(ws: Workspace, one: Organisation) -> None:
    """Website and notes, saved together, with a way back."""
    if one.website:
        st.link_button("Website", one.website, icon=":material/open_in_new:")
    key = session.draft_key(f"organisation-{one.id}")
    with st.form(key, border=False, enter_to_submit=False):
        website = st.text_input("Website", value=one.website, placeholder="https://…", key=f"{key}-website")
        notes = st.text_area("Notes", value=one.notes, height=180, key=f"{key}-notes")
        pressed = st.form_submit_button("Save", type="primary", icon=":material/save:")
    if not pressed:
        return
    try:
        before = organisations.change(ws, one.id, website=website.strip(), notes=notes)
    except InputError as error:
        st.error(escaped(str(error)))
        return
    session.new_draft(f"organisation-{one.id}")
    session.notify(f"Saved: {escaped(one.name)}", undo=lambda: _restore(ws, before))
    st.rerun()


def _restore(ws: Workspace, before: Organisation) -> None:
    organisations.change(ws, before.id, website=before.website, notes=before.notes)
    session.new_draft(f"organisation-{before.id}")


def _open_row(key: str, ids: Sequence[str]) -> None:
    click = session.chosen(key)
    row = click["row"] if isinstance(click, Mapping) else None
    if isinstance(row, int) and row < len(ids):
        open_organisation(ids[row])

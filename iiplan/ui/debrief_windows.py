"""Two windows that write about the same meeting: what the other one wrote, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import streamlit as st

from iiplan.model import Debrief, DebriefText, DebriefVersion, Welcome
from iiplan.planner import debriefs
from iiplan.planner.debrief_text import missing_in, taken_in
from iiplan.planner.debriefs import Talk
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.labels import day_label, escaped

__all__ = ["other_windows", "shown_fields"]

FIELD = {
    "dump": "What came to mind",
    "surprised": "What surprised me",
    "quote": "To quote",
    "advice": "Advice",
    "names": "Names",
    "hiring": "May be hiring",
    "promised": "Promised",
    "promised_by": "By when",
    "welcome": "Follow-up welcome",
}


def other_windows(ws: Workspace, talk: Talk, known: Debrief, name: str) -> None:
    """What other windows wrote that this one has not taken in. ``known``: what this window knows of the debrief."""
    if talk.debrief.version > known.version:
        with st.container(border=True, key=f"{name}-newer"):
            st.markdown(":material/sync: **Another window has written on since.** Both texts will be kept.")
            st.button("Show what is there now", key=f"{name}-load", on_click=session.new_draft, args=(name,))
        return
    for version in known.unread_by_latest:
        _beside(ws, talk, known, version, name)


def shown_fields(text: DebriefText) -> Iterator[tuple[str, str]]:
    """What was written, as label and text; empty fields left out."""
    for field, label in FIELD.items():
        words = _words(getattr(text, field))
        if words:
            yield label, words


def _words(value: object) -> str:
    if isinstance(value, Welcome):
        return {Welcome.YES: "yes", Welcome.NO: "no"}.get(value, "")
    if isinstance(value, date):
        return f"{day_label(value)} {value.year}"
    return str(value or "").strip()


def _beside(ws: Workspace, talk: Talk, known: Debrief, other: DebriefVersion, name: str) -> None:
    """One text of another window: what of it is missing here, a button for each, and one for all of it."""
    missing = missing_in(known.text, other.text)
    with st.container(border=True, key=f"{name}-other-{other.number}"):
        st.markdown(":material/call_split: **Another window wrote this at the same time.** Nothing is lost.")
        for field in missing:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f"**{FIELD[field]}**: {escaped(_words(getattr(other.text, field)))}", width="stretch")
                st.button(
                    "Take it in",
                    icon=":material/add:",
                    key=f"{name}-take-{other.number}-{field}",
                    on_click=_take_in,
                    args=(ws, talk, known, other, field, name),
                )
        if not missing:
            st.caption("Everything in it stands in yours, too.")
        st.button(
            "Keep mine",
            icon=":material/check:",
            key=f"{name}-keep-{other.number}",
            on_click=_settle,
            args=(ws, known, known.text, name),
        )


def _take_in(ws: Workspace, talk: Talk, known: Debrief, other: DebriefVersion, field: str, name: str) -> None:
    """Take one field in; with the last of them the other text is done with."""
    merged = taken_in(known.text, other.text, field)
    if any(missing_in(merged, version.text) for version in known.unread_by_latest):

        def act() -> None:
            debriefs.save(ws, known, merged)
            session.new_draft(name)

        session.attempt(act)
    else:
        _settle(ws, known, merged, name)


def _settle(ws: Workspace, known: Debrief, text: DebriefText, name: str) -> None:
    def act() -> None:
        debriefs.settle(ws, known, text)
        session.new_draft(name)
        session.notify("One text again. The other one is kept among the earlier versions.")

    session.attempt(act)

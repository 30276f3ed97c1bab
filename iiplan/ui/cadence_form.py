"""The form that says how fast things come due."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from iiplan.errors import InputError
from iiplan.model import Cadence
from iiplan.planner import settings
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.labels import escaped

__all__ = ["cadence_form"]

_BOXES = (
    ("next_person_after", "Next person at a silent organisation after (business days)", 1, 60),
    ("nudge_after", "Nudge once after (business days)", 1, 60),
    ("offer_waits", "Look at an unanswered offer of hours after (business days)", 1, 60),
    ("new_asks_a_day", "New asks a day, at most", 0, 50),
    ("open_asks", "Open asks at one organisation, at most", 1, 10),
    ("confirm_hours", "Confirm at least this many hours ahead", 1, 240),
    ("soon_hours", "Show a meeting as near this many hours ahead", 1, 24),
    ("thank_hours", "Thank within (hours)", 1, 240),
    ("touch_after", "Keep in touch after (days)", 1, 365),
    ("touch_by", "and at the latest after (days)", 1, 365),
)


def cadence_form(ws: Workspace) -> None:
    """Boxes for every measure, saved together; a button goes back to the usual ones."""
    now = settings.cadence(ws)
    key = session.draft_key("cadence")
    with st.form(key, border=False, enter_to_submit=False):
        values = {}
        for first in range(0, len(_BOXES), 2):  # a row each: on a phone the boxes stack in reading order
            for column, (name, label, least, most) in zip(st.columns(2), _BOXES[first : first + 2], strict=True):
                values[name] = int(column.number_input(label, least, most, getattr(now, name), key=f"{key}-{name}"))
        saved = st.form_submit_button("Save", icon=":material/save:")
    st.caption(
        "Three and seven business days are those of Steve Dalton's book *The 2-Hour Job Search*. An ask without an "
        "answer for as long as the nudge takes counts as unanswered in all numbers."
    )
    if now != Cadence():
        st.button("Back to the usual measure", type="tertiary", on_click=_save, args=(ws, Cadence()))
    if not saved:
        return
    try:
        wanted = replace(now, **values)
    except InputError as error:
        st.error(escaped(str(error)))
        return
    if wanted != now:
        _save(ws, wanted)
        st.rerun()


def _save(ws: Workspace, wanted: Cadence) -> None:
    before = settings.cadence(ws)
    if session.attempt(lambda: settings.save_cadence(ws, wanted)):
        session.new_draft("cadence")
        session.notify("Saved how fast things come due.", undo=lambda: _restore(ws, before))


def _restore(ws: Workspace, before: Cadence) -> None:
    settings.save_cadence(ws, before)
    session.new_draft("cadence")

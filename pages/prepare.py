"""Am I ready? Each meeting, my introduction, the questions, the day on paper."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.checklist import bring_section
from iiplan.ui.day_sheet import sheet_section
from iiplan.ui.introduction import introduction_section
from iiplan.ui.prepare_meetings import meetings_section
from iiplan.ui.question_bank import bank_section

ws = session.workspace()


FIRST = "meetings"
SECTIONS: dict[str, tuple[str, Callable[[Workspace], None]]] = {
    FIRST: ("Meetings", meetings_section),
    "introduction": ("Introduction", introduction_section),
    "questions": ("Questions", bank_section),
    "bring": ("Bring", bring_section),
    "sheet": ("Day sheet", sheet_section),
}

st.title("Prepare", anchor=False)
session.show_notice()
section = st.segmented_control(
    "Section",
    list(SECTIONS),
    format_func=lambda name: SECTIONS[name][0],
    required=True,
    key=session.addressed("section", SECTIONS, FIRST),
    on_change=session.to_address,
    args=("section", FIRST),
    label_visibility="collapsed",
)
SECTIONS[section or FIRST][1](ws)

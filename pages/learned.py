"""What have I learned? What people said, where it points, whom I know now."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.debriefs_section import debriefs_section
from iiplan.ui.learned_direction import direction_section
from iiplan.ui.learned_insights import insights_section
from iiplan.ui.learned_network import network_section

ws = session.workspace()

FIRST = "insights"
SECTIONS: dict[str, tuple[str, Callable[[Workspace], None]]] = {
    FIRST: ("Insights", insights_section),
    "debriefs": ("Debriefs", debriefs_section),
    "direction": ("Direction", direction_section),
    "network": ("Network", network_section),
}

st.title("Learned", anchor=False)
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

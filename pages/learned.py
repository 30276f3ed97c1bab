"""What have I learned? What people said, where it points, whom I know now."""

from __future__ import annotations

import streamlit as st

from iiplan.ui import session
from iiplan.ui.debriefs_section import debriefs_section
from iiplan.ui.learned_direction import direction_section
from iiplan.ui.learned_insights import insights_section
from iiplan.ui.learned_network import network_section
from iiplan.ui.sections import Sections, show_section

ws = session.workspace()

SECTIONS: Sections = {
    "insights": ("Insights", insights_section),
    "debriefs": ("Debriefs", debriefs_section),
    "direction": ("Direction", direction_section),
    "network": ("Network", network_section),
}

st.title("Learned", anchor=False)
session.show_notice()
show_section(ws, SECTIONS)

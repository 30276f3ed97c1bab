"""How do I keep my data, and what may iiplan use? A section for each."""

from __future__ import annotations

import streamlit as st

from iiplan.ui import session
from iiplan.ui.place_settings import place_settings
from iiplan.ui.routing_form import routing_section
from iiplan.ui.sections import Sections, show_section
from iiplan.ui.worth import worth_form
from iiplan.ui.your_data import show_your_data

ws = session.workspace()


SECTIONS: Sections = {
    "data": ("Your data", show_your_data),
    "ways": ("Ways", routing_section),
    "worth": ("Worth", worth_form),
    "places": ("Places", place_settings),
}

st.title("Settings", anchor=False)
session.show_notice()
show_section(ws, SECTIONS)

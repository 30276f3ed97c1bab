"""How do I keep my data, and what may iiplan use? A section for each."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.place_settings import place_settings
from iiplan.ui.routing_form import routing_section
from iiplan.ui.worth import worth_form
from iiplan.ui.your_data import show_your_data

ws = session.workspace()


SECTIONS: dict[str, tuple[str, Callable[[Workspace], None]]] = {
    "data": ("Your data", show_your_data),
    "ways": ("Ways", routing_section),
    "worth": ("Worth", worth_form),
    "places": ("Places", place_settings),
}

st.title("Settings", anchor=False)
session.show_notice()
section = st.segmented_control(
    "Section",
    list(SECTIONS),
    format_func=lambda name: SECTIONS[name][0],
    required=True,
    key=session.addressed("section", SECTIONS, "data"),
    on_change=session.to_address,
    args=("section", "data"),
    label_visibility="collapsed",
)
SECTIONS[section or "data"][1](ws)

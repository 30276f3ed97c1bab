"""A page in sections: one is shown at a time, and the address says which."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from iiplan.planner.workspace import Workspace
from iiplan.ui import session

__all__ = ["Sections", "show_section"]

Sections = Mapping[str, tuple[str, Callable[[Workspace], None]]]


def show_section(ws: Workspace, sections: Sections) -> None:
    """A chooser over titles, then the chosen section, drawn by its function; the first one unless it is said."""
    first = next(iter(sections))
    chosen = st.segmented_control(
        "Section",
        list(sections),
        format_func=lambda name: sections[name][0],
        required=True,
        key=session.addressed("section", sections, first),
        on_change=session.to_address,
        args=("section", first),
        label_visibility="collapsed",
    )
    sections[chosen or first][1](ws)

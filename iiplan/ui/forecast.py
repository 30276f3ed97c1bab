"""How fast people answer, and how many more to ask."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from iiplan.model import Trip
from iiplan.outreach import History
from iiplan.planner.workspace import Workspace

__all__ = ["show_reply_times", "show_still_needed"]


def show_reply_times(ws: Workspace, people: Sequence[History], trip: Trip | None) -> None:
    """How long answers take."""
    st.info("Not here yet.")


def show_still_needed(ws: Workspace, trip: Trip | None) -> None:
    """How many more asks the week takes."""
    st.info("Not here yet.")

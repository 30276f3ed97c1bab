"""What happened over time, and who led to whom."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from iiplan.model import Trip
from iiplan.outreach import History
from iiplan.planner.workspace import Workspace

__all__ = ["show_activity", "show_referrals"]


def show_activity(ws: Workspace, people: Sequence[History], trip: Trip | None) -> None:
    """What was done in each week."""
    st.info("Not here yet.")


def show_referrals(ws: Workspace, people: Sequence[History]) -> None:
    """Who led to whom."""
    st.info("Not here yet.")

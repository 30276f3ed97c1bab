"""The week on a map, with each day to single out, and streets under it if wanted."""

from __future__ import annotations

import streamlit as st

from iiplan.figures.week_map import TILE_SERVER, week_map
from iiplan.model import Agenda, Trip
from iiplan.planner import ways
from iiplan.planner.week_map import week_on_map
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.charts import PLOT
from iiplan.ui.labels import escaped

__all__ = ["map_tab"]

ALL = "All days"


def map_tab(ws: Workspace, trip: Trip, agenda: Agenda) -> None:
    """Draw the map; what it shows stands in words in the agenda."""
    shown = week_on_map(ws, trip, agenda)
    st.markdown(escaped(shown.sentence))
    if not shown.days:
        st.caption("The map fills up with meetings in person.")
        return
    labels = [day.label for day in shown.days]
    chosen = st.pills("Show", [ALL, *labels], default=ALL, key=f"map-day-{trip.id}")
    streets = ways.streets(ws, trip)
    figure = week_map(
        shown.base,
        shown.days,
        shown.left_out,
        chosen=labels.index(chosen) if chosen in labels else None,
        streets=streets,
    )
    st.plotly_chart(figure, key=f"map-{trip.id}", config=PLOT, alt=shown.sentence)
    st.toggle(
        f"Streets under the map, as pictures from {TILE_SERVER}",
        value=streets,
        key=f"streets-{trip.id}",
        on_change=set_streets,
        args=(ws, trip, not streets),
        help="Your browser then asks that server for the part of the city that the map shows; it learns no names.",
    )
    if streets:
        st.caption("Without internet the streets stay away, and the map is as it is without them.")


def set_streets(ws: Workspace, trip: Trip, wanted: bool) -> None:
    """Turn the streets on or off for this trip."""
    session.attempt(lambda: ways.save_streets(ws, trip, wanted))

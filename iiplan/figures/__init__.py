"""Plotly figures from plain data: pure, without a network, readable on a phone, in light and in dark."""

from plotly.graph_objects import Figure

from iiplan.figures.forecast import gains_figure, meetings_figure
from iiplan.figures.funnel import funnel_figure
from iiplan.figures.reply_times import reply_times_figure
from iiplan.figures.response import response_rate_figure

__all__ = [
    "Figure",
    "funnel_figure",
    "gains_figure",
    "meetings_figure",
    "reply_times_figure",
    "response_rate_figure",
]

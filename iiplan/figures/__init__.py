"""Plotly figures from plain data: pure, without a network, readable on a phone, in light and in dark."""

from plotly.graph_objects import Figure

from iiplan.figures.funnel import funnel_figure
from iiplan.figures.funnel_groups import funnel_groups_figure
from iiplan.figures.response import response_rate_figure

__all__ = ["Figure", "funnel_figure", "funnel_groups_figure", "response_rate_figure"]

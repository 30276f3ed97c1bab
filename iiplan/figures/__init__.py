"""Plotly figures from plain data: pure, without a network, readable on a phone, in light and in dark."""

from iiplan.figures.funnel import funnel_figure
from iiplan.figures.response import response_rate_figure

__all__ = ["funnel_figure", "response_rate_figure"]

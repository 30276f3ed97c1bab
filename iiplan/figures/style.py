"""What all figures share: see-through grounds, no toolbar, no zoom to get lost in, colours told apart by everyone.

Font colours are left to the page, which knows whether it is light or dark.
"""

from __future__ import annotations

from html import escape
from textwrap import wrap

import plotly.graph_objects as go

__all__ = ["BLUE", "CLICKED", "CRIMSON", "GREY", "ORANGE", "PALETTE", "VIOLET", "plain_layout", "say", "tick_text"]

# At least 3:1 against white and against near-black. Any two are told apart by people who are red-, green- or
# blue-blind too: at least 28 apart in CIELAB as Machado, Oliveira and Fernandes (2009) model what they see.
BLUE = "#2f7fc1"
ORANGE = "#d97706"
GREY = "#8a8f98"
CRIMSON = "#d81840"
VIOLET = "#b818f8"
# Of a trace in which a point was clicked: the others step back and are still read. Both are needed: without the first,
# Plotly breaks off in the middle of drawing.
CLICKED = {
    "selected": {"marker": {"opacity": 1}},
    "unselected": {"marker": {"opacity": 0.35}, "textfont": {"color": GREY}},
}
PALETTE = (BLUE, ORANGE, CRIMSON, VIOLET, GREY)
CLEAR = "rgba(0,0,0,0)"
BUTTONS = [
    "zoom",
    "pan",
    "select",
    "lasso",
    "zoomIn",
    "zoomOut",
    "autoScale",
    "resetScale",
    "toImage",
    "toggleSpikelines",
    "hoverClosestCartesian",
    "hoverCompareCartesian",
]


def plain_layout(figure: go.Figure, *, height: int) -> None:
    """Give a figure of horizontal rows its grounds, margins and height in pixels."""
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 12, "t": 8, "b": 8},
        paper_bgcolor=CLEAR,
        plot_bgcolor=CLEAR,
        showlegend=False,
        dragmode=False,
        hoverlabel={"align": "left"},
        modebar={"remove": BUTTONS, "bgcolor": CLEAR},
    )
    figure.update_xaxes(fixedrange=True, automargin=True, zeroline=False)
    figure.update_yaxes(fixedrange=True, automargin=True, zeroline=False, showgrid=False, ticklabelstandoff=6)


def say(figure: go.Figure, words: str) -> None:
    """Put a sentence in the middle of a figure that has nothing to show."""
    figure.add_annotation(text=words, x=0.5, y=0.5, xref="paper", yref="paper", showarrow=False)


def tick_text(words: str, *, width: int = 20, lines: int = 2) -> str:
    """A label for an axis: what users typed is not markup, and long names are broken and cut."""
    parts = wrap(words, width=width, break_long_words=True) or [""]
    if len(parts) > lines:
        parts = [*parts[: lines - 1], parts[lines - 1][: width - 1].rstrip() + "…"]
    return "<br>".join(escape(part, quote=False) for part in parts)

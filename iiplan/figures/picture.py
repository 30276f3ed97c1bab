"""How one's picture changed: what draws and what puts off, added up by week, one small chart for each subject."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from iiplan.figures.style import BLUE, ORANGE, plain_layout, say

__all__ = ["picture_figure"]

MOST_TICKS = 4
ROW = 92  # pixels a small chart
LOOKS = {"draws me": (BLUE, "solid", "circle"), "puts me off": (ORANGE, "dot", "square-open")}


def picture_figure(
    mondays: Sequence[date], draws: Mapping[str, Sequence[int]], puts_off: Mapping[str, Sequence[int]]
) -> go.Figure:
    """For each subject (a key of both, in this order) two lines of counts, one a Monday; all on one scale.

    What draws is a full line with filled dots, what puts off a dashed one with hollow squares. Subjects of which
    nothing does either are left out.
    """
    subjects = [one for one in draws if any(draws[one]) or any(puts_off[one])]
    if not subjects:
        figure = go.Figure()
        plain_layout(figure, height=120)
        figure.update_xaxes(visible=False)
        figure.update_yaxes(visible=False)
        say(figure, "Nothing draws you or puts you off yet.")
        return figure
    figure = make_subplots(
        rows=len(subjects),
        cols=1,
        shared_xaxes=True,
        vertical_spacing=0.3 / len(subjects),
        subplot_titles=[f"<b>{one}</b> · {draws[one][-1]} draw, {puts_off[one][-1]} put off" for one in subjects],
    )
    for row, subject in enumerate(subjects, 1):
        figure.add_trace(_line(mondays, draws[subject], subject, "draws me", first=row == 1), row=row, col=1)
        figure.add_trace(_line(mondays, puts_off[subject], subject, "puts me off", first=row == 1), row=row, col=1)
    plain_layout(figure, height=ROW * len(subjects) + 90)
    most = max(max(draws[one][-1], puts_off[one][-1]) for one in subjects)
    figure.update_layout(
        margin={"t": 56},
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 0.995, "yref": "container", "yanchor": "top", "itemclick": False},
    )
    figure.update_annotations(x=0, xanchor="left", yshift=2, font={"size": 13})
    figure.update_yaxes(range=[-0.3, max(most, 2) * 1.15], tickvals=[0, most], showgrid=True)
    room = timedelta(days=5)  # on both sides, also when there is one week only
    named = mondays[:: -(-len(mondays) // MOST_TICKS)]
    figure.update_xaxes(
        showgrid=False,
        tickvals=list(named),
        ticktext=[f"{monday.day} {monday:%b}<br>{monday.year}" for monday in named],
        range=[mondays[0] - room, mondays[-1] + room],
    )
    return figure


def _line(mondays: Sequence[date], counts: Sequence[int], subject: str, name: str, *, first: bool) -> go.Scatter:
    colour, dash, symbol = LOOKS[name]
    ends = [monday + timedelta(days=6) for monday in mondays]
    return go.Scatter(
        x=list(mondays),
        y=list(counts),
        name=name,
        legendgroup=name,
        showlegend=first,
        mode="lines+markers",
        line={"color": colour, "dash": dash, "width": 2, "shape": "hv"},
        marker={"symbol": symbol, "size": 7, "color": colour},
        hovertext=[
            f"{subject}<br>{name}: {count}<br>up to {end.day} {end:%b %Y}"
            for count, end in zip(counts, ends, strict=True)
        ],
        hoverinfo="text",
        cliponaxis=False,
    )

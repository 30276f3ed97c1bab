"""How long practice runs of an introduction took, one after another."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from iiplan.figures.style import BLUE, plain_layout
from iiplan.model import Rehearsal

__all__ = ["rehearsals_figure"]

MOST = 30


def rehearsals_figure(runs: Sequence[Rehearsal], least: int, most: int) -> go.Figure:
    """The last thirty runs by time, their seconds as dots; the band lies from ``least`` to ``most`` seconds."""
    shown = list(runs[-MOST:])
    figure = go.Figure(
        go.Scatter(
            x=list(range(1, len(shown) + 1)),
            y=[run.seconds for run in shown],
            mode="lines+markers",
            marker={"color": BLUE, "size": 9},
            line={"color": BLUE, "width": 1},
            customdata=[[f"{run.at:%d %b %Y}", f"{run.seconds // 60}:{run.seconds % 60:02d}"] for run in shown],
            hovertemplate="%{customdata[0]}: %{customdata[1]}<extra></extra>",
        )
    )
    plain_layout(figure, height=200)
    figure.add_hrect(y0=least, y1=most, fillcolor=BLUE, opacity=0.12, line_width=0)
    top = max([most, *(run.seconds for run in shown)]) * 1.15
    ticks = list(range(0, int(top) + 1, 60 if top <= 600 else 600))
    figure.update_yaxes(range=[0, top], tickvals=ticks, ticktext=[f"{second // 60} min" for second in ticks])
    figure.update_xaxes(visible=False, range=[0.5, max(len(shown), 3) + 0.5])
    return figure

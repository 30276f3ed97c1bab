"""The funnel as bars, the widest on top."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import plotly.graph_objects as go

from iiplan.figures.style import BLUE, CLICKED, plain_layout, say, tick_text
from iiplan.model import Stage
from iiplan.outreach import Funnel, FunnelStep

__all__ = ["funnel_figure", "step_words"]

ROW = 38  # pixels a bar
ROOM_FOR_TEXT = 1.45  # the longest bar leaves a third of the width to its text, also at 400 pixels


def funnel_figure(funnel: Funnel, labels: Mapping[Stage, str]) -> go.Figure:
    """One bar a step with its count and its share of the step before; ``customdata`` holds the stage's stored word."""
    steps = funnel.steps
    names = [labels.get(step.stage, str(step.stage)) for step in steps]
    rows = list(range(len(steps)))
    figure = go.Figure(
        go.Bar(
            orientation="h",
            x=[step.count for step in steps],
            y=rows,
            text=[_text(step) for step in steps],
            textposition="outside",
            cliponaxis=False,
            marker={"color": BLUE, "line": {"width": 0}},
            customdata=[[str(step.stage)] for step in steps],
            hovertext=[
                f"{escape(name, quote=False)}: {step_words(step)}" for step, name in zip(steps, names, strict=True)
            ],
            hoverinfo="text",
            **CLICKED,
        )
    )
    most = max((step.count for step in steps), default=0)
    plain_layout(figure, height=ROW * max(len(steps), 2) + 24)
    figure.update_layout(bargap=0.3)
    figure.update_xaxes(visible=False, range=[0, max(most, 1) * ROOM_FOR_TEXT])
    figure.update_yaxes(autorange="reversed", tickvals=rows, ticktext=[tick_text(name) for name in names])
    if most == 0:
        say(figure, "Nobody is in the list yet.")
    return figure


def _text(step: FunnelStep) -> str:
    if step.of_previous is None:
        return f"{step.count:,}"
    return f"{step.count:,} · {100 * step.of_previous:.0f} %"


def step_words(step: FunnelStep) -> str:
    """The people of a step and their share of the step before, with its interval, in Plotly's markup."""
    people = "1 person" if step.count == 1 else f"{step.count:,} people"
    if step.interval is None or step.of_previous is None:
        return people
    low, high = step.interval
    return (
        f"{people}<br>{100 * step.of_previous:.0f} % of the {step.before:,} of the step before,"
        f"<br>95 % interval {100 * low:.0f} to {100 * high:.0f} %"
    )

"""Time to reply as rising steps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import plotly.graph_objects as go

from iiplan.figures.style import BLUE, ORANGE, plain_layout, say
from iiplan.forecast import ReplyStep, ReplyTimes

__all__ = ["reply_times_figure"]

BAND = "rgba(47,127,193,0.22)"  # the blue, see-through
GRID = "rgba(138,143,152,0.3)"
SHORTEST = 10  # business days shown at least
BEYOND = 1.5  # of the last day on which answers came: what is drawn after it says nothing new


def reply_times_figure(times: ReplyTimes) -> go.Figure:
    """The share that has answered by business day, with its 95 % band; upright ticks where people still wait, a
    diamond at the median."""
    figure = go.Figure()
    plain_layout(figure, height=300)
    if not times.answered:
        say(figure, "Nobody has been asked yet." if times.asked == 0 else "Nobody has answered yet.")
        figure.update_xaxes(visible=False)
        figure.update_yaxes(visible=False)
        return figure
    edge = max(SHORTEST, min(times.longest, round(BEYOND * times.steps[-1].day)))
    _add_band(figure, times.steps, edge)
    days = [0, *[step.day for step in times.steps], edge]
    shares = [0.0, *[step.share for step in times.steps], times.steps[-1].share]
    figure.add_scatter(
        x=days,
        y=shares,
        mode="lines",
        line={"shape": "hv", "color": BLUE, "width": 3},
        text=["", *[_hover(step) for step in times.steps], ""],
        hoverinfo="text",
        name="Answered",
    )
    _add_waiting(figure, times, edge)
    if times.median is not None:
        _add_median(figure, times.median)
    figure.update_xaxes(
        range=[-0.15, edge + 0.3],
        title={"text": _reading(times, edge), "font": {"size": 12}, "standoff": 8},
        gridcolor=GRID,
        dtick=max(1, -(-edge // 8)),
    )
    figure.update_yaxes(
        range=[0, 1.03],
        tickvals=[0, 0.25, 0.5, 0.75, 1],
        ticktext=["0", "25", "50", "75", "100 %"],
        gridcolor=GRID,
        showgrid=True,
    )
    return figure


def _add_band(figure: go.Figure, steps: Sequence[ReplyStep], edge: int) -> None:
    """Two steps with the space between them filled; it ends where no band can be given."""
    known = [(step.day, step.low, step.high) for step in steps if step.low is not None and step.high is not None]
    if not known:
        return
    end = next((step.day for step in steps if step.low is None), edge)
    days = [*[day for day, _, _ in known], end]
    for side, fill in ((1, None), (2, "tonexty")):
        edges = [row[side] for row in known]
        figure.add_scatter(
            x=days,
            y=[*edges, edges[-1]],
            mode="lines",
            line={"shape": "hv", "width": 0},
            fill=fill,
            fillcolor=BAND,
            hoverinfo="skip",
        )


def _add_waiting(figure: go.Figure, times: ReplyTimes, edge: int) -> None:
    waits = {day: count for day, count in Counter(times.waiting).items() if day <= edge}
    figure.add_scatter(
        x=list(waits),
        y=[times.share_by(day) for day in waits],
        mode="markers",
        marker={"symbol": "line-ns", "size": 11, "line": {"width": 2, "color": BLUE}},
        text=[f"{_people(count)} waiting for {_days(day)}" for day, count in waits.items()],
        hoverinfo="text",
        cliponaxis=False,
    )


def _add_median(figure: go.Figure, day: int) -> None:
    figure.add_scatter(
        x=[-0.15, day, day],
        y=[0.5, 0.5, 0],
        mode="lines",
        line={"dash": "dot", "color": ORANGE, "width": 2},
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=[day],
        y=[0.5],
        mode="markers",
        marker={"symbol": "diamond", "size": 13, "color": ORANGE},
        text=[f"Half have answered within {_days(day)}"],
        hoverinfo="text",
        cliponaxis=False,
    )


def _reading(times: ReplyTimes, edge: int) -> str:
    lines = ["Business days after asking; shaded: 95 % band"]
    marks = ["diamond: half have answered"] if times.median is not None else []
    if times.waiting:
        beyond = sum(day > edge for day in times.waiting)
        far = f" ({beyond} longer than shown)" if beyond else ""
        marks.append(f"ticks: {len(times.waiting)} still waiting{far}")
    return "<br>".join([*lines, *marks])


def _hover(step: ReplyStep) -> str:
    band = "" if step.low is None or step.high is None else f" ({100 * step.low:.0f} to {100 * step.high:.0f} %)"
    return (
        f"{100 * step.share:.0f} %{band} within {_days(step.day)}<br>{step.answered} of {step.at_risk} still waited for"
    )


def _days(count: int) -> str:
    return "1 business day" if count == 1 else f"{count} business days"


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"

"""How long people stay in each stage: a dot where half have left, a bar over the middle half."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log10

import plotly.graph_objects as go

from iiplan.figures.style import BLUE, plain_layout, say, tick_text
from iiplan.model import Stage
from iiplan.outreach import StageTime, days_in_words

__all__ = ["stage_time_figure"]

ROW = 54  # pixels a row: two short lines of text
HOUR = 1 / 24  # of a day
TICKS = {
    HOUR: "1 h",
    6 * HOUR: "6 h",
    1: "1 d",
    3: "3 d",
    10: "10 d",
    30: "30 d",
    100: "100 d",
    365: "1 y",
    3 * 365: "3 y",
}
LEAST = HOUR  # what is shorter stands at the edge
ROOM_FOR_TEXT = 3.5  # times the longest: the words at a dot keep to the page, also at 400 pixels


def stage_time_figure(times: Sequence[StageTime], labels: Mapping[Stage, str]) -> go.Figure:
    """One row a stage, its counts under its name; a bar without an end on the right where too few have left.

    The dot is hollow where fewer than five stretches have ended, and absent where half are still running. The axis
    is logarithmic, so that hours and months are both readable.
    """
    rows = list(range(len(times)))
    known = [max(days, LEAST) for time in times for days in _known(time)] or [1.0, 10.0]
    first, edge = min(known) / 1.3, max(known) * ROOM_FOR_TEXT
    figure = go.Figure([_ranges(times, edge), _arrows(times, edge), _dots(times, labels), _early(times, first)])
    plain_layout(figure, height=ROW * max(len(times), 2) + 74)
    figure.update_xaxes(
        type="log",
        range=[log10(first), log10(edge * 1.1)],
        tickvals=list(TICKS),
        ticktext=list(TICKS.values()),
        gridcolor="rgba(138,143,152,0.3)",
        title={"text": _reading(times), "font": {"size": 12}, "standoff": 8},
    )
    figure.update_yaxes(
        range=[max(len(times), 1) - 0.5, -0.5],
        tickvals=rows,
        ticktext=[f"<b>{tick_text(labels.get(time.stage, time.stage))}</b><br>{counts(time)}" for time in times],
    )
    if not times:
        figure.update_xaxes(visible=False)
        say(figure, "Nothing has happened yet.")
    return figure


def counts(time: StageTime) -> str:
    """9 left, 2 still in."""
    return f"{time.ended} left, {time.running} still in" if time.running else f"{time.ended} left"


def _known(time: StageTime) -> list[float]:
    return [days for days in (time.quarter, time.half, time.three_quarters) if days is not None]


def _ranges(times: Sequence[StageTime], edge: float) -> go.Scatter:
    """Lines from a quarter to three quarters, or to the edge."""
    x: list[float | None] = []
    y: list[int | None] = []
    for row, time in enumerate(times):
        if time.quarter is not None:
            x += [
                max(time.quarter, LEAST),
                max(edge if time.three_quarters is None else time.three_quarters, LEAST),
                None,
            ]
            y += [row, row, None]
    return go.Scatter(mode="lines", x=x, y=y, line={"width": 4, "color": BLUE}, opacity=0.7, hoverinfo="skip")


def _arrows(times: Sequence[StageTime], edge: float) -> go.Scatter:
    """Where a line has no end yet."""
    open_rows = [row for row, time in enumerate(times) if time.quarter is not None and time.three_quarters is None]
    return go.Scatter(
        mode="markers",
        cliponaxis=False,
        x=[edge] * len(open_rows),
        y=open_rows,
        marker={"symbol": "triangle-right", "size": 13, "color": BLUE},
        hoverinfo="skip",
    )


def _dots(times: Sequence[StageTime], labels: Mapping[Stage, str]) -> go.Scatter:
    return go.Scatter(
        mode="markers+text",
        cliponaxis=False,
        x=[None if time.half is None else max(time.half, LEAST) for time in times],
        y=list(range(len(times))),
        marker={
            "size": 13,
            "color": BLUE,
            "symbol": ["circle-open" if time.small else "circle" for time in times],
            "line": {"width": 2, "color": BLUE},
        },
        text=["" if time.half is None else days_in_words(time.half) for time in times],
        textposition="top right",
        hovertext=[_hover(time, labels) for time in times],
        hoverinfo="text",
    )


def _early(times: Sequence[StageTime], first: float) -> go.Scatter:
    """Words where there is nothing to draw."""
    rows = [row for row, time in enumerate(times) if time.quarter is None]
    return go.Scatter(
        mode="text",
        x=[first] * len(rows),
        y=rows,
        text=[" too early to say"] * len(rows),
        textposition="middle right",
        hoverinfo="skip",
    )


def _hover(time: StageTime, labels: Mapping[Stage, str]) -> str:
    lines = [f"{labels.get(time.stage, time.stage)}: {counts(time)}"]
    for part, days in (("a quarter", time.quarter), ("half", time.half), ("three quarters", time.three_quarters)):
        lines.append(f"{part} not left yet" if days is None else f"{part} left within {days_in_words(days)}")
    return "<br>".join(lines)


def _reading(times: Sequence[StageTime]) -> str:
    lines = ["Hours (h), days (d) or years (y) in a stage", "dot: half had left; bar: a quarter to three quarters"]
    if any(time.small and time.half is not None for time in times):
        lines.append("hollow: fewer than five left")
    if any(time.quarter is not None and time.three_quarters is None for time in times):
        lines.append("arrow: too few left to say")
    return "<br>".join(lines)

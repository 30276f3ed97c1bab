"""Response rates as dots with their intervals, one row a group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import plotly.graph_objects as go

from iiplan.figures.style import BLUE, plain_layout, say, tick_text
from iiplan.outreach import ResponseRate

__all__ = ["response_rate_figure"]

ROW = 54  # pixels a row: two or three short lines of text
MOST_ROWS = 30
NO_WORD = "Not said"


def response_rate_figure(
    rates: Sequence[ResponseRate], labels: Mapping[str, str], *, latest: bool = False
) -> go.Figure:
    """A dot with its 95 % interval for each group, hollow under five decided asks, none where nothing is decided.

    Counts and recent asks stand under each group's name. The first thirty groups (the last thirty
    with ``latest``) are drawn, the rest counted.
    """
    shown = list(rates[-MOST_ROWS:] if latest else rates[:MOST_ROWS])
    missing = len(rates) - len(shown)
    left_out = f"and {missing} {'earlier' if latest else 'smaller'} group{'' if missing == 1 else 's'} not drawn"
    names = [labels.get(rate.group, rate.group) or NO_WORD for rate in shown]
    rows = list(range(len(shown)))
    drawn = [rate.rate for rate in shown]
    figure = go.Figure(
        go.Scatter(
            mode="markers",
            cliponaxis=False,
            x=drawn,
            y=rows,
            marker={
                "size": 13,
                "color": BLUE,
                "symbol": ["circle-open" if rate.small else "circle" for rate in shown],
                "line": {"width": 2, "color": BLUE},
            },
            error_x={
                "type": "data",
                "symmetric": False,
                "array": [None if rate.rate is None else rate.high - rate.rate for rate in shown],
                "arrayminus": [None if rate.rate is None else rate.rate - rate.low for rate in shown],
                "color": BLUE,
                "thickness": 2,
                "width": 6,
            },
            customdata=[[rate.group] for rate in shown],
            text=[counts(rate) for rate in shown],
            hovertext=[_hover(rate, name) for rate, name in zip(shown, names, strict=True)],
            hoverinfo="text",
        )
    )
    plain_layout(figure, height=ROW * max(len(shown), 2) + 70)
    figure.update_xaxes(
        range=[-0.05, 1.05],
        tickvals=[0, 0.25, 0.5, 0.75, 1],
        ticktext=["0", "25", "50", "75", "100 %"],
        gridcolor="rgba(138,143,152,0.3)",
        title={"text": _reading(shown, left_out if missing else ""), "font": {"size": 12}, "standoff": 8},
    )
    figure.update_yaxes(
        range=[max(len(shown), 1) - 0.5, -0.5],
        tickvals=rows,
        ticktext=[f"<b>{tick_text(name)}</b><br>{counts(rate)}" for rate, name in zip(shown, names, strict=True)],
    )
    if not shown:
        say(figure, "Nobody has been asked yet.")
    return figure


def counts(rate: ResponseRate) -> str:
    """7 of 8, 2 recent."""
    recent = f"{rate.recent:,} recent"
    if rate.decided == 0:
        return recent
    answered = f"{rate.answered:,} of {rate.decided:,}"
    return f"{answered}, {recent}" if rate.recent else answered


def _reading(shown: Sequence[ResponseRate], left_out: str) -> str:
    lines = ["Answered, of those who had time"]
    if any(rate.small and rate.rate is not None for rate in shown):
        lines.append("bar: 95 % interval; hollow: fewer than five")
    else:
        lines.append("bar: 95 % interval")
    if left_out:
        lines.append(left_out)
    return "<br>".join(lines)


def _hover(rate: ResponseRate, name: str) -> str:
    lines = [f"{escape(name, quote=False)}: {counts(rate)}"]
    if rate.rate is not None:
        lines.append(f"{100 * rate.rate:.0f} %, 95 % interval {100 * rate.low:.0f} to {100 * rate.high:.0f} %")
    if rate.recent:
        lines.append(f"asked recently: {rate.early:,} answered already, {rate.pending:,} pending")
    return "<br>".join(lines)

"""How many meetings the week ends up with, and what one more ask of each source adds."""

from __future__ import annotations

from collections.abc import Mapping

import plotly.graph_objects as go

from iiplan.figures.style import BLUE, ORANGE, plain_layout, say, tick_text
from iiplan.forecast import Evidence, Forecast, Gain, chance_words, gain_words
from iiplan.model import Source

__all__ = ["gains_figure", "meetings_figure"]

GRID = "rgba(138,143,152,0.3)"
ROW = 46  # pixels a row: two short lines of text
RARE = 0.002  # rarer counts at either end are not drawn
ROOM_FOR_TEXT = 1.2


def meetings_figure(forecast: Forecast) -> go.Figure:
    """A bar for each number of meetings, as high as its chance; those that fill the week orange and hatched."""
    figure = go.Figure()
    plain_layout(figure, height=280)
    likely = [count for count, chance in enumerate(forecast.chances) if chance >= RARE]
    first, last = max(min(likely) - 1, 0), min(max(*likely, forecast.goal), len(forecast.chances) - 1)
    counts = list(range(min(first, max(last - 5, 0)), last + 1))
    fills = [forecast.days_left > 0 and count >= forecast.goal for count in counts]
    chances = [forecast.chances[count] for count in counts]
    figure.add_bar(
        x=counts,
        y=chances,
        marker={
            "color": [ORANGE if full else BLUE for full in fills],
            "pattern": {
                "shape": ["/" if full else "" for full in fills],
                "fillmode": "overlay",
                "fgcolor": "white",
                "solidity": 0.2,
            },
            "line": {"width": 0},
        },
        hovertext=[_bar_words(count, chance) for count, chance in zip(counts, chances, strict=True)],
        hoverinfo="text",
    )
    figure.update_layout(bargap=0.15)
    figure.update_xaxes(
        title={"text": _reading(forecast), "font": {"size": 12}, "standoff": 8},
        dtick=max(1, -(-len(counts) // 12)),
        tick0=counts[0],
        range=[counts[0] - 0.6, counts[-1] + 0.6],
    )
    figure.update_yaxes(tickformat=".0%", rangemode="tozero", showgrid=True, gridcolor=GRID, nticks=5)
    return figure


def _bar_words(count: int, chance: float) -> str:
    return f"{_meetings(count)}: {chance_words(chance)}"


def _reading(forecast: Forecast) -> str:
    lines = ["Meetings in the week if you ask nobody else"]
    if forecast.full is not None:
        lines.append(f"hatched: the full week of {forecast.goal}, {chance_words(forecast.full)}")
    return "<br>".join(lines)


def gains_figure(forecast: Forecast, labels: Mapping[Source, str]) -> go.Figure:
    """A bar a source, the most promising on top, with the own data behind it under its name."""
    if not forecast.worth_asking:
        figure = go.Figure()
        plain_layout(figure, height=120)
        figure.update_xaxes(visible=False)
        figure.update_yaxes(visible=False)
        say(figure, "One more ask today adds nothing.")
        return figure
    gains = sorted(forecast.gains, key=lambda gain: (-gain.meetings, gain.source))
    rows = list(range(len(gains)))
    figure = go.Figure(
        go.Bar(
            orientation="h",
            x=[gain.meetings for gain in gains],
            y=rows,
            text=[gain_words(gain) for gain in gains],
            textposition="outside",
            cliponaxis=False,
            marker={"color": BLUE, "line": {"width": 0}},
            hovertext=[_gain_hover(gain, labels) for gain in gains],
            hoverinfo="text",
        )
    )
    plain_layout(figure, height=ROW * len(gains) + 50)
    figure.update_layout(bargap=0.45)
    figure.update_xaxes(
        range=[0, gains[0].meetings * ROOM_FOR_TEXT],
        showticklabels=False,
        showgrid=False,
        title={"text": "Meetings that one more ask today adds", "font": {"size": 12}, "standoff": 8},
    )
    figure.update_yaxes(
        range=[len(gains) - 0.4, -0.6],
        tickvals=rows,
        ticktext=[f"<b>{tick_text(_name(gain, labels))}</b><br>{own_words(gain.evidence)}" for gain in gains],
    )
    return figure


def own_words(own: Evidence) -> str:
    """'5 of 8 answered, 3 yes', or that there is only the assumption."""
    if own.asked == 0:
        return "assumption only"
    return f"{own.answered} of {own.asked} answered, {own.yes} yes"


def _name(gain: Gain, labels: Mapping[Source, str]) -> str:
    return labels.get(gain.source, str(gain.source))


def _gain_hover(gain: Gain, labels: Mapping[Source, str]) -> str:
    return (
        f"{tick_text(_name(gain, labels))}: {gain_words(gain)} of a meeting<br>{own_words(gain.evidence)}<br>"
        f"chance of a meeting with room left: {chance_words(gain.yes_chance)}"
    )


def _meetings(count: int) -> str:
    return "1 meeting" if count == 1 else f"{count} meetings"

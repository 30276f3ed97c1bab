"""Funnels of groups side by side: a row a group, a column a stage, a square that is darker the more came on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import plotly.graph_objects as go

from iiplan.figures.funnel import step_words
from iiplan.figures.style import BLUE, CLICKED, plain_layout, say, tick_text
from iiplan.model import Stage
from iiplan.outreach import FunnelStep, GroupFunnel

__all__ = ["funnel_groups_figure"]

ROW = 44  # pixels a row
SQUARE = 31  # pixels; eight of them and the names stand beside one another at 400 pixels
HEAD = 78  # pixels for the names of the stages
LETTERS = 12
FEW_COME_ON, ALL_COME_ON = (219, 233, 246), (8, 69, 126)  # one blue, from light to dark: told apart by everyone
EDGE = "rgba(138,143,152,0.9)"
NARROW_SPACE = "\u202f"


@dataclass(frozen=True, kw_only=True)
class _Cell:
    row: int
    step: FunnelStep
    group: GroupFunnel
    name: str


def funnel_groups_figure(groups: Sequence[GroupFunnel], names: Sequence[str], stages: Mapping[Stage, str]) -> go.Figure:
    """A square for each group and step with its count and its share of the step before.

    ``names`` are those of the rows. Hollow: fewer than five in the step before. After an empty step nothing is
    drawn. ``customdata`` holds the group's word, the stage's, and how many groups the row puts together.
    """
    columns = [step.stage for step in groups[0].funnel.steps] if groups else []
    cells = [
        _Cell(row=row, step=step, group=group, name=f"{name}, {stages.get(step.stage, str(step.stage))}")
        for row, (group, name) in enumerate(zip(groups, names, strict=True))
        for step in group.funnel.steps
    ]
    figure = go.Figure(
        [
            _squares([cell for cell in cells if cell.step.before is None], columns, filled=False),
            _squares([cell for cell in cells if cell.step.before and cell.step.small], columns, filled=False),
            _squares([cell for cell in cells if cell.step.before and not cell.step.small], columns, filled=True),
        ]
    )
    figure.data[0].marker.line.width = 0  # the first step is a share of nothing
    plain_layout(figure, height=HEAD + ROW * max(len(groups), 2) + 16)
    figure.update_xaxes(
        side="top",
        range=[-0.5, max(len(columns), 1) - 0.5],
        tickvals=list(range(len(columns))),
        ticktext=[tick_text(stages.get(stage, str(stage))) for stage in columns],
        tickangle=-50,
        tickfont={"size": 11},
        showgrid=False,
    )
    figure.update_yaxes(
        range=[max(len(groups), 2) - 0.5, -0.5],
        tickvals=list(range(len(groups))),
        ticktext=[tick_text(name, width=LETTERS, lines=3) for name in names],
        tickfont={"size": 11},
    )
    if not groups:
        say(figure, "Nobody has been asked yet.")
    return figure


def _squares(cells: Sequence[_Cell], columns: Sequence[Stage], *, filled: bool) -> go.Scatter:
    colours = [_colour(cell.step.of_previous or 0.0) for cell in cells]
    marker = {"symbol": "square", "size": SQUARE, "color": [f"rgb{colour}" for colour in colours]}
    if not filled:
        marker |= {"color": "rgba(0,0,0,0)"}
    return go.Scatter(
        mode="markers+text",
        cliponaxis=False,
        x=[columns.index(cell.step.stage) for cell in cells],
        y=[cell.row for cell in cells],
        marker=marker | {"line": {"width": 1 if filled else 2, "color": EDGE if filled else BLUE}},
        text=[_text(cell.step) for cell in cells],
        textposition="middle center",
        textfont={"size": 10} | ({"color": [_on(colour) for colour in colours]} if filled else {}),
        customdata=[[cell.group.group, str(cell.step.stage), cell.group.folded] for cell in cells],
        hovertext=[f"{escape(cell.name, quote=False)}: {step_words(cell.step)}" for cell in cells],
        hoverinfo="text",
        **CLICKED,
    )


def _text(step: FunnelStep) -> str:
    share = step.of_previous
    return f"{step.count:,}" if share is None else f"{step.count:,}<br>{100 * share:.0f}{NARROW_SPACE}%"


def _colour(share: float) -> tuple[int, ...]:
    return tuple(round(a + share * (b - a)) for a, b in zip(FEW_COME_ON, ALL_COME_ON, strict=True))


def _on(colour: tuple[int, ...]) -> str:
    """Black or white, whichever is read better on a colour (its luminance as WCAG 2 has it; equal at 0.179)."""
    parts = [value / 255 for value in colour]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return "#000000" if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 else "#ffffff"

"""Who led to whom, as a tree that reads like folders: it fits a phone and grows downwards."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import plotly.graph_objects as go

from iiplan.figures.style import BLUE, GREY, ORANGE, VIOLET, plain_layout, say
from iiplan.model import Stage
from iiplan.outreach import Forest, Node

__all__ = ["MOST_PEOPLE", "referral_figure"]

ROW = 30  # pixels a person
MOST_PEOPLE = 60
WIDTH = 20.0  # of the picture, in steps of depth: some 18 pixels each on a phone
DEEPEST = 9  # steps; deeper trees are drawn with narrower ones, so that names keep their room
LETTERS = 30  # of a name

KINDS = {  # how far somebody came, in words; the symbol tells it without the colour
    "not asked yet": ("circle-open", GREY),
    "asked": ("circle", BLUE),
    "answered": ("diamond", ORANGE),
    "met": ("star", VIOLET),
}
NETWORK_KINDS = {  # hollow, half, filled
    "not asked yet": ("circle-open", GREY),
    "asked, not met yet": ("circle-open-dot", BLUE),
    "met": ("circle", VIOLET),
}
_KIND = {
    Stage.IDENTIFIED: "not asked yet",
    Stage.ASKED: "asked",
    Stage.REPLIED: "answered",
    Stage.ACCEPTED: "answered",
    Stage.SCHEDULED: "answered",
    Stage.MET: "met",
    Stage.THANKED: "met",
    Stage.IN_TOUCH: "met",
}


def referral_figure(forest: Forest, *, network: bool = False) -> go.Figure:
    """One person a line, below and to the right of who led to them; ``customdata`` holds the contact's id.

    Symbol and colour say how far each came; the legend names them: for the ``network`` only whether they were met
    (filled), asked (half filled) or not asked yet (hollow). The first sixty people are drawn, those of the largest
    trees; the rest are counted.
    """
    kinds = NETWORK_KINDS if network else KINDS
    shown = list(forest.nodes[:MOST_PEOPLE])
    deepest = max((node.depth for node in shown), default=0)
    step = min(1.0, DEEPEST / deepest) if deepest else 1.0
    rows = {node.contact_id: row for row, node in enumerate(shown)}
    figure = go.Figure(_branches(shown, rows, step))
    for words, look in kinds.items():
        of_kind = [node for node in shown if _kind(node, network) == words]
        if of_kind:
            figure.add_trace(_people(of_kind, rows, step, words, look))
    plain_layout(figure, height=ROW * max(len(shown), 2) + 84)
    figure.update_layout(
        annotations=[_label(node, rows, step) for node in shown],
        showlegend=bool(shown),
        legend={"orientation": "h", "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom", "itemclick": False},
    )
    figure.update_xaxes(visible=False, range=[-0.7, WIDTH])
    figure.update_yaxes(visible=False, range=[max(len(shown), 1) - 0.4, -0.6])
    more = len(forest.nodes) - len(shown)
    if more:
        text = f"and {more} more {'person' if more == 1 else 'people'} not drawn"
        figure.update_xaxes(visible=True, showticklabels=False, showgrid=False, title={"text": text})
    if not shown:
        say(figure, "Nobody is noted as having come by referral yet.")
    return figure


def _branches(shown: Sequence[Node], rows: dict[str, int], step: float) -> go.Scatter:
    """From each person down from, then right of, who led to them."""
    x: list[float | None] = []
    y: list[float | None] = []
    for node in shown:
        if node.parent is not None:
            trunk = (node.depth - 1) * step
            x += [trunk, trunk, node.depth * step, None]
            y += [rows[node.parent], rows[node.contact_id], rows[node.contact_id], None]
    return go.Scatter(
        mode="lines", x=x, y=y, line={"width": 1.5, "color": GREY}, opacity=0.7, hoverinfo="skip", showlegend=False
    )


def _kind(node: Node, network: bool) -> str:
    words = _KIND[node.furthest]
    return "asked, not met yet" if network and words in {"asked", "answered"} else words


def _people(nodes: Sequence[Node], rows: dict[str, int], step: float, words: str, look: tuple[str, str]) -> go.Scatter:
    symbol, colour = look
    return go.Scatter(
        mode="markers",
        cliponaxis=False,
        name=words,
        x=[node.depth * step for node in nodes],
        y=[rows[node.contact_id] for node in nodes],
        marker={
            "symbol": symbol,
            "size": 15 if symbol == "star" else 12,
            "color": colour,
            "opacity": 1,
            "line": {"width": 2 if "open" in symbol else 0, "color": colour},
        },
        customdata=[[node.contact_id] for node in nodes],
        hovertext=[_hover(node, words) for node in nodes],
        hoverinfo="text",
        unselected={"marker": {"opacity": 1}},
        selected={"marker": {"opacity": 1, "size": 18}},
    )


def _label(node: Node, rows: dict[str, int], step: float) -> dict[str, object]:
    """A name right of its symbol: an annotation, because the text of a trace fades once somebody is chosen."""
    led_to = f" · led to {node.led_to}" if node.led_to else ""
    return {
        "x": node.depth * step,
        "y": rows[node.contact_id],
        "text": f"{_name(node)}{led_to}",
        "showarrow": False,
        "xanchor": "left",
        "xshift": 11,
    }


def _name(node: Node) -> str:
    words = " ".join(node.name.split())
    cut = words if len(words) <= LETTERS else words[: LETTERS - 1].rstrip() + "…"
    return escape(cut, quote=False)


def _hover(node: Node, words: str) -> str:
    lines = [escape(" ".join(node.name.split())[:80], quote=False), words]
    if node.led_to:
        people = "1 person" if node.led_to == 1 else f"{node.led_to} people"
        lines.append(f"led to {people}, {node.met or 'none'} of them met")
    return "<br>".join(lines)

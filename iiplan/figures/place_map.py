"""A bare map of what is known around a spot, on which a click means a place. Drawn without a network."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import plotly.graph_objects as go

from iiplan.figures.style import BLUE, CRIMSON, GREY, ORANGE, plain_layout
from iiplan.model import Coordinates

__all__ = ["KnownSpot", "click_within_m", "place_map_figure"]

HEIGHT = 440  # pixels
STEPS = 30  # of the grid of points that can be clicked, from side to side
SURE_TO = 20  # nobody points more exactly than to this part of the width on a map without streets
LABEL = (0.4, 0.07)  # room that a name takes, as parts of the map's width: none is written over another
KM_A_DEGREE = 111.32
_COLOURS = {"base": ORANGE, "person": BLUE, "landmark": GREY}


@dataclass(frozen=True, kw_only=True)
class KnownSpot:
    """Something to find one's way by; ``kind`` is "base", "person" or "landmark"."""

    label: str
    at: Coordinates
    kind: str


def click_within_m(width_km: float) -> int:
    """How far off a click on a map of that width may be: a twentieth of it, at least.

    The nearest point of the grid is no further than 0.71 / 30 of the width from the click; the rest is the hand and
    the little there is to find one's way by.
    """
    return math.ceil(width_km * 1000 / SURE_TO)


def place_map_figure(centre: Coordinates, width_km: float, known: Sequence[KnownSpot]) -> go.Figure:
    """Known spots in a square of ``width_km``, north up, under an invisible grid of points to be clicked.

    ``customdata`` of every point is [latitude, longitude] in degrees. Axes are in kilometres from ``centre``.
    """
    shrunk = math.cos(math.radians(centre.latitude)) or 1e-9
    half = width_km / 2

    def away(spot: KnownSpot) -> tuple[float, float]:
        north = (spot.at.latitude - centre.latitude) * KM_A_DEGREE
        return (spot.at.longitude - centre.longitude) * KM_A_DEGREE * shrunk, north

    shown = [(spot, *away(spot)) for spot in known]
    shown = [(spot, east, north) for spot, east, north in shown if max(abs(east), abs(north)) <= half]
    ticks = [half * (2 * step / STEPS - 1) for step in range(STEPS + 1)]
    grid = [(east, north) for north in ticks for east in ticks]
    figure = go.Figure(
        [
            go.Scatter(
                mode="markers",
                x=[east for east, _ in grid],
                y=[north for _, north in grid],
                customdata=[
                    [
                        max(min(centre.latitude + north / KM_A_DEGREE, 90), -90),
                        (centre.longitude + east / KM_A_DEGREE / shrunk + 180) % 360 - 180,
                    ]
                    for east, north in grid
                ],
                marker={"size": 14, "opacity": 0, "color": CRIMSON},
                selected={"marker": {"opacity": 1, "color": CRIMSON}},
                unselected={"marker": {"opacity": 0}},
                hovertext="Click to put the place here",
                hoverinfo="text",
            ),
            go.Scatter(
                mode="markers+text",
                x=[east for _, east, _ in shown],
                y=[north for _, _, north in shown],
                customdata=[list(spot.at.as_pair) for spot, _, _ in shown],
                text=_names(shown, width_km),
                textposition="top center",
                marker={"size": 9, "color": [_COLOURS[spot.kind] for spot, _, _ in shown]},
                selected={"marker": {"opacity": 1, "color": CRIMSON}},
                unselected={"marker": {"opacity": 0.8}, "textfont": {"color": GREY}},
                hovertext=[escape(spot.label, quote=False) for spot, _, _ in shown],
                hoverinfo="text",
            ),
        ]
    )
    plain_layout(figure, height=HEIGHT)
    figure.update_xaxes(range=[-half, half], ticksuffix=" km", nticks=6, constrain="domain", showgrid=True)
    figure.update_yaxes(
        range=[-half, half], ticksuffix=" km", nticks=6, constrain="domain", showgrid=True, scaleanchor="x"
    )
    return figure


def _names(shown: Sequence[tuple[KnownSpot, float, float]], width_km: float) -> list[str]:
    """A name for each spot in turn that has room for it, else nothing: those that come first are named."""
    named: list[tuple[float, float]] = []
    names = []
    for spot, east, north in shown:
        room = all(abs(east - x) > LABEL[0] * width_km or abs(north - y) > LABEL[1] * width_km for x, y in named)
        if room:
            named.append((east, north))
        names.append(_short(spot.label) if room else "")
    return names


def _short(label: str) -> str:
    name = label.split(",")[0]
    return escape(name if len(name) <= 22 else name[:21].rstrip() + "…", quote=False)

"""The week on a map: days as routes with numbered stops, the base, and the places of people left out.

It is drawn to scale in the projection of street maps, on nothing; or on street pictures from another server, if asked
for. Pictures that do not come leave the map as it is without them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

import plotly.graph_objects as go

from iiplan.figures.style import BLUE, CRIMSON, GREY, ORANGE, VIOLET, plain_layout, say, tick_text
from iiplan.model import Coordinates

__all__ = ["TILE_SERVER", "MapDay", "MapStop", "week_map"]

TILE_SERVER = "tile.openstreetmap.org"
HEIGHT = 520
COLOURS = (BLUE, ORANGE, CRIMSON, VIOLET)
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
SYMBOLS = ("circle", "square", "diamond", "hexagon", "octagon", "pentagon")
LEAST_SPAN = 0.006  # degrees: a map of one place still shows what is around it
MARGIN = 0.12  # of the span, on each side
TILES_ACROSS = 4
DEEPEST = 17
_LABEL = {"bgcolor": "rgba(255,255,255,0.9)", "font": {"color": "#1b1f24", "size": 12}, "borderpad": 2}

Point = tuple[float, float]  # to the east and to the north, in degrees of the map's projection


@dataclass(frozen=True, kw_only=True)
class MapStop:
    """A place on the map: whose, and what else to say of it (the hour, the reason for being left out)."""

    name: str
    detail: str
    at: Coordinates


@dataclass(frozen=True, kw_only=True)
class MapDay:
    """A day's stops in order; the route starts and ends at the base."""

    label: str
    stops: tuple[MapStop, ...]


def week_map(
    base: Coordinates | None,
    days: Sequence[MapDay],
    left_out: Sequence[MapStop] = (),
    *,
    chosen: int | None = None,
    streets: bool = False,
) -> go.Figure:
    """Draw the week. ``chosen``: the position of a day to single out; its part of the map is shown, its stops named.

    Days differ by colour, and beyond four also by the dashes of the route and the shape of the stops.
    """
    figure = go.Figure()
    plain_layout(figure, height=HEIGHT)
    everything = [base] if base else []
    everything += [stop.at for day in days for stop in day.stops] + [stop.at for stop in left_out]
    if not everything:
        say(figure, "No places yet")
        figure.update_xaxes(visible=False)
        figure.update_yaxes(visible=False)
        return figure
    of_day = [stop.at for stop in days[chosen].stops] if chosen is not None else []
    in_view = [*of_day, *([base] if base else [])] if of_day else everything
    _frame(figure, [_point(at) for at in in_view], streets)
    for number, day in enumerate(days):
        if day.stops:
            _add_day(figure, base, day, number, faint=chosen not in (None, number))
    if left_out:
        figure.add_trace(_others(left_out))
    if base:
        figure.add_trace(_base(base))
    if chosen is not None:
        for text, at in _grouped(days[chosen].stops):
            names = ", ".join(stop.name for stop in days[chosen].stops if stop.at == at)
            x, y = _point(at)
            figure.add_annotation(
                x=x, y=y, text=f"{text} {tick_text(names, width=24)}", showarrow=False, yshift=-24, **_LABEL
            )
    figure.update_layout(
        showlegend=True,
        legend={
            "orientation": "h",
            "x": 0,
            "y": 1.02,
            "yanchor": "bottom",
            "itemclick": False,
            "itemdoubleclick": False,
        },
        margin={"l": 4, "r": 4, "t": 60, "b": 4},
    )
    return figure


def _add_day(figure: go.Figure, base: Coordinates | None, day: MapDay, number: int, *, faint: bool) -> None:
    colour, kind = COLOURS[number % len(COLOURS)], number // len(COLOURS)
    line = {"color": colour, "width": 3, "dash": DASHES[kind % len(DASHES)]}
    symbol = SYMBOLS[kind % len(SYMBOLS)]
    ends = [base] if base else []
    route = [_point(at) for at in [*ends, *(stop.at for stop in day.stops), *ends]]
    opacity = 0.22 if faint else 1
    label = escape(day.label)
    x, y = zip(*route, strict=True)
    figure.add_trace(
        go.Scatter(x=x, y=y, mode="lines", line=line, opacity=opacity, hoverinfo="skip", showlegend=False, name=label)
    )
    places = list(_grouped(day.stops))
    x, y = zip(*(_point(at) for _, at in places), strict=True)
    figure.add_trace(
        go.Scatter(
            x=x,
            y=y,
            mode="markers" if faint else "markers+text",
            text=["" if faint else text for text, _ in places],
            textfont={"color": "white", "size": 12},
            marker={"size": 22, "color": colour, "symbol": symbol, "line": {"color": "white", "width": 1.5}},
            opacity=opacity,
            hovertext=[_hover(day, at) for _, at in places],
            hoverinfo="text",
            name=label,
        )
    )


def _grouped(stops: Sequence[MapStop]) -> Iterator[tuple[str, Coordinates]]:
    """The numbers of the stops at each place, and the place."""
    for at in dict.fromkeys(stop.at for stop in stops):
        yield ", ".join(str(n) for n, stop in enumerate(stops, 1) if stop.at == at), at


def _hover(day: MapDay, at: Coordinates) -> str:
    lines = [
        f"{n}. {escape(stop.name)}<br>{escape(day.label)}, {escape(stop.detail)}"
        for n, stop in enumerate(day.stops, 1)
        if stop.at == at
    ]
    return "<br>".join(lines)


def _others(left_out: Sequence[MapStop]) -> go.Scatter:
    x, y = zip(*(_point(stop.at) for stop in left_out), strict=True)
    return go.Scatter(
        x=x,
        y=y,
        mode="markers",
        marker={"size": 12, "color": GREY, "symbol": "circle-open", "line": {"width": 2.5}},
        hovertext=[f"{escape(stop.name)}<br>{tick_text(stop.detail, width=40, lines=4)}" for stop in left_out],
        hoverinfo="text",
        name="Left out",
    )


def _base(base: Coordinates) -> go.Scatter:
    x, y = _point(base)
    marker = {"size": 20, "color": "#1b1f24", "symbol": "star", "line": {"color": "white", "width": 1.5}}
    return go.Scatter(x=[x], y=[y], mode="markers", marker=marker, hovertext="The base", hoverinfo="text", name="Base")


def _point(at: Coordinates) -> Point:
    """Web Mercator in degrees: equal scale east and north, as street pictures are cut."""
    latitude = max(-85.0, min(85.0, at.latitude))
    return at.longitude, math.degrees(math.asinh(math.tan(math.radians(latitude))))


def _frame(figure: go.Figure, points: Sequence[Point], streets: bool) -> None:
    """Axes that show all points to scale, a bar that says how far is how far, and the street pictures if wanted."""
    west, east = _span([x for x, _ in points])
    south, north = _span([y for _, y in points])
    figure.update_xaxes(range=[west, east], visible=False, constrain="domain")
    figure.update_yaxes(range=[south, north], visible=False, constrain="domain", scaleanchor="x", scaleratio=1)
    latitude = math.atan(math.sinh(math.radians((south + north) / 2)))
    km = 111.32 * math.cos(latitude)  # of a degree
    room = (east - west) * km / 3
    size = 10 ** math.floor(math.log10(room))
    length = max(step for step in (size, 2 * size, 5 * size) if step <= room)
    x, y = west + (east - west) * 0.03, south + (north - south) * 0.03
    figure.add_shape(type="line", x0=x, x1=x + length / km, y0=y, y1=y, line={"color": GREY, "width": 4})
    words = f"{length:g} km" if length >= 1 else f"{length * 1000:.0f} m"
    figure.add_annotation(x=x, y=y, text=words, showarrow=False, xanchor="left", yshift=12, **_LABEL)
    if streets:
        for image in _tiles(west, east, south, north):
            figure.add_layout_image(image)
        credit = '© <a href="https://www.openstreetmap.org/copyright">OpenStreetMap contributors</a>'
        figure.add_annotation(
            x=east, y=south, text=credit, showarrow=False, xanchor="right", yanchor="bottom", **_LABEL
        )


def _span(values: Sequence[float]) -> tuple[float, float]:
    middle, half = (min(values) + max(values)) / 2, (max(values) - min(values)) / 2
    half = max(half * (1 + 2 * MARGIN), LEAST_SPAN / 2)
    return middle - half, middle + half


def _tiles(west: float, east: float, south: float, north: float) -> Iterator[dict[str, object]]:
    """Street pictures that cover the map, each in its place; at most (TILES_ACROSS + 1) squared."""
    depth = math.floor(math.log2(360 * TILES_ACROSS / max(east - west, north - south)))
    depth = max(0, min(DEEPEST, depth))
    size = 360 / 2**depth
    columns = range(math.floor((west + 180) / size), math.floor((east + 180) / size) + 1)
    rows = range(math.floor((180 - north) / size), math.floor((180 - south) / size) + 1)
    for column in columns:
        for row in rows:
            if 0 <= row < 2**depth:
                yield {
                    "source": f"https://{TILE_SERVER}/{depth}/{column % 2**depth}/{row}.png",
                    "xref": "x",
                    "yref": "y",
                    "x": column * size - 180,
                    "y": 180 - row * size,
                    "sizex": size,
                    "sizey": size,
                    "sizing": "stretch",
                    "layer": "below",
                }

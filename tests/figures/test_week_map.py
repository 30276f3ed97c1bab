"""The map of the week: to scale, each day told apart, nothing from elsewhere unless asked for."""

from __future__ import annotations

import math

import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iiplan.figures.week_map import COLOURS, TILES_ACROSS, MapDay, MapStop, week_map
from iiplan.model import Coordinates

BASE = Coordinates(latitude=52.5, longitude=13.4)


def stop(name: str, north: float = 0.0, east: float = 0.0, detail: str = "09:00 to 09:30") -> MapStop:
    return MapStop(name=name, detail=detail, at=Coordinates(latitude=52.5 + north, longitude=13.4 + east))


MONDAY = MapDay(label="Mon 7 Dec", stops=(stop("Ann", 0.01), stop("Ben", 0.02, 0.01)))
TUESDAY = MapDay(label="Tue 8 Dec", stops=(stop("Cat", -0.03, 0.05), stop("Dan", -0.03, 0.05), stop("Eve", 0.1)))


def named(figure: go.Figure, name: str) -> list[go.Scatter]:
    return [trace for trace in figure.data if trace.name == name]


def test_a_day_is_a_route_from_the_base_and_back_with_numbered_stops() -> None:
    route, stops = named(week_map(BASE, [MONDAY, TUESDAY]), "Mon 7 Dec")
    assert route.x == (13.4, 13.4, pytest.approx(13.41), 13.4)
    assert route.y[0] == route.y[-1]
    assert stops.text == ("1", "2")
    assert stops.hovertext[0] == "1. Ann<br>Mon 7 Dec, 09:00 to 09:30"


def test_stops_at_one_place_share_a_mark_that_numbers_both() -> None:
    _, stops = named(week_map(BASE, [MONDAY, TUESDAY]), "Tue 8 Dec")
    assert stops.text == ("1, 2", "3")
    assert "1. Cat" in stops.hovertext[0]
    assert "2. Dan" in stops.hovertext[0]


def test_the_map_asks_no_server_unless_streets_are_wanted() -> None:
    figure = week_map(BASE, [MONDAY], [stop("Out", 0.03)])
    assert not figure.layout.images
    assert "http" not in figure.to_json()
    assert {type(trace) for trace in figure.data} == {go.Scatter}


def test_streets_cover_the_map_seamlessly_and_name_their_source() -> None:
    figure = week_map(BASE, [MONDAY], streets=True)
    images = figure.layout.images
    assert 0 < len(images) <= (TILES_ACROSS + 1) ** 2
    west, east = figure.layout.xaxis.range
    south, north = figure.layout.yaxis.range
    assert min(one.x for one in images) <= west
    assert max(one.x + one.sizex for one in images) >= east
    assert max(one.y for one in images) >= north
    assert min(one.y - one.sizey for one in images) <= south
    assert all(one.source.startswith("https://tile.openstreetmap.org/") for one in images)
    assert any("OpenStreetMap contributors" in one.text for one in figure.layout.annotations)


def test_street_pictures_lie_where_their_numbers_say() -> None:
    figure = week_map(BASE, [MONDAY], streets=True)
    one = figure.layout.images[0]
    depth, column, row = (int(part) for part in one.source.removesuffix(".png").split("/")[-3:])
    # the slippy map's formula for the corner of a tile, in degrees
    longitude = column / 2**depth * 360 - 180
    latitude = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * row / 2**depth))))
    assert one.x == pytest.approx(longitude)
    assert math.degrees(math.atan(math.sinh(math.radians(one.y)))) == pytest.approx(latitude)


def test_the_scale_is_the_same_both_ways_and_the_bar_is_true() -> None:
    figure = week_map(BASE, [MONDAY, TUESDAY])
    assert (figure.layout.yaxis.scaleanchor, figure.layout.yaxis.scaleratio) == ("x", 1)
    bar = figure.layout.shapes[0]
    words = figure.layout.annotations[0].text
    km = (bar.x1 - bar.x0) * 111.32 * math.cos(math.radians(52.5))
    size = float(words.split()[0]) / (1 if words.endswith("km") else 1000)
    assert km == pytest.approx(size, rel=0.01)


def test_a_chosen_day_fills_the_map_is_named_and_the_others_step_back() -> None:
    figure = week_map(BASE, [MONDAY, TUESDAY], chosen=0)
    assert [one.text for one in figure.layout.annotations[1:]] == ["1 Ann", "2 Ben"]
    assert {trace.opacity for trace in named(figure, "Tue 8 Dec")} == {0.22}
    assert set(named(figure, "Tue 8 Dec")[1].text) == {""}
    assert {trace.opacity for trace in named(figure, "Mon 7 Dec")} == {1}
    assert figure.layout.xaxis.range[1] < 13.45 < week_map(BASE, [MONDAY, TUESDAY]).layout.xaxis.range[1]


def test_any_two_of_two_weeks_of_days_look_different() -> None:
    days = [MapDay(label=f"day {n}", stops=(stop("x", 0.01 * n),)) for n in range(14)]
    figure = week_map(BASE, days)
    looks = [(r.line.color, r.line.dash, s.marker.symbol) for r, s in (named(figure, day.label) for day in days)]
    assert len(set(looks)) == 14
    assert {look[0] for look in looks[:4]} == set(COLOURS)


def test_names_are_text_and_not_markup() -> None:
    evil = '<a href="http://x">x</a>'
    day = MapDay(label="Mon", stops=(stop(evil, 0.01, detail=evil),))
    words = week_map(BASE, [day], [stop(evil, 0.02, detail=evil)], chosen=0).to_json()
    assert "<a href" not in words.replace("\\u003c", "<")


def test_a_map_without_places_says_so_and_one_without_a_base_is_drawn() -> None:
    assert week_map(None, []).layout.annotations[0].text == "No places yet"
    assert len(named(week_map(None, [MONDAY]), "Mon 7 Dec")[0].x) == 2


@settings(max_examples=30)
@given(st.lists(st.tuples(st.floats(-85, 85).filter(bool), st.floats(-180, 180)), min_size=1, max_size=4))
def test_any_places_can_be_drawn_with_streets(points: list[tuple[float, float]]) -> None:
    spots = [MapStop(name="x", detail="", at=Coordinates(latitude=lat, longitude=lon)) for lat, lon in points]
    figure = week_map(None, [MapDay(label="Mon", stops=tuple(spots))], streets=True)
    assert all(math.isfinite(value) for value in (*figure.layout.xaxis.range, *figure.layout.yaxis.range))
    assert len(figure.layout.images) <= (TILES_ACROSS + 1) ** 2

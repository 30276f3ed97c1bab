"""The map to click on: every point is a spot on earth, and known places lie where they are."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iiplan.figures import KnownSpot, click_within_m, place_map_figure
from iiplan.model import Coordinates
from iiplan.travel import distance_km

CENTRE = Coordinates(latitude=60.0, longitude=10.0)  # where a degree of longitude is half as long as one of latitude


@given(st.floats(-85, 85), st.floats(-179.9, 179.9), st.sampled_from([1.0, 8.0, 32.0]))
def test_wherever_one_clicks_a_point_of_the_grid_is_nearer_than_what_is_said(
    latitude: float, longitude: float, width: float
) -> None:
    centre = Coordinates(latitude=latitude or 1, longitude=longitude or 1)
    grid = place_map_figure(centre, width, []).data[0]
    side = round(math.sqrt(len(grid.x)))
    step_km = grid.x[1] - grid.x[0]
    assert grid.x[side - 1] - grid.x[0] == pytest.approx(width)
    assert step_km * math.sqrt(0.5) * 1000 < click_within_m(width)  # the middle of four points is furthest from them
    for number in (0, side - 1, side * side // 2, side * side - 1):
        at = Coordinates(latitude=grid.customdata[number][0], longitude=grid.customdata[number][1])
        drawn = math.hypot(grid.x[number], grid.y[number])
        assert distance_km(centre.as_pair, at.as_pair) == pytest.approx(drawn, rel=0.06, abs=0.002)


def test_a_known_spot_lies_where_it_is_and_can_be_clicked() -> None:
    spot = KnownSpot(label="<b>Inn</b>, Elm St", at=Coordinates(latitude=60.01, longitude=10.02), kind="base")
    far = KnownSpot(label="Far", at=Coordinates(latitude=61, longitude=10), kind="person")
    known = place_map_figure(CENTRE, 8, [far, spot]).data[1]
    # 0.01 degrees north are 1.113 km; 0.02 degrees east, at half the length, the same
    assert (known.x[0], known.y[0]) == (pytest.approx(1.113, abs=0.001), pytest.approx(1.113, abs=0.001))
    assert list(known.customdata[0]) == [60.01, 10.02]
    assert len(known.x) == 1
    assert known.text == ("&lt;b&gt;Inn&lt;/b&gt;",)


def test_names_are_not_written_over_one_another() -> None:
    spots = [
        KnownSpot(label=f"S{n}", at=Coordinates(latitude=60 + n / 10_000, longitude=10), kind="person")
        for n in range(5)
    ]
    assert list(place_map_figure(CENTRE, 8, spots).data[1].text) == ["S0", "", "", "", ""]


def test_a_click_on_a_wide_map_is_less_exact() -> None:
    assert [click_within_m(width) for width in (1, 8, 32)] == [50, 400, 1600]

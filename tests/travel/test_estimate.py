"""How long the way takes, by the calibrated straight-line formulas."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iiplan.errors import InputError
from iiplan.model import TravelMode
from iiplan.travel import distance_km, estimate_minutes

POINTS = st.tuples(st.floats(-90, 90), st.floats(-180, 180))
MODES = st.sampled_from([mode.value for mode in TravelMode])
HOME = (38.9, -77.03)


def north(km: float) -> tuple[float, float]:
    """The point ``km`` north of HOME; a degree of latitude is 2 pi 6371.0088 / 360 = 111.195 km."""
    return (HOME[0] + km / (2 * math.pi * 6371.0088 / 360), HOME[1])


def test_a_degree_of_latitude_is_111_kilometres() -> None:
    # 2 * pi * 6371.0088 / 360 = 111.1951
    assert distance_km((10, 20), (11, 20)) == pytest.approx(111.1951, abs=1e-3)


def test_a_degree_of_longitude_shrinks_with_the_cosine_of_the_latitude() -> None:
    # cos 60 deg = 1/2, and half of 111.195 is 55.6; the great circle cuts off a few metres
    assert distance_km((60, 20), (60, 21)) == pytest.approx(55.597, abs=5e-3)


def test_the_way_across_the_date_line_is_short() -> None:
    # 0.2 degrees at the equator = 22.24 km
    assert distance_km((0, 179.9), (0, -179.9)) == pytest.approx(22.239, abs=1e-2)


def test_the_far_side_of_the_earth_is_half_its_circumference_away() -> None:
    assert distance_km((0, 0), (0, 180)) == pytest.approx(math.pi * 6371.0088)


@pytest.mark.parametrize(
    ("mode", "km", "minutes"),
    [
        ("walk", 1.0, 18),  # 1 + 1.3 / 4.8 * 60 = 17.25
        ("walk", 2.5, 42),  # 1 + 3.25 / 4.8 * 60 = 41.6
        ("bike", 1.0, 7),  # 1 + 1.35 / 14 * 60 = 6.8
        ("bike", 5.0, 30),  # 1 + 6.75 / 14 * 60 = 29.9
        ("transit", 3.1, 31),  # 15 + 15.5 = 30.5; a walk takes 51
        ("transit", 1.0, 18),  # 15 + 5 = 20 is more than the walk's 17.25
        ("car", 3.1, 22),  # 7 + 4.34 / 18 * 60 = 21.5
        ("car", 0.3, 6),  # 7 + 1.4 = 8.4 is more than the walk's 5.9
    ],
)
def test_minutes_follow_the_calibrated_formula_and_are_rounded_up(mode: str, km: float, minutes: int) -> None:
    assert estimate_minutes(HOME, north(km), mode) == minutes


@pytest.mark.parametrize("mode", [mode.value for mode in TravelMode])
def test_the_same_spot_takes_no_time_and_a_few_steps_take_some(mode: str) -> None:
    assert estimate_minutes(HOME, HOME, mode) == 0
    assert estimate_minutes(HOME, north(0.0009), mode) == 0  # 90 cm
    assert estimate_minutes(HOME, north(0.0015), mode) == 2  # 1.5 m: a minute to set off, rounded up


def test_a_mode_may_be_given_as_the_enum_itself() -> None:
    assert estimate_minutes(HOME, north(1.0), TravelMode.WALK) == 18


def test_an_unknown_mode_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InputError, match=r"'rocket'. Use one of: walk, bike, transit, car"):
        estimate_minutes(HOME, HOME, "rocket")


@pytest.mark.parametrize("point", [(90.1, 0.0), (-91.0, 0.0), (math.nan, 0.0)])
def test_a_latitude_off_the_earth_is_refused(point: tuple[float, float]) -> None:
    with pytest.raises(InputError, match=r"latitude .* It must be from -90 to 90"):
        estimate_minutes(HOME, point, "walk")


@pytest.mark.parametrize("point", [(0.0, 180.5), (0.0, -181.0), (0.0, math.inf), (0.0, math.nan)])
def test_a_longitude_off_the_earth_is_refused(point: tuple[float, float]) -> None:
    with pytest.raises(InputError, match=r"longitude .* It must be from -180 to 180"):
        estimate_minutes(point, HOME, "walk")


@given(POINTS, POINTS, MODES)
def test_there_and_back_take_the_same(a: tuple[float, float], b: tuple[float, float], mode: str) -> None:
    assert estimate_minutes(a, b, mode) == estimate_minutes(b, a, mode)


@given(st.floats(0, 60), st.floats(0, 60), MODES)
def test_farther_never_takes_less(one: float, other: float, mode: str) -> None:
    near, far = sorted((one, other))
    assert estimate_minutes(HOME, north(near), mode) <= estimate_minutes(HOME, north(far), mode)


@given(POINTS, POINTS, MODES)
def test_nothing_is_slower_than_walking(a: tuple[float, float], b: tuple[float, float], mode: str) -> None:
    assert 0 <= estimate_minutes(a, b, mode) <= estimate_minutes(a, b, "walk")

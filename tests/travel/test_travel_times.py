"""Minutes between places: whose they are, by which way of travelling, and how far they may be off."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iiplan.errors import InputError
from iiplan.model import Basis, Coordinates, Leg, Place, TravelMode
from iiplan.travel import estimate_minutes, extra_minutes
from iiplan.travel.maplink import directions
from iiplan.travel.spread import chance_longer, estimated_spread, routed_minutes, routed_spread
from iiplan.travel.times import ROUTABLE, TravelTimes, Ways, spot, usual_walk
from iiplan.travel.words import chance_words, leg_words

WALK, BIKE, TRANSIT, CAR = TravelMode.WALK, TravelMode.BIKE, TravelMode.TRANSIT, TravelMode.CAR


def north(km: float, within_m: int = 0) -> Place:
    """A place so many kilometres north of the first one."""
    return Place(at=Coordinates(latitude=38.9 + km / 111.195, longitude=-77.03), within_m=within_m)


HOME, FAR = north(0), north(3.99)
ENDS = spot(HOME.at), spot(FAR.at)


def times(mode: TravelMode = TRANSIT, walk: int | None = None, **known: object) -> TravelTimes:
    ways = Ways(mode=mode, walk_up_to=usual_walk(mode) if walk is None else walk)
    return TravelTimes(ways=ways, **known)  # type: ignore[arg-type]


@st.composite
def places(draw: st.DrawFn) -> Place:
    at = Coordinates(latitude=draw(st.floats(-80, 80).filter(bool)), longitude=draw(st.floats(-179, 179)))
    return Place(at=at, within_m=draw(st.sampled_from([0, 0, 30, 400, 50_000])))


def test_the_users_own_minutes_come_before_routed_ones_and_those_before_an_estimate() -> None:
    key = (*ENDS, WALK)
    assert (leg := times(WALK).leg(HOME, FAR)).basis is Basis.ESTIMATE
    assert leg.minutes == estimate_minutes(HOME.at.as_pair, FAR.at.as_pair, "walk") == 66
    routed = times(WALK, routed={key: 3000.0}).leg(HOME, FAR)
    assert (routed.basis, routed.minutes) == (Basis.ROUTED, 51)  # 50 minutes and one to set off
    own = times(WALK, routed={key: 3000.0}, own={key: 40}).leg(HOME, FAR)
    assert (own.basis, own.minutes, own.mode) == (Basis.YOURS, 40, WALK)
    whichever = times(WALK, routed={key: 3000.0}, own={key: 40, (*ENDS, None): 44}).leg(HOME, FAR)
    assert (whichever.basis, whichever.minutes, whichever.mode) == (Basis.YOURS, 44, None)


def test_minutes_for_one_direction_leave_the_other_alone() -> None:
    known = times(own={(*ENDS, None): 7})
    assert known.leg(HOME, FAR).minutes == 7
    assert known.leg(FAR, HOME).basis is Basis.ESTIMATE


def test_a_way_that_a_server_did_not_find_is_an_estimate_that_says_so_and_never_zero() -> None:
    leg = times(WALK, routed={(*ENDS, WALK): None}).leg(HOME, FAR)
    assert (leg.basis, leg.unreachable, leg.minutes) == (Basis.ESTIMATE, True, 66)
    assert "found no way" in leg_words(leg)


@pytest.mark.parametrize(
    ("mode", "walk", "km", "by"),
    [
        (TRANSIT, 15, 0.8, WALK),  # 14 minutes on foot
        (TRANSIT, 15, 2.0, TRANSIT),
        (TRANSIT, 0, 0.8, WALK),  # transit takes 19
        (CAR, 15, 0.8, WALK),  # by car 11, but short
        (CAR, 0, 0.8, CAR),
        (CAR, 0, 0.3, WALK),  # by car 9, on foot 6
        (TRANSIT, 60, 3.0, WALK),  # 50 minutes, and the user likes it
        (BIKE, None, 0.8, BIKE),
        (WALK, 0, 9.0, WALK),
    ],
)
def test_one_walks_when_it_is_short_or_not_slower(mode: TravelMode, walk: int, km: float, by: TravelMode) -> None:
    assert times(mode, walk).leg(HOME, north(km)).mode is by


def test_own_minutes_on_foot_decide_whether_one_walks() -> None:
    near = north(0.8)
    slow = times(own={(spot(HOME.at), spot(near.at), WALK): 40}).leg(HOME, near)
    assert (slow.mode, slow.basis) == (TRANSIT, Basis.ESTIMATE)


def test_a_place_that_is_not_exact_adds_minutes_and_says_so() -> None:
    rough = north(3.99, within_m=400)
    assert extra_minutes(rough) == 7  # 520 m at 80 m a minute
    leg = times(WALK).leg(HOME, rough)
    assert (leg.minutes, leg.extra) == (66 + 7, 7)
    assert "7 min of it because a place is not exact" in leg_words(leg)
    assert times(WALK).leg(north(0, within_m=50_000), rough).extra == 15
    assert times(WALK, own={(*ENDS, None): 9}).leg(HOME, rough).minutes == 9


@given(
    places(),
    places(),
    st.sampled_from(TravelMode),
    st.integers(0, 120),
    st.none() | st.floats(0, 100_000),
    st.none() | st.integers(0, 600),
)
def test_minutes_are_never_negative_and_never_nonsense(
    a: Place, b: Place, mode: TravelMode, walk: int, seconds: float | None, own: int | None
) -> None:
    ends = spot(a.at), spot(b.at)
    routed = {(*ends, one): seconds for one in ROUTABLE}
    leg = times(mode, walk, routed=routed, own={} if own is None else {(*ends, None): own}).leg(a, b)
    assert leg.minutes >= 0
    assert 0 <= leg.low <= leg.likely <= leg.high < math.inf
    assert own is None or leg.minutes == own
    assert leg_words(leg).startswith(f"{leg.minutes} min")


@given(places(), places(), st.sampled_from(TravelMode), st.integers(0, 60))
def test_estimates_are_the_same_both_ways(a: Place, b: Place, mode: TravelMode, walk: int) -> None:
    there, back = times(mode, walk).leg(a, b), times(mode, walk).leg(b, a)
    assert (there.minutes, there.mode, there.extra) == (back.minutes, back.mode, back.extra)


@given(st.floats(0.1, 50), st.floats(0.1, 50), st.sampled_from(TravelMode))
def test_a_longer_estimate_has_a_wider_spread(near: float, far: float, mode: TravelMode) -> None:
    near, far = sorted((near, far))
    for less, more in zip(estimated_spread(near, mode), estimated_spread(far, mode), strict=True):
        assert less <= more + 1e-9


def test_walking_is_spread_as_measured() -> None:
    # 1.75 km, the middle of its band: p50 1.24 and p90 1.44 of the straight line at 5.1 km/h
    straight = 1.75 / 5.1 * 60
    assert estimated_spread(1.75, WALK) == pytest.approx((1.24 * straight, 1.44 * straight))
    # one walk in eight takes longer than the estimate of 29.4 minutes: measured were 12 %
    assert chance_longer(*estimated_spread(1.75, WALK), 29.4) == pytest.approx(0.12, abs=0.03)


def test_transit_is_longer_than_estimated_by_over_five_minutes_as_often_as_measured() -> None:
    assert chance_longer(*estimated_spread(4.4, TRANSIT), 37 + 5) == pytest.approx(0.12, abs=0.015)


def test_the_ninety_percent_value_is_exceeded_one_time_in_ten() -> None:
    assert chance_longer(20, 30, 30) == pytest.approx(0.1)
    assert chance_longer(20, 30, 20) == pytest.approx(0.5)
    assert chance_longer(20, 30, 0) == chance_longer(20, 30, -1) == 1
    assert (chance_longer(20, 20, 20), chance_longer(20, 20, 19)) == (0, 1)


@given(st.floats(0.1, 200), st.floats(1.01, 4), st.floats(0, 400), st.floats(0, 400))
def test_more_time_never_makes_one_later(likely: float, factor: float, less: float, more: float) -> None:
    less, more = sorted((less, more))
    chances = [chance_longer(likely, likely * factor, minutes) for minutes in (less, more)]
    assert 1 >= chances[0] >= chances[1] >= 0


def test_a_route_by_car_counts_traffic_and_parking() -> None:
    assert routed_minutes(18 * 60, CAR) == 32  # 18 minutes of free streets are 25 in the city, and 7 for parking
    assert routed_spread(600, WALK) == pytest.approx((11, 11.9))
    assert routed_minutes(0, WALK) == 1


def test_chances_are_said_no_more_exactly_than_they_are_known() -> None:
    assert [chance_words(one) for one in (0.001, 0.124, 0.5, 0.7)] == [
        "under 1 in 200",
        "about 1 in 8",
        "about 1 in 2",
        "more likely than not",
    ]


def test_directions_lead_from_here_to_there_and_carry_numbers_alone() -> None:
    leg = times(WALK).leg(HOME, FAR)
    goal = f"{FAR.at.latitude:.6f}%2C-77.030000"
    assert directions(leg) == {
        "Google": "https://www.google.com/maps/dir/?api=1&origin=38.900000%2C-77.030000"
        f"&destination={goal}&travelmode=walking",
        "Apple": f"https://maps.apple.com/?saddr=38.900000%2C-77.030000&daddr={goal}&dirflg=w",
        "OpenStreetMap": f"https://www.openstreetmap.org/directions?route=38.900000%2C-77.030000%3B{goal}"
        "&engine=fossgis_osrm_foot",
    }


def test_a_leg_of_no_sensible_length_is_refused() -> None:
    good = {"origin": HOME.at, "goal": FAR.at, "mode": WALK, "basis": Basis.ESTIMATE}
    with pytest.raises(InputError, match="minutes of a way is -1"):
        Leg(minutes=-1, likely=1, high=1, **good)
    for likely, high in ((1, math.nan), (math.nan, 1), (2, 1), (-1, 1), (1, math.inf)):
        with pytest.raises(InputError, match="A way cannot take"):
            Leg(minutes=1, likely=likely, high=high, **good)
    with pytest.raises(InputError, match="longest way to walk is 121 minutes"):
        Ways(mode=WALK, walk_up_to=121)

"""Estimated beside routed minutes: the table says what the pairs say."""

from __future__ import annotations

from bench.city import BLOCK_M, RIVER, ROWS, corner, some_places
from bench.numbers import with_section
from bench.travel import HEADING, Pair, section
from iiplan.model import Basis, Leg, TravelMode
from iiplan.travel import distance_km


def leg(minutes: int, basis: Basis) -> Leg:
    a, b = corner(0, 0), corner(1, 1)
    return Leg(origin=a, goal=b, minutes=minutes, mode=TravelMode.WALK, basis=basis, likely=8, high=10)


def pair(estimate: int, routed: int, *, crosses: bool = False) -> Pair:
    return Pair(estimate=leg(estimate, Basis.ESTIMATE), routed=leg(routed, Basis.ROUTED), crosses=crosses)


def test_the_table_says_how_far_off_and_how_often_too_short() -> None:
    # 10 against 8: 25 % too long; against 20: 50 % too short, 10 minutes, and outside of the range 6.4 to 10
    lines = section({TravelMode.WALK: [pair(10, 8), pair(10, 20), pair(10, 10, crosses=True)]})
    assert lines[-2] == "| on foot, same bank | 2 | 38% | -12% | 50% | 50% | 50% |"
    assert lines[-1] == "| on foot, over the river | 1 | 0% | +0% | 0% | 0% | 100% |"


def test_the_section_takes_the_place_of_its_last_version() -> None:
    page = f"# Page\n\n{HEADING}\n\nold\n\n## Next\n\nstays\n"
    assert with_section(page, [HEADING, "", "new"], HEADING) == f"# Page\n\n{HEADING}\n\nnew\n\n## Next\n\nstays\n"


def test_streets_of_the_invented_city_are_a_block_apart_and_the_river_two() -> None:
    across = distance_km(corner(3, 4).as_pair, corner(3, 5).as_pair) * 1000
    up, river = (distance_km(corner(row - 1, 4).as_pair, corner(row, 4).as_pair) * 1000 for row in (3, RIVER))
    assert [round(metres) for metres in (across, up, river)] == [BLOCK_M, BLOCK_M, 2 * BLOCK_M]
    places = some_places(50, seed=1)
    assert len({place.at for place in places}) == 50
    assert places == some_places(50, seed=1) != some_places(50, seed=2)
    assert ROWS > RIVER

"""How far the minutes of a way may be off: what it takes half of the time, and what it exceeds one time in ten.

Between and beyond those two the time of a way is taken as lognormal: factors are as likely upwards as downwards.
docs/travel.md says where each figure comes from.
"""

from __future__ import annotations

import math
from statistics import NormalDist

from iiplan.model import TravelMode
from iiplan.travel.estimate import plain_minutes

__all__ = ["Spread", "chance_longer", "estimated_spread", "routed_minutes", "routed_spread"]

Spread = tuple[float, float]  # (likely, high): minutes exceeded half of the time, and one time in ten

NINE_IN_TEN = NormalDist().inv_cdf(0.9)

# Walking, straight-line km to (p50, p90) of time over straight-line time at 5.1 km/h: routes of the Valhalla router
# between 58,800 pairs of points in six cities. Each figure holds for a band and stands at its middle.
WALK_BANDS = ((0.3, 1.32, 1.89), (0.75, 1.28, 1.58), (1.75, 1.24, 1.44), (4.25, 1.21, 1.36))
WALKED_KMH = 5.1
# Bike: one route in ten takes longer than the estimate, and the estimate is 26 % off on average. Of a lognormal
# spread that makes the estimate the 90 % value, and 0.81 of it the median.
BIKE_LIKELY = 0.81
# Transit: the median journey took 0.84 of the estimate at 2 to 3 km, 0.88 at 4 to 6, 0.97 at 6 to 9. With 0.88, being
# 23 % off on average and over five minutes longer in 12 % gives a 90 % value of 1.16.
TRANSIT_LIKELY, TRANSIT_HIGH = 0.88, 1.16
# Car: city-centre km/h over a year, at the rush hour and at best (London 2022), minutes of looking for parking.
CAR_KMH, CAR_RUSH_KMH, CAR_FREE_KMH = 18, 14, 25
CAR_DOOR, CAR_DOOR_HIGH = 7, 14
# People walk 80 to 95 metres a minute: 9 % up or down from the middle. Taken for bikes, too.
OWN_PACE = 1.09


def estimated_spread(km: float, mode: TravelMode) -> Spread:
    """The spread of an estimate over ``km`` in a straight line, in minutes."""
    if mode is TravelMode.WALK:
        likely, high = _walk_factors(km)
        return likely * km / WALKED_KMH * 60, high * km / WALKED_KMH * 60
    estimate = plain_minutes(km, mode)
    if mode is TravelMode.BIKE:
        return BIKE_LIKELY * estimate, estimate
    if mode is TravelMode.TRANSIT:
        return TRANSIT_LIKELY * estimate, TRANSIT_HIGH * estimate
    return estimate, CAR_DOOR_HIGH + 1.4 * km / CAR_RUSH_KMH * 60


def routed_minutes(seconds: float, mode: TravelMode) -> int:
    """Whole minutes door to door of a route, rounded up.

    A minute to set off on foot or by bike. Servers know neither traffic nor parking: by car the time is stretched as
    the estimate's 18 km/h are to the 25 of free streets, with 7 minutes to park or be picked up.
    """
    return math.ceil(round(routed_spread(seconds, mode)[0], 6))


def routed_spread(seconds: float, mode: TravelMode) -> Spread:
    """The spread of a route that a server gives ``seconds`` for, in minutes."""
    minutes = seconds / 60
    if mode is TravelMode.CAR:
        return (
            CAR_DOOR + minutes * CAR_FREE_KMH / CAR_KMH,
            CAR_DOOR_HIGH + minutes * CAR_FREE_KMH / CAR_RUSH_KMH,
        )
    return 1 + minutes, 1 + OWN_PACE * minutes


def chance_longer(likely: float, high: float, minutes: float) -> float:
    """The chance that a way of that spread takes more than ``minutes``: 0 to 1."""
    if minutes < 0:
        return 1.0
    if likely <= 0 or high <= likely:
        return float(likely > minutes)
    if minutes == 0:
        return 1.0
    return 1 - NormalDist(math.log(likely), math.log(high / likely) / NINE_IN_TEN).cdf(math.log(minutes))


def _walk_factors(km: float) -> Spread:
    """Between the middles of two bands in a straight line; as in the first and last band beyond them."""
    before = WALK_BANDS[0]
    for band in WALK_BANDS:
        if km <= band[0]:
            share = 0.0 if band is before else (km - before[0]) / (band[0] - before[0])
            return before[1] + share * (band[1] - before[1]), before[2] + share * (band[2] - before[2])
        before = band
    return before[1], before[2]

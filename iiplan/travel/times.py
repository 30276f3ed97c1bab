"""The minutes between places on a trip: the user's own before routed ones before estimates, on foot when short."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import ceil

from iiplan.errors import InputError
from iiplan.model import Basis, Coordinates, Leg, Place, TravelMode
from iiplan.travel.estimate import SAME_POINT_KM, distance_km, plain_minutes
from iiplan.travel.spread import estimated_spread, routed_minutes, routed_spread
from iiplan.travel.uncertain import MOST_EXTRA, extra_minutes

__all__ = [
    "MOST_WALK",
    "ROUTABLE",
    "OwnKey",
    "RoutedKey",
    "Spot",
    "TravelTimes",
    "Ways",
    "pair_of",
    "spot",
    "usual_walk",
]

Spot = tuple[int, int]  # latitude and longitude in ten-thousandths of a degree: about 11 metres
OwnKey = tuple[Spot, Spot, TravelMode | None]  # from, to, the way it holds for (None: whichever)
RoutedKey = tuple[Spot, Spot, TravelMode]

ROUTABLE = (TravelMode.WALK, TravelMode.BIKE, TravelMode.CAR)  # no routing server of these kinds knows timetables
MOST_WALK = 120
_CELLS = 10_000


def spot(at: Coordinates) -> Spot:
    """A point rounded so that the same place typed twice is one spot."""
    return round(at.latitude * _CELLS), round(at.longitude * _CELLS)


def pair_of(rounded: Spot) -> tuple[float, float]:
    """(latitude, longitude) of a spot in degrees."""
    return rounded[0] / _CELLS, rounded[1] / _CELLS


def usual_walk(mode: TravelMode) -> int:
    """Ways of up to so many minutes are walked; by bike only those that are not slower, as the bike comes along."""
    return 0 if mode is TravelMode.BIKE else 15


@dataclass(frozen=True, kw_only=True)
class Ways:
    """How one gets about on a trip: the main way, and up to how many minutes one rather walks."""

    mode: TravelMode
    walk_up_to: int

    def __post_init__(self) -> None:
        if not 0 <= self.walk_up_to <= MOST_WALK:
            raise InputError(f"The longest way to walk is {self.walk_up_to} minutes. It must be from 0 to {MOST_WALK}.")

    @property
    def modes(self) -> tuple[TravelMode, ...]:
        """Every way of travelling that a leg may have."""
        return tuple(dict.fromkeys((TravelMode.WALK, self.mode)))


@dataclass(frozen=True, kw_only=True)
class TravelTimes:
    """Minutes between any two places. ``own``: the user's, 0 or more. ``routed``: seconds that servers gave, 0 or
    more, by spots; None where a server was asked and found no way. What is in neither is estimated."""

    ways: Ways
    own: Mapping[OwnKey, int] = field(default_factory=dict)
    routed: Mapping[RoutedKey, float | None] = field(default_factory=dict)

    @cached_property
    def _own_pairs(self) -> frozenset[tuple[Spot, Spot]]:
        return frozenset((origin, goal) for origin, goal, _ in self.own)

    def leg(self, origin: Place, goal: Place) -> Leg:
        """The way between two different places, by the best way of travelling.

        The user's own minutes for whichever way hold as they are. Else one walks when that takes at most
        ``walk_up_to`` minutes or is not slower than the main way.
        """
        any_way = self.own.get((spot(origin.at), spot(goal.at), None))
        if any_way is not None:
            return _yours(origin, goal, any_way, None)
        walk = self.by(TravelMode.WALK, origin, goal)
        if self.ways.mode is TravelMode.WALK or walk.minutes <= self.ways.walk_up_to:
            return walk
        main = self.by(self.ways.mode, origin, goal)
        return walk if walk.minutes <= main.minutes else main

    def by(self, mode: TravelMode, origin: Place, goal: Place) -> Leg:
        """The way by one way of travelling, whether or not one would choose it."""
        ends = spot(origin.at), spot(goal.at)
        km = distance_km(origin.at.as_pair, goal.at.as_pair)
        if ends in self._own_pairs and (own := self.own.get((*ends, mode))) is not None:
            return _yours(origin, goal, own, mode)
        seconds = self.routed.get((*ends, mode), -1.0)
        routed = seconds is not None and seconds >= 0 and ends[0] != ends[1]
        if seconds is not None and routed:
            minutes, (likely, high) = routed_minutes(seconds, mode), routed_spread(seconds, mode)
        elif km < SAME_POINT_KM:
            minutes, likely, high = 0, 0.0, 0.0
        else:
            minutes, (likely, high) = ceil(plain_minutes(km, mode)), estimated_spread(km, mode)
        extra = min(MOST_EXTRA, extra_minutes(origin) + extra_minutes(goal))
        return Leg(
            origin=origin.at,
            goal=goal.at,
            minutes=minutes + extra,
            mode=mode,
            basis=Basis.ROUTED if routed else Basis.ESTIMATE,
            likely=likely + extra / 2,
            high=high + extra,
            extra=extra,
            unreachable=seconds is None,
        )


def _yours(origin: Place, goal: Place, minutes: int, mode: TravelMode | None) -> Leg:
    """What the user says is taken as exact, also where a place is not."""
    return Leg(
        origin=origin.at,
        goal=goal.at,
        minutes=minutes,
        mode=mode,
        basis=Basis.YOURS,
        likely=float(minutes),
        high=float(minutes),
    )

"""One way from a place to the next, and how well its minutes are known."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from iiplan.errors import InputError
from iiplan.model._checks import require_range
from iiplan.model.place import Coordinates
from iiplan.model.trip import TravelMode

__all__ = ["MOST_MINUTES", "Basis", "Leg"]

MOST_MINUTES = 1_000_000  # half around the earth on foot is a third of it


class Basis(StrEnum):
    """Where the minutes of a leg come from."""

    ESTIMATE = "estimate"  # from the straight line
    ROUTED = "routed"  # from a routing server
    YOURS = "yours"  # typed by the user


@dataclass(frozen=True, kw_only=True)
class Leg:
    """A way and the whole ``minutes`` that a plan counts for it, door to door.

    ``mode`` None: the user's own minutes, whichever the way. It takes more than ``likely`` minutes half of the time,
    and more than ``high`` one time in ten. ``extra`` of the minutes are there because an end is not exact.
    ``unreachable``: a routing server was asked and found no way, and an estimate stands in.
    """

    origin: Coordinates
    goal: Coordinates
    minutes: int
    mode: TravelMode | None
    basis: Basis
    likely: float
    high: float
    extra: int = 0
    unreachable: bool = False

    def __post_init__(self) -> None:
        require_range(self.minutes, "The minutes of a way", 0, MOST_MINUTES, "minutes")
        if not (math.isfinite(self.high) and 0 <= self.likely <= self.high):
            raise InputError(f"A way cannot take {self.likely:g} minutes as a rule and {self.high:g} at most.")

    @property
    def low(self) -> float:
        """Minutes that it takes less than one time in ten."""
        return self.likely**2 / self.high if self.high else 0.0

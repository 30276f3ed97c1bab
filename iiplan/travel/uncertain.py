"""What it costs not to know exactly where a place is."""

from __future__ import annotations

import math

from iiplan.model import Place

__all__ = ["MOST_EXTRA", "extra_minutes"]

DETOUR = 1.3  # streets are so much longer than the straight line, as in the estimate of walks
METRES_A_MINUTE = 80  # 4.8 km/h
MOST_EXTRA = 15


def extra_minutes(place: Place) -> int:
    """Minutes to allow for finding the true spot, on each way to the place and each way from it.

    The time to walk ``within_m`` metres: 1.3 times the straight line at 80 metres a minute, rounded up; 0 for an exact
    place. Never more than 15: whoever is that unsure (over 923 metres) looks the place up before setting off, and a
    larger number would only empty the week.
    """
    return min(math.ceil(DETOUR * place.within_m / METRES_A_MINUTE), MOST_EXTRA)

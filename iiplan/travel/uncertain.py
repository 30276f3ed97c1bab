"""Minutes to allow for a place that is known only roughly."""

from __future__ import annotations

import math

from iiplan.model import Place

__all__ = ["MOST_EXTRA", "extra_minutes"]

MOST_EXTRA = 15


def extra_minutes(place: Place) -> int:
    """Whole minutes of walking from where the place is said to be to where it may be: 1.3 times ``within_m`` at 80
    metres a minute, rounded up and at most 15. An exact place needs none."""
    return min(MOST_EXTRA, math.ceil(1.3 * place.within_m / 80))

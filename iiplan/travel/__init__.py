"""Places and the minutes between them; pure, and never on the network."""

from __future__ import annotations

from iiplan.travel.estimate import distance_km, estimate_minutes
from iiplan.travel.maplink import map_link
from iiplan.travel.parse import parse_place
from iiplan.travel.uncertain import MOST_EXTRA_MINUTES, extra_minutes
from iiplan.travel.words import folded_words

__all__ = [
    "MOST_EXTRA_MINUTES",
    "distance_km",
    "estimate_minutes",
    "extra_minutes",
    "folded_words",
    "map_link",
    "parse_place",
]

"""Places and the minutes between them; pure, and never on the network."""

from __future__ import annotations

from iiplan.travel.address import Reading, house_number, likeness, number_span, readings
from iiplan.travel.estimate import distance_km, estimate_minutes
from iiplan.travel.folding import folded_words
from iiplan.travel.link_parts import clean_name
from iiplan.travel.maplink import map_link
from iiplan.travel.parse import parse_place
from iiplan.travel.shape import dense, joined, middle
from iiplan.travel.uncertain import extra_minutes

__all__ = [
    "Reading",
    "clean_name",
    "dense",
    "distance_km",
    "estimate_minutes",
    "extra_minutes",
    "folded_words",
    "house_number",
    "joined",
    "likeness",
    "map_link",
    "middle",
    "number_span",
    "parse_place",
    "readings",
]

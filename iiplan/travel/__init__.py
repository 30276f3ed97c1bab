"""Places and the minutes between them; pure, and never on the network."""

from __future__ import annotations

from iiplan.travel.estimate import distance_km, estimate_minutes
from iiplan.travel.maplink import map_link
from iiplan.travel.parse import parse_place
from iiplan.travel.uncertain import extra_minutes

__all__ = ["distance_km", "estimate_minutes", "extra_minutes", "map_link", "parse_place"]

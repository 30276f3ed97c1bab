"""Where something is, and how well we know it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from iiplan.errors import InputError
from iiplan.model._checks import optional_text, require_range

__all__ = ["Coordinates", "Place", "PlaceOrigin"]

MOST_WITHIN_M = 50_000


class PlaceOrigin(StrEnum):
    """How the coordinates came to us."""

    COORDINATES = "coordinates"  # typed as latitude and longitude
    MAP_LINK = "map_link"  # the pin of a pasted map link
    GEO_URI = "geo_uri"  # geo:38.9,-77.0
    PLUS_CODE = "plus_code"  # an Open Location Code
    MAP_CLICK = "map_click"  # a click on a map of iiplan's
    CITY_PACK = "city_pack"  # looked up in an index built from OpenStreetMap data
    NOMINATIM = "nominatim"  # looked up online
    DEMO = "demo"


@dataclass(frozen=True, kw_only=True)
class Coordinates:
    """A point on the earth, WGS 84, in degrees: latitude -90 to 90, longitude -180 to 180."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        require_range(self.latitude, "The latitude", -90, 90, "degrees")
        require_range(self.longitude, "The longitude", -180, 180, "degrees")
        if self.latitude == 0 and self.longitude == 0:
            raise InputError("The point 0, 0 lies in the open sea. Paste the place's own latitude and longitude.")

    @property
    def as_pair(self) -> tuple[float, float]:
        """(latitude, longitude) in degrees."""
        return (self.latitude, self.longitude)


@dataclass(frozen=True, kw_only=True)
class Place:
    """A spot to meet at or to stay in: a name or an address or both, and its coordinates.

    ``within_m`` is how far off the true spot may be, in metres; 0: it is the spot itself.
    """

    name: str = ""
    address: str = ""
    at: Coordinates
    origin: PlaceOrigin = PlaceOrigin.COORDINATES
    within_m: int = 0

    def __post_init__(self) -> None:
        optional_text(self.name, "The place's name")
        optional_text(self.address, "The place's address", most=400)
        require_range(self.within_m, "How far off the place may be", 0, MOST_WITHIN_M, "metres")

    @property
    def label(self) -> str:
        """One line that says where this is."""
        parts = [part for part in (self.name.strip(), " ".join(self.address.split())) if part]
        return ", ".join(parts) or f"{self.at.latitude:.5f}, {self.at.longitude:.5f}"

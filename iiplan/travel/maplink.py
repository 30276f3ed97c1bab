"""A link that shows a place on a map."""

from __future__ import annotations

from urllib.parse import urlencode

from iiplan.model import Coordinates, Place

__all__ = ["map_link"]


def map_link(place: Place | Coordinates | tuple[float, float]) -> str:
    """An https link to OpenStreetMap with a marker on the place, or on its (latitude, longitude) in degrees.

    Built from the numbers alone, to six decimals (about 10 cm): no word that somebody typed gets into it.
    Raises ``InputError`` for coordinates out of range.
    """
    if isinstance(place, Place):
        at = place.at
    elif isinstance(place, Coordinates):
        at = place
    else:
        at = Coordinates(latitude=place[0], longitude=place[1])
    latitude, longitude = f"{at.latitude:.6f}", f"{at.longitude:.6f}"
    marker = urlencode({"mlat": latitude, "mlon": longitude})
    return f"https://www.openstreetmap.org/?{marker}#map=17/{latitude}/{longitude}"

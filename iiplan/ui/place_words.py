"""Where a place came from and how exact it is, in words."""

from __future__ import annotations

from iiplan.model import Place, PlaceOrigin
from iiplan.travel import extra_minutes
from iiplan.ui.labels import plural

__all__ = ["ORIGIN", "how_exact", "place_words"]

ORIGIN = {
    PlaceOrigin.COORDINATES: "Latitude and longitude as typed",
    PlaceOrigin.MAP_LINK: "Pin of a map link",
    PlaceOrigin.GEO_URI: "A geo: address",
    PlaceOrigin.PLUS_CODE: "A plus code",
    PlaceOrigin.MAP_CLICK: "A click on the map",
    PlaceOrigin.CITY_PACK: "Found in a city pack (data © OpenStreetMap contributors)",
    PlaceOrigin.NOMINATIM: "Looked up online (data © OpenStreetMap contributors)",
    PlaceOrigin.DEMO: "Made up for the demo",
}
_NO_PIN = "Middle of what a map link showed"


def how_exact(place: Place) -> str:
    """'within about 800 m', 'within about 2.5 km'; empty for an exact place."""
    if not place.within_m:
        return ""
    if place.within_m < 1000:
        step = 10 if place.within_m > 50 else 1
        return f"within about {-(-place.within_m // step) * step} m"
    return f"within about {-(-place.within_m // 100) / 10:.1f} km"


def place_words(place: Place) -> str:
    """Origin, how exact, and what that means for the plan: one line."""
    origin = _NO_PIN if place.origin is PlaceOrigin.MAP_LINK and place.within_m else ORIGIN[place.origin]
    if not place.within_m:
        return f"{origin}."
    minutes = extra_minutes(place)
    return (
        f"{origin}: {how_exact(place)} of the true spot. "
        f"That adds {plural(minutes, 'minute')} to each way there and from there."
    )

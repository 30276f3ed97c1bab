"""Links that show a place, or the way between two, on a map. Built from numbers alone, to six decimals (about 10 cm):
no word that somebody typed gets into them."""

from __future__ import annotations

from urllib.parse import urlencode

from iiplan.model import Coordinates, Leg, Place, TravelMode

__all__ = ["directions", "map_link"]

_GOOGLE = {
    TravelMode.WALK: "walking",
    TravelMode.BIKE: "bicycling",
    TravelMode.TRANSIT: "transit",
    TravelMode.CAR: "driving",
}
_APPLE = {TravelMode.WALK: "w", TravelMode.TRANSIT: "r", TravelMode.CAR: "d"}
_OSM = {
    TravelMode.WALK: "fossgis_osrm_foot",
    TravelMode.BIKE: "fossgis_osrm_bike",
    TravelMode.CAR: "fossgis_osrm_car",
}


def map_link(place: Place | Coordinates | tuple[float, float]) -> str:
    """An https link to OpenStreetMap with a marker on the place, or on its (latitude, longitude) in degrees.

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


def directions(leg: Leg) -> dict[str, str]:
    """https links to the way by the leg's way of travelling, by the map's name; the map chooses where it has no word
    for that way of travelling (OpenStreetMap has no timetables, Apple's links no bikes)."""
    origin, goal = (f"{at.latitude:.6f},{at.longitude:.6f}" for at in (leg.origin, leg.goal))
    google = {"api": "1", "origin": origin, "destination": goal}
    apple = {"saddr": origin, "daddr": goal}
    osm = {"route": f"{origin};{goal}"}
    if leg.mode:
        google["travelmode"] = _GOOGLE[leg.mode]
        apple |= {"dirflg": _APPLE[leg.mode]} if leg.mode in _APPLE else {}
        osm |= {"engine": _OSM[leg.mode]} if leg.mode in _OSM else {}
    return {
        "Google": f"https://www.google.com/maps/dir/?{urlencode(google)}",
        "Apple": f"https://maps.apple.com/?{urlencode(apple)}",
        "OpenStreetMap": f"https://www.openstreetmap.org/directions?{urlencode(osm)}",
    }

"""What somebody pastes to say where a place is, made into a ``Place``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from iiplan.errors import InputError
from iiplan.model import Coordinates, Place
from iiplan.travel.coordinates import EXAMPLE, quoted, read_coordinates
from iiplan.travel.links import clean_name, read_geo, read_link
from iiplan.travel.plus_codes import read_plus_code

__all__ = ["parse_place"]

MOST_CHARACTERS = 8_000

_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_BARE_LINK = re.compile(
    r"(?:www\.|maps\.|goo\.gl/|google\.|g\.page/|share\.google/|osm\.org|openstreetmap\.org|plus\.codes/|waze\.com/|"
    r"bing\.com/|share\.here\.com/|wego\.here\.com/|yandex\.)\S*",
    re.IGNORECASE,
)
_APP_LINKS = {
    "comgooglemaps://": "https://maps.google.com/",
    "google.navigation:": "https://maps.google.com/?",
    "maps://": "https://maps.apple.com/",
    "waze://": "https://waze.com/ul",
}
_THREE_WORDS = re.compile(r"/{0,3}[^\W\d_]+\.[^\W\d_]+\.[^\W\d_]+")


def parse_place(text: str, near: Mapping[str, Coordinates] | None = None) -> Place:
    """The place that the text points at; nothing is looked up, on the network or elsewhere.

    Understood are two decimals ("38.9, -77.03"; "38,9; -77,03"), degrees with minutes and seconds and with N, S, E, W,
    geo: addresses, plus codes, and links of the usual maps (docs/places.md lists them). ``within_m`` of the place is
    how far off it may be: more than 0 for a link that only says what was on the screen. Words before a link, as phones
    share them, become the name when the link has none. ``near`` gives the points of known cities by name, the usual one
    first: short plus codes count from them. Raises ``InputError`` with the cure for everything else.
    """
    if not text.strip():
        raise InputError(f"No place given. Paste a map link, or type its latitude and longitude, such as {EXAMPLE}.")
    if len(text) > MOST_CHARACTERS:
        raise InputError(
            f"A place of {len(text)} characters is too long to be a map link. Paste the link alone, or write {EXAMPLE}."
        )
    bare, cities = text.strip(), near or {}
    if bare[:4].lower() == "geo:":
        return read_geo(bare)
    if found := _LINK.search(bare):
        place = read_link(found[0], cities)
        return place if place.name else replace(place, name=clean_name(bare[: found.start()]))
    for scheme, start in _APP_LINKS.items():
        if bare.lower().startswith(scheme):
            return read_link(start + bare[len(scheme) :], cities)
    if _BARE_LINK.fullmatch(bare):
        return read_link("https://" + bare, cities)
    if point := read_coordinates(bare):
        return Place(at=point)
    if coded := read_plus_code(bare, cities):
        return coded
    if _THREE_WORDS.fullmatch(bare) and bare.startswith("/"):
        raise InputError(
            f"{quoted(text)} names the place by three words, which only their owner can look up. Open it on a map, and "
            f"copy the latitude and longitude, such as {EXAMPLE}."
        )
    raise InputError(
        f"{quoted(text)} says no latitude and longitude. Paste a map link that shows the place's pin, or type two "
        f"numbers such as {EXAMPLE}; words alone are not looked up."
    )

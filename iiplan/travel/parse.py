"""What somebody pastes to say where a place is, made into a ``Place``."""

from __future__ import annotations

import re
from dataclasses import replace

from iiplan.errors import InputError
from iiplan.model import Place
from iiplan.travel.coordinates import EXAMPLE, quoted, read_coordinates
from iiplan.travel.links import clean_name, read_geo, read_link

__all__ = ["parse_place"]

MOST_CHARACTERS = 8_000

_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_BARE_LINK = re.compile(
    r"(?:www\.|maps\.|goo\.gl/|google\.|g\.page/|share\.google/|osm\.org|openstreetmap\.org)\S*", re.I
)


def parse_place(text: str) -> Place:
    """The place that the text points at; nothing is looked up, on the network or elsewhere.

    Understood are two decimals ("38.9, -77.03"; "38,9; -77,03"), degrees with minutes and seconds and with N, S, E, W,
    a geo: address, and links of Google Maps, Apple Maps and OpenStreetMap that carry a pin. Words before a link, as
    phones share them, become the name when the link has none. Raises ``InputError`` with the cure for everything else.
    """
    if not text.strip():
        raise InputError(f"No place given. Paste a map link, or type its latitude and longitude, such as {EXAMPLE}.")
    if len(text) > MOST_CHARACTERS:
        raise InputError(
            f"A place of {len(text)} characters is too long to be a map link. Paste the link alone, or write {EXAMPLE}."
        )
    bare = text.strip()
    if bare[:4].lower() == "geo:":
        return read_geo(bare)
    if found := _LINK.search(bare):
        place = read_link(found[0])
        return place if place.name else replace(place, name=clean_name(bare[: found.start()]))
    if _BARE_LINK.fullmatch(bare):
        return read_link("https://" + bare)
    if point := read_coordinates(bare):
        return Place(at=point)
    raise InputError(
        f"{quoted(text)} says no latitude and longitude. Paste a map link that shows the place's pin, or type two "
        f"numbers such as {EXAMPLE}; words alone are not looked up."
    )

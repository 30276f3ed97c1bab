"""What the readers of map links share: a link taken apart, points in its pieces, and views that are no pins."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote_plus, urlsplit

from iiplan.errors import InputError
from iiplan.model import Coordinates, Place, PlaceOrigin
from iiplan.travel.coordinates import EXAMPLE, quoted, read_coordinates

__all__ = [
    "MOST_VAGUE_M",
    "OR_TYPE",
    "Link",
    "clean_name",
    "first_point",
    "labelled",
    "lon_lat",
    "loosely",
    "number",
    "pinned",
    "point",
    "seen",
    "split_link",
    "vague",
    "zoomed",
]

OR_TYPE = f"or type the latitude and longitude, such as {EXAMPLE}."
MOST_VAGUE_M = 5_000  # less exact than this helps nobody to plan a day
MOST_NAME = 200
MOST_FIELDS = 100
HALF_SCREEN_PX = 1_000  # from the middle to a corner of a large browser window
METRES_A_PIXEL = 156_543.03  # at zoom 0 on the equator: 40,075 km in 256 pixels

_LABELLED = re.compile(r"(?P<point>[^()]{3,80})\((?P<label>[^()]*)\)")
_NUMBER = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,30})?")


@dataclass(frozen=True, kw_only=True)
class Link:
    """A web address taken apart: ``segments`` of its path and the first value of each of its ``fields``, decoded.

    ``near`` gives the points of known cities by name, for what is only complete beside one; the first is the usual.
    """

    text: str
    host: str
    segments: tuple[str, ...]
    fields: Mapping[str, str]
    fragment: str
    near: Mapping[str, Coordinates]

    @property
    def path(self) -> str:
        """The decoded path."""
        return "/".join(self.segments)

    def after(self, word: str) -> str:
        """The segment that follows one of that name, if it is a name itself."""
        if word in self.segments[:-1]:
            following = self.segments[self.segments.index(word) + 1]
            return "" if following.startswith(("@", "data=")) else following
        return ""


def split_link(text: str, near: Mapping[str, Coordinates]) -> Link:
    """The parts of an address. Raises ``ValueError`` for one that is broken or has far too many fields."""
    parts = urlsplit(text)
    found = parse_qs(parts.query, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    return Link(
        text=text,
        host=(parts.hostname or "").rstrip("."),
        segments=tuple(unquote_plus(segment) for segment in parts.path.split("/")),
        fields={key: values[0] for key, values in found.items()},
        fragment=parts.fragment,
        near=near,
    )


def point(value: str) -> Coordinates | None:
    """``38.9,-77.03`` in a link, where the comma always parts the two. Raises ``InputError`` for no point on earth."""
    bare = value.strip().removeprefix("loc:")
    if re.fullmatch(r"[+-]?[0-9]+,[0-9]+", bare):
        bare = bare.replace(",", ", ")
    return read_coordinates(bare)


def lon_lat(value: str) -> Coordinates | None:
    """``-77.03,38.9``, as some maps write it: the longitude first."""
    longitude, _, latitude = value.partition(",")
    lat, lon = number(latitude), number(longitude)
    return None if lat is None or lon is None else Coordinates(latitude=lat, longitude=lon)


def first_point(link: Link, *keys: str) -> Coordinates | None:
    """The point in the first of some fields that holds one."""
    return next((found for key in keys if (found := point(link.fields.get(key, "")))), None)


def labelled(value: str) -> tuple[Coordinates | None, str]:
    """``38.9,-77.03``, ``loc:38.9,-77.03`` and ``38.9,-77.03 (The name)`` as a point and a name."""
    if found := _LABELLED.fullmatch(value.strip()):
        return point(found["point"]), clean_name(found["label"])
    return point(value), ""


def loosely(value: str) -> bool:
    """Whether the text reads as coordinates, good or bad."""
    try:
        return point(value) is not None
    except InputError:
        return True


def number(value: str | None) -> float | None:
    """A plain decimal number, or ``None``."""
    return float(value) if value and _NUMBER.fullmatch(value.strip()) else None


def pinned(at: Coordinates, name: str = "", address: str = "") -> Place:
    """The place that a link has its pin on."""
    return Place(name=clean_name(name), address=clean_name(address, 400), at=at, origin=PlaceOrigin.MAP_LINK)


def seen(link: Link, at: Coordinates, within_m: float, name: str = "") -> Place:
    """A place somewhere on a screen with ``at`` in its middle: no pin, at most ``within_m`` metres off."""
    place = pinned(at, name)
    return vague(link.text, place, within_m)


def zoomed(link: Link, at: Coordinates, zoom: float | None, name: str = "") -> Place:
    """``seen`` at a zoom of web maps, 0 (the world) to 22; ``InputError`` when the zoom is not known."""
    if zoom is None:
        raise InputError(
            f"{quoted(link.text)} says which part of the map was on the screen, but not how large it was. Click the "
            f"place itself so that its page opens, and copy the address then; {OR_TYPE}"
        )
    metres_a_pixel = METRES_A_PIXEL * math.cos(math.radians(at.latitude)) / 2 ** min(max(zoom, 0), 30)
    return seen(link, at, metres_a_pixel * HALF_SCREEN_PX, name)


def vague(text: str, place: Place, within_m: float) -> Place:
    """The place, known to so many metres, rounded up; refused when that is too little to plan with."""
    if within_m > MOST_VAGUE_M:
        raise InputError(
            f"{quoted(text)} only says where the place is to within {within_m / 1000:,.0f} km. Zoom in, or click the "
            f"place itself, and copy the address again; {OR_TYPE}"
        )
    return Place(name=place.name, address=place.address, at=place.at, origin=place.origin, within_m=math.ceil(within_m))


def clean_name(value: str, most: int = MOST_NAME) -> str:
    """One line without invisible characters, cut to ``most``."""
    if value.isprintable():  # as nearly all names are
        return " ".join(value.split())[:most].rstrip()
    visible = "".join(" " if c.isspace() else c for c in value if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join(visible.split())[:most].rstrip()

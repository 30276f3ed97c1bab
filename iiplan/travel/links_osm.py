"""Links of OpenStreetMap, its short codes included."""

from __future__ import annotations

import re
import string

from iiplan.errors import InputError
from iiplan.model import Coordinates, Place
from iiplan.travel.coordinates import quoted
from iiplan.travel.link_parts import OR_TYPE, Link, number, pinned, point, zoomed

__all__ = ["read_openstreetmap"]

_SIGNS = string.ascii_uppercase + string.ascii_lowercase + string.digits + "_~"
_SHORT_CODE = re.compile(r"([A-Za-z0-9_~@]{1,10})(-{0,2})")
_VIEW = re.compile(r"(?:^|&)map=([0-9.]{1,9})/(-?[0-9.]{1,30})/(-?[0-9.]{1,30})")


def read_openstreetmap(link: Link) -> Place:
    """The marker; where there is none, the middle of what was on the screen, and how far off it may be."""
    fields = link.fields
    if at := point(f"{fields.get('mlat', '')}, {fields.get('mlon', '')}") or point(fields.get("query", "")):
        return pinned(at)
    if at := point(fields.get("route", "").rpartition(";")[2]):
        return pinned(at)
    if code := _SHORT_CODE.fullmatch(link.after("go")):
        at, zoom = _decoded(code[1].replace("@", "~"), len(code[2]))
        return pinned(at) if "m" in fields else zoomed(link, at, zoom)
    if found := _VIEW.search(link.fragment):
        shown = [number(part) for part in found.groups()]
    else:
        shown = [number(fields.get(key)) for key in ("zoom", "lat", "lon")]
    size, latitude, longitude = shown
    if latitude is not None and longitude is not None:
        return zoomed(link, Coordinates(latitude=latitude, longitude=longitude), size)
    raise InputError(
        f"{quoted(link.text)} carries no marker. On OpenStreetMap choose Share, tick 'Include marker', and copy that "
        f"link; {OR_TYPE}"
    )


def _decoded(code: str, dashes: int) -> tuple[Coordinates, int]:
    """Point and zoom of a short code: three bits of longitude and latitude in each sign, the longitude's first."""
    longitude = latitude = 0
    for sign in code:
        bits = _SIGNS.index(sign)
        for shift in (4, 2, 0):
            longitude = longitude << 1 | bits >> shift + 1 & 1
            latitude = latitude << 1 | bits >> shift & 1
    cells = 1 << 3 * len(code)
    at = Coordinates(latitude=(latitude + 0.5) * 180 / cells - 90, longitude=(longitude + 0.5) * 360 / cells - 180)
    return at, 3 * len(code) - 8 - (-dashes % 3)

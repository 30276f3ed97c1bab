"""Links of Apple, Bing, HERE, Waze, Yandex and other maps; each reader gives ``None`` for a link without a spot."""

from __future__ import annotations

import math
import re

from iiplan.errors import InputError
from iiplan.model import Coordinates, Place
from iiplan.travel.coordinates import quoted
from iiplan.travel.link_parts import Link, first_point, lon_lat, loosely, number, pinned, point, seen, zoomed
from iiplan.travel.plus_codes import read_plus_code

__all__ = [
    "read_apple",
    "read_bing",
    "read_citymapper",
    "read_geohack",
    "read_here",
    "read_kakao",
    "read_mapy",
    "read_osmand",
    "read_plus_codes_site",
    "read_waze",
    "read_yandex",
]

METRES_A_DEGREE = 111_320
EXACT_M = 25

_NUMBER = r"-?[0-9]{1,3}(?:\.[0-9]{1,30})?"
_BING_PIN = re.compile(rf"point\.({_NUMBER})_({_NUMBER})(?:_([^_~]*))?")
_BING_STOP = re.compile(rf"pos\.({_NUMBER})_({_NUMBER})(?:_([^_~]*))?")
_HERE_STOP = re.compile(rf"(?:(?P<before>[^:]*):)?(?P<at>{_NUMBER},{_NUMBER})(?:,(?P<after>.*))?")
_GEOHASH = "0123456789bcdefghjkmnpqrstuvwxyz"
_KAKAO = re.compile(rf"(?:(?P<name>.*),)?(?P<at>{_NUMBER},{_NUMBER})")


def read_apple(link: Link) -> Place | None:
    """``ll`` and ``coordinate`` are the pin; ``center`` with ``span`` is what was on the screen."""
    fields = link.fields
    name = next((fields[key] for key in ("name", "q") if fields.get(key) and not loosely(fields[key])), "")
    if at := first_point(link, "coordinate", "ll", "q", "destination", "daddr"):
        return pinned(at, name, fields.get("address", ""))
    north, _, east = fields.get("span", "").partition(",")
    high, wide = number(north), number(east)
    if (at := point(fields.get("center", ""))) and high is not None and wide is not None:
        shrunk = wide * math.cos(math.radians(at.latitude))
        return seen(link, at, math.hypot(high, shrunk) / 2 * METRES_A_DEGREE, name)
    return None


def read_bing(link: Link) -> Place | None:
    """``sp=point.…`` is a pin, the last of ``rtp`` the destination, ``cp`` what was on the screen."""
    pins = _BING_PIN.findall(link.fields.get("sp", ""))
    if len(pins) > 1:
        raise InputError(f"{quoted(link.text)} shows several places. Keep one pin on the map and copy the link again.")
    if found := pins or _BING_STOP.findall(link.fields.get("rtp", ""))[-1:]:
        latitude, longitude, name = found[0]
        return pinned(Coordinates(latitude=float(latitude), longitude=float(longitude)), name)
    if at := first_point(link, "where1", "where", "q", "ss"):
        return pinned(at)
    if at := point(link.fields.get("cp", "").replace("~", ",")):
        return zoomed(link, at, number(link.fields.get("lvl")))
    return None


def read_here(link: Link) -> Place | None:
    """``/l/lat,lon,name``, the last stop of ``/r/…`` and ``/directions/…``; ``map`` is what was on the screen."""
    if {"l", "r", "directions"} & set(link.segments):
        for segment in reversed(link.segments):
            if (found := _HERE_STOP.fullmatch(segment)) and (at := point(found["at"])):
                return pinned(at, found["after"] or found["before"] or "")
    latitude, longitude, zoom, *_ = [*link.fields.get("map", "").split(","), "", "", ""]
    if at := point(f"{latitude},{longitude}"):
        return zoomed(link, at, number(zoom))
    return None


def read_waze(link: Link) -> Place | None:
    """``ll``, ``latlng``, ``to=ll.…`` and the geohash of ``/ul/h…``; ``lat`` with ``lon`` is only the screen."""
    if at := first_point(link, "ll", "latlng") or point(link.fields.get("to", "").removeprefix("ll.")):
        return pinned(at, "" if loosely(link.fields.get("q", "")) else link.fields.get("q", ""))
    code = link.after("ul")
    if code.startswith("h") and 1 < len(code) <= 13 and set(code[1:]) <= set(_GEOHASH):
        at, reach = _geohash(code[1:])
        return pinned(at) if reach <= EXACT_M else seen(link, at, reach)
    latitude, longitude = number(link.fields.get("lat")), number(link.fields.get("lon"))
    if latitude is not None and longitude is not None:
        return zoomed(link, Coordinates(latitude=latitude, longitude=longitude), number(link.fields.get("zoom")))
    return None


def read_yandex(link: Link) -> Place | None:
    """Longitude first, except in ``text`` and ``rtext``; ``ll`` is what was on the screen."""
    for key in ("whatshere[point]", "poi[point]"):
        if at := lon_lat(link.fields.get(key, "")):
            return pinned(at)
    pins = [pin for pin in link.fields.get("pt", "").split("~") if pin]
    if len(pins) > 1:
        raise InputError(f"{quoted(link.text)} shows several places. Keep one pin on the map and copy the link again.")
    if pins and (at := lon_lat(",".join(pins[0].split(",")[:2]))):
        return pinned(at)
    if at := point(link.fields.get("rtext", "").rpartition("~")[2]) or point(link.fields.get("text", "")):
        return pinned(at)
    if at := lon_lat(link.fields.get("ll", "")):
        return zoomed(link, at, number(link.fields.get("z")), link.fields.get("text", ""))
    return None


def read_mapy(link: Link) -> Place | None:
    """``source=coor`` with ``id=lon,lat`` is the pin; ``x``, ``y`` and ``z`` are what was on the screen."""
    if link.fields.get("source") == "coor" and (at := lon_lat(link.fields.get("id", ""))):
        return pinned(at)
    if at := lon_lat(f"{link.fields.get('x', '')},{link.fields.get('y', '')}"):
        return zoomed(link, at, number(link.fields.get("z")))
    return None


def read_kakao(link: Link) -> Place | None:
    """``/link/map/name,lat,lon`` and ``/link/to/…``."""
    if (found := _KAKAO.fullmatch(link.segments[-1])) and (at := point(found["at"])):
        return pinned(at, found["name"] or "")
    return None


def read_citymapper(link: Link) -> Place | None:
    """``endcoord`` is where the way leads."""
    at = point(link.fields.get("endcoord", ""))
    return pinned(at, link.fields.get("endname", ""), link.fields.get("endaddress", "")) if at else None


def read_osmand(link: Link) -> Place | None:
    """``pin``, or ``lat`` and ``lon`` of a shared spot."""
    at = point(link.fields.get("pin", "")) or point(f"{link.fields.get('lat', '')},{link.fields.get('lon', '')}")
    return pinned(at, link.fields.get("name", "")) if at else None


def read_geohack(link: Link) -> Place | None:
    """``params=38.9_N_77.03_W`` or with minutes and seconds, as encyclopedias link coordinates."""
    parts = re.match(r"([0-9._]+_[NS])_([0-9._]+_[EW])(?:_|$)", link.fields.get("params", ""))
    at = point(" ".join(part.replace("_", " ") for part in parts.groups())) if parts else None
    return pinned(at, link.fields.get("pagename", "").replace("_", " ")) if at else None


def read_plus_codes_site(link: Link) -> Place | None:
    """The code is the path: ``/87C4WXX6+2V``. In a path, a plus sign may have become a blank."""
    return read_plus_code(link.segments[-1].strip().replace(" ", "+", 1), link.near)


def _geohash(code: str) -> tuple[Coordinates, float]:
    """The middle of a geohash's cell, and the metres from there to its corners."""
    low, high, which = [-180.0, -90.0], [180.0, 90.0], 0
    for sign in code:
        bits = _GEOHASH.index(sign)
        for shift in (4, 3, 2, 1, 0):
            middle = (low[which] + high[which]) / 2
            (low if bits >> shift & 1 else high)[which] = middle
            which = 1 - which
    at = Coordinates(latitude=(low[1] + high[1]) / 2, longitude=(low[0] + high[0]) / 2)
    east = (high[0] - low[0]) / 2 * math.cos(math.radians(at.latitude))
    return at, math.hypot(east, (high[1] - low[1]) / 2) * METRES_A_DEGREE

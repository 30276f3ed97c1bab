"""Links of Google Maps."""

from __future__ import annotations

import re

from iiplan.errors import InputError
from iiplan.model import Coordinates, Place
from iiplan.travel.coordinates import quoted
from iiplan.travel.link_parts import OR_TYPE, Link, labelled, loosely, number, pinned, point, seen, zoomed
from iiplan.travel.plus_codes import is_plus_code, read_plus_code

__all__ = ["read_google"]

STREET_VIEW_M = 30  # from the camera to the door it looks at
NO_ZOOM = 17  # what Google shows when a link says where and not how near

_DEGREES = r"(-?[0-9]{1,3}(?:\.[0-9]{1,20})?)"
_PIN = re.compile(rf"!3d{_DEGREES}!4d{_DEGREES}(?![0-9.])")
_WAYPOINT = re.compile(rf"!2m2!1d{_DEGREES}!2d{_DEGREES}(?![0-9.])")
_VIEW = re.compile(rf"@{_DEGREES},{_DEGREES},(?P<size>[0-9]{{1,9}}(?:\.[0-9]{{1,9}})?)(?P<unit>[zma])")
_EMBEDDED = re.compile(rf"!1d(?P<size>[0-9]{{1,12}}(?:\.[0-9]{{1,20}})?)!2d{_DEGREES}!3d{_DEGREES}(?![0-9.])")
_EMBEDDED_NAME = re.compile(r"!2s([^!]+)")
_WORDS = ("q", "query", "destination", "daddr")


def read_google(link: Link) -> Place:
    """The pin; where there is none, the middle of what was on the screen, and how far off it may be."""
    named = link.after("place") or link.after("search")
    name = "" if loosely(named) or is_plus_code(named) else named
    pins = {Coordinates(latitude=float(lat), longitude=float(lon)) for lat, lon in _PIN.findall(link.path)}
    if len(pins) > 1:
        raise InputError(
            f"{quoted(link.text)} shows several places. Open the one you mean by itself and copy its link."
        )
    if pins:
        return pinned(pins.pop(), name)
    for key in (*_WORDS, "viewpoint", "cbll"):
        at, label = labelled(link.fields.get(key, ""))
        if at:
            return pinned(at, label or name)
    if "dir" in link.segments and (at := _destination(link)):
        return pinned(at)
    if named and (at := point(named)):
        return pinned(at)
    words = next((link.fields[key] for key in _WORDS if link.fields.get(key)), "") or named
    return read_plus_code(words, link.near) or _view(link, words, name) or _refused(link, words)


def _destination(link: Link) -> Coordinates | None:
    """The last stop of a way: in the data, or as the last segment of the path."""
    stops = [part for part in link.segments[link.segments.index("dir") + 1 :] if part and part[0] not in "@!"]
    stops = [part for part in stops if not part.startswith(("data=", "am="))]
    if stops and (at := point(stops[-1])):
        return at
    if found := _WAYPOINT.findall(link.path):
        longitude, latitude = found[-1]
        return Coordinates(latitude=float(latitude), longitude=float(longitude))
    return None


def _view(link: Link, words: str, name: str) -> Place | None:
    """What only says which part of the map was on the screen."""
    if found := _VIEW.search(link.path):
        at, size = Coordinates(latitude=float(found[1]), longitude=float(found[2])), float(found["size"])
        if found["unit"] == "z":
            return zoomed(link, at, size, name)
        return seen(link, at, STREET_VIEW_M if found["unit"] == "a" else size, name)
    if found := _EMBEDDED.search(link.fields.get("pb", "")):
        label = _EMBEDDED_NAME.search(link.fields["pb"])
        at = Coordinates(latitude=float(found[3]), longitude=float(found[2]))
        return seen(link, at, float(found["size"]), label[1] if label else "")
    if centre := point(link.fields.get("center", "")):
        return zoomed(link, centre, number(link.fields.get("zoom")))
    zoom = number(link.fields.get("z"))
    if (centre := point(link.fields.get("ll", ""))) and (zoom is not None or not words):
        return zoomed(link, centre, NO_ZOOM if zoom is None else zoom, words or name)
    return None


def _refused(link: Link, words: str) -> Place:
    if words:
        raise InputError(
            f"This Google Maps link names {quoted(words)} and not the pin. Click the place's marker on the "
            f"map so that its page opens, and copy the address then, {OR_TYPE}"
        )
    raise InputError(f"{quoted(link.text)} carries no pin. Click the place on the map and copy the address, {OR_TYPE}")

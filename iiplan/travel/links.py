"""The pin that a map link carries: Google, Apple, OpenStreetMap and geo: addresses, read without opening them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from urllib.parse import SplitResult, parse_qs, unquote, unquote_plus, urlsplit

from iiplan.errors import InputError
from iiplan.model import Coordinates, Place, PlaceOrigin
from iiplan.travel.coordinates import EXAMPLE, quoted, read_coordinates

__all__ = ["clean_name", "read_geo", "read_link"]

MOST_NAME = 200
MOST_FIELDS = 100

_PIN = re.compile(r"!3d(-?[0-9]{1,3}(?:\.[0-9]{1,20})?)!4d(-?[0-9]{1,3}(?:\.[0-9]{1,20})?)(?![0-9.])")
_GOOGLE = re.compile(r"(?:www\.|maps\.)?google\.(?:[a-z]{2,3}|com?\.[a-z]{2})")
_SHORT_HOSTS = {"maps.app.goo.gl", "goo.gl", "g.co", "g.page", "share.google", "maps.apple", "bit.ly", "tinyurl.com"}
_OSM_HOSTS = {"openstreetmap.org", "www.openstreetmap.org", "osm.org", "www.osm.org"}
_LABELLED = re.compile(r"(?P<point>[^()]{3,80})\((?P<label>[^()]*)\)")

_OR_TYPE = f"or type the latitude and longitude, such as {EXAMPLE}."


def read_link(text: str) -> Place:
    """The place that a web address of a map points at. Raises ``InputError`` when it carries no pin."""
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").rstrip(".")
        fields = _fields(parts.query)
    except ValueError:
        raise InputError(f"{quoted(text)} is not a complete web address. Copy the link again, {_OR_TYPE}") from None
    if host in _SHORT_HOSTS:
        raise InputError(
            f"{quoted(text)} is a short link that does not say where it leads. Open it in a browser, and paste the "
            f"long address it turns into, {_OR_TYPE}"
        )
    if _GOOGLE.fullmatch(host) and (host.startswith("maps.") or parts.path.startswith("/maps")):
        return _google(text, parts, fields)
    if host == "maps.apple.com":
        return _apple(text, fields)
    if host in _OSM_HOSTS:
        return _openstreetmap(text, parts, fields)
    raise InputError(
        f"{quoted(text)} is not a map link that can be read here. Paste one of Google Maps, Apple Maps or "
        f"OpenStreetMap, {_OR_TYPE}"
    )


def read_geo(text: str) -> Place:
    """The place of a geo: address (RFC 5870), with Android's ``?q=lat,lon(name)``."""
    body, _, query = text[len("geo:") :].partition("?")
    pair, _, parameters = body.partition(";")
    systems = [entry[4:] for entry in parameters.lower().split(";") if entry.startswith("crs=")]
    if systems not in ([], ["wgs84"]):
        raise InputError(f"{quoted(text)} is not in WGS 84, the usual latitude and longitude. Write {EXAMPLE} instead.")
    try:
        asked = _fields(query).get("q", "")
    except ValueError:
        asked = ""
    if asked:
        point, name = _labelled(asked)
    else:
        point, name = _point(",".join(unquote(pair).split(",")[:2])), ""
    if point is None:
        raise InputError(f"{quoted(text)} carries no latitude and longitude. Write geo:38.9007,-77.0392 or {EXAMPLE}.")
    return Place(name=name, at=point)


def _google(text: str, parts: SplitResult, fields: Mapping[str, str]) -> Place:
    segments = [unquote_plus(segment) for segment in parts.path.split("/")]
    named = _after(segments, "place") or _after(segments, "search")
    name = "" if _loosely(named) else named
    pins = {Coordinates(latitude=float(lat), longitude=float(lon)) for lat, lon in _PIN.findall(unquote(parts.path))}
    if len(pins) > 1:
        raise InputError(f"{quoted(text)} shows several places. Open the one you mean by itself and copy its link.")
    if pins:
        return _place(pins.pop(), name)
    for key in ("q", "query", "destination", "daddr"):
        point, label = _labelled(fields.get(key, ""))
        if point:
            return _place(point, label or name)
    words = next((fields[key] for key in ("q", "query", "destination", "daddr") if fields.get(key)), "")
    if not words and (point := _point(fields.get("ll", ""))):
        return _place(point, name)
    if named and (point := _point(named)):
        return _place(point)
    if words or named:
        raise InputError(
            f"This Google Maps link names {quoted(words or named)} and not the pin. Click the place's marker on the "
            f"map so that its page opens, and copy the address then, {_OR_TYPE}"
        )
    if "@" in parts.path:
        raise InputError(
            "This Google Maps link only says which part of the map was on the screen (the numbers after @). Click the "
            f"place itself so that its page opens, and copy the address then; {_OR_TYPE}"
        )
    raise InputError(f"{quoted(text)} carries no pin. Click the place on the map and copy the address, {_OR_TYPE}")


def _apple(text: str, fields: Mapping[str, str]) -> Place:
    name = next((fields[key] for key in ("name", "q") if fields.get(key) and not _loosely(fields[key])), "")
    for key in ("coordinate", "ll", "q", "destination", "daddr"):
        if point := _point(fields.get(key, "")):
            return _place(point, name, fields.get("address", ""))
    raise InputError(
        f"{quoted(text)} carries no latitude and longitude. In Apple Maps open the place, choose Share and Copy Link, "
        f"{_OR_TYPE}"
    )


def _openstreetmap(text: str, parts: SplitResult, fields: Mapping[str, str]) -> Place:
    if "mlat" in fields and "mlon" in fields:
        if point := _point(f"{fields['mlat']}, {fields['mlon']}"):
            return _place(point)
    elif "map=" in parts.fragment or parts.path.startswith("/go/"):
        raise InputError(
            "This OpenStreetMap link only says which part of the map was on the screen. Choose Share, tick 'Include "
            f"marker', put the marker on the place, and copy that link; {_OR_TYPE}"
        )
    raise InputError(
        f"{quoted(text)} carries no marker. On OpenStreetMap choose Share, tick 'Include marker', and copy that link; "
        f"{_OR_TYPE}"
    )


def _fields(query: str) -> dict[str, str]:
    """The first value of each query field, decoded. Raises ``ValueError`` for far too many of them."""
    return {key: values[0] for key, values in parse_qs(query, max_num_fields=MOST_FIELDS).items()}


def _after(segments: list[str], word: str) -> str:
    if word in segments[:-1]:
        following = segments[segments.index(word) + 1]
        return "" if following.startswith(("@", "data=")) else following
    return ""


def _labelled(value: str) -> tuple[Coordinates | None, str]:
    """``38.9,-77.03``, ``loc:38.9,-77.03`` and ``38.9,-77.03 (The name)`` as a point and a name."""
    if found := _LABELLED.fullmatch(value.strip()):
        return _point(found["point"]), clean_name(found["label"])
    return _point(value), ""


def _point(value: str) -> Coordinates | None:
    bare = value.strip().removeprefix("loc:")
    if re.fullmatch(r"[+-]?[0-9]+,[0-9]+", bare):  # in a link, the comma always parts the two
        bare = bare.replace(",", ", ")
    return read_coordinates(bare)


def _loosely(value: str) -> bool:
    """Whether the text reads as coordinates, good or bad."""
    try:
        return _point(value) is not None
    except InputError:
        return True


def _place(at: Coordinates, name: str = "", address: str = "") -> Place:
    return Place(name=clean_name(name), address=clean_name(address, 400), at=at, origin=PlaceOrigin.MAP_LINK)


def clean_name(value: str, most: int = MOST_NAME) -> str:
    """One line without invisible characters, cut to ``most``."""
    visible = "".join(" " if c.isspace() else c for c in value if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join(visible.split())[:most].rstrip()

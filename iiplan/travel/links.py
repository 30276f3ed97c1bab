"""The spot that a map link carries, read without opening it: which site it is of, and what it does not say."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import unquote

from iiplan.errors import InputError
from iiplan.model import Coordinates, Place, PlaceOrigin
from iiplan.travel import links_elsewhere as elsewhere
from iiplan.travel.coordinates import EXAMPLE, quoted
from iiplan.travel.link_parts import OR_TYPE, Link, clean_name, labelled, number, point, split_link, vague
from iiplan.travel.links_google import read_google
from iiplan.travel.links_osm import read_openstreetmap

__all__ = ["clean_name", "read_geo", "read_link"]


@dataclass(frozen=True, kw_only=True)
class _Site:
    """Hosts and the start of the path by which a site's links are known, and how they are read."""

    hosts: str
    path: str = ""
    read: Callable[[Link], Place | None]


_COUNTRY = r"(?:[a-z]{2,3}|com?\.[a-z]{2})"
_SITES = tuple(
    (re.compile(site.hosts), site)
    for site in (
        _Site(hosts=rf"maps\.google\.{_COUNTRY}", read=read_google),
        _Site(hosts=rf"(?:www\.)?google\.{_COUNTRY}", path="/maps", read=read_google),
        _Site(hosts=r"(?:www\.)?(?:openstreetmap|osm)\.org", read=read_openstreetmap),
        _Site(hosts=r"(?:beta\.)?maps\.apple\.com", read=elsewhere.read_apple),
        _Site(hosts=r"(?:www\.)?bing\.com", path="/maps", read=elsewhere.read_bing),
        _Site(hosts=r"(?:share|wego|www)\.here\.com", read=elsewhere.read_here),
        _Site(hosts=r"(?:www\.|ul\.)?waze\.com", read=elsewhere.read_waze),
        _Site(hosts=rf"(?:www\.)?yandex\.{_COUNTRY}", path="/maps", read=elsewhere.read_yandex),
        _Site(hosts=rf"maps\.yandex\.{_COUNTRY}", read=elsewhere.read_yandex),
        _Site(hosts=r"(?:www\.|[a-z]{2}\.)?mapy\.(?:cz|com)", read=elsewhere.read_mapy),
        _Site(hosts=r"map\.kakao\.com", path="/link", read=elsewhere.read_kakao),
        _Site(hosts=r"(?:www\.)?citymapper\.com", read=elsewhere.read_citymapper),
        _Site(hosts=r"(?:www\.)?osmand\.net", read=elsewhere.read_osmand),
        _Site(hosts=r"geohack\.toolforge\.org", read=elsewhere.read_geohack),
        _Site(hosts=r"(?:www\.)?plus\.codes", read=elsewhere.read_plus_codes_site),
    )
)
_SHORT = re.compile(
    r"maps\.app\.goo\.gl|goo\.gl|g\.co|g\.page|share\.google|maps\.apple|bit\.ly|tinyurl\.com|binged\.it|her\.is|"
    r"link\.here\.com|ya\.cc|kko\.to|naver\.me"
)
_SHIFTED = re.compile(
    r"(?:[a-z0-9-]+\.)*(?:map\.baidu\.com|amap\.com|gaode\.com|map\.qq\.com)|ditu\.google\.(?:cn|com)"
)
_WORDS_ONLY = re.compile(r"(?:[a-z0-9-]+\.)*(?:what3words\.com|w3w\.co)")


def read_link(text: str, near: Mapping[str, Coordinates]) -> Place:
    """The place that a web address of a map points at. Raises ``InputError`` when it carries none.

    Where it has no pin but says what was on the screen, ``within_m`` says how far off the place may be. ``near`` gives
    the points of known cities by name, for short plus codes.
    """
    try:
        link = split_link(text, near)
    except ValueError:
        raise InputError(f"{quoted(text)} is not a complete web address. Copy the link again, {OR_TYPE}") from None
    if _SHORT.fullmatch(link.host) or (link.host.startswith("yandex.") and link.path.startswith("/maps/-/")):
        raise InputError(
            f"{quoted(text)} is a short link that does not say where it leads. Open it in a browser, and paste the "
            f"long address it turns into, {OR_TYPE}"
        )
    if _SHIFTED.fullmatch(link.host):
        raise InputError(
            f"{quoted(text)} is of a Chinese map, whose coordinates are shifted by some hundred metres. Find the place "
            f"on OpenStreetMap and paste that link, {OR_TYPE}"
        )
    if _WORDS_ONLY.fullmatch(link.host):
        raise InputError(
            f"{quoted(text)} names the place by three words, which only their owner can look up. Open it, and copy the "
            f"coordinates it shows, {OR_TYPE}"
        )
    for hosts, site in _SITES:
        if hosts.fullmatch(link.host) and link.path.startswith(site.path):
            place = site.read(link)
            if place is None:
                raise InputError(
                    f"{quoted(text)} carries no latitude and longitude. Open the place by itself on that map, choose "
                    f"Share and Copy Link, {OR_TYPE}"
                )
            return place
    raise InputError(
        f"{quoted(text)} is not a map link that can be read here. Paste one of Google Maps, Apple Maps or "
        f"OpenStreetMap, {OR_TYPE}"
    )


def read_geo(text: str) -> Place:
    """The place of a geo: address (RFC 5870), its uncertainty ``u`` in metres, and Android's ``?q=lat,lon(name)``."""
    body, _, query = text[len("geo:") :].partition("?")
    pair, _, rest = body.partition(";")
    parameters = dict(entry.partition("=")[::2] for entry in rest.lower().split(";"))
    if parameters.get("crs", "wgs84") != "wgs84":
        raise InputError(f"{quoted(text)} is not in WGS 84, the usual latitude and longitude. Write {EXAMPLE} instead.")
    try:
        asked = split_link(f"//host?{query}", {}).fields.get("q", "")
    except ValueError:
        asked = ""
    if asked:
        at, name = labelled(asked)
    else:
        at, name = point(",".join(unquote(pair).split(",")[:2])), ""
    if at is None:
        raise InputError(f"{quoted(text)} carries no latitude and longitude. Write geo:38.9007,-77.0392 or {EXAMPLE}.")
    place = Place(name=name, at=at, origin=PlaceOrigin.GEO_URI)
    uncertainty = 0.0 if asked else number(parameters.get("u")) or 0.0
    return replace(vague(text, place, uncertainty), within_m=math.ceil(max(uncertainty, 0)))

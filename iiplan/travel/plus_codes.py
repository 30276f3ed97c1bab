"""Plus codes (Open Location Codes): ``87C4WXX6+2V``, and short ones, which need a city nearby."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from openlocationcode import openlocationcode as olc  # type: ignore[import-untyped]

from iiplan.errors import InputError
from iiplan.model import Coordinates, Place, PlaceOrigin
from iiplan.travel.coordinates import quoted, tidy
from iiplan.travel.folding import folded_words
from iiplan.travel.link_parts import clean_name, vague

__all__ = ["is_plus_code", "read_plus_code"]

METRES_A_DEGREE = 111_320
EXACT_M = 20  # a cell that reaches no further than this from its middle is a front door

_CODE = re.compile(r"(?P<code>[23456789CFGHJMPQRVWX0]{2,8}\+[23456789CFGHJMPQRVWX]{0,7})(?:[\s,]+(?P<city>.*))?", re.I)


def is_plus_code(text: str) -> bool:
    """Whether the text is a plus code, full or short, with or without a city after it."""
    found = _CODE.fullmatch(tidy(text))
    return bool(found and olc.isValid(found["code"]))


def read_plus_code(text: str, near: Mapping[str, Coordinates]) -> Place | None:
    """The middle of the cell that a plus code names; ``None`` for text that is no plus code.

    ``near`` gives points of known cities by name. A short code means the cell nearest to the city written after it;
    without one, to the first of ``near``. Raises ``InputError`` when that city is not known.
    """
    found = _CODE.fullmatch(tidy(text))
    if not found or not olc.isValid(found["code"]):
        return None
    code, city = found["code"].upper(), clean_name(found["city"] or "")
    if olc.isShort(code):
        reference = _reference(code, city, near)
        code = olc.recoverNearest(code, reference.latitude, reference.longitude)
    cell = olc.decode(code)
    at = Coordinates(latitude=cell.latitudeCenter, longitude=cell.longitudeCenter)
    north = (cell.latitudeHi - cell.latitudeLo) / 2 * METRES_A_DEGREE
    east = (cell.longitudeHi - cell.longitudeLo) / 2 * METRES_A_DEGREE * math.cos(math.radians(at.latitude))
    reach = math.hypot(north, east)
    place = Place(address=city, at=at, origin=PlaceOrigin.PLUS_CODE)
    return place if reach <= EXACT_M else vague(text, place, reach)


def _reference(code: str, city: str, near: Mapping[str, Coordinates]) -> Coordinates:
    if not city and near:
        return next(iter(near.values()))
    wanted = set(folded_words(city))
    for name, at in near.items():
        if wanted & set(folded_words(name)):
            return at
    raise InputError(
        f"{quoted(code)} is a short plus code, and {quoted(city) if city else 'the city it belongs to'} is not known "
        "here. Paste the full code, with four more characters in front, or set the trip's base first."
    )

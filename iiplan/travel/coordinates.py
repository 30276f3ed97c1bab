"""Latitude and longitude as people write them: decimals, degrees-minutes-seconds, with or without N, S, E, W."""

from __future__ import annotations

import re

from iiplan.errors import InputError
from iiplan.model import Coordinates

__all__ = ["EXAMPLE", "quoted", "read_coordinates", "tidy"]

EXAMPLE = "38.9007, -77.0392"
MOST_CHARACTERS = 120

_LOOK_ALIKES = str.maketrans(
    {
        **dict.fromkeys("\u2212\u2010\u2011\u2012\u2013\u2014", "-"),
        **dict.fromkeys("\u2032\u2018\u2019\u02b9\u00b4`", "'"),
        **dict.fromkeys("\u2033\u201c\u201d\u02ba", '"'),
        **dict.fromkeys("\u00ba\u02da", "°"),
        **dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"),  # invisible
    }
)

_NUMBER = r"[0-9]{1,20}(?:\.[0-9]{0,40})?"
_DECIMAL = rf"[+-]?(?:{_NUMBER}|\.[0-9]{{1,40}})(?:[eE][+-]?[0-9]{{1,3}})?°?"
_PAIR = re.compile(rf"(?P<lat>{_DECIMAL})(?:\s*[,;]\s*|\s+)(?P<lon>{_DECIMAL})")
_COMMA_DECIMAL = r"[+-]?[0-9]{1,20},[0-9]{1,40}°?"
_COMMA_PAIR = re.compile(rf"(?P<lat>{_COMMA_DECIMAL})(?:\s*;\s*|,?\s+)(?P<lon>{_COMMA_DECIMAL})")
_ONE_OR_TWO_NUMBERS = re.compile(r"[+-]?[0-9]+,[0-9]+|[+-]?[0-9]+(?:,[+-]?[0-9]+){3}")


def _angle_pattern(which: str) -> str:
    """One half of a pair in degrees, minutes and seconds; its groups are named with ``which`` at the end."""
    ends = r"(?=[NSEW,;]|$)"
    seconds = rf"(?:(?P<seconds_{which}>{_NUMBER})\s*(?:\"|''|(?=\s)|{ends})\s*)?"
    minutes = rf"(?:(?P<minutes_{which}>{_NUMBER})(?:\s*[':]\s*|\s+|{ends}){seconds})?"
    degrees = rf"(?P<sign_{which}>[+-])?(?P<degrees_{which}>{_NUMBER})(?:\s*[°:]\s*|\s+|{ends}){minutes}"
    return rf"(?P<before_{which}>[NSEW])?\s*{degrees}(?(before_{which})|(?P<after_{which}>[NSEW])?)"


_ANGLES = re.compile(_angle_pattern("1") + r"\s*[,;]?\s*" + _angle_pattern("2"), re.IGNORECASE)
_LABELS = re.compile(r"\b(?:latitude|longitude|lat|lon|lng|long)\b\.?\s*[:=]?", re.IGNORECASE)


def read_coordinates(text: str) -> Coordinates | None:
    """The point that the text writes down, or ``None`` when it does not read as two coordinates at all.

    Raises ``InputError`` for two numbers that are no point on the earth, that look swapped, or that read in two ways.
    """
    bare = tidy(text).translate(_LOOK_ALIKES)
    if len(bare) > MOST_CHARACTERS:
        return None
    longitude_first = [label[:2].lower() for label in _LABELS.findall(bare)][:1] in (["lo"], ["ln"])
    bare = _LABELS.sub(" ", bare).strip().strip("()[]").strip()
    if _ONE_OR_TWO_NUMBERS.fullmatch(bare) and not re.fullmatch(r"[+-]?[0-9]+,[+-][0-9]+", bare):
        raise InputError(
            f"{quoted(text)} can be read in two ways. Write decimals with a point and a space between the two "
            f"numbers, such as {EXAMPLE}."
        )
    for pattern in (_PAIR, _COMMA_PAIR):
        if found := pattern.fullmatch(bare):
            latitude, longitude = (float(found[name].rstrip("°").replace(",", ".")) for name in ("lat", "lon"))
            return _point(longitude, latitude) if longitude_first else _point(latitude, longitude)
    if found := _ANGLES.fullmatch(bare):
        return _from_angles(text, found)
    return None


def tidy(text: str) -> str:
    """The text with each run of white space or control characters made one space."""
    return re.sub(r"[\s\x00-\x1f\x7f]+", " ", text).strip()


def quoted(text: str) -> str:
    """A short quotation of what was typed, for a message."""
    bare = tidy(text)
    return repr(bare if len(bare) <= 60 else bare[:57] + "...")


def _point(latitude: float, longitude: float) -> Coordinates:
    if abs(latitude) > 90 and abs(latitude) <= 180 and abs(longitude) <= 90:
        raise InputError(
            f"{latitude:g} cannot be a latitude, which goes from -90 to 90. The two numbers look swapped: latitude "
            f"comes first, so write {longitude:g}, {latitude:g}."
        )
    return Coordinates(latitude=latitude, longitude=longitude)


def _from_angles(text: str, found: re.Match[str]) -> Coordinates | None:
    first, second = (_angle(text, found, which) for which in ("1", "2"))
    letters = first[1] + second[1]
    if not letters:
        # bare groups of numbers without letters are only trusted when they carry a degree sign
        return _point(first[0], second[0]) if found[0].count("°") == 2 else None
    if len(letters) == 1 or (first[1] in "NS") == (second[1] in "NS"):
        raise InputError(
            f"{quoted(text)} needs one N or S and one E or W. Write it like 38°54'03\" N 77°02'21\" W, or {EXAMPLE}."
        )
    latitude, longitude = (first, second) if first[1] in "NS" else (second, first)
    return Coordinates(latitude=latitude[0], longitude=longitude[0])


def _angle(text: str, found: re.Match[str], which: str) -> tuple[float, str]:
    """(signed degrees, letter or nothing) of one half."""
    sign, before, after = (found[f"{name}_{which}"] or "" for name in ("sign", "before", "after"))
    letter = (before or after).upper()
    if sign and letter:
        raise InputError(
            f"{quoted(text)} says twice which side of the equator or of Greenwich it is on. Use a minus sign or a "
            f"letter, not both, such as {EXAMPLE}."
        )
    degrees, minutes, seconds = (found[f"{name}_{which}"] for name in ("degrees", "minutes", "seconds"))
    for whole, part in ((degrees, minutes), (minutes, seconds)):
        if part is not None and ("." in whole or float(part) >= 60):
            raise InputError(
                f"{quoted(text)} has minutes or seconds that do not add up. Minutes and seconds are below 60, and only "
                "the last number has decimals: 38°54'03\" N 77°02'21\" W."
            )
    size = float(degrees) + float(minutes or 0) / 60 + float(seconds or 0) / 3600
    return (-size if sign == "-" or letter in {"S", "W"} else size), letter

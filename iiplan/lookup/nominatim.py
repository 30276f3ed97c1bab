"""Asking a Nominatim server where an address is: one request, on the user's word only.

The service: nominatim.org/release-docs/latest/api/Search. Its public server wants at most one request a second of a
whole application, a User-Agent that names it, kept answers, and no asking while somebody types; who calls this keeps
the pace and the answers.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Mapping, Sequence
from http.client import HTTPException, HTTPResponse
from typing import Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request

from iiplan import __version__
from iiplan.errors import InputError, LookupFailedError
from iiplan.lookup.one_server import one_server
from iiplan.model import Coordinates, FoundPlace, OnlineLookup, Place, PlaceOrigin
from iiplan.travel import clean_name, distance_km

__all__ = ["MOST_QUESTION", "ask_nominatim", "read_answer"]

SECONDS: Final = 15.0  # for the whole answer
MOST_BYTES: Final = 1_000_000
MOST_RESULTS: Final = 6
MOST_QUESTION: Final = 300  # characters
EXACT_M: Final = 50
MOST_WITHIN_M: Final = 50_000
_NO_NAME: Final = {"road", "house", "place", "building", "country", "state", "region", "county"}
_KEPT: Final = ("lat", "lon", "name", "display_name", "type", "addresstype")


def ask_nominatim(settings: OnlineLookup, question: str, seconds: float = SECONDS) -> str:
    """The server's answer to an address or name, as JSON text that ``read_answer`` reads: a row a place, best first.

    A server that takes longer than ``seconds`` is given up. Raises ``InputError`` when the look-up is off or the
    question is empty or too long, ``LookupFailedError`` for everything that goes wrong on the way, each with the cure.
    """
    if not settings.enabled:
        raise InputError("Looking places up online is switched off. Switch it on in Settings, under Places.")
    question = " ".join(question.split())
    if not question or len(question) > MOST_QUESTION:
        raise InputError(f"Type an address of 1 to {MOST_QUESTION} characters to look it up.")
    fields = {"q": question, "format": "jsonv2", "limit": str(MOST_RESULTS), "accept-language": "en"}
    try:
        address = f"{settings.server.rstrip('/')}/search?{urlencode(fields)}"
        request = Request(address, headers={"User-Agent": _user_agent(settings), "Accept": "application/json"})
        with one_server().open(request, timeout=seconds) as answer:
            content = _content(answer, seconds)
    except HTTPError as error:
        raise LookupFailedError(_refusal(settings.host, error.code)) from error
    except TimeoutError as error:
        raise LookupFailedError(_too_slow(settings.host, seconds)) from error
    except URLError as error:
        if isinstance(error.reason, TimeoutError):
            raise LookupFailedError(_too_slow(settings.host, seconds)) from error
        raise LookupFailedError(
            f"{settings.host} cannot be reached ({error.reason}). Check the internet connection and the server's "
            "address in Settings, or paste a map link."
        ) from error
    except (OSError, HTTPException, ValueError) as error:
        raise LookupFailedError(
            f"The connection to {settings.host} broke off ({error or type(error).__name__}). Try again, or paste a map "
            "link."
        ) from error
    rows = _rows(content.decode("utf-8", errors="replace"), settings.host)
    return json.dumps([_kept(row) for row in rows])


def read_answer(text: str, host: str) -> tuple[FoundPlace, ...]:
    """The places of an answer in the order of the server; rows that are no place on earth are left out.

    Raises ``LookupFailedError`` for text that is no answer of a Nominatim server.
    """
    found = (_place(row) for row in _rows(text, host))
    return tuple(place for place in found if place is not None)


def _content(answer: HTTPResponse, seconds: float) -> bytes:
    """The whole answer, or more than it may be. A server that sends a byte now and then is late, too."""
    deadline, parts = time.monotonic() + seconds, bytearray()
    while len(parts) <= MOST_BYTES and (part := answer.read1(10_000)):
        parts += part
        if time.monotonic() > deadline:
            raise TimeoutError
    return bytes(parts)


def _rows(text: str, host: str) -> list[dict[str, object]]:
    try:
        if len(text) > MOST_BYTES:
            raise ValueError("It is too long.")
        rows = json.loads(text, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError) as error:
        raise LookupFailedError(_no_sense(host)) from error
    if not isinstance(rows, list):
        raise LookupFailedError(_no_sense(host))
    return [row for row in rows if isinstance(row, dict)][:MOST_RESULTS]


def _kept(row: Mapping[str, object]) -> dict[str, object]:
    """What of a row is ever looked at, whatever the server put there."""
    box = row.get("boundingbox")
    sides = [str(side)[:40] for side in box[:4]] if isinstance(box, list) else []
    return {**{key: str(row[key])[:1000] for key in _KEPT if row.get(key) is not None}, "boundingbox": sides}


def _user_agent(settings: OnlineLookup) -> str:
    contact = f"; contact: {settings.email}" if settings.email else ""
    return f"iiplan/{__version__} (planner of informational interviews, looks up single addresses{contact})"


def _refusal(host: str, code: int) -> str:
    if code == 429:
        return f"{host} says that there were too many requests. Wait a few minutes, or paste a map link."
    if code in {401, 403}:
        return f"{host} refuses requests from here ({code}). Name a contact e-mail in Settings, or another server."
    if 300 <= code < 400:
        return f"{host} sends us on to another address. Write the address it has now in Settings, under Places."
    if code >= 500:
        return f"{host} has trouble of its own ({code}). Try again later, or paste a map link."
    return f"{host} does not understand the request ({code}). Check the server's address in Settings, under Places."


def _too_slow(host: str, seconds: float) -> str:
    return f"{host} has not answered for {seconds:g} seconds. Try again later, or paste a map link."


def _no_sense(host: str) -> str:
    return f"{host} answers, but not as a Nominatim server does. Check the server's address in Settings, under Places."


def _place(row: Mapping[str, object]) -> FoundPlace | None:
    try:
        at = Coordinates(latitude=float(str(row["lat"])), longitude=float(str(row["lon"])))
        within = _reach(at, row.get("boundingbox"))
    except (LookupError, TypeError, ValueError):
        return None
    words = clean_name(str(row.get("display_name", "")), 400)
    name = clean_name(str(row.get("name") or ""))
    kind = str(row.get("addresstype") or row.get("type") or "place")
    named = bool(name) and words.startswith(name) and kind not in _NO_NAME
    place = Place(
        name=name if named else "",
        address=words.removeprefix(name).lstrip(", ") if named else words,
        at=at,
        origin=PlaceOrigin.NOMINATIM,
        within_m=within if within > EXACT_M else 0,
    )
    what = clean_name(str(row.get("type") or kind), 60).replace("_", " ")
    what = kind if what == "yes" else what
    return FoundPlace(place=place, what=what, note="This is its middle." if within > EXACT_M else "")


def _reach(at: Coordinates, box: object) -> int:
    """Metres from the point to the furthest corner of ``[south, north, west, east]``; 0 without a box."""
    if not isinstance(box, Sequence) or isinstance(box, str) or len(box) != 4:
        return 0
    south, north, west, east = (float(str(side)) for side in box)
    corners = [(latitude, longitude) for latitude in (south, north) for longitude in (west, east)]
    return min(math.ceil(max(distance_km(at.as_pair, corner) for corner in corners) * 1000), MOST_WITHIN_M)

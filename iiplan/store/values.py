"""What the rows of all tables are made of: instants, places and other values, and what cannot be stored.

Instants are stored in UTC as ISO text of one width, so that they sort as text. Clock times, which belong to a
trip's local day, are stored as they are.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
from typing import Any

from iiplan.errors import InputError, StorageError
from iiplan.model import Coordinates, Place, PlaceOrigin

__all__ = ["Row", "folded", "instant", "json_text", "moment", "place_json", "place_of", "reading", "storable"]

Row = dict[str, Any]


def folded(name: str) -> str:
    """What two spellings of one organisation's name share: letters without case, words without extra blanks."""
    return " ".join(name.split()).casefold()


def moment(value: datetime, what: str, shown_in: tzinfo = UTC) -> str:
    """The stored text of an aware instant, refused when ``shown_in`` could not show it again."""
    if value.utcoffset() is None:
        raise InputError(f"{what} ({value.isoformat()}) has no time zone. Give it one.")
    try:
        utc = value.astimezone(UTC)
        utc.astimezone(shown_in)
    except OverflowError as error:
        raise InputError(f"{what} ({value.isoformat()}) lies at the edge of the calendar. Correct the year.") from error
    return utc.isoformat(timespec="microseconds")


def instant(text: str, zone: tzinfo = UTC) -> datetime:
    """The instant of a stored text, in ``zone``."""
    return datetime.fromisoformat(text).astimezone(zone)


def storable(row: Row) -> Row:
    """The row itself, if SQLite keeps every text of it whole: no NUL, no half of a surrogate pair."""
    for column, value in row.items():
        if isinstance(value, str):
            for character in value if not value.isprintable() else "":
                if character == "\0" or "\ud800" <= character <= "\udfff":
                    raise InputError(
                        f"The {column.replace('_', ' ')} {value[:60]!a} contains the character {character!a}, "
                        "which cannot be stored. Delete it and type the text again."
                    )
    return row


@contextmanager
def reading(what: str) -> Iterator[None]:
    """Turn a stored value that the model refuses into a ``StorageError``; ``what`` names the row."""
    try:
        yield
    except (ValueError, LookupError, TypeError, OverflowError) as error:
        raise StorageError(
            f"The database holds {what} that iiplan cannot read: {error} Put a backup copy in the place of the file."
        ) from error


def json_text(value: Mapping[str, object] | Sequence[object]) -> str:
    """JSON with letters as they are; no infinities."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def place_json(place: Place | None) -> str | None:
    """The stored text of a place."""
    if place is None:
        return None
    latitude, longitude = place.at.as_pair
    return json_text(
        {
            "name": place.name,
            "address": place.address,
            "latitude": latitude,
            "longitude": longitude,
            "origin": place.origin.value,
            "within_m": place.within_m,
        }
    )


def place_of(text: str | None) -> Place | None:
    """The place of a stored text."""
    if text is None:
        return None
    stored = json.loads(text)
    return Place(
        name=stored["name"],
        address=stored["address"],
        at=Coordinates(latitude=stored["latitude"], longitude=stored["longitude"]),
        origin=PlaceOrigin(stored["origin"]),
        within_m=stored.get("within_m", 0),  # kept since version 6
    )

"""The inside of a city pack: its tables, and how things of a map become rows that can be searched."""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Final

from iiplan.model import MapThing, ThingKind
from iiplan.travel import dense, folded_words, house_number, joined, middle, number_span

__all__ = ["SCHEMA", "fill", "finish"]

# A spot's names are lines of folded words. A street that is only known from addresses is a spot as well.
SCHEMA: Final = """
CREATE TABLE about (text TEXT NOT NULL) STRICT;
CREATE TABLE spots (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    names TEXT NOT NULL,
    what TEXT NOT NULL,
    address TEXT NOT NULL,
    latitude REAL NOT NULL,
    longitude REAL NOT NULL,
    reach_m INTEGER NOT NULL
) STRICT;
CREATE TABLE addresses (
    id INTEGER PRIMARY KEY,
    street TEXT NOT NULL,
    words TEXT NOT NULL,
    number TEXT NOT NULL,
    low INTEGER NOT NULL,
    high INTEGER NOT NULL,
    postcode TEXT NOT NULL,
    city TEXT NOT NULL,
    latitude REAL NOT NULL,
    longitude REAL NOT NULL,
    reach_m INTEGER NOT NULL,
    spot_id INTEGER
) STRICT;
CREATE VIRTUAL TABLE spot_words USING fts5 (names, content = 'spots', content_rowid = 'id');
CREATE TEMP TABLE pieces (words TEXT, name TEXT, names TEXT, line BLOB);
"""
EXACT_M: Final = 50  # a house or a shop: nobody is lost inside it
PROGRESS_EVERY: Final = 5_000


def fill(db: sqlite3.Connection, things: Iterable[MapThing], progress: Callable[[str, int], None]) -> None:
    """Write things down as they come; streets stay in pieces until ``finish``."""
    for count, thing in enumerate(things):
        if count % PROGRESS_EVERY == 0:
            progress("Reading the extract", count)
        if thing.kind is ThingKind.STREET:
            words = " ".join(folded_words(thing.name))
            names = _names(thing)
            line = array("d", (number for point in thing.points for number in point))
            db.execute("INSERT INTO pieces VALUES (?, ?, ?, ?)", [words, thing.name, names, line.tobytes()])
        elif thing.kind is ThingKind.ADDRESS:
            _add_address(db, thing)
        else:
            _add_spot(db, thing)


def finish(db: sqlite3.Connection) -> dict[str, float]:
    """Join the pieces of streets, give each address its street, make all searchable; give counts and the centre."""
    rows = db.execute(
        "SELECT words, name, names, line, 0 AS address, 0 AS latitude, 0 AS longitude, '' AS place FROM pieces "
        "WHERE words <> '' UNION ALL "
        "SELECT words, street, words, NULL, id, latitude, longitude, trim(postcode || ' ' || city) FROM addresses "
        "WHERE words <> '' ORDER BY words"
    )
    for _, same_name in groupby(rows, itemgetter(0)):
        pieces = [_piece(row) for row in same_name]
        for together in joined([piece.points for piece in pieces]):
            _add_street(db, [pieces[number] for number in together])
    db.execute("CREATE INDEX addresses_of_a_street ON addresses (spot_id, low)")
    db.execute("CREATE INDEX spots_by_latitude ON spots (latitude)")
    db.execute("INSERT INTO spot_words (spot_words) VALUES ('rebuild')")
    db.execute("DROP TABLE pieces")
    counts = dict(db.execute("SELECT kind, count(*) FROM spots GROUP BY kind").fetchall())
    middle_of = db.execute("SELECT avg(latitude), avg(longitude) FROM spots").fetchone()
    return {
        "streets": counts.get(ThingKind.STREET.value, 0),
        "named": counts.get(ThingKind.NAMED.value, 0),
        "addresses": db.execute("SELECT count(*) FROM addresses").fetchone()[0],
        "latitude": middle_of[0] or 0,
        "longitude": middle_of[1] or 0,
    }


@dataclass(frozen=True, kw_only=True)
class _Piece:
    """A piece of a street, or (with ``address``, its id) a house in it."""

    name: str
    names: str
    points: list[tuple[float, float]]
    address: int
    place: str


def _piece(row: tuple[str, str, str, bytes | None, int, float, float, str]) -> _Piece:
    _, name, names, line, address, latitude, longitude, place = row
    numbers = array("d", line or b"")
    points = list(zip(numbers[::2], numbers[1::2], strict=True)) or [(latitude, longitude)]
    return _Piece(name=name, names=names, points=points, address=address, place=place)


def _add_street(db: sqlite3.Connection, pieces: list[_Piece]) -> None:
    lines = [piece for piece in pieces if not piece.address] or pieces
    (latitude, longitude), reach = middle([point for piece in lines for point in dense(piece.points)], on_line=True)
    names = "\n".join(dict.fromkeys(line for piece in lines for line in piece.names.split("\n")))
    places = Counter(piece.place for piece in pieces if piece.place)
    row = db.execute(
        "INSERT INTO spots (kind, name, names, what, address, latitude, longitude, reach_m) "
        "VALUES (?, ?, ?, 'street', ?, ?, ?, ?)",
        [
            ThingKind.STREET.value,
            Counter(piece.name for piece in lines).most_common(1)[0][0],
            names,
            places.most_common(1)[0][0] if places else "",
            latitude,
            longitude,
            reach,
        ],
    )
    addresses = [(row.lastrowid, piece.address) for piece in pieces if piece.address]
    db.executemany("UPDATE addresses SET spot_id = ? WHERE id = ?", addresses)


def _add_address(db: sqlite3.Connection, thing: MapThing) -> None:
    """A row for each of the numbers that one house has: '12;14'."""
    (latitude, longitude), reach = middle(thing.points, on_line=False)
    words = " ".join(folded_words(thing.street))
    for number in thing.number.replace(",", ";").split(";"):
        if bare := house_number(number):
            low, high = number_span(number)
            db.execute(
                "INSERT INTO addresses (street, words, number, low, high, postcode, city, latitude, longitude, reach_m)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    *(thing.street, words, bare, low, high, thing.postcode, thing.city),
                    *(latitude, longitude, reach if reach > EXACT_M else 0),
                ],
            )


def _add_spot(db: sqlite3.Connection, thing: MapThing) -> None:
    (latitude, longitude), reach = middle(thing.points, on_line=False)
    reach = max(reach if reach > EXACT_M else 0, thing.at_least_m)
    street = " ".join(part for part in (thing.street, thing.number) if part)
    town = " ".join(part for part in (thing.postcode, thing.city) if part)
    db.execute(
        "INSERT INTO spots (kind, name, names, what, address, latitude, longitude, reach_m) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            *(ThingKind.NAMED.value, thing.name, _names(thing), thing.what),
            *(", ".join(part for part in (street, town) if part), latitude, longitude, reach),
        ],
    )


def _names(thing: MapThing) -> str:
    return "\n".join(dict.fromkeys(" ".join(folded_words(name)) for name in (thing.name, *thing.also)))

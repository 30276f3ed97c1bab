"""Looking a typed address or name up in a city pack."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Final

from iiplan.model import CityPack, Coordinates, FoundPlace, Place, PlaceOrigin, ThingKind
from iiplan.store.city_pack import opened_pack
from iiplan.travel import Reading, clean_name, distance_km, folded_words, likeness, readings

__all__ = ["known_around", "search_pack"]

MOST_CANDIDATES: Final = 300
MOST_STREETS: Final = 8  # of a reading, whose house numbers are looked at
LIKE_ENOUGH: Final = 0.54  # all that was typed, in a name four times as long
LEAST_M: Final = 30  # of an address that is only near a known one
A_KILOMETRE: Final = 0.002  # what being a kilometre further away costs, up to
FAR_KM: Final = 25
MOST_WITHIN_M: Final = 50_000

_COLUMNS: Final = "spots.id, kind, name, spots.names, what, address, latitude, longitude, reach_m"


@dataclass(frozen=True, kw_only=True)
class _Spot:
    id: int
    kind: str
    name: str
    names: tuple[tuple[str, ...], ...]
    what: str
    address: str
    latitude: float
    longitude: float
    reach_m: int


def search_pack(
    pack: CityPack, text: str, near: Coordinates | None = None, most: int = 8
) -> list[tuple[float, FoundPlace]]:
    """The best answers to a typed address or name, each after its score, best first; the nearer to ``near`` the better.

    An address whose house number is not in the pack is placed at the nearest number known in that street, or in the
    middle of the street, and ``within_m`` covers the rest. Raises ``StorageError`` when the pack cannot be read.
    """
    found: list[tuple[float, FoundPlace]] = []
    with opened_pack(pack.path) as db:
        for reading in readings(text):
            spots = sorted(
                ((_worth(reading, spot), spot) for spot in _candidates(db, reading)), key=lambda one: -one[0]
            )
            for worth, spot in spots[: MOST_STREETS if reading.number else most]:
                if worth < LIKE_ENOUGH:
                    break
                bonus, answer = _answer(db, reading, spot)
                found.append((worth + bonus - _far(answer, near), answer))
    best: dict[tuple[object, ...], tuple[float, FoundPlace]] = {}
    for score, answer in sorted(found, key=lambda one: -one[0]):
        at = answer.place.at
        same = (answer.what, answer.place.name or answer.place.address, round(at.latitude, 3), round(at.longitude, 3))
        best.setdefault(same, (score, answer))
    return list(best.values())[:most]


def known_around(
    pack: CityPack, south_west: tuple[float, float], north_east: tuple[float, float], most: int
) -> tuple[FoundPlace, ...]:
    """Stations, squares and other named places in a box, then its longest streets: to find one's way on a map."""
    with opened_pack(pack.path) as db:
        rows = db.execute(
            f"SELECT {_COLUMNS} FROM spots WHERE latitude BETWEEN ? AND ? AND longitude BETWEEN ? AND ? "  # noqa: S608
            "ORDER BY what IN ('station', 'square', 'museum', 'university', 'townhall') DESC, reach_m DESC, id LIMIT ?",
            [south_west[0], north_east[0], south_west[1], north_east[1], most],
        )
        return tuple(_plain(_spot(row)) for row in rows)


def _candidates(db: sqlite3.Connection, reading: Reading) -> list[_Spot]:
    """Spots that have all of the words, or else any of them, the rarest first."""
    words = [f'"{word}"*' if len(word) > 2 else f'"{word}"' for word in dict.fromkeys(reading.words)]
    for between in (" AND ", " OR "):
        rows = db.execute(
            f"SELECT {_COLUMNS} FROM spot_words JOIN spots ON spots.id = spot_words.rowid "  # noqa: S608
            "WHERE spot_words MATCH ? ORDER BY rank LIMIT ?",
            [between.join(words), MOST_CANDIDATES],
        ).fetchall()
        if rows:
            return [_spot(row) for row in rows if row[1] == ThingKind.STREET or not reading.number]
    return []


def _spot(row: tuple[int, str, str, str, str, str, float, float, int]) -> _Spot:
    key, kind, name, names, what, address, latitude, longitude, reach = row
    words = tuple(tuple(line.split()) for line in names.split("\n"))
    return _Spot(
        id=key,
        kind=kind,
        name=name,
        names=words,
        what=what,
        address=address,
        latitude=latitude,
        longitude=longitude,
        reach_m=reach,
    )


def _worth(reading: Reading, spot: _Spot) -> float:
    return likeness(reading, spot.names, folded_words(spot.address))


def _far(answer: FoundPlace, near: Coordinates | None) -> float:
    return A_KILOMETRE * min(distance_km(near.as_pair, answer.place.at.as_pair), FAR_KM) if near else 0.0


def _answer(db: sqlite3.Connection, reading: Reading, spot: _Spot) -> tuple[float, FoundPlace]:
    """What a spot answers to a reading, and what having the house number is worth."""
    if not reading.number:
        return 0.0, _plain(spot)
    rows = db.execute(
        "SELECT number, low, high, postcode, city, latitude, longitude, reach_m FROM addresses WHERE spot_id = ? "
        "ORDER BY low, number",
        [spot.id],
    ).fetchall()
    wanted = _House.wanted(reading.number)
    houses = [_House(*row) for row in rows]
    exact = [house for house in houses if house.number == reading.number] or [
        house for house in houses if house.holds(reading.number, wanted)
    ]
    if exact:
        place = _house_place(reading, spot, reading.number, exact[0], within_m=exact[0].reach_m)
        return 0.3, FoundPlace(place=place, what="address")
    if not houses or wanted == 0:
        return 0.05, _plain(spot, "No house numbers of this street are known.")
    house, within = _nearest(houses, wanted, spot)
    place = _house_place(reading, spot, reading.number, house, within_m=within)
    note = f"Number {reading.number} is not known; this is the spot of number {house.number}."
    return 0.15, FoundPlace(place=place, what="address", note=note)


@dataclass(frozen=True)
class _House:
    number: str
    low: int
    high: int
    postcode: str
    city: str
    latitude: float
    longitude: float
    reach_m: int

    @staticmethod
    def wanted(number: str) -> int:
        """The whole number at the start of a house number; 0 without one."""
        digits = "".join(c if c.isdigit() else " " for c in number).split()
        return int(digits[0]) if digits else 0

    def holds(self, number: str, wanted: int) -> bool:
        """Whether '12-18' takes in 14: the same side of the street, and no letter."""
        return number.isdigit() and self.low <= wanted <= self.high and (wanted - self.low) % 2 == 0

    @property
    def at(self) -> tuple[float, float]:
        return self.latitude, self.longitude


def _nearest(houses: list[_House], wanted: int, spot: _Spot) -> tuple[_House, int]:
    """The house with the nearest number, on the same side if possible, and how far off the wanted one may be.

    Between two known numbers it lies between their houses; past the last one anywhere to the end of the street.
    """
    side = [house for house in houses if (house.low - wanted) % 2 == 0] or houses
    nearest = min(side, key=lambda house: (abs(house.low - wanted), house.low))
    across = [house for house in side if (house.low > wanted) != (nearest.low > wanted) and house.low != nearest.low]
    if nearest.low == wanted:  # 12b, and 12 is known
        within = float(LEAST_M)
    elif across:
        other = min(across, key=lambda house: abs(house.low - wanted))
        within = distance_km(nearest.at, other.at) * 1000
    else:
        within = distance_km(nearest.at, (spot.latitude, spot.longitude)) * 1000 + spot.reach_m
    return nearest, min(max(round(within), LEAST_M), MOST_WITHIN_M)


def _house_place(reading: Reading, spot: _Spot, number: str, house: _House, *, within_m: int) -> Place:
    street = f"{number} {spot.name}" if reading.number_first else f"{spot.name} {number}"
    town = " ".join(part for part in (house.postcode, house.city) if part)
    return Place(
        address=clean_name(", ".join(part for part in (street, town) if part), 400),
        at=Coordinates(latitude=house.latitude, longitude=house.longitude),
        origin=PlaceOrigin.CITY_PACK,
        within_m=min(within_m, MOST_WITHIN_M),
    )


def _plain(spot: _Spot, note: str = "") -> FoundPlace:
    """The spot itself: a named place, or the middle of a street."""
    street = spot.kind == ThingKind.STREET
    address = ", ".join(part for part in (spot.name if street else "", spot.address) if part)
    place = Place(
        name="" if street else spot.name,
        address=clean_name(address, 400),
        at=Coordinates(latitude=spot.latitude, longitude=spot.longitude),
        origin=PlaceOrigin.CITY_PACK,
        within_m=min(max(spot.reach_m, LEAST_M) if street else spot.reach_m, MOST_WITHIN_M),
    )
    middle = "This is the middle of the street." if street else "This is its middle." if spot.reach_m else ""
    return FoundPlace(place=place, what=spot.what, note=" ".join(part for part in (note, middle) if part))

"""An invented city for routing servers: a street grid that a river cuts in two, with two bridges over it."""

from __future__ import annotations

import random
from pathlib import Path

import osmium

from iiplan.model import Coordinates, Place

__all__ = ["BRIDGES", "ROWS", "corner", "some_places", "write_city"]

ROWS = 24  # streets each way
BLOCK_M = 110
RIVER = ROWS // 2  # north of this row of streets
BRIDGES = (4, 19)  # columns
SOUTH_WEST = (52.5, 13.35)
_LATITUDE = BLOCK_M / 111_195  # degrees a block
_LONGITUDE = _LATITUDE / 0.6088  # at 52.5 degrees north


def corner(row: int, column: int) -> Coordinates:
    """Where two streets cross, counted from the south and from the west; the river is two blocks wide."""
    row_there = row + (1 if row >= RIVER else 0)
    latitude, longitude = SOUTH_WEST
    return Coordinates(latitude=latitude + row_there * _LATITUDE, longitude=longitude + column * _LONGITUDE)


def some_places(count: int, seed: int) -> list[Place]:
    """Corners drawn at random, all different."""
    corners = [(row, column) for row in range(ROWS) for column in range(ROWS)]
    return [Place(at=corner(*one)) for one in random.Random(seed).sample(corners, count)]


def write_city(path: Path) -> None:
    """Write the city as an OpenStreetMap file (.osm.pbf), sorted as routing servers want it."""
    with osmium.SimpleWriter(str(path)) as city:
        for row in range(ROWS):
            for column in range(ROWS):
                at = corner(row, column)
                node = osmium.osm.mutable.Node(id=_node(row, column), location=(at.longitude, at.latitude), version=1)
                city.add_node(node)
        for number, nodes in enumerate(_streets(), 1):
            tags = {"highway": "residential"}
            city.add_way(osmium.osm.mutable.Way(id=number, nodes=nodes, tags=tags, version=1))


def _streets() -> list[list[int]]:
    """Every street as its corners; those from south to north end at the river, but for the bridges."""
    streets = [[_node(row, column) for column in range(ROWS)] for row in range(ROWS)]
    for column in range(ROWS):
        line = [_node(row, column) for row in range(ROWS)]
        streets += [line] if column in BRIDGES else [line[:RIVER], line[RIVER:]]
    return streets


def _node(row: int, column: int) -> int:
    return row * ROWS + column + 1

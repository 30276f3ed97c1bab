"""Lines and outlines on a map: which belong together, where their middle is, and how far they reach."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from iiplan.travel.estimate import distance_km

__all__ = ["dense", "joined", "middle"]

Point = tuple[float, float]

CELL = 0.004  # degrees of latitude, about 445 metres
STEP = 0.0005  # degrees, about 55 metres


def middle(points: Sequence[Point], *, on_line: bool) -> tuple[Point, int]:
    """The middle of some (latitude, longitude) points and how far from it the furthest lies, in whole metres up.

    ``on_line``: the one of the points that is nearest to the middle, so that it lies on the street.
    """
    if len(points) == 1:
        return points[0], 0
    north = [latitude for latitude, _ in points]
    east = [longitude for _, longitude in points]
    centre = ((min(north) + max(north)) / 2, (min(east) + max(east)) / 2)
    if on_line:
        centre = min(points, key=lambda point: distance_km(centre, point))
    return centre, math.ceil(max(distance_km(centre, point) for point in points) * 1000)


def joined(pieces: Sequence[Sequence[Point]]) -> list[list[int]]:
    """Groups of the numbers of those pieces that lie together, bridging gaps of about half a kilometre.

    None under 400 metres parts a group, none over 900 is bridged. Streets of one name in different parts of a city so
    become different streets. Each group is in rising order.
    """
    owner: dict[tuple[int, int], int] = {}
    parent = list(range(len(pieces)))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for number, piece in enumerate(pieces):
        for row, column in _cells(piece):
            for near in ((row + up, column + across) for up in (-1, 0, 1) for across in (-1, 0, 1)):
                if near in owner:
                    parent[root(number)] = root(owner[near])
            owner[row, column] = number
    groups: dict[int, list[int]] = defaultdict(list)
    for number in range(len(pieces)):
        groups[root(number)].append(number)
    return list(groups.values())


def _cells(piece: Sequence[Point]) -> Iterator[tuple[int, int]]:
    """The cells of about ``CELL`` that a line runs through, in its order."""
    before = None
    for latitude, longitude in dense(piece, CELL):
        row = math.floor(latitude / CELL)
        cell = row, math.floor(longitude * math.cos(math.radians(row * CELL)) / CELL)
        if cell != before:
            yield cell
        before = cell


def dense(piece: Sequence[Point], step: float = STEP) -> Iterator[Point]:
    """Points along a line, its own and others between them, ``step`` degrees apart at most (but 200 a stretch)."""
    yield piece[0]
    for (north, east), (to_north, to_east) in pairwise(piece):
        steps = min(math.ceil(max(abs(to_north - north), abs(to_east - east)) / step), 200) or 1
        for number in range(1, steps + 1):
            yield north + (to_north - north) * number / steps, east + (to_east - east) * number / steps

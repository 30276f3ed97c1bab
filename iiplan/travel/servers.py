"""What routing servers are asked and what they answer; pure. ``iiplan.lookup.routing`` carries it over the network.

Two kinds are spoken: the table service of OSRM, which wants longitude before latitude, and Valhalla's
``sources_to_targets``. OSRM's server ignores the profile in the address, so each way of travelling has a server of its
own.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from iiplan.errors import InputError
from iiplan.model import TravelMode
from iiplan.travel.times import ROUTABLE, Spot, pair_of

__all__ = ["MOST_A_CALL", "Block", "RoutingServer", "ServerKind", "blocks_to_ask", "read_table", "table_call"]

MOST_A_CALL = 50  # from and to: 100 coordinates for OSRM, 2,500 pairs for Valhalla, the usual limits of both
MOST_SECONDS = 30 * 86_400
_PROFILE = {TravelMode.WALK: "foot", TravelMode.BIKE: "bike", TravelMode.CAR: "driving"}
_COSTING = {TravelMode.WALK: "pedestrian", TravelMode.BIKE: "bicycle", TravelMode.CAR: "auto"}

Table = list[list[float | None]]


class ServerKind(StrEnum):
    """Whose words a server speaks."""

    OSRM = "osrm"
    VALHALLA = "valhalla"


@dataclass(frozen=True, kw_only=True)
class RoutingServer:
    """A server that knows the ways by one ``mode``. ``url``: http or https, without question marks and passwords."""

    mode: TravelMode
    kind: ServerKind
    url: str

    def __post_init__(self) -> None:
        if self.mode not in ROUTABLE:
            raise InputError("No routing server of these kinds knows timetables. Leave public transport to estimates.")
        try:
            parts = urlsplit(self.url)
            sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
        except ValueError:
            sound = False
        clean = self.url.isascii() and self.url.isprintable() and not set(' ?#@\\"<>') & set(self.url)
        if not sound or not clean or self.url.endswith("/") or len(self.url) > 300:
            raise InputError(
                f"{self.url[:80]!r} is not the address of a routing server. Write it like http://localhost:5000, "
                "without a slash at the end, user names or question marks."
            )

    @property
    def key(self) -> str:
        """Identifies the server in the cache of its answers."""
        return f"{self.kind.value} {self.url}"

    @property
    def host(self) -> str:
        """Its name, for sentences."""
        return urlsplit(self.url).netloc


@dataclass(frozen=True, kw_only=True)
class Block:
    """From each of ``origins`` to each of ``goals``: one call."""

    origins: tuple[Spot, ...]
    goals: tuple[Spot, ...]

    def pairs(self) -> Iterator[tuple[Spot, Spot]]:
        """Every pair of different spots in it, row by row."""
        return ((origin, goal) for origin in self.origins for goal in self.goals if origin != goal)


def blocks_to_ask(spots: Iterable[Spot], known: Collection[tuple[Spot, Spot]]) -> list[Block]:
    """Calls that together cover every ordered pair of different spots not yet ``known``; none when all are.

    Spots that lack the same goals share calls, so that one new place asks for its own ways and not for all again.
    """
    points = tuple(dict.fromkeys(spots))
    lacking: dict[tuple[Spot, ...], list[Spot]] = defaultdict(list)
    for origin in points:
        goals = tuple(goal for goal in points if goal != origin and (origin, goal) not in known)
        if goals:
            lacking[goals].append(origin)
    if len(lacking) > 3:  # nothing or little is known: one table
        whole = [origin for origins in lacking.values() for origin in origins]
        needed = {goal for goals in lacking for goal in goals}
        lacking = defaultdict(list, {tuple(point for point in points if point in needed): whole})
    return [
        Block(origins=origins, goals=goals)
        for wanted, starts in lacking.items()
        for origins in _chunks(starts)
        for goals in _chunks(wanted)
    ]


def table_call(server: RoutingServer, block: Block) -> tuple[str, bytes | None]:
    """The address of one call, and the JSON to post to it (None: a GET)."""
    if server.kind is ServerKind.OSRM:
        points = list(dict.fromkeys((*block.origins, *block.goals)))
        where = ";".join(f"{lon:.4f},{lat:.4f}" for lat, lon in map(pair_of, points))
        sources, goals = (";".join(str(points.index(one)) for one in some) for some in (block.origins, block.goals))
        path = f"table/v1/{_PROFILE[server.mode]}/{where}"
        return f"{server.url}/{path}?annotations=duration&sources={sources}&destinations={goals}", None
    asked = {
        "sources": [_location(one) for one in block.origins],
        "targets": [_location(one) for one in block.goals],
        "costing": _COSTING[server.mode],
    }
    return f"{server.url}/sources_to_targets", json.dumps(asked).encode()


def read_table(server: RoutingServer, block: Block, answer: bytes) -> Table:
    """Seconds of an answer, row from and column to; None where there is no way. ``InputError`` for anything else."""
    try:
        document = json.loads(answer)
        if server.kind is ServerKind.OSRM:
            if document["code"] != "Ok":
                raise InputError(f"{server.host} refused: {str(document.get('message') or document['code'])[:120]}")
            rows = document["durations"]
        else:
            rows = [[cell["time"] for cell in row] for row in document["sources_to_targets"]]
        if not isinstance(rows, list) or len(rows) != len(block.origins):
            raise ValueError("rows are missing")
        return [_row(row, len(block.goals)) for row in rows]
    except InputError:
        raise
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise InputError(
            f"{server.host} answered, but with no table of times. Check its kind in Settings, under Ways."
        ) from None


def _row(row: object, width: int) -> list[float | None]:
    if not isinstance(row, list) or len(row) != width:
        raise ValueError("a row of another width")
    for cell in row:
        number = cell is None or (isinstance(cell, int | float) and not isinstance(cell, bool))
        if not number or (cell is not None and not (math.isfinite(cell) and 0 <= cell <= MOST_SECONDS)):
            raise ValueError("no number of seconds")
    return [None if cell is None else float(cell) for cell in row]


def _location(one: Spot) -> dict[str, float]:
    latitude, longitude = pair_of(one)
    return {"lat": latitude, "lon": longitude}


def _chunks(spots: Sequence[Spot]) -> list[tuple[Spot, ...]]:
    return [tuple(spots[first : first + MOST_A_CALL]) for first in range(0, len(spots), MOST_A_CALL)]

"""Minutes of the user's own between places, and what routing servers answered; kept for every trip."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from iiplan.errors import InputError
from iiplan.model import TravelMode
from iiplan.store.base import StoreBase
from iiplan.store.values import Row, moment, reading, storable
from iiplan.travel.times import OwnKey, RoutedKey, Spot

__all__ = ["TravelStore"]

MOST_OWN = 1440
_ENDS = ("from_lat", "from_lon", "to_lat", "to_lon")


class TravelStore(StoreBase):
    """The part of the store about ways."""

    def own_minutes(self) -> dict[OwnKey, int]:
        """All minutes of the user's own, by the two spots and the way of travelling (None: whichever)."""
        with self._reading() as db:
            with reading("minutes of a way"):
                return {
                    (*_spots(row), TravelMode(row["mode"]) if row["mode"] else None): row["minutes"]
                    for row in db.query("SELECT * FROM own_minutes")
                }

    def save_own_minutes(self, given: Mapping[OwnKey, int | None]) -> None:
        """Keep minutes in the place of those there were, in one transaction; None takes them away."""
        with self._writing() as db:
            for (origin, goal, mode), minutes in given.items():
                key = _row(origin, goal, mode)
                if minutes is None:
                    db.execute(
                        "DELETE FROM own_minutes WHERE from_lat = ? AND from_lon = ? AND to_lat = ? AND to_lon = ? "
                        "AND mode = ?",
                        list(key.values()),
                    )
                    continue
                if not 0 <= minutes <= MOST_OWN:
                    raise InputError(f"A way of {minutes} minutes cannot be kept. Give 0 to {MOST_OWN} minutes.")
                db.table("own_minutes").upsert(storable(key | {"minutes": minutes}), pk=(*_ENDS, "mode"))

    def routed_seconds(self, server: str, mode: TravelMode, spots: Iterable[Spot]) -> dict[RoutedKey, float | None]:
        """What a server has answered about ways between these spots; None: it found no way."""
        wanted = set(spots)
        if not wanted:
            return {}
        latitudes = [spot[0] for spot in wanted]
        with self._reading() as db:
            rows = db.query(
                "SELECT * FROM routed_seconds WHERE server = ? AND mode = ? AND from_lat BETWEEN ? AND ?",
                [server, mode.value, min(latitudes), max(latitudes)],
            )
            found = ((*_spots(row), row["seconds"]) for row in rows)
            return {
                (origin, goal, mode): seconds for origin, goal, seconds in found if origin in wanted and goal in wanted
            }

    def save_routed_seconds(
        self, server: str, mode: TravelMode, seconds: Mapping[tuple[Spot, Spot], float | None], at: datetime
    ) -> None:
        """Keep what a server answered."""
        asked_at = moment(at, "The time of asking")
        with self._writing() as db:
            db.table("routed_seconds").upsert_all(
                (
                    _row(origin, goal, mode) | {"server": server, "seconds": value, "asked_at": asked_at}
                    for (origin, goal), value in seconds.items()
                ),
                pk=("server", "mode", *_ENDS),
            )

    def count_routed(self) -> int:
        """How many answers of servers are kept."""
        with self._reading() as db:
            return int(db.table("routed_seconds").count)

    def forget_routed(self) -> None:
        """Forget what servers answered; the next plan asks them again."""
        with self._writing() as db:
            db.execute("DELETE FROM routed_seconds")


def _row(origin: Spot, goal: Spot, mode: TravelMode | None) -> Row:
    ends: Row = dict(zip(_ENDS, (*origin, *goal), strict=True))
    return ends | {"mode": mode.value if mode else ""}


def _spots(row: Row) -> tuple[Spot, Spot]:
    return (row["from_lat"], row["from_lon"]), (row["to_lat"], row["to_lon"])

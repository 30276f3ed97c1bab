"""Reading and writing the addresses at which calendar apps find plans, on a given connection."""

from __future__ import annotations

from sqlite_utils import Database

from iiplan.model import Feed
from iiplan.store import trips
from iiplan.store.values import instant, moment, reading, storable

__all__ = ["delete_feed", "feeds", "save_feed"]


def feeds(db: Database) -> tuple[Feed, ...]:
    """Those of all trips that are not deleted, by trip id; times in UTC."""
    found = db.query(
        "SELECT feeds.* FROM feeds JOIN trips ON trips.id = feeds.trip_id "
        "WHERE trips.deleted_at IS NULL ORDER BY feeds.trip_id"
    )
    result = []
    for row in found:
        with reading(f"a calendar address (of {row['trip_id']})"):
            result.append(Feed(trip_id=row["trip_id"], token=row["token"], made_at=instant(row["made_at"])))
    return tuple(result)


def save_feed(db: Database, feed: Feed) -> None:
    """Keep the address in the place of the trip's earlier one."""
    trips.trip(db, feed.trip_id)
    made_at = moment(feed.made_at, "The time of making a calendar address")
    row = {"trip_id": feed.trip_id, "token": feed.token, "made_at": made_at}
    db.table("feeds").upsert(storable(row), pk="trip_id")


def delete_feed(db: Database, trip_id: str) -> None:
    """Forget the trip's address; nothing happens when it has none."""
    db.execute("DELETE FROM feeds WHERE trip_id = ?", [trip_id])

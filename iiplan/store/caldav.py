"""Which calendars on servers the trips are sent to, and what was written there. Passwords are not kept here."""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database

from iiplan.model import CalendarLink, Written
from iiplan.store import trips
from iiplan.store.base import StoreBase
from iiplan.store.values import Row, instant, moment, reading, storable

__all__ = ["CaldavStore"]


class CaldavStore(StoreBase):
    """The calls about CalDAV."""

    def calendar_links(self) -> tuple[CalendarLink, ...]:
        """The calendars on servers, at most one a trip, in the order chosen; those of deleted trips left out."""
        with self._reading() as db:
            found = db.query(
                "SELECT caldav_links.* FROM caldav_links JOIN trips ON trips.id = caldav_links.trip_id "
                "WHERE trips.deleted_at IS NULL ORDER BY caldav_links.rowid"
            )
            return tuple(_link_of(row) for row in found)

    def save_calendar_link(self, link: CalendarLink) -> None:
        """Keep a link in the place of the trip's earlier one. ``NotFoundError`` when it is unknown or deleted."""
        with self._writing() as db:
            trips.trip(db, link.trip_id)
            row = vars(link) | {
                "remembered": int(link.remembered),
                "remove_off": int(link.remove_off),
                "sent_at": None if link.sent_at is None else moment(link.sent_at, "The time of sending"),
            }
            db.table("caldav_links").upsert(storable(row), pk="trip_id")

    def delete_calendar_link(self, trip_id: str) -> None:
        """Forget a trip's link; what was written there stays known. Nothing happens when it has none."""
        with self._writing() as db:
            db.execute("DELETE FROM caldav_links WHERE trip_id = ?", [trip_id])

    def written(self, trip_id: str, calendar: str) -> tuple[Written, ...]:
        """What was written of a trip into one calendar (its URL), by UID."""
        with self._reading() as db:
            return _written(db, trip_id, calendar)

    def save_written(self, trip_id: str, calendar: str, written: Iterable[Written]) -> None:
        """Keep each in the place of what was kept under its UID. ``NotFoundError`` when the trip is unknown."""
        with self._writing() as db:
            trips.require_trip(db, trip_id)
            for one in written:
                row = {"trip_id": trip_id, "calendar": calendar} | vars(one)
                db.table("caldav_events").upsert(storable(row), pk=("trip_id", "calendar", "uid"))

    def forget_written(self, trip_id: str, calendar: str, uid: str) -> None:
        """Forget what was written under a UID: it stands there no longer."""
        with self._writing() as db:
            db.execute(
                "DELETE FROM caldav_events WHERE trip_id = ? AND calendar = ? AND uid = ?", [trip_id, calendar, uid]
            )


def _written(db: Database, trip_id: str, calendar: str) -> tuple[Written, ...]:
    found = db.query(
        "SELECT uid, href, etag, content FROM caldav_events WHERE trip_id = ? AND calendar = ? ORDER BY uid",
        [trip_id, calendar],
    )
    result = []
    for row in found:
        with reading(f"an event on a calendar server ({row['uid']})"):
            result.append(Written(**row))
    return tuple(result)


def _link_of(row: Row) -> CalendarLink:
    with reading(f"a calendar on a server (of {row['trip_id']})"):
        changed = {
            "remembered": bool(row["remembered"]),
            "remove_off": bool(row["remove_off"]),
            "sent_at": None if row["sent_at"] is None else instant(row["sent_at"]),
        }
        return CalendarLink(**(row | changed))

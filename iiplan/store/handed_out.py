"""Reading and writing what calendars were given, on a given connection."""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database

from iiplan.model import HandedOut, Receiver, Revision
from iiplan.store.values import Row, instant, moment, reading, storable

__all__ = ["handed_out", "save_handed_out"]


def handed_out(db: Database, trip_id: str, receiver: Receiver) -> tuple[HandedOut, ...]:
    """What a receiver was last given of a trip, by UID; times in UTC."""
    found = db.query(
        "SELECT * FROM handed_out WHERE trip_id = ? AND receiver = ? ORDER BY uid", [trip_id, receiver.value]
    )
    return tuple(_handed_out_of(row) for row in found)


def save_handed_out(db: Database, trip_id: str, given: Iterable[HandedOut], receiver: Receiver) -> None:
    """Keep each in the place of what was kept under its UID."""
    for one in given:
        row = {
            "trip_id": trip_id,
            "receiver": receiver.value,
            "uid": one.uid,
            "digest": one.digest,
            "sequence": one.revision.sequence,
            "modified": moment(one.revision.modified, "The time of the export"),
            "content": one.content,
        }
        db.table("handed_out").upsert(storable(row), pk=("trip_id", "receiver", "uid"))


def _handed_out_of(row: Row) -> HandedOut:
    with reading(f"a calendar entry ({row['uid']})"):
        return HandedOut(
            uid=row["uid"],
            digest=row["digest"],
            revision=Revision(sequence=row["sequence"], modified=instant(row["modified"])),
            content=row["content"],
        )

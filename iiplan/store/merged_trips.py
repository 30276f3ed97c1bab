"""What becomes of trips when two contacts are made one: places on them, hours offered, plans; and the way back.

On every trip that knows the one merged away, one place is left. The row of the other stays, out of sight.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from sqlite_utils import Database

from iiplan.store.values import Row

__all__ = ["merge", "rename_back", "rename_in_plans", "undo"]

Place = dict[str, Any]  # the columns of a candidate but for whose they are, and under "windows" the hours


def merge(
    db: Database, kept: str, gone: str, taking: Collection[str], at: str
) -> tuple[list[dict[str, Any]], list[str]]:
    """Give the one kept a place on every trip of the one merged away.

    Returns the places that changed, before (None: there was none) and after, and the ids of offers that were closed.
    """
    places, closed = [], []
    for row in list(db.query("SELECT * FROM candidates WHERE contact_id = ? ORDER BY trip_id", [gone])):
        trip_id, ours, theirs = row["trip_id"], _place(db, row["trip_id"], kept), _place(db, row["trip_id"], gone)
        both = ours is not None and ours["removed_at"] is None and row["removed_at"] is None
        takes = ours is None or (trip_id in taking if both else row["removed_at"] is None)
        if takes and theirs is not None:
            _save(db, trip_id, kept, theirs if ours is None else {**theirs, "position": ours["position"]})
            places.append({"trip_id": trip_id, "before": ours, "after": _place(db, trip_id, kept)})
        if ours is not None:
            closed += _close(db, trip_id, kept if takes else gone, at)
    return places, closed


def undo(db: Database, places: list[dict[str, Any]], closed: list[str], kept: str, at: str) -> None:
    """Give the places back that nobody changed since, and open the offers again that the merge closed."""
    for offer_id in closed:
        db.execute("UPDATE offers SET closed_at = NULL WHERE id = ? AND closed_at = ?", [offer_id, at])
    for changed in places:
        trip_id, before = changed["trip_id"], changed["before"]
        if _place(db, trip_id, kept) != changed["after"]:
            continue
        if before is not None:
            _save(db, trip_id, kept, before)
        elif not db.table("offers").count_where("trip_id = ? AND contact_id = ?", [trip_id, kept]):
            db.execute("DELETE FROM windows WHERE trip_id = ? AND contact_id = ?", [trip_id, kept])
            db.table("candidates").delete((trip_id, kept))


def rename_in_plans(db: Database, gone: str, kept: str) -> list[list[str]]:
    """Let saved plans that meet the one merged away meet the one kept; trips and times of those plans.

    A plan that knows both stays as it is: it is out of date, and which of two meetings holds is for a new one to say.
    """
    renamed = []
    for row in list(db.query("SELECT * FROM plans")):
        if json.dumps(gone) in row["document"] and json.dumps(kept) not in row["document"]:
            _rename(db, row, gone, kept)
            renamed.append([row["trip_id"], row["planned_at"]])
    return renamed


def rename_back(db: Database, plans: list[list[str]], gone: str, kept: str) -> None:
    """The reverse, for the plans that are still the same."""
    for trip_id, planned_at in plans:
        for row in list(db.query("SELECT * FROM plans WHERE trip_id = ? AND planned_at = ?", [trip_id, planned_at])):
            _rename(db, row, kept, gone)


def _rename(db: Database, row: Row, old: str, new: str) -> None:
    document = row["document"].replace(json.dumps(old), json.dumps(new))
    db.table("plans").update(row["trip_id"], {"document": document})


def _place(db: Database, trip_id: str, contact_id: str) -> Place | None:
    found = db.query("SELECT * FROM candidates WHERE trip_id = ? AND contact_id = ?", [trip_id, contact_id])
    for row in found:
        windows = db.query(
            "SELECT position, start, end FROM windows WHERE trip_id = ? AND contact_id = ? ORDER BY position",
            [trip_id, contact_id],
        )
        whose = {"trip_id", "contact_id"}
        return {**{name: row[name] for name in row if name not in whose}, "windows": list(windows)}
    return None


def _save(db: Database, trip_id: str, contact_id: str, place: Place) -> None:
    """Keep a place as that of a contact, in the place of theirs."""
    whose = {"trip_id": trip_id, "contact_id": contact_id}
    columns = {name: value for name, value in place.items() if name != "windows"}
    db.table("candidates").upsert({**whose, **columns}, pk=("trip_id", "contact_id"))
    db.execute("DELETE FROM windows WHERE trip_id = ? AND contact_id = ?", [trip_id, contact_id])
    db.table("windows").insert_all({**whose, **window} for window in place["windows"])


def _close(db: Database, trip_id: str, contact_id: str, at: str) -> list[str]:
    """Close the open offers of a contact on a trip; their ids."""
    still_open = "trip_id = ? AND contact_id = ? AND closed_at IS NULL"
    found = [row["id"] for row in db.table("offers").rows_where(still_open, [trip_id, contact_id])]
    for offer_id in found:
        db.table("offers").update(offer_id, {"closed_at": at})
    return found

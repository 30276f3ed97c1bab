"""Reading and writing trips, their candidates and plans, on a given connection."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from iiplan.errors import NotFoundError
from iiplan.model import Candidate, Offer, SavedPlan, Trip
from iiplan.store import trip_rows as rows
from iiplan.store.people import merged_ids, require_unmerged
from iiplan.store.values import Row, moment

__all__ = [
    "candidates",
    "delete_trip",
    "offers",
    "plan",
    "remove_candidate",
    "removed_candidates",
    "require_trip",
    "restore_trip",
    "save_candidates",
    "save_offer",
    "save_plan",
    "save_trip",
    "trip",
    "trips",
]


def trips(db: Database, *, deleted: bool) -> tuple[Trip, ...]:
    """The trips that are (not) deleted, by first day, name and id."""
    days = {
        trip_id: list(group)
        for trip_id, group in groupby(
            db.query("SELECT * FROM trip_days ORDER BY trip_id, date"), key=lambda row: row["trip_id"]
        )
    }
    found = db.query("SELECT * FROM trips WHERE (deleted_at IS NOT NULL) = ?", [int(deleted)])
    return tuple(
        sorted(
            (rows.trip_of(row, days.get(row["id"], [])) for row in found),
            key=lambda trip: (trip.first_day, trip.name.casefold(), trip.id),
        )
    )


def trip(db: Database, trip_id: str) -> Trip:
    """One trip that is not deleted."""
    row = require_trip(db, trip_id)
    if row["deleted_at"] is not None:
        raise NotFoundError(f"The trip {row['name']} has been deleted. Restore it to see it again.")
    return rows.trip_of(row, list(db.query("SELECT * FROM trip_days WHERE trip_id = ? ORDER BY date", [trip_id])))


def save_trip(db: Database, trip: Trip) -> None:
    """Insert or update, days included. Candidates keep their hours as instants. A deleted trip stays deleted."""
    db.table("trips").upsert(rows.trip_row(trip), pk="id")
    db.execute("DELETE FROM trip_days WHERE trip_id = ?", [trip.id])
    db.table("trip_days").insert_all(rows.trip_day_rows(trip))
    found, windows = _candidate_rows(db, trip.id)
    for row in found:
        candidate = rows.candidate_of(row, windows.get(row["contact_id"], []), ZoneInfo("UTC"))
        rows.candidate_row(candidate, row["position"], trip.zone)  # these two refuse hours that
        rows.window_rows(candidate, trip.zone)  # another zone could not show


def delete_trip(db: Database, trip_id: str, at: datetime) -> None:
    """Mark as deleted; the first date stays when it already was."""
    require_trip(db, trip_id)
    db.execute(
        "UPDATE trips SET deleted_at = coalesce(deleted_at, ?) WHERE id = ?",
        [moment(at, "The time of deleting"), trip_id],
    )


def restore_trip(db: Database, trip_id: str) -> None:
    """Take a deletion back."""
    require_trip(db, trip_id)
    db.table("trips").update(trip_id, {"deleted_at": None})


def candidates(db: Database, trip_id: str) -> tuple[Candidate, ...]:
    """Whom the trip would meet, in the order first added; removed ones and deleted contacts left out."""
    zone = ZoneInfo(require_trip(db, trip_id)["timezone"])
    found, windows = _candidate_rows(db, trip_id)
    return tuple(
        rows.candidate_of(row, windows.get(row["contact_id"], []), zone)
        for row in found
        if row["removed_at"] is None and row["contact_deleted_at"] is None and row["merged_into"] is None
    )


def removed_candidates(db: Database, trip_id: str) -> tuple[Candidate, ...]:
    """What was typed about those who were taken off the trip."""
    zone = ZoneInfo(require_trip(db, trip_id)["timezone"])
    found, windows = _candidate_rows(db, trip_id)
    return tuple(
        rows.candidate_of(row, windows.get(row["contact_id"], []), zone)
        for row in found
        if row["removed_at"] is not None and row["merged_into"] is None
    )


def save_candidates(db: Database, given: Iterable[Candidate]) -> None:
    """Insert or update, windows included; one that was removed comes back at its old position."""
    for candidate in given:
        zone = ZoneInfo(require_trip(db, candidate.trip_id)["timezone"])
        require_unmerged(db, candidate.contact_id)
        key = [candidate.trip_id, candidate.contact_id]
        (found,) = db.query(
            "SELECT coalesce(max(position) FILTER (WHERE contact_id = ?), max(position) + 1, 0) AS position "
            "FROM candidates WHERE trip_id = ?",
            [candidate.contact_id, candidate.trip_id],
        )
        db.table("candidates").upsert(
            rows.candidate_row(candidate, found["position"], zone), pk=("trip_id", "contact_id")
        )
        db.execute("DELETE FROM windows WHERE trip_id = ? AND contact_id = ?", key)
        db.table("windows").insert_all(rows.window_rows(candidate, zone))


def remove_candidate(db: Database, trip_id: str, contact_id: str, at: datetime) -> None:
    """Take somebody off the trip; what was typed stays. The first date stays when they already were."""
    if contact_id in merged_ids(db):
        require_unmerged(db, contact_id)
    changed = db.execute(
        "UPDATE candidates SET removed_at = coalesce(removed_at, ?) WHERE trip_id = ? AND contact_id = ?",
        [moment(at, "The time of removing"), trip_id, contact_id],
    )
    if changed.rowcount == 0:
        raise NotFoundError(
            f"No candidate '{contact_id}' on the trip '{trip_id}'. Choose one from the trip's list of candidates."
        )


def offers(db: Database, trip_id: str) -> tuple[Offer, ...]:
    """Every offer ever made on the trip, in the order made; times in the trip's zone."""
    zone = ZoneInfo(require_trip(db, trip_id)["timezone"])
    found = db.query("SELECT * FROM offers WHERE trip_id = ? ORDER BY made_at, rowid", [trip_id])
    return tuple(rows.offer_of(row, zone) for row in found)


def save_offer(db: Database, offer: Offer) -> None:
    """Insert or update one offer."""
    offer = replace(offer, contact_id=merged_ids(db).get(offer.contact_id, offer.contact_id))
    known = "SELECT 1 AS one FROM candidates WHERE trip_id = ? AND contact_id = ?"
    if not list(db.query(known, [offer.trip_id, offer.contact_id])):
        raise NotFoundError(f"No candidate '{offer.contact_id}' on the trip '{offer.trip_id}'. Add them to it first.")
    db.table("offers").upsert(rows.offer_row(offer), pk="id")


def plan(db: Database, trip_id: str) -> SavedPlan | None:
    """The trip's plan, or None before the first."""
    found = db.query("SELECT * FROM plans WHERE trip_id = ?", [trip_id])
    return next(map(rows.plan_of, found), None)


def save_plan(db: Database, plan: SavedPlan) -> None:
    """Keep the plan in the place of the trip's earlier one."""
    require_trip(db, plan.trip_id)
    db.table("plans").upsert(rows.plan_row(plan), pk="trip_id")


def require_trip(db: Database, trip_id: str) -> Row:
    """The row of a trip, deleted or not."""
    for row in db.query("SELECT * FROM trips WHERE id = ?", [trip_id]):
        return row
    known = [row["id"] for row in db.query("SELECT id FROM trips WHERE deleted_at IS NULL ORDER BY id")]
    listed = f"Known trips: {', '.join(known)}." if known else "There is no trip yet; make one first."
    raise NotFoundError(f"No trip '{trip_id}'. {listed}")


def _candidate_rows(db: Database, trip_id: str) -> tuple[list[Row], dict[str, list[Row]]]:
    """All candidates the trip ever had, in the order first added, and the windows of each by contact id."""
    windows = groupby(
        db.query("SELECT * FROM windows WHERE trip_id = ? ORDER BY contact_id, position", [trip_id]),
        key=lambda row: str(row["contact_id"]),
    )
    candidates = db.query(
        "SELECT candidates.*, contacts.deleted_at AS contact_deleted_at, contacts.merged_into "
        "FROM candidates JOIN contacts ON contacts.id = candidates.contact_id "
        "WHERE candidates.trip_id = ? ORDER BY candidates.position",
        [trip_id],
    )
    return list(candidates), {contact_id: list(group) for contact_id, group in windows}

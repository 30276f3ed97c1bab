"""Two contacts made one, and two again; and pairs who were said to be two.

The touches of the one merged away stay as they are logged and are read as those of the one kept. All else that names
a contact is moved to the one kept. Each merge keeps a record of what it changed, so that undoing it changes exactly
that back, and leaves alone what has been changed by others since.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from sqlite_utils import Database

from iiplan.errors import InputError, NotFoundError
from iiplan.model import Contact, Merge
from iiplan.store import merged_trips, people
from iiplan.store.base import StoreBase
from iiplan.store.people_rows import LISTS
from iiplan.store.values import Row, instant, json_text, moment, reading, storable

__all__ = ["MOVED", "MergesStore"]

MOVED: Final = (  # table and column of what is moved to the one kept; all have an id
    ("contacts", "referred_by"),
    ("contacts", "merged_into"),
    ("offers", "contact_id"),
    ("planned_questions", "contact_id"),
    ("research", "contact_id"),
    ("debriefs", "contact_id"),
    ("insights", "contact_id"),
)


class MergesStore(StoreBase):
    """The part of the store for people who were entered twice."""

    def merges(self) -> tuple[Merge, ...]:
        """The merges in force, the latest first; times in UTC."""
        with self._reading() as db:
            found = db.query(
                "SELECT merges.*, kept.name AS kept_name, gone.name AS gone_name FROM merges "
                "JOIN contacts AS kept ON kept.id = kept_id JOIN contacts AS gone ON gone.id = gone_id "
                "WHERE undone_at IS NULL ORDER BY number DESC"
            )
            return tuple(map(_merge_of, found))

    def merge_contacts(self, merge: Merge, merged: Contact, taking: Collection[str] = ()) -> None:
        """Make the contact ``merge.gone_id`` a part of ``merge.kept_id``, who is ``merged`` from now on.

        Where only the one merged away is on a trip, the one kept takes their place with all that was typed; where
        both are, the trips in ``taking`` (ids) take over that of the one merged away, the others leave it. Hours
        offered to the one whose place is left are held no longer. ``NotFoundError`` when one of the two is unknown,
        deleted or merged already.
        """
        if merged.id != merge.kept_id:
            raise InputError(f"The merged contact has the id '{merged.id}' and should have that of the one kept.")
        at = moment(merge.at, "The time of merging")
        with self._writing() as db:
            people.contact(db, merge.gone_id)
            people.contact(db, merge.kept_id)
            before = _contact_row(db, merge.kept_id)
            people.save_contacts(db, [merged])
            places, closed = merged_trips.merge(db, merge.kept_id, merge.gone_id, taking, at)
            moved = _move(db, merge.kept_id, merge.gone_id)
            plans = merged_trips.rename_in_plans(db, merge.gone_id, merge.kept_id)
            db.table("contacts").update(merge.gone_id, {"merged_into": merge.kept_id})
            db.execute("UPDATE contacts SET referred_by = NULL WHERE id = referred_by")
            after = _contact_row(db, merge.kept_id)
            changed = {
                "contact": {name: [before[name], after[name]] for name in after if before[name] != after[name]},
                "moved": moved,
                "places": places,
                "closed": closed,
                "plans": plans,
            }
            row = {"id": merge.id, "kept_id": merge.kept_id, "gone_id": merge.gone_id, "at": at}
            db.table("merges").insert(storable({**row, "changed": json_text(changed)}))

    def undo_merge(self, merge_id: str, at: datetime) -> None:
        """Make two of the one again, as they were; what was changed or logged since stays with the one kept.

        ``NotFoundError`` for a merge that is unknown or undone already, ``InputError`` while the one kept is merged
        into somebody else.
        """
        stamp = moment(at, "The time of undoing")
        with self._writing() as db:
            row = _in_force(db, merge_id)
            kept, gone = row["kept_id"], row["gone_id"]
            changed = json.loads(row["changed"])
            db.table("contacts").update(gone, {"merged_into": None})
            _move_back(db, changed["moved"], kept, gone)
            merged_trips.undo(db, changed["places"], changed["closed"], kept, row["at"])
            merged_trips.rename_back(db, changed["plans"], gone, kept)
            _change_back(db, kept, changed["contact"])
            db.table("merges").update(row["number"], {"undone_at": stamp})

    def distinct_pairs(self) -> frozenset[frozenset[str]]:
        """Pairs of ids who were said to be two people; of those merged since, the ids of whom they are now."""
        with self._reading() as db:
            now = people.merged_ids(db)
            found = db.query("SELECT one, other FROM distinct_people")
            pairs = (frozenset(now.get(one, one) for one in (row["one"], row["other"])) for row in found)
            return frozenset(pair for pair in pairs if len(pair) == 2)

    def save_distinct(self, one: str, other: str, at: datetime) -> None:
        """Remember that two contacts are two people. ``NotFoundError`` for an unknown one."""
        with self._writing() as db:
            first, second = sorted((people.require_contact(db, one), people.require_contact(db, other)))
            if first == second:
                raise InputError("These two have been merged. Undo the merge first.")
            row = {"one": first, "other": second, "at": moment(at, "The time of telling apart")}
            db.table("distinct_people").insert(row, ignore=True)

    def forget_distinct(self, one: str, other: str) -> None:
        """Take that back; nothing happens when it was not said."""
        with self._writing() as db:
            now = people.merged_ids(db)
            wanted = {now.get(one, one), now.get(other, other)}
            for row in list(db.query("SELECT one, other FROM distinct_people")):
                if {now.get(row["one"], row["one"]), now.get(row["other"], row["other"])} == wanted:
                    db.table("distinct_people").delete((row["one"], row["other"]))


def _move(db: Database, kept: str, gone: str) -> dict[str, list[str]]:
    """Let everything that names ``gone`` name ``kept``; the ids of what was moved, by table and column."""
    moved = {}
    for table, column in MOVED:
        ids = [row["id"] for row in db.table(table).rows_where(f"{column} = ?", [gone], select="id")]
        for row_id in ids:
            db.table(table).update(row_id, {column: kept})
        moved[f"{table}.{column}"] = ids
    return moved


def _move_back(db: Database, moved: dict[str, list[str]], kept: str, gone: str) -> None:
    """The reverse of ``_move``, but for what names somebody else since."""
    for table, column in MOVED:
        for row_id in moved.get(f"{table}.{column}", ()):
            if db.table(table).count_where(f"id = ? AND {column} = ?", [row_id, kept]):
                db.table(table).update(row_id, {column: gone})


def _change_back(db: Database, kept: str, changed: dict[str, list[Any]]) -> None:
    """Give the columns back that the merge changed and nobody since; of lists, what the merge added goes."""
    row = _contact_row(db, kept)
    back = {}
    for name, (before, after) in changed.items():
        if row.get(name) == after:
            back[name] = before
        elif name in LISTS:
            old, new = json.loads(before), json.loads(after)
            left = [text for text in json.loads(row[name]) if text in old or text not in new]
            back[name] = json_text([*left, *(text for text in old if text not in left and text not in new)])
    if back:
        db.table("contacts").update(kept, back)


def _contact_row(db: Database, contact_id: str) -> Row:
    """What is kept about a contact but for its being deleted or merged."""
    (row,) = db.query("SELECT * FROM contacts WHERE id = ?", [contact_id])
    return {name: value for name, value in row.items() if name not in {"deleted_at", "merged_into"}}


def _in_force(db: Database, merge_id: str) -> Row:
    """The row of a merge that can be undone."""
    for row in db.query(
        "SELECT merges.*, kept.name AS kept_name, now.name AS now_name FROM merges JOIN contacts AS kept "
        "ON kept.id = kept_id LEFT JOIN contacts AS now ON now.id = kept.merged_into WHERE merges.id = ?",
        [merge_id],
    ):
        if row["undone_at"] is not None:
            raise NotFoundError("This merge has been undone already. Reload the page to see both people.")
        if row["now_name"] is not None:
            raise InputError(f"{row['kept_name']} has since been merged into {row['now_name']}. Undo that merge first.")
        return row
    raise NotFoundError(f"No merge '{merge_id}'. Choose one from the list of merged people.")


def _merge_of(row: Row) -> Merge:
    with reading(f"a merge ({row['id']})"):
        return Merge(
            id=row["id"],
            kept_id=row["kept_id"],
            kept_name=row["kept_name"],
            gone_id=row["gone_id"],
            gone_name=row["gone_name"],
            at=instant(row["at"]),
        )

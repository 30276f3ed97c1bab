"""Imports of files of people, kept so that each can be taken back as a whole."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from iiplan.errors import NotFoundError
from iiplan.model import Brought, Import, ImportedFile
from iiplan.store.base import StoreBase
from iiplan.store.values import Row, instant, json_text, moment, reading, storable

__all__ = ["ImportStore"]


class ImportStore(StoreBase):
    """The imports, and what each brought to whom."""

    def imports(self) -> tuple[Import, ...]:
        """Every import, the latest first, undone ones included; times in UTC."""
        with self._reading() as db:
            return tuple(map(_import_of, db.query("SELECT * FROM imports ORDER BY number DESC")))

    def one_import(self, import_id: str) -> Import:
        """One import; ``NotFoundError`` when unknown."""
        with self._reading() as db:
            for row in db.query("SELECT * FROM imports WHERE id = ?", [import_id]):
                return _import_of(row)
        raise NotFoundError(f"No import '{import_id}'. Choose one from the list of imports.")

    def save_import(self, given: Import, brought: Iterable[Brought]) -> None:
        """Keep an import with what it brought; its contacts are saved before. Its id must be new."""
        with self._writing() as db:
            (row,) = db.query("SELECT coalesce(max(number), 0) + 1 AS next FROM imports")
            db.table("imports").insert(
                storable(
                    {
                        "id": given.id,
                        "number": row["next"],
                        "at": moment(given.at, "The time of the import"),
                        "files": json_text([{"name": one.name, "kind": one.kind} for one in given.files]),
                        "new": given.new,
                        "updated": given.updated,
                        "known": given.known,
                        "rejected": given.rejected,
                        "undone_at": moment(given.undone_at, "The time of undoing") if given.undone_at else None,
                    }
                )
            )
            db.table("imported").insert_all(
                {
                    "import_id": given.id,
                    "contact_id": one.contact_id,
                    "before": None if one.before is None else json_text(one.before),
                    "after": json_text(one.after),
                }
                for one in brought
            )

    def brought(self, import_id: str) -> tuple[Brought, ...]:
        """What an import brought, in the order it did."""
        with self._reading() as db:
            found = db.query("SELECT * FROM imported WHERE import_id = ? ORDER BY rowid", [import_id])
            return tuple(map(_brought_of, found))

    def mark_undone(self, import_id: str, at: datetime) -> None:
        """Remember that an import was taken back."""
        with self._writing() as db:
            db.table("imports").update(import_id, {"undone_at": moment(at, "The time of undoing")})

    def delete_contacts(self, contact_ids: Iterable[str], at: datetime) -> None:
        """Hide many contacts at once; nothing is lost. Who is deleted already stays so since then."""
        with self._writing() as db:
            stamp = moment(at, "The time of deleting")
            db.conn.executemany(
                "UPDATE contacts SET deleted_at = coalesce(deleted_at, ?) WHERE id = ?",
                [(stamp, contact_id) for contact_id in contact_ids],
            )

    def in_use(self) -> frozenset[str]:
        """Ids of the contacts that something else rests on: a touch, a place on a trip, a referral, an introduction.

        So does somebody who was merged into them.
        """
        with self._reading() as db:
            found = db.query(
                "SELECT contact_id AS id FROM touches UNION SELECT through FROM touches WHERE through IS NOT NULL "
                "UNION SELECT contact_id FROM candidates "
                "UNION SELECT referred_by FROM contacts WHERE referred_by IS NOT NULL AND deleted_at IS NULL "
                "UNION SELECT merged_into FROM contacts WHERE merged_into IS NOT NULL"
            )
            return frozenset(row["id"] for row in found)


def _import_of(row: Row) -> Import:
    with reading(f"an import ({row['id']})"):
        return Import(
            id=row["id"],
            at=instant(row["at"]),
            files=tuple(ImportedFile(name=one["name"], kind=one["kind"]) for one in json.loads(row["files"])),
            new=row["new"],
            updated=row["updated"],
            known=row["known"],
            rejected=row["rejected"],
            undone_at=instant(row["undone_at"]) if row["undone_at"] is not None else None,
        )


def _brought_of(row: Row) -> Brought:
    with reading(f"what an import brought ({row['import_id']})"):
        before = None if row["before"] is None else json.loads(row["before"])
        return Brought(contact_id=row["contact_id"], before=before, after=json.loads(row["after"]))

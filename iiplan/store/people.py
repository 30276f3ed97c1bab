"""Reading and writing organisations, contacts and the log of touches, on a connection that is given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from sqlite_utils import Database

from iiplan.errors import InputError, NotFoundError
from iiplan.model import Contact, Organisation, Touch
from iiplan.store import people_rows as rows
from iiplan.store.values import Row, folded, moment

__all__ = [
    "add_touches",
    "contact",
    "contacts",
    "delete_contact",
    "merged_ids",
    "organisations",
    "require_contact",
    "require_unmerged",
    "restore_contact",
    "save_contacts",
    "save_organisation",
    "touches",
]

_CONTACTS = """
SELECT contacts.*, organisations.name AS organisation
FROM contacts LEFT JOIN organisations ON organisations.id = contacts.organisation_id
"""


def contacts(db: Database, *, deleted: bool) -> tuple[Contact, ...]:
    """The contacts that are (not) deleted, by name, then id; those merged into others left out."""
    found = db.query(
        _CONTACTS + "WHERE contacts.merged_into IS NULL AND (contacts.deleted_at IS NOT NULL) = ?", [int(deleted)]
    )
    return tuple(sorted(map(rows.contact_of, found), key=lambda contact: (contact.name.casefold(), contact.id)))


def contact(db: Database, contact_id: str) -> Contact:
    """One contact that is neither deleted nor merged into another."""
    for row in db.query(_CONTACTS + "WHERE contacts.id = ?", [contact_id]):
        if row["merged_into"] is not None:
            raise _merged(db, contact_id)
        if row["deleted_at"] is not None:
            raise NotFoundError(f"{row['name']} has been deleted. Restore them to see them again.")
        return rows.contact_of(row)
    raise _no_contact(contact_id)


def save_contacts(db: Database, given: Sequence[Contact]) -> None:
    """Insert or update; organisations are found by name or made. A deleted contact stays deleted."""
    organisation_ids = {row["folded_name"]: row["id"] for row in db.query("SELECT id, folded_name FROM organisations")}
    for contact in given:
        name = contact.organisation.strip()
        if name and folded(name) not in organisation_ids:
            made = Organisation(id=uuid4().hex, name=name)
            db.table("organisations").insert(rows.organisation_row(made))
            organisation_ids[folded(name)] = made.id
    now = merged_ids(db)
    given = [
        replace(one, referred_by=_somebody_else(now.get(one.referred_by or "", one.referred_by), one.id))
        for one in given
    ]
    db.table("contacts").upsert_all(
        [rows.contact_row(contact, organisation_ids.get(folded(contact.organisation))) for contact in given],
        pk="id",
    )
    for contact in given:
        if contact.referred_by is not None and not _has(db, "contacts", contact.referred_by):
            raise InputError(
                f"{contact.name} is said to be referred by '{contact.referred_by}', who is not among the contacts. "
                "Add that person first, or choose somebody else."
            )


def delete_contact(db: Database, contact_id: str, at: datetime) -> None:
    """Mark as deleted; the first date stays when it already was."""
    require_unmerged(db, contact_id)
    db.execute(
        "UPDATE contacts SET deleted_at = coalesce(deleted_at, ?) WHERE id = ?",
        [moment(at, "The time of deleting"), contact_id],
    )


def restore_contact(db: Database, contact_id: str) -> None:
    """Take a deletion back."""
    require_contact(db, contact_id)
    db.table("contacts").update(contact_id, {"deleted_at": None})


def organisations(db: Database) -> tuple[Organisation, ...]:
    """All organisations by name, then id."""
    found = map(rows.organisation_of, db.query("SELECT * FROM organisations"))
    return tuple(sorted(found, key=lambda organisation: (organisation.name.casefold(), organisation.id)))


def save_organisation(db: Database, organisation: Organisation) -> None:
    """Insert or update by id; its name must not be another organisation's."""
    row = rows.organisation_row(organisation)
    for other in db.query(
        "SELECT name FROM organisations WHERE folded_name = ? AND id <> ?", [row["folded_name"], row["id"]]
    ):
        raise InputError(f"There is already an organisation called {other['name']}. Choose another name.")
    db.table("organisations").upsert(row, pk="id")


def touches(db: Database, contact_id: str | None) -> tuple[Touch, ...]:
    """The log of one contact or of all, by time, then in the order logged; deleted contacts left out.

    What was logged about somebody merged into another is the log of the one kept.
    """
    found = db.query(
        "SELECT touches.*, who.id AS now_id FROM touches JOIN contacts AS named ON named.id = touches.contact_id "
        "JOIN contacts AS who ON who.id = coalesce(named.merged_into, named.id) "
        "WHERE who.deleted_at IS NULL AND (:contact IS NULL OR who.id = :contact) "
        "ORDER BY touches.at, touches.number",
        {"contact": contact_id},
    )
    now = merged_ids(db)
    return tuple(rows.touch_of(_about(row, row["now_id"], now)) for row in found)


def add_touches(db: Database, given: Iterable[Touch]) -> None:
    """Append to the log in the order given."""
    for touch in given:
        contact_id = require_contact(db, touch.contact_id)
        if touch.trip_id is not None and not _has(db, "trips", touch.trip_id):
            raise NotFoundError(f"No trip '{touch.trip_id}' to log a touch for. Choose another trip, or none.")
        if touch.through is not None and not _has(db, "contacts", touch.through):
            raise NotFoundError(f"No contact '{touch.through}' to be introduced by. Choose somebody else, or nobody.")
        if _has(db, "touches", touch.id):
            raise InputError(f"A touch '{touch.id}' is already in the log. Give the new one an id of its own.")
        if touch.voids is not None:
            contact_id = _logged_about(db, touch.voids, contact_id)
        db.table("touches").insert({**rows.touch_row(touch), "contact_id": contact_id})


def require_contact(db: Database, contact_id: str) -> str:
    """The id to save things about a contact under: their own, or that of whom they were merged into.

    Refuses an id that no contact has, deleted or not.
    """
    for row in db.query("SELECT coalesce(merged_into, id) AS now_id FROM contacts WHERE id = ?", [contact_id]):
        return str(row["now_id"])
    raise _no_contact(contact_id)


def require_unmerged(db: Database, contact_id: str) -> None:
    """Refuse an id that no contact has, deleted or not, and that of a contact merged into another."""
    if require_contact(db, contact_id) != contact_id:
        raise _merged(db, contact_id)


def merged_ids(db: Database) -> dict[str, str]:
    """Everybody merged into another, with the one kept."""
    found = db.query("SELECT id, merged_into FROM contacts WHERE merged_into IS NOT NULL")
    return {row["id"]: row["merged_into"] for row in found}


def _logged_about(db: Database, touch_id: str, contact_id: str) -> str:
    """Under whose id a touch in a contact's log was logged: theirs, or that of somebody merged into them."""
    for row in db.query("SELECT contact_id FROM touches WHERE id = ?", [touch_id]):
        if require_contact(db, row["contact_id"]) == contact_id:
            return str(row["contact_id"])
    raise InputError(
        f"The touch '{touch_id}' cannot be taken back: it is not in this contact's log. Choose one that is."
    )


def _about(row: Row, contact_id: str, now: Mapping[str, str]) -> Row:
    """The row of a touch as it reads with everybody merged: a contact never introduces themselves."""
    through = now.get(row["through"] or "", row["through"])
    return {**row, "contact_id": contact_id, "through": _somebody_else(through, contact_id)}


def _somebody_else(named: str | None, contact_id: str) -> str | None:
    return None if named == contact_id else named


def _merged(db: Database, contact_id: str) -> NotFoundError:
    (row,) = db.query(
        "SELECT gone.name AS gone, kept.name AS kept FROM contacts AS gone JOIN contacts AS kept "
        "ON kept.id = gone.merged_into WHERE gone.id = ?",
        [contact_id],
    )
    return NotFoundError(f"{row['gone']} has been merged into {row['kept']}. Open {row['kept']}, or undo the merge.")


def _has(db: Database, table: str, row_id: str) -> bool:
    return db.table(table).count_where("id = ?", [row_id]) > 0


def _no_contact(contact_id: str) -> NotFoundError:
    return NotFoundError(f"No contact '{contact_id}'. Choose one from the list of contacts.")

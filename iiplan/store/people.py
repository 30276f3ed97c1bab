"""Reading and writing organisations, contacts and the log of touches, on a connection that is given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import uuid4

from sqlite_utils import Database

from iiplan.errors import InputError, NotFoundError
from iiplan.model import Contact, Organisation, Touch
from iiplan.store import people_rows as rows
from iiplan.store.values import folded, moment

__all__ = [
    "add_touches",
    "contact",
    "contacts",
    "delete_contact",
    "organisations",
    "require_contact",
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
    """The contacts that are (not) deleted, by name, then id."""
    found = db.query(_CONTACTS + "WHERE (contacts.deleted_at IS NOT NULL) = ?", [int(deleted)])
    return tuple(sorted(map(rows.contact_of, found), key=lambda contact: (contact.name.casefold(), contact.id)))


def contact(db: Database, contact_id: str) -> Contact:
    """One contact that is not deleted."""
    for row in db.query(_CONTACTS + "WHERE contacts.id = ?", [contact_id]):
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
    require_contact(db, contact_id)
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
    """The log of one contact or of all, by time, then in the order logged; deleted contacts left out."""
    found = db.query(
        "SELECT touches.* FROM touches JOIN contacts ON contacts.id = touches.contact_id "
        "WHERE contacts.deleted_at IS NULL AND (:contact IS NULL OR touches.contact_id = :contact) "
        "ORDER BY touches.at, touches.number",
        {"contact": contact_id},
    )
    return tuple(map(rows.touch_of, found))


def add_touches(db: Database, given: Iterable[Touch]) -> None:
    """Append to the log in the order given."""
    for touch in given:
        require_contact(db, touch.contact_id)
        if touch.trip_id is not None and not _has(db, "trips", touch.trip_id):
            raise NotFoundError(f"No trip '{touch.trip_id}' to log a touch for. Choose another trip, or none.")
        if touch.through is not None and not _has(db, "contacts", touch.through):
            raise NotFoundError(f"No contact '{touch.through}' to be introduced by. Choose somebody else, or nobody.")
        if _has(db, "touches", touch.id):
            raise InputError(f"A touch '{touch.id}' is already in the log. Give the new one an id of its own.")
        if touch.voids is not None and not db.table("touches").count_where(
            "id = ? AND contact_id = ?", [touch.voids, touch.contact_id]
        ):
            raise InputError(
                f"The touch '{touch.voids}' cannot be taken back: it is not in this contact's log. Choose one that is."
            )
        db.table("touches").insert(rows.touch_row(touch))


def require_contact(db: Database, contact_id: str) -> None:
    """Refuse an id that no contact has, deleted or not."""
    if not _has(db, "contacts", contact_id):
        raise _no_contact(contact_id)


def _has(db: Database, table: str, row_id: str) -> bool:
    return db.table(table).count_where("id = ?", [row_id]) > 0


def _no_contact(contact_id: str) -> NotFoundError:
    return NotFoundError(f"No contact '{contact_id}'. Choose one from the list of contacts.")

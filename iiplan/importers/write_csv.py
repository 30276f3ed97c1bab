"""Everybody as a table that any spreadsheet or address book opens, and that reads back without loss."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from iiplan.importers.spreadsheet import csv_file, joined
from iiplan.model import Contact

__all__ = ["HEADINGS", "contacts_csv"]

HEADINGS = (
    "Name",
    "Role",
    "Organisation",
    "City",
    "E-mail",
    "Further e-mails",
    "Phone",
    "Further phones",
    "Address",
    "Profile",
    "Further links",
    "Tags",
    "Source",
    "Authority",
    "Referred by",
    "Fit",
    "Closeness",
    "Keen",
    "Worth",
    "Time zone",
    "Place",
    "Place address",
    "Latitude",
    "Longitude",
    "Place origin",
    "Place within metres",
    "Notes",
    "ID",
    "Referred by ID",
)


def contacts_csv(contacts: Iterable[Contact]) -> bytes:
    """A row for each contact, every field of it; 'Referred by' has the name of who did, where they are among these."""
    known = tuple(contacts)
    names = {contact.id: contact.name for contact in known}
    cells = (_cells(contact, names) for contact in known)
    return csv_file(HEADINGS, ([row[heading] for heading in HEADINGS] for row in cells))


def _cells(contact: Contact, names: Mapping[str, str]) -> dict[str, object]:
    place = contact.place
    latitude, longitude = place.at.as_pair if place is not None else (None, None)
    return {
        "Name": contact.name,
        "Role": contact.role,
        "Organisation": contact.organisation,
        "City": contact.city,
        "E-mail": contact.email,
        "Further e-mails": joined(contact.other_emails),
        "Phone": contact.phone,
        "Further phones": joined(contact.other_phones),
        "Address": contact.address,
        "Profile": contact.profile_url,
        "Further links": " ".join(contact.links),
        "Tags": joined(contact.tags),
        "Source": contact.source.value,
        "Authority": contact.authority.value,
        "Referred by": names.get(contact.referred_by or "", ""),
        "Fit": contact.fit,
        "Closeness": contact.closeness,
        "Keen": contact.keen,
        "Worth": contact.worth,
        "Time zone": contact.timezone,
        "Place": place.name if place else "",
        "Place address": place.address if place else "",
        "Latitude": latitude,
        "Longitude": longitude,
        "Place origin": place.origin.value if place else "",
        "Place within metres": place.within_m if place else None,
        "Notes": contact.notes,
        "ID": contact.id,
        "Referred by ID": contact.referred_by or "",
    }

"""Rows of organisations, contacts and touches, and the nouns they stand for; pure."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from zoneinfo import ZoneInfo

from iiplan.model import Authority, Channel, Contact, Organisation, Source, Touch, TouchKind
from iiplan.store.values import Row, folded, instant, json_text, moment, place_json, place_of, reading, storable

__all__ = ["LISTS", "contact_of", "contact_row", "organisation_of", "organisation_row", "touch_of", "touch_row"]

LISTS = ("other_emails", "other_phones", "links", "tags")  # columns that hold a JSON list of texts


def organisation_row(organisation: Organisation) -> Row:
    """The columns of ``organisations``; the name without blanks around it."""
    name = organisation.name.strip()
    return storable({**asdict(organisation), "name": name, "folded_name": folded(name)})


def organisation_of(row: Row) -> Organisation:
    """An organisation from its row."""
    with reading(f"an organisation ({row['id']})"):
        return Organisation(id=row["id"], name=row["name"], website=row["website"], notes=row["notes"])


def contact_row(contact: Contact, organisation_id: str | None) -> Row:
    """The columns of ``contacts`` but for when it was deleted."""
    return storable(
        {
            "id": contact.id,
            "name": contact.name,
            "role": contact.role,
            "organisation_id": organisation_id,
            "city": contact.city,
            "place": place_json(contact.place),
            "email": contact.email,
            "phone": contact.phone,
            "profile_url": contact.profile_url,
            "source": contact.source.value,
            "authority": contact.authority.value,
            "referred_by": contact.referred_by,
            "timezone": contact.timezone,
            "notes": contact.notes,
            "address": contact.address,
            **{name: json_text(getattr(contact, name)) for name in LISTS},
            "fit": contact.fit,
            "closeness": contact.closeness,
            "keen": contact.keen,
            "worth": contact.worth,
        }
    )


def contact_of(row: Row) -> Contact:
    """A contact from its row joined with ``organisation``, its name or None."""
    with reading(f"a contact ({row['id']})"):
        return Contact(
            id=row["id"],
            name=row["name"],
            role=row["role"],
            organisation=row["organisation"] or "",
            city=row["city"],
            place=place_of(row["place"]),
            email=row["email"],
            phone=row["phone"],
            profile_url=row["profile_url"],
            source=Source(row["source"]),
            authority=Authority(row["authority"]),
            referred_by=row["referred_by"],
            timezone=row["timezone"],
            notes=row["notes"],
            address=row["address"],
            **{name: tuple(json.loads(row[name])) for name in LISTS},
            fit=row["fit"],
            closeness=row["closeness"],
            keen=row["keen"],
            worth=row["worth"],
        )


def touch_row(touch: Touch) -> Row:
    """The columns of ``touches`` but for the number, which SQLite gives."""
    return storable(
        {
            "id": touch.id,
            "contact_id": touch.contact_id,
            "kind": touch.kind.value,
            "at": moment(touch.at, "The time of the touch", ZoneInfo(touch.timezone)),
            "timezone": touch.timezone,
            "trip_id": touch.trip_id,
            "channel": touch.channel.value if touch.channel is not None else None,
            "note": touch.note,
            "voids": touch.voids,
            "template": touch.template,
            "through": touch.through,
            "follow_up_on": touch.follow_up_on.isoformat() if touch.follow_up_on is not None else None,
        }
    )


def touch_of(row: Row) -> Touch:
    """A touch from its row, its time in the zone it was logged in."""
    with reading(f"a touch ({row['id']})"):
        return Touch(
            id=row["id"],
            contact_id=row["contact_id"],
            kind=TouchKind(row["kind"]),
            at=instant(row["at"], ZoneInfo(row["timezone"])),
            timezone=row["timezone"],
            trip_id=row["trip_id"],
            channel=Channel(row["channel"]) if row["channel"] is not None else None,
            note=row["note"],
            voids=row["voids"],
            template=row["template"],
            through=row["through"],
            follow_up_on=date.fromisoformat(row["follow_up_on"]) if row["follow_up_on"] is not None else None,
        )

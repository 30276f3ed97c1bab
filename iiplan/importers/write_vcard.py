"""Everybody as vCards 4.0 (RFC 6350), for address books.

What one thinks of people (fit, closeness, keenness, worth, authority, who referred them) stays out: a vCard is made to
be handed on. The CSV file has it all.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from iiplan.model import Contact

__all__ = ["contacts_vcard"]

_MOST_OCTETS: Final = 75  # of a line without its end (RFC 6350, 3.2)

# Line ends of any kind become the one that vCard has; programs that break lines at the rare ones must not see any.
_ESCAPES: Final = str.maketrans(
    {"\\": "\\\\", ",": "\\,", ";": "\\;", **dict.fromkeys("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029", "\\n")}
)


def contacts_vcard(contacts: Iterable[Contact], at: datetime) -> bytes:
    """A card for each contact, one after another; ``at``, aware, is the moment they say they are of."""
    return "".join(_folded(line) for contact in contacts for line in _card(contact, at)).encode()


def _card(contact: Contact, at: datetime) -> Iterable[str]:
    yield "BEGIN:VCARD"
    yield "VERSION:4.0"
    yield f"UID{_uid(contact.id)}"
    yield f"REV:{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"FN:{_text(contact.name)}"
    yield f"N:{_name(contact.name)}"
    yield from (
        f"{name}:{_text(value)}" for name, value in (("ORG", contact.organisation), ("TITLE", contact.role)) if value
    )
    yield from _preferred("EMAIL", (contact.email, *contact.other_emails))
    yield from _preferred("TEL", (contact.phone, *contact.other_phones))
    place = contact.place
    street = contact.address or (place.address if place is not None else "")
    if street or contact.city:
        # Post office box; extension; street; city; region; code; country (RFC 6350, 6.3.1)
        yield f"ADR:;;{_text(street)};{_text(contact.city)};;;"
    if place is not None:
        latitude, longitude = place.at.as_pair
        yield f"GEO:geo:{latitude:.6f},{longitude:.6f}"
    if contact.timezone:
        yield f"TZ:{_text(contact.timezone)}"
    yield from (f"URL:{link}" for link in (contact.profile_url, *contact.links) if link)
    if contact.tags:
        yield f"CATEGORIES:{','.join(map(_text, contact.tags))}"
    if contact.notes:
        yield f"NOTE:{_text(contact.notes)}"
    yield "END:VCARD"


def _uid(contact_id: str) -> str:
    """A URN where the id is a UUID as iiplan makes them, else the id as a text."""
    try:
        if UUID(contact_id).hex == contact_id:
            return f":urn:uuid:{UUID(contact_id)}"
    except ValueError:
        pass
    return f";VALUE=text:{_text(contact_id)}"


def _name(name: str) -> str:
    """Family name; given names; and three parts that are not known. The last word is taken for the family name."""
    given, _, family = name.strip().rpartition(" ")
    return f"{_text(family)};{_text(given.strip())};;;" if given else f";{_text(family)};;;"


def _preferred(name: str, values: Iterable[str]) -> Iterable[str]:
    """A line for each value, the first of them marked as the one to use."""
    for number, value in enumerate(filter(None, values)):
        yield f"{name}{'' if number else ';PREF=1'}:{_text(value)}"


def _text(text: str) -> str:
    return text.replace("\r\n", "\n").translate(_ESCAPES)


def _folded(line: str) -> str:
    """A line with its end, in pieces of at most 75 octets that split no character."""
    pieces, room, piece = [], _MOST_OCTETS, ""
    for character in line:
        octets = len(character.encode())
        if octets > room:
            pieces.append(piece)
            piece, room = "", _MOST_OCTETS - 1  # the blank before each further piece counts
        piece += character
        room -= octets
    return "\r\n ".join((*pieces, piece)) + "\r\n"

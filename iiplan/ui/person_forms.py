"""The boxes of the small forms about one person; each function draws some and gives how to read what was typed.

Reading gives fields of ``Contact`` by name, and InputError for what cannot be read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from iiplan.model import Contact
from iiplan.ui.fields import labelled, place_fields, typed_place
from iiplan.ui.labels import AUTHORITY, SOURCE, zone_names

__all__ = ["Typed", "about_boxes", "notes_boxes", "place_boxes", "reach_boxes"]

Typed = Callable[[], dict[str, object]]


def about_boxes(contact: Contact, names: Mapping[str, str], key: str) -> Typed:
    """Name, role, where, how found, what they decide, and by which zone they live."""
    name = st.text_input("Name", value=contact.name, key=f"{key}-name")
    role = st.text_input("Role", value=contact.role, key=f"{key}-role")
    organisation = st.text_input("Organisation", value=contact.organisation, key=f"{key}-organisation")
    city = st.text_input("City", value=contact.city, key=f"{key}-city")
    source = labelled(st.container(), "How found", SOURCE, contact.source, f"{key}-source")
    authority = labelled(st.container(), "Authority to hire", AUTHORITY, contact.authority, f"{key}-authority")
    others = [other for other in names if other != contact.id]
    referrer = st.selectbox(
        "Referred by",
        others,
        index=others.index(contact.referred_by) if contact.referred_by in others else None,
        format_func=names.__getitem__,
        placeholder="nobody",
        key=f"{key}-referrer",
    )
    zones = ["", *zone_names(contact.timezone or "UTC")]
    timezone = st.selectbox(
        "Time zone they live by",
        zones,
        index=zones.index(contact.timezone),
        format_func=lambda zone: zone or "that of the trip",
        help="Hours you offer them are written in it.",
        key=f"{key}-zone",
    )
    return lambda: {
        "name": " ".join(name.split()),
        "role": role.strip(),
        "organisation": " ".join(organisation.split()),
        "city": " ".join(city.split()),
        "source": source,
        "authority": authority,
        "referred_by": referrer,
        "timezone": timezone,
    }


def reach_boxes(contact: Contact, key: str) -> Typed:
    """E-mail addresses, phone numbers and links, a line each."""
    help = "One a line; the first is used, the others are kept beside it."

    def lines(label: str, first: str, further: Sequence[str], name: str) -> Callable[[], list[str]]:
        shown = "\n".join(one for one in (first, *further) if one)
        typed = st.text_area(label, value=shown, height=90, help=help, key=f"{key}-{name}")
        return lambda: list(dict.fromkeys(line.strip() for line in typed.splitlines() if line.strip()))

    emails = lines("E-mail addresses", contact.email, contact.other_emails, "emails")
    phones = lines("Phone numbers", contact.phone, contact.other_phones, "phones")
    links = lines("Links, their profile first", contact.profile_url, contact.links, "links")

    def values() -> dict[str, object]:
        found: dict[str, object] = {}
        for typed, first, further in (
            (emails(), "email", "other_emails"),
            (phones(), "phone", "other_phones"),
            (links(), "profile_url", "links"),
        ):
            found |= {first: typed[0] if typed else "", further: tuple(typed[1:])}
        return found

    return values


def place_boxes(contact: Contact, key: str) -> Typed:
    """The address for letters, and the place to meet at."""
    envelope = st.text_area("Address for letters", value=contact.address, height=90, key=f"{key}-envelope")
    st.caption("Where you would meet them:")
    address, spot = place_fields(contact.place, key)
    return lambda: {"address": envelope.strip(), "place": typed_place(address, spot, contact.place)}


def notes_boxes(contact: Contact, key: str) -> Typed:
    """Notes, as typed."""
    notes = st.text_area("Notes", value=contact.notes, height=180, key=f"{key}-notes")
    return lambda: {"notes": notes}

"""The form about one person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from iiplan.errors import InputError
from iiplan.model import Contact
from iiplan.planner.workspace import Workspace, new_id
from iiplan.ui import session
from iiplan.ui.fields import labelled, place_fields, typed_place
from iiplan.ui.labels import AUTHORITY, SOURCE, escaped, zone_names

__all__ = ["contact_form"]


def contact_form(ws: Workspace, contact: Contact | None, names: Mapping[str, str]) -> str | None:
    """A form for a new person (None) or one to change; returns the id once saved.

    What was typed stays in the form until it can be saved. ``names`` gives other contacts by id.
    """
    key = session.draft_key(f"form-{contact.id if contact else 'new'}")
    old = contact or Contact(id=new_id(), name="?")
    with st.form(key, clear_on_submit=False, enter_to_submit=False):
        name = st.text_input("Name", value=contact.name if contact else "", key=f"{key}-name")
        left, right = st.columns(2)
        role = left.text_input("Role", value=old.role, key=f"{key}-role")
        organisation = right.text_input("Organisation", value=old.organisation, key=f"{key}-organisation")
        left, right = st.columns(2)  # a row each: on a phone the boxes stack in reading order
        email = left.text_input("E-mail", value=old.email, key=f"{key}-email", placeholder="jo@example.org")
        phone = right.text_input("Phone", value=old.phone, key=f"{key}-phone")
        left, right = st.columns(2)
        profile = left.text_input("Profile link", value=old.profile_url, key=f"{key}-profile", placeholder="https://…")
        city = right.text_input("City", value=old.city, key=f"{key}-city")
        left, right = st.columns(2)
        source = labelled(left, "How found", SOURCE, old.source, f"{key}-source")
        authority = labelled(right, "Authority to hire", AUTHORITY, old.authority, f"{key}-authority")
        others = [other for other in names if other != old.id]
        referrer = st.selectbox(
            "Referred by",
            others,
            index=others.index(old.referred_by) if old.referred_by in others else None,
            format_func=names.__getitem__,
            placeholder="nobody",
            key=f"{key}-referrer",
        )
        address, spot = place_fields(old.place, key)
        zones = ["", *zone_names(old.timezone or "UTC")]
        timezone = st.selectbox(
            "Time zone they live by",
            zones,
            index=zones.index(old.timezone),
            format_func=lambda name: name or "that of the trip",
            help="Hours you offer them are written in it.",
            key=f"{key}-zone",
        )
        notes = st.text_area("Notes", value=old.notes, key=f"{key}-notes")
        if not st.form_submit_button("Save", type="primary", icon=":material/save:"):
            return None
    try:
        saved = replace(
            old,
            name=" ".join(name.split()),
            role=role.strip(),
            organisation=" ".join(organisation.split()),
            email=email.strip(),
            phone=phone.strip(),
            profile_url=profile.strip(),
            city=" ".join(city.split()),
            source=source,
            authority=authority,
            referred_by=referrer,
            timezone=timezone,
            place=typed_place(address, spot, old.place),
            notes=notes,
        )
    except InputError as error:
        st.error(escaped(str(error)))
        return None
    ws.store.save_contact(saved)
    session.new_draft(f"form-{contact.id if contact else 'new'}")
    return saved.id

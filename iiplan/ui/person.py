"""The form for a new person."""

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


def contact_form(ws: Workspace, names: Mapping[str, str]) -> str | None:
    """A form for a new person; returns the id once saved.

    What was typed stays in the form until it can be saved. ``names`` gives other contacts by id.
    """
    key = session.draft_key("form-new")
    new = Contact(id=new_id(), name="?")
    with st.form(key, clear_on_submit=False, enter_to_submit=False):
        name = st.text_input("Name", key=f"{key}-name")
        left, right = st.columns(2)
        role = left.text_input("Role", key=f"{key}-role")
        organisation = right.text_input("Organisation", key=f"{key}-organisation")
        left, right = st.columns(2)  # a row each: on a phone the boxes stack in reading order
        email = left.text_input("E-mail", key=f"{key}-email", placeholder="jo@example.org")
        phone = right.text_input("Phone", key=f"{key}-phone")
        left, right = st.columns(2)
        profile = left.text_input("Profile link", key=f"{key}-profile", placeholder="https://…")
        city = right.text_input("City", key=f"{key}-city")
        left, right = st.columns(2)
        source = labelled(left, "How found", SOURCE, new.source, f"{key}-source")
        authority = labelled(right, "Authority to hire", AUTHORITY, new.authority, f"{key}-authority")
        referrer = st.selectbox(
            "Referred by",
            list(names),
            index=None,
            format_func=names.__getitem__,
            placeholder="nobody",
            key=f"{key}-referrer",
        )
        address, spot = place_fields(None, key)
        zones = ["", *zone_names("UTC")]
        timezone = st.selectbox(
            "Time zone they live by",
            zones,
            format_func=lambda name: name or "that of the trip",
            help="Hours you offer them are written in it.",
            key=f"{key}-zone",
        )
        notes = st.text_area("Notes", key=f"{key}-notes")
        if not st.form_submit_button("Save", type="primary", icon=":material/save:"):
            return None
    try:
        saved = replace(
            new,
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
            place=typed_place(address, spot, None),
            notes=notes,
        )
    except InputError as error:
        st.error(escaped(str(error)))
        return None
    ws.store.save_contact(saved)
    session.new_draft("form-new")
    return saved.id

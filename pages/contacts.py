"""Whom do I know? People and organisations, one of them, and bringing people in."""

from __future__ import annotations

import streamlit as st

from iiplan.errors import NotFoundError
from iiplan.model import Organisation
from iiplan.planner import organisations, people
from iiplan.ui import session
from iiplan.ui.duplicates import duplicates_panel
from iiplan.ui.importing import import_panel
from iiplan.ui.labels import escaped
from iiplan.ui.organisation import organisation_list, organisation_page
from iiplan.ui.people_list import people_list
from iiplan.ui.person import contact_form
from iiplan.ui.person_page import person_page

TYPING = "people are being typed in"
VIEWS = {"people": "People", "organisations": "Organisations"}

ws = session.workspace()
everybody = people.overview(ws)
names = {one.contact.id: one.contact.name for one in everybody}


def show_list() -> None:
    """People or organisations, then ways to add people."""
    view = st.segmented_control(
        "Show",
        list(VIEWS),
        format_func=VIEWS.__getitem__,
        required=True,
        key=session.addressed("view", VIEWS, "people"),
        on_change=session.to_address,
        args=("view", "people"),
        label_visibility="collapsed",
    )
    if view == "organisations":
        organisation_list(ws, everybody)
    else:
        people_list(ws, everybody)
        duplicates_panel(ws)
    with st.expander("Add people", icon=":material/person_add:", expanded=session.kept(TYPING) is True):
        show_adding()
    show_deleted()


def named_organisation() -> Organisation | None:
    """The organisation that the address names; None when it names none that is known."""
    named = st.query_params.get("organisation")
    try:
        return organisations.organisation(ws, named) if named else None
    except NotFoundError:
        return None


def show_adding() -> None:
    """Type somebody in, or bring a file."""
    typed, file = st.tabs(["Type somebody in", "Import files"], key="add-tabs")
    with typed:
        saved = contact_form(ws, names)
        if saved:
            session.notify(f"Saved: {escaped(ws.store.contact(saved).name)}")
            session.keep(TYPING, True)  # the next one is often typed right after
            st.rerun()
    with file:
        import_panel(ws)


def show_deleted() -> None:
    """People put aside, each with a way back."""
    deleted = ws.store.contacts(deleted=True)
    if not deleted:
        return
    with st.expander(f"Deleted people ({len(deleted)})", icon=":material/delete:"):
        for contact in deleted[:50]:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(escaped(contact.name), width="content")
                key = f"restore-{contact.id}"
                st.button("Bring back", key=key, on_click=ws.store.restore_contact, args=(contact.id,))
        if len(deleted) > 50:
            st.caption(f"And {len(deleted) - 50} more; the list shortens as you bring people back.")


st.title("Contacts", anchor=False)
session.show_notice()
chosen = next((one for one in everybody if one.contact.id == st.query_params.get("person")), None)
if chosen is not None:
    person_page(ws, chosen, everybody)
elif (organisation := named_organisation()) is not None:
    organisation_page(ws, organisation)
elif everybody:
    show_list()
else:
    st.info(
        "Nobody here yet. Type in the first person, or bring a file: LinkedIn, Google, Outlook, vCard, Excel.",
        icon=":material/group:",
    )
    show_adding()
    show_deleted()

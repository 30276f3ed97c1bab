"""Whom do I know? People and organisations, one of them, and bringing people in."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from iiplan.errors import InputError, NotFoundError
from iiplan.importers import ImportPreview, RejectedRow
from iiplan.model import Organisation
from iiplan.planner import organisations, people
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.labels import escaped, plural
from iiplan.ui.organisation import organisation_list, organisation_page
from iiplan.ui.people_list import people_list
from iiplan.ui.person import contact_form
from iiplan.ui.person_page import person_page

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
    with st.expander("Add people", icon=":material/person_add:"):
        show_adding()
    show_deleted()


def table_height(rows: int, most: int) -> int:
    """Pixels that a table of so many rows needs, or ``most``."""
    return min(35 * (rows + 1) + 3, most)


def named_organisation() -> Organisation | None:
    """The organisation that the address names; None when it names none that is known."""
    named = st.query_params.get("organisation")
    try:
        return organisations.organisation(ws, named) if named else None
    except NotFoundError:
        return None


def show_adding() -> None:
    """Type somebody in, or bring a file."""
    typed, file = st.tabs(["Type somebody in", "Import from LinkedIn"], key="add-tabs")
    with typed:
        saved = contact_form(ws, None, names)
        if saved:
            session.notify(f"Saved: {escaped(ws.store.contact(saved).name)}")
            st.rerun()
    with file:
        show_import()


def show_import() -> None:
    """LinkedIn's Connections.csv: look first, then save."""
    st.markdown(
        "On LinkedIn: *Settings & Privacy → Data privacy → Get a copy of your data → Connections*. "
        "LinkedIn sends a zip within the hour; unpack it and choose `Connections.csv`. It holds no addresses and few "
        "e-mails, so those are yours to add."
    )
    upload = st.file_uploader("Connections.csv", type=["csv", "txt", "tsv"], key=session.draft_key("linkedin"))
    if upload is None:
        return
    try:
        preview = people.preview_linkedin(ws, upload.getvalue())
    except InputError as error:
        st.error(escaped(str(error)))
        return
    show_preview(preview)


def show_preview(preview: ImportPreview) -> None:
    """What the file would bring; nothing is saved before the click."""
    new, known, unreadable = st.columns(3)
    new.metric("New", len(preview.new), border=True)
    known.metric("Already known", preview.already_known, border=True)
    unreadable.metric("Unreadable", len(preview.rejected), border=True)
    if preview.new:
        st.dataframe(
            pd.DataFrame(
                [
                    {
                        "Line": one.line,
                        "Name": one.name,
                        "Role": one.role,
                        "Organisation": one.organisation,
                        "E-mail": one.email,
                        "Connected": one.connected_on,
                        "Note": "; ".join(one.problems),
                    }
                    for one in preview.new
                ]
            ),
            hide_index=True,
            height=table_height(len(preview.new), 240),
            placeholder="",
        )
    if preview.already_known:
        with st.expander(f"Already known ({preview.already_known}): these rows change nothing"):
            rows = [{"Line": row.line, "In the file": row.name, "Is": same.name} for row, same in preview.known]
            rows += [
                {"Line": row.line, "In the file": row.name, "Is": f"the same as line {first.line}"}
                for row, first in preview.repeated
            ]
            st.dataframe(pd.DataFrame(rows), hide_index=True)
    if preview.rejected:
        with st.expander(f"Unreadable ({len(preview.rejected)})", expanded=True):
            rejected = pd.DataFrame([rejected_row(row) for row in preview.rejected])
            st.dataframe(rejected, hide_index=True)
    st.button(
        f"Add {plural(len(preview.new), 'person', 'people')}",
        type="primary",
        icon=":material/group_add:",
        disabled=not preview.new,
        on_click=save_import,
        args=(ws, preview),
    )


def rejected_row(row: RejectedRow) -> dict[str, object]:
    """A rejected row as the table shows it."""
    return {"Line": row.line, "Why": row.reason, "Row": row.raw}


def save_import(ws: Workspace, preview: ImportPreview) -> None:
    """Save the new people, with a way back."""

    def act() -> None:
        ids = people.import_people(ws, preview.new)
        session.new_draft("linkedin")
        session.notify(
            f"Added {plural(len(ids), 'person', 'people')}; {preview.already_known} already known, "
            f"{len(preview.rejected)} unreadable.",
            undo=lambda: people.delete(ws, ids),
        )

    session.attempt(act)


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
    st.info("Nobody here yet. Type in the first person, or bring your LinkedIn connections.", icon=":material/group:")
    show_adding()
    show_deleted()

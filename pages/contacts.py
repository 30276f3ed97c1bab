"""Whom do I know? The list, one person, and bringing people in."""

from __future__ import annotations

from urllib.parse import quote

import pandas as pd
import streamlit as st

from iiplan.model import Authority, Contact, Source, Stage, Trip
from iiplan.planner import messages, people, trips
from iiplan.planner.people import Person
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.activity import show_timeline_picture
from iiplan.ui.debriefs_section import debriefs_of
from iiplan.ui.importing import import_panel
from iiplan.ui.keep_in_touch import how_often
from iiplan.ui.labels import AUTHORITY, SOURCE, STAGE, STAGE_ICON, escaped, plural
from iiplan.ui.message import MESSAGE, message_panel
from iiplan.ui.person import contact_form
from iiplan.ui.touches import Words, log_buttons, quick_log, timeline

ws = session.workspace()
everybody = people.overview(ws)
names = {one.contact.id: one.contact.name for one in everybody}
words = Words(people=names, templates=messages.titles(ws))


def show_list() -> None:
    """Search, filter, sort; a row opens the person."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = st.text_input("Search", placeholder="name, organisation, city, note …", key="search", width="stretch")
        stages = st.multiselect("Stage", list(Stage), format_func=STAGE.__getitem__, key="stages", width=230)
        sources = st.multiselect("How found", list(Source), format_func=SOURCE.__getitem__, key="sources", width=230)
    found = [
        one
        for one in people.search(everybody, text)
        if (not stages or one.stage in stages) and (not sources or one.contact.source in sources)
    ]
    if not found:
        st.info("Nobody matches. Try fewer words, or clear the filters.", icon=":material/search_off:")
        return
    chosen = st.selectbox(
        f"Open one of {plural(len(found), 'person', 'people')}, or tick a row",
        [one.contact.id for one in found],
        index=None,
        format_func=names.__getitem__,
        placeholder="Type a name",
        key=session.draft_key("open"),
    )
    if chosen:
        session.new_draft("open")
        open_person(chosen)
        st.rerun()
    event = st.dataframe(
        table(found),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key=f"people-{hash((text, *stages, *sources))}",
        column_config={"Last touch": st.column_config.DateColumn(format="D MMM YYYY")},
        height=table_height(len(found), 460),
        placeholder="",
    )
    rows = event["selection"]["rows"]
    if rows and rows[0] < len(found):
        open_person(found[rows[0]].contact.id)
        st.rerun()


def table(found: list[Person]) -> pd.DataFrame:
    """What the list shows of each person."""
    return pd.DataFrame(
        [
            {
                "Name": one.contact.name,
                "Stage": f"{STAGE_ICON[one.stage]} {STAGE[one.stage]}",
                "Role": one.contact.role,
                "Organisation": one.contact.organisation,
                "City": one.contact.city,
                "How found": SOURCE[one.contact.source],
                "Authority": AUTHORITY[one.contact.authority],
                "Last touch": one.last_touch.date() if one.last_touch else None,
            }
            for one in found
        ]
    )


def table_height(rows: int, most: int) -> int:
    """Pixels that a table of so many rows needs, or ``most``."""
    return min(35 * (rows + 1) + 3, most)


def open_person(contact_id: str | None) -> None:
    """Show one person (None: the list); the address changes with it, so that Back works."""
    if contact_id is None:
        st.query_params.pop("person", None)
    else:
        st.query_params["person"] = contact_id


def show_person(one: Person) -> None:
    """Everything about one person."""
    contact = one.contact
    st.button("All contacts", icon=":material/arrow_back:", type="tertiary", on_click=open_person, args=(None,))
    st.subheader(escaped(contact.name), anchor=False)
    facts_in_line = [part for part in (contact.role, contact.organisation, contact.city) if part]
    line = escaped(", ".join(facts_in_line)) or "nothing known yet"
    st.markdown(f"**{STAGE_ICON[one.stage]} {STAGE[one.stage]}** · {line}")
    facts = [SOURCE[contact.source]]
    if contact.authority is not Authority.UNKNOWN:
        facts.append(AUTHORITY[contact.authority].lower())
    if contact.referred_by in names:
        facts.append(f"referred by {escaped(names[contact.referred_by])}")
    facts += [escaped(part) for part in (contact.email, contact.phone) if part]
    facts += [escaped(contact.place.label)] if contact.place else []
    st.caption(" · ".join(facts))
    with st.container(horizontal=True, vertical_alignment="center"):
        quick_log(ws, contact, one.stage, f"quick-{contact.id}")
        if contact.profile_url:
            st.link_button("Profile", contact.profile_url, icon=":material/open_in_new:")
        if contact.email:
            st.link_button("Write an e-mail", f"mailto:{quote(contact.email, safe='@')}", icon=":material/mail:")
        st.button("Delete", icon=":material/delete:", on_click=delete_person, args=(ws, contact))
    log, write, after, history, edit = st.tabs(
        ["What happened?", "Message", "Debrief", "Timeline", "Edit"], key="person-tabs", on_change="rerun"
    )
    trip = trips.next_trip(ws)
    if log.open:
        with log:
            log_buttons(ws, contact, f"log-{contact.id}", words)
    if write.open:
        with write:
            message(one, trip)
    if after.open:
        with after:
            debriefs_of(ws, contact)
            how_often(ws, contact, "person")
    if history.open:
        with history:
            show_timeline_picture(ws, one.history, trip)
            timeline(ws, one.touches, words)
    if edit.open:
        with edit:
            if contact_form(ws, contact, names):
                session.notify(f"Saved: {escaped(contact.name)}")
                st.rerun()
    if contact.notes:
        st.text(contact.notes)


def message(one: Person, trip: Trip | None) -> None:
    """A message to them: the kind that is most likely next, or another."""
    kind = st.pills(
        "What for?",
        list(MESSAGE),
        default=messages.likely_kind(one.stage),
        required=True,
        format_func=MESSAGE.__getitem__,
        key=f"kind-{one.contact.id}",
    )
    message_panel(ws, one.contact, kind, trip=trip, key="person", logs=messages.touch_for(kind))


def delete_person(ws: Workspace, contact: Contact) -> None:
    """Put a person aside, with a way back."""
    if session.attempt(lambda: people.delete(ws, [contact.id])):
        open_person(None)
        session.notify(
            f"Deleted: {escaped(contact.name)}. Touches and hours are kept.",
            undo=lambda: ws.store.restore_contact(contact.id),
        )


def show_adding() -> None:
    """Type somebody in, or bring a file."""
    typed, file = st.tabs(["Type somebody in", "Import files"], key="add-tabs")
    with typed:
        saved = contact_form(ws, None, names)
        if saved:
            session.notify(f"Saved: {escaped(ws.store.contact(saved).name)}")
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
    show_person(chosen)
elif everybody:
    show_list()
    with st.expander("Add people", icon=":material/person_add:"):
        show_adding()
    show_deleted()
else:
    st.info(
        "Nobody here yet. Type in the first person, or bring a file: LinkedIn, Google, Outlook, vCard, Excel.",
        icon=":material/group:",
    )
    show_adding()
    show_deleted()

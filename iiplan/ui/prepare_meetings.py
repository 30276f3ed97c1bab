"""Whom we meet, how ready we are for each, and all that makes one ready: research, questions, what to see to."""

from __future__ import annotations

from datetime import date

import streamlit as st

from iiplan.errors import InputError
from iiplan.model import Contact, ResearchKind, ResearchNote, Trip
from iiplan.planner import preparing
from iiplan.planner.preparing import Prepared
from iiplan.planner.workspace import Workspace, new_id
from iiplan.ui import session
from iiplan.ui.checklist import meeting_list
from iiplan.ui.labels import RESEARCH, day_label, escaped
from iiplan.ui.navigation import link
from iiplan.ui.question_list import question_list

__all__ = ["meetings_section"]

_HINT = {
    ResearchKind.PROFILE: "where their profile is, and what stands out in it",
    ResearchKind.WEBSITE: "what the site says, and what it leaves out",
    ResearchKind.ARTICLE: "written by or about them",
    ResearchKind.POST: "something they said in public",
    ResearchKind.NEWS: "what happened lately",
    ResearchKind.IN_COMMON: "a school, a town, a sport, somebody you both know",
    ResearchKind.DONE: "a project, a talk, a prize",
    ResearchKind.OPEN_QUESTION: "what you looked for and did not find: ask it",
}


def meetings_section(ws: Workspace) -> None:
    """All meetings with a mark each, or one of them with everything about it."""
    trip = session.pick_trip(ws)
    if trip is None:
        st.info("There is no trip yet. Choose a city and a week first.", icon=":material/luggage:")
        link("trip", "To the Trip page")
        return
    found = preparing.prepared(ws, trip)
    chosen = next((one for one in found if one.contact.id == st.query_params.get("person")), None)
    if chosen is not None:
        _one(ws, trip, chosen)
    elif found:
        _all(ws, trip, found)
    else:
        st.info(
            "Nobody to prepare for yet. Plan the week, or log that somebody said yes: they are listed here.",
            icon=":material/event:",
        )
        link("week", "To the Week page")


def _all(ws: Workspace, trip: Trip, found: tuple[Prepared, ...]) -> None:
    """The next meeting and its first step on top, then all of them."""
    ahead = [one for one in found if one.meeting is None or one.meeting.end > ws.now()]
    if not ahead:
        st.info("All meetings of this trip are over. What did they teach you?", icon=":material/lightbulb:")
        link("learned", "To Learned")
    elif ahead[0].first_to_do:
        who, when = escaped(ahead[0].contact.name), _when(ahead[0])
        st.markdown(f"Next is **{who}**{when and ', ' + when}. First: {escaped(ahead[0].first_to_do)}")
    for one in ahead:
        _card(one)
    over = [one for one in found if one not in ahead]
    if over:
        with st.expander(f"Over ({len(over)})", icon=":material/history:"):
            for one in over:
                _card(one)


def _card(one: Prepared) -> None:
    """One meeting with its mark and what is left."""
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            role = ", ".join(part for part in (one.contact.role, one.contact.organisation) if part)
            st.markdown(
                f"**{escaped(one.contact.name)}** · {_when(one) or 'no hour yet'}  \n{escaped(role)}",
                width="stretch",
            )
            st.markdown(_mark(one), width="content")
            st.button("Prepare", key=f"prepare-{one.contact.id}", on_click=_open, args=(one.contact.id,))
        left = [part.name for part in one.parts if not part.done]
        st.caption("All seen to." if not left else "Left: " + ", ".join(escaped(name) for name in left) + ".")


def _mark(one: Prepared) -> str:
    color = "green" if one.done == len(one.parts) else "blue" if one.done * 2 >= len(one.parts) else "gray"
    return f":{color}-badge[{one.done} of {len(one.parts)} seen to]"


def _when(one: Prepared) -> str:
    meeting = one.meeting
    return f"{day_label(meeting.start)} {meeting.start:%H:%M}" if meeting else ""


def _open(contact_id: str | None) -> None:
    if contact_id is None:
        st.query_params.pop("person", None)
    else:
        st.query_params["person"] = contact_id


def _one(ws: Workspace, trip: Trip, one: Prepared) -> None:
    """Everything that makes one ready for one person."""
    contact = one.contact
    st.button("All meetings", icon=":material/arrow_back:", type="tertiary", on_click=_open, args=(None,))
    st.subheader(escaped(contact.name), anchor=False)
    facts = [part for part in (contact.role, contact.organisation) if part]
    st.markdown(" · ".join([escaped(", ".join(facts)) or "nothing known yet", _when(one) or "no hour yet", _mark(one)]))
    with st.container(horizontal=True, vertical_alignment="center"):
        link("contacts", "The person", person=contact.id)
        if contact.profile_url:
            st.link_button("Profile", contact.profile_url, icon=":material/open_in_new:")
    with st.container(border=True, gap="xsmall"):
        for part in one.parts:
            icon = ":material/check_circle:" if part.done else ":material/radio_button_unchecked:"
            st.markdown(f"{icon} {escaped(part.name)}" + ("" if part.done else f" · {escaped(part.to_do)}"))
    st.markdown("#### What you found out")
    _research(ws, contact)
    st.markdown("#### Questions")
    question_list(ws, contact, trip)
    if one.meeting is not None:
        st.markdown("#### On the day")
        meeting_list(ws, trip, one.meeting)


def _research(ws: Workspace, contact: Contact) -> None:
    """Notes on the person and, shared by everybody there, on their organisation."""
    mine, theirs = preparing.notes_on(ws.store.research(), contact)
    for note in (*mine, *theirs):
        about = f" · about {escaped(note.organisation)}" if note.organisation else ""
        with st.expander(f"**{RESEARCH[note.kind]}**{about}: {escaped(_start(note))}", key=f"note-{note.id}"):
            if note.url:
                st.link_button(_host(note.url), note.url, icon=":material/open_in_new:")
            _note_form(ws, contact, note)
    if not mine and not theirs:
        st.caption("Nothing yet. Their profile, their last article, what you share: ten minutes are enough.")
    with st.expander("Note something", icon=":material/add:", key=f"new-note-{contact.id}"):
        _note_form(ws, contact, None)


def _start(note: ResearchNote) -> str:
    text = " ".join(note.text.split()) or _host(note.url)
    return (text[:70] + "…" if len(text) > 70 else text) + f" ({day_label(note.found_on)})"


def _host(url: str) -> str:
    return url.split("//", 1)[-1].split("/", 1)[0][:60]


def _note_form(ws: Workspace, contact: Contact, old: ResearchNote | None) -> None:
    """Write or change one note; kept by Save."""
    name = f"note-{old.id if old else 'of-' + contact.id}"
    key = session.draft_key(name)
    kinds = list(ResearchKind)
    left, right = st.columns(2)
    kind = left.selectbox(
        "What it is",
        kinds,
        index=kinds.index(old.kind) if old else 0,
        format_func=RESEARCH.__getitem__,
        key=f"{key}-kind",
    )
    kind = kind or ResearchKind.PROFILE
    found_on = right.date_input("Found on", value=old.found_on if old else _today(ws), key=f"{key}-on")
    text = st.text_area(
        "In your words", value=old.text if old else "", key=f"{key}-text", height=90, placeholder=_HINT[kind]
    )
    url = st.text_input("Link", value=old.url if old else "", key=f"{key}-url", placeholder="https://…")
    organisation = contact.organisation.strip()
    about = False
    if organisation:
        about = st.checkbox(
            f"About {organisation}: shared by everybody there",
            value=bool(old and old.organisation),
            key=f"{key}-about",
        )
    with st.container(horizontal=True):
        if st.button("Save", type="primary", icon=":material/save:", key=f"{key}-save"):
            _save(ws, contact, old, name, kind, text.strip(), url.strip(), found_on, organisation if about else "")
        if old is not None:
            st.button("Delete", icon=":material/delete:", key=f"{key}-delete", on_click=_delete, args=(ws, old))


def _save(
    ws: Workspace,
    contact: Contact,
    old: ResearchNote | None,
    name: str,
    kind: ResearchKind,
    text: str,
    url: str,
    found_on: object,
    organisation: str,
) -> None:
    try:
        note = ResearchNote(
            id=old.id if old else new_id(),
            kind=kind,
            text=text,
            url=url,
            found_on=found_on if isinstance(found_on, date) else _today(ws),
            contact_id=None if organisation else contact.id,
            organisation=organisation,
        )
    except InputError as error:
        st.error(escaped(str(error)))
        return
    ws.store.save_research(note)
    session.new_draft(name)
    session.notify("Noted.", undo=lambda: _put_back(ws, old, note))
    st.rerun()


def _put_back(ws: Workspace, old: ResearchNote | None, new: ResearchNote) -> None:
    if old is None:
        ws.store.delete_research(new.id, ws.now())
    else:
        ws.store.save_research(old)
        session.new_draft(f"note-{old.id}")


def _delete(ws: Workspace, note: ResearchNote) -> None:
    if session.attempt(lambda: ws.store.delete_research(note.id, ws.now())):
        session.notify("The note is deleted.", undo=lambda: ws.store.save_research(note))


def _today(ws: Workspace) -> date:
    return ws.now().date()

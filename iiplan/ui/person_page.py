"""Everything about one person on one screen: what is due, what happened, a message, and the facts to edit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import quote

import streamlit as st

from iiplan.model import Contact, MessageKind, TouchKind, Trip
from iiplan.outreach import DueKind, Forest, referrals
from iiplan.planner import messages, organisations, people, settings, today, week
from iiplan.planner.people import Person
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.activity import show_timeline_picture
from iiplan.ui.debriefs_section import debriefs_of
from iiplan.ui.due import due_card
from iiplan.ui.keep_in_touch import how_often
from iiplan.ui.labels import STAGE, STAGE_ICON, escaped, plural
from iiplan.ui.message import MESSAGE, message_panel
from iiplan.ui.navigation import link
from iiplan.ui.people_list import open_person
from iiplan.ui.person_blocks import about_block, notes_block, place_block, reach_block, tags_block, worth_block
from iiplan.ui.person_trips import trips_block
from iiplan.ui.touches import Words, log_buttons, quick_log, timeline
from iiplan.ui.worth import stars_in_words

__all__ = ["person_page"]

MOST_LED_TO = 12
FRESH = timedelta(days=14)  # since a meeting
TOLD = "who should hear how it went"


def person_page(ws: Workspace, one: Person, everybody: Sequence[Person]) -> None:
    """The screen of one person of ``everybody``."""
    names = {other.contact.id: other.contact.name for other in everybody}
    words = Words(people=names, templates=messages.titles(ws))
    forest = referrals([other.history for other in everybody])
    trip = session.current_trip(ws)
    _header(ws, one)
    left, right = st.columns([3, 2], gap="large")
    with left:
        _due(ws, one, trip, everybody)
        _untold(ws, one.contact, forest, names, trip)
        _afterwards(ws, one)
        _log_and_write(ws, one, trip, words)
        st.markdown("**Timeline**")
        timeline(ws, one.touches, words)
        show_timeline_picture(ws, one.history, trip)
    with right:
        about_block(ws, one.contact, names)
        worth_block(ws, one.contact)
        reach_block(ws, one.contact)
        tags_block(ws, one.contact, sorted({tag for other in everybody for tag in other.contact.tags}))
        notes_block(ws, one.contact)
        place_block(ws, one.contact)
        trips_block(ws, one.contact, trip)
        _referrals(one, everybody, forest, names)


def _header(ws: Workspace, one: Person) -> None:
    contact = one.contact
    st.button("All contacts", icon=":material/arrow_back:", type="tertiary", on_click=open_person, args=(None,))
    st.subheader(escaped(contact.name), anchor=False)
    stars = stars_in_words(people.worth_of(ws, contact).stars)
    line = ", ".join(escaped(part) for part in (contact.role, contact.city) if part)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(
            " · ".join(part for part in (f"**{STAGE_ICON[one.stage]} {STAGE[one.stage]}**", stars, line) if part),
            width="content",
        )
        organisation = organisations.organisation_named(ws, contact.organisation)
        if organisation is not None:
            link("contacts", escaped(organisation.name), organisation=organisation.id)
    with st.container(horizontal=True, vertical_alignment="center"):
        quick_log(ws, contact, one.stage, f"quick-{contact.id}")
        if contact.profile_url:
            st.link_button("Profile", contact.profile_url, icon=":material/open_in_new:")
        if contact.email:
            st.link_button("Write an e-mail", f"mailto:{quote(contact.email, safe='@')}", icon=":material/mail:")
        if contact.phone:
            st.link_button("Call", f"tel:{quote(contact.phone, safe='+')}", icon=":material/call:")
        st.button("Delete", icon=":material/delete:", on_click=_delete, args=(ws, contact))


def _due(ws: Workspace, one: Person, trip: Trip | None, everybody: Sequence[Person]) -> None:
    """What is due with them now, as on Today."""
    agenda = week.current(ws, trip).agenda if trip else None
    found = today.due(ws, trip, agenda, log=[other.history for other in everybody])
    rules = settings.rules(ws, trip)
    for item in found.items:
        if item.contact_id == one.contact.id and item.kind is not DueKind.DEBRIEF:  # it stands below
            due_card(ws, item, one.contact, trip, rules, with_link=False)
    put_off = [item for item in found.snoozed if item.item.contact_id == one.contact.id]
    if put_off:
        st.caption(f"Put off: {'; '.join(escaped(item.item.title) for item in put_off)}.")


def _untold(ws: Workspace, contact: Contact, forest: Forest, names: dict[str, str], trip: Trip | None) -> None:
    """Whoever led to a meeting and has not heard how it went, with the message to tell them."""
    for untold in forest.untold:
        if contact.id != untold.contact_id and contact.id not in untold.about:
            continue
        referrer = ws.store.contact(untold.contact_id)
        met = [escaped(names[one]) for one in untold.about[:3]]
        others = f" and {len(untold.about) - 3} more" if len(untold.about) > 3 else ""
        with st.container(border=True, gap="xsmall"):
            st.markdown(
                f":material/campaign: **Tell {escaped(referrer.name)} how it went**  \n"
                f"They led you to {', '.join(met)}{others}, whom you met; nothing to them is logged since."
            )
            key = f"told-{untold.contact_id}"
            with st.container(horizontal=True):
                st.button("Message", icon=":material/edit:", key=key, on_click=session.unfold, args=(TOLD, key))
                if referrer.id != contact.id:
                    link("contacts", escaped(referrer.name), person=referrer.id)
            if session.unfolded(TOLD) == key:
                kind = MessageKind.UPDATE_REFERRER
                message_panel(ws, referrer, kind, trip=trip, key="told", logs=TouchKind.FOLLOWED_UP)


def _afterwards(ws: Workspace, one: Person) -> None:
    """What was said at each meeting, and how often to keep in touch; open for some time after a meeting."""
    met = one.history.known.met
    fresh = met is not None and ws.now() - met.at <= FRESH
    after = st.expander(
        "Debrief, and keeping in touch",
        icon=":material/edit_note:",
        key="person-debrief",
        expanded=fresh,
        on_change="rerun",
    )
    if after.open:
        with after:
            debriefs_of(ws, one.contact)
            how_often(ws, one.contact, "person")


def _log_and_write(ws: Workspace, one: Person, trip: Trip | None, words: Words) -> None:
    contact = one.contact
    with st.expander("Log something else", icon=":material/add_task:", key="person-log"):
        log_buttons(ws, contact, f"log-{contact.id}", words)
    write = st.expander("Write a message", icon=":material/edit_square:", key="person-message", on_change="rerun")
    if not write.open:
        return
    with write:
        kind = st.pills(
            "What for?",
            list(MESSAGE),
            default=messages.likely_kind(one.stage),
            required=True,
            format_func=MESSAGE.__getitem__,
            key=f"kind-{contact.id}",
        )
        message_panel(ws, contact, kind, trip=trip, key="person", logs=messages.touch_for(kind))


def _referrals(one: Person, everybody: Sequence[Person], forest: Forest, names: dict[str, str]) -> None:
    """Who led to them, and whom they led to."""
    parent = next((node.parent for node in forest.nodes if node.contact_id == one.contact.id), None)
    led_to = [node.contact_id for node in forest.nodes if node.parent == one.contact.id]
    if parent is None and not led_to:
        return
    stages = {other.contact.id: other.stage for other in everybody}
    with st.container(border=True, gap="xsmall"):
        st.markdown("**Referrals**")
        if parent is not None:
            st.caption("Led to them")
            link("contacts", escaped(names[parent]), person=parent)
        if led_to:
            st.caption(f"They led to {plural(len(led_to), 'person', 'people')}")
            for contact_id in led_to[:MOST_LED_TO]:
                stage = STAGE[stages[contact_id]].lower()
                link("contacts", f"{escaped(names[contact_id])} · {stage}", person=contact_id)
            if len(led_to) > MOST_LED_TO:
                st.caption(f"And {len(led_to) - MOST_LED_TO} more: Outreach, Referrals shows all.")


def _delete(ws: Workspace, contact: Contact) -> None:
    """Put a person aside, with a way back."""
    if session.attempt(lambda: people.delete(ws, [contact.id])):
        open_person(None)
        session.notify(
            f"Deleted: {escaped(contact.name)}. Touches and hours are kept.",
            undo=lambda: ws.store.restore_contact(contact.id),
        )

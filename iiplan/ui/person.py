"""Parts about one person that several pages share: log a touch in a click, show the timeline, edit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

import streamlit as st

from iiplan.errors import InputError
from iiplan.model import Channel, Contact, Touch, TouchKind
from iiplan.planner import asking
from iiplan.planner.people import Person
from iiplan.planner.workspace import Workspace, new_id
from iiplan.ui import session
from iiplan.ui.fields import labelled, place_fields, typed_place
from iiplan.ui.labels import AUTHORITY, CHANNEL, KIND, KIND_ICON, SOURCE, escaped

__all__ = ["LOGGABLE", "contact_form", "log_buttons", "log_touch", "timeline"]

LOGGABLE = tuple(kind for kind in TouchKind if kind is not TouchKind.VOID)


def log_touch(
    ws: Workspace,
    contact: Contact,
    kind: TouchKind,
    *,
    at: datetime | None = None,
    channel: Channel | None = None,
    note: str = "",
    trip_id: str | None = None,
) -> bool:
    """Log one touch and offer to undo it; for use in callbacks. True when it is logged."""

    def act() -> None:
        touch = asking.log(
            ws,
            contact.id,
            kind,
            at=at,
            timezone=session.browser_timezone(),
            channel=channel,
            note=note,
            trip_id=trip_id,
        )
        session.notify(
            f"Logged: **{escaped(KIND[kind])}** · {escaped(contact.name)}", undo=lambda: asking.take_back(ws, touch)
        )

    return session.attempt(act)


def log_buttons(ws: Workspace, contact: Contact, name: str) -> None:
    """One button for each kind of touch; when, how and a note can be given first. ``name``: of the draft."""
    key = session.draft_key(name)
    zone = ZoneInfo(session.browser_timezone())
    now = ws.now().astimezone(zone)
    with st.expander("It was not just now, or there is more to say", icon=":material/history:"):
        with st.container(horizontal=True):
            day = st.date_input("Date", value=now.date(), max_value=now.date(), key=f"{key}-day", width=150)
            clock = st.time_input("Time (empty: now)", value=None, key=f"{key}-time", width=150)
            channel = st.selectbox(
                "How",
                list(Channel),
                index=None,
                format_func=CHANNEL.__getitem__,
                key=f"{key}-channel",
                placeholder="not said",
                width=170,
            )
        note = st.text_area("Note", key=f"{key}-note", height=80)
        st.caption(f"Times here are {session.browser_timezone()}.")
    at = _moment(day, clock, now, zone)
    with st.container(horizontal=True, gap="small"):
        for kind in LOGGABLE:
            st.button(
                KIND[kind],
                icon=KIND_ICON[kind],
                key=f"{key}-log-{kind.value}",
                on_click=_log_and_clear,
                args=(ws, contact, kind, at, channel, note, name),
            )


def _moment(day: object, clock: time | None, now: datetime, zone: ZoneInfo) -> datetime | None:
    """When it happened: None for just now; without a time, noon of an earlier day."""
    if clock is None and day == now.date():
        return None
    chosen = day if hasattr(day, "year") else now.date()
    return datetime.combine(chosen, clock or time(12), zone)  # type: ignore[arg-type]


def _log_and_clear(
    ws: Workspace,
    contact: Contact,
    kind: TouchKind,
    at: datetime | None,
    channel: Channel | None,
    note: str,
    name: str,
) -> None:
    if log_touch(ws, contact, kind, at=at, channel=channel, note=note):
        session.new_draft(name)


def timeline(ws: Workspace, person: Person) -> None:
    """What happened, latest first, each with a way to take it back."""
    if not person.touches:
        st.caption("Nothing has happened yet. Ask them, then log it here.")
        return
    for touch in reversed(person.touches):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            channel = f" · {CHANNEL[touch.channel]}" if touch.channel else ""
            note = f": {escaped(touch.note)}" if touch.note else ""
            local = touch.at.astimezone(ZoneInfo(touch.timezone))
            st.markdown(
                f"{KIND_ICON[touch.kind]} **{KIND[touch.kind]}**{channel} · {local:%a %d %b %Y %H:%M}{note}",
                help=f"Logged in {touch.timezone}",
                width="content",
            )
            st.button(
                "Take back",
                key=f"void-{touch.id}",
                type="tertiary",
                icon=":material/undo:",
                on_click=_take_back,
                args=(ws, touch),
            )


def _take_back(ws: Workspace, touch: Touch) -> None:
    if session.attempt(lambda: asking.take_back(ws, touch)):
        session.notify(f"Taken back: {KIND[touch.kind]}.")


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
            place=typed_place(address, spot, old.place),
            notes=notes,
        )
    except InputError as error:
        st.error(escaped(str(error)))
        return None
    ws.store.save_contact(saved)
    session.new_draft(f"form-{contact.id if contact else 'new'}")
    return saved.id

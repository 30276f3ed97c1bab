"""What a thank-you needs beside its words: the envelope, the gift, and the day it was sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import streamlit as st

from iiplan.briefing import address_label
from iiplan.model import Channel, Contact
from iiplan.planner import people
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.labels import escaped
from iiplan.ui.touches import Details

__all__ = ["thanks_details"]

BY_POST = {Channel.CARD, Channel.GIFT}


def thanks_details(ws: Workspace, contact: Contact, channel: Channel, key: str) -> Details:
    """Boxes for a thank-you; returns when it was sent and what the gift was."""
    if channel in BY_POST:
        _envelope(ws, contact, key)
    gift = ""
    if channel is Channel.GIFT:
        gift = st.text_input("The gift", key=f"{key}-gift", placeholder="a bar of chocolate", max_chars=200)
    now = ws.now().astimezone(ZoneInfo(session.browser_timezone()))
    met = people.person(ws, contact.id).history.known.met
    first = met.at.astimezone(now.tzinfo).date() if met else None
    sent = st.date_input(
        "Sent on",
        value=now.date(),
        min_value=min(first, now.date()) if first else None,
        max_value=now.date(),
        format="DD/MM/YYYY",
        key=f"{key}-sent",
        width=200,
    )
    at = None
    if isinstance(sent, date) and sent < now.date():
        at = datetime.combine(sent, time(12), now.tzinfo)
        at = max(at, met.at + timedelta(minutes=1)) if met else at  # thanks come after the meeting
    return Details(at=at, note=gift.strip())


def _envelope(ws: Workspace, contact: Contact, key: str) -> None:
    """The address as it stands on an envelope, and a box to type or change it."""
    label = address_label(contact)
    if label:
        st.caption("For the envelope")
        st.code(label, language=None, wrap_lines=True)
    with st.expander("Change the address" if label else "Type their postal address", icon=":material/mail:"):
        box = f"{key}-address"
        st.text_area(
            f"Postal address of {escaped(contact.name)}",
            value=contact.address or (contact.place.address if contact.place else ""),
            key=box,
            height=110,
            max_chars=1_000,
            placeholder="12 Example Street\n20001 Washington",
            on_change=_keep_address,
            args=(ws, contact, box),
        )


def _keep_address(ws: Workspace, contact: Contact, box: str) -> None:
    def act() -> None:
        ws.store.save_contact(replace(ws.store.contact(contact.id), address=str(session.chosen(box) or "").strip()))
        session.notify(f"Address kept: {escaped(contact.name)}.", undo=lambda: _put_back(ws, contact))

    session.attempt(act)


def _put_back(ws: Workspace, contact: Contact) -> None:
    ws.store.save_contact(replace(ws.store.contact(contact.id), address=contact.address))

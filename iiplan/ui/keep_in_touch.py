"""Keeping in touch with one person: whether they welcome it, how often, for what reason."""

from __future__ import annotations

import streamlit as st

from iiplan.model import Contact, TouchKind, Trip, Welcome
from iiplan.outreach import NEVER
from iiplan.planner import debriefs, keeping, people
from iiplan.planner.keeping import EVERY, REASON, Reason
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.labels import day_label, escaped
from iiplan.ui.message import message_panel
from iiplan.ui.touches import Details, log_touch

__all__ = ["how_often", "keep_in_touch_panel"]


def keep_in_touch_panel(ws: Workspace, contact: Contact, trip: Trip | None, key: str) -> None:
    """A reason to write, its message, and how often from now on."""
    history = people.person(ws, contact.id).history
    last = keeping.last_reason(history)
    if last is not None:
        st.caption(f"Last time: {REASON[last[0]].lower()}, on {day_label(last[1].at)}.")
    led_to = any(one.referred_by == contact.id for one in ws.store.contacts())
    usual = Reason.THANKS if led_to and (last is None or last[0] is not Reason.THANKS) else Reason.UPDATE
    reason = st.pills(
        "Reason to write",
        list(Reason),
        default=usual,
        format_func=REASON.__getitem__,
        required=True,
        key=f"reason-{key}-{contact.id}",
    )
    reason = reason or usual
    kind = keeping.message_for(reason)
    message_panel(ws, contact, kind, trip=trip, key=f"{key}-keep", logs=TouchKind.FOLLOWED_UP, note=REASON[reason])
    st.button(
        "Written in words of my own: log it",
        type="tertiary",
        icon=":material/check:",
        key=f"wrote-{key}-{contact.id}",
        on_click=_log,
        args=(ws, contact, REASON[reason], trip),
    )
    how_often(ws, contact, key)


def how_often(ws: Workspace, contact: Contact, key: str) -> None:
    """Every how many weeks Today reminds of them, and what they said about it."""
    every = keeping.every_weeks(ws)
    kept = every.get(contact.id)
    after = debriefs.afterwards(ws, [people.person(ws, contact.id).history], every).get(contact.id)
    box = f"every-{key}-{contact.id}"
    choices = list(EVERY) if kept in EVERY else [*EVERY, kept]
    st.selectbox(
        "Keep in touch",
        choices,
        index=choices.index(kept),
        format_func=_rhythm,
        key=box,
        width=260,
        on_change=_choose,
        args=(ws, contact, box, kept),
    )
    if after is not None and after.welcome is Welcome.NO:
        st.caption(f":material/notifications_off: Today does not remind you of them. {after.rests}")
    elif after is not None and after.welcome is Welcome.YES and after.said_on:
        st.caption(f":material/check: They welcome a follow-up, as they said on {day_label(after.said_on)}.")


def _rhythm(weeks: int | None) -> str:
    if weeks is None:
        return "as usual"
    return {NEVER: "never", 1: "every week"}.get(weeks, f"every {weeks} weeks")


def _choose(ws: Workspace, contact: Contact, box: str, before: int | None) -> None:
    weeks = session.chosen(box)
    weeks = weeks if isinstance(weeks, int) else None
    if session.attempt(lambda: keeping.set_every_weeks(ws, contact.id, weeks)):
        session.notify(
            f"Keep in touch with {escaped(contact.name)}: {_rhythm(weeks)}.",
            undo=lambda: keeping.set_every_weeks(ws, contact.id, before),
        )


def _log(ws: Workspace, contact: Contact, reason: str, trip: Trip | None) -> None:
    log_touch(ws, contact, TouchKind.FOLLOWED_UP, Details(note=reason), trip.id if trip else None)

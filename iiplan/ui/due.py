"""A due thing as a card: what and why, how long there is, the message to write, a click to log it, or later."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import streamlit as st

from iiplan.model import Contact, MessageKind, TouchKind, Trip
from iiplan.outreach import Due, DueKind, Rules
from iiplan.planner import debriefs, messages, people, today, trips
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.debrief import debrief_editor
from iiplan.ui.keep_in_touch import keep_in_touch_panel
from iiplan.ui.labels import KIND, KIND_ICON, day_label, escaped, hours_and_minutes, plural
from iiplan.ui.message import message_panel
from iiplan.ui.navigation import link
from iiplan.ui.questions import find_hours
from iiplan.ui.touches import log_touch

__all__ = ["being_written", "due_card", "is_open", "log_met", "snoozed_row"]

ICON = {
    DueKind.MEETING_SOON: ":material/alarm:",
    DueKind.HOW_WAS_IT: ":material/help:",
    DueKind.DEBRIEF: ":material/edit_note:",
    DueKind.CONFIRM: ":material/event_available:",
    DueKind.OFFER_RUNS_OUT: ":material/hourglass_bottom:",
    DueKind.THANK: ":material/favorite:",
    DueKind.REPLY: ":material/reply:",
    DueKind.OFFER_HOURS: ":material/schedule_send:",
    DueKind.KEEP_PROMISE: ":material/flag:",
    DueKind.NUDGE: ":material/notifications:",
    DueKind.NEXT_PERSON: ":material/group:",
    DueKind.ASK_NEW: ":material/person_add:",
    DueKind.KEEP_IN_TOUCH: ":material/all_inclusive:",
}
CARDS = "cards of what is due"
DEBRIEF_KEY = f"{DueKind.DEBRIEF.value}:"
HAS_ITS_WAY = {DueKind.DEBRIEF, DueKind.KEEP_IN_TOUCH}  # of logging it
LATER = {1: "Tomorrow morning", 3: "In three business days", 5: "In a week"}
MORNING = time(8)


def due_card(
    ws: Workspace, item: Due, contact: Contact, trip: Trip | None, rules: Rules, *, with_link: bool = True
) -> None:
    """One thing to do: why, the person (with a link to them), the text to send, and one click once it is done."""
    with st.container(border=True, gap="xsmall"):
        written = item.kind is DueKind.DEBRIEF and is_open(item)
        why = "What you write is kept as you go; press Done at the end." if written else escaped(item.why)
        st.markdown(f"{ICON[item.kind]} **{escaped(item.title)}**{_clock(item, ws.now(), trip)}  \n{why}")
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            _actions(ws, item, contact, trip, rules)
            if with_link:
                link("contacts", "Open", person=contact.id)
        if is_open(item):
            _desk(ws, item, contact, trip)


def is_open(item: Due) -> bool:
    """Whether the place where it is done is open on its card; of one card at a time."""
    return session.unfolded(CARDS) == item.key


def _actions(ws: Workspace, item: Due, contact: Contact, trip: Trip | None, rules: Rules) -> None:
    desk = _desk_name(item)
    if desk:
        open_now = is_open(item)
        st.button(
            "Done" if open_now and item.kind is DueKind.DEBRIEF else desk,
            icon=":material/expand_less:" if open_now else ":material/edit:",
            key=f"desk-{item.key}",
            on_click=session.unfold,
            args=(CARDS, item.key),
        )
    if item.logs is not None and item.kind not in HAS_ITS_WAY:
        st.button(
            f"Log: {KIND[item.logs].lower()}",
            icon=KIND_ICON[item.logs],
            key=f"due-{item.key}",
            on_click=_log,
            args=(ws, contact, item.logs, trip),
        )
    if item.alternatives:
        other = f"else-{item.key}"
        st.menu_button(
            "Else",
            list(item.alternatives),
            format_func=lambda kind: f"{KIND_ICON[kind]} {KIND[kind]}",
            icon=":material/alt_route:",
            type="tertiary",
            key=other,
            help="Something else happened: log that instead.",
            on_click=_log_other,
            args=(ws, contact, other, trip),
        )
    menu = f"later-{item.key}"
    st.menu_button(
        "Later",
        list(LATER),
        format_func=LATER.__getitem__,
        icon=":material/snooze:",
        type="tertiary",
        key=menu,
        help="Put it off. It comes back earlier when the situation changes.",
        on_click=_put_off,
        args=(ws, item, menu, trip, rules),
    )
    if item.kind is DueKind.OFFER_RUNS_OUT and trip is not None:
        link("week", "Hours", person=contact.id)


def _desk(ws: Workspace, item: Due, contact: Contact, trip: Trip | None) -> None:
    """Where the thing is done: the message, the hours to offer, or what was said."""
    if item.kind is DueKind.DEBRIEF:
        _debrief(ws, item, contact)
    elif item.kind is DueKind.KEEP_IN_TOUCH:
        keep_in_touch_panel(ws, contact, trip, item.key)
    elif item.kind is DueKind.OFFER_HOURS and trip is not None:
        _offer(ws, contact, trip)
    elif kind := _message_kind(item):
        message_panel(ws, contact, kind, trip=trip, key=item.key, logs=item.logs)


def _desk_name(item: Due) -> str:
    """What the button says that opens the place where the thing is done; empty where there is none."""
    if item.kind is DueKind.DEBRIEF:
        return "Write it down"
    if item.kind is DueKind.OFFER_HOURS:
        return "Hours"
    return "Message" if _message_kind(item) else ""


def _message_kind(item: Due) -> MessageKind | None:
    """The message to write: the one that leads to the touch to log; about hours also where an hour is to be settled."""
    if item.kind is DueKind.OFFER_HOURS:
        return MessageKind.OFFER
    return messages.kind_for(item.logs) if item.logs else None


def _log_other(ws: Workspace, contact: Contact, menu: str, trip: Trip | None) -> None:
    kind = session.chosen(menu)
    if isinstance(kind, TouchKind):
        _log(ws, contact, kind, trip)


def _log(ws: Workspace, contact: Contact, kind: TouchKind, trip: Trip | None) -> None:
    if log_touch(ws, contact, kind, trip_id=trip.id if trip else None) and kind is TouchKind.MET:
        _open_debrief(ws, contact)


def _offer(ws: Workspace, contact: Contact, trip: Trip) -> None:
    """Hours to offer, found and held on the spot; somebody who is not on the trip yet is put there first."""
    if any(one.contact_id == contact.id for one in ws.store.candidates(trip.id)):
        find_hours(ws, trip, contact.id, contact.name)
        return
    st.markdown(f"{escaped(contact.name)} is not on the trip {escaped(trip.name)} yet.")
    st.button(
        "Put them on the trip",
        icon=":material/person_add:",
        type="primary",
        key=f"on-trip-{contact.id}",
        on_click=_put_on_trip,
        args=(ws, contact, trip),
    )


def _put_on_trip(ws: Workspace, contact: Contact, trip: Trip) -> None:
    if session.attempt(lambda: trips.add_candidates(ws, trip, [contact.id])):
        session.notify(
            f"On the trip now: {escaped(contact.name)}.",
            undo=lambda: ws.store.remove_candidate(trip.id, contact.id, ws.now()),
        )


def _debrief(ws: Workspace, item: Due, contact: Contact) -> None:
    met = _met(item.key)
    talk = next((one for one in debriefs.talks_with(ws, contact.id) if one.met is not None and one.met.id == met), None)
    if talk is not None:
        debrief_editor(ws, talk)


def being_written() -> frozenset[str]:
    """The touch "met" (id) about which the user writes right now: its card stays until they are done."""
    open_card = session.unfolded(CARDS) or ""
    return frozenset({_met(open_card)}) if open_card.startswith(DEBRIEF_KEY) else frozenset()


def log_met(ws: Workspace, contact: Contact, trip: Trip | None) -> None:
    """Callback: log that we met, and open what is to be written down about it."""
    _log(ws, contact, TouchKind.MET, trip)


def _open_debrief(ws: Workspace, contact: Contact) -> None:
    met = people.person(ws, contact.id).history.known.met
    key = f"{DEBRIEF_KEY}{contact.id}:{met.id}" if met else ""
    if key and session.unfolded(CARDS) != key:
        session.unfold(CARDS, key)


def _met(key: str) -> str:
    """The touch that a debrief's key names: kind, contact and touch, with colons between."""
    return key.rsplit(":", 1)[-1]


def _put_off(ws: Workspace, item: Due, menu: str, trip: Trip | None, rules: Rules) -> None:
    days = session.chosen(menu)
    if not isinstance(days, int):
        return
    zone = trip.zone if trip else ZoneInfo(session.browser_timezone())
    until = datetime.combine(rules.add_days(ws.now().astimezone(zone).date(), days), MORNING, zone)
    if session.attempt(lambda: today.snooze(ws, item, until)):
        session.notify(f"Put off until {day_label(until)}: {escaped(item.title)}.", undo=lambda: today.wake(ws, item))


def snoozed_row(ws: Workspace, one: today.PutOff, trip: Trip | None) -> None:
    """Something put off, and a way to bring it back."""
    until = one.until.astimezone(trip.zone if trip else ZoneInfo(session.browser_timezone()))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"{ICON[one.item.kind]} {escaped(one.item.title)} · until {day_label(until)}", width="content")
        st.button(
            "Bring back",
            type="tertiary",
            icon=":material/undo:",
            key=f"wake-{one.item.key}",
            on_click=today.wake,
            args=(ws, one.item),
        )


def _clock(item: Due, now: datetime, trip: Trip | None) -> str:
    """How long there is, as a badge; nothing without a deadline."""
    if item.deadline is None or item.kind is DueKind.MEETING_SOON:
        return ""
    left = item.deadline - now
    local = item.deadline.astimezone(trip.zone) if trip else item.deadline
    if left < timedelta(0):
        here = now.astimezone(local.tzinfo)
        since = f"{local:%H:%M}" if local.date() == here.date() else day_label(local)
        return f" :red-badge[:material/alarm: late since {since}]"
    if left < timedelta(days=1):
        return f" :orange-badge[:material/alarm: {hours_and_minutes(int(left.total_seconds() // 60))} left]"
    return f" :gray-badge[{plural(left.days, 'day')} left]"

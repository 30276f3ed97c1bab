"""Keeping a calendar on a CalDAV server up to date: connect, choose a calendar, send.

The password lives in its field alone, while the page shows it, or in the keyring of the machine.
"""

from __future__ import annotations

from typing import cast
from zoneinfo import ZoneInfo

import streamlit as st

from iiplan.calendars import (
    Login,
    ServerCalendar,
    caldav_installed,
    host_of,
    is_private,
    keyring_installed,
    server_address,
)
from iiplan.errors import IiplanError, InputError
from iiplan.model import CalendarLink, Trip
from iiplan.planner import caldav, caldav_send
from iiplan.planner.caldav_send import Sent
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.caldav_changes import show_note, show_sent
from iiplan.ui.labels import day_label, escaped, plural

__all__ = ["show_caldav"]

_FOUND = "calendars found"
_PASSWORD, _REMEMBER, _UNENCRYPTED = "caldav-password", "caldav-remember", "caldav-unencrypted"  # keys, no secrets
_NEW = ""


def show_caldav(ws: Workspace, trip: Trip) -> None:
    """Everything about the calendar on a server, folded away; nothing before there is a plan."""
    link = caldav.link_of(ws, trip)
    if link is None and ws.store.plan(trip.id) is None:
        return
    with st.expander("Keep a CalDAV calendar up to date", icon=":material/cloud_sync:", key="caldav"):
        if not caldav_installed():
            st.info("This part is not installed. Install it with `pip install 'iiplan[caldav]'`, then start anew.")
        elif link is None:
            _connect(ws, trip)
        else:
            _linked(ws, trip, link)


def _connect(ws: Workspace, trip: Trip) -> None:
    """Who asks which server; then its calendars."""
    st.markdown(
        "Nextcloud, iCloud, Fastmail, Radicale and many others take the week straight into a calendar of yours. "
        "Nothing is sent before you press a button. Google Calendar takes no password from other programs: give it the "
        "downloaded file. *docs/calendars.md* names the addresses."
    )
    last = caldav.last_used(ws)
    server = st.text_input(
        "Server address",
        value=last.server if last else "",
        placeholder="https://cloud.example.org/remote.php/dav",
        key="caldav-server",
    )
    user = st.text_input("User name", value=last.user if last else "", key="caldav-user")
    password, unencrypted = _password(server)
    if st.button("Show my calendars", icon=":material/search:", type="primary", key="caldav-find"):
        try:
            login = Login(server=server, user=user, password=password, unencrypted=unencrypted)
            with st.spinner(f"Asking {host_of(login.server)} …"):
                session.keep(_FOUND, (server, user, caldav.calendars(login)))
        except IiplanError as error:
            session.keep(_FOUND, None)
            st.error(escaped(str(error)))
    found = cast("tuple[str, str, tuple[ServerCalendar, ...]] | None", session.kept(_FOUND))
    if found and found[:2] == (server, user):
        _choose(ws, trip, found[2])


def _password(server: str) -> tuple[str, bool]:
    """The password as typed, and whether it may travel unencrypted."""
    password = st.text_input(
        "Password",
        type="password",
        live="0ms",  # else the Tab key leads to the button inside the box, and what was typed is not sent
        key=_PASSWORD,
        autocomplete="off",
        help="Many providers want one made for apps. iiplan keeps it nowhere, unless you tick the box below.",
    )
    if keyring_installed():
        st.checkbox("Remember on this machine (in its keyring)", key=_REMEMBER)
    try:
        private = not server.strip() or is_private(server_address(server))
    except InputError:
        private = True  # said once the address is used
    if private:
        return password, False
    st.warning("The way to this server is not encrypted: others on it could read the password and the plan.")
    return password, st.checkbox("Send them unencrypted all the same", key=_UNENCRYPTED)


def _choose(ws: Workspace, trip: Trip, found: tuple[ServerCalendar, ...]) -> None:
    """One of the calendars, or a new one."""
    names = {_NEW: "A new calendar for this trip"} | {one.url: one.name for one in found if one.writable}
    read_only = [one.name for one in found if not one.writable]
    url = st.selectbox("Calendar", list(names), format_func=names.__getitem__, key="caldav-calendar")
    if read_only:
        st.caption(f"Only to be read, so not in the list: {escaped(', '.join(read_only))}.")
    if url == _NEW:
        st.text_input("Name of the new calendar", value=trip.name, max_chars=200, key="caldav-new-name")
    else:
        st.caption("Events of others in it are never touched. A calendar of its own is easier to share and to remove.")
    chosen = next((one for one in found if one.url == url), None)
    st.button("Use this calendar", icon=":material/check:", key="caldav-use", on_click=_use, args=(ws, trip, chosen))


def _use(ws: Workspace, trip: Trip, chosen: ServerCalendar | None) -> None:
    def act() -> None:
        login = Login(
            server=str(session.chosen("caldav-server") or ""),
            user=str(session.chosen("caldav-user") or ""),
            password=str(session.chosen(_PASSWORD) or ""),
            unencrypted=bool(session.chosen(_UNENCRYPTED)),
        )
        calendar = chosen or caldav.create(login, str(session.chosen("caldav-new-name") or ""))
        link = caldav.choose(ws, trip, login, calendar)
        session.keep(_FOUND, None)
        session.notify(
            f"The week goes to the calendar {escaped(link.name)} from now on. Press *Send now*.",
            undo=lambda: caldav.disconnect(ws, link),
        )

    session.attempt(act)


def _linked(ws: Workspace, trip: Trip, link: CalendarLink) -> None:
    """Send, and what came of it."""
    head = st.container()
    password, unencrypted = _password(link.server)
    st.checkbox(
        "Remove what is off (else it stays, marked as cancelled)",
        value=link.remove_off,
        key="caldav-remove-off",
        on_change=_save_remove_off,
        args=(ws, link),
    )
    with st.container(horizontal=True):
        pressed = st.button("Send now", icon=":material/cloud_upload:", type="primary", key="caldav-send")
        st.button(
            "Use another calendar", icon=":material/swap_horiz:", key="caldav-leave", on_click=_leave, args=(ws, link)
        )
        if link.remembered:
            st.button(
                "Forget the password", icon=":material/key_off:", key="caldav-forget", on_click=_forget, args=(ws, link)
            )
    result = f"sent of {trip.id} to {link.calendar}"
    if pressed:
        session.keep(result, _send(ws, trip, link, password, unencrypted))
    with head:
        _state(ws, trip, caldav.link_of(ws, trip) or link)
    show_note(result)
    sent = cast("Sent | None", session.kept(result))
    if sent is not None:
        show_sent(ws, trip, link, sent, result, lambda: _login(link))


def _send(ws: Workspace, trip: Trip, link: CalendarLink, password: str, unencrypted: bool) -> Sent | None:
    """Send with a bar that fills; what stops it before the first event is said at once."""
    bar = st.progress(0.0, text=f"Asking {escaped(host_of(link.server))} …")

    def report(done: int, total: int, title: str) -> None:
        bar.progress(done / total, text=f"{done} of {total} · {escaped(title)}")

    try:
        login = caldav.login_for(link, password, unencrypted=unencrypted)
        sent = caldav_send.send(ws, trip, link, login, report)
        if session.chosen(_REMEMBER) and password:
            _remember(ws, trip, login)
    except IiplanError as error:
        st.error(escaped(str(error)))
        return None
    finally:
        bar.empty()
    return sent


def _remember(ws: Workspace, trip: Trip, login: Login) -> None:
    """Once the server has taken the password, it is worth keeping."""
    link = caldav.link_of(ws, trip)
    try:
        if link is not None:
            caldav.remember(ws, link, login)
    except InputError as error:
        st.warning(escaped(str(error)))


def _login(link: CalendarLink) -> Login:
    """The login from the fields as they are, for use in a callback."""
    typed, anyway = session.chosen(_PASSWORD), session.chosen(_UNENCRYPTED)
    return caldav.login_for(link, str(typed or ""), unencrypted=bool(anyway))


def _state(ws: Workspace, trip: Trip, link: CalendarLink) -> None:
    """Where the week goes, when it last went, and how much is new."""
    name, host = escaped(link.name), escaped(host_of(link.server))
    st.markdown(f"The week goes to **{name}** at {host}, as {escaped(link.user)}.")
    count = caldav_send.waiting(ws, trip, link)
    words = f"{plural(count, 'event')} to send." if count else "Nothing is new since it was sent."
    if link.sent_at is not None:
        at = link.sent_at.astimezone(ZoneInfo(session.browser_timezone()))
        words += f" Last sent {day_label(at)} {at:%H:%M}."
    if link.remembered:
        words += " The password is in this machine's keyring: leave the field empty."
    st.caption(words)


def _save_remove_off(ws: Workspace, link: CalendarLink) -> None:
    session.attempt(lambda: caldav.remove_off(ws, link, bool(session.chosen("caldav-remove-off"))))


def _leave(ws: Workspace, link: CalendarLink) -> None:
    if session.attempt(lambda: caldav.disconnect(ws, link)):
        session.notify(
            f"The week is sent to {escaped(link.name)} no longer. What stands there stays.",
            undo=lambda: caldav.restore(ws, link),
        )


def _forget(ws: Workspace, link: CalendarLink) -> None:
    if session.attempt(lambda: caldav.forget(ws, link)):
        session.notify("The password is forgotten. It is asked for from now on.")

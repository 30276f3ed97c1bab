"""Subscribing to a trip's plan from a calendar app: switch it on, take the address, make a new one, switch it off."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo

import streamlit as st

from iiplan.model import Feed, Trip
from iiplan.planner import feed
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.labels import day_label

__all__ = ["show_feed"]

_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})

_HERE = (
    "This address works on this machine only, while iiplan runs. A phone, and services that fetch from their own "
    "computers (Google Calendar, Outlook on the web), cannot reach it: give those the downloaded file, or see "
    "docs/hosting.md for what it takes."
)
_APPS_HERE = """
- **Apple Calendar** on this Mac: the button, or *File*, *New Calendar Subscription*. As location choose *On My Mac*.
- **Thunderbird**: *New Calendar*, *On the Network*, paste the address, no user name.
- **Outlook** for Windows: *Add Calendar*, *From Internet*. If it says that it cannot reach the address, use the file.
- **Google Calendar** and **Outlook on the web**: not with this address.
"""
_ELSEWHERE = "Apps reach this address as far as the server that you set up lets them (docs/hosting.md)."
_APPS_ELSEWHERE = """
- **Apple Calendar**: the button, also on an iPhone; or *File*, *New Calendar Subscription* on a Mac.
- **Thunderbird**: *New Calendar*, *On the Network*, paste the address, no user name.
- **Google Calendar**: on a computer, *Other calendars*, *From URL*. It fetches when it likes, often hours apart.
- **Outlook**: *Add Calendar*, *From Internet*; on the web *Subscribe from web*. It too fetches when it likes.
"""


def show_feed(ws: Workspace, trip: Trip) -> None:
    """Everything about subscribing, folded away; nothing before there is a plan."""
    known = feed.of_trip(ws, trip)
    if known is None and ws.store.plan(trip.id) is None:
        return
    with st.expander("Subscribe from a calendar app", icon=":material/sync:", key="feed"):
        if known is None:
            _offer(ws, trip)
        else:
            _show(ws, trip, known)


def _offer(ws: Workspace, trip: Trip) -> None:
    st.markdown(
        "A calendar app that subscribes fetches this week again and again, so that changes arrive by themselves. "
        "It needs an address, which is made when you switch this on. **Whoever has the address can read the plan**, "
        "with its names, places and phone numbers, without a password."
    )
    st.button("Switch on", icon=":material/link:", key="feed-on", on_click=_switch_on, args=(ws, trip))


def _show(ws: Workspace, trip: Trip, known: Feed) -> None:
    here = _server()
    local = here.hostname in _THIS_MACHINE
    address = here._replace(path=feed.path_of(known)).geturl()
    st.code(address, language=None, wrap_lines=True)
    st.caption(_fetched(known))
    st.link_button("Open in Apple Calendar", f"webcal:{address.partition(':')[2]}", icon=":material/open_in_new:")
    st.markdown((_HERE + _APPS_HERE) if local else (_ELSEWHERE + _APPS_ELSEWHERE))
    if not local and here.scheme != "https":
        st.warning("The way to this address is not encrypted: others on it can read the plan and the address.")
    st.markdown(
        "The app shows the plan as it stands: what leaves the plan disappears there too, and an hour that is not "
        "agreed yet is tentative. **Whoever has the address can read it all.** Has it got into the wrong hands? Make a "
        "new one."
    )
    with st.container(horizontal=True):
        st.button(
            "New address",
            icon=":material/autorenew:",
            key="feed-renew",
            help="The old address stops at once; apps that use it have to be given the new one.",
            on_click=_renew,
            args=(ws, trip, known),
        )
        st.button(
            "Switch off", icon=":material/link_off:", key="feed-off", on_click=_switch_off, args=(ws, trip, known)
        )


def _server() -> SplitResult:
    """Scheme and host by which the browser sees the app; when it does not say, the usual ones."""
    seen = urlsplit(st.context.url or "http://localhost:8501")
    return SplitResult(scheme=seen.scheme, netloc=seen.netloc, path="", query="", fragment="")


def _fetched(known: Feed) -> str:
    zone = ZoneInfo(session.browser_timezone())
    made = known.made_at.astimezone(zone)
    words = f"Made {day_label(made)} {made:%H:%M}. "
    last = feed.last_fetched(known)
    if last is None:
        return words + "No app has fetched it since iiplan was started."
    seen = last.astimezone(zone)
    return words + f"An app last fetched it {day_label(seen)} {seen:%H:%M}; iiplan keeps no other record of it."


def _switch_on(ws: Workspace, trip: Trip) -> None:
    if session.attempt(lambda: feed.switch_on(ws, trip)):
        session.notify(
            "Switched on: the address is under *Subscribe from a calendar app*.",
            undo=lambda: feed.switch_off(ws, trip),
        )


def _renew(ws: Workspace, trip: Trip, known: Feed) -> None:
    if session.attempt(lambda: feed.renew(ws, trip)):
        session.notify("There is a new address; the old one has stopped.", undo=lambda: feed.restore(ws, known))


def _switch_off(ws: Workspace, trip: Trip, known: Feed) -> None:
    if session.attempt(lambda: feed.switch_off(ws, trip)):
        session.notify(
            "Switched off: the address has stopped. Apps keep showing what they fetched last until you remove the "
            "calendar there.",
            undo=lambda: feed.restore(ws, known),
        )

"""Use cases about a calendar on a server: choose it, make it, let go of it, and where its password comes from.

A password is handed through and never kept but in the keyring of the operating system, when the user wants that.
"""

from __future__ import annotations

from dataclasses import replace

from iiplan.calendars import CalendarServer, Login, ServerCalendar, forget_password, keep_password, kept_password
from iiplan.errors import InputError
from iiplan.model import CalendarLink, Trip
from iiplan.planner.workspace import Workspace, new_id

__all__ = [
    "calendars",
    "choose",
    "create",
    "disconnect",
    "forget",
    "last_used",
    "link_of",
    "login_for",
    "remember",
    "remove_off",
    "restore",
]


def link_of(workspace: Workspace, trip: Trip) -> CalendarLink | None:
    """The calendar on a server that the trip is sent to; None while there is none."""
    return next((link for link in workspace.store.calendar_links() if link.trip_id == trip.id), None)


def last_used(workspace: Workspace) -> CalendarLink | None:
    """The calendar that was chosen last for any trip: the next one is likely on the same server."""
    return next(reversed(workspace.store.calendar_links()), None)


def calendars(login: Login) -> tuple[ServerCalendar, ...]:
    """The calendars that a user has on a server. Asks the server."""
    return CalendarServer(login).calendars()


def create(login: Login, name: str) -> ServerCalendar:
    """Make a calendar of that name. Asks the server."""
    if not name.strip():
        raise InputError("The new calendar needs a name. Type one.")
    return CalendarServer(login).create(" ".join(name.split())[:200], f"iiplan-{new_id()[:12]}")


def choose(workspace: Workspace, trip: Trip, login: Login, calendar: ServerCalendar) -> CalendarLink:
    """Send the trip to that calendar from now on. Nothing is sent yet."""
    if not calendar.writable:
        raise InputError(f"{calendar.name} can only be read. Choose a calendar that you may change.")
    link = CalendarLink(
        trip_id=trip.id, server=login.server, user=login.user.strip(), calendar=calendar.url, name=calendar.name
    )
    workspace.store.save_calendar_link(link)
    return link


def disconnect(workspace: Workspace, link: CalendarLink) -> None:
    """Send the trip there no longer; what stands there stays, and so does what is known of it."""
    workspace.store.delete_calendar_link(link.trip_id)


def restore(workspace: Workspace, link: CalendarLink) -> None:
    """Bring back a link that was let go of."""
    workspace.store.save_calendar_link(link)


def remove_off(workspace: Workspace, link: CalendarLink, wanted: bool) -> None:
    """Whether what is off is taken out of the calendar or left there as cancelled."""
    workspace.store.save_calendar_link(replace(link, remove_off=wanted))


def login_for(link: CalendarLink, typed: str, *, unencrypted: bool = False) -> Login:
    """The login for a link: with the password as typed, else with the one in the keyring. InputError without one."""
    password = typed or (kept_password(link.server, link.user) if link.remembered else None)
    if not password:
        kept = "It is not in this machine's keyring any more, or that is locked. " if link.remembered else ""
        raise InputError(f"{kept}Type the password of {link.user}.")
    return Login(server=link.server, user=link.user, password=password, unencrypted=unencrypted)


def remember(workspace: Workspace, link: CalendarLink, login: Login) -> CalendarLink:
    """Keep the password in the keyring of this machine. InputError where there is none."""
    keep_password(link.server, link.user, login.password)
    link = replace(link, remembered=True)
    workspace.store.save_calendar_link(link)
    return link


def forget(workspace: Workspace, link: CalendarLink) -> None:
    """Take the password out of the keyring, for all trips of that user on that server."""
    forget_password(link.server, link.user)
    with workspace.store.transaction():
        for one in workspace.store.calendar_links():
            if (one.server, one.user) == (link.server, link.user):
                workspace.store.save_calendar_link(replace(one, remembered=False))

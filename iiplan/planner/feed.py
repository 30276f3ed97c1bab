"""Use cases about subscribing: the address at which calendar apps find a trip's plan, and what they find there.

The token of an address is kept as it is, not as a hash: the page has to show the address again for the next app, and
whoever can read the file with the token can read the plan in it as well, so a hash would protect nothing.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Final

from iiplan.calendars import empty_calendar, for_subscribers
from iiplan.errors import NotFoundError
from iiplan.model import Feed, Receiver, Trip
from iiplan.planner import calendar_out
from iiplan.planner.workspace import Workspace

__all__ = [
    "FOLDER",
    "calendar_at",
    "last_fetched",
    "of_trip",
    "path_of",
    "renew",
    "restore",
    "switch_off",
    "switch_on",
]

FOLDER: Final = "/calendar/"  # on the app's own server
_SUFFIX: Final = ".ics"
_REFRESH: Final = timedelta(hours=1)

_fetched: Final[dict[str, datetime]] = {}  # by token, and only while the app runs: nothing of it is written down


def of_trip(workspace: Workspace, trip: Trip) -> Feed | None:
    """The trip's feed, or None while it is off."""
    return next((feed for feed in workspace.store.feeds() if feed.trip_id == trip.id), None)


def switch_on(workspace: Workspace, trip: Trip) -> Feed:
    """Give the trip an address nobody can guess; one that it has already stays."""
    with workspace.store.transaction():
        return of_trip(workspace, trip) or _new(workspace, trip)


def renew(workspace: Workspace, trip: Trip) -> Feed:
    """Give the trip another address; the old one stops at once. NotFoundError while the feed is off."""
    with workspace.store.transaction():
        if of_trip(workspace, trip) is None:
            raise NotFoundError(f"Subscribing to {trip.name} has been switched off. Switch it on for a new address.")
        return _new(workspace, trip)


def switch_off(workspace: Workspace, trip: Trip) -> None:
    """Take the trip's address away; it stops at once."""
    workspace.store.delete_feed(trip.id)


def restore(workspace: Workspace, feed: Feed) -> None:
    """Bring an address back that was taken away or renewed; the one there is now stops."""
    workspace.store.save_feed(feed)


def path_of(feed: Feed) -> str:
    """Where on the app's server the feed is."""
    return f"{FOLDER}{feed.token}{_SUFFIX}"


def calendar_at(workspace: Workspace, path: str) -> bytes | None:
    """The calendar file at a path of the app's server, as it stands now; None where there is none.

    The same plan gives the same bytes. A plan without meetings gives a calendar without any.
    """
    feed = None
    for known in workspace.store.feeds():  # all of them: how long it takes tells nothing
        if compare_digest(path_of(known).encode(), path.encode(errors="replace")):
            feed = known
    if feed is None:
        return None
    trip = workspace.store.trip(feed.trip_id)
    content = _standing(workspace, trip)
    _fetched[feed.token] = workspace.now()
    return for_subscribers(content, _REFRESH)


def _standing(workspace: Workspace, trip: Trip) -> bytes:
    """The week as it stands. What subscribers were given is kept apart from what was downloaded, and only when it is
    new, so that fetching again and again changes nothing and uses up no change that a file has still to bring."""
    found = calendar_out.calendar_week(workspace, trip, Receiver.FEED)
    if found.changes:
        with workspace.store.transaction():
            found = calendar_out.calendar_week(workspace, trip, Receiver.FEED)
            calendar_out.record(workspace, trip, calendar_out.export(found), Receiver.FEED)
    return calendar_out.export(found).content if found.editions else empty_calendar(trip.name)


def last_fetched(feed: Feed) -> datetime | None:
    """When an app last fetched it; None when none did since iiplan was started."""
    return _fetched.get(feed.token)


def _new(workspace: Workspace, trip: Trip) -> Feed:
    feed = Feed(trip_id=trip.id, token=secrets.token_urlsafe(32), made_at=workspace.now())
    workspace.store.save_feed(feed)
    return feed

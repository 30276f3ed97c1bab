"""What is kept about a calendar on a CalDAV server that a trip is sent to. No password is ever part of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from iiplan.errors import InputError
from iiplan.model._checks import optional_text, require_aware, require_text

__all__ = ["CalendarLink", "Written"]


@dataclass(frozen=True, kw_only=True)
class CalendarLink:
    """The calendar on a server that a trip is sent to.

    ``server`` is the address that was typed, ``calendar`` the URL of the calendar itself, ``name`` what the server
    calls it. ``remembered``: the password lies in the keyring of this machine. ``remove_off``: what is off is taken
    out of the calendar and not left there as cancelled.
    """

    trip_id: str
    server: str
    user: str
    calendar: str
    name: str
    remembered: bool = False
    remove_off: bool = False
    sent_at: datetime | None = None

    def __post_init__(self) -> None:
        require_text(self.server, "The server's address", most=500)
        require_text(self.user, "The user name", most=320)
        require_text(self.calendar, "The calendar's address", most=2000)
        optional_text(self.name, "The calendar's name", most=500)
        if self.sent_at is not None:
            require_aware(self.sent_at, "The time of sending")


@dataclass(frozen=True, kw_only=True)
class Written:
    """What we last wrote into one calendar under one ``uid``, and where.

    ``href`` is the URL of the event, ``etag`` the server's name for what stands there; empty when it is not known.
    ``content`` is the entry as JSON, empty when what stands there is not ours and is to be overwritten.
    """

    uid: str
    href: str
    etag: str
    content: str

    def __post_init__(self) -> None:
        if not self.uid or not self.href:
            raise InputError("What is written into a calendar on a server needs a UID and an address.")

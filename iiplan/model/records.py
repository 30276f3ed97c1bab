"""What is kept about a plan once it has been made and handed out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from iiplan.errors import InputError
from iiplan.model._checks import require_aware, require_range

__all__ = ["Feed", "HandedOut", "Receiver", "Revision", "SavedPlan"]

_TOKEN = re.compile("[A-Za-z0-9_-]{43}")


class Receiver(StrEnum):
    """Who is given a calendar: each has a history of its own, as none knows what the other was given."""

    FILE = "file"  # a downloaded file
    FEED = "feed"  # an app that subscribed
    CALDAV = "caldav"  # a calendar on a server


@dataclass(frozen=True, kw_only=True)
class SavedPlan:
    """A trip's plan as it was saved.

    ``document`` holds problem and plan in the JSON of docs/scheduling.md; ``fingerprint`` identifies the problem it
    answers, so that a changed problem shows the plan to be out of date. ``legs`` says where the minutes of its ways
    come from, as JSON; empty where an earlier iiplan planned.
    """

    trip_id: str
    planned_at: datetime
    fingerprint: str
    document: str
    legs: str = "[]"

    def __post_init__(self) -> None:
        require_aware(self.planned_at, "The time of planning")


@dataclass(frozen=True, kw_only=True)
class Revision:
    """Which edition of a meeting calendars have been given: 0 for the first; ``modified`` is aware."""

    sequence: int
    modified: datetime

    def __post_init__(self) -> None:
        require_range(self.sequence, "The revision", 0, 2**31 - 1)
        require_aware(self.modified, "The time of the revision")
        if self.modified.microsecond:
            raise InputError("A revision's time is kept in whole seconds.")


@dataclass(frozen=True, kw_only=True)
class Feed:
    """The address at which calendar apps find a trip's plan: whoever knows the token can read it.

    ``token`` is 32 random bytes as 43 letters, digits, - and _. It is kept out of ``repr``, and so out of logs.
    """

    trip_id: str
    token: str = field(repr=False)
    made_at: datetime

    def __post_init__(self) -> None:
        if not _TOKEN.fullmatch(self.token):
            raise InputError("The secret part of a calendar address is 43 letters, digits, - or _. Make a new address.")
        require_aware(self.made_at, "The time of making a calendar address")


@dataclass(frozen=True, kw_only=True)
class HandedOut:
    """What calendars were given last under one ``uid``.

    ``content`` is the entry as JSON, None where an earlier iiplan kept none. ``digest`` identifies it; it is empty
    when nobody knows which of two contents calendars hold.
    """

    uid: str
    digest: str
    revision: Revision
    content: str | None = None

    def __post_init__(self) -> None:
        if not self.uid:
            raise InputError("What is handed out to a calendar needs a UID.")

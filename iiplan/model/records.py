"""What is kept about a plan once it has been made and handed out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from iiplan.errors import InputError
from iiplan.model._checks import require_aware, require_range

__all__ = ["HandedOut", "Revision", "SavedPlan"]


@dataclass(frozen=True, kw_only=True)
class SavedPlan:
    """A trip's plan as it was saved.

    ``document`` holds problem and plan in the JSON of docs/scheduling.md; ``fingerprint`` identifies the problem it
    answers, so that a changed problem shows the plan to be out of date.
    """

    trip_id: str
    planned_at: datetime
    fingerprint: str
    document: str

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

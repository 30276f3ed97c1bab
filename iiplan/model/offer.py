"""Hours proposed to one contact and held for them until they choose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from iiplan.errors import InputError
from iiplan.model._checks import require_aware

__all__ = ["Offer"]

MOST_HOURS = 10


@dataclass(frozen=True, kw_only=True)
class Offer:
    """Starts of a meeting offered to one contact of one trip; all times aware.

    It is open, and its hours are held, until ``closed_at``: the contact chose, or it was withdrawn.
    """

    id: str
    trip_id: str
    contact_id: str
    starts: tuple[datetime, ...]
    made_at: datetime
    closed_at: datetime | None = None

    def __post_init__(self) -> None:
        require_aware(self.made_at, "The time of the offer")
        if self.closed_at is not None:
            require_aware(self.closed_at, "The end of the offer")
        if not 1 <= len(self.starts) <= MOST_HOURS:
            raise InputError(f"An offer holds 1 to {MOST_HOURS} hours, not {len(self.starts)}. Choose two or three.")
        for start in self.starts:
            require_aware(start, "An offered hour")
        if len(set(self.starts)) != len(self.starts):
            raise InputError("The same hour is offered twice. Choose different ones.")

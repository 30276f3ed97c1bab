"""How fast things come due, in the user's own measure, and what was put off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from iiplan.errors import InputError
from iiplan.model._checks import require_aware, require_range, require_text

__all__ = ["Cadence", "Snooze"]


@dataclass(frozen=True, kw_only=True)
class Cadence:
    """When asking, reminding and thanking come due.

    ``next_person_after``, ``nudge_after`` and ``offer_waits`` are business days without an answer: until the next
    person at that organisation is proposed, until the one nudge, until an offer of hours is looked at again.
    ``nudge_after`` is also the patience after which an ask counts as unanswered. Three and seven business days are
    those of Steve Dalton, The 2-Hour Job Search. ``confirm_hours`` and ``thank_hours`` are hours before the start and
    after the end of a meeting, ``soon_hours`` how near a meeting is shown as the next one. ``touch_after`` and
    ``touch_by`` are days since the last contact, from and until which to keep in touch.
    """

    next_person_after: int = 3
    nudge_after: int = 7
    offer_waits: int = 3
    confirm_hours: int = 24
    thank_hours: int = 24
    soon_hours: int = 4
    touch_after: int = 14
    touch_by: int = 28
    new_asks_a_day: int = 3
    open_asks: int = 1  # at one organisation at a time

    def __post_init__(self) -> None:
        require_range(self.next_person_after, "The wait for the next person", 1, 60, "business days")
        require_range(self.nudge_after, "The wait for a nudge", 1, 60, "business days")
        require_range(self.offer_waits, "The wait for an offer", 1, 60, "business days")
        require_range(self.confirm_hours, "Confirming ahead", 1, 240, "hours")
        require_range(self.thank_hours, "Thanking within", 1, 240, "hours")
        require_range(self.soon_hours, "A meeting being near", 1, 24, "hours")
        require_range(self.touch_after, "Keeping in touch from", 1, 365, "days")
        require_range(self.touch_by, "Keeping in touch until", 1, 365, "days")
        require_range(self.new_asks_a_day, "The most new asks a day", 0, 50)
        require_range(self.open_asks, "The most open asks at one organisation", 1, 10)
        if self.touch_by < self.touch_after:
            raise InputError(
                f"Keeping in touch cannot begin after {self.touch_after} days and end after {self.touch_by}. "
                "Swap the two."
            )


@dataclass(frozen=True, kw_only=True)
class Snooze:
    """One due thing put off until ``until`` (aware). ``key`` names the thing and what brought it about, so that a
    snooze ends by itself when that changes."""

    key: str
    until: datetime

    def __post_init__(self) -> None:
        require_text(self.key, "What is put off", most=400)
        require_aware(self.until, "The time until which it is put off")

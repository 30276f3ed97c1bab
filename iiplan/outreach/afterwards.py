"""What the log does not say of the time after a meeting: whether it was written down, and how to keep in touch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from iiplan.model import Welcome

__all__ = ["NEVER", "NOTHING_YET", "Afterwards"]

NEVER = 0  # weeks: let it rest


@dataclass(frozen=True, kw_only=True)
class Afterwards:
    """What was written about the meetings with one contact.

    ``written``: ids of the touches "met" about which a debrief has a text. ``welcome``: whether they welcome hearing
    from us again, as last said, on the day ``said_on``. ``every_weeks``: how often the user wants to keep in touch
    with them; None: by the cadence, ``NEVER``: not at all.
    """

    written: frozenset[str] = frozenset()
    welcome: Welcome = Welcome.NOT_SAID
    said_on: date | None = None
    every_weeks: int | None = None

    @property
    def rests(self) -> str:
        """Why nobody is reminded of keeping in touch with them; empty when one is."""
        if self.welcome is Welcome.NO:
            on = self.said_on
            return f"They did not welcome a follow-up{f' on {on:%a} {on.day} {on:%b}' if on else ''}."
        return "You chose to let it rest." if self.every_weeks == NEVER else ""


NOTHING_YET = Afterwards()

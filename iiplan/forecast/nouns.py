"""What a forecast says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from iiplan.forecast.evidence import Evidence
from iiplan.forecast.hand import Hand
from iiplan.model import Source

__all__ = ["SHOWN", "TARGET", "Forecast", "Gain", "Needed", "NeededFrom"]

SHOWN = 0.005  # half of the last of two decimals
TARGET = 0.8  # the chance of a full week that further asks are counted for


@dataclass(frozen=True, kw_only=True)
class NeededFrom:
    """Further asks of one source: people ``on_list``, and ``to_find`` who are not on it yet."""

    source: Source
    on_list: int = 0
    to_find: int = 0


@dataclass(frozen=True, kw_only=True)
class Needed:
    """How many more people to ask for a chance of ``TARGET`` to fill the week.

    ``asks`` is None when it cannot be reached at ``a_day`` new asks a business day; ``sources``, ``last_on`` (the day
    of the last ask) and ``chance`` are then those of the most asks that still help, ``possible`` in number. ``at_once``
    is how many asks would do if all were made on the first day; None when even 500 would not, and when ``asks`` is
    known.
    """

    asks: int | None
    sources: tuple[NeededFrom, ...]
    last_on: date | None
    chance: float
    possible: int
    a_day: int
    at_once: int | None = None

    @property
    def to_find(self) -> int:
        """How many of them are not on the list yet."""
        return sum(one.to_find for one in self.sources)

    @property
    def on_list(self) -> int:
        """How many of them are on the list."""
        return sum(one.on_list for one in self.sources)


@dataclass(frozen=True, kw_only=True)
class Gain:
    """Meetings that one more ask of a source today adds, nobody else being asked; ``error`` is the standard error of
    drawing. ``yes_chance``: that such an ask ends in a meeting, given a week with room. ``evidence``: own data."""

    source: Source
    meetings: float
    error: float
    yes_chance: float
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """The week as it looks ``today``, for so many meetings a day.

    ``goal`` makes a full week: the meetings of days gone by and of today as they are, and every place of the
    ``days_left`` free days after today. ``chances[n]`` is the chance that the week ends up with n meetings if nobody
    else is asked; they sum to 1. In eight of ten draws it is ``low`` to ``high``. ``full`` is the chance of ``goal``
    or more; None, like ``needed``, when no free day is left.
    """

    trip: str
    today: date
    per_day: int
    seed: int
    draws: int
    goal: int
    days_left: int
    held: Hand
    chances: tuple[float, ...]
    low: int
    high: int
    full: float | None
    needed: Needed | None
    gains: tuple[Gain, ...]

    @property
    def mean(self) -> float:
        """The mean number of meetings."""
        return sum(count * chance for count, chance in enumerate(self.chances))

    @property
    def worth_asking(self) -> bool:
        """Whether one more ask adds anything that can be shown, with two decimals."""
        return any(gain.meetings >= SHOWN for gain in self.gains)

    @property
    def sure(self) -> int:
        """Meetings held or agreed."""
        return self.held.done + sum(self.held.agreed.values())

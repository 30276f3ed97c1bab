"""The nouns of the planning problem and of its answer.

They hold plain local dates and whole minutes since midnight. ``parse_problem`` and ``parse_plan``
make them from documents and check every value; code that builds them by hand answers for that itself.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from iiplan.model import Weights
from iiplan.scheduling.clock import Moment
from iiplan.travel import estimate_minutes

if TYPE_CHECKING:
    from iiplan.scheduling.edits import Edit

__all__ = [
    "Busy",
    "Candidate",
    "Day",
    "Lunch",
    "Place",
    "Plan",
    "PlannedDay",
    "PlannedMeeting",
    "Problem",
    "Progress",
    "Remedy",
    "Unplaced",
    "Weights",
    "Window",
]


@dataclass(frozen=True, kw_only=True)
class Lunch:
    """``minutes`` wanted without interruption inside [``earliest``, ``latest``], minutes of the day."""

    earliest: int
    latest: int
    minutes: int


@dataclass(frozen=True, kw_only=True)
class Busy:
    """An appointment of the traveller's own: nothing else happens in [``start``, ``end``)."""

    start: int
    end: int
    title: str | None = None


@dataclass(frozen=True, kw_only=True)
class Day:
    """One day of the trip: leave ``base`` at ``start`` or later, be back at ``end`` or earlier."""

    date: dt.date
    start: int
    end: int
    min_meetings: int
    max_meetings: int
    lunch: Lunch | None
    busy: tuple[Busy, ...]
    base: str


@dataclass(frozen=True, kw_only=True)
class Place:
    """Somewhere to be; degrees where known."""

    id: str
    name: str
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, kw_only=True)
class Window:
    """Hours of one date, [``start``, ``end``), in which a whole meeting may lie."""

    date: dt.date
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Someone who could be met; ``place`` None means a call, durations are minutes."""

    id: str
    name: str
    place: str | None
    duration: int
    arrive_early: int
    debrief: int
    value: int
    must: bool
    seat: str | None
    windows: tuple[Window, ...]
    fixed_start: Moment | None

    @property
    def occupied_minutes(self) -> int:
        """Minutes from arriving early to the end of the debrief."""
        return self.arrive_early + self.duration + self.debrief


@dataclass(frozen=True, kw_only=True)
class Problem:
    """A trip, the people who could be met on it, and what each thing is worth.

    ``days`` are in order of date. ``travel`` is the matrix of the file, row from and column to in the
    order of ``places``, or None where it is to be estimated; ``minutes`` is the one to plan with.
    """

    timezone: str
    grid_minutes: int
    base: str
    days: tuple[Day, ...]
    places: tuple[Place, ...]
    travel: tuple[tuple[int, ...], ...] | None
    candidates: tuple[Candidate, ...]
    weights: Weights
    warnings: tuple[str, ...] = ()

    @cached_property
    def minutes(self) -> tuple[tuple[int, ...], ...]:
        """Minutes door to door, row from, column to; not symmetric in general."""
        if self.travel is not None:
            return self.travel
        spots = [(place.lat or 0.0, place.lon or 0.0) for place in self.places]
        return tuple(
            tuple(0 if i == j else int(estimate_minutes(a, b, "transit")) for j, b in enumerate(spots))
            for i, a in enumerate(spots)
        )

    @cached_property
    def place_index(self) -> dict[str, int]:
        """Row and column of each place id in ``minutes``."""
        return {place.id: i for i, place in enumerate(self.places)}

    @cached_property
    def candidate_index(self) -> dict[str, int]:
        """Position of each candidate id in the file."""
        return {candidate.id: i for i, candidate in enumerate(self.candidates)}


@dataclass(frozen=True, kw_only=True)
class PlannedMeeting:
    """One meeting of a plan; ``start`` and ``end`` are minutes of ``date``."""

    candidate: str
    date: dt.date
    start: int
    end: int
    fixed: bool


@dataclass(frozen=True, kw_only=True)
class PlannedDay:
    """What a day with meetings looks like; ``leave``, ``back`` and ``lunch`` are minutes of the day."""

    date: dt.date
    leave: int
    back: int
    travel_minutes: int
    idle_minutes: int
    lunch: tuple[int, int] | None
    points: int


@dataclass(frozen=True, kw_only=True)
class Remedy:
    """A change that would place someone, and what the best week is then worth; ``edit`` makes it where known."""

    change: str
    points: int
    edit: Edit | None = None


@dataclass(frozen=True, kw_only=True)
class Unplaced:
    """Someone left out, with a true sentence saying why."""

    candidate: str
    reason: str
    remedies: tuple[Remedy, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The answer. ``status`` is ``optimal``, ``feasible`` or ``infeasible``.

    ``bound`` is never below the best possible points; it equals ``points`` when optimal. An infeasible
    plan has neither, no meetings, and sentences in ``conflicts``. ``seconds`` does not count in comparisons.
    """

    status: str
    points: int | None
    bound: int | None
    seconds: float = field(default=0.0, compare=False)
    meetings: tuple[PlannedMeeting, ...] = ()
    days: tuple[PlannedDay, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How a running solve stands; ``fraction`` of the phase from 0 to 1 where known."""

    phase: str
    fraction: float | None = None
    points: int | None = None
    bound: int | None = None

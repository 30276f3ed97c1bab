"""What each minute of a day allows, as numpy tables.

A table is indexed by a minute of the day, 0 to 1440, and by ``NEVER`` (1441), which leads to ``NEVER``:
earliest arrival after a minute for each length of travel, latest departure before a minute, earliest end
of a lunch after a minute, and for each candidate the starts that its windows and the grid allow. All of
them go round the busy times.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt

from iiplan.scheduling.clock import DAY_MINUTES
from iiplan.scheduling.nouns import Candidate, Day, Problem

__all__ = ["NEVER", "DayTables", "Ints"]

Ints = npt.NDArray[np.int32]
NEVER = DAY_MINUTES + 1
_MINUTES = np.arange(NEVER + 1, dtype=np.int32)


class DayTables:
    """The tables of one day for some of its candidates.

    ``people`` are positions of candidates in the problem; those without a possible start are left out.
    ``slots`` is the largest number of starts anyone has. ``begin`` and ``end`` have one row a person and
    ``slots`` columns: when the occupied time of each start begins and ends, padded with -1 and ``NEVER``.
    """

    def __init__(self, problem: Problem, day: Day, people: list[int]) -> None:
        self.problem = problem
        self.day = day
        self.free_run = _free_run(day)
        #: minutes not busy before each minute of the day
        self.free_before = _free_before(day)
        starts = {i: possible_starts(problem, day, problem.candidates[i], self.free_run) for i in people}
        self.people = [i for i in people if len(starts[i])]
        self.candidates: list[Candidate] = [problem.candidates[i] for i in self.people]
        self.base = problem.place_index[day.base]
        self.slots = max((len(starts[i]) for i in self.people), default=0)
        self.begin: Ints = np.full((len(self.people), self.slots), -1, dtype=np.int32)
        self.end: Ints = np.full((len(self.people), self.slots), NEVER, dtype=np.int32)
        for row, (i, candidate) in enumerate(zip(self.people, self.candidates, strict=True)):
            begin = starts[i] - candidate.arrive_early
            self.begin[row, : len(begin)] = begin
            self.end[row, : len(begin)] = begin + candidate.occupied_minutes
        #: for each person the first slot whose occupied time begins at a minute or later; ``slots`` if none
        self.slot_at: Ints = np.full((len(self.people), NEVER + 1), self.slots, dtype=np.int32)
        for row, i in enumerate(self.people):
            count = len(starts[i])
            found = np.searchsorted(self.begin[row, :count], _MINUTES).astype(np.int32)
            self.slot_at[row] = np.where(found < count, found, self.slots)
        self.calls = np.array([candidate.place is None for candidate in self.candidates], dtype=bool)
        #: place of each person; -1 for a call
        self.places: Ints = np.array(
            [-1 if c.place is None else problem.place_index[c.place] for c in self.candidates], dtype=np.int32
        )
        self.travel: Ints = np.minimum(np.array(problem.minutes, dtype=np.int64), NEVER).astype(np.int32)

    @cached_property
    def _spots(self) -> list[int]:
        return sorted({self.base, *(int(place) for place in self.places if place >= 0)})

    @cached_property
    def _lengths(self) -> Ints:
        near = self.travel[np.ix_(self._spots, self._spots)]
        return np.unique(np.append(near, 0)).astype(np.int32)

    @cached_property
    def arrivals(self) -> Ints:
        """Earliest arrival of a travel begun at each minute or later; a row for each length in use."""
        return np.stack([_earliest_end(self.free_run, int(n), 0, DAY_MINUTES) for n in self._lengths])

    def arrival_row(self, lengths: Ints) -> npt.NDArray[np.intp]:
        """The rows of ``arrivals`` for lengths that occur between the base and these people."""
        return np.searchsorted(self._lengths, lengths)

    def lengths_to_people(self, place: int) -> Ints:
        """Minutes from a place to each person; 0 to a call."""
        return np.where(self.calls, 0, self.travel[place, self.places]).astype(np.int32)

    def lengths_home(self, places: Ints) -> Ints:
        """Minutes from each place to the base."""
        return np.asarray(self.travel[places, self.base])

    def arrival(self, length: int) -> Ints:
        """Earliest arrival for one length of travel, begun at each minute or later."""
        return _earliest_end(self.free_run, length, 0, DAY_MINUTES)

    def departure(self, length: int) -> Ints:
        """Latest departure, not before the day's start, that arrives by each minute; -1 if none."""
        allowed = (self.free_run >= length) & (self.day.start <= _MINUTES) & (_MINUTES + length <= DAY_MINUTES)
        table = np.full(NEVER + 1, -1, dtype=np.int32)
        leaving = np.flatnonzero(allowed[:-1]).astype(np.int32)
        table[leaving + length] = leaving
        return np.maximum.accumulate(table)

    @cached_property
    def lunch_end(self) -> Ints:
        """Earliest end of the lunch wanted, begun at each minute or later; ``NEVER`` if none."""
        lunch = self.day.lunch
        if lunch is None:
            return np.full(NEVER + 1, NEVER, dtype=np.int32)
        return _earliest_end(self.free_run, lunch.minutes, lunch.earliest, lunch.latest)


def possible_starts(problem: Problem, day: Day, candidate: Candidate, free_run: Ints | None = None) -> Ints:
    """Starts (minutes, rising) of a meeting inside the day that meet its windows, the grid and no busy time."""
    run = _free_run(day) if free_run is None else free_run
    fixed = candidate.fixed_start
    if fixed is not None:
        starts = np.array([fixed.minute] if fixed.date == day.date else [], dtype=np.int32)
    else:
        allowed = np.zeros(NEVER, dtype=bool)
        for window in candidate.windows:
            if window.date == day.date:
                allowed[window.start : max(window.start, window.end - candidate.duration + 1)] = True
        allowed[np.arange(NEVER) % problem.grid_minutes != 0] = False
        starts = np.flatnonzero(allowed).astype(np.int32)
    begin = starts - candidate.arrive_early
    end = begin + candidate.occupied_minutes
    inside = (begin >= day.start) & (end <= day.end)
    starts, begin = starts[inside], begin[inside]
    return starts[run[begin] >= candidate.occupied_minutes]


def _free_run(day: Day) -> Ints:
    """Minutes from each minute to the next busy one or to midnight; 0 inside a busy time."""
    busy = np.zeros(DAY_MINUTES, dtype=bool)
    for time in day.busy:
        busy[time.start : time.end] = True
    stop = np.where(busy, _MINUTES[:DAY_MINUTES], DAY_MINUTES)
    following = np.minimum.accumulate(stop[::-1])[::-1]
    run = np.zeros(NEVER + 1, dtype=np.int32)
    run[:DAY_MINUTES] = following - _MINUTES[:DAY_MINUTES]
    return run


def _free_before(day: Day) -> Ints:
    free = np.ones(DAY_MINUTES, dtype=np.int32)
    for time in day.busy:
        free[time.start : time.end] = 0
    count = np.zeros(NEVER + 1, dtype=np.int32)
    np.cumsum(free, out=count[1 : DAY_MINUTES + 1])
    count[NEVER] = count[DAY_MINUTES]
    return count


def _earliest_end(free_run: Ints, length: int, earliest: int, latest: int) -> Ints:
    """Earliest end of an uninterrupted stretch of ``length`` inside [earliest, latest] from each minute on."""
    if length == 0:
        return _MINUTES.copy()
    allowed = (free_run >= length) & (earliest <= _MINUTES) & (_MINUTES + length <= latest)
    start = np.where(allowed, _MINUTES, NEVER).astype(np.int32)
    first = np.minimum.accumulate(start[::-1])[::-1]
    return np.where(first < NEVER, first + length, NEVER).astype(np.int32)

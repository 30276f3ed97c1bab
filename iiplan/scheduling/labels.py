"""Partial days and how they grow: the exact dynamic programme behind the day options.

A *state* is the set of people met so far, the last of them, where the traveller then is, the slot (start)
of the last meeting, and what is known of lunch: 0 not yet had, 1 had before leaving the base, 2 had on
the way. For each state only the least *cost so far* counts, because what can follow depends on nothing else:

    (travel weight - idle weight) * travel so far - idle weight * minutes not busy before leaving

Closing a day adds the last leg, idle weight * minutes not busy before returning, what lunch costs or saves;
taking off idle weight * occupied minutes then leaves exactly the points lost to travel, idling and lunch.
Nothing here assumes a triangle inequality or particular weights.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from iiplan.scheduling.day_tables import NEVER, DayTables, Ints

__all__ = ["Costs", "Labels", "Moves", "closing_costs", "first_labels", "moves_from", "settled"]

Costs = npt.NDArray[Any]


@dataclass(frozen=True, kw_only=True)
class Labels:
    """Partial days with the same number of meetings.

    ``members`` (rows, meetings) are sorted rows of the tables; ``last`` and ``place`` (rows) are the last
    person and where the traveller is. ``best`` (rows, 3, slots + 1) is the least cost so far by what is
    known of lunch and by slot of the last meeting; the spare last column is never reachable.
    """

    members: Ints
    last: Ints
    place: Ints
    best: Costs


@dataclass(frozen=True, kw_only=True)
class Moves:
    """From one person at one place to every other: index arrays (people, slots) and costs (people).

    ``latest`` holds for each slot of the next person the latest slot from which it is reached, -1 if none;
    ``first`` for each slot here the first slot reached there, ``slots`` if none. The ``lunch`` ones have a
    lunch on the way and are None where none is wanted.
    """

    cost: Costs
    latest: npt.NDArray[np.intp]
    first: Ints
    lunch_latest: npt.NDArray[np.intp] | None
    lunch_first: Ints | None


class Scale:
    """Weights and the number type that holds every cost; ``never`` marks what cannot be."""

    def __init__(self, tables: DayTables) -> None:
        weights = tables.problem.weights
        self.travel = weights.travel_minute - weights.idle_minute
        self.idle = weights.idle_minute
        self.missed = weights.missed_lunch if tables.day.lunch else 0
        self.saved = weights.idle_minute * tables.day.lunch.minutes if tables.day.lunch else 0
        largest = max(weights.travel_minute, weights.idle_minute) * NEVER + self.missed
        self.dtype: type[np.signedinteger[Any]] = np.int32 if largest < 2**26 else np.int64
        self.never = 2**29 if self.dtype is np.int32 else 2**60


def settled(costs: Costs, scale: Scale) -> Costs:
    """The same costs, in place, with everything unreachable set to exactly ``never``."""
    costs[costs > scale.never // 2] = scale.never
    return costs


def first_labels(tables: DayTables, scale: Scale) -> Labels:
    """Days with one meeting: every start of everyone, leaving the base as late as possible."""
    count, slots = tables.begin.shape
    best = np.full((count, 3, slots + 1), scale.never, dtype=scale.dtype)
    lengths = tables.lengths_to_people(tables.base)
    lunch_by = int(tables.lunch_end[0])
    for row in range(count):
        begin = tables.begin[row][tables.begin[row] >= 0]
        leave = tables.departure(int(lengths[row]))[begin]
        cost = scale.travel * int(lengths[row]) - scale.idle * tables.free_before[leave].astype(scale.dtype)
        slot = np.arange(len(begin))
        had = np.where(leave >= lunch_by, 1, 0) if tables.day.lunch else np.ones(len(begin), dtype=int)
        good = leave >= 0
        best[row, had[good], slot[good]] = cost[good]
    members = np.arange(count, dtype=np.int32)
    place = np.where(tables.calls, tables.base, tables.places).astype(np.int32)
    return Labels(members=members[:, None], last=members, place=place, best=best)


def moves_from(tables: DayTables, scale: Scale, last: int, place: int) -> Moves:
    """Every move from the end of a meeting with ``last``, the traveller being at ``place``."""
    lengths = tables.lengths_to_people(place)
    row = tables.arrival_row(lengths)[:, None]
    ready = tables.arrivals[row, tables.end[last][None, :]]
    everyone = np.arange(len(lengths))[:, None]
    first = tables.slot_at[everyone, ready]
    lunch_first = None
    if tables.day.lunch:
        fed = tables.arrivals[row, tables.lunch_end[tables.end[last]][None, :]]
        lunch_first = tables.slot_at[everyone, np.minimum(fed, tables.lunch_end[ready])]
    return Moves(
        cost=(scale.travel * lengths).astype(scale.dtype),
        latest=_latest(tables, first),
        first=first,
        lunch_latest=None if lunch_first is None else _latest(tables, lunch_first),
        lunch_first=lunch_first,
    )


def _latest(tables: DayTables, first: Ints) -> npt.NDArray[np.intp]:
    """For each slot there, the latest slot here that reaches it or an earlier one."""
    people, slots = first.shape
    flat = (np.arange(people)[:, None] * (slots + 1) + first).ravel()
    counts = np.bincount(flat, minlength=people * (slots + 1)).reshape(people, slots + 1)
    latest = np.cumsum(counts[:, :slots], axis=1) - 1
    latest[tables.end >= NEVER] = -1
    return latest


def closing_costs(tables: DayTables, scale: Scale, people: Ints, places: Ints) -> Costs:
    """Cost of going home (pairs, 3, slots + 1) after a meeting with each person, from each place."""
    lengths = tables.lengths_home(places)
    end = tables.end[people]
    back = tables.arrivals[tables.arrival_row(lengths)[:, None], end]
    cost = (scale.travel * lengths)[:, None] + scale.idle * tables.free_before[back].astype(scale.dtype)
    hungry = np.where(tables.lunch_end[back] < NEVER, 0, scale.missed)
    close = np.full((len(people), 3, end.shape[1] + 1), scale.never, dtype=scale.dtype)
    home = back <= tables.day.end
    for known, extra in ((0, hungry), (1, 0), (2, -scale.saved)):
        close[:, known, :-1] = np.where(home, cost + extra, scale.never)
    return close

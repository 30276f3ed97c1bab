"""A day worked out in full: the order and the hours of the people chosen for it.

The enumeration keeps only what each set is worth. Here one set is enumerated again with everything kept,
and the schedule read back from its end. Of equally good schedules the one is taken whose last meeting
starts earliest, then the one before it, and so on; at the same hour the person earlier in the file.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from iiplan.scheduling.day_options import DayWork
from iiplan.scheduling.day_tables import NEVER, DayTables
from iiplan.scheduling.labels import Labels, closing_costs
from iiplan.scheduling.nouns import Day, PlannedDay, Problem

__all__ = ["day_facts", "fits_alone", "schedule"]

State = tuple[int, int, int]
"""Row of the labels, what is known of lunch, slot of the last meeting."""


def schedule(problem: Problem, day: Day, people: Sequence[int]) -> list[tuple[int, int]]:
    """Candidates (positions in the problem) with their starts, in order; empty where they do not fit."""
    work = DayWork(problem, day, list(people))
    if len(work.tables.people) != len(people) or work.most != len(people):
        return []
    levels = _levels(work)
    if not len(levels[-1].last):
        return []
    final = levels[-1]
    total = final.best + closing_costs(work.tables, work.scale, final.last, final.place)
    if total.min() >= work.scale.never // 2:
        return []
    states = [(int(r), int(h), int(j)) for r, h, j in zip(*np.nonzero(total == total.min()), strict=True)]
    meetings: list[tuple[int, int]] = []
    for level in reversed(range(len(levels))):
        labels = levels[level]
        start, who = min(_meeting(work.tables, labels, state) for state in states)
        states = [state for state in states if _meeting(work.tables, labels, state) == (start, who)]
        meetings.append((work.tables.people[who], start))
        if level:
            states = sorted({s for state in states for s in _before(work, levels[level - 1], labels, state)})
    return meetings[::-1]


def fits_alone(problem: Problem, day: Day, people: Sequence[int]) -> bool:
    """Whether a day with exactly these people is possible."""
    return bool(schedule(problem, day, people))


def _levels(work: DayWork) -> list[Labels]:
    from iiplan.scheduling.labels import first_labels

    levels = [first_labels(work.tables, work.scale)]
    while len(levels) < work.most:
        levels.append(work.extended(levels[-1]))
    return levels


def _meeting(tables: DayTables, labels: Labels, state: State) -> tuple[int, int]:
    """Start of the last meeting of a state, and who it is with (row of the tables)."""
    row, _, slot = state
    who = int(labels.last[row])
    return int(tables.begin[who, slot]) + tables.candidates[who].arrive_early, who


def _before(work: DayWork, earlier: Labels, labels: Labels, state: State) -> list[State]:
    """The states one meeting earlier from which a state is reached at its cost."""
    row, known, slot = state
    who, cost = int(labels.last[row]), labels.best[row, known, slot]
    others = labels.members[row][labels.members[row] != who]
    found: list[State] = []
    for back in np.flatnonzero((earlier.members == others).all(axis=1)):
        if work.tables.calls[who] and earlier.place[back] != labels.place[row]:
            continue
        moves = work.moves(int(earlier.last[back]), int(earlier.place[back]))
        ways = [(known, int(moves.latest[who, slot]))]
        if known == 2 and moves.lunch_latest is not None:
            ways += [(0, int(moves.lunch_latest[who, slot])), (1, int(moves.lunch_latest[who, slot]))]
        for then, latest in ways:
            same = earlier.best[back, then, : latest + 1] + moves.cost[who] == cost
            found.extend((int(back), then, int(i)) for i in np.flatnonzero(same))
    return found


def day_facts(problem: Problem, day: Day, meetings: Sequence[tuple[int, int]]) -> PlannedDay:
    """Leaving, returning, travel, lunch, idling and points of a possible day (candidate, start) in order."""
    tables = DayTables(problem, day, [])
    place, travel, gap_from = tables.base, 0, -1
    leave, lunch = -1, None
    for number, (i, start) in enumerate(meetings):
        candidate = problem.candidates[i]
        begin = start - candidate.arrive_early
        target = place if candidate.place is None else problem.place_index[candidate.place]
        length = 0 if candidate.place is None else problem.minutes[place][target]
        if number == 0:
            leave = int(tables.departure(length)[begin])
        elif lunch is None:
            lunch = _lunch_between(tables, gap_from, length, begin)
        travel, place, gap_from = travel + length, target, begin + candidate.occupied_minutes
    length = problem.minutes[place][tables.base]
    back = int(tables.arrival(length)[gap_from])
    chosen = [problem.candidates[i] for i, _ in meetings]
    occupied = sum(c.occupied_minutes for c in chosen)
    free = int(tables.free_before[back] - tables.free_before[leave])
    idle = free - travel - length - occupied - (lunch[1] - lunch[0] if lunch else 0)
    lunch = lunch or _lunch_between(tables, 0, 0, leave) or _lunch_between(tables, back, 0, NEVER - 1)
    weights = problem.weights
    points = (
        sum(weights.value * c.value + (weights.must if c.must else 0) for c in chosen)
        - weights.missing_meeting * max(0, day.min_meetings - len(chosen))
        - (weights.missed_lunch if day.lunch and not lunch else 0)
        - weights.travel_minute * (travel + length)
        - weights.idle_minute * idle
    )
    return PlannedDay(
        date=day.date,
        leave=leave,
        back=back,
        travel_minutes=travel + length,
        idle_minutes=idle,
        lunch=lunch,
        points=points,
    )


def _lunch_between(tables: DayTables, after: int, length: int, before: int) -> tuple[int, int] | None:
    """The earliest lunch inside a gap that also holds a travel of ``length`` minutes, or None."""
    if tables.day.lunch is None:
        return None
    first = int(tables.lunch_end[after])
    if first == NEVER or tables.arrival(length)[first] > before:
        first = int(tables.lunch_end[tables.arrival(length)[after]])
    return (first - tables.day.lunch.minutes, first) if first <= before else None

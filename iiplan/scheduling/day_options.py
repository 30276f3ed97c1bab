"""Every possible day: for each set of people that fits into a day, the most points it can make.

Sets grow one meeting at a time (``labels``); the last meeting is never stored as a label but joined to
the cheapest way home, which is where most of the work of a wide-open day lies. The enumeration is exact
unless the time or memory allowed runs out; ``DayOptions.complete`` says so.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from iiplan.scheduling.day_tables import DayTables, Ints
from iiplan.scheduling.labels import (
    Costs,
    Labels,
    Moves,
    Scale,
    closing_costs,
    first_labels,
    moves_from,
    settled,
)
from iiplan.scheduling.nouns import Day, Problem

__all__ = ["DayOptions", "DayWork", "OutOfTimeError", "gain", "inserted", "row_keys"]

_MOST_BYTES = 500_000_000
_BYTES_A_SECOND = 300_000_000
_MOST_SETS = 6_000_000


@dataclass(frozen=True, kw_only=True)
class DayOptions:
    """The options of one day.

    ``members`` (options, most meetings) are positions of candidates in the problem, rising, padded with
    the number of candidates; ``points`` (options) is the most each set can make on the day. ``needed``
    are the people fixed to this day: every option holds them. ``people`` could be met on it at all.
    """

    day: Day
    people: tuple[int, ...]
    needed: tuple[int, ...]
    members: npt.NDArray[np.int16]
    points: npt.NDArray[np.int64]
    complete: bool


class OutOfTimeError(Exception):
    """The deadline passed; what was found so far is kept."""


def gain(problem: Problem, i: int) -> int:
    """Points for meeting candidate ``i``, before anything is taken off."""
    candidate, weights = problem.candidates[i], problem.weights
    return weights.value * candidate.value + (weights.must if candidate.must else 0)


class DayWork:
    """The enumeration of one day for the given people (positions of candidates in the problem)."""

    def __init__(
        self,
        problem: Problem,
        day: Day,
        people: list[int],
        deadline: float | None = None,
        *,
        late: Callable[[], bool] | None = None,
    ) -> None:
        self.problem, self.day, self.deadline, self.late = problem, day, deadline, late
        self.tables = DayTables(problem, day, people)
        self.scale = Scale(self.tables)
        self.gains = np.array([gain(problem, i) for i in self.tables.people], dtype=np.int64)
        self.occupied = np.array([c.occupied_minutes for c in self.tables.candidates], dtype=np.int64)
        self.needed = [row for row, c in enumerate(self.tables.candidates) if c.fixed_start]
        self.together = _together(self.tables)
        self.most = min(day.max_meetings, len(self.tables.people))
        self.complete = True
        self._moves: dict[tuple[int, int], Moves] = {}

    def options(self, report: Callable[[float], None] | None = None) -> DayOptions:
        """All sets with their points; partial where the deadline passed or memory would not do."""
        found: list[tuple[Ints, npt.NDArray[np.int64]]] = []
        try:
            if self.most:
                self._grow(found, report or (lambda done: None))
        except OutOfTimeError:
            self.complete = False
        return self._collect(found)

    def _grow(self, found: list[tuple[Ints, npt.NDArray[np.int64]]], report: Callable[[float], None]) -> None:
        labels = first_labels(self.tables, self.scale)
        for size in range(1, self.most + 1):
            found.append(self._grouped(labels.members, self.closed(labels)))
            labels = self.hopeful(labels)
            if size == self.most or not len(labels.last):
                return
            if size == self.most - 1:
                for part in self._finished(labels, report):
                    found.append(part)
                return
            labels = self.extended(self._affordable(labels))

    # -- growing -------------------------------------------------------------------------------------

    def situations(self, labels: Labels) -> Iterator[tuple[int, int, npt.NDArray[np.intp]]]:
        """Rows of labels by last person and place, in a fixed order; checks the clock at each."""
        key = labels.last.astype(np.int64) * (len(self.problem.places) + 1) + labels.place
        order = np.argsort(key, kind="stable")
        cuts = np.flatnonzero(np.diff(key[order])) + 1
        for rows in np.split(order, cuts):
            if len(rows):
                if self.deadline is not None and time.monotonic() > self.deadline:
                    raise OutOfTimeError
                if self.late is not None and self.late():
                    raise OutOfTimeError
                yield int(labels.last[rows[0]]), int(labels.place[rows[0]]), rows

    def moves(self, last: int, place: int) -> Moves:
        """The moves from one situation, computed once."""
        known = self._moves.get((last, place))
        if known is None:
            known = self._moves[last, place] = moves_from(self.tables, self.scale, last, place)
        return known

    def extended(self, labels: Labels) -> Labels:
        """All labels with one meeting more."""
        parts: list[Labels] = []
        for last, place, rows in self.situations(labels):
            step = max(1, 20_000_000 // (len(self.tables.people) * labels.best[0].size))
            for at in range(0, len(rows), step):
                part = rows[at : at + step]
                row, person = np.nonzero(self.allowed(labels.members[part]))
                parts.append(self.extended_by(labels, last, place, part, row, person))
        return self.merged(parts)

    def extended_by(
        self,
        labels: Labels,
        last: int,
        place: int,
        rows: npt.NDArray[np.intp],
        row: npt.NDArray[np.intp],
        person: npt.NDArray[np.intp],
    ) -> Labels:
        """The rows of one situation with one person more each: pairs of a position in ``rows`` and a person."""
        moves, best = self.moves(last, place), labels.best[rows]
        reach = best.copy()
        np.minimum.accumulate(best[:, :, :-1], axis=2, out=reach[:, :, :-1])
        new = np.full((len(row), *best.shape[1:]), self.scale.never, dtype=self.scale.dtype)
        for known in range(3):
            new[:, known, :-1] = reach[row[:, None], known, moves.latest[person]]
        if moves.lunch_latest is not None:
            hungry = np.minimum(reach[:, 0], reach[:, 1])
            new[:, 2, :-1] = np.minimum(new[:, 2, :-1], hungry[row[:, None], moves.lunch_latest[person]])
        new += moves.cost[person, None, None]
        settled(new, self.scale)
        alive = (new < self.scale.never).any(axis=(1, 2))
        row, person, new = row[alive], person[alive], new[alive]
        place_then = np.where(self.tables.calls[person], place, self.tables.places[person])
        return Labels(
            members=inserted(labels.members[rows][row], person),
            last=person.astype(np.int32),
            place=place_then.astype(np.int32),
            best=new,
        )

    def merged(self, parts: list[Labels]) -> Labels:
        """Labels of several parts, each state once with its least costs."""
        if not parts:
            nothing = np.zeros(0, dtype=np.int32)
            shape = (0, 3, self.tables.slots + 1)
            empty = np.zeros(shape, dtype=self.scale.dtype)
            return Labels(members=nothing[:, None], last=nothing, place=nothing, best=empty)
        members = np.concatenate([part.members for part in parts])
        last = np.concatenate([part.last for part in parts])
        place = np.concatenate([part.place for part in parts])
        best = np.concatenate([part.best for part in parts])
        if not len(last):
            return Labels(members=members, last=last, place=place, best=best)
        state = np.column_stack([members, last, place]).astype(np.int64)
        key = row_keys(state, max(len(self.tables.people), len(self.problem.places)) + 1)
        order = np.argsort(key, kind="stable")
        heads = np.flatnonzero(np.append(True, np.diff(key[order]) != 0))
        first = order[heads]
        return Labels(
            members=members[first],
            last=last[first],
            place=place[first],
            best=np.minimum.reduceat(best[order], heads, axis=0),
        )

    def allowed(self, members: Ints) -> npt.NDArray[np.bool_]:
        """Who may join each set (rows, people): not in it, not of a seat in it, and room for the fixed."""
        allowed: npt.NDArray[np.bool_] = np.all(self.together[members], axis=1)
        missing = self.missing(members)
        full = members.shape[1] + missing.sum(axis=1) >= self.most
        if full.any():
            wanted = np.zeros_like(allowed)
            wanted[:, self.needed] = missing
            allowed[full] &= wanted[full]
        return allowed

    def missing(self, members: Ints) -> npt.NDArray[np.bool_]:
        """Who of the fixed is not in each set (rows, fixed)."""
        needed = np.array(self.needed, dtype=np.int32)
        present: npt.NDArray[np.bool_] = np.any(members[:, :, None] == needed[None, None, :], axis=1)
        return ~present

    def hopeful(self, labels: Labels) -> Labels:
        """Labels without the slots that end too late for a fixed meeting still to come."""
        if not self.needed:
            return labels
        missing, best = self.missing(labels.members), labels.best.copy()
        end = self.tables.end[labels.last]
        for column, person in enumerate(self.needed):
            late = missing[:, column, None] & (end > self.tables.begin[person, 0])
            best[:, :, :-1][np.broadcast_to(late[:, None, :], best[:, :, :-1].shape)] = self.scale.never
        return _rows(replace(labels, best=best), np.flatnonzero(best.min(axis=(1, 2)) < self.scale.never))

    def _affordable(self, labels: Labels) -> Labels:
        """The labels, or the most promising of them where extending all would need too much memory."""
        each = labels.best[0].nbytes * len(self.tables.people) if len(labels.last) else 0
        memory = _MOST_BYTES
        if self.deadline is not None:
            memory = min(memory, int(max(0.0, self.deadline - time.monotonic()) * _BYTES_A_SECOND))
        most = max(1, memory // max(1, each))
        if len(labels.last) <= most:
            return labels
        self.complete = False
        promise = self.gains[labels.members].sum(axis=1) - labels.best.min(axis=(1, 2))
        return _rows(labels, np.sort(np.argsort(-promise, kind="stable")[:most]))

    # -- closing -------------------------------------------------------------------------------------

    def closed(self, labels: Labels) -> Costs:
        """Least cost of each label when the traveller goes home now (rows)."""
        close = closing_costs(self.tables, self.scale, labels.last, labels.place)
        return np.asarray((labels.best + close).min(axis=(1, 2), initial=self.scale.never))

    def _finished(
        self, labels: Labels, report: Callable[[float], None]
    ) -> Iterator[tuple[Ints, npt.NDArray[np.int64]]]:
        """Labels joined to one last meeting and the way home, as sets with points."""
        sets: list[Ints] = []
        costs: list[Costs] = []
        done = 0
        total = max(1, len(labels.last))
        try:
            for last, place, rows in self.situations(labels):
                home = self._homeward(last, place)
                step = max(1, 2_000_000 // max(1, len(self.tables.people)))
                for at in range(0, len(rows), step):
                    part = rows[at : at + step]
                    cost = _joined(labels.best[part], home, self.scale.never)
                    cost[~self.allowed(labels.members[part])] = self.scale.never
                    row, person = np.nonzero(cost < self.scale.never // 2)
                    sets.append(inserted(labels.members[part][row], person))
                    costs.append(cost[row, person])
                if sum(map(len, costs)) > _MOST_SETS:
                    least = self._least(np.concatenate(sets), np.concatenate(costs))
                    sets, costs = [least[0]], [least[1]]
                done += len(rows)
                report(done / total)
        except OutOfTimeError:
            self.complete = False
        if sets:
            yield self._grouped(np.concatenate(sets), np.concatenate(costs))

    def _homeward(self, last: int, place: int) -> Costs:
        """Least cost (people, 3, slots) of meeting one person more and going home, by slot of ``last``."""
        tables, moves = self.tables, self.moves(last, place)
        people = np.arange(len(tables.people), dtype=np.int32)
        places = np.where(tables.calls, place, tables.places).astype(np.int32)
        close = closing_costs(tables, self.scale, people, places)
        close = np.minimum.accumulate(close[:, :, ::-1], axis=2)[:, :, ::-1]
        home = np.stack([close[people[:, None], known, moves.first] for known in range(3)], axis=1)
        if moves.lunch_first is not None:
            fed = close[people[:, None], 2, moves.lunch_first]
            np.minimum(home[:, 0], fed, out=home[:, 0])
            np.minimum(home[:, 1], fed, out=home[:, 1])
        return home + moves.cost[:, None, None]

    def _grouped(self, sets: Ints, costs: Costs) -> tuple[Ints, npt.NDArray[np.int64]]:
        """Each possible set once, with its points."""
        good = costs < self.scale.never // 2
        if self.needed:
            good &= ~self.missing(sets).any(axis=1)
        sets, costs = sets[good], costs[good]
        if not len(sets):
            return sets, np.zeros(0, dtype=np.int64)
        sets, least = self._least(sets, costs)
        short = max(0, self.day.min_meetings - sets.shape[1]) * self.problem.weights.missing_meeting
        idle = self.problem.weights.idle_minute * self.occupied[sets].sum(axis=1)
        return sets, self.gains[sets].sum(axis=1) - short - (least.astype(np.int64) - idle)

    def _least(self, sets: Ints, costs: Costs) -> tuple[Ints, Costs]:
        """Each set once, in order, with its least cost."""
        key = row_keys(sets.astype(np.int64), len(self.tables.people) + 1)
        order = np.argsort(key, kind="stable")
        heads = np.flatnonzero(np.append(True, np.diff(key[order]) != 0))
        return sets[order[heads]], np.minimum.reduceat(costs[order], heads)

    def _collect(self, found: list[tuple[Ints, npt.NDArray[np.int64]]]) -> DayOptions:
        nobody, people = len(self.problem.candidates), np.array(self.tables.people, dtype=np.int16)
        count = sum(len(points) for _, points in found)
        members = np.full((count, max(1, self.most)), nobody, dtype=np.int16)
        at = 0
        for sets, points in found:
            members[at : at + len(points), : sets.shape[1]] = people[sets]
            at += len(points)
        return DayOptions(
            day=self.day,
            people=tuple(self.tables.people),
            needed=tuple(self.tables.people[row] for row in self.needed),
            members=members,
            points=np.concatenate([points for _, points in found] or [np.zeros(0, dtype=np.int64)]),
            complete=self.complete,
        )


def _together(tables: DayTables) -> npt.NDArray[np.bool_]:
    """Who may share a day (people, people): different people of different seats."""
    seat = np.array([f"s{c.seat}" if c.seat is not None else f"c{c.id}" for c in tables.candidates], dtype=object)
    return np.asarray(seat[:, None] != seat[None, :], dtype=bool)


def inserted(members: Ints, person: npt.NDArray[np.intp]) -> Ints:
    """Each set with one person more, in order."""
    return np.sort(np.column_stack([members, person]).astype(np.int32), axis=1)


def _rows(labels: Labels, chosen: npt.NDArray[np.bool_] | npt.NDArray[np.intp]) -> Labels:
    return Labels(
        members=labels.members[chosen],
        last=labels.last[chosen],
        place=labels.place[chosen],
        best=labels.best[chosen],
    )


def row_keys(columns: npt.NDArray[np.int64], base: int) -> npt.NDArray[np.int64]:
    """One number for each row, equal exactly where the rows are, ordered as they are."""
    if base ** columns.shape[1] >= 2**62:
        _, inverse = np.unique(columns, axis=0, return_inverse=True)
        return inverse.reshape(-1).astype(np.int64)
    key = np.zeros(len(columns), dtype=np.int64)
    for column in columns.T:
        key = key * base + column
    return key


def _joined(best: Costs, home: Costs, never: int) -> Costs:
    """Least sum over lunch and slot of ``best`` (rows, 3, slots + 1) and ``home`` (people, 3, slots)."""
    joined = np.full((len(best), len(home)), never, dtype=best.dtype)
    reached = best.min(axis=0) < never
    useful = home.min(axis=0) < never // 2
    for known, slot in zip(*np.nonzero(reached[:, :-1] & useful), strict=True):
        np.minimum(joined, best[:, known, slot][:, None] + home[None, :, known, slot], out=joined)
    return joined

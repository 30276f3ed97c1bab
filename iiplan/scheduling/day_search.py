"""The options of a day that pay at given prices, without looking at the others.

Sets grow as in ``day_options``, but only where the least cost of going on (``completions``) leaves hope that the
option is worth more than a floor after paying the prices. Where too many are hopeful, only the most promising are
kept, and ``Found.top`` and ``Found.floor`` tell what may have been lost by that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from iiplan.scheduling.completions import Completions
from iiplan.scheduling.day_options import DayWork, OutOfTimeError, inserted, row_keys
from iiplan.scheduling.day_tables import Ints
from iiplan.scheduling.labels import Costs, Labels, first_labels
from iiplan.scheduling.nouns import Day, Problem

__all__ = ["DaySearch", "Found"]

Points = npt.NDArray[np.int64]
Index = npt.NDArray[np.intp]
_LOW = -(2**24)
_CELLS = 4_000_000
NOTHING = -(2**40)


@dataclass(frozen=True, kw_only=True)
class Found:
    """Options (positions of candidates, padded with their number) with points, and what is known of the others.

    After paying the prices no option at all is worth more than ``top``, and none that is missing is worth
    ``floor`` or more.
    """

    members: npt.NDArray[np.int16]
    points: Points
    top: int
    floor: int


class DaySearch:
    """One day of a problem, searched again and again at different prices; ``late`` ends a search early."""

    def __init__(self, problem: Problem, day: Day, people: list[int], late: Callable[[], bool]) -> None:
        self.problem, self.day, self.late = problem, day, late
        self.work = DayWork(problem, day, people)
        self.people = np.array(self.work.tables.people, dtype=np.intp)
        if int(self.work.gains.sum()) > 2**25:
            self.work.scale.dtype, self.work.scale.never = np.int64, 2**60
        self.completions = Completions(self.work)
        self.first = first_labels(self.work.tables, self.work.scale)
        least = day.min_meetings
        self.short = [max(0, least - k) * problem.weights.missing_meeting for k in range(self.work.most + 1)]
        self.idle = problem.weights.idle_minute * self.work.occupied

    def search(self, price: Points, floor: int, most: int) -> Found:
        """Options worth ``floor`` or more after paying ``price`` (candidates), the empty day not among them.

        At most ``most`` partial days of a size are pursued. Raises ``OutOfTimeError`` when it is late.
        """
        work, scale = self.work, self.work.scale
        charge = price[self.people]
        worth = np.maximum(work.gains + self.idle - charge, _LOW if scale.dtype is np.int32 else NOTHING)
        hopes = self.completions.levels(worth, self.short)
        self.sets: list[tuple[Ints, Costs]] = []
        self.dropped = scale.never
        labels, ceiling = self.first, min(-floor, scale.never // 2 - 1)
        for size in range(1, work.most + 1):
            paid = -worth[labels.members].sum(axis=1).astype(scale.dtype)
            self._keep(labels.members, work.closed(labels) + paid + scale.dtype(self.short[size]), ceiling)
            if size == work.most or not len(labels.last):
                break
            labels = work.hopeful(labels)
            paid = -worth[labels.members].sum(axis=1).astype(scale.dtype)
            if size == work.most - 1:
                self._finish(labels, paid, hopes[size], ceiling)
                break
            labels = self._grown(labels, paid, hopes[size], ceiling, most)
        return self._collected(charge, ceiling)

    def alone(self) -> frozenset[int]:
        """Candidates who can surely be met on this day, being the only one."""
        if self.work.needed or not self.work.most:
            return frozenset()
        fits = self.work.closed(self.first) < self.work.scale.never // 2
        return frozenset(int(i) for i in self.people[self.first.members[fits, 0]])

    def holds(self, person: int) -> bool:
        """Whether any possible option holds a candidate."""
        price = np.zeros(len(self.problem.candidates), dtype=np.int64)
        price[self.people] = self.work.gains + self.idle
        price[person] -= 2**22
        found = self.search(price, 2**20, 5_000)
        return bool((found.members == person).any())

    def _situations(
        self, labels: Labels, paid: Costs, table: Costs, ceiling: int
    ) -> list[tuple[Index, Costs, int, int]]:
        """Rows of each situation with the least cost (rows, people) of going on with each person."""
        parts = []
        for last, place, rows in self.work.situations(labels):
            if self.late():
                raise OutOfTimeError
            onward = self.completions.onward(table, last, place)
            best = labels.best[rows][:, :, :-1] + paid[rows][:, None, None]
            reach = best.min(axis=0) + onward.min(axis=2)
            useful = np.nonzero(reach <= ceiling)
            if not len(useful[0]):
                continue
            mine, then = best[:, useful[0], useful[1]], onward[useful]
            parts.append((rows, _joined(mine, then), last, place))
        return parts

    def _grown(self, labels: Labels, paid: Costs, table: Costs, ceiling: int, most: int) -> Labels:
        """The hopeful labels with one meeting more, at most ``most`` of them."""
        pairs = []
        for rows, cost, last, place in self._situations(labels, paid, table, ceiling):
            row, person = np.nonzero((cost <= ceiling) & self.work.allowed(labels.members[rows]))
            if len(row):
                pairs.append((rows, row, person, cost[row, person], last, place))
        total = sum(len(pair[1]) for pair in pairs)
        limit = ceiling
        if total > most:
            every = np.concatenate([pair[3] for pair in pairs])
            # those that tie with the last are let go, so that what is dropped does not depend on the order
            limit = int(np.partition(every, most)[most]) - 1
            self.dropped = min(self.dropped, limit + 1)
        parts = []
        for rows, row, person, cost, last, place in pairs:
            kept = cost <= limit
            row, person = row[kept], person[kept]
            if not len(row):
                continue
            used, row = np.unique(row, return_inverse=True)
            step = max(1, _CELLS // labels.best[0].size)
            for at in range(0, len(row), step):
                part = slice(at, at + step)
                parts.append(
                    self.work.extended_by(labels, last, place, rows[used], row[part].reshape(-1), person[part])
                )
        return self.work.merged(parts)

    def _finish(self, labels: Labels, paid: Costs, table: Costs, ceiling: int) -> None:
        for rows, cost, _, _ in self._situations(labels, paid, table, ceiling):
            members = labels.members[rows]
            row, person = np.nonzero((cost <= ceiling) & self.work.allowed(members))
            self._keep(inserted(members[row], person), cost[row, person], ceiling)

    def _keep(self, sets: Ints, costs: Costs, ceiling: int) -> None:
        good = costs <= ceiling
        if self.work.needed and len(sets):
            good &= ~self.work.missing(sets).any(axis=1)
        if good.any():
            self.sets.append((sets[good], costs[good]))

    def _collected(self, charge: Points, ceiling: int) -> Found:
        nobody, width = len(self.problem.candidates), max(1, self.work.most)
        padded = np.append(self.people, nobody).astype(np.int16)
        spare = len(self.people)
        blocks = [np.full((len(sets), width), spare, dtype=np.int64) for sets, _ in self.sets]
        for block, (sets, _) in zip(blocks, self.sets, strict=True):
            block[:, : sets.shape[1]] = sets
        floor = -min(ceiling, self.dropped - 1)
        if not blocks:
            return Found(
                members=np.zeros((0, width), dtype=np.int16), points=np.zeros(0, dtype=np.int64), top=floor, floor=floor
            )
        rows, costs = np.concatenate(blocks), np.concatenate([costs for _, costs in self.sets]).astype(np.int64)
        key = row_keys(rows, spare + 1)
        order = np.lexsort((costs, key))
        heads = order[np.append(True, np.diff(key[order]) != 0)]
        rows, costs = rows[heads], costs[heads]
        clipped = np.maximum(
            self.work.gains + self.idle - charge, _LOW if self.work.scale.dtype is np.int32 else NOTHING
        )
        paid = np.append(clipped - (self.work.gains + self.idle), 0)
        points = -costs - paid[rows].sum(axis=1)
        return Found(members=padded[rows], points=points, top=max(-int(costs.min()), floor), floor=floor)


def _joined(mine: Costs, then: Costs) -> Costs:
    """Least sum over the ways: ``mine`` (rows, ways) and ``then`` (ways, people)."""
    rows, ways = mine.shape
    if rows * ways * then.shape[1] <= _CELLS // 4:
        return np.asarray((mine[:, :, None] + then[None, :, :]).min(axis=1))
    joined = mine[:, 0, None] + then[None, 0]
    for way in range(1, ways):
        np.minimum(joined, mine[:, way, None] + then[None, way], out=joined)
    return np.asarray(joined)

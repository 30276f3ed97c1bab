"""Prices for a week whose days are too many to write down: column generation over ``day_search``.

The linear programme knows only the options found so far. Its prices are handed to a search of each day for
options that pay more; what is found joins the programme, until nothing pays more. Any whole prices give a true
bound: their sum, and the most that a day can be worth after paying them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt

from iiplan.scheduling.day_options import row_keys
from iiplan.scheduling.day_search import DaySearch, Found
from iiplan.scheduling.linear import silent

__all__ = ["Duals", "Known", "Master", "best_prices"]

Points = npt.NDArray[np.int64]
_ROUND_LABELS, _ROUND_COLUMNS, _MOST_ROUNDS = 400, 250, 60
_MOST_LABELS = 100_000
_START_FLOOR = -(2**40)


class Known:
    """The options of one day found so far, each set once with the most points seen."""

    def __init__(self, width: int, nobody: int) -> None:
        self.members = np.full((0, width), nobody, dtype=np.int16)
        self.points = np.zeros(0, dtype=np.int64)
        self.base = nobody + 1

    def add(self, members: npt.NDArray[np.int16], points: Points) -> None:
        rows = np.concatenate([self.members, members])
        worth = np.concatenate([self.points, points])
        key = row_keys(rows.astype(np.int64), self.base)
        order = np.lexsort((-worth, key))
        heads = order[np.append(True, np.diff(key[order]) != 0)] if len(order) else order
        self.members, self.points = rows[heads], worth[heads]


@dataclass(frozen=True, kw_only=True)
class Duals:
    """Whole prices of the resources (the free one last) and the most each day is worth after paying them."""

    price: Points
    tops: tuple[int, ...]

    @property
    def bound(self) -> int:
        return int(self.price.sum()) + sum(self.tops)


class Master:
    """The linear programme: at most one option a day, each resource at most once; a day left open loses 2**40."""

    def __init__(self, days: int, resource: npt.NDArray[np.intp], resources: int, open_day: Sequence[bool]) -> None:
        self.days, self.resource, self.resources = days, resource, resources
        self.solver = silent()
        for _ in range(days):
            self.solver.addRow(1.0, 1.0, 0, np.zeros(0, dtype=np.int32), np.zeros(0))
        for _ in range(resources):
            self.solver.addRow(-highspy.kHighsInf, 1.0, 0, np.zeros(0, dtype=np.int32), np.zeros(0))
        for day in range(days):
            cost = 0.0 if open_day[day] else 1e9
            self.solver.addCol(cost, 0.0, highspy.kHighsInf, 1, np.array([day], dtype=np.int32), np.ones(1))

    def add(self, day: int, members: npt.NDArray[np.int16], points: Points) -> None:
        if not len(points):
            return
        used = self.resource[members]
        entries = np.column_stack([np.full(len(used), day), self.days + used])
        real = np.column_stack([np.ones(len(used), dtype=bool), used < self.resources])
        starts = np.append(0, np.cumsum(real.sum(axis=1))[:-1]).astype(np.int32)
        index = entries[real].astype(np.int32)
        count = len(points)
        self.solver.addCols(
            count,
            -points.astype(float),
            np.zeros(count),
            np.full(count, highspy.kHighsInf),
            len(index),
            starts,
            index,
            np.ones(len(index)),
        )

    def solve(self) -> tuple[float, npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """The optimum, the prices of the days, and those of the resources with the free one last."""
        self.solver.run()
        duals = -np.array(self.solver.getSolution().row_dual, dtype=float)
        value = -float(self.solver.getInfo().objective_function_value)
        return value, duals[: self.days], np.append(np.maximum(duals[self.days :], 0.0), 0.0)


def best_prices(
    searches: Sequence[DaySearch],
    known: Sequence[Known],
    resource: npt.NDArray[np.intp],
    resources: int,
    start: Points,
    tell: Callable[[Duals], None],
) -> Duals:
    """Prices at which (nearly) nothing pays more than what is known; ``known`` grows.

    ``tell`` hears of each better bound. Raises ``OutOfTimeError`` from the searches; what was told stays true.
    """
    optional = [not search.work.needed for search in searches]
    master = Master(len(searches), resource, resources, optional)
    for day, options in enumerate(known):
        master.add(day, options.members, options.points)
    best: Duals | None = None
    price, floors = start, [_START_FLOOR] * len(searches)
    labels = _ROUND_LABELS
    for _ in range(_MOST_ROUNDS):
        tops = []
        fresh, cut = 0, False
        for day, search in enumerate(searches):
            found = search.search(price[resource[:-1]], floors[day], labels)
            paid = found.points - price[resource[found.members]].sum(axis=1)
            cut |= found.floor > floors[day]
            tops.append(max(found.top, 0) if optional[day] else found.top)
            if len(paid) > _ROUND_COLUMNS:
                few = np.sort(np.argsort(-paid, kind="stable")[:_ROUND_COLUMNS])
                found = Found(members=found.members[few], points=found.points[few], top=found.top, floor=found.floor)
            before = len(known[day].points)
            known[day].add(found.members, found.points)
            fresh += len(known[day].points) - before
            master.add(day, found.members, found.points)
        duals = Duals(price=price, tops=tuple(tops))
        if best is None or duals.bound < best.bound:
            best = duals
            tell(best)
        value, day_price, exact = master.solve()
        if best.bound - value < 1.0 + len(searches) or (not fresh and not cut):
            return best
        if not fresh:
            if labels >= _MOST_LABELS:
                return best
            labels *= 4
        price = np.rint(exact).astype(np.int64)
        floors = [int(np.floor(p)) - 2 for p in day_price]
    assert best is not None
    return best

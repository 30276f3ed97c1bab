"""One option a day: the best week over the enumerated days, proven.

The linear relaxation is solved by column generation. Its prices, rounded to whole points, give a bound in
integer arithmetic: no plan is worth more than ``bound``, and a plan that uses an option whose *loss* is
more than bound - points cannot be better than a plan already worth ``points``. The integer problem over
the few options left decides; its objective is the loss, so that its numbers stay small.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import highspy
import numpy as np
import numpy.typing as npt

from iiplan.scheduling.day_options import DayOptions, gain
from iiplan.scheduling.linear import run, silent
from iiplan.scheduling.nouns import Problem

__all__ = [
    "Choice",
    "Pool",
    "Priced",
    "Search",
    "best_week",
    "first_in_order",
    "good_week",
    "greedy_week",
    "integer_programme",
    "pool_of",
    "priced",
    "resources_of",
]

OUT_OF_REACH = 2**45
_START, _BATCH, _FIRST_OPTIONS = 40, 60, 300
_MOST_NODES, _MOST_SEARCHED, _MOST_IN_HASTE = 40_000, 3_000, 8_000
_MOST_TRIED, _MOST_STARTS = 500, 20

Rows = npt.NDArray[np.intp]


@dataclass(frozen=True, kw_only=True)
class Pool:
    """All options of all days, day after day, the empty day among them where nobody is fixed.

    ``members`` (options, width) are positions of candidates padded with their number; ``cuts`` (days + 1)
    says where each day's options begin. ``resource`` maps each candidate to what it uses up, its seat or
    itself; the padding maps to ``resources``, which is free. ``gains`` (candidates + 1) is what meeting each brings.
    """

    members: npt.NDArray[np.int16]
    points: npt.NDArray[np.int64]
    cuts: tuple[int, ...]
    resource: npt.NDArray[np.intp]
    resources: int
    days: tuple[DayOptions, ...]
    gains: npt.NDArray[np.int64]

    @property
    def complete(self) -> bool:
        """Whether every option of every day is there."""
        return all(day.complete for day in self.days)

    def only(self, rows: Rows) -> Pool:
        """The pool with just these options (rising rows)."""
        cuts = tuple(int(cut) for cut in np.searchsorted(rows, self.cuts))
        return replace(self, members=self.members[rows], points=self.points[rows], cuts=cuts)

    @property
    def safe(self) -> Rows:
        """For each day the option that never clashes with others: nobody, or only those fixed to it."""
        return np.array(
            [
                low if day.needed else high - 1
                for day, low, high in zip(self.days, self.cuts, self.cuts[1:], strict=False)
            ],
            dtype=np.intp,
        )

    def holding(self, person: int) -> npt.NDArray[np.bool_]:
        """Which options hold a candidate."""
        return np.asarray((self.members == person).any(axis=1))


@dataclass(frozen=True, kw_only=True)
class Priced:
    """What linear prices prove: ``bound`` points at most, and at least ``loss`` points lost by each option.

    ``inside`` is the same bound over the options that are there; it is lower only where some are missing.
    ``price`` (resources + 1) is what leaving a resource unused loses, out of reach for a forced one.
    """

    bound: int
    inside: int
    loss: npt.NDArray[np.int64]
    price: npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One option for each day (rows of the pool), its points, and whether nothing better exists."""

    rows: tuple[int, ...]
    points: int
    proven: bool


def pool_of(problem: Problem, options: Sequence[DayOptions]) -> Pool:
    """The options of all days side by side."""
    nobody, width = len(problem.candidates), max(day.members.shape[1] for day in options)
    blocks, points, cuts = [], [], [0]
    for day in options:
        empty = 0 if day.needed else 1
        block = np.full((len(day.points) + empty, width), nobody, dtype=np.int16)
        block[: len(day.points), : day.members.shape[1]] = day.members
        blocks.append(block)
        points.append(np.append(day.points, np.zeros(empty, dtype=np.int64)))
        cuts.append(cuts[-1] + len(block))
    resource, resources = resources_of(problem)
    return Pool(
        members=np.concatenate(blocks),
        points=np.concatenate(points),
        cuts=tuple(cuts),
        resource=resource,
        resources=resources,
        days=tuple(options),
        gains=np.array([*(gain(problem, i) for i in range(nobody)), 0], dtype=np.int64),
    )


def resources_of(problem: Problem) -> tuple[npt.NDArray[np.intp], int]:
    """What each candidate uses up, its seat or itself (then one more entry for nobody), and how many there are."""
    seats: dict[tuple[str, object], int] = {}
    resource = [
        seats.setdefault(("seat", c.seat) if c.seat is not None else ("person", i), len(seats))
        for i, c in enumerate(problem.candidates)
    ]
    return np.array([*resource, len(seats)], dtype=np.intp), len(seats)


def priced(
    pool: Pool,
    *,
    forced: int | None = None,
    promise: npt.NDArray[np.int64] | None = None,
    deadline: float | None = None,
) -> Priced:
    """Prices from the linear relaxation; true, if less sharp, where the deadline ends the search.

    The ``forced`` resource must be used; ``promise`` (options) says which options to begin with.
    """
    relaxed = _Relaxation(pool, forced)
    chosen = np.zeros(len(pool.points), dtype=bool)
    fresh = _first_columns(pool, pool.points if promise is None else promise, forced)
    while True:
        chosen[fresh] = True
        relaxed.add(fresh)
        day_price, price = relaxed.prices()
        reduced = pool.points - price[pool.resource][pool.members].sum(axis=1)
        for day, (low, high) in enumerate(pairwise(pool.cuts)):
            reduced[low:high] -= day_price[day]
        reduced[chosen] = -np.inf
        fresh = _best_of_each_day(pool, reduced, _BATCH, 1e-6)
        late = deadline is not None and time.monotonic() > deadline
        if late or not len(fresh):
            return _rounded(pool, price, forced)


def _first_columns(pool: Pool, promise: npt.NDArray[np.int64], forced: int | None) -> Rows:
    """The most promising options of each day, the safe ones, and some with what is forced."""
    score = promise.astype(float)
    rows = [_best_of_each_day(pool, score, _START, -np.inf), pool.safe]
    if forced is not None:
        with_it = (pool.resource[pool.members] == forced).any(axis=1)
        rows.append(_best_of_each_day(pool, np.where(with_it, score, -np.inf), _START, -np.inf))
    return np.unique(np.concatenate(rows))


def _rounded(pool: Pool, price: npt.NDArray[np.float64], forced: int | None) -> Priced:
    lowest = np.zeros(len(price))
    if forced is not None:
        lowest[forced] = -(2.0**40)
    whole = np.rint(np.clip(np.nan_to_num(price), lowest, 2.0**40)).astype(np.int64)
    reduced = pool.points - whole[pool.resource][pool.members].sum(axis=1)
    bound = inside = int(whole.sum())
    for day, (low, high) in enumerate(pairwise(pool.cuts)):
        top = int(reduced[low:high].max())
        inside += top
        bound += max(top, _ceiling(pool, pool.days[day], whole))
        reduced[low:high] -= top
    if forced is not None:
        whole[forced] = OUT_OF_REACH
    return Priced(bound=bound, inside=inside, loss=-reduced, price=whole)


def _ceiling(pool: Pool, day: DayOptions, price: npt.NDArray[np.int64]) -> int:
    """A bound on any option of a day whose enumeration was cut short; far below zero where it was not."""
    if day.complete:
        return -(2**62)
    worth = pool.gains - price[pool.resource]
    rest = [i for i in day.people if i not in day.needed]
    spare = max(0, day.day.max_meetings - len(day.needed))
    top = np.sort(np.maximum(0, worth[rest]))[::-1][:spare].sum() if rest else 0
    return int(worth[list(day.needed)].sum() + top)


def _best_of_each_day(pool: Pool, score: npt.NDArray[np.float64], count: int, above: float) -> Rows:
    """The ``count`` best options of each day whose score is more than ``above``, rising."""
    picked = []
    for low, high in pairwise(pool.cuts):
        part = score[low:high]
        rows = np.flatnonzero(part > above)
        if len(rows) > count:
            rows = rows[np.argpartition(-part[rows], count)[:count]]
        picked.append(np.sort(rows) + low)
    return np.concatenate(picked).astype(np.intp)


class _Relaxation:
    """The linear programme over the options added so far: one option a day, each resource once."""

    def __init__(self, pool: Pool, forced: int | None) -> None:
        self.pool, self.days = pool, len(pool.days)
        self.solver = silent()
        for _ in range(self.days):
            self.solver.addRow(1.0, 1.0, 0, np.zeros(0, dtype=np.int32), np.zeros(0))
        for resource in range(pool.resources):
            least = 1.0 if resource == forced else -highspy.kHighsInf
            self.solver.addRow(least, 1.0, 0, np.zeros(0, dtype=np.int32), np.zeros(0))

    def add(self, rows: Rows) -> None:
        starts, index = _columns(self.pool, rows)
        count = len(rows)
        self.solver.addCols(
            count,
            -self.pool.points[rows].astype(float),
            np.zeros(count),
            np.full(count, highspy.kHighsInf),
            len(index),
            starts,
            index,
            np.ones(len(index)),
        )

    def prices(self) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Prices of the days and of the resources, the free one included."""
        self.solver.run()
        duals = -np.array(self.solver.getSolution().row_dual, dtype=float)
        return duals[: self.days], np.append(duals[self.days :], 0.0)


def _columns(pool: Pool, rows: Rows) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Row indices of the matrix for some options: the day, then the resources used."""
    day = np.searchsorted(np.array(pool.cuts[1:]), rows, side="right")
    used = pool.resource[pool.members[rows]]
    entries = np.column_stack([day, len(pool.days) + used])
    real = np.column_stack([np.ones(len(rows), dtype=bool), used < pool.resources])
    starts = np.append(0, np.cumsum(real.sum(axis=1))[:-1])
    return starts.astype(np.int32), entries[real].astype(np.int32)


def best_week(
    pool: Pool, prices: Priced, *, known: int | None = None, most: int | None = None, deadline: float | None = None
) -> Choice | None:
    """The best week over the options of the pool; None if there is none.

    The options with least loss are tried first; once a week is found, those that lose more than it does
    are out of the question, so that one more search over the rest proves it. ``known`` is what some week
    is surely worth. Integer programming is spared where it would take more than ``most`` options. Without
    proof (for this or the deadline) the best week found, or None, is returned with ``proven`` false.
    """
    loss, best = prices.loss, None
    reach = max(0, int(loss.max()))
    limit = int(np.partition(loss, min(len(loss), _FIRST_OPTIONS) - 1)[min(len(loss), _FIRST_OPTIONS) - 1])
    if known is not None:
        limit = min(limit, prices.inside - known)
    while True:
        rows = np.flatnonzero(loss <= limit)
        search = Search(pool, prices, rows, limit, in_order=False) if len(rows) <= _MOST_SEARCHED else None
        if search is not None and search.finished:
            found = search.found
            choice = (
                None if found is None else Choice(rows=found, points=int(pool.points[list(found)].sum()), proven=True)
            )
        elif most is not None and len(rows) > most:
            return best and replace(best, proven=False)
        else:
            few = rows
            if deadline is not None and len(rows) > _MOST_IN_HASTE:
                few = np.sort(rows[np.argpartition(loss[rows], _MOST_IN_HASTE)[:_MOST_IN_HASTE]])
            choice = integer_programme(pool, prices, few, deadline)
            if choice is not None and len(few) < len(rows):
                choice = replace(choice, proven=False)
        if choice is not None and (best is None or choice.points >= best.points):
            best = choice
        if choice is not None and not choice.proven:
            return best
        if choice is None and deadline is not None and time.monotonic() > deadline:
            return best and replace(best, proven=False)
        if limit >= reach or (best is not None and prices.inside - best.points <= limit):
            return best
        limit = 2 * limit + 50 if best is None else prices.inside - best.points


def _choice(pool: Pool, rows: tuple[int, ...]) -> Choice:
    return Choice(rows=rows, points=int(pool.points[list(rows)].sum()), proven=True)


def greedy_week(pool: Pool) -> Choice:
    """A week at once: on each day in turn the best option that uses nothing twice."""
    used = np.zeros(pool.resources + 1, dtype=bool)
    taken = []
    for low, high in pairwise(pool.cuts):
        points = np.where(used[pool.resource[pool.members[low:high]]].any(axis=1), -(2**62), pool.points[low:high])
        taken.append(low + int(points.argmax()))
        used[pool.resource[pool.members[taken[-1]]]] = True
        used[pool.resources] = False
    return Choice(rows=tuple(taken), points=int(pool.points[taken].sum()), proven=False)


def integer_programme(
    pool: Pool,
    prices: Priced,
    rows: Rows,
    deadline: float | None,
    stop: Callable[[], bool] | None = None,
    target: int | None = None,
) -> Choice | None:
    """The best week over some options, by HiGHS; what is minimised is the loss.

    Where a week worth ``target`` is known, others need not be looked at.
    """
    days, count = len(pool.days), len(rows)
    starts, index = _columns(pool, rows)
    slacks = np.arange(pool.resources, dtype=np.int32)
    price = prices.price[:-1]
    upper = np.append(np.ones(count), np.where(price < OUT_OF_REACH, 1.0, 0.0))
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = count + pool.resources, days + pool.resources
    model.col_cost_ = np.append(prices.loss[rows], np.where(price < OUT_OF_REACH, price, 0)).astype(float)
    model.col_lower_, model.col_upper_ = np.zeros(len(upper)), upper
    ones = np.ones(days + pool.resources)
    model.row_lower_, model.row_upper_ = ones, ones
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = np.concatenate([starts, len(index) + slacks, [len(index) + len(slacks)]]).astype(np.int32)
    model.a_matrix_.index_ = np.append(index, days + slacks).astype(np.int32)
    model.a_matrix_.value_ = np.ones(len(index) + len(slacks))
    model.integrality_ = [highspy.HighsVarType.kInteger] * count + [highspy.HighsVarType.kContinuous] * len(slacks)
    solver = silent()
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 0.5)
    if deadline is not None:
        solver.setOptionValue("time_limit", max(0.01, deadline - time.monotonic()))
    if target is not None:
        solver.setOptionValue("objective_bound", float(prices.inside - target + 1))
    solver.passModel(model)
    run(solver, stop)
    proven = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    values = np.array(solver.getSolution().col_value[:count])
    taken = rows[values > 0.5] if len(values) else rows[:0]
    if not _is_week(pool, taken):
        return None
    return Choice(rows=tuple(int(row) for row in taken), points=int(pool.points[taken].sum()), proven=proven)


def _is_week(pool: Pool, rows: Rows) -> bool:
    """Whether the rows are one option for each day that use nothing twice."""
    if (
        len(rows) != len(pool.days)
        or (np.searchsorted(pool.cuts[1:], np.sort(rows), side="right") != np.arange(len(rows))).any()
    ):
        return False
    used = pool.resource[pool.members[rows]]
    used = used[used < pool.resources]
    return len(np.unique(used)) == len(used)


def first_in_order(pool: Pool, prices: Priced, points: int) -> tuple[int, ...] | None:
    """Of all weeks worth ``points`` (the most possible), the first in order; None if too many to search.

    Weeks are compared day by day from the first; of two days the one that holds the person earlier in the
    file comes first, and an empty day last.
    """
    limit = prices.bound - points
    rows = np.flatnonzero(prices.loss <= limit)
    if len(rows) > _MOST_SEARCHED:
        return None
    search = Search(pool, prices, rows, limit, in_order=True)
    return search.found if search.finished else None


class Search:
    """Depth first, day by day, over options that together lose at most ``limit``.

    ``in_order`` stops at the first week in the order of ``first_in_order``; otherwise the week that loses least
    is found. ``finished`` is false if that takes too many steps; ``found`` is None where there is no such week.
    """

    def __init__(
        self, pool: Pool, prices: Priced, rows: Rows, limit: int, *, in_order: bool, steps: int = _MOST_NODES
    ) -> None:
        self.limit, self.in_order, self.inside = limit, in_order, prices.inside
        self.price = [int(price) for price in prices.price]
        self.found: tuple[int, ...] | None = None
        self.steps, self.most = 0, steps
        self.points = pool.points
        self.days: list[list[tuple[int, int, int]]] = []
        later = [0]
        for low, high in pairwise(pool.cuts):
            mine = rows[(rows >= low) & (rows < high)]
            keys = pool.members[mine].T[::-1] if in_order else (mine, prices.loss[mine])
            mine = mine[np.lexsort(keys)]
            used = [
                sum(1 << r for r in row if r < pool.resources) for row in pool.resource[pool.members[mine]].tolist()
            ]
            self.days.append(list(zip(mine.tolist(), prices.loss[mine].tolist(), used, strict=True)))
        for day in reversed(self.days):
            seen = later[0]
            for _, _, used_by in day:
                seen |= used_by
            later.insert(0, seen)
        #: what can be used for the last time on each day
        self.last_chance = [now & ~after for now, after in pairwise(later)]
        never = ((1 << pool.resources) - 1) & ~later[0]
        self.finished = self._descend(0, 0, self._unused(never), ())

    def _descend(self, day: int, taken: int, lost: int, chosen: tuple[int, ...]) -> bool:
        """Search the days from one on; false if the steps ran out."""
        if day == len(self.days):
            # prices of rows beyond the resources make what is lost on the way less than what is lost in truth
            lost = self.inside - int(self.points[list(chosen)].sum())
            if lost <= self.limit:
                self.found, self.limit = chosen, lost if self.in_order else lost - 1
            return True
        for row, loss, used in self.days[day]:
            self.steps += 1
            if self.steps > self.most:
                return False
            if lost + loss > self.limit:
                if self.in_order:
                    continue
                return True
            if used & taken:
                continue
            now = lost + loss + self._unused(self.last_chance[day] & ~(taken | used))
            if now <= self.limit:
                if not self._descend(day + 1, taken | used, now, (*chosen, row)):
                    return False
                if self.in_order and self.found is not None:
                    return True
        return True

    def _unused(self, mask: int) -> int:
        """What leaving these resources unused loses."""
        total = 0
        while mask:
            low = mask & -mask
            total += self.price[low.bit_length() - 1]
            mask ^= low
        return total


def good_week(pool: Pool, prices: Priced) -> Choice:
    """A good week soon: from each of the most promising options, the rest filled in and bettered day by day."""
    cuts = list(pairwise(pool.cuts))
    best = greedy_week(pool)
    kept = [np.argsort(prices.loss[low:high], kind="stable")[:_MOST_TRIED] + low for low, high in cuts]
    if not all(len(rows) for rows in kept):
        return best
    used_by = [pool.resource[pool.members[rows]] for rows in kept]
    points = [pool.points[rows] for rows in kept]
    for turn in range(len(cuts)):
        for first in range(min(_MOST_STARTS, len(kept[turn]))):
            picks = _filled(pool, used_by, points, prices, kept, turn, first)
            if picks is None:
                continue
            rows = tuple(int(kept[day][pick]) for day, pick in enumerate(picks))
            worth = int(pool.points[list(rows)].sum())
            if worth > best.points:
                best = Choice(rows=rows, points=worth, proven=False)
    return best


def _filled(
    pool: Pool,
    used_by: list[npt.NDArray[np.intp]],
    points: list[npt.NDArray[np.int64]],
    prices: Priced,
    kept: list[Rows],
    turn: int,
    first: int,
) -> list[int] | None:
    days = len(kept)
    picks = [-1] * days
    used = np.zeros(pool.resources + 1, dtype=np.int64)

    def take(day: int, pick: int, sign: int) -> None:
        used[used_by[day][pick]] += sign
        used[pool.resources] = 0

    picks[turn] = first
    take(turn, first, 1)
    for later in range(1, days):
        day = (turn + later) % days
        free = np.flatnonzero(~(used[used_by[day]] > 0).any(axis=1))
        if not len(free):
            return None
        picks[day] = int(free[0])
        take(day, picks[day], 1)
    bettered = True
    while bettered:
        bettered = False
        for day in range(days):
            take(day, picks[day], -1)
            free = np.flatnonzero(~(used[used_by[day]] > 0).any(axis=1))
            pick = int(free[points[day][free].argmax()])
            if points[day][pick] > points[day][picks[day]]:
                picks[day], bettered = pick, True
            take(day, picks[day], 1)
    return picks

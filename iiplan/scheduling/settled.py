"""The best week by either of two ways: every option written down, or only those that pay.

``written_out`` is for weeks with few options, ``searched`` for all others; they agree to the point, and on which
of several best weeks is the first in order.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from iiplan.scheduling.branching import week_worth
from iiplan.scheduling.clashes import fixed_on
from iiplan.scheduling.columns import Duals, Known, best_prices
from iiplan.scheduling.cuts import Charges, tightened
from iiplan.scheduling.day_options import DayOptions, DayWork, OutOfTimeError, gain
from iiplan.scheduling.day_search import DaySearch
from iiplan.scheduling.limits import Limit
from iiplan.scheduling.nouns import Day, Problem, Progress
from iiplan.scheduling.week import (
    Choice,
    Pool,
    Priced,
    first_in_order,
    good_week,
    pool_of,
    priced,
    resources_of,
)

__all__ = ["Settled", "eligible", "few_options", "searched", "widened", "written_out"]

Report = Callable[[Progress], None]
Points = npt.NDArray[np.int64]

_DAYS_SHARE, _WEEK_SHARE, _LAST_SHARE = 0.6, 0.8, 0.9
_MOST_WRITTEN_OUT = 3_000
_FIRST_WIDTH, _MOST_LABELS, _MOST_TRIED = 120, 400_000, 1_500
_WIDE, _WIDE_LABELS = 800, 4_000
_FIRST_LABELS, _PRICED_OUT = 60, 2**22


@dataclass(frozen=True, kw_only=True)
class Settled:
    """A week: the choice from a pool, its prices, and a true bound.

    Every option that loses no more than ``reach`` is in the pool; ``searches`` can find others. ``proof`` holds
    sharper prices and what the rows of three charge beside them.
    """

    pool: Pool
    prices: Priced
    choice: Choice
    bound: int
    reach: int
    searches: tuple[DaySearch, ...] = ()
    proof: tuple[Priced, Charges] | None = None

    @property
    def proven(self) -> bool:
        return self.choice.points == self.bound


def eligible(problem: Problem, day: Day) -> list[int]:
    """Candidates who may be met on a day: not fixed to another day, nor of a seat that somebody fixed has."""
    here = fixed_on(problem, day)
    taken = {c.seat for c in problem.candidates if c.fixed_start is not None and c.seat is not None}
    dates = {i for i, c in enumerate(problem.candidates) if any(window.date == day.date for window in c.windows)}
    return [
        i
        for i, c in enumerate(problem.candidates)
        if i in here or (i in dates and c.fixed_start is None and c.seat not in taken)
    ]


def few_options(problem: Problem) -> bool:
    """Whether all options are so few that writing them down is quickest."""
    total = 0
    for day in problem.days:
        people = len(eligible(problem, day))
        total += math.comb(people, min(day.max_meetings, people)) if people else 0
    return total <= _MOST_WRITTEN_OUT


# -- every option written down ----------------------------------------------------------------------------


def written_out(problem: Problem, limit: Limit, report: Report) -> Settled:
    """The best week, every option of every day being written down first."""
    options = _all_options(problem, limit, report)
    pool = pool_of(problem, options)
    prices = priced(pool, deadline=limit.deadline(_WEEK_SHARE))
    quick = good_week(pool, prices)
    report(Progress(phase="week", points=quick.points, bound=prices.bound))
    choice, proven, _ = _settle(pool, prices, quick, prices.inside - quick.points, limit)
    bound = choice.points if proven and pool.complete else max(choice.points, prices.bound)
    reach = 2**62 if pool.complete else -1
    return Settled(pool=pool, prices=prices, choice=choice, bound=bound, reach=reach)


def _all_options(problem: Problem, limit: Limit, report: Report) -> list[DayOptions]:
    options: list[DayOptions] = []
    for number, day in enumerate(problem.days):
        work = DayWork(problem, day, eligible(problem, day), late=lambda: limit.late(_DAYS_SHARE))

        def step(done: float, number: int = number) -> None:
            report(Progress(phase="days", fraction=(number + done) / len(problem.days)))

        step(0.0)
        options.append(_with_fixed(problem, day, work.options(step)))
    return options


def _with_fixed(problem: Problem, day: Day, options: DayOptions) -> DayOptions:
    """The options, the fixed meetings alone among them however little time there was."""
    fixed = fixed_on(problem, day)
    if not fixed or len(options.points):
        return options
    alone = DayWork(problem, day, fixed).options()
    return replace(alone, people=options.people, complete=options.complete)


# -- only the options that pay ----------------------------------------------------------------------------


def searched(problem: Problem, limit: Limit, report: Report) -> Settled:
    """The best week, options being looked for only where the prices leave hope."""
    report(Progress(phase="days", fraction=0.0))
    late = [_DAYS_SHARE]
    searches = []
    for number, day in enumerate(problem.days):
        searches.append(DaySearch(problem, day, eligible(problem, day), lambda: limit.late(late[0])))
        report(Progress(phase="days", fraction=(number + 1) / len(problem.days)))
    known = [_known_first(problem, search) for search in searches]
    _one_after_another(problem, searches, known)
    duals = _prices(problem, searches, known, report)
    pool, prices = _pooled(problem, searches, [(k.members, k.points) for k in known], duals)
    quick = good_week(pool, prices)
    report(Progress(phase="week", points=quick.points, bound=max(duals.bound, quick.points)))
    late[0] = _WEEK_SHARE
    if duals.bound - quick.points > _FIRST_WIDTH and not limit.late(_WEEK_SHARE):
        reach = int(np.partition(prices.loss, min(_MOST_TRIED, len(prices.loss) - 1))[:_MOST_TRIED].max())
        quick = _settle(pool, prices, quick, reach, limit)[0]
        report(Progress(phase="week", points=quick.points, bound=max(duals.bound, quick.points)))
    proof: tuple[Priced, Charges] | None = None
    bound, width, most = duals.bound, _FIRST_WIDTH, _MOST_LABELS // 8
    reach = -1
    while bound > quick.points or reach < 0:
        wanted = min(width, duals.bound - quick.points)
        try:
            found = [
                search.search(duals.price[resources_of(problem)[0][:-1]], top - wanted, most)
                for search, top in zip(searches, duals.tops, strict=True)
            ]
        except OutOfTimeError:
            break
        reach = min([wanted, *(top - f.floor for f, top in zip(found, duals.tops, strict=True))])
        blocks = [(f.members, f.points) for f in found]
        near, near_prices = _pooled(problem, searches, _joined_known(problem, searches, blocks, quick, pool), duals)
        pool, prices, quick = near, near_prices, _same_week(quick, pool, near)
        choice, proven, proof = _settle(pool, prices, quick, reach, limit)
        quick = choice
        report(Progress(phase="week", points=quick.points, bound=max(quick.points, bound)))
        if not proven:
            break
        bound = min(bound, max(quick.points, duals.bound - reach - 1))
        if reach < wanted and most >= _MOST_LABELS:
            break
        if reach < wanted:
            most = min(_MOST_LABELS, most * 4)
        else:
            width = width * 5 // 2
    bound = max(bound, quick.points)
    return Settled(
        pool=pool, prices=prices, choice=quick, bound=bound, reach=reach, searches=tuple(searches), proof=proof
    )


def widened(problem: Problem, settled: Settled, limit: Limit) -> Settled:
    """The same week with more of the options that lose little around it, as many as are quickly found."""
    prices = settled.prices
    tops = [
        int((prices.loss[low:high] + _paid(settled.pool, prices, low, high)).max())
        for low, high in pairwise(settled.pool.cuts)
    ]
    duals = Duals(price=prices.price, tops=tuple(tops))
    charge = prices.price[settled.pool.resource[:-1]]
    found = []
    for search, top in zip(settled.searches, tops, strict=True):
        search.late = lambda: limit.late(_LAST_SHARE)
        try:
            found.append(search.search(charge, top - _WIDE, _WIDE_LABELS))
        except OutOfTimeError:
            return settled
    blocks = _joined_known(
        problem, settled.searches, [(f.members, f.points) for f in found], settled.choice, settled.pool
    )
    pool, wide = _pooled(problem, settled.searches, blocks, duals)
    reach = min(_WIDE, *(top - f.floor for f, top in zip(found, tops, strict=True)))
    if reach <= settled.reach:
        return settled
    return replace(
        settled,
        pool=pool,
        prices=wide,
        choice=replace(_same_week(settled.choice, settled.pool, pool), points=settled.choice.points),
        reach=reach,
    )


def _paid(pool: Pool, prices: Priced, low: int, high: int) -> Points:
    """What each option of a day is worth after paying the prices."""
    return np.asarray(pool.points[low:high] - prices.price[pool.resource][pool.members[low:high]].sum(axis=1))


def _one_after_another(problem: Problem, searches: Sequence[DaySearch], known: Sequence[Known]) -> None:
    """A first week at once: each day in turn, those met before being priced out."""
    resource, resources = resources_of(problem)
    price = np.zeros(resources + 1, dtype=np.int64)
    with contextlib.suppress(OutOfTimeError):
        for search, options in zip(searches, known, strict=True):
            found = search.search(price[resource[:-1]], 1, _FIRST_LABELS)
            worth = found.points - price[resource[found.members]].sum(axis=1)
            if not len(worth):
                continue
            few = np.argsort(-worth, kind="stable")[:_FIRST_LABELS]
            options.add(found.members[few], found.points[few])
            price[resource[found.members[few[0]]]] += _PRICED_OUT
            price[resources] = 0


def _prices(problem: Problem, searches: Sequence[DaySearch], known: Sequence[Known], report: Report) -> Duals:
    resource, resources = resources_of(problem)
    start = _guess(problem, resource, resources)
    best = [Duals(price=start, tops=tuple(_roughly(search, start[resource[:-1]]) for search in searches))]

    def tell(duals: Duals) -> None:
        if duals.bound < best[-1].bound:
            best.append(duals)
            report(Progress(phase="days", bound=duals.bound))

    with contextlib.suppress(OutOfTimeError):
        best_prices(searches, known, resource, resources, start, tell)
    return best[-1]


def _guess(problem: Problem, resource: npt.NDArray[np.intp], resources: int) -> Points:
    """Prices to begin with: what people bring beyond those who just fail to find room."""
    gains = np.array([gain(problem, i) for i in range(len(problem.candidates))], dtype=np.int64)
    room = sum(day.max_meetings for day in problem.days)
    least = int(np.sort(gains)[::-1][min(len(gains) - 1, room)]) if len(gains) else 0
    price = np.zeros(resources + 1, dtype=np.int64)
    np.maximum.at(price, resource[:-1], gains)
    price = np.maximum(0, price - max(problem.weights.value, least - problem.weights.value))
    price[-1] = 0
    return price


def _roughly(search: DaySearch, price: Points) -> int:
    """What a day can be worth at most after paying, travel being free."""
    work = search.work
    worth = work.gains - price[search.people]
    rest = np.maximum(0, np.delete(worth, work.needed))
    room = max(0, search.day.max_meetings - len(work.needed))
    return int(worth[work.needed].sum() + np.sort(rest)[::-1][:room].sum())


def _known_first(problem: Problem, search: DaySearch) -> Known:
    known = Known(max(1, search.work.most), len(problem.candidates))
    if search.work.needed:
        alone = DayWork(problem, search.day, fixed_on(problem, search.day)).options()
        block = np.full((len(alone.points), known.members.shape[1]), len(problem.candidates), dtype=np.int16)
        block[:, : alone.members.shape[1]] = alone.members
        known.add(block, alone.points)
    return known


def _pooled(
    problem: Problem,
    searches: Sequence[DaySearch],
    blocks: Sequence[tuple[npt.NDArray[np.int16], Points]],
    duals: Duals,
) -> tuple[Pool, Priced]:
    """The options found, side by side, with what each loses at the prices."""
    options = []
    for search, (members, points) in zip(searches, blocks, strict=True):
        needed = tuple(search.work.tables.people[row] for row in search.work.needed)
        if needed:
            # what is fixed alone comes first
            first = np.argsort((members != len(problem.candidates)).sum(axis=1) != len(needed), kind="stable")
            members, points = members[first], points[first]
        options.append(
            DayOptions(
                day=search.day,
                people=tuple(search.work.tables.people),
                needed=needed,
                members=members,
                points=points,
                complete=False,
            )
        )
    pool = pool_of(problem, options)
    reduced = pool.points - duals.price[pool.resource][pool.members].sum(axis=1)
    for top, (low, high) in zip(duals.tops, pairwise(pool.cuts), strict=True):
        reduced[low:high] -= top
    return pool, Priced(bound=duals.bound, inside=duals.bound, loss=-reduced, price=duals.price)


def _joined_known(
    problem: Problem,
    searches: Sequence[DaySearch],
    blocks: Sequence[tuple[npt.NDArray[np.int16], Points]],
    choice: Choice,
    pool: Pool,
) -> list[tuple[npt.NDArray[np.int16], Points]]:
    """What was found, with what is fixed alone and the options of a known week."""
    joined = []
    for search, (members, points), row in zip(searches, blocks, choice.rows, strict=True):
        known = _known_first(problem, search)
        known.add(members, points)
        mine = pool.members[row : row + 1, : known.members.shape[1]]
        if (mine != len(problem.candidates)).any():
            known.add(mine, pool.points[row : row + 1])
        joined.append((known.members, known.points))
    return joined


def _same_week(choice: Choice, old: Pool, new: Pool) -> Choice:
    rows = []
    for row, (low, high) in zip(choice.rows, pairwise(new.cuts), strict=True):
        same = (new.members[low:high] == old.members[row]).all(axis=1)
        rows.append(low + int(np.flatnonzero(same)[0]))
    return Choice(rows=tuple(rows), points=int(new.points[rows].sum()), proven=False)


# -- one option a day -------------------------------------------------------------------------------------


def _settle(
    pool: Pool, prices: Priced, known: Choice, reach: int, limit: Limit
) -> tuple[Choice, bool, tuple[Priced, Charges]]:
    """The best week among the options that lose no more than ``reach`` each, and whether that is proven.

    Of several best ones the first in order; ``known`` where nothing better is found.
    """
    target = max(known.points, prices.inside - reach)
    inside = replace(prices, bound=prices.inside)
    late = partial(limit.late, _LAST_SHARE)
    rows, sharp, charges, programme = tightened(pool, inside, target, late)
    proof = (sharp, charges)
    part, plain = pool.only(rows), replace(inside, loss=prices.loss[rows])
    found = week_worth(part, plain, sharp, programme, target, late, limit.deadline(_LAST_SHARE))
    if found is None:
        return known, not late(), proof
    if found.points < known.points:
        return known, found.proven, proof
    order = first_in_order(part, sharp, found.points) if found.proven else None
    chosen = tuple(int(rows[row]) for row in order or found.rows)
    return Choice(rows=chosen, points=found.points, proven=found.proven), found.proven, proof

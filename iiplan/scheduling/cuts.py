"""A sharper bound for the week: of three things used once each, at most one option can use two.

The linear relaxation may mix halves of three options that pairwise share somebody. Such mixtures are forbidden
by one row for each three resources (or days), found where the present mixture breaks it. The prices of these rows
join the others, so that the bound stays true in whole numbers and fewer options are left within reach.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import highspy
import numpy as np
import numpy.typing as npt

from iiplan.scheduling.linear import silent
from iiplan.scheduling.week import Pool, Priced

__all__ = ["Charges", "Programme", "sharpened", "tightened"]

Rows = npt.NDArray[np.intp]
Three = tuple[int, int, int]
Charges = tuple[tuple[Three, int], ...]
_MOST_TURNS, _MOST_CUTS, _MOST_SUPPORT, _MOST_ROWS = 40, 40, 120, 60_000
_BROKEN = 1.01
_MUCH_FEWER = 1.2


def tightened(
    pool: Pool, prices: Priced, target: int, late: Callable[[], bool]
) -> tuple[Rows, Priced, Charges, Programme | None]:
    """The options that a week worth ``target`` or more may use, and sharper prices for them.

    The rows are those of ``pool``; the prices belong to ``pool.only(rows)``. Their bound holds for every week, apart
    from those worth less than ``target``. The charges are those of its rows of three. The programme over the same
    rows comes along; None if they are too many.
    """
    rows = _with_safe(pool, np.flatnonzero(prices.loss <= prices.bound - target))
    best = replace(prices, loss=prices.loss[rows])
    if len(rows) > _MOST_ROWS:
        return rows, best, (), None
    programme = Programme(pool, rows)
    charges: Charges = ()
    programme.fresh(best, target)
    for _ in range(_MOST_TURNS):
        if late() or best.bound <= target:
            break
        mixture = programme.solve()
        if mixture is None:
            break
        now = programme.priced()
        if now.bound < best.bound:
            best, charges = now, programme.charges()
        added = programme.forbid(mixture)
        programme.fresh(best, target)
        if not added:
            break
    near = _with_safe(programme.pool, np.flatnonzero(best.loss <= best.bound - target))
    if len(near) * _MUCH_FEWER < len(rows):
        programme = programme.part(near)
    else:
        near = np.arange(len(rows))
    return rows[near], replace(best, loss=best.loss[near]), charges, programme


def sharpened(pool: Pool, prices: Priced, charges: Charges) -> Priced:
    """What the whole ``charges`` of rows of three, beside ``prices``, prove over all options of a pool."""
    day = np.searchsorted(np.array(pool.cuts[1:]), np.arange(len(pool.points)), side="right")
    used = pool.resource[pool.members]
    reduced = pool.points - prices.price[used].sum(axis=1)
    for three, charge in charges:
        count = sum(
            (used == thing).any(axis=1).astype(np.int8)
            if thing < pool.resources
            else (day == thing - pool.resources - 1).astype(np.int8)
            for thing in three
        )
        reduced -= np.where(count >= 2, charge, 0)
    bound = int(prices.price.sum()) + sum(charge for _, charge in charges)
    loss = np.zeros(len(reduced), dtype=np.int64)
    for low, high in pairwise(pool.cuts):
        top = int(reduced[low:high].max())
        bound += top
        loss[low:high] = top - reduced[low:high]
    return Priced(bound=bound, inside=bound, loss=loss, price=prices.price)


def _with_safe(pool: Pool, rows: Rows) -> Rows:
    return np.union1d(rows, pool.safe).astype(np.intp)


class Programme:
    """The relaxation over some options of a pool, with its rows of three, as one warm linear programme."""

    def __init__(self, pool: Pool, rows: Rows) -> None:
        self.pool = pool.only(rows)
        self.days = len(pool.days)
        day = np.searchsorted(np.array(self.pool.cuts[1:]), np.arange(len(rows)), side="right")
        #: what each option uses: its people's resources, and its day as one more
        self.uses = np.zeros((len(rows), pool.resources + 1 + self.days), dtype=bool)
        self.uses[np.arange(len(rows))[:, None], pool.resource[self.pool.members]] = True
        self.uses[:, pool.resources] = False
        self.uses[np.arange(len(rows)), pool.resources + 1 + day] = True
        self.things = self.uses.shape[1]
        self.cuts: list[tuple[int, int, int]] = []
        self.rows_of: list[npt.NDArray[np.int32]] = []
        self.solver = silent()
        count = len(rows)
        for thing in range(self.things):
            least = 1.0 if thing > pool.resources else -highspy.kHighsInf
            self.solver.addRow(least, 1.0, 0, np.zeros(0, dtype=np.int32), np.zeros(0))
        where = [np.flatnonzero(row).astype(np.int32) for row in self.uses]
        sizes = np.array([len(index) for index in where])
        starts = np.append(0, np.cumsum(sizes)[:-1]).astype(np.int32)
        self.solver.addCols(
            count,
            -self.pool.points.astype(float),
            np.zeros(count),
            np.full(count, highspy.kHighsInf),
            int(sizes.sum()),
            starts,
            np.concatenate(where),
            np.ones(int(sizes.sum())),
        )
        self.open = np.ones(count, dtype=bool)

    def part(self, rows: Rows) -> Programme:
        """The same over some of the options, with those rows of three that bind now."""
        duals = np.array(self.solver.getSolution().row_dual, dtype=float)[self.things :]
        less = Programme(self.pool, rows)
        for three, dual in zip(self.cuts, duals, strict=False):
            if abs(dual) > 1e-6:
                less.add_three(three)
        return less

    def add_three(self, three: tuple[int, int, int]) -> None:
        """Of three things used once each, at most one option uses two."""
        index = np.flatnonzero(self.uses[:, three].sum(axis=1) >= 2).astype(np.int32)
        self.solver.addRow(-highspy.kHighsInf, 1.0, len(index), index, np.ones(len(index)))
        self.cuts.append(three)
        self.rows_of.append(index)

    def fresh(self, prices: Priced, target: int) -> None:
        """Close the options that are out of reach."""
        out = self.open & (prices.loss > prices.bound - target)
        out[self.pool.safe] = False
        self.only(self.open & ~out)

    def only(self, wanted: npt.NDArray[np.bool_]) -> None:
        """Make just these options available."""
        changed = np.flatnonzero(wanted != self.open).astype(np.int32)
        if len(changed):
            upper = np.where(wanted[changed], highspy.kHighsInf, 0.0)
            self.solver.changeColsBounds(len(changed), changed, np.zeros(len(changed)), upper)
            self.open = wanted.copy()

    def solve(self) -> npt.NDArray[np.float64] | None:
        """The best mixture; None if there is none."""
        self.solver.run()
        if self.solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            return None
        return np.array(self.solver.getSolution().col_value, dtype=float)

    def priced(self) -> Priced:
        """Whole prices for the present duals; options that are closed lose more than anything."""
        bound, loss, price = self.parts(1)
        return Priced(bound=bound, inside=bound, loss=loss, price=price)

    def charges(self) -> Charges:
        """The whole prices of the rows of three that have any."""
        duals = -np.array(self.solver.getSolution().row_dual, dtype=float)[self.things :]
        whole = np.rint(np.clip(np.nan_to_num(duals), 0.0, 2.0**40)).astype(np.int64)
        return tuple((three, int(charge)) for three, charge in zip(self.cuts, whole, strict=False) if charge)

    def parts(self, scale: int) -> tuple[int, npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Bound, losses and prices, all in whole parts of a point of which there are ``scale``."""
        pool = self.pool
        duals = -np.array(self.solver.getSolution().row_dual, dtype=float)
        whole = np.rint(np.clip(np.nan_to_num(duals), 0.0, 2.0**40) * scale).astype(np.int64)
        price = np.append(whole[: pool.resources], 0)
        reduced = pool.points * scale - price[pool.resource][pool.members].sum(axis=1)
        for number, rows in enumerate(self.rows_of):
            reduced[rows] -= whole[self.things + number]
        bound = int(price.sum() + whole[self.things :].sum())
        loss = np.zeros(len(reduced), dtype=np.int64)
        for low, high in pairwise(pool.cuts):
            top = int(reduced[low:high][self.open[low:high]].max(initial=-(2**55)))
            bound += top
            loss[low:high] = top - reduced[low:high]
        loss[~self.open] = 2**58
        return bound, loss, price

    def forbid(self, mixture: npt.NDArray[np.float64], most: int = _MOST_CUTS) -> int:
        """Add rows that the present mixture of options breaks; how many."""
        support = np.flatnonzero(mixture > 1e-4)
        if len(support) > _MOST_SUPPORT:
            support = np.sort(support[np.argsort(-mixture[support], kind="stable")[:_MOST_SUPPORT]])
        weight = mixture[support]
        if (weight > 1 - 1e-4).all():
            return 0
        things = np.flatnonzero(self.uses[support].any(axis=0))
        use = self.uses[np.ix_(support, things)].astype(float)
        pair = (use * weight[:, None]).T @ use
        count = len(things)
        found = []
        for i in range(count - 2):
            both = (use * (weight * use[:, i])[:, None]).T @ use
            total = pair[i][:, None] + pair[i][None, :] + pair - 2 * both
            j, k = np.nonzero(np.triu(total, 1) > _BROKEN)
            keep = j > i
            found += [(float(total[a, b]), (i, int(a), int(b))) for a, b in zip(j[keep], k[keep], strict=True)]
        found.sort(key=lambda entry: (-round(entry[0], 6), entry[1]))
        added = 0
        seen = set(self.cuts)
        for _, three in found:
            names = (int(things[three[0]]), int(things[three[1]]), int(things[three[2]]))
            if names in seen:
                continue
            self.add_three(names)
            added += 1
            if added == most:
                break
        return added

"""The best week where the bound leaves a gap: somebody is met on a day, or not, and each case is priced anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from iiplan.scheduling.cuts import Programme
from iiplan.scheduling.week import Choice, Pool, Priced, Search, integer_programme

__all__ = ["week_worth"]

Open = npt.NDArray[np.bool_]
_PARTS = 4096
_MOST_ROWS, _MOST_STEPS, _MOST_CASES = 3_000, 1_500, 60


def week_worth(
    pool: Pool,
    plain: Priced,
    sharp: Priced,
    programme: Programme | None,
    target: int,
    late: Callable[[], bool],
    deadline: float | None,
) -> Choice | None:
    """The best week over the pool that is worth ``target`` or more; None if there is none, or none was found in time.

    ``sharp`` and the programme come from ``tightened``, ``plain`` are prices of the same options without its rows.
    ``proven`` is false where time ran out.
    """
    limit = sharp.bound - target
    if limit < 0:
        return None
    rows = np.flatnonzero(sharp.loss <= limit)
    best: tuple[int, ...] | None = None
    if len(rows) <= _MOST_ROWS:
        search = Search(pool, sharp, rows, limit, in_order=False, steps=_MOST_STEPS)
        if search.finished:
            return None if search.found is None else _choice(pool, search.found)
        best = search.found
    if programme is not None:
        cases = _Cases(pool, programme, target, late)
        if best is not None:
            cases.take(best)
        finished = cases.explore(programme.open.copy(), sharp)
        best = cases.best
        if finished or late():
            return None if best is None else replace(_choice(pool, best), proven=finished)
    known = None if best is None else _choice(pool, best).points
    rows = np.flatnonzero(sharp.loss <= sharp.bound - (known or target))
    found = integer_programme(pool, plain, rows, deadline, late, known)
    if best is not None and (found is None or found.points < _choice(pool, best).points):
        return replace(_choice(pool, best), proven=found is not None and found.proven)
    return found if found is not None and found.points >= target else None


class _Cases:
    """Depth first; ``best`` is the best week found, worth ``target`` - 1 points."""

    def __init__(self, pool: Pool, programme: Programme, target: int, late: Callable[[], bool]) -> None:
        self.pool, self.programme, self.target, self.late = pool, programme, target, late
        self.best: tuple[int, ...] | None = None
        self.count = 0

    def take(self, rows: tuple[int, ...]) -> None:
        worth = int(self.pool.points[list(rows)].sum())
        if worth >= self.target:
            self.best, self.target = rows, worth + 1

    def explore(self, wanted: Open, prices: Priced) -> bool:
        """Look through all weeks made of the wanted options, of which prices are known; false if cut short."""
        todo = [(wanted, prices.bound)]
        while todo:
            if self.late() or self.count > _MOST_CASES:
                return False
            self.count += 1
            wanted, ceiling = todo.pop()
            if ceiling < self.target or not self._every_day(wanted):
                continue
            self.programme.only(wanted)
            mixture = self.programme.solve()
            if mixture is None:
                continue
            bound, loss, _ = self.programme.parts(_PARTS)
            ceiling = bound // _PARTS
            if ceiling < self.target:
                continue
            wanted = wanted & (loss <= bound - self.target * _PARTS)
            if not self._every_day(wanted):
                continue
            whole = mixture > 1 - 1e-6
            if whole.sum() == len(self.pool.days):
                before = self.best
                self.take(tuple(int(row) for row in np.flatnonzero(whole)))
                if self.best is not before:
                    # all others worth as much as what was found, or less, are done with
                    todo.append((wanted & (loss <= bound - self.target * _PARTS), ceiling))
                    continue
            case = self._case(mixture, whole)
            if case is None:
                return False
            resource, day = case
            uses = self.programme.uses
            here = uses[:, self.pool.resources + 1 + day]
            met = uses[:, resource]
            todo.append((wanted & ~(met & here), ceiling))
            todo.append((wanted & ~(met ^ here), ceiling))
        return True

    def _every_day(self, wanted: Open) -> bool:
        return all(bool(wanted[low:high].any()) for low, high in zip(self.pool.cuts, self.pool.cuts[1:], strict=False))

    def _case(self, mixture: npt.NDArray[np.float64], whole: Open) -> tuple[int, int] | None:
        """A resource and a day such that the mixture uses the one on the other about half."""
        support = np.flatnonzero((mixture > 1e-6) & ~whole)
        if not len(support):
            support = np.flatnonzero(mixture > 1e-6)
        uses, first = self.programme.uses, self.pool.resources + 1
        weight = mixture[support]
        share = (uses[support, first:] * weight[:, None]).T @ uses[support][:, : self.pool.resources]
        score = np.minimum(share, 1 - share)
        day, resource = np.unravel_index(int(np.argmax(np.round(score, 6))), score.shape)
        return (int(resource), int(day)) if score[day, resource] > 1e-6 else None


def _choice(pool: Pool, rows: tuple[int, ...]) -> Choice:
    return Choice(rows=rows, points=int(pool.points[list(rows)].sum()), proven=True)

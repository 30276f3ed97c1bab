"""Best weeks of a problem and of changed copies of it; a day enumerated once is kept for all of them.

The questions that follow a plan (what would it cost, what would it take, which hours) are asked of problems that
differ in one day or one person. A day's options depend only on the day and on the people who can be met on it, so
only what changed is enumerated again, and the week priced anew.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from iiplan.scheduling.clashes import clashes
from iiplan.scheduling.day_options import DayOptions, DayWork
from iiplan.scheduling.nouns import Candidate, Day, Problem
from iiplan.scheduling.reasons import BestWith, best_with, levels_of
from iiplan.scheduling.settled import eligible
from iiplan.scheduling.week import Pool, Priced, best_week, greedy_week, pool_of, priced

__all__ = ["Bench", "Week", "variants_of", "week_of"]

_NO_CEILING = -(2**61)


@dataclass(frozen=True, kw_only=True)
class Week:
    """A problem with all its options, priced, and what its best week is worth and whom it meets."""

    problem: Problem
    pool: Pool
    prices: Priced
    points: int
    people: frozenset[int]

    def best_with(self, i: int) -> BestWith | None:
        """The best week that meets candidate ``i`` (a position); None if no week does."""
        if not self.pool.holding(i).any():
            return None
        found = best_with(levels_of(self.pool, self.prices), i, _NO_CEILING, None)
        return None if found is None or found.days is None else found

    def most_with(self, i: int) -> int:
        """A quick bound: no week that meets candidate ``i`` is worth more."""
        return self.prices.bound - int(self.prices.loss[self.pool.holding(i)].min(initial=2**60))

    def best_without(self, people: Collection[int]) -> Week | None:
        """The best week that meets none of these candidates; None if somebody of them is fixed."""
        away = np.isin(self.pool.members, list(people)).any(axis=1)
        part = self.pool.only(np.flatnonzero(~away))
        return week_of(self.problem, part) if _every_day_has_one(part) else None


class Bench:
    """Where weeks are worked out; it remembers the options of every day it has enumerated."""

    def __init__(self) -> None:
        self._known: dict[tuple[Any, ...], tuple[DayOptions, int]] = {}

    def week(self, problem: Problem) -> Week | None:
        """The best week of a problem; None where its fixed meetings clash."""
        if clashes(problem):
            return None
        return week_of(problem, self.pool(problem))

    def pool(self, problem: Problem) -> Pool:
        """All options of a problem whose fixed meetings do not clash."""
        return pool_of(problem, [self.options(problem, day) for day in problem.days])

    def options(self, problem: Problem, day: Day) -> DayOptions:
        """The options of one day, enumerated now or before."""
        people = eligible(problem, day)
        views = tuple(_view(problem.candidates[i], day) for i in people)
        key = (day, problem.grid_minutes, problem.weights, problem.place_index[day.base], problem.minutes, views)
        if key not in self._known:
            # positions among these people only, so that the answer can be used for another list of candidates
            alone = _changed(problem, tuple(problem.candidates[i] for i in people))
            self._known[key] = (DayWork(alone, day, list(range(len(people)))).options(), len(people))
        options, nobody = self._known[key]
        place = np.array([*people, len(problem.candidates)], dtype=np.int16)
        assert nobody == len(people)
        return replace(
            options,
            people=tuple(people[i] for i in options.people),
            needed=tuple(people[i] for i in options.needed),
            members=place[options.members],
        )


def variants_of(problem: Problem, i: int, variants: Sequence[Candidate]) -> tuple[Problem, list[int]]:
    """The problem with candidate ``i`` replaced by variants of which at most one is met, and their positions."""
    who = problem.candidates[i]
    seat = who.seat if who.seat is not None else f"\n{who.id}"
    gone = replace(who, windows=(), fixed_start=None)
    more = [replace(variant, id=f"{who.id}\n{k}", seat=seat) for k, variant in enumerate(variants)]
    candidates = (*problem.candidates[:i], gone, *problem.candidates[i + 1 :], *more)
    first = len(problem.candidates)
    return _changed(problem, candidates), list(range(first, first + len(more)))


def _changed(problem: Problem, candidates: tuple[Candidate, ...]) -> Problem:
    """The same trip with other candidates, its estimated travel not worked out again."""
    changed = replace(problem, candidates=candidates)
    changed.__dict__["minutes"] = problem.minutes
    return changed


def week_of(problem: Problem, pool: Pool) -> Week:
    """The best week over a pool, every day of which has an option that clashes with no other day's."""
    prices = priced(pool)
    quick = greedy_week(pool) if len(pool.points) else None
    known = quick.points if quick is not None and quick.points >= -(2**60) else None
    best = best_week(pool, prices, known=known)
    assert best is not None, "one option a day always makes a week"
    people = frozenset(int(m) for m in pool.members[list(best.rows)].ravel() if m != len(problem.candidates))
    return Week(problem=problem, pool=pool, prices=prices, points=best.points, people=people)


def _every_day_has_one(pool: Pool) -> bool:
    return all(low < high for low, high in zip(pool.cuts, pool.cuts[1:], strict=False))


def _view(who: Candidate, day: Day) -> tuple[Any, ...]:
    """Everything of a candidate that matters on a day."""
    if who.fixed_start is not None:
        hours: tuple[Any, ...] = (who.fixed_start.minute,)
    else:
        hours = tuple((window.start, window.end) for window in who.windows if window.date == day.date)
    fixed = who.fixed_start is not None
    return (who.place, who.duration, who.arrive_early, who.debrief, who.value, who.must, who.seat, fixed, hours)

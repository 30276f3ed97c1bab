"""What it would take to meet someone left out: the changes that bring most, each verified by solving the week again.

A remedy counts only if every best week of the changed problem meets the person. All but letting somebody go
must moreover make the week better than it is now, so that none costs more than it brings.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

import numpy as np

from iiplan.scheduling.bench import Bench, Week, variants_of, week_of
from iiplan.scheduling.clock import DAY_MINUTES, Moment
from iiplan.scheduling.day_options import gain
from iiplan.scheduling.edits import (
    AddWindow,
    Drop,
    EarlierStart,
    Edit,
    LaterReturn,
    MakeCall,
    MoveFixed,
    RaiseMost,
    ShorterLunch,
    ShorterMeeting,
)
from iiplan.scheduling.nouns import Candidate, Day, Plan, Problem, Remedy, Window
from iiplan.scheduling.offering import position_of, safe_starts, whole_days
from iiplan.scheduling.plan_file import plan_document

__all__ = ["explain", "remedies"]

_LATER, _EARLIER = (30, 60, 90, 120), (30, 60, 90)
_LUNCHES, _MEETINGS = (30, 20), (45, 30, 20, 15)
_MOST_MEETINGS, _MANY_OPTIONS = 24, 30_000


def remedies(
    problem: Problem, plan: Plan, candidate: str | None = None, *, most: int = 3, time_limit: float | None = None
) -> dict[str, tuple[Remedy, ...]]:
    """For everyone whom the plan leaves out, or just ``candidate``: at most ``most`` remedies, the best first.

    ``points`` of a remedy are those of the best week after it. There is at most one remedy of each kind, and nothing
    after letting somebody go. Nobody has any where the fixed meetings clash, nor has someone whom some better week
    meets as it is (then plan again). After ``time_limit`` seconds nothing more is tried, and only what was verified
    until then is said. Raises ``NotFoundError`` for an unknown candidate.
    """
    began = time.monotonic()
    left_out = [one.candidate for one in plan.unplaced]
    if candidate is not None:
        position_of(problem, candidate)
        left_out = [one for one in left_out if one == candidate]
    bench = Bench()
    week = bench.week(problem)
    if week is None:
        return dict.fromkeys(left_out, ())
    workshop = _Workshop(week, bench, plan, None if time_limit is None else began + time_limit)
    return {one: workshop.remedies(problem.candidate_index[one], most) for one in left_out}


def explain(problem: Problem, plan: Plan) -> dict[str, object]:
    """The document of a plan with the remedies of everyone left out."""
    found = remedies(problem, plan)
    unplaced = tuple(replace(one, remedies=found[one.candidate]) for one in plan.unplaced)
    return plan_document(replace(plan, unplaced=unplaced))


@dataclass(frozen=True, kw_only=True)
class _Moving:
    """The week with one fixed meeting free to move, but kept, for ``kept`` points more than the week is worth.

    ``starts`` are those of the meeting's variants, by position.
    """

    week: Week
    kept: int
    starts: dict[int, Moment]


class _Workshop:
    """Where remedies are tried; days and weeks once worked out serve everyone who is left out."""

    def __init__(self, week: Week, bench: Bench, plan: Plan, deadline: float | None) -> None:
        self.deadline = deadline
        self.problem, self.week, self.bench = week.problem, week, bench
        self.met = frozenset(self.problem.candidate_index[m.candidate] for m in plan.meetings)
        self._moving: dict[int, _Moving | None] = {}
        self._worth: dict[tuple[Edit, int], int | None] = {}

    def remedies(self, i: int, most: int) -> tuple[Remedy, ...]:
        """The best remedies for candidate ``i``, which is not fixed."""
        if i in self.week.people and not self._left_out_of_some(i):
            return ()
        found: list[Remedy] = []
        for tries in (self.asked_of(i), self.moves(i), self.other_days(i), self.drops(i)):
            best: dict[str, Remedy] = {}
            for edit in self._in_time(tries):
                points = self.worth(edit, i)
                if points is not None and (edit.kind not in best or points > best[edit.kind].points):
                    best[edit.kind] = Remedy(change=edit.sentence(self.problem), points=points, edit=edit)
            found += best.values()
        found.sort(key=lambda remedy: -remedy.points)
        last = next((k for k, one in enumerate(found) if isinstance(one.edit, Drop)), len(found))
        return tuple(found[: min(most, last + 1)])

    def _in_time(self, tries: Iterator[Edit]) -> Iterator[Edit]:
        while self.deadline is None or time.monotonic() < self.deadline:
            edit = next(tries, None)
            if edit is None:
                return
            yield edit

    def worth(self, edit: Edit, i: int) -> int | None:
        """Points of the best week after a change; None if it does not meet candidate ``i``, or is no gain."""
        if (edit, i) not in self._worth:
            self._worth[edit, i] = self._solved(edit, i)
        return self._worth[edit, i]

    def _solved(self, edit: Edit, i: int) -> int | None:
        changed = edit.apply(self.problem)
        week = self.bench.week(changed)
        here = changed.candidate_index[self.problem.candidates[i].id]
        if week is None or here not in week.people:
            return None
        if week.points <= self.week.points and not isinstance(edit, Drop):
            return None
        without = week.best_without([here])
        return week.points if without is None or without.points < week.points else None

    def _left_out_of_some(self, i: int) -> bool:
        """Whether some best week does without candidate ``i``."""
        without = self.week.best_without([i])
        return without is not None and without.points == self.week.points

    # -- the person asked about ----------------------------------------------------------------------

    def asked_of(self, i: int) -> Iterator[Edit]:
        """The best hour besides those given, the longest shorter meeting that would do, and a call."""
        who = self.problem.candidates[i]
        anytime = replace(who, windows=whole_days(self.problem))
        new = [start for start in safe_starts(self.problem, i, anytime) if not _is_given(who, start)]
        hours = [Window(date=s.date, start=s.minute, end=s.minute + who.duration) for s in new]
        sizes = [size for size in _MEETINGS if size < who.duration]
        others = [replace(who, windows=(window,)) for window in hours]
        shorter = [replace(who, duration=size) for size in sizes]
        calls = [replace(who, place=None, arrive_early=0)] if who.place is not None else []
        problem, clones = variants_of(self.problem, i, [*others, *shorter, *calls])
        week = self.bench.week(problem)
        assert week is not None
        worth = self._best_variants(week, clones[: len(others)])
        if worth:
            best = max(worth.values())
            # of equally good hours the one nearest to hours given
            hour = hours[min((_away(who, new[k]), k) for k, points in worth.items() if points == best)[1]]
            yield AddWindow(candidate=who.id, date=hour.date, start=hour.start, end=hour.end)
        longest = (k for k in range(len(sizes)) if self._best_variants(week, [clones[len(others) + k]]))
        yield from (ShorterMeeting(candidate=who.id, minutes=sizes[k]) for k in islice(longest, 1))
        if calls and self._best_variants(week, clones[-1:]):
            yield MakeCall(candidate=who.id)

    def _best_variants(self, week: Week, variants: Sequence[int]) -> dict[int, int]:
        """The variants of someone that make the week better than it is, with its points; all of the best are there."""
        worth: dict[int, int] = {}
        least = self.week.points + 1
        for k in sorted(range(len(variants)), key=lambda k: -week.most_with(variants[k])):
            if week.most_with(variants[k]) < least:
                break
            found = week.best_with(variants[k])
            if found is not None and found.points >= least:
                worth[k] = least = found.points
        return worth

    # -- the days ------------------------------------------------------------------------------------

    def other_days(self, i: int) -> Iterator[Edit]:
        """Longer days, shorter lunches and more meetings on the days when someone is free; of each the least needed."""
        dates = {window.date for window in self.problem.candidates[i].windows}
        for day in self.problem.days:
            if day.date in dates:
                for edits in self._day_edits(day):
                    if edits and self._could_help(edits[-1], day, i):
                        yield from self._least_needed(edits, i)

    def _day_edits(self, day: Day) -> Iterator[list[Edit]]:
        """Changes of a day by kind, the smallest first."""
        at = day.date
        yield [LaterReturn(date=at, end=day.end + more) for more in _LATER if day.end + more <= DAY_MINUTES]
        yield [EarlierStart(date=at, start=day.start - more) for more in _EARLIER if day.start >= more]
        if day.lunch:
            yield [ShorterLunch(date=at, minutes=size) for size in _LUNCHES if size < day.lunch.minutes]
        if day.max_meetings < _MOST_MEETINGS and len(self._rows(day)) <= _MANY_OPTIONS:
            yield [RaiseMost(date=at, most=day.max_meetings + 1)]

    def _least_needed(self, edits: list[Edit], i: int) -> Iterator[Edit]:
        for edit in edits:
            if self.worth(edit, i) is not None:
                yield edit
                return

    def _could_help(self, edit: Edit, day: Day, i: int) -> bool:
        """Whether the prices of the week as it is leave room for a better one with someone after a change of a day."""
        changed = edit.apply(self.problem)
        options = self.bench.options(changed, next(d for d in changed.days if d.date == day.date))
        pool, prices, rows = self.week.pool, self.week.prices, self._rows(day)
        if not len(options.points):
            return False
        price = prices.price[pool.resource]
        top = int(prices.loss[rows[0]] + pool.points[rows[0]] - price[pool.members[rows[0]]].sum())
        loss = top - (options.points - price[options.members].sum(axis=1))
        holding = (options.members == i).any(axis=1)
        elsewhere = pool.holding(i)
        elsewhere[rows] = False
        here = int(loss[holding].min(initial=2**60))
        there = int(prices.loss[elsewhere].min(initial=2**60)) + min(0 if not options.needed else top, int(loss.min()))
        return prices.bound - min(here, there) > self.week.points

    def _rows(self, day: Day) -> range:
        """The options of a day in the pool of the week as it is."""
        number = next(k for k, other in enumerate(self.problem.days) if other.date == day.date)
        return range(self.week.pool.cuts[number], self.week.pool.cuts[number + 1])

    # -- the others ----------------------------------------------------------------------------------

    def moves(self, i: int) -> Iterator[Edit]:
        """For each fixed meeting on a day when someone is free the best move."""
        dates = {window.date for window in self.problem.candidates[i].windows}
        for k, other in enumerate(self.problem.candidates):
            if other.fixed_start is None or other.fixed_start.date not in dates:
                continue
            if k not in self._moving:
                self._moving[k] = self._free_to_move(k)
            moving = self._moving[k]
            if moving is None or moving.week.most_with(i) - moving.kept <= self.week.points:
                continue
            found = moving.week.best_with(i)
            at = [] if found is None else [moving.starts[m] for m in found.people or () if m in moving.starts]
            if at:
                yield MoveFixed(candidate=other.id, start=at[0])

    def _free_to_move(self, k: int) -> _Moving | None:
        """A fixed meeting at any of its hours, or without hours at any of its day."""
        who = self.problem.candidates[k]
        assert who.fixed_start is not None
        own = [day for day in whole_days(self.problem) if day.date == who.fixed_start.date]
        for windows in (who.windows, tuple(own)):
            free = replace(who, windows=windows, fixed_start=None)
            starts = [start for start in safe_starts(self.problem, k, free) if start != who.fixed_start]
            if starts:
                break
        else:
            return None
        ends = [start.minute + who.duration for start in starts]
        hours = [Window(date=s.date, start=s.minute, end=end) for s, end in zip(starts, ends, strict=True)]
        problem, clones = variants_of(self.problem, k, [replace(free, windows=(window,)) for window in hours])
        pool = self.bench.pool(problem)
        days = [pool.points[low:high] for low, high in pairwise(pool.cuts)]
        kept = 1 + sum(int(points.max() - points.min()) for points in days)
        keeps = np.isin(pool.members, clones).any(axis=1)
        week = week_of(problem, replace(pool, points=pool.points + np.where(keeps, kept, 0)))
        return _Moving(week=week, kept=kept, starts=dict(zip(clones, starts, strict=True)))

    def drops(self, i: int) -> Iterator[Edit]:
        """Letting go of one whom the best week with someone leaves out, where that loses less than it brings."""
        found = self.week.best_with(i)
        who = self.problem.candidates[i]
        if found is None or found.people is None or self.week.points - found.points > gain(self.problem, i):
            return
        for k in sorted(self.met - found.people):
            other = self.problem.candidates[k]
            if other.fixed_start is None and (who.must or not other.must):
                yield Drop(candidate=other.id)


def _is_given(who: Candidate, start: Moment) -> bool:
    end = start.minute + who.duration
    return any(w.date == start.date and w.start <= start.minute and end <= w.end for w in who.windows)


def _away(who: Candidate, start: Moment) -> int:
    """Minutes from a start to the nearest hours given on that day; a day's worth where there are none."""
    gaps = [
        max(0, window.start - start.minute, start.minute + who.duration - window.end)
        for window in who.windows
        if window.date == start.date
    ]
    return min(gaps, default=DAY_MINUTES)

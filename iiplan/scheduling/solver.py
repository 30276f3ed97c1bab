"""From a problem to its best plan: enumerate the days, choose one option a day, work out hours and reasons."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from iiplan.scheduling.clashes import clashes, fixed_on
from iiplan.scheduling.day_options import DayOptions, DayWork
from iiplan.scheduling.day_schedule import day_facts, schedule
from iiplan.scheduling.nouns import Day, Plan, PlannedDay, PlannedMeeting, Problem, Progress, Unplaced
from iiplan.scheduling.reasons import UNDECIDED, levels_of, reason_at_once, reason_by_price, reason_without_option
from iiplan.scheduling.referee import check
from iiplan.scheduling.week import Choice, Pool, Priced, best_week, first_in_order, greedy_week, pool_of, priced

__all__ = ["FaultyPlanError", "solve"]

Report = Callable[[Progress], None]

_ENUMERATION_SHARE = 0.6
_CHOICE_SHARE = 0.9


class FaultyPlanError(AssertionError):
    """The referee objects to a plan of the solver: a fault of this program, never of the input."""


def solve(problem: Problem, *, time_limit: float | None = None, progress: Report | None = None) -> Plan:
    """The best plan, proven, or the best one found within ``time_limit`` seconds with a true bound.

    ``progress`` is called now and then from this thread; what it raises ends the search. Every plan has passed
    the referee. Raises ``FaultyPlanError`` if that fails, which no input should bring about.
    """
    began = time.monotonic()
    report = progress or (lambda _: None)
    conflicts = clashes(problem)
    plan = _infeasible(problem, conflicts) if conflicts else _planned(problem, began, time_limit, report)
    plan = replace(plan, seconds=round(time.monotonic() - began, 3))
    faults = check(problem, plan).violations
    if faults:
        raise FaultyPlanError("The plan made breaks its own rules: " + " ".join(faults))
    return plan


def _planned(problem: Problem, began: float, limit: float | None, report: Report) -> Plan:
    def until(share: float) -> float | None:
        return None if limit is None else began + max(0.0, limit) * share

    options = _all_options(problem, until(_ENUMERATION_SHARE), report)
    report(Progress(phase="week"))
    pool = pool_of(problem, options)
    prices = priced(pool, deadline=until(_CHOICE_SHARE))
    choice = _choose(pool, prices, until(_CHOICE_SHARE), report)
    meetings, days = _worked_out(problem, pool, choice)
    # an enumeration cut short may have missed the best order of a day that is chosen
    choice = replace(choice, points=sum(day.points for day in days))
    bound = choice.points if choice.proven else max(choice.points, prices.bound)
    report(Progress(phase="reasons", fraction=0.0, points=choice.points, bound=bound))
    return Plan(
        status="optimal" if bound == choice.points else "feasible",
        points=choice.points,
        bound=bound,
        meetings=meetings,
        days=days,
        unplaced=_left_out(problem, pool, prices, choice, until(1.0), report),
    )


def _all_options(problem: Problem, deadline: float | None, report: Report) -> list[DayOptions]:
    """The options of every day; where time is short, what remains of it is shared by the days left."""
    options: list[DayOptions] = []
    for number, day in enumerate(problem.days):
        now = time.monotonic()
        share = None if deadline is None else now + (deadline - now) / (len(problem.days) - number)
        work = DayWork(problem, day, _eligible(problem, day), share)

        def step(done: float, number: int = number) -> None:
            report(Progress(phase="days", fraction=(number + done) / len(problem.days)))

        step(0.0)
        options.append(_with_fixed(problem, day, work.options(step)))
    return options


def _eligible(problem: Problem, day: Day) -> list[int]:
    """Candidates who may be met on a day: not fixed to another day, nor of a seat that somebody fixed has."""
    here = fixed_on(problem, day)
    taken = {c.seat for c in problem.candidates if c.fixed_start is not None and c.seat is not None}
    return [i for i, c in enumerate(problem.candidates) if i in here or (c.fixed_start is None and c.seat not in taken)]


def _with_fixed(problem: Problem, day: Day, options: DayOptions) -> DayOptions:
    """The options, the fixed meetings alone among them however little time there was."""
    fixed = fixed_on(problem, day)
    if not fixed or len(options.points):
        return options
    alone = DayWork(problem, day, fixed).options()
    return replace(alone, people=options.people, complete=options.complete)


def _choose(pool: Pool, prices: Priced, deadline: float | None, report: Report) -> Choice:
    quick = greedy_week(pool)
    report(Progress(phase="week", points=quick.points, bound=prices.bound))
    best = best_week(pool, prices, known=quick.points, deadline=deadline)
    if best is None or best.points < quick.points:
        best = quick
    proven = best.points == prices.bound or (best.proven and pool.complete)
    rows = first_in_order(pool, prices, best.points) if proven and pool.complete else None
    return Choice(rows=rows or best.rows, points=best.points, proven=proven)


def _worked_out(
    problem: Problem, pool: Pool, choice: Choice
) -> tuple[tuple[PlannedMeeting, ...], tuple[PlannedDay, ...]]:
    meetings: list[PlannedMeeting] = []
    days = []
    for day, row in zip(problem.days, choice.rows, strict=True):
        people = [int(i) for i in pool.members[row] if i < len(problem.candidates)]
        if not people:
            continue
        order = schedule(problem, day, people)
        days.append(day_facts(problem, day, order))
        for i, start in order:
            candidate = problem.candidates[i]
            meetings.append(
                PlannedMeeting(
                    candidate=candidate.id,
                    date=day.date,
                    start=start,
                    end=start + candidate.duration,
                    fixed=candidate.fixed_start is not None,
                )
            )
    return tuple(meetings), tuple(days)


def _left_out(
    problem: Problem, pool: Pool, prices: Priced, choice: Choice, deadline: float | None, report: Report
) -> tuple[Unplaced, ...]:
    nobody = len(problem.candidates)
    placed = frozenset(int(i) for i in pool.members[list(choice.rows)].ravel() if i != nobody)
    levels = levels_of(pool, prices)
    absent = [i for i in range(len(problem.candidates)) if i not in placed]
    possible = np.zeros(len(problem.candidates) + 1, dtype=bool)
    possible[pool.members.ravel()] = True
    left: list[Unplaced] = []
    for done, i in enumerate(absent):
        reason = reason_at_once(problem, i)
        if reason is None and not (pool.complete and choice.proven):
            reason = UNDECIDED.format(name=problem.candidates[i].name)
        elif reason is None and not possible[i]:
            reason = reason_without_option(problem, i)
        elif reason is None:
            reason = reason_by_price(problem, i, levels, placed, choice.points, deadline)
        left.append(Unplaced(candidate=problem.candidates[i].id, reason=reason))
        report(Progress(phase="reasons", fraction=(done + 1) / len(absent), points=choice.points))
    return tuple(left)


def _infeasible(problem: Problem, conflicts: tuple[str, ...]) -> Plan:
    reason = "Nothing is planned as long as the fixed meetings clash."
    return Plan(
        status="infeasible",
        points=None,
        bound=None,
        unplaced=tuple(Unplaced(candidate=c.id, reason=reason) for c in problem.candidates),
        conflicts=conflicts,
    )

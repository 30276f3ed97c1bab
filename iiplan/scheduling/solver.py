"""From a problem to its best plan: enumerate the days, choose one option a day, work out hours and reasons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from iiplan.scheduling.clashes import clashes
from iiplan.scheduling.day_schedule import day_facts, schedule
from iiplan.scheduling.limits import Limit
from iiplan.scheduling.nouns import Plan, PlannedDay, PlannedMeeting, Problem, Progress, Unplaced
from iiplan.scheduling.reasons import left_out
from iiplan.scheduling.referee import check
from iiplan.scheduling.settled import few_options, searched, written_out
from iiplan.scheduling.week import Choice, Pool

__all__ = ["FaultyPlanError", "solve"]

Report = Callable[[Progress], None]


class FaultyPlanError(AssertionError):
    """The referee objects to a plan of the solver: a fault of this program, never of the input."""


def solve(
    problem: Problem,
    *,
    time_limit: float | None = None,
    progress: Report | None = None,
    stop: Callable[[], bool] | None = None,
) -> Plan:
    """The best plan, proven, or the best one found within ``time_limit`` seconds with a true bound.

    ``progress`` is called now and then from this thread; what it raises ends the search. ``stop`` is asked often;
    once it says yes, the best plan so far is returned as if the time were over. Every plan has passed
    the referee. Raises ``FaultyPlanError`` if that fails, which no input should bring about.
    """
    limit = Limit(time_limit, stop)
    report = progress or (lambda _: None)
    conflicts = clashes(problem)
    plan = _infeasible(problem, conflicts) if conflicts else _planned(problem, limit, report)
    plan = replace(plan, seconds=round(limit.elapsed(), 3))
    faults = check(problem, plan).violations
    if faults:
        raise FaultyPlanError("The plan made breaks its own rules: " + " ".join(faults))
    return plan


def _planned(problem: Problem, limit: Limit, report: Report) -> Plan:
    way = written_out if few_options(problem) else searched
    settled = way(problem, limit, report)
    choice = settled.choice
    meetings, days = _worked_out(problem, settled.pool, choice)
    # an enumeration cut short may have missed the best order of a day that is chosen
    points = sum(day.points for day in days)
    bound = max(points, settled.bound)
    settled = replace(settled, choice=replace(choice, points=points), bound=bound)
    report(Progress(phase="reasons", fraction=0.0, points=points, bound=bound))
    return Plan(
        status="optimal" if bound == points else "feasible",
        points=points,
        bound=bound,
        meetings=meetings,
        days=days,
        unplaced=left_out(problem, settled, limit, report),
    )


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


def _infeasible(problem: Problem, conflicts: tuple[str, ...]) -> Plan:
    reason = "Nothing is planned as long as the fixed meetings clash."
    return Plan(
        status="infeasible",
        points=None,
        bound=None,
        unplaced=tuple(Unplaced(candidate=c.id, reason=reason) for c in problem.candidates),
        conflicts=conflicts,
    )

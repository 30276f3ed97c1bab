"""Plans weighed: what must-having someone costs, who could stand in for whom, two plans side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from iiplan.errors import InputError
from iiplan.scheduling.bench import Bench
from iiplan.scheduling.clashes import clashes
from iiplan.scheduling.clock import Moment
from iiplan.scheduling.day_schedule import day_facts, schedule
from iiplan.scheduling.nouns import Candidate, Day, Plan, PlannedMeeting, Problem
from iiplan.scheduling.offering import position_of
from iiplan.scheduling.solver import solve

__all__ = ["Comparison", "Move", "Price", "StandIn", "Tally", "compare", "price", "stand_ins"]


@dataclass(frozen=True, kw_only=True)
class Price:
    """What must-having a candidate costs: ``cost`` = ``best`` less ``points``, the points of the best week with them.

    All three are None where the fixed meetings clash; ``points`` and ``cost`` where no week meets the candidate.
    """

    candidate: str
    best: int | None
    points: int | None
    cost: int | None


@dataclass(frozen=True, kw_only=True)
class StandIn:
    """Someone left out who could be met instead, when, and what the week is then worth."""

    candidate: str
    date: dt.date
    start: int
    end: int
    points: int


@dataclass(frozen=True, kw_only=True)
class Tally:
    """The points of a plan by kind; what is taken off is negative, and ``points`` is the sum of the six."""

    value: int
    must: int
    missing_meetings: int
    lunch: int
    travel: int
    idle: int

    @property
    def points(self) -> int:
        """The sum."""
        return self.value + self.must + self.missing_meetings + self.lunch + self.travel + self.idle


@dataclass(frozen=True, kw_only=True)
class Move:
    """A meeting at another time in the second plan than in the first."""

    candidate: str
    before: Moment
    after: Moment


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Two plans side by side: whom both meet at the same time (``kept``), whom only one meets, and their points."""

    kept: tuple[str, ...]
    moved: tuple[Move, ...]
    added: tuple[str, ...]
    dropped: tuple[str, ...]
    a: Tally
    b: Tally


def price(problem: Problem, candidate: str) -> Price:
    """What must-having a candidate costs. Raises ``NotFoundError`` for unknown candidates."""
    i = position_of(problem, candidate)
    week = Bench().week(problem)
    found = week.best_with(i) if week is not None else None
    best = None if week is None else week.points
    points = None if found is None else found.points
    cost = None if best is None or points is None else best - points
    return Price(candidate=candidate, best=best, points=points, cost=cost)


def stand_ins(problem: Problem, cancelled: str, *, plan: Plan | None = None) -> tuple[StandIn, ...]:
    """Who could be met instead of someone cancelled, the best first; ties in the order of the file.

    All other meetings of the plan (without one: of the best plan) stay at their hours, and one person left out is
    met as well, on any day. Nobody where the others cannot be kept without the one cancelled. Raises
    ``NotFoundError`` for unknown candidates, ``InputError`` where the plan does not meet the one cancelled.
    """
    position_of(problem, cancelled)
    now = plan if plan is not None else solve(problem)
    staying = {m.candidate: m for m in now.meetings if m.candidate != cancelled}
    if len(staying) == len(now.meetings):
        name = problem.candidates[problem.candidate_index[cancelled]].name
        raise InputError(f"The plan does not meet {name}, so nobody need stand in. Name someone whom it meets.")
    stays = replace(problem, candidates=tuple(_staying(c, staying, cancelled) for c in problem.candidates))
    stays = replace(stays, travel=problem.minutes)
    if clashes(stays):
        return ()
    bench, best = Bench(), dict[int, tuple[int, Day, tuple[int, ...]]]()
    alone = [_alone(stays, day) for day in stays.days]
    for day, worth in zip(stays.days, alone, strict=True):
        fixed = [i for i, c in enumerate(stays.candidates) if c.fixed_start and c.fixed_start.date == day.date]
        options = bench.options(stays, replace(day, max_meetings=min(day.max_meetings, len(fixed) + 1)))
        for row, points in zip(options.members, options.points.tolist(), strict=True):
            people = tuple(int(i) for i in row if i < len(stays.candidates))
            others = set(people) - set(fixed)
            for i in others:
                total = sum(alone) - worth + points
                if i not in best or total > best[i][0]:
                    best[i] = (total, day, people)
    ranked = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))
    return tuple(_stand_in(stays, i, total, day, people) for i, (total, day, people) in ranked)


def compare(problem: Problem, a: Plan, b: Plan) -> Comparison:
    """Plan ``b`` against plan ``a``, both plans of the problem that have passed the referee."""
    before = {m.candidate: Moment(m.date, m.start) for m in a.meetings}
    after = {m.candidate: Moment(m.date, m.start) for m in b.meetings}
    both = [who for who in before if who in after]
    return Comparison(
        kept=tuple(who for who in both if before[who] == after[who]),
        moved=tuple(
            Move(candidate=who, before=before[who], after=after[who]) for who in both if before[who] != after[who]
        ),
        added=tuple(who for who in after if who not in before),
        dropped=tuple(who for who in before if who not in after),
        a=_tally(problem, a.meetings),
        b=_tally(problem, b.meetings),
    )


def _staying(who: Candidate, staying: dict[str, PlannedMeeting], cancelled: str) -> Candidate:
    if who.id == cancelled:
        return replace(who, windows=(), fixed_start=None)
    meeting = staying.get(who.id)
    return replace(who, fixed_start=None if meeting is None else Moment(meeting.date, meeting.start))


def _alone(problem: Problem, day: Day) -> int:
    """Points of a day with just what is fixed on it."""
    fixed = [i for i, c in enumerate(problem.candidates) if c.fixed_start and c.fixed_start.date == day.date]
    return day_facts(problem, day, schedule(problem, day, fixed)).points if fixed else 0


def _stand_in(problem: Problem, i: int, points: int, day: Day, people: Iterable[int]) -> StandIn:
    start = dict(schedule(problem, day, list(people)))[i]
    who = problem.candidates[i]
    return StandIn(candidate=who.id, date=day.date, start=start, end=start + who.duration, points=points)


def _tally(problem: Problem, meetings: Iterable[PlannedMeeting]) -> Tally:
    weights, index = problem.weights, problem.candidate_index
    days: dict[dt.date, list[tuple[int, int]]] = {}
    for meeting in sorted(meetings, key=lambda m: (m.date, m.start)):
        days.setdefault(meeting.date, []).append((index[meeting.candidate], meeting.start))
    facts = [(day, day_facts(problem, day, days[day.date])) for day in problem.days if day.date in days]
    met = [problem.candidates[i] for day in days.values() for i, _ in day]
    short = sum(max(0, day.min_meetings - len(days[day.date])) for day, _ in facts)
    return Tally(
        value=weights.value * sum(who.value for who in met),
        must=weights.must * sum(who.must for who in met),
        missing_meetings=-weights.missing_meeting * short,
        lunch=-weights.missed_lunch * sum(day.lunch is not None and fact.lunch is None for day, fact in facts),
        travel=-weights.travel_minute * sum(fact.travel_minutes for _, fact in facts),
        idle=-weights.idle_minute * sum(fact.idle_minutes for _, fact in facts),
    )

"""Judges the plan of any solver: makes the most of it, has the referee check it, and counts its points.

A solver says who is met on which day. Its plan is first made as good as those people allow: for each day
the best order, hours and subset of them is found, by trying all orders. So a solver is charged neither for
rules that it cannot be told of, such as lunch, nor for a visit that is not worth the way; and what breaks a
rule is dropped, not the plan. None of this uses the scheduler.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import permutations

from bench.routes import Answer, starts_on
from iiplan.scheduling import Candidate, Day, Moment, Problem, check
from iiplan.scheduling.clock import DAY_MINUTES, moment_text

__all__ = ["Verdict", "better", "judge"]

Meetings = tuple[tuple[int, int], ...]
"""(candidate, start) in order."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """A judged plan; ``stars`` is the sum of values met, ``dropped`` how many that the solver placed are not met.

    ``points`` is None where not even the fixed meetings were kept; ``faults`` is then what the referee says.
    """

    points: int | None
    stars: int
    meetings: int
    dropped: int
    faults: tuple[str, ...]
    document: dict[str, object]


def judge(problem: Problem, answer: Answer) -> Verdict:
    """The verdict on an answer. Whoever is fixed counts as placed, whether the solver did so or not."""
    placed = _placed(problem, answer.days)
    met: list[dict[str, object]] = []
    people: list[int] = []
    counted = 0
    for day, wanted in zip(problem.days, placed, strict=True):
        points, meetings = best_day(problem, day, wanted) or (0, ())
        counted += points
        for number, start in meetings:
            who = problem.candidates[number]
            people.append(number)
            met.append(
                {
                    "candidate": who.id,
                    "start": moment_text(Moment(day.date, start)),
                    "end": moment_text(Moment(day.date, start + who.duration)),
                    "fixed": who.fixed_start is not None,
                }
            )
    document: dict[str, object] = {"meetings": met}
    report = check(problem, document)
    if report.points not in (None, counted):
        raise AssertionError(f"The judge counts {counted} points, the referee {report.points}.")
    return Verdict(
        points=report.points,
        stars=sum(problem.candidates[number].value for number in people),
        meetings=len(people),
        dropped=sum(len(day) for day in answer.days) - len(people),
        faults=report.violations,
        document=document,
    )


def better(problem: Problem, answers: Sequence[Answer]) -> Answer:
    """The answer that makes most points, the first of several such, with the seconds that all of them took."""

    def points(answer: Answer) -> float:
        found = judge(problem, answer).points
        return float("-inf") if found is None else found

    return replace(max(answers, key=points), spent=sum(answer.spent or 0.0 for answer in answers))


def _placed(problem: Problem, days: Sequence[Sequence[int]]) -> list[list[int]]:
    """Whom to meet on each day: everybody fixed on theirs, nobody twice, of a seat the most valuable."""
    dates = {day.date: number for number, day in enumerate(problem.days)}
    wanted: dict[int, int] = {}
    for d, day in enumerate(days):
        for number in day:
            wanted.setdefault(number, d)
    for number, who in enumerate(problem.candidates):
        if who.fixed_start is not None and who.fixed_start.date in dates:
            wanted[number] = dates[who.fixed_start.date]
    result: list[list[int]] = [[] for _ in problem.days]
    seats: set[str] = set()
    for number in sorted(wanted, key=lambda n: _rank(problem.candidates[n])):
        seat = problem.candidates[number].seat
        if seat is None or seat not in seats:
            result[wanted[number]].append(number)
            seats |= {seat} if seat is not None else set()
    return result


def _rank(who: Candidate) -> tuple[bool, bool, int]:
    return who.fixed_start is None, not who.must, -who.value


def best_day(problem: Problem, day: Day, people: Sequence[int]) -> tuple[int, Meetings] | None:
    """The most points and the meetings of a day with some of these people, everybody fixed among them, or None.

    An empty day is the best where no other makes points and nobody is fixed.
    """
    fixed = {n for n in people if problem.candidates[n].fixed_start is not None}
    best: tuple[int, Meetings] | None = None if fixed else (0, ())
    for order, ceiling in _orders(problem, day, people, fixed):
        if best is not None and ceiling <= best[0]:
            break
        found = _timed(problem, day, order, ceiling)
        if found is not None and (best is None or found[0] > best[0]):
            best = found
    return best


def _orders(
    problem: Problem, day: Day, people: Sequence[int], fixed: set[int]
) -> Iterator[tuple[tuple[int, ...], int]]:
    """Every order of every subset that holds whoever is fixed, with the points before lunch and idling, most first."""
    orders = [
        (order, _ceiling(problem, day, order))
        for size in range(1, min(len(people), day.max_meetings) + 1)
        for order in permutations(people, size)
        if fixed <= set(order)
    ]
    yield from sorted(orders, key=lambda pair: -pair[1])


def _ceiling(problem: Problem, day: Day, order: tuple[int, ...]) -> int:
    weights, people = problem.weights, [problem.candidates[n] for n in order]
    points = sum(weights.value * who.value + weights.must * who.must for who in people)
    points -= weights.missing_meeting * max(0, day.min_meetings - len(people))
    return points - weights.travel_minute * sum(_legs(problem, day, order))


def _legs(problem: Problem, day: Day, order: tuple[int, ...]) -> list[int]:
    """Minutes of travel to each meeting, and home; none to a call."""
    here, legs = problem.place_index[day.base], []
    for number in order:
        place = problem.candidates[number].place
        there = here if place is None else problem.place_index[place]
        legs.append(0 if place is None else problem.minutes[here][there])
        here = there
    return [*legs, problem.minutes[here][problem.place_index[day.base]]]


@dataclass(frozen=True)
class _Clock:
    """A day's busy times, and what they make of travelling."""

    day: Day
    busy: tuple[tuple[int, int], ...]

    def arrival(self, after: int, length: int) -> int:
        """Earliest end of ``length`` minutes in one stretch that begin at ``after`` or later."""
        for start, end in self.busy if length else ():
            if after < end and start < after + length:
                after = end
        return after + length

    def leaving(self, before: int, length: int) -> int:
        """Latest start of ``length`` minutes in one stretch that end at ``before`` or earlier."""
        for start, end in reversed(self.busy) if length else ():
            if before - length < end and start < before:
                before = start
        return before - length

    def free(self, after: int, before: int) -> int:
        """Minutes of [after, before) that are not busy."""
        return sum(not any(a <= minute < b for a, b in self.busy) for minute in range(after, before))

    def lunch_and_way(self, after: int, length: int) -> int:
        """Earliest time at which both a lunch and a travel are over, one before the other; far off if never."""
        lunch = self.day.lunch
        if lunch is None:
            return 2 * DAY_MINUTES
        first = self.arrival(self._eaten(after), length)
        return min(first, self._eaten(self.arrival(after, length)))

    def _eaten(self, after: int) -> int:
        lunch = self.day.lunch
        assert lunch is not None
        end = self.arrival(max(after, lunch.earliest), lunch.minutes)
        return end if end <= lunch.latest else 2 * DAY_MINUTES

    def lunch_outside(self, leave: int, back: int) -> bool:
        """Whether a lunch fits before leaving or after being back."""
        return min(self._eaten(0), 2 * DAY_MINUTES) <= leave or self._eaten(back) <= DAY_MINUTES


def _timed(problem: Problem, day: Day, order: tuple[int, ...], ceiling: int) -> tuple[int, Meetings] | None:
    """The most points of an order, and its starts: each first start tried, all else as early as it can be."""
    clock = _Clock(day, tuple(sorted((busy.start, busy.end) for busy in day.busy)))
    people = [problem.candidates[number] for number in order]
    starts = [starts_on(problem, day, who) for who in people]
    legs = _legs(problem, day, order)
    best: tuple[int, Meetings] | None = None
    for first in starts[0]:
        leave = clock.leaving(first - people[0].arrive_early, legs[0])
        if leave < day.start:
            continue
        for had, times in _followed(clock, people, starts, legs, first):
            back = clock.arrival(times[-1] + people[-1].duration + people[-1].debrief, legs[-1])
            if back > day.end:
                continue
            idle = clock.free(leave, back) - sum(legs) - sum(who.occupied_minutes for who in people)
            idle -= day.lunch.minutes if had and day.lunch else 0
            points = ceiling - problem.weights.idle_minute * idle
            if day.lunch and not had and not clock.lunch_outside(leave, back):
                points -= problem.weights.missed_lunch
            if best is None or points > best[0]:
                best = points, tuple(zip(order, times, strict=True))
    return best


def _followed(
    clock: _Clock, people: list[Candidate], starts: list[list[int]], legs: list[int], first: int
) -> list[tuple[bool, tuple[int, ...]]]:
    """The earliest starts of all meetings after the first, without a lunch on the way and with one."""
    ways: dict[bool, tuple[int, ...]] = {False: (first,)}
    for number in range(1, len(people)):
        before, who, then = people[number - 1], people[number], {}
        for had, times in ways.items():
            end = times[-1] + before.duration + before.debrief
            there = {had: clock.arrival(end, legs[number])}
            if not had:
                there[True] = clock.lunch_and_way(end, legs[number])
            for after, ready in there.items():
                start = next((s for s in starts[number] if s - who.arrive_early >= ready), None)
                if start is not None and (after not in then or start < then[after][-1]):
                    then[after] = (*times, start)
        ways = then
    return list(ways.items())

"""A problem as vehicle routing solvers want it: visits with time windows, a vehicle a day, matrices.

Time is one axis of minutes, a day after the other. A visit's time is the start of its meeting: arriving early
is part of the way there, meeting and debrief are the service. Since meetings start on a grid, the least time from one
start to the next is rounded up to the grid too; so a solver that knows nothing of grids stays on it, and loses nothing.

What a matrix cannot say is not said: a call counts as taken at the base, since where the traveller
is then depends on who was met before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from iiplan.scheduling import Candidate, Day, Problem

__all__ = ["AXIS_MINUTES", "Answer", "RouteModel", "Visit", "route_model", "starts_on"]

AXIS_MINUTES = 1440
"""From a minute of one day to the same minute of the next on the axis of time."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a solver found: candidates (positions in the problem) in order, for each day.

    ``spent`` are the seconds of a solver that solved several times and had the plans compared in between.
    ``bound`` is in our points, None where the solver has none; ``best_seconds`` is when it first had this plan, None
    where it does not say; ``proven`` if it says that nothing is better, in its own model.
    """

    days: Sequence[Sequence[int]]
    best_seconds: float | None = None
    bound: int | None = None
    proven: bool = False
    proof_seconds: float | None = None
    claimed_points: int | None = None
    spent: float | None = None


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A candidate who could be met; ``spans`` are (day, first start, last start) in minutes of that day."""

    candidate: int
    who: Candidate
    place: int | None
    prize: int
    required: bool
    phase: int
    spans: tuple[tuple[int, int, int], ...]

    @property
    def service(self) -> int:
        """Minutes from the start of the meeting to the end of the debrief."""
        return self.who.duration + self.who.debrief


@dataclass(frozen=True, kw_only=True)
class RouteModel:
    """Nodes are the base of each day, then the visits; all in minutes, row from, column to."""

    problem: Problem
    visits: tuple[Visit, ...]
    seats: tuple[tuple[int, ...], ...] = field(default=())

    @property
    def first_visit(self) -> int:
        """The node of the first visit; the nodes before it are the bases of the days."""
        return len(self.problem.days)

    @cached_property
    def places(self) -> list[int]:
        """The place of each node. A call is at the base of the trip."""
        index, base = self.problem.place_index, self.problem.place_index[self.problem.base]
        return [index[day.base] for day in self.problem.days] + [
            base if visit.place is None else visit.place for visit in self.visits
        ]

    @cached_property
    def travel(self) -> list[list[int]]:
        """Minutes of travel between nodes."""
        minutes = self.problem.minutes
        return [
            [0 if i == j else minutes[here][there] for j, there in enumerate(self.places)]
            for i, here in enumerate(self.places)
        ]

    @cached_property
    def ways(self) -> list[list[int]]:
        """Least minutes from the end of a debrief (or leaving the base) to the next start (or being back)."""
        first = self.first_visit
        ways = []
        for i, row in enumerate(self.travel):
            if i < first:
                ways.append(
                    [t + (self.visits[j - first].who.arrive_early if j >= first else 0) for j, t in enumerate(row)]
                )
            else:
                ways.append([self._way(i, j, t) for j, t in enumerate(row)])
        return ways

    def _way(self, i: int, j: int, travel: int) -> int:
        first = self.first_visit
        if i == j or j < first:
            return travel
        here, there, grid = self.visits[i - first], self.visits[j - first], self.problem.grid_minutes
        between = here.service + travel + there.who.arrive_early + here.phase - there.phase
        return -(-between // grid) * grid - here.phase + there.phase - here.service


def route_model(problem: Problem) -> RouteModel:
    """The routing model of a problem; who cannot be met on any day is not in it."""
    taken = {c.seat for c in problem.candidates if c.fixed_start is not None and c.seat is not None}
    visits = []
    for number, who in enumerate(problem.candidates):
        if who.fixed_start is None and who.seat in taken:
            continue
        spans = tuple((d, a, b) for d, day in enumerate(problem.days) for a, b in _runs(problem, day, who))
        if spans:
            visits.append(_visit(problem, number, spans))
    by_seat: dict[str, list[int]] = {}
    for position, visit in enumerate(visits):
        if visit.who.seat is not None:
            by_seat.setdefault(visit.who.seat, []).append(position)
    seats = tuple(tuple(members) for members in by_seat.values() if len(members) > 1)
    return RouteModel(problem=problem, visits=tuple(visits), seats=seats)


def _visit(problem: Problem, number: int, spans: tuple[tuple[int, int, int], ...]) -> Visit:
    who, weights = problem.candidates[number], problem.weights
    fixed = who.fixed_start
    return Visit(
        candidate=number,
        who=who,
        place=None if who.place is None else problem.place_index[who.place],
        prize=weights.value * who.value + weights.must * who.must,
        required=fixed is not None,
        phase=fixed.minute % problem.grid_minutes if fixed else 0,
        spans=spans,
    )


def starts_on(problem: Problem, day: Day, who: Candidate) -> list[int]:
    """Every minute of a day at which a meeting could start if it were the only one, busy times heeded."""
    if who.fixed_start is not None:
        starts = [who.fixed_start.minute] if who.fixed_start.date == day.date else []
    else:
        grid = problem.grid_minutes
        starts = sorted(
            {
                start
                for window in who.windows
                if window.date == day.date
                for start in range(-(-window.start // grid) * grid, window.end - who.duration + 1, grid)
            }
        )
    return [
        start
        for start in starts
        if not any(
            busy.start < start + who.duration + who.debrief and start - who.arrive_early < busy.end for busy in day.busy
        )
    ]


def _runs(problem: Problem, day: Day, who: Candidate) -> list[tuple[int, int]]:
    """The starts of a day reached straight from the base, and leaving time to go back, as runs without a hole."""
    base = problem.place_index[day.base]
    place = base if who.place is None else problem.place_index[who.place]
    first = day.start + problem.minutes[base][place] + who.arrive_early
    last = day.end - problem.minutes[place][base] - who.duration - who.debrief
    runs: list[tuple[int, int]] = []
    for start in starts_on(problem, day, who):
        if not first <= start <= last or day.max_meetings == 0:
            continue
        if runs and start - runs[-1][1] == problem.grid_minutes:
            runs[-1] = (runs[-1][0], start)
        else:
            runs.append((start, start))
    return runs

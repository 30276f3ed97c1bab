"""The whole problem as a model for OR-Tools' CP-SAT: a circuit a day, optional visits, intervals where they are needed.

Everything of the problem is in it, calls, seats, lunch, busy and idle minutes too, so what it proves is the optimum.
Calls are no nodes of the circuit, which joins visits: they are intervals that lie before the way to the next visit.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from bench.routes import Answer, starts_on
from iiplan.scheduling import Candidate, Day, Problem

__all__ = ["solve_with"]


def solve_with(problem: Problem, seconds: float, threads: int) -> Answer:
    """Solve within so many seconds, building the model included."""
    began = time.monotonic()
    model = cp_model.CpModel()
    parts = [_DayPart(model, problem, day) for day in problem.days]
    _meet_once(model, problem, parts)
    model.maximize(sum(part.points() for part in parts))
    watch = _Watch(began)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = threads
    solver.parameters.linearization_level = 2  # the bound of the circuits is most of the proof
    solver.parameters.max_time_in_seconds = max(0.1, seconds - (time.monotonic() - began))
    status = solver.solve(model, watch)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Answer(days=[[] for _ in parts])
    proven = status == cp_model.OPTIMAL
    return Answer(
        days=[part.order(solver) for part in parts],
        best_seconds=watch.when,
        bound=int(solver.best_objective_bound // 1),
        proven=proven,
        proof_seconds=time.monotonic() - began if proven else None,
        claimed_points=round(solver.objective_value),
    )


class _Watch(cp_model.CpSolverSolutionCallback):
    """Notes when the best solution so far was found."""

    def __init__(self, began: float) -> None:
        super().__init__()
        self.began, self.when = began, 0.0

    def on_solution_callback(self) -> None:
        self.when = time.monotonic() - self.began


@dataclass(frozen=True)
class _Stop:
    """One candidate on one day; ``begin`` to ``end`` is the occupied time if ``here``."""

    number: int
    who: Candidate
    earliest_end: int
    latest_begin: int
    here: cp_model.IntVar
    begin: cp_model.LinearExpr
    end: cp_model.LinearExpr
    occupied: cp_model.IntervalVar


@dataclass
class _DayPart:
    """The variables and rules of one day."""

    model: cp_model.CpModel
    problem: Problem
    day: Day
    stops: list[_Stop] = field(default_factory=list)

    def __post_init__(self) -> None:
        model, day = self.model, self.day
        for number, who in enumerate(self.problem.candidates):
            starts = starts_on(self.problem, day, who)
            if starts and day.max_meetings:
                self.stops.append(self._stop(number, who, starts))
        self.visits = [stop for stop in self.stops if stop.who.place is not None]
        self.calls = [stop for stop in self.stops if stop.who.place is None]
        self.used = model.new_bool_var("")
        self.leave = model.new_int_var(day.start, day.end, "")
        self.back = model.new_int_var(day.start, day.end, "")
        self.count = sum(stop.here for stop in self.stops)
        model.add(self.count <= day.max_meetings)
        model.add_max_equality(self.used, [stop.here for stop in self.stops] or [0])
        self.need_intervals = bool(self.calls or day.busy or day.lunch)
        self._join_visits()
        self._hold_calls()
        self._lunch()
        if self.need_intervals:
            self._keep_apart()

    def _stop(self, number: int, who: Candidate, starts: list[int]) -> _Stop:
        model = self.model
        here = model.new_bool_var("")
        grid = self.problem.grid_minutes
        phase = starts[0] % grid
        slots = cp_model.Domain.from_values([start // grid for start in starts])
        start = model.new_int_var_from_domain(slots, "") * grid + phase
        begin, end = start - who.arrive_early, start + who.duration + who.debrief
        occupied = model.new_optional_fixed_size_interval_var(begin, who.occupied_minutes, here, "")
        return _Stop(
            number=number,
            who=who,
            earliest_end=starts[0] + who.duration + who.debrief,
            latest_begin=starts[-1] - who.arrive_early,
            here=here,
            begin=begin,
            end=end,
            occupied=occupied,
        )

    def _join_visits(self) -> None:
        """A circuit through the base and the visits made; ``go`` is when the way to each begins."""
        model, minutes, day = self.model, self.problem.minutes, self.day
        place = [self.problem.place_index[stop.who.place or ""] for stop in self.visits]
        base = self.problem.place_index[day.base]
        self.home_go = model.new_int_var(day.start, day.end, "")
        self.go = [model.new_int_var(day.start, day.end, "") for _ in self.visits]
        self.out = [model.new_bool_var("") for _ in self.visits]
        ways: list[list[tuple[cp_model.IntVar, int]]] = [[] for _ in self.visits]
        homeward: list[tuple[cp_model.IntVar, int]] = []
        arcs: list[tuple[int, int, cp_model.IntVar]] = []
        nowhere = model.new_bool_var("")
        arcs.append((0, 0, nowhere))
        for i, stop in enumerate(self.visits):
            arcs.append((i + 1, i + 1, ~stop.here))
            arcs.append((0, i + 1, self.out[i]))
            ways[i].append((self.out[i], minutes[base][place[i]]))
            model.add(self.leave <= self.go[i]).only_enforce_if(self.out[i])
            last = model.new_bool_var("")
            arcs.append((i + 1, 0, last))
            homeward.append((last, minutes[place[i]][base]))
            model.add(self.home_go >= stop.end).only_enforce_if(last)
            for j, then in enumerate(self.visits):
                if i == j or stop.earliest_end + minutes[place[i]][place[j]] > then.latest_begin:
                    continue
                arc = model.new_bool_var("")
                arcs.append((i + 1, j + 1, arc))
                ways[j].append((arc, minutes[place[i]][place[j]]))
                model.add(self.go[j] >= stop.end).only_enforce_if(arc)
                model.add(then.begin >= stop.end + minutes[place[i]][place[j]]).only_enforce_if(arc)
        if self.visits:
            model.add_circuit(arcs)
        self.way = [sum(arc * length for arc, length in into) for into in ways]
        self.home_way = sum(arc * length for arc, length in homeward)
        for stop, go, way in zip(self.visits, self.go, self.way, strict=True):
            model.add(go + way <= stop.begin).only_enforce_if(stop.here)
        model.add(self.back >= self.home_go + self.home_way)

    def _hold_calls(self) -> None:
        """A day lasts from leaving, or the first call, to being back; calls come before the way home."""
        for stop in self.calls:
            self.model.add(self.leave <= stop.begin).only_enforce_if(stop.here)
            self.model.add(self.home_go >= stop.end).only_enforce_if(stop.here)
        self.model.add(self.leave <= self.back)

    def _lunch(self) -> None:
        model, lunch = self.model, self.day.lunch
        self.had = self.on_the_way = model.new_constant(0)
        self.eating: list[cp_model.IntervalVar] = []
        if lunch is None or lunch.latest - lunch.earliest < lunch.minutes:
            return
        start = model.new_int_var(lunch.earliest, lunch.latest - lunch.minutes, "")
        self.had, self.on_the_way, before, after = (model.new_bool_var("") for _ in range(4))
        model.add(self.had == self.on_the_way + before + after)
        self.eating = [model.new_optional_fixed_size_interval_var(start, lunch.minutes, self.had, "")]
        model.add(start + lunch.minutes <= self.leave).only_enforce_if(before)
        model.add(start >= self.back).only_enforce_if(after)
        met_before, met_after = [], []
        for stop in self.stops:
            first, second = model.new_bool_var(""), model.new_bool_var("")
            for met in (first, second):
                model.add_implication(met, stop.here)
            model.add(stop.end <= start).only_enforce_if(first)
            model.add(stop.begin >= start + lunch.minutes).only_enforce_if(second)
            met_before.append(first)
            met_after.append(second)
        model.add(sum(met_before) >= 1).only_enforce_if(self.on_the_way)
        model.add(sum(met_after) >= 1).only_enforce_if(self.on_the_way)

    def _keep_apart(self) -> None:
        """Nothing at the same time: meetings, ways, lunch and busy times; no call between a way and its visit."""
        model, day = self.model, self.day
        busy = [model.new_fixed_size_interval_var(start, end - start, "") for start, end in self._busy()]
        meetings = [stop.occupied for stop in self.stops]
        ways, until = [], []
        for stop, go, way in zip(self.visits, self.go, self.way, strict=True):
            arrival, length = model.new_int_var(day.start, day.end, ""), model.new_int_var(0, day.end - day.start, "")
            model.add(length == way)
            ways.append(model.new_optional_interval_var(go, length, arrival, stop.here, ""))
            slack = model.new_int_var(0, day.end - day.start, "")
            until.append(model.new_optional_interval_var(go, slack, stop.begin, stop.here, ""))
        length, arrival = model.new_int_var(0, day.end - day.start, ""), model.new_int_var(day.start, day.end, "")
        model.add(length == self.home_way)
        home = model.new_optional_interval_var(self.home_go, length, arrival, self.used, "")
        model.add_no_overlap([*meetings, *ways, home, *busy, *self.eating])
        if self.calls:
            model.add_no_overlap([*meetings, *until])

    def points(self) -> cp_model.LinearExpr:
        """The points of the day, an expression."""
        weights, day, model = self.problem.weights, self.day, self.model
        travel = sum(self.way) + self.home_way
        worth = sum((weights.value * s.who.value + weights.must * s.who.must) * s.here for s in self.stops)
        short = model.new_int_var(0, day.min_meetings, "")
        model.add(short >= day.min_meetings * self.used - self.count)
        occupied = sum(stop.who.occupied_minutes * stop.here for stop in self.stops)
        idle = model.new_int_var(0, day.end - day.start, "")
        apart = sum(self._within(start, end) for start, end in self._busy())
        eaten = day.lunch.minutes * self.on_the_way if day.lunch else 0
        model.add(idle >= self.back - self.leave - travel - occupied - apart - eaten)
        total = worth - weights.missing_meeting * short - weights.travel_minute * travel - weights.idle_minute * idle
        if day.lunch:
            missed = model.new_bool_var("")
            model.add(missed >= self.used - self.had)
            total -= weights.missed_lunch * missed
        return total

    def _busy(self) -> list[tuple[int, int]]:
        """The busy times in order, those that overlap as one."""
        spans: list[tuple[int, int]] = []
        for start, end in sorted((busy.start, busy.end) for busy in self.day.busy):
            if spans and start <= spans[-1][1]:
                start, end = spans[-1][0], max(end, spans.pop()[1])
            spans.append((start, end))
        return spans

    def _within(self, start: int, end: int) -> cp_model.LinearExpr:
        """The minutes of a busy time if it lies between leaving and being back, else 0."""
        inside = self.model.new_bool_var("")
        self.model.add(self.leave <= start).only_enforce_if(inside)
        self.model.add(self.back >= end).only_enforce_if(inside)
        return (end - start) * inside

    def order(self, solver: cp_model.CpSolver) -> list[int]:
        """Who is met, in order of time."""
        met = [stop for stop in self.stops if solver.boolean_value(stop.here)]
        return [stop.number for stop in sorted(met, key=lambda stop: solver.value(stop.begin))]


def _meet_once(model: cp_model.CpModel, problem: Problem, parts: list[_DayPart]) -> None:
    """Nobody twice, one of a seat, everybody fixed."""
    stops: dict[int, list[cp_model.IntVar]] = {}
    for part in parts:
        for stop in part.stops:
            stops.setdefault(stop.number, []).append(stop.here)
    seats: dict[str, list[cp_model.IntVar]] = {}
    for number, who in enumerate(problem.candidates):
        here = stops.get(number, [])
        if who.fixed_start is not None:
            model.add_exactly_one(here)
        elif len(here) > 1:
            model.add_at_most_one(here)
        if who.seat is not None:
            seats.setdefault(who.seat, []).extend(here)
    for here in seats.values():
        model.add_at_most_one(here)

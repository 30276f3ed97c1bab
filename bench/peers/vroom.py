"""VROOM by pyvroom: a job a visit with all its windows, value as priority, lunch and busy times as breaks.

Its breaks have to be taken. Sometimes that costs more than lunch is worth; so where lunch is wanted it solves twice,
with the break and without, and the better plan counts.
"""

from __future__ import annotations

import time

import vroom

from bench.judge import better
from bench.routes import AXIS_MINUTES, Answer, RouteModel, route_model
from iiplan.scheduling import Candidate, Problem

__all__ = ["solve_with"]

FIXED_PRIORITY, MUST_PRIORITY = 100, 90


def solve_with(problem: Problem, exploration: int, threads: int) -> Answer:
    """Solve at an exploration level from 1 to 5 (thorough)."""
    model = route_model(problem)
    tries = [True, False] if any(day.lunch for day in problem.days) else [False]
    return better(problem, [_solved(model, exploration, threads, lunch) for lunch in tries])


def _solved(model: RouteModel, exploration: int, threads: int, lunch: bool) -> Answer:
    began = time.monotonic()
    instance = vroom.Input()
    instance.set_durations_matrix("car", model.ways)
    instance.set_costs_matrix("car", model.travel)
    for vehicle in _vehicles(model, lunch):
        instance.add_vehicle(vehicle)
    best_of_seat = _one_of_each_seat(model)
    for number, visit in enumerate(model.visits):
        if number in best_of_seat:
            node = model.first_visit + number
            windows = [vroom.TimeWindow(d * AXIS_MINUTES + a, d * AXIS_MINUTES + b) for d, a, b in sorted(visit.spans)]
            job = vroom.Job(
                number,
                location=node,
                default_service=visit.service,
                delivery=[1],
                priority=_priority(visit.who, visit.required),
                time_windows=windows,
            )
            instance.add_job(job)
    found = instance.solve(exploration_level=exploration, nb_threads=threads).to_dict()
    days: list[list[int]] = [[] for _ in model.problem.days]
    for route in found["routes"]:
        days[route["vehicle"]] = [model.visits[s["id"]].candidate for s in route["steps"] if s["type"] == "job"]
    spent = time.monotonic() - began
    return Answer(days=days, best_seconds=spent, spent=spent)


def _vehicles(model: RouteModel, lunch: bool) -> list[vroom.Vehicle]:
    vehicles = []
    for d, day in enumerate(model.problem.days):
        offset, number = d * AXIS_MINUTES, 0
        breaks = []
        for busy in day.busy:
            if day.start <= busy.start and busy.end <= day.end:
                window = vroom.TimeWindow(offset + busy.start, offset + busy.start)
                breaks.append(vroom.Break(number, time_windows=[window], service=busy.end - busy.start))
                number += 1
        if lunch and day.lunch and day.lunch.latest - day.lunch.earliest >= day.lunch.minutes and not day.busy:
            # a break cannot be left out: beside busy times it could make the whole day impossible
            window = vroom.TimeWindow(offset + day.lunch.earliest, offset + day.lunch.latest - day.lunch.minutes)
            breaks.append(vroom.Break(number, time_windows=[window], service=day.lunch.minutes))
        vehicles.append(
            vroom.Vehicle(
                d,
                start=d,
                end=d,
                capacity=[day.max_meetings],
                time_window=(offset + day.start, offset + day.end),
                breaks=breaks,
            )
        )
    return vehicles


def _priority(who: Candidate, required: bool) -> int:
    """From 1 to 10 as the value is; above all of that who must be met, and then who is fixed."""
    return FIXED_PRIORITY if required else MUST_PRIORITY if who.must else who.value


def _one_of_each_seat(model: RouteModel) -> set[int]:
    """The visits offered: of a seat only the most valuable, and of those the one with most hours."""
    offered = set(range(len(model.visits)))
    for members in model.seats:
        offered -= set(members)
        offered.add(max(members, key=lambda n: (model.visits[n].prize, _minutes_open(model, n), -n)))
    return offered


def _minutes_open(model: RouteModel, number: int) -> int:
    return sum(last - first + model.problem.grid_minutes for _, first, last in model.visits[number].spans)

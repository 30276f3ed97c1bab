"""PyVRP: prizes for meetings, a copy of a visit for each of its windows, of which and of a seat at most one is met.

With travel worth t and idling i points a minute, a route costs t minus i a minute of travel and i a minute of its
duration, and a prize is the points of a meeting and i for each minute it occupies: together just the points, but
for lunch, the shortfall of meetings, and where a call is taken.
"""

from __future__ import annotations

import numpy as np
import pyvrp
from pyvrp.stop import MaxRuntime

from bench.routes import AXIS_MINUTES, Answer, RouteModel, route_model
from iiplan.scheduling import Problem

__all__ = ["solve_with"]


def solve_with(problem: Problem, seconds: float, seed: int) -> Answer:
    """Search for so many seconds; the seed is that of its random numbers."""
    model = route_model(problem)
    data, copies = _data(model)
    result = pyvrp.solve(data, stop=MaxRuntime(seconds), seed=seed, display=False)
    days: list[list[int]] = [[] for _ in problem.days]
    if result.best.is_feasible():
        for route in result.best.routes():
            days[route.vehicle_type()] = [
                model.visits[copies[step.idx]].candidate for step in route.schedule() if step.is_client()
            ]
    return Answer(days=days, best_seconds=_last_gain(result))


def _data(model: RouteModel) -> tuple[pyvrp.ProblemData, list[int]]:
    """The instance, and for each client the visit that it is a copy of."""
    problem, first = model.problem, model.first_visit
    idle = problem.weights.idle_minute
    clients: list[pyvrp.Client] = []
    copies: list[int] = []
    groups: list[pyvrp.ClientGroup] = []
    together = {number: members for members in model.seats for number in members}
    group_of: dict[int, int] = {}
    for number, visit in enumerate(model.visits):
        members = together.get(number, (number,))
        if len(members) > 1 or len(visit.spans) > 1:
            if members[0] not in group_of:
                group_of[members[0]] = len(groups)
                groups.append(pyvrp.ClientGroup(required=visit.required))
            group = group_of[members[0]]
        else:
            group = None
        for d, start, end in visit.spans:
            if group is not None:
                groups[group].add_client(len(clients))
            copies.append(number)
            clients.append(
                pyvrp.Client(
                    location=first + number,
                    delivery=[1],
                    service_duration=visit.service,
                    tw_early=d * AXIS_MINUTES + start,
                    tw_late=d * AXIS_MINUTES + end,
                    prize=visit.prize + idle * visit.who.occupied_minutes,
                    required=visit.required and group is None,
                    group=group,
                )
            )
    # arriving early is occupied time, but part of the way: it must not count as travel
    return (
        pyvrp.ProblemData(
            locations=[pyvrp.Location(x=0, y=0) for _ in model.places],
            clients=clients,
            depots=[pyvrp.Depot(location=d) for d in range(first)],
            vehicle_types=_vehicles(model),
            distance_matrices=[np.array(model.travel)],
            duration_matrices=[np.array(model.ways)],
            groups=groups,
        ),
        copies,
    )


def _vehicles(model: RouteModel) -> list[pyvrp.VehicleType]:
    weights = model.problem.weights
    return [
        pyvrp.VehicleType(
            num_available=1,
            capacity=[day.max_meetings],
            start_depot=d,
            end_depot=d,
            tw_early=d * AXIS_MINUTES + day.start,
            tw_late=d * AXIS_MINUTES + day.end,
            unit_distance_cost=max(0, weights.travel_minute - weights.idle_minute),
            unit_duration_cost=weights.idle_minute,
        )
        for d, day in enumerate(model.problem.days)
    ]


def _last_gain(result: pyvrp.Result) -> float | None:
    """Seconds of search after which the best cost was there."""
    clock, best, when = 0.0, None, None
    for seconds, datum in zip(result.stats.runtimes, result.stats.data, strict=True):
        clock += seconds
        if datum.best_feas and (best is None or datum.best_cost < best):
            best, when = datum.best_cost, clock
    return when

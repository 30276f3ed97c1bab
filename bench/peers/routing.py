"""The routing library of OR-Tools: penalties for visits left out, a vehicle a day, breaks for lunch and busy times.

Costs are points lost: t minus i a minute of travel and i a minute of a day's span, with travel worth t and idling i
points a minute; a visit left out costs its points and i for each minute it occupies. Several windows are holes in the
time of a visit, a seat is a constraint, the shortfall of meetings a soft lower bound.

A break has no price, so it is taken or not offered: where lunch is wanted, half of the time goes to a search with the
break and half to one without, and the better plan counts.
"""

from __future__ import annotations

import time
from itertools import pairwise

from ortools.constraint_solver import pywrapcp, routing_enums_pb2
from ortools.util.optional_boolean_pb2 import BOOL_TRUE

from bench.judge import better
from bench.routes import AXIS_MINUTES, Answer, RouteModel, route_model
from iiplan.scheduling import Day, Problem

__all__ = ["solve_with"]


def solve_with(problem: Problem, seconds: float) -> Answer:
    """Search for so many seconds by guided local search."""
    model = route_model(problem)
    tries = [True, False] if any(day.lunch for day in problem.days) else [False]
    return better(problem, [_searched(model, seconds / len(tries), lunch) for lunch in tries])


def _searched(model: RouteModel, seconds: float, lunch: bool) -> Answer:
    problem, began = model.problem, time.monotonic()
    days = list(range(len(problem.days)))
    manager = pywrapcp.RoutingIndexManager(len(model.places), len(days), days, days)
    routing = pywrapcp.RoutingModel(manager)
    _limit_meetings(model, manager, routing)
    span = _limit_hours(model, manager, routing)
    _price_visits(model, manager, routing)
    _take_breaks(model, manager, routing, span, lunch)
    gains: list[tuple[int, float]] = []

    def found() -> None:
        cost = routing.CostVar().Min()
        if not gains or cost < gains[-1][0]:
            gains.append((cost, time.monotonic() - began))

    routing.AddAtSolutionCallback(found)
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    parameters.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    parameters.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    # what helps where many are left out: exchanging them, and opening whole days anew
    for operator in ("use_extended_swap_active", "use_swap_active_chain", "use_full_path_lns", "use_inactive_lns"):
        setattr(parameters.local_search_operators, operator, BOOL_TRUE)
    left = max(0.1, seconds - (time.monotonic() - began))
    parameters.time_limit.seconds, parameters.time_limit.nanos = int(left), int(left % 1 * 1e9)
    solution = routing.SolveWithParameters(parameters)
    if solution is None:
        return Answer(days=[[] for _ in days], spent=time.monotonic() - began)
    routes = [_route(model, manager, routing, solution, d) for d in days]
    best = gains[-1][1] if gains else None
    return Answer(days=routes, best_seconds=best, spent=time.monotonic() - began)


def _limit_meetings(model: RouteModel, manager: pywrapcp.RoutingIndexManager, routing: pywrapcp.RoutingModel) -> None:
    one = routing.RegisterUnaryTransitCallback(lambda i: int(manager.IndexToNode(i) >= model.first_visit))
    limits = [day.max_meetings for day in model.problem.days]
    routing.AddDimensionWithVehicleCapacity(one, 0, limits, True, "meetings")
    meetings = routing.GetDimensionOrDie("meetings")
    for d, day in enumerate(model.problem.days):
        if day.min_meetings and model.problem.weights.missing_meeting:
            meetings.SetCumulVarSoftLowerBound(routing.End(d), day.min_meetings, model.problem.weights.missing_meeting)


def _limit_hours(
    model: RouteModel, manager: pywrapcp.RoutingIndexManager, routing: pywrapcp.RoutingModel
) -> pywrapcp.RoutingDimension:
    problem, first, weights = model.problem, model.first_visit, model.problem.weights
    service = [0] * first + [visit.service for visit in model.visits]
    times = [[stay + way for way in row] for stay, row in zip(service, model.ways, strict=True)]
    passing = routing.RegisterTransitMatrix(times)
    horizon = AXIS_MINUTES * len(problem.days)
    routing.AddDimension(passing, horizon, horizon, False, "time")
    clock = routing.GetDimensionOrDie("time")
    clock.SetSpanCostCoefficientForAllVehicles(weights.idle_minute)
    price = max(0, weights.travel_minute - weights.idle_minute)
    cost = routing.RegisterTransitMatrix([[price * minutes for minutes in row] for row in model.travel])
    routing.SetArcCostEvaluatorOfAllVehicles(cost)
    for d, day in enumerate(problem.days):
        for end in (routing.Start(d), routing.End(d)):
            clock.CumulVar(end).SetRange(d * AXIS_MINUTES + day.start, d * AXIS_MINUTES + day.end)
        routing.AddVariableMinimizedByFinalizer(clock.CumulVar(routing.End(d)))
        routing.AddVariableMaximizedByFinalizer(clock.CumulVar(routing.Start(d)))
    for number, visit in enumerate(model.visits):
        index = manager.NodeToIndex(first + number)
        spans = sorted((d * AXIS_MINUTES + a, d * AXIS_MINUTES + b) for d, a, b in visit.spans)
        clock.CumulVar(index).SetRange(spans[0][0], spans[-1][1])
        for (_, end), (start, _) in pairwise(spans):
            clock.CumulVar(index).RemoveInterval(end + 1, start - 1)
        routing.VehicleVar(index).SetValues([-1, *sorted({d for d, _, _ in visit.spans})])
    return clock


def _price_visits(model: RouteModel, manager: pywrapcp.RoutingIndexManager, routing: pywrapcp.RoutingModel) -> None:
    idle, first = model.problem.weights.idle_minute, model.first_visit
    for number, visit in enumerate(model.visits):
        if not visit.required:
            penalty = visit.prize + idle * visit.who.occupied_minutes
            routing.AddDisjunction([manager.NodeToIndex(first + number)], penalty)
    for members in model.seats:
        active = [routing.ActiveVar(manager.NodeToIndex(first + number)) for number in members]
        routing.solver().Add(routing.solver().Sum(active) <= 1)


def _take_breaks(
    model: RouteModel,
    manager: pywrapcp.RoutingIndexManager,
    routing: pywrapcp.RoutingModel,
    clock: pywrapcp.RoutingDimension,
    lunch: bool,
) -> None:
    stays = [0] * routing.Size()
    for number, visit in enumerate(model.visits):
        stays[manager.NodeToIndex(model.first_visit + number)] = visit.service
    for d, day in enumerate(model.problem.days):
        breaks = _breaks(routing, d, day, lunch)
        if breaks:
            clock.SetBreakIntervalsOfVehicle(breaks, d, stays)


def _breaks(routing: pywrapcp.RoutingModel, d: int, day: Day, wanted: bool) -> list[pywrapcp.IntervalVar]:
    solver, offset = routing.solver(), d * AXIS_MINUTES
    breaks = [
        solver.FixedDurationIntervalVar(offset + b.start, offset + b.start, b.end - b.start, False, f"busy {d}")
        for b in day.busy
    ]
    lunch = day.lunch if wanted else None
    if lunch and lunch.latest - lunch.earliest >= lunch.minutes and not day.busy:
        # it cannot be given a price, so it is had; beside busy times it could make the whole day impossible
        first, last = offset + lunch.earliest, offset + lunch.latest - lunch.minutes
        breaks.append(solver.FixedDurationIntervalVar(first, last, lunch.minutes, False, f"lunch {d}"))
    return breaks


def _route(
    model: RouteModel,
    manager: pywrapcp.RoutingIndexManager,
    routing: pywrapcp.RoutingModel,
    solution: pywrapcp.Assignment,
    d: int,
) -> list[int]:
    index, people = routing.Start(d), []
    while not routing.IsEnd(index):
        node = manager.IndexToNode(index)
        if node >= model.first_visit:
            people.append(model.visits[node - model.first_visit].candidate)
        index = solution.Value(routing.NextVar(index))
    return people

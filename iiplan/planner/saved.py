"""A plan and the problem it answers, as they are kept."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from iiplan.model import Basis, Coordinates, Leg, SavedPlan, TravelMode
from iiplan.planner.problem import TripProblem
from iiplan.scheduling import Plan, Problem, parse_plan, parse_problem, plan_document, problem_document

__all__ = ["kept_plan", "read_legs", "read_plan"]

Pair = tuple[str, str]


def kept_plan(trip_id: str, now: TripProblem, problem: Problem, answer: Plan, at: datetime) -> SavedPlan:
    """A plan to be saved, with its problem, and beside them where the minutes of its ways come from."""
    document = json.dumps({"problem": problem_document(problem), "plan": plan_document(answer)})
    legs = [_leg_document(pair, now.legs[pair]) for pair in _pairs(problem, answer) if pair in now.legs]
    return SavedPlan(
        trip_id=trip_id,
        planned_at=at,
        fingerprint=now.fingerprint,
        document=document,
        legs=json.dumps(legs),
    )


def read_plan(saved: SavedPlan) -> tuple[Problem, Plan]:
    """The problem and the plan of what was saved."""
    document = json.loads(saved.document)
    problem = parse_problem(document["problem"])
    return problem, parse_plan(document["plan"], problem)


def read_legs(saved: SavedPlan) -> dict[Pair, Leg]:
    """Where the minutes of the plan's ways come from, by the ids of the two places; empty for an old plan."""
    return {(one["from"], one["to"]): _leg_of(one) for one in json.loads(saved.legs)}


def _pairs(problem: Problem, answer: Plan) -> list[Pair]:
    """The two places of every way in a plan."""
    pairs: dict[Pair, None] = {}
    for day in answer.days:
        base = next(one.base for one in problem.days if one.date == day.date)
        where = base
        for meeting in sorted((one for one in answer.meetings if one.date == day.date), key=lambda one: one.start):
            there = problem.candidates[problem.candidate_index[meeting.candidate]].place or where
            pairs[where, there] = None
            where = there
        pairs[where, base] = None
    return list(pairs)


def _leg_document(pair: Pair, leg: Leg) -> dict[str, object]:
    return {
        "from": pair[0],
        "to": pair[1],
        "origin": leg.origin.as_pair,
        "goal": leg.goal.as_pair,
        "minutes": leg.minutes,
        "mode": leg.mode,
        "basis": leg.basis,
        "likely": leg.likely,
        "high": leg.high,
        "extra": leg.extra,
        "unreachable": leg.unreachable,
    }


def _leg_of(one: dict[str, Any]) -> Leg:
    origin, goal = (Coordinates(latitude=lat, longitude=lon) for lat, lon in (one["origin"], one["goal"]))
    return Leg(
        origin=origin,
        goal=goal,
        minutes=one["minutes"],
        mode=TravelMode(one["mode"]) if one["mode"] else None,
        basis=Basis(one["basis"]),
        likely=one["likely"],
        high=one["high"],
        extra=one["extra"],
        unreachable=one["unreachable"],
    )

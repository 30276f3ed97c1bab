"""A plan and the problem it answers, as they are kept."""

from __future__ import annotations

import json
from datetime import datetime

from iiplan.model import SavedPlan
from iiplan.planner.problem import TripProblem, fingerprint
from iiplan.scheduling import Plan, Problem, parse_plan, parse_problem, plan_document, problem_document

__all__ = ["kept_plan", "read_plan"]


def kept_plan(trip_id: str, now: TripProblem, problem: Problem, answer: Plan, at: datetime) -> SavedPlan:
    """A plan to be saved, with its problem."""
    document = json.dumps({"problem": problem_document(problem), "plan": plan_document(answer)})
    return SavedPlan(trip_id=trip_id, planned_at=at, fingerprint=fingerprint(now.document), document=document)


def read_plan(saved: SavedPlan) -> tuple[Problem, Plan]:
    """The problem and the plan of what was saved."""
    document = json.loads(saved.document)
    problem = parse_problem(document["problem"])
    return problem, parse_plan(document["plan"], problem)

"""The planning problem: its nouns and files, the solver, and the referee that checks every plan."""

from __future__ import annotations

from iiplan.scheduling.clock import Moment
from iiplan.scheduling.nouns import (
    Busy,
    Candidate,
    Day,
    Lunch,
    Place,
    Plan,
    PlannedDay,
    PlannedMeeting,
    Problem,
    Progress,
    Remedy,
    Unplaced,
    Weights,
    Window,
)
from iiplan.scheduling.plan_file import parse_plan, plan_document
from iiplan.scheduling.problem_file import parse_problem, problem_document
from iiplan.scheduling.referee import Report, check
from iiplan.scheduling.solver import solve

__all__ = [
    "Busy",
    "Candidate",
    "Day",
    "Lunch",
    "Moment",
    "Place",
    "Plan",
    "PlannedDay",
    "PlannedMeeting",
    "Problem",
    "Progress",
    "Remedy",
    "Report",
    "Unplaced",
    "Weights",
    "Window",
    "check",
    "parse_plan",
    "parse_problem",
    "plan_document",
    "problem_document",
    "solve",
]

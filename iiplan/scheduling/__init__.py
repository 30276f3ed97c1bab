"""The planning problem: its nouns and files, the solver, and the referee that checks every plan."""

from __future__ import annotations

from iiplan.scheduling.clock import Moment
from iiplan.scheduling.edits import (
    AddWindow,
    Drop,
    EarlierStart,
    Edit,
    LaterReturn,
    MakeCall,
    MoveFixed,
    RaiseMost,
    ShorterLunch,
    ShorterMeeting,
)
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
from iiplan.scheduling.offers import Hold, Offers, Slot, is_safe, offers
from iiplan.scheduling.plan_file import parse_plan, plan_document
from iiplan.scheduling.problem_file import parse_problem, problem_document
from iiplan.scheduling.referee import Report, check
from iiplan.scheduling.remedies import explain, remedies
from iiplan.scheduling.solver import solve
from iiplan.scheduling.weighing import Comparison, Price, StandIn, compare, price, stand_ins

__all__ = [
    "AddWindow",
    "Busy",
    "Candidate",
    "Comparison",
    "Day",
    "Drop",
    "EarlierStart",
    "Edit",
    "Hold",
    "LaterReturn",
    "Lunch",
    "MakeCall",
    "Moment",
    "MoveFixed",
    "Offers",
    "Place",
    "Plan",
    "PlannedDay",
    "PlannedMeeting",
    "Price",
    "Problem",
    "Progress",
    "RaiseMost",
    "Remedy",
    "Report",
    "ShorterLunch",
    "ShorterMeeting",
    "Slot",
    "StandIn",
    "Unplaced",
    "Weights",
    "Window",
    "check",
    "compare",
    "explain",
    "is_safe",
    "offers",
    "parse_plan",
    "parse_problem",
    "plan_document",
    "price",
    "problem_document",
    "remedies",
    "solve",
    "stand_ins",
]

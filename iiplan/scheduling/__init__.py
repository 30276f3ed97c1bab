"""The planning problem: its nouns and files, the solver, the referee that checks every plan, and the answers to
what people ask next: why not, what would it take, which hours to offer, who could come instead.
"""

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
    edit_document,
    read_edit,
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
from iiplan.scheduling.offering import Hold, Offers, Slot, is_safe, offers, offers_document
from iiplan.scheduling.plan_file import parse_plan, plan_document
from iiplan.scheduling.problem_file import parse_problem, problem_document
from iiplan.scheduling.referee import Report, check
from iiplan.scheduling.remedy_search import explain, remedies
from iiplan.scheduling.solver import solve
from iiplan.scheduling.weighing import Comparison, Move, Price, StandIn, Tally, compare, price, stand_ins

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
    "Move",
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
    "Tally",
    "Unplaced",
    "Weights",
    "Window",
    "check",
    "compare",
    "edit_document",
    "explain",
    "is_safe",
    "offers",
    "offers_document",
    "parse_plan",
    "parse_problem",
    "plan_document",
    "price",
    "problem_document",
    "read_edit",
    "remedies",
    "solve",
    "stand_ins",
]

"""How the asking goes: pure functions from the log of touches to stages, a due list and honest numbers."""

from iiplan.outreach.business_days import add_business_days, business_days_between
from iiplan.outreach.due import Due, DueKind, Effort, due_list
from iiplan.outreach.funnel import Funnel, FunnelStep, funnel, funnel_sentence
from iiplan.outreach.history import History, histories, history
from iiplan.outreach.log import effective_touches
from iiplan.outreach.rates import ResponseRate, response_rates, response_sentence, wilson_interval
from iiplan.outreach.rules import USUAL, Rules
from iiplan.outreach.stages import Standing, stage_at, stage_of, stages_reached, standing

__all__ = [
    "USUAL",
    "Due",
    "DueKind",
    "Effort",
    "Funnel",
    "FunnelStep",
    "History",
    "ResponseRate",
    "Rules",
    "Standing",
    "add_business_days",
    "business_days_between",
    "due_list",
    "effective_touches",
    "funnel",
    "funnel_sentence",
    "histories",
    "history",
    "response_rates",
    "response_sentence",
    "stage_at",
    "stage_of",
    "stages_reached",
    "standing",
    "wilson_interval",
]

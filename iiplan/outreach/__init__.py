"""How the asking goes: pure functions from the log of touches to stages, a due list and honest numbers."""

from iiplan.outreach.business_days import add_business_days, business_days_between
from iiplan.outreach.due import Due, DueKind, due_list
from iiplan.outreach.funnel import Funnel, FunnelStep, funnel, funnel_sentence
from iiplan.outreach.log import effective_touches
from iiplan.outreach.rates import ResponseRate, response_rates, response_sentence, wilson_interval
from iiplan.outreach.stages import stage_of, stages_reached

__all__ = [
    "Due",
    "DueKind",
    "Funnel",
    "FunnelStep",
    "ResponseRate",
    "add_business_days",
    "business_days_between",
    "due_list",
    "effective_touches",
    "funnel",
    "funnel_sentence",
    "response_rates",
    "response_sentence",
    "stage_of",
    "stages_reached",
    "wilson_interval",
]

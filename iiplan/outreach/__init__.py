"""How the asking goes: pure functions from the log of touches to stages, a due list and honest numbers."""

from iiplan.outreach.activity import Week, activity, activity_sentence
from iiplan.outreach.afterwards import NEVER, NOTHING_YET, Afterwards
from iiplan.outreach.asks import folded_organisation
from iiplan.outreach.business_days import add_business_days, business_days_between
from iiplan.outreach.cities import same_city
from iiplan.outreach.course import course_sentence
from iiplan.outreach.due import Due, DueKind, Effort, due_list, people_now
from iiplan.outreach.funnel import (
    Funnel,
    FunnelStep,
    GroupFunnel,
    folded,
    funnel,
    funnel_sentence,
    funnels_by,
    funnels_sentence,
)
from iiplan.outreach.funnel_document import funnel_document
from iiplan.outreach.groups import ABOUT_FIRST_ASK, IN_TIME_ORDER, WEEKDAYS, Grouping, PartOfDay, grouped
from iiplan.outreach.history import History, histories, history
from iiplan.outreach.intervals import FEW, wilson_interval
from iiplan.outreach.ladder import Crowded, Ladder, asks_beyond_the_rule, ladder
from iiplan.outreach.log import effective_touches
from iiplan.outreach.practice import PracticeWeek, practice, practice_sentence
from iiplan.outreach.rates import (
    ResponseRate,
    asks_to_compare,
    response_rates,
    response_sentence,
    timing_sentence,
)
from iiplan.outreach.referrals import Forest, Node, Untold, forest_sentence, network_sentence, referrals
from iiplan.outreach.rules import USUAL, Rules
from iiplan.outreach.stage_times import (
    StageTime,
    Stretch,
    days_in_words,
    stage_time_sentence,
    stage_times,
    stretches,
)
from iiplan.outreach.stages import Standing, stage_at, stage_of, stages_reached, standing
from iiplan.outreach.welcoming import Welcoming, welcoming
from iiplan.outreach.worth import USUAL_WEIGHTS, Worth, usual_closeness, worth

__all__ = [
    "ABOUT_FIRST_ASK",
    "FEW",
    "IN_TIME_ORDER",
    "NEVER",
    "NOTHING_YET",
    "USUAL",
    "USUAL_WEIGHTS",
    "WEEKDAYS",
    "Afterwards",
    "Crowded",
    "Due",
    "DueKind",
    "Effort",
    "Forest",
    "Funnel",
    "FunnelStep",
    "GroupFunnel",
    "Grouping",
    "History",
    "Ladder",
    "Node",
    "PartOfDay",
    "PracticeWeek",
    "ResponseRate",
    "Rules",
    "StageTime",
    "Standing",
    "Stretch",
    "Untold",
    "Week",
    "Welcoming",
    "Worth",
    "activity",
    "activity_sentence",
    "add_business_days",
    "asks_beyond_the_rule",
    "asks_to_compare",
    "business_days_between",
    "course_sentence",
    "days_in_words",
    "due_list",
    "effective_touches",
    "folded",
    "folded_organisation",
    "forest_sentence",
    "funnel",
    "funnel_document",
    "funnel_sentence",
    "funnels_by",
    "funnels_sentence",
    "grouped",
    "histories",
    "history",
    "ladder",
    "network_sentence",
    "people_now",
    "practice",
    "practice_sentence",
    "referrals",
    "response_rates",
    "response_sentence",
    "same_city",
    "stage_at",
    "stage_of",
    "stage_time_sentence",
    "stage_times",
    "stages_reached",
    "standing",
    "stretches",
    "timing_sentence",
    "usual_closeness",
    "welcoming",
    "wilson_interval",
    "worth",
]

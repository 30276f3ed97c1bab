"""What the log says about what comes next: how fast people answer, and how full the week will be."""

from iiplan.forecast.assumptions import Assumptions, SourceAssumption
from iiplan.forecast.curve import reply_curve
from iiplan.forecast.document import assumptions_document, forecast_document
from iiplan.forecast.evidence import Belief, Evidence, beliefs, evidence
from iiplan.forecast.forecast import forecast
from iiplan.forecast.hand import Hand
from iiplan.forecast.nouns import TARGET, Forecast, Gain, Needed, NeededFrom
from iiplan.forecast.reply_times import ReplyStep, ReplyTimes, kaplan_meier, reply_sentence, reply_times
from iiplan.forecast.words import chance_words, gain_words, gains_sentence, needed_sentence, week_sentence

__all__ = [
    "TARGET",
    "Assumptions",
    "Belief",
    "Evidence",
    "Forecast",
    "Gain",
    "Hand",
    "Needed",
    "NeededFrom",
    "ReplyStep",
    "ReplyTimes",
    "SourceAssumption",
    "assumptions_document",
    "beliefs",
    "chance_words",
    "evidence",
    "forecast",
    "forecast_document",
    "gain_words",
    "gains_sentence",
    "kaplan_meier",
    "needed_sentence",
    "reply_curve",
    "reply_sentence",
    "reply_times",
    "week_sentence",
]

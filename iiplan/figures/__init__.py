"""Plotly figures from plain data: pure, without a network, readable on a phone, in light and in dark."""

from plotly.graph_objects import Figure

from iiplan.figures.activity import activity_figure, practice_figure
from iiplan.figures.forecast import gains_figure, meetings_figure
from iiplan.figures.funnel import funnel_figure
from iiplan.figures.funnel_groups import funnel_groups_figure
from iiplan.figures.picture import picture_figure
from iiplan.figures.place_map import KnownSpot, click_within_m, place_map_figure
from iiplan.figures.referrals import referral_figure
from iiplan.figures.rehearsals import rehearsals_figure
from iiplan.figures.reply_times import reply_times_figure
from iiplan.figures.response import response_rate_figure
from iiplan.figures.stage_times import stage_time_figure
from iiplan.figures.timeline import timeline_figure

__all__ = [
    "Figure",
    "KnownSpot",
    "activity_figure",
    "click_within_m",
    "funnel_figure",
    "funnel_groups_figure",
    "gains_figure",
    "meetings_figure",
    "picture_figure",
    "place_map_figure",
    "practice_figure",
    "referral_figure",
    "rehearsals_figure",
    "reply_times_figure",
    "response_rate_figure",
    "stage_time_figure",
    "timeline_figure",
]

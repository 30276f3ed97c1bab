"""What was done in each week, one small chart above the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from iiplan.figures.style import BLUE, plain_layout, say
from iiplan.outreach import PracticeWeek, Week

__all__ = ["activity_figure", "practice_figure"]

SERIES = {
    "asked": ("People asked", "asked"),
    "nudged": ("Nudges", "nudged"),
    "answered": ("First answers", "answered"),
    "accepted": ("People who said yes", "said yes"),
    "met": ("Meetings", "met"),
}
PRACTICE = {"met": ("Meetings", "meetings held"), "rehearsed": ("Introductions rehearsed", "practice runs")}
ROW = 80  # pixels a small chart
MOST_WEEKS = 60
MOST_NUMBERED = 14  # so many bars have room for their number at 400 pixels
MOST_TICKS = 4
HEADROOM = 1.4  # a number over the highest bar


def activity_figure(weeks: Sequence[Week]) -> go.Figure:
    """Bars by week for people asked, nudges, first answers, yeses and meetings, each with a scale of its own.

    The last week, which is not over, is hollow. The last sixty weeks are drawn; the rest are counted.
    """
    return _by_week(weeks, SERIES, "Nobody has been asked yet.")


def practice_figure(weeks: Sequence[PracticeWeek]) -> go.Figure:
    """Bars by week for meetings held and introductions rehearsed, drawn like the activity."""
    return _by_week(weeks, PRACTICE, "No meeting was held and no introduction rehearsed yet.")


def _by_week(
    weeks: Sequence[Week] | Sequence[PracticeWeek], series: Mapping[str, tuple[str, str]], nothing: str
) -> go.Figure:
    shown: list[Week | PracticeWeek] = list(weeks[-MOST_WEEKS:])
    figure = make_subplots(
        rows=len(series),
        cols=1,
        shared_xaxes=True,
        vertical_spacing=0.4 / len(series),
        subplot_titles=[f"<b>{title}</b> · {_total(shown, what)}" for what, (title, _) in series.items()],
    )
    for row, what in enumerate(series, 1):
        figure.add_trace(_bars(shown, what, series[what]), row=row, col=1)
        most = max((getattr(week, what) for week in shown), default=0)
        figure.update_yaxes(range=[0, max(most, 2) * HEADROOM], row=row, col=1)
    plain_layout(figure, height=ROW * len(series) + 80)
    figure.update_layout(bargap=0.2, margin={"t": 24})
    figure.update_annotations(x=0, xanchor="left", yshift=2, font={"size": 13})
    figure.update_yaxes(visible=False)
    ticks = _ticks(len(shown))
    figure.update_xaxes(
        range=[-0.6, max(len(shown), 4) - 0.4],
        tickvals=ticks,
        ticktext=_names([shown[n] for n in ticks]),
        showgrid=False,
        showline=True,
        linecolor="rgba(138,143,152,0.6)",
    )
    figure.update_xaxes(
        title={"text": _reading(len(shown), len(weeks)), "font": {"size": 12}, "standoff": 8}, row=len(series), col=1
    )
    if not shown:
        figure.layout.annotations = ()
        say(figure, nothing)
    return figure


def _bars(shown: Sequence[Week | PracticeWeek], what: str, words: tuple[str, str]) -> go.Bar:
    counts = [getattr(week, what) for week in shown]
    last = len(shown) - 1
    numbered = len(shown) <= MOST_NUMBERED
    return go.Bar(
        x=list(range(len(shown))),
        y=[count or None for count in counts],
        name=words[0],
        text=[str(count) if count and numbered else "" for count in counts],
        textposition="outside",
        cliponaxis=False,
        marker={
            "color": ["rgba(0,0,0,0)" if n == last else BLUE for n in range(len(shown))],
            "line": {"width": 1.5, "color": BLUE},
        },
        hovertext=[f"{_span(week)}<br>{count} {words[1]}" for week, count in zip(shown, counts, strict=True)],
        hoverinfo="text",
    )


def _total(shown: Sequence[Week | PracticeWeek], what: str) -> int:
    return sum(getattr(week, what) for week in shown)


def _ticks(weeks: int) -> list[int]:
    """At most four weeks to name, evenly, away from the sides, where a name would be cut."""
    names = min(weeks, MOST_TICKS)
    return [round((n + 0.5) * weeks / names - 0.5) for n in range(names)]


def _names(weeks: Sequence[Week | PracticeWeek]) -> list[str]:
    """The Mondays, with the year where it begins or changes."""
    names = []
    year = None
    for week in weeks:
        day = f"{week.monday.day} {week.monday:%b}"
        names.append(day if week.monday.year == year else f"{day}<br>{week.monday.year}")
        year = week.monday.year
    return names


def _span(week: Week | PracticeWeek) -> str:
    sunday = week.monday + timedelta(days=6)
    return f"{week.monday.day} {week.monday:%b} to {sunday.day} {sunday:%b %Y}"


def _reading(shown: int, weeks: int) -> str:
    lines = ["Weeks by their Monday; hollow: not over yet"]
    if weeks > shown:
        more = weeks - shown
        lines.append(f"and {more} earlier week{'' if more == 1 else 's'} not drawn")
    return "<br>".join(lines)

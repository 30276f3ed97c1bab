"""What happened with one person, along the time: our side, theirs, what was common, and the stage below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from html import escape
from zoneinfo import ZoneInfo

import plotly.graph_objects as go

from iiplan.figures.style import BLUE, GREY, ORANGE, VIOLET, plain_layout, say
from iiplan.model import Stage, Touch, TouchKind
from iiplan.outreach import USUAL, History, Rules, Stretch, days_in_words, stretches

__all__ = ["timeline_figure"]

STAGE_ROW = "Stage"
ROWS = {  # symbol, colour
    "They": ("diamond", ORANGE),
    "Both": ("star", VIOLET),
    "You": ("circle", BLUE),
    "Notes": ("line-ns-open", GREY),
}
_THEIRS = (TouchKind.REPLIED, TouchKind.ACCEPTED, TouchKind.DECLINED, TouchKind.NO_SHOW)
_COMMON = (TouchKind.SCHEDULED, TouchKind.CONFIRMED, TouchKind.RESCHEDULED, TouchKind.CANCELLED, TouchKind.MET)
_ROW_OF = {**dict.fromkeys(_THEIRS, "They"), **dict.fromkeys(_COMMON, "Both"), TouchKind.NOTE: "Notes"}
ROW = 58  # pixels a row
PLOT = 300  # pixels that the time axis has on a phone, at the least
LETTER = 6.6  # pixels of a letter, about
APART = 14  # pixels between two symbols that can be told apart
MOST_TICKS = 4
NOTE_LETTERS = 160
MOST_HOVERED = 10  # touches told when hovering over one symbol
BAND = 0.17  # half the height of a stage's band


@dataclass(frozen=True, kw_only=True)
class _Mark:
    """Touches of one row too near to one another to be drawn apart; ``x`` in days since the axis begins."""

    x: float
    touches: tuple[Touch, ...]


@dataclass(frozen=True, kw_only=True)
class _Axis:
    """From ``start`` (aware) on, ``days`` long; shown in ``zone``."""

    start: datetime
    days: float
    zone: tzinfo

    def at(self, moment: datetime) -> float:
        """Days since the axis begins."""
        return (moment - self.start) / timedelta(days=1)

    def pixels(self, days: float) -> float:
        """How wide a span is on a phone."""
        return days / self.days * PLOT


def timeline_figure(
    person: History,
    now: datetime,
    *,
    kinds: Mapping[TouchKind, str],
    stages: Mapping[Stage, str],
    rules: Rules = USUAL,
) -> go.Figure:
    """A row each for their touches, common ones, ours, and notes, where there are any; below, a band a stage.

    Touches too near to one another share a symbol, which says how many more there are. Names stand where there is
    room for them; hovering tells everything. Times are those of ``rules.zone``, or of the first touch.
    """
    past = [touch for touch in person.touches if touch.at <= now]
    if not past:
        figure = go.Figure()
        plain_layout(figure, height=120)
        figure.update_xaxes(visible=False)
        figure.update_yaxes(visible=False)
        say(figure, "Nothing has happened yet.")
        return figure
    axis = _axis(past, now, rules)
    used = [row for row in ROWS if any(_row_of(touch) == row for touch in past)]
    names = [*used, STAGE_ROW]
    spans = stretches(person, now, rules)
    figure = go.Figure(_bands(spans, axis, stages, len(used)))
    for number, row in enumerate(used):
        marks = _marks([touch for touch in past if _row_of(touch) == row], axis)
        figure.add_trace(_symbols(marks, row, number, axis, kinds))
    figure.add_trace(_stage_names(spans, axis, stages, len(used)))
    plain_layout(figure, height=ROW * len(names) + 60)
    figure.update_layout(bargap=0)
    ticks = _ticks(axis)
    figure.update_xaxes(
        range=[0, axis.days],
        tickvals=[x for x, _ in ticks],
        ticktext=[text for _, text in ticks],
        gridcolor="rgba(138,143,152,0.3)",
    )
    figure.update_yaxes(
        range=[len(names) - 0.5, -0.6],
        tickvals=list(range(len(names))),
        ticktext=[f"<b>{name}</b>" for name in names],
    )
    return figure


def _row_of(touch: Touch) -> str:
    return _ROW_OF.get(touch.kind, "You")


def _axis(past: Sequence[Touch], now: datetime, rules: Rules) -> _Axis:
    """From a little before the first touch to a little after now."""
    zone = rules.zone or ZoneInfo(past[0].timezone)
    span = max(now - past[0].at, timedelta(days=2))
    start = now.astimezone(UTC) - span * 1.06
    return _Axis(start=start, days=span * 1.1 / timedelta(days=1), zone=zone)


def _ticks(axis: _Axis) -> list[tuple[float, str]]:
    """At most four days to name, at their midnight, the year where it begins or changes."""
    first = axis.start.astimezone(axis.zone).date() + timedelta(days=1)
    last = (axis.start + timedelta(days=axis.days)).astimezone(axis.zone).date()
    days = (last - first).days + 1
    step = -(-days // MOST_TICKS)
    ticks: list[tuple[float, str]] = []
    year = None
    for number in range((days - 1) % step // 2, days, step):
        day = first + timedelta(days=number)
        midnight = datetime.combine(day, time(), axis.zone).astimezone(UTC)
        ticks.append((axis.at(midnight), f"{day.day} {day:%b}" + (f"<br>{day.year}" if day.year != year else "")))
        year = day.year
    return ticks


def _marks(touches: Sequence[Touch], axis: _Axis) -> list[_Mark]:
    """Touches by time, those within a symbol's width of a first one together."""
    marks: list[_Mark] = []
    for touch in touches:
        x = axis.at(touch.at)
        if marks and axis.pixels(x - marks[-1].x) < APART:
            marks[-1] = _Mark(x=marks[-1].x, touches=(*marks[-1].touches, touch))
        else:
            marks.append(_Mark(x=x, touches=(touch,)))
    return marks


def _symbols(marks: Sequence[_Mark], row: str, number: int, axis: _Axis, kinds: Mapping[TouchKind, str]) -> go.Scatter:
    symbol, colour = ROWS[row]
    texts, places = _labels(marks, axis, kinds)
    return go.Scatter(
        mode="markers+text",
        cliponaxis=False,
        name=row,
        x=[mark.x for mark in marks],
        y=[number] * len(marks),
        marker={"symbol": symbol, "size": 13, "color": colour, "line": {"width": 2 if row == "Notes" else 0}},
        text=texts,
        textposition=places,
        customdata=[[mark.touches[0].id] for mark in marks],
        hovertext=[_hovers(mark, axis, kinds) for mark in marks],
        hoverinfo="text",
    )


def _labels(marks: Sequence[_Mark], axis: _Axis, kinds: Mapping[TouchKind, str]) -> tuple[list[str], list[str]]:
    """The words at each symbol, above or below it, "" where there is no room, and where they stand."""
    texts: list[str] = []
    places: list[str] = []
    free = {"top": -1.0, "bottom": -1.0}  # pixels from which each side has room
    for mark in marks:
        more = len(mark.touches) - 1
        words = escape(kinds.get(mark.touches[-1].kind, mark.touches[-1].kind), quote=False)
        words += f" +{more}" if more else ""
        middle, half = axis.pixels(mark.x), len(words) * LETTER / 2
        side = "left" if middle + half > PLOT else "right" if middle - half < 0 else "center"
        begin = middle - {"left": 2 * half, "center": half, "right": 0}[side]
        level = next((level for level, since in free.items() if begin >= since), None)
        texts.append(words if level else "")
        places.append(f"{level or 'top'} {side}")
        if level:
            free[level] = begin + 2 * half + LETTER
    return texts, places


def _hovers(mark: _Mark, axis: _Axis, kinds: Mapping[TouchKind, str]) -> str:
    more = len(mark.touches) - MOST_HOVERED
    lines = [_hover(touch, axis, kinds) for touch in mark.touches[:MOST_HOVERED]]
    return "<br>".join([*lines, f"and {more} more"] if more > 0 else lines)


def _hover(touch: Touch, axis: _Axis, kinds: Mapping[TouchKind, str]) -> str:
    at = touch.at.astimezone(axis.zone)
    text = f"{escape(kinds.get(touch.kind, touch.kind), quote=False)} · {at:%a} {at.day} {at:%b %Y %H:%M}"
    note = " ".join(touch.note.split())
    if not note:
        return text
    cut = note if len(note) <= NOTE_LETTERS else note[: NOTE_LETTERS - 1].rstrip() + "…"
    lines = [cut[n : n + 40] for n in range(0, len(cut), 40)]
    return "<br>".join([text, *(escape(line, quote=False) for line in lines)])


def _bands(spans: Sequence[Stretch], axis: _Axis, stages: Mapping[Stage, str], row: int) -> go.Bar:
    """A grey band for each stretch, every second one darker, silence hatched."""
    return go.Bar(
        orientation="h",
        base=[axis.at(span.start) for span in spans],
        x=[span.days for span in spans],
        y=[row] * len(spans),
        width=2 * BAND,
        marker={
            "color": [f"rgba(138,143,152,{0.25 if number % 2 else 0.5})" for number in range(len(spans))],
            "line": {"width": 0},
            "pattern": {
                "shape": ["/" if span.stage is Stage.SILENT else "" for span in spans],
                "fgcolor": GREY,
                "size": 6,
            },
        },
        hovertext=[_stretch_words(span, axis, stages) for span in spans],
        hoverinfo="text",
    )


def _stage_names(spans: Sequence[Stretch], axis: _Axis, stages: Mapping[Stage, str], row: int) -> go.Scatter:
    """Below the bands, where there is room, the last stage before all others."""
    named: list[tuple[float, str]] = []
    until = float(PLOT) + 30
    for span in reversed(spans):
        words = escape(stages.get(span.stage, span.stage), quote=False)
        middle, half = axis.pixels(axis.at(span.start) + span.days / 2), len(words) * LETTER / 2
        middle = min(max(middle, half), PLOT - half)
        if middle + half <= until and (span.running or 2 * half <= axis.pixels(span.days) + 3 * LETTER):
            named.append((middle / PLOT * axis.days, words))
            until = middle - half - LETTER
    return go.Scatter(
        mode="text",
        cliponaxis=False,
        x=[x for x, _ in named],
        y=[row + BAND] * len(named),
        text=[words for _, words in named],
        textposition="bottom center",
        hoverinfo="skip",
    )


def _stretch_words(span: Stretch, axis: _Axis, stages: Mapping[Stage, str]) -> str:
    start = span.start.astimezone(axis.zone)
    so_far = " so far" if span.running else ""
    name = escape(stages.get(span.stage, span.stage), quote=False)
    return f"{name} from {start.day} {start:%b %Y}<br>{days_in_words(span.days)}{so_far}"

"""The figures that look ahead say the numbers, and keep to the page and its colours."""

from __future__ import annotations

import json
from datetime import date

import plotly.graph_objects as go
import pytest

from iiplan.figures import gains_figure, meetings_figure, reply_times_figure
from iiplan.figures.style import BLUE, ORANGE
from iiplan.forecast import Evidence, Forecast, Gain, Hand, kaplan_meier
from iiplan.model import Source

LABELS = {source: str(source).capitalize() for source in Source} | {Source.CHAMBER: "Chamber of <b>commerce</b>"}


def gain(source: Source, meetings: float, **own: object) -> Gain:
    evidence = Evidence(source=source, **own)  # type: ignore[arg-type]
    return Gain(source=source, meetings=meetings, error=0.001, yes_chance=0.3, evidence=evidence)


def week(*chances: float, goal: int, days_left: int = 5, gains: tuple[Gain, ...] = ()) -> Forecast:
    return Forecast(
        trip="Berlin week",
        today=date(2027, 3, 1),
        per_day=3,
        seed=1,
        draws=4000,
        goal=goal,
        days_left=days_left,
        held=Hand(),
        chances=chances,
        low=0,
        high=len(chances) - 1,
        full=sum(chances[goal:]) if days_left else None,
        needed=None,
        gains=gains,
    )


SOME = kaplan_meier([0, 1, 1, 2, 6], [1, 3, 3, 60])
LONG = kaplan_meier([n % 90 for n in range(1_000)], [n % 200 for n in range(1_000)])
GAINS = (
    gain(Source.LINKEDIN, 0.08, asked=8, answered=3, yes=1),
    gain(Source.ALUMNI, 0.21),
    gain(Source.CHAMBER, 0.12),
)
WEEK = week(0.125, 0.25, 0.25, 0.375, goal=3, gains=GAINS)

FIGURES = {
    "nobody asked": reply_times_figure(kaplan_meier([], [])),
    "one waits": reply_times_figure(kaplan_meier([], [4])),
    "one answered": reply_times_figure(kaplan_meier([2], [])),
    "all on the same day": reply_times_figure(kaplan_meier([0] * 9, [])),
    "some": reply_times_figure(SOME),
    "thousands": reply_times_figure(LONG),
    "week": meetings_figure(WEEK),
    "certain": meetings_figure(week(*[0.0] * 15, 1.0, goal=15)),
    "nothing": meetings_figure(week(1.0, goal=0, days_left=0)),
    "a long trip": meetings_figure(week(*[1 / 125] * 125, goal=124)),
    "gains": gains_figure(WEEK, LABELS),
    "no gain": gains_figure(week(1.0, goal=0, gains=(gain(Source.ALUMNI, 0.0),)), LABELS),
}


def curve(figure: go.Figure) -> dict[str, object]:
    plain: dict[str, object] = next(trace for trace in figure.data if trace.name == "Answered").to_plotly_json()
    return plain


def test_the_curve_rises_in_steps_from_nobody_to_the_share_that_answered() -> None:
    steps = curve(FIGURES["some"])
    # nine asked: day 0 1 of 9; day 1 2 of 8; day 2 1 of 5; day 6 1 of 2
    left = [1, 8 / 9, 8 / 9 * 6 / 8, 8 / 9 * 6 / 8 * 4 / 5, 8 / 9 * 6 / 8 * 4 / 5 / 2]
    assert list(steps["x"]) == [0, 0, 1, 2, 6, 10]  # type: ignore[call-overload]
    assert list(steps["y"]) == pytest.approx([1 - share for share in (*left, left[-1])])  # type: ignore[call-overload]
    assert steps["line"]["shape"] == "hv"  # type: ignore[index, call-overload]
    assert "1 of 2 still waited for" in steps["text"][4]  # type: ignore[index]


def test_ticks_stand_where_people_wait_and_those_beyond_the_edge_are_counted() -> None:
    figure = FIGURES["some"]
    ticks = next(trace for trace in figure.data if trace.mode == "markers" and trace.marker.symbol == "line-ns")
    assert dict(zip(ticks.x, ticks.y, strict=True)) == pytest.approx({1: 1 - 6 / 9, 3: 1 - 6 / 9 * 4 / 5})
    assert list(ticks.text) == ["1 person waiting for 1 business day", "2 people waiting for 3 business days"]
    assert "4 still waiting (1 longer than shown)" in figure.layout.xaxis.title.text


def test_the_median_is_marked_only_where_there_is_one() -> None:
    def marks(figure: go.Figure) -> list[tuple[int, float]]:
        return [(trace.x[0], trace.y[0]) for trace in figure.data if trace.marker.symbol == "diamond"]

    assert marks(FIGURES["some"]) == [(6, 0.5)]
    assert "diamond: half have answered" in FIGURES["some"].layout.xaxis.title.text
    low = reply_times_figure(kaplan_meier([1], [5, 5, 5]))
    assert marks(low) == []
    assert "diamond" not in low.layout.xaxis.title.text


def test_the_band_follows_the_curve_and_ends_where_none_can_be_given() -> None:
    low, high = (trace for trace in FIGURES["some"].data if trace.line.width == 0)
    assert list(low.x) == list(high.x) == [0, 1, 2, 6, 10]
    assert all(below < above for below, above in zip(low.y, high.y, strict=True))
    assert high.fill == "tonexty"
    everybody = [trace for trace in reply_times_figure(kaplan_meier([1, 2, 3], [])).data if trace.line.width == 0]
    assert [list(trace.x) for trace in everybody] == [[1, 2, 3]] * 2


def test_a_bar_for_each_count_and_full_weeks_apart_by_colour_and_pattern() -> None:
    (bars,) = FIGURES["week"].data
    assert list(bars.x) == [0, 1, 2, 3]
    assert list(bars.y) == [0.125, 0.25, 0.25, 0.375]
    assert list(bars.marker.color) == [BLUE, BLUE, BLUE, ORANGE]
    assert list(bars.marker.pattern.shape) == ["", "", "", "/"]
    assert list(bars.hovertext)[1:] == ["1 meeting: 25 %", "2 meetings: 25 %", "3 meetings: 38 %"]
    assert "hatched: the full week of 3, 38 %" in FIGURES["week"].layout.xaxis.title.text


def test_counts_that_hardly_ever_come_up_are_left_out_but_never_the_full_week() -> None:
    (bars,) = meetings_figure(week(0.0, 0.0, 0.0, 0.001, 0.5, 0.499, 0.0, 0.0, 0.0, goal=8)).data
    assert list(bars.x) == [3, 4, 5, 6, 7, 8]


def test_gains_come_best_first_with_the_own_data_behind_them() -> None:
    figure = FIGURES["gains"]
    (bars,) = figure.data
    assert list(bars.x) == [0.21, 0.12, 0.08]
    assert list(bars.text) == ["0.21", "0.12", "0.08"]
    assert figure.layout.yaxis.ticktext[0] == "<b>Alumni</b><br>assumption only"
    assert figure.layout.yaxis.ticktext[2] == "<b>Linkedin</b><br>3 of 8 answered, 1 yes"
    assert figure.layout.xaxis.range[1] > 0.21
    assert "<b>commerce" not in figure.layout.yaxis.ticktext[1] + bars.hovertext[1]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nobody asked", "Nobody has been asked yet."),
        ("one waits", "Nobody has answered yet."),
        ("no gain", "One more ask today adds nothing."),
    ],
)
def test_an_empty_figure_says_what_is_missing(name: str, words: str) -> None:
    assert [note.text for note in FIGURES[name].layout.annotations] == [words]


@pytest.mark.parametrize("name", FIGURES)
def test_each_fits_light_and_dark_pages_and_thumbs(name: str) -> None:
    layout = FIGURES[name].layout
    assert layout.paper_bgcolor == layout.plot_bgcolor == "rgba(0,0,0,0)"
    assert layout.font.color is None
    assert layout.width is None
    assert layout.xaxis.fixedrange
    assert layout.yaxis.fixedrange
    assert 100 <= layout.height <= 600
    assert not layout.showlegend
    json.loads(FIGURES[name].to_json())


@pytest.mark.parametrize("name", ["some", "thousands", "week", "a long trip"])
def test_days_and_counts_are_labelled_at_most_every_thirty_pixels_of_a_phone(name: str) -> None:
    axis = FIGURES[name].layout.xaxis
    assert (axis.range[1] - axis.range[0]) / axis.dtick <= 13


@pytest.mark.parametrize("name", FIGURES)
def test_lines_of_text_under_a_figure_fit_a_phone(name: str) -> None:
    # letters of 12 pixels are about 6.2 pixels wide; 400 pixels leave 340 for the plot
    for line in (FIGURES[name].layout.xaxis.title.text or "").split("<br>"):
        assert len(line) <= 54

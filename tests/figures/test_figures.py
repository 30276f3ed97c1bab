"""The figures say the numbers, keep to the page, and leave its colours alone."""

from __future__ import annotations

import json

import plotly.graph_objects as go
import pytest

from iiplan.figures import funnel_figure, response_rate_figure
from iiplan.model import Stage
from iiplan.outreach import Funnel, FunnelStep, ResponseRate, funnel, wilson_interval

LABELS = {stage: str(stage).replace("_", " ").capitalize() for stage in Stage}


def three_steps() -> Funnel:
    return Funnel(
        steps=(
            FunnelStep(stage=Stage.IDENTIFIED, people=("a", "b", "c", "d")),
            FunnelStep(stage=Stage.ASKED, people=("a", "b", "c"), of_previous=3 / 4),
            FunnelStep(stage=Stage.REPLIED, people=("a",), of_previous=1 / 3),
        )
    )


def rate(group: str, answered: int, decided: int, pending: int = 0) -> ResponseRate:
    low, high = wilson_interval(answered, decided)
    return ResponseRate(
        group=group,
        asked=decided + pending,
        answered=answered,
        pending=pending,
        rate=answered / decided if decided else None,
        low=low,
        high=high,
        small=decided < 5,
    )


MANY = [rate(f"group {n:03}", n % 7, 7, n % 3) for n in range(100)]

FIGURES = {
    "funnel": funnel_figure(three_steps(), LABELS),
    "nobody": funnel_figure(funnel({}), LABELS),
    "one": funnel_figure(funnel({"a": []}), LABELS),
    "thousands": funnel_figure(funnel({str(n): [] for n in range(2000)}), LABELS),
    "no rates": response_rate_figure([], {}),
    "one rate": response_rate_figure([rate("event", 1, 1)], {}),
    "rates": response_rate_figure([rate("alumni", 7, 8, 2), rate("event", 1, 2), rate("friend", 0, 0, 3)], {}),
    "many rates": response_rate_figure(MANY, {}),
}


def data(figure: go.Figure) -> dict[str, object]:
    """The one trace of a figure as plain data."""
    (trace,) = figure.data
    plain: dict[str, object] = trace.to_plotly_json()
    return plain


def test_each_bar_shows_its_count_and_its_share_of_the_step_before() -> None:
    trace = data(FIGURES["funnel"])
    assert list(trace["x"]) == [4, 3, 1]  # type: ignore[call-overload]
    assert list(trace["text"]) == ["4", "3 · 75 %", "1 · 33 %"]  # type: ignore[call-overload]
    assert [word for (word,) in trace["customdata"]] == ["identified", "asked", "replied"]  # type: ignore[attr-defined]
    assert list(trace["hovertext"]) == [  # type: ignore[call-overload]
        "Identified: 4 people",
        "Asked: 3 people<br>75 % of the step before",
        "Replied: 1 person<br>33 % of the step before",
    ]
    assert list(FIGURES["funnel"].layout.yaxis.ticktext) == ["Identified", "Asked", "Replied"]


def test_the_widest_bar_is_on_top_and_leaves_room_for_its_text() -> None:
    axis = FIGURES["funnel"].layout
    assert axis.yaxis.autorange == "reversed"
    assert axis.xaxis.range[1] > 1.4 * 4


def test_a_dot_stands_at_the_rate_with_the_interval_to_both_sides() -> None:
    trace = data(FIGURES["rates"])
    low, high = wilson_interval(7, 8)
    bars = trace["error_x"]
    assert isinstance(bars, dict)
    assert list(trace["x"]) == [7 / 8, 1 / 2, None]  # type: ignore[call-overload]
    assert (bars["arrayminus"][0], bars["array"][0]) == pytest.approx((7 / 8 - low, high - 7 / 8))
    assert list(trace["text"]) == ["7 of 8, 2 pending", "1 of 2", "3 pending"]  # type: ignore[call-overload]


def test_small_groups_are_hollow_and_the_figure_says_so() -> None:
    figure = FIGURES["rates"]
    assert list(data(figure)["marker"]["symbol"]) == ["circle", "circle-open", "circle-open"]  # type: ignore[index]
    assert "hollow: fewer than five" in figure.layout.xaxis.title.text
    large = response_rate_figure([rate("alumni", 7, 8)], {})
    assert "hollow" not in large.layout.xaxis.title.text


def test_nothing_decided_draws_no_bar() -> None:
    bars = data(FIGURES["rates"])["error_x"]
    assert isinstance(bars, dict)
    assert (bars["array"][2], bars["arrayminus"][2]) == (None, None)


def test_labels_are_used_where_there_are_any() -> None:
    figure = response_rate_figure(
        [rate("can_hire", 1, 2), rate("Acme", 1, 1), rate("", 0, 1)], {"can_hire": "Can hire"}
    )
    names = [text.partition("<br>")[0] for text in figure.layout.yaxis.ticktext]
    assert names == ["<b>Can hire</b>", "<b>Acme</b>", "<b>Not given</b>"]


def test_names_are_text_not_markup_and_long_ones_are_cut() -> None:
    long = "The Very Long & Honourable <b>Society</b> of Extraordinarily Verbose Organisations"
    figure = response_rate_figure([rate(long, 1, 2)], {})
    (tick,) = figure.layout.yaxis.ticktext
    assert "<b>Society" not in tick
    assert "&amp;" in tick
    assert "…" in tick
    assert "&lt;b&gt;Society" in data(figure)["hovertext"][0]  # type: ignore[index]


def test_groups_of_the_same_name_keep_rows_of_their_own() -> None:
    figure = response_rate_figure([rate("a", 1, 2), rate("b", 2, 2)], {"a": "Same", "b": "Same"})
    assert list(data(figure)["y"]) == [0, 1]  # type: ignore[call-overload]


def test_thirty_groups_are_drawn_and_the_rest_counted() -> None:
    figure = FIGURES["many rates"]
    assert len(list(data(figure)["x"])) == 30  # type: ignore[call-overload]
    assert "and 70 smaller groups not drawn" in figure.layout.xaxis.title.text


@pytest.mark.parametrize(
    ("name", "words"), [("nobody", "Nobody is in the list yet."), ("no rates", "Nobody has been asked yet.")]
)
def test_an_empty_figure_says_why(name: str, words: str) -> None:
    assert [note.text for note in FIGURES[name].layout.annotations] == [words]


def test_a_figure_with_something_to_show_has_no_sentence_over_it() -> None:
    assert not FIGURES["one"].layout.annotations
    assert not FIGURES["one rate"].layout.annotations


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_fits_light_and_dark_pages_and_thumbs(name: str) -> None:
    layout = FIGURES[name].layout
    assert layout.paper_bgcolor == layout.plot_bgcolor == "rgba(0,0,0,0)"
    assert layout.font.color is None
    assert layout.dragmode is False
    assert layout.xaxis.fixedrange
    assert layout.yaxis.fixedrange
    assert layout.yaxis.automargin
    assert 90 <= layout.height <= 1800
    assert layout.width is None
    json.loads(FIGURES[name].to_json())


def contrast(colour: str, ground: str) -> float:
    """Contrast of two colours, WCAG 2: (lighter + 0.05) / (darker + 0.05) of their luminances."""

    def luminance(value: str) -> float:
        parts = [int(value[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    lighter, darker = sorted((luminance(colour), luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("ground", ["#ffffff", "#0e1117"])
def test_the_colour_stands_out_on_light_and_dark(ground: str) -> None:
    # graphical objects need 3:1 (WCAG 2.1, 1.4.11); one colour only, so nothing rests on telling colours apart
    assert contrast(data(FIGURES["funnel"])["marker"]["color"], ground) >= 3  # type: ignore[index]
    assert contrast(data(FIGURES["rates"])["marker"]["color"], ground) >= 3  # type: ignore[index]

"""The figures say the numbers, keep to the page, and leave its colours alone."""

from __future__ import annotations

import json

import plotly.graph_objects as go
import pytest

from iiplan.figures import funnel_figure, funnel_groups_figure, response_rate_figure
from iiplan.model import Contact, Stage
from iiplan.outreach import Funnel, FunnelStep, GroupFunnel, ResponseRate, funnel, history, wilson_interval

STAGES = (Stage.IDENTIFIED, Stage.ASKED, Stage.REPLIED)
LABELS = {stage: str(stage).replace("_", " ").capitalize() for stage in Stage}


def three_steps() -> Funnel:
    return Funnel(
        steps=(
            FunnelStep(stage=Stage.IDENTIFIED, people=("a", "b", "c", "d")),
            FunnelStep(stage=Stage.ASKED, people=("a", "b", "c"), before=4),
            FunnelStep(stage=Stage.REPLIED, people=("a",), before=3),
        )
    )


def identified(count: int) -> Funnel:
    return funnel([history(Contact(id=str(number), name="Ada"), []) for number in range(count)])


def group(word: str, *counts: int, folded: int = 0) -> GroupFunnel:
    """A group of which so many came to each step."""
    before = (None, *counts)
    steps = [
        FunnelStep(stage=stage, people=tuple(f"{word}{number}" for number in range(count)), before=earlier)
        for stage, count, earlier in zip(STAGES, counts, before, strict=False)
    ]
    return GroupFunnel(group=word, funnel=Funnel(steps=tuple(steps)), folded=folded)


def rate(group: str, answered: int, decided: int, pending: int = 0, early: int = 0) -> ResponseRate:
    low, high = wilson_interval(answered, decided)
    return ResponseRate(
        group=group,
        asked=decided + pending + early,
        answered=answered,
        pending=pending,
        early=early,
        rate=answered / decided if decided else None,
        low=low,
        high=high,
        small=decided < 5,
    )


NAMES = ["Alumni", "Event <b>", "Not said"]
MANY = [rate(f"group {n:03}", n % 7, 7, n % 3) for n in range(100)]

FIGURES = {
    "funnel": funnel_figure(three_steps(), LABELS),
    "nobody": funnel_figure(identified(0), LABELS),
    "one": funnel_figure(identified(1), LABELS),
    "thousands": funnel_figure(identified(2000), LABELS),
    "groups": funnel_groups_figure(
        [group("alumni", 10, 8, 2), group("event", 3, 2, 0), group("", 4, 0, 0)], NAMES, LABELS
    ),
    "no groups": funnel_groups_figure([], [], LABELS),
    "one group": funnel_groups_figure([group("event", 1, 0, 0)], ["Event"], LABELS),
    "twelve groups": funnel_groups_figure([group("", 1999, 1500, 1001)] * 12, ["A very long name indeed"] * 12, LABELS),
    "no rates": response_rate_figure([], {}),
    "one rate": response_rate_figure([rate("event", 1, 1)], {}),
    "rates": response_rate_figure([rate("alumni", 7, 8, 2, 1), rate("event", 1, 2), rate("friend", 0, 0, 3)], {}),
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
        # by wilson_interval: 3 of 4, 1 of 3
        "Asked: 3 people<br>75 % of the 4 of the step before,<br>95 % interval 30 to 95 %",
        "Replied: 1 person<br>33 % of the 3 of the step before,<br>95 % interval 6 to 79 %",
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
    assert list(trace["text"]) == ["7 of 8, 3 recent", "1 of 2", "3 recent"]  # type: ignore[call-overload]


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
    assert names == ["<b>Can hire</b>", "<b>Acme</b>", "<b>Not said</b>"]


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


def test_of_weeks_the_last_thirty_are_drawn() -> None:
    figure = response_rate_figure(MANY, {}, latest=True)
    assert [word for (word,) in data(figure)["customdata"]][-1] == "group 099"  # type: ignore[attr-defined]
    assert "and 70 earlier groups not drawn" in figure.layout.xaxis.title.text


def test_a_recent_ask_is_told_apart_by_whether_it_was_answered() -> None:
    assert data(FIGURES["rates"])["hovertext"][0].endswith(  # type: ignore[index]
        "asked recently: 1 answered already, 2 pending"
    )


def squares(figure: go.Figure) -> dict[tuple[str, str], dict[str, object]]:
    """Each square of a figure of groups by its group and stage."""
    found: dict[tuple[str, str], dict[str, object]] = {}
    for trace in figure.data:
        for number, (word, stage, _) in enumerate(trace.customdata):
            colour = trace.marker.color if isinstance(trace.marker.color, str) else trace.marker.color[number]
            found[word, stage] = {
                "at": (trace.x[number], trace.y[number]),
                "text": trace.text[number].replace("\u202f", " "),
                "colour": colour,
                "hover": trace.hovertext[number],
            }
    return found


def test_each_square_stands_at_its_group_and_stage_with_count_and_share() -> None:
    found = squares(FIGURES["groups"])
    assert {key: (one["at"], one["text"]) for key, one in found.items()} == {
        ("alumni", "identified"): ((0, 0), "10"),
        ("alumni", "asked"): ((1, 0), "8<br>80 %"),
        ("alumni", "replied"): ((2, 0), "2<br>25 %"),
        ("event", "identified"): ((0, 1), "3"),
        ("event", "asked"): ((1, 1), "2<br>67 %"),
        ("event", "replied"): ((2, 1), "0<br>0 %"),
        ("", "identified"): ((0, 2), "4"),
        ("", "asked"): ((1, 2), "0<br>0 %"),
        # nothing after an empty step
    }
    assert str(found["event", "asked"]["hover"]).startswith("Event &lt;b&gt;, Asked: 2 people<br>67 %")


def test_squares_are_the_darker_the_more_came_on_and_hollow_where_few_could() -> None:
    found = squares(FIGURES["groups"])
    dark, light = found["alumni", "asked"]["colour"], found["alumni", "replied"]["colour"]
    assert luminance_of(str(dark)) < luminance_of(str(light))
    assert found["event", "asked"]["colour"] == "rgba(0,0,0,0)"  # three in the step before


def test_the_row_of_several_groups_is_not_that_of_what_is_not_said() -> None:
    figure = funnel_groups_figure([group("", 9, 9, 9), group("", 7, 7, 7, folded=4)], ["Not said", "4 more"], LABELS)
    assert {tuple(point) for trace in figure.data for point in trace.customdata if point[1] == "asked"} == {
        ("", "asked", 0),
        ("", "asked", 4),
    }


def test_numbers_in_squares_are_read_on_every_shade() -> None:
    figure = funnel_groups_figure([group(str(share), 100, share, 0) for share in range(0, 101, 5)], ["x"] * 21, LABELS)
    filled = figure.data[2]
    for colour, text in zip(filled.marker.color, filled.textfont.color, strict=True):
        assert contrast(hexadecimal(colour), text) >= 4.5  # WCAG 2.1, 1.4.3: text


@pytest.mark.parametrize("name", ["funnel", "groups"])
def test_a_clicked_point_leaves_the_others_readable(name: str) -> None:
    # Plotly breaks off in the middle of drawing when it is told about unselected points only
    for trace in FIGURES[name].data:
        assert trace.selected.marker.opacity == 1
        assert trace.unselected.marker.opacity >= 0.3
        assert trace.unselected.textfont.color


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nobody", "Nobody is in the list yet."),
        ("no groups", "Nobody has been asked yet."),
        ("no rates", "Nobody has been asked yet."),
    ],
)
def test_an_empty_figure_says_why(name: str, words: str) -> None:
    assert [note.text for note in FIGURES[name].layout.annotations] == [words]


def test_a_figure_with_something_to_show_has_no_sentence_over_it() -> None:
    assert not FIGURES["one"].layout.annotations
    assert not FIGURES["one group"].layout.annotations
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


def hexadecimal(colour: str) -> str:
    """rgb(219, 233, 246) as #dbe9f6."""
    return "#" + "".join(f"{int(part):02x}" for part in colour.removeprefix("rgb(").removesuffix(")").split(","))


def luminance_of(colour: str) -> float:
    """A measure of how light a colour is."""
    return -contrast(hexadecimal(colour), "#ffffff")


@pytest.mark.parametrize("ground", ["#ffffff", "#0e1117"])
def test_the_colour_stands_out_on_light_and_dark(ground: str) -> None:
    # graphical objects need 3:1 (WCAG 2.1, 1.4.11); one colour only, so nothing rests on telling colours apart
    assert contrast(data(FIGURES["funnel"])["marker"]["color"], ground) >= 3  # type: ignore[index]
    assert contrast(data(FIGURES["rates"])["marker"]["color"], ground) >= 3  # type: ignore[index]

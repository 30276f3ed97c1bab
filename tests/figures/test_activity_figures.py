"""The pictures of what happened over time say the numbers, keep to the page, and stay readable."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import plotly.graph_objects as go
import pytest

from iiplan.figures import activity_figure, referral_figure, stage_time_figure, timeline_figure
from iiplan.model import Contact, Stage, Touch, TouchKind
from iiplan.outreach import Forest, History, Node, StageTime, Week, histories, history, referrals

STAGES = {stage: str(stage).replace("_", " ").capitalize() for stage in Stage}
KINDS = {kind: str(kind).replace("_", " ").capitalize() for kind in TouchKind}
START = datetime(2027, 3, 1, 9, tzinfo=UTC)  # a Monday
NOW = START + timedelta(days=60)
HOSTILE = "<b>Eve</b> <script>alert(1)</script> & Söhne " * 4
CLEAR = "rgba(0,0,0,0)"


def weeks(count: int) -> list[Week]:
    return [
        Week(monday=date(2026, 11, 2) + timedelta(weeks=n), asked=n % 7, answered=n % 5, met=n % 3)
        for n in range(count)
    ]


def timed(stage: Stage, days: tuple[float | None, float | None, float | None], ended: int, running: int) -> StageTime:
    quarter, half, three = days
    return StageTime(stage=stage, ended=ended, running=running, quarter=quarter, half=half, three_quarters=three)


TIMES = [
    timed(Stage.ASKED, (1, 2, 4), 9, 0),
    timed(Stage.ACCEPTED, (3, 6, None), 4, 2),
    timed(Stage.MET, (0, 0, 0), 5, 1),
    timed(Stage.THANKED, (2, None, None), 2, 5),
    timed(Stage.IN_TOUCH, (None, None, None), 0, 3),
]


def did(kind: str, days: float, note: str = "") -> Touch:
    at = START + timedelta(days=days)
    return Touch(id=f"{kind}-{days}", contact_id="ada", kind=TouchKind(kind), at=at, note=note)


def ada(*touches: Touch) -> History:
    return history(Contact(id="ada", name="Ada"), touches)


def along(*touches: Touch, now: datetime = NOW) -> go.Figure:
    return timeline_figure(ada(*touches), now, kinds=KINDS, stages=STAGES)


def node(name: str, parent: str | None = None, depth: int = 0, furthest: Stage = Stage.ASKED, led_to: int = 0) -> Node:
    return Node(contact_id=name.lower(), name=name, parent=parent, depth=depth, furthest=furthest, led_to=led_to, met=0)


TREE = Forest(
    nodes=(
        node("Ada", None, 0, Stage.MET, 2),
        node("Ben", "ada", 1, Stage.IDENTIFIED, 1),
        node("Cleo", "ben", 2, Stage.ACCEPTED),
    )
)
LARGE = referrals(
    histories(
        [Contact(id=str(n), name=HOSTILE[:200], referred_by=str(n // 3) if n > 2 else None) for n in range(900)], ()
    )
)
CHAIN = Forest(nodes=tuple(node(f"p{n}", f"p{n - 1}" if n else None, n) for n in range(60)))
SIXTY = [did(kind, n) for n, kind in enumerate([k for k in TouchKind if k is not TouchKind.VOID] * 4)]

FIGURES = {
    "no week": activity_figure([]),
    "one week": activity_figure(weeks(1)),
    "sixty weeks": activity_figure(weeks(60)),
    "five thousand weeks": activity_figure(weeks(5000)),
    "no times": stage_time_figure([], STAGES),
    "one time": stage_time_figure(TIMES[4:], STAGES),
    "times": stage_time_figure(TIMES, STAGES),
    "no touch": along(),
    "one touch": along(did("asked", 59.99)),
    "sixty touches": along(*SIXTY),
    "a hostile note": along(did("met", 1, HOSTILE * 9)),
    "decades": along(did("asked", -20_000), did("met", 1)),
    "no referral": referral_figure(Forest()),
    "tree": referral_figure(TREE),
    "chain": referral_figure(CHAIN),
    "many referrals": referral_figure(LARGE),
}


def trace(figure: go.Figure, name: str) -> go.Scatter:
    """The trace of that name."""
    return next(one for one in figure.data if one.name == name)


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_fits_light_and_dark_pages_and_thumbs(name: str) -> None:
    figure = FIGURES[name]
    layout = figure.layout
    assert layout.paper_bgcolor == layout.plot_bgcolor == CLEAR
    assert layout.font.color is None
    assert layout.dragmode is False
    for axis in [*figure.select_xaxes(), *figure.select_yaxes()]:
        assert axis.fixedrange
        assert axis.color is None
    assert 90 <= layout.height <= 1950
    assert layout.width is None
    json.loads(figure.to_json())


@pytest.mark.parametrize("name", FIGURES)
def test_what_people_typed_is_never_markup(name: str) -> None:
    text = FIGURES[name].to_json().encode().decode("unicode_escape")
    assert "<script>" not in text
    assert "<b>Eve" not in text


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("no week", "Nobody has been asked yet."),
        ("no times", "Nothing has happened yet."),
        ("no touch", "Nothing has happened yet."),
        ("no referral", "Nobody is noted as having come by referral yet."),
    ],
)
def test_an_empty_figure_says_why(name: str, words: str) -> None:
    assert [note.text for note in FIGURES[name].layout.annotations] == [words]


def test_each_small_chart_has_its_weeks_its_total_and_its_number_on_the_bar() -> None:
    figure = activity_figure([Week(monday=date(2027, 3, 1), asked=4), Week(monday=date(2027, 3, 8), asked=2, met=1)])
    titles = [note.text for note in figure.layout.annotations]
    assert titles[0] == "<b>People asked</b> · 6"
    assert titles[4] == "<b>Meetings</b> · 1"
    asked = trace(figure, "People asked")
    assert (list(asked.y), list(asked.text)) == ([4, 2], ["4", "2"])
    assert asked.hovertext[1] == "8 Mar to 14 Mar 2027<br>2 asked"
    assert list(trace(figure, "Meetings").y) == [None, 1]  # no bar for nothing


def test_the_week_that_is_not_over_is_hollow() -> None:
    colours = trace(FIGURES["sixty weeks"], "Meetings").marker.color
    assert colours[-1] == CLEAR
    assert CLEAR not in colours[:-1]


def test_many_weeks_drop_the_numbers_on_bars_and_the_oldest_are_counted() -> None:
    figure = FIGURES["five thousand weeks"]
    asked = trace(figure, "People asked")
    assert len(asked.x) == 60
    assert set(asked.text) == {""}
    assert "and 4940 earlier weeks not drawn" in figure.layout.xaxis5.title.text


def test_weeks_are_named_with_the_year_where_it_begins_or_changes() -> None:
    # 12 weeks from 2 November 2026: names at 1, 4, 7 and 10, the first with its year, and the first of 2027
    assert list(activity_figure(weeks(12)).layout.xaxis5.ticktext) == [
        "9 Nov<br>2026",
        "30 Nov",
        "21 Dec",
        "11 Jan<br>2027",
    ]


def test_a_stage_has_its_dot_at_half_and_its_bar_from_a_quarter_to_three() -> None:
    bars, arrows, dots, early = FIGURES["times"].data
    edge = 6 * 3.5  # the longest that is known leaves room for its words
    hour = 1 / 24
    assert list(dots.x) == [2, 6, hour, None, None]  # nothing stands before the first hour
    assert list(dots.text) == ["2 days", "6 days", "under an hour", "", ""]
    assert list(bars.x) == [1, 4, None, 3, edge, None, hour, hour, None, 2, edge, None]
    assert list(arrows.y) == [1, 3]
    assert list(early.y) == [4]


def test_a_stage_says_its_counts_and_is_hollow_where_few_have_left() -> None:
    figure = FIGURES["times"]
    assert list(figure.layout.yaxis.ticktext)[:2] == ["<b>Asked</b><br>9 left", "<b>Accepted</b><br>4 left, 2 still in"]
    dots = figure.data[2]
    assert list(dots.marker.symbol) == ["circle", "circle-open", "circle", "circle-open", "circle-open"]
    assert "hollow: fewer than five left" in figure.layout.xaxis.title.text
    assert "hollow" not in stage_time_figure(TIMES[:1], STAGES).layout.xaxis.title.text
    assert dots.hovertext[3] == (
        "Thanked: 2 left, 5 still in<br>a quarter left within 2 days"
        "<br>half not left yet<br>three quarters not left yet"
    )


def test_ours_theirs_and_common_touches_have_rows_and_symbols_of_their_own() -> None:
    figure = along(did("asked", 0), did("accepted", 20), did("met", 40), did("note", 50))
    assert list(figure.layout.yaxis.ticktext) == [
        "<b>They</b>",
        "<b>Both</b>",
        "<b>You</b>",
        "<b>Notes</b>",
        "<b>Stage</b>",
    ]
    rows = [trace(figure, name) for name in ("They", "Both", "You", "Notes")]
    assert [list(row.text) for row in rows] == [["Accepted"], ["Met"], ["Asked"], ["Note"]]
    assert [row.y[0] for row in rows] == [0, 1, 2, 3]
    assert len({row.marker.symbol for row in rows}) == 4
    # 60 days with 6 % before them: day n stands at n + 3.6
    assert [row.x[0] for row in rows] == pytest.approx([23.6, 43.6, 3.6, 53.6])


def test_each_stage_is_a_band_and_silence_is_hatched() -> None:
    bands = along(did("asked", 0), did("accepted", 20)).data[0]
    # silent from the tenth day at midnight of the zone (9 days less 9 hours after the ask)
    assert list(bands.base) == pytest.approx([3.6, 3.6 + 9 - 9 / 24, 23.6])
    assert list(bands.x) == pytest.approx([9 - 9 / 24, 11 + 9 / 24, 40])
    assert list(bands.marker.pattern.shape) == ["", "/", ""]
    assert bands.hovertext[2] == "Accepted from 21 Mar 2027<br>40 days so far"


def test_touches_too_near_to_tell_apart_share_a_symbol_that_counts_them() -> None:
    you = trace(
        along(did("asked", 0), did("nudged", 0.1), did("offered", 0.2, "Tue or Wed"), did("thanked", 30)), "You"
    )
    assert list(you.text) == ["Offered +2", "Thanked"]
    assert you.hovertext[0].split("<br>") == [
        "Asked · Mon 1 Mar 2027 09:00",
        "Nudged · Mon 1 Mar 2027 11:24",
        "Offered · Mon 1 Mar 2027 13:48",
        "Tue or Wed",
    ]


def test_sixty_touches_are_all_there_and_their_words_do_not_overlap() -> None:
    figure = FIGURES["sixty touches"]
    told = [
        line
        for name in ("They", "Both", "You", "Notes")
        for line in "<br>".join(trace(figure, name).hovertext).split("<br>")
    ]
    assert len(told) == 60
    day = 300 / figure.layout.xaxis.range[1]  # pixels at the least
    for name in ("They", "Both", "You"):
        row = trace(figure, name)
        for side in ("top", "bottom"):
            ends = -1.0
            for x, text, place in zip(row.x, row.text, row.textposition, strict=True):
                if text and place == f"{side} center":
                    half = len(text) * 6.6 / 2
                    assert x * day - half >= ends
                    ends = x * day + half


def test_hovering_tells_ten_touches_and_counts_the_rest() -> None:
    (told,) = trace(along(*[did("nudged", n / 100) for n in range(12)]), "You").hovertext
    assert told.count("Nudged") == 10
    assert told.endswith("<br>and 2 more")


def test_a_long_note_is_cut_in_the_hover() -> None:
    (told,) = trace(along(did("met", 1, "word " * 200)), "Both").hovertext
    assert told.endswith("…")
    assert len(told) < 260


def test_what_lies_ahead_is_not_drawn() -> None:
    figure = along(did("asked", 0), did("met", 5), now=START + timedelta(days=1))
    assert [one.name for one in figure.data if one.name] == ["You"]


@pytest.mark.parametrize("days", [0, 0.5, 3, 30, 400, 20_000])
def test_at_most_four_days_are_named_within_the_picture(days: float) -> None:
    axis = along(did("asked", 60 - days)).layout.xaxis
    assert 1 <= len(axis.tickvals) <= 4
    assert all(0 <= x <= axis.range[1] for x in axis.tickvals)
    assert axis.ticktext[0].count("<br>") == 1  # the year


def test_a_tree_reads_downwards_and_to_the_right_with_a_symbol_for_how_far_each_came() -> None:
    figure = FIGURES["tree"]
    met, unasked, answered = trace(figure, "met"), trace(figure, "not asked yet"), trace(figure, "answered")
    assert [(one.x[0], one.y[0]) for one in (met, unasked, answered)] == [(0, 0), (1, 1), (2, 2)]
    assert len({one.marker.symbol for one in (met, unasked, answered)}) == 3
    assert [(note.text, note.x, note.y) for note in figure.layout.annotations] == [
        ("Ada · led to 2", 0, 0),
        ("Ben · led to 1", 1, 1),
        ("Cleo", 2, 2),
    ]
    assert list(answered.customdata[0]) == ["cleo"]
    assert list(figure.data[0].x) == [0, 0, 1, None, 1, 1, 2, None]
    assert list(figure.data[0].y) == [0, 1, 1, None, 1, 2, 2, None]
    assert {one.name for one in figure.data if one.showlegend is not False} == {"met", "not asked yet", "answered"}


def test_every_stage_of_the_funnel_has_its_symbol() -> None:
    for furthest in (s for s in Stage if s not in {Stage.DECLINED, Stage.CONFIRMED, Stage.SILENT}):
        figure = referral_figure(Forest(nodes=(replace(TREE.nodes[0], furthest=furthest),)))
        assert len(figure.data) == 2


def test_sixty_people_are_drawn_and_the_rest_counted() -> None:
    figure = FIGURES["many referrals"]
    assert sum(len(one.x) for one in figure.data if one.customdata is not None) == 60
    # 900 people, of whom the first neither led to anybody nor was led to
    assert figure.layout.xaxis.title.text == "and 839 more people not drawn"


def test_names_are_cut_and_a_deep_tree_leaves_them_room() -> None:
    texts = [note.text for note in FIGURES["many referrals"].layout.annotations]
    assert len(texts) == 60
    assert all("…" in text for text in texts)
    steps = [x for one in FIGURES["chain"].data if one.customdata is not None for x in one.x]
    assert max(steps) == pytest.approx(9)  # of 20: more than half of the width is left to the names

"""Assumptions are kept and read tolerantly; the page and the command line get the same forecast."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from builders import a_candidate, a_person, a_trip, a_window

from iiplan.forecast import Assumptions, SourceAssumption
from iiplan.model import Cadence, Source, TouchKind
from iiplan.planner import asking, forecasting
from iiplan.planner.settings import save_cadence
from iiplan.planner.workspace import Workspace, load_demo

CHANGED = Assumptions(
    sources=tuple(
        SourceAssumption(source=one.source, answered=0.33, yes=0.44, worth=55) for one in Assumptions().sources
    ),
    kept=0.6,
    reply_within=5,
    reply_worth=66,
    found_through=Source.EVENT,
)


def test_the_usual_assumptions_hold_until_others_are_saved(ws: Workspace) -> None:
    assert forecasting.assumptions(ws) == Assumptions()
    forecasting.save_assumptions(ws, CHANGED)
    assert forecasting.assumptions(ws) == CHANGED


@pytest.mark.parametrize(
    "kept",
    [
        {"sources": 7, "kept": "often", "reply_within": None, "found_through": []},
        {"sources": {"alumni": {"answered": 9}, "friend": None, "nobody": {}}, "kept": 7},
        {"unheard": "of"},
        {"found_through": "post"},
    ],
)
def test_what_cannot_be_read_is_the_usual(ws: Workspace, kept: dict[str, object]) -> None:
    ws.store.save_setting("assumptions", kept)
    assert forecasting.assumptions(ws) == Assumptions()


def test_one_unreadable_number_costs_the_rest_of_its_part_only(ws: Workspace) -> None:
    usual = Assumptions()
    ws.store.save_setting(
        "assumptions",
        {
            "sources": {"alumni": {"answered": 0.9}, "friend": {"answered": 90}},
            "kept": 0.5,
            "reply_within": 4,
            "found_through": "post",
        },
    )
    read = forecasting.assumptions(ws)
    assert read.of(Source.ALUMNI) == replace(usual.of(Source.ALUMNI), answered=0.9)
    assert read.of(Source.FRIEND) == usual.of(Source.FRIEND)
    assert (read.kept, read.reply_within, read.found_through) == (0.5, 4, Source.LINKEDIN)


def test_assumptions_and_pace_reach_the_forecast(ws: Workspace) -> None:
    trip = a_trip(ws)
    before = forecasting.still_needed(ws, trip, 3)
    sure = tuple(replace(one, answered=0.99, yes=0.99, worth=1_000) for one in Assumptions().sources)
    forecasting.save_assumptions(ws, Assumptions(sources=sure, kept=1.0, found_through=Source.EVENT))
    after = forecasting.still_needed(ws, trip, 3)
    assert before.needed is not None
    assert after.needed is not None
    assert after.needed.asks is not None
    assert before.needed.asks is None or before.needed.asks > after.needed.asks
    assert [one.source for one in after.needed.sources] == [Source.EVENT]
    save_cadence(ws, replace(Cadence(), new_asks_a_day=1))
    slow = forecasting.still_needed(ws, trip, 3)
    assert slow.needed is not None
    assert slow.needed.a_day == 1
    assert slow.needed.possible < after.needed.possible


def test_agreed_hours_and_the_log_reach_the_forecast(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ada", a_window(), fixed_start=a_window().start)
    a_person(ws, "Bob")
    asking.log(ws, "bob", TouchKind.ASKED)
    given = forecasting.still_needed(ws, trip, 4)
    assert (given.goal, given.sure) == (20, 1)
    assert sum(given.held.waiting.values()) == 1
    assert forecasting.times(ws, trip).waiting == (0,)


def test_the_document_says_what_the_page_shows_and_the_same_each_time(ws: Workspace) -> None:
    load_demo(ws)
    trip = ws.store.trips()[0]
    document = forecasting.document(ws, trip)
    assert json.dumps(document) == json.dumps(forecasting.document(ws, trip, seed=1))
    assert document != forecasting.document(ws, trip, seed=2)
    forecasts = document["forecasts"]
    assert isinstance(forecasts, list)
    for per_day, one in zip((3, 4), forecasts, strict=True):
        shown = forecasting.still_needed(ws, trip, per_day)
        assert (one["per_day"], one["chances"], one["full"]) == (per_day, list(shown.chances), shown.full)


def test_without_people_and_trip_there_is_a_document_too(ws: Workspace) -> None:
    document = forecasting.document(ws, None)
    assert (document["trip"], document["forecasts"]) == (None, [])
    assert json.loads(json.dumps(document)) == document

"""The forecast in sentences, each case of it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from forecast_builders import NOW, RULES, TODAY, agreed, alike, known, many, pace, trip

from iiplan.forecast import (
    Assumptions,
    Forecast,
    Hand,
    Needed,
    NeededFrom,
    chance_words,
    forecast,
    forecast_document,
    gain_words,
    gains_sentence,
    kaplan_meier,
    needed_sentence,
    week_sentence,
)
from iiplan.model import Source

DOCS = Path(__file__).resolve().parents[2] / "docs"
NEXT_MONTH = date(2027, 4, 5)


def saying(**answer: object) -> Forecast:
    """A forecast of a week of 15, one meeting agreed, with this answer."""
    settings: dict[str, object] = {
        "asks": None,
        "sources": (),
        "last_on": None,
        "chance": 0.42,
        "possible": 12,
        "a_day": 3,
        **answer,
    }
    return Forecast(
        trip="Berlin week",
        today=TODAY,
        per_day=3,
        seed=1,
        draws=4000,
        goal=15,
        days_left=5,
        held=Hand(agreed={NEXT_MONTH: 1}),
        chances=(0.0, 0.25, 0.5, 0.25),
        low=1,
        high=3,
        full=0.1,
        needed=Needed(**settings),  # type: ignore[arg-type]
        gains=(),
    )


ALUMNI = NeededFrom(source=Source.ALUMNI, on_list=6)
LINKEDIN = NeededFrom(source=Source.LINKEDIN, on_list=3, to_find=5)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (
            {"asks": 14, "sources": (ALUMNI, LINKEDIN), "last_on": date(2027, 3, 5)},
            "Ask about 14 more people by Fri 5 March: 8 from LinkedIn, 6 alumni. "
            "You have 9 of them on the list; find 5 more.",
        ),
        (
            {"asks": 6, "sources": (ALUMNI,), "last_on": TODAY},
            "Ask about 6 more people today: 6 alumni. All of them are on your list.",
        ),
        (
            {"asks": 2, "sources": (NeededFrom(source=Source.EVENT, to_find=2),), "last_on": TODAY},
            "Ask about 2 more people today: 2 from events. None of them is on your list yet; find 2.",
        ),
        (
            {"asks": 1, "sources": (NeededFrom(source=Source.FRIEND, on_list=1),), "last_on": TODAY},
            "Ask one more person today (friends). They are on your list.",
        ),
        (
            {"asks": 1, "sources": (NeededFrom(source=Source.LINKEDIN, to_find=1),), "last_on": TODAY},
            "Ask one more person today (from LinkedIn). They are not on your list yet.",
        ),
        (
            {"asks": 0, "chance": 0.93},
            "Nobody else needs to be asked: the chance of a full week of 15 meetings is 93 %.",
        ),
        (
            {"at_once": 31},
            "At 3 new asks a day, a chance of 80 % for a full week of 15 meetings is out of reach: 12 more asks would "
            "make it 42 %. Asking 31 people on one day would do.",
        ),
        (
            {"a_day": 1, "possible": 1},
            "At one new ask a day, a chance of 80 % for a full week of 15 meetings is out of reach: one more ask would "
            "make it 42 %. Not even 500 asks on one day would do.",
        ),
        ({"possible": 0}, "It is too late for further asks: the chance of a full week of 15 meetings stays 10 %."),
        (
            {"possible": 0, "a_day": 0, "at_once": 9},
            "You allow no new asks a day, so the chance of a full week of 15 meetings stays 10 %. "
            "Asking 9 people on one day would do.",
        ),
    ],
)
def test_the_answer_comes_first(answer: dict[str, object], sentence: str) -> None:
    assert needed_sentence(saying(**answer)) == sentence


def test_the_week_in_a_sentence() -> None:
    assert week_sentence(saying()) == (
        "If you ask nobody else, the week ends up with about 2 meetings (1 to 3 in at least eight of ten cases); "
        "1 of them is held or agreed. The chance of all 15 is 10 %."
    )


def test_a_week_that_is_full_or_over_is_said_to_be() -> None:
    met = known("ann", ("asked", 9), ("met", 10))
    over = forecast([met], trip(date(2027, 2, 8), 8), [], NOW, RULES, seed=1)
    assert needed_sentence(over) == "No free day of Berlin week is left, so further asks add nothing."
    assert week_sentence(over) == "The week has 1 meeting, held or agreed; no free day is left."
    assert gains_sentence(over) == "One more ask today adds nothing: no answer comes in time, or no place is free."
    one = trip(NEXT_MONTH, 1)
    full = forecast([known("ann")], one, [agreed("ann", NEXT_MONTH)], NOW, RULES, seed=1, per_day=1)
    assert needed_sentence(full) == "Nobody else needs to be asked: 1 meeting is held or agreed, a full week."


def test_the_best_and_the_least_source_for_one_more_ask_are_named() -> None:
    given = forecast([], trip(NEXT_MONTH), [], NOW, RULES, seed=1)
    best = max(given.gains, key=lambda gain: gain.meetings)
    least = min(given.gains, key=lambda gain: gain.meetings)
    assert (best.source, least.source) == (Source.FAMILY, Source.OTHER)
    assert gains_sentence(given) == (
        f"One more ask today adds {gain_words(best)} of a meeting when it goes to family, {gain_words(least)} when it "
        "goes to others."
    )


def test_no_more_digits_are_shown_than_drawing_gives() -> None:
    gain = forecast([], trip(NEXT_MONTH), [], NOW, RULES, seed=1).gains[0]
    assert gain_words(replace(gain, meetings=0.123, error=0.0049)) == "0.12"
    assert gain_words(replace(gain, meetings=0.123, error=0.0051)) == "0.1"
    assert [chance_words(chance) for chance in (0.0, 0.009, 0.01, 0.5, 0.994, 1.0)] == [
        "under 1 %",
        "under 1 %",
        "1 %",
        "50 %",
        "over 99 %",
        "over 99 %",
    ]


def keys(document: object) -> set[str]:
    """Every key anywhere in a document, sources by name aside."""
    if isinstance(document, dict):
        return {key for key in document if key not in set(Source)} | set().union(*map(keys, document.values()), set())
    return set().union(*map(keys, document), set()) if isinstance(document, list) else set()


def test_every_key_of_the_document_is_documented() -> None:
    week = [
        forecast(many(3, ("asked", 1)), trip(NEXT_MONTH), [], NOW, pace(1), alike(0.2, 0.5), seed=1, per_day=per_day)
        for per_day in (3, 4)
    ]
    document = forecast_document(kaplan_meier([1, 2, 3], [4]), week, Assumptions(), NOW)
    assert json.loads(json.dumps(document, allow_nan=False)) == document
    words = (DOCS / "forecast.md").read_text(encoding="utf-8")
    assert {key for key in keys(document) if f"`{key}`" not in words} == set()


def test_the_document_without_a_trip_has_no_forecast() -> None:
    document = forecast_document(kaplan_meier([], []), [], Assumptions(), NOW + timedelta(0))
    assert (document["trip"], document["forecasts"]) == (None, [])

"""The drawn weeks: how yeses find places, how asks add up, and the distributions that come out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from forecast_builders import BERLIN, NOW, RULES, alike, many, pace, trip
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import betabinom

from iiplan.forecast import Assumptions, SourceAssumption, forecast, kaplan_meier, reply_curve
from iiplan.forecast.calendar import Calendar, calendar
from iiplan.forecast.draws import Rates, days_of_asks, draw_rates, first_asks, placed
from iiplan.forecast.evidence import Belief, Evidence
from iiplan.forecast.hand import Hand
from iiplan.forecast.search import Search
from iiplan.model import Source

DRAWS = 20_000
NO_TIMES = kaplan_meier([], [])


def most_placed(settled: list[int], room: list[int]) -> int:
    """The oracle: give each yes, one after another, the first free place it is in time for, moving others if needed."""
    places = [day for day, free in enumerate(room) for _ in range(free)]
    people = [day for day, count in enumerate(settled) for _ in range(count)]
    holder: dict[int, int] = {}

    def finds(person: int, tried: set[int]) -> bool:
        for place, day in enumerate(places):
            if day >= people[person] and place not in tried:
                tried.add(place)
                if place not in holder or finds(holder[place], tried):
                    holder[place] = person
                    return True
        return False

    return sum(finds(person, set()) for person in range(len(people)))


DAYS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), min_size=1, max_size=5)


@settings(max_examples=60)
@given(DAYS)
def test_no_other_order_places_more(days: list[tuple[int, int]]) -> None:
    settled, room = [day[0] for day in days], [day[1] for day in days]
    found, empty = placed(np.array([settled]), np.array(room))
    assert found[0] == most_placed(settled, room)
    assert empty[0].sum() == sum(room) - found[0]


@settings(max_examples=60)
@given(DAYS, st.integers(0, 4))
def test_one_more_yes_finds_a_place_just_when_one_is_left_empty_from_its_day_on(
    days: list[tuple[int, int]], at: int
) -> None:
    settled, room = np.array([[day[0] for day in days]]), np.array([day[1] for day in days])
    at %= len(days)
    before, empty = placed(settled, room)
    settled[0, at] += 1
    after, _ = placed(settled, room)
    assert after[0] - before[0] == (1 if empty[0, at:].any() else 0)


def chances_agree(counts: NDArray[np.int64], expected: NDArray[np.float64]) -> bool:
    """Whether each count is as frequent as expected, within 4.5 standard errors of drawing."""
    seen = np.bincount(counts, minlength=len(expected)) / len(counts)
    error = np.sqrt(expected * (1 - expected) / len(counts))
    return bool(len(seen) == len(expected) and np.all(np.abs(seen - expected) <= 4.5 * error + 1e-9))


def search_for(asks: int, answer: tuple[float, float], *, first: date = date(2028, 3, 6)) -> tuple[Search, Calendar]:
    """Fresh asks of alumni whose every answer is a meeting; the trip is a year away unless told otherwise."""
    days = calendar(trip(first, 31), Hand(), NOW.date(), RULES, 4)
    rng = np.random.default_rng(7)
    believed = [Belief(evidence=Evidence(source=source), answer=answer, yes=(1, 1)) for source in Source]
    drawn = draw_rates(rng, believed, 1.0, DRAWS)
    rates = Rates(answer=drawn.answer, meeting=np.ones_like(drawn.answer))
    search = Search(
        days=days,
        settled=np.zeros((DRAWS, len(days.reach)), dtype=np.int64),
        rates=rates,
        curve=reply_curve(NO_TIMES, Assumptions()),
        luck=rng.random((asks, DRAWS), dtype=np.float32),
        to_find=asks // 2,
        order=((Source.ALUMNI, False),) * asks,
    )
    return search, days


@pytest.mark.parametrize(("asks", "answer"), [(12, (4.0, 4.0)), (30, (1.6, 6.4)), (5, (0.5, 0.1))])
def test_without_a_calendar_the_yeses_of_fresh_asks_are_beta_binomial(asks: int, answer: tuple[float, float]) -> None:
    search, days = search_for(asks, answer)
    fates = search.fates(np.zeros(asks, dtype=np.int64))
    yeses = first_asks(fates, asks, len(days.reach)).sum(axis=1)
    assert chances_agree(yeses, betabinom(asks, *answer).pmf(np.arange(asks + 1)))


def test_a_whole_forecast_without_limits_is_beta_binomial() -> None:
    # 20 people have answered; 3 more said yes and 2 no: yes ~ Beta(8 * 0.5 * 0.6 + 3, 8 * 0.5 * 0.4 + 2)
    sources = tuple(SourceAssumption(source=one, answered=0.5, yes=0.6, worth=8) for one in Source)
    people = [
        *many(20, ("asked", 3), ("replied", 1)),
        *many(3, ("asked", 9), ("accepted", 8), ("met", 5), name="yes"),
        *many(2, ("asked", 9), ("declined", 8), name="no"),
    ]
    assumed = Assumptions(sources=sources, kept=1.0)
    seen = forecast(people, trip(date(2028, 3, 6), 31), [], NOW, RULES, assumed, seed=3, draws=DRAWS)
    counts = np.repeat(np.arange(len(seen.chances)), np.rint(np.array(seen.chances) * DRAWS).astype(int))
    expected = np.zeros(len(seen.chances))
    expected[:21] = betabinom(20, 2.4 + 3, 1.6 + 2).pmf(np.arange(21))
    assert chances_agree(np.concatenate([counts, [len(expected) - 1]])[:-1], expected[: counts.max() + 1])


def test_answers_come_in_time_as_often_as_the_curve_says() -> None:
    # asked today, a trip day three business days ahead: answered within two of them by half of those who answer
    days = calendar(trip(date(2027, 3, 4), 1), Hand(), NOW.date(), RULES, 4)
    curve = reply_curve(NO_TIMES, Assumptions(reply_within=2))
    ones = np.ones((DRAWS, len(Source)))
    luck = np.random.default_rng(5).random((1, DRAWS), dtype=np.float32)
    fates = days_of_asks(luck, [Source.EVENT], np.array([0]), Rates(answer=ones, meeting=ones), curve, days)
    assert np.mean(fates == 0) == pytest.approx(0.5, abs=4.5 * 0.5 / np.sqrt(DRAWS))


def test_more_asks_never_lower_the_chance() -> None:
    search, days = search_for(40, (2.0, 6.0), first=date(2027, 3, 15))
    search = replace(search, to_find=4)
    fates = search.fates(days.asks(3, 0)[:40])
    chances = [search.chance(fates, asks) for asks in range(len(fates) + 1)]
    assert all(fewer <= more for fewer, more in pairwise(chances))
    fewest = search.fewest(fates)
    assert fewest is not None
    assert chances[fewest - 1] < 0.8 <= chances[fewest]


def test_a_faster_pace_never_lowers_what_can_be_reached() -> None:
    reached = []
    for a_day in (0, 1, 2, 5, 20):
        seen = forecast([], trip(date(2027, 3, 8)), [], NOW, pace(a_day), alike(0.2, 0.5), seed=1)
        assert seen.needed is not None
        reached.append(seen.needed.chance)
    assert reached == sorted(reached)
    assert reached[0] == 0
    assert 0.1 < reached[-1] < 0.8


def test_asks_fall_on_business_days_only_at_the_pace_given() -> None:
    rules = pace(2, holidays=frozenset({date(2027, 3, 3)}))
    # asking helps on Monday, Tuesday, and Thursday (the Wednesday is free): answered then, settled on Friday
    days = calendar(trip(date(2027, 3, 5), 1), Hand(), date(2027, 3, 1), rules, 3)
    asks = days.asks(2, asked_today=1)
    assert [rules.add_days(date(2027, 3, 1), int(day)) for day in asks] == [
        date(2027, 3, 1),
        *[date(2027, 3, 2)] * 2,
        *[date(2027, 3, 4)] * 2,
    ]
    assert calendar(trip(date(2027, 3, 9)), Hand(), date(2027, 3, 6), rules, 3).first_ask == 1  # a Saturday
    assert NOW.tzinfo is BERLIN

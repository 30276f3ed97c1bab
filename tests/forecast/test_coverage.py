"""Does the forecast keep its word? Worlds of known rates are played on, day by day, beside what it said."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import numpy as np
from forecast_builders import NOW, RULES, TODAY, known, trip

from iiplan.forecast import Assumptions, Forecast, forecast
from iiplan.model import Source
from iiplan.outreach import History

GROUPS = (Source.ALUMNI, Source.LINKEDIN, Source.FRIEND)
ASSUMED = Assumptions(kept=0.8)
AHEAD = trip(TODAY + timedelta(days=4), 5, off=(1, 2))  # Friday, Monday, Tuesday


def play(rng: random.Random, believed: Assumptions) -> tuple[Forecast, int]:
    """A world whose rates are as the assumptions have them: what is forecast for it by somebody who
    believes something, and the meetings it comes to."""
    people: list[History] = []
    settled: list[int] = []  # business day on which each yes has its hour
    for source in GROUPS:
        assumed = ASSUMED.of(source)
        answers = assumed.worth * assumed.answered
        answer = rng.betavariate(answers, assumed.worth - answers)
        yes = rng.betavariate(answers * assumed.yes, answers * (1 - assumed.yes))
        for number in range(rng.randrange(3, 16)):
            ago = rng.choice((0, 1, 1, 2, 3, 5, 8, 12, 20))
            after = delay(rng) if rng.random() < answer else None
            agrees, kept = rng.random() < yes, rng.random() < ASSUMED.kept
            said = [("asked", ago)]
            if after is not None and after <= ago:
                said.append(("accepted" if agrees else "declined", ago - after))
            people.append(known(f"{source}-{number}", *said, source=source))
            if after is not None and agrees and kept:
                settled.append(max(after - ago, 0) + 1)
    given = forecast(people, AHEAD, [], NOW, RULES, believed, seed=rng.randrange(10**6), draws=300)
    return given, meetings(settled)


def delay(rng: random.Random) -> int:
    """Business days until an answer: half come within two."""
    days = 0
    while rng.random() < 0.5 ** (1 / 3):
        days += 1
    return days


def meetings(settled: list[int]) -> int:
    """Three places each on business days 4, 5 and 6, taken in the order in which hours are settled."""
    room = {4: 3, 5: 3, 6: 3}
    for day in sorted(settled):
        free = next((place for place, left in room.items() if left and place >= day), None)
        if free is not None:
            room[free] -= 1
    return 9 - sum(room.values())


def places(worlds: int, believed: Assumptions, seed: int) -> list[float]:
    """Where each outcome falls in what was forecast, 0 to 1; within a count, whose chance is a lump, at random."""
    rng = random.Random(seed)
    found = []
    for _ in range(worlds):
        given, outcome = play(rng, believed)
        assert given.goal == 9
        found.append(sum(given.chances[:outcome]) + rng.random() * given.chances[outcome])
    return found


def test_the_middle_four_fifths_hold_the_outcome_four_times_in_five() -> None:
    # spread evenly over 0 to 1 when the forecast is right; 400 worlds: 0.8 +- 3 * 0.02, the mean 1/2 +- 3 * 0.0144
    found = places(400, ASSUMED, seed=20270301)
    assert 0.74 <= np.mean([0.1 <= place <= 0.9 for place in found]) <= 0.86
    assert 0.457 <= np.mean(found) <= 0.543


def test_rates_believed_too_low_would_be_noticed() -> None:
    doubting = tuple(replace(one, answered=one.answered / 3, worth=100) for one in ASSUMED.sources)
    assert np.mean(places(60, replace(ASSUMED, sources=doubting), seed=1)) > 0.65

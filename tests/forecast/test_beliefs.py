"""Assumptions, the curve that mixes them with the log, and what is believed of each source."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from forecast_builders import NOW, RULES, alike, known, many

from iiplan.errors import InputError
from iiplan.forecast import Assumptions, SourceAssumption, beliefs, evidence, kaplan_meier, reply_curve
from iiplan.model import Source

USUAL = Assumptions()
ALUMNI = list(Source).index(Source.ALUMNI)


def test_closer_people_are_assumed_to_answer_and_agree_more_often() -> None:
    chance = {one.source: one.answered * one.yes for one in USUAL.sources}
    cold = max(chance[source] for source in (Source.LINKEDIN, Source.OTHER))
    for close in (Source.FAMILY, Source.FRIEND, Source.ALUMNI, Source.COLLEAGUE, Source.REFERRAL):
        assert chance[close] > 2 * cold


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"answered": 1.0}, "The share of asks answered (alumni) is 1. It must be from 0.01 to 0.99."),
        ({"yes": float("nan")}, "The share of answers that are a yes (alumni) is nan"),
        ({"worth": 0}, "What the assumption is worth (alumni) is 0. It must be from 1 to 1000 asks."),
    ],
)
def test_a_chance_of_a_source_out_of_bounds_is_refused_in_words(change: dict[str, float], words: str) -> None:
    with pytest.raises(InputError) as refused:
        replace(USUAL.of(Source.ALUMNI), **change)
    assert words in str(refused.value)


@pytest.mark.parametrize(
    "change", [{"kept": 1.1}, {"reply_within": -1}, {"reply_worth": 0.5}, {"sources": USUAL.sources[:-1]}]
)
def test_other_assumptions_out_of_bounds_are_refused(change: dict[str, object]) -> None:
    with pytest.raises(InputError):
        replace(USUAL, **change)  # type: ignore[arg-type]


def test_without_answers_half_of_them_come_within_the_assumed_days() -> None:
    curve = reply_curve(kaplan_meier([], [5, 6]), replace(USUAL, reply_within=4))
    assert curve[4] == pytest.approx(0.5)
    assert curve[9] == pytest.approx(0.75)  # twice five days: half of the half
    assert curve[-1] == 1


def test_own_answers_weigh_by_their_number() -> None:
    # ten answers after one day, weight 10 for the assumption (half by day 2): at day 0 the mean of 0 and 1 - 2^(-1/3);
    # at day 40, the longest wait, next to all are in
    times = kaplan_meier([1] * 10, [40])
    curve = reply_curve(times, replace(USUAL, reply_worth=10))
    assumed = 1 - 0.5 ** (1 / 3)
    assert curve[0] == pytest.approx(assumed / 2, abs=1e-6)
    assert curve[1] == pytest.approx((1 + 1 - 0.5 ** (2 / 3)) / 2, abs=1e-4)
    heavier = reply_curve(times, replace(USUAL, reply_worth=1_000))
    assert abs(heavier[0] - assumed) < abs(curve[0] - assumed)


def test_a_young_log_does_not_claim_that_all_answers_are_in() -> None:
    # everybody asked yesterday, five have answered at once: later answers are as open as the assumption has them
    times = kaplan_meier([0] * 5, [1] * 5)
    curve = reply_curve(times, replace(USUAL, reply_worth=1))
    assert curve[1] == pytest.approx(1 - 0.5 ** (2 / 3), abs=1e-6)


@pytest.mark.parametrize("times", [kaplan_meier([], []), kaplan_meier([0, 3, 200], [7, 300]), kaplan_meier([0], [])])
def test_the_curve_never_falls_and_ends_at_one(times) -> None:  # type: ignore[no-untyped-def]
    curve = reply_curve(times, USUAL)
    assert np.all(np.diff(curve) >= -1e-12)
    assert curve[-1] == pytest.approx(1)
    assert curve[0] >= 0


def test_assumption_and_log_are_added_up() -> None:
    # assumed of alumni: half answer, 60 % of answers are a yes, worth 8 asks -> 4 : 4 and 2.4 : 1.6
    people = [
        *many(3, ("asked", 9), ("accepted", 8), name="yes"),
        *many(1, ("asked", 9), ("declined", 8), name="no"),
        *many(1, ("asked", 9), ("replied", 8), name="open"),
        *many(2, ("asked", 300), name="silent"),
        known("never"),
        known("came", ("met", 3)),
    ]
    curve = reply_curve(kaplan_meier([], []), USUAL)
    (found,) = (one for one in evidence(people, curve, NOW, RULES) if one.asked)
    assert (found.source, found.asked, found.answered, found.yes, found.no) == (Source.ALUMNI, 7, 5, 3, 1)
    assert found.unanswered == pytest.approx((1, 1))
    belief = beliefs([found], Assumptions(sources=tuple(map(_half, USUAL.sources))))[0]
    assert belief.answer == pytest.approx((4 + 5, 4 + 2))
    assert belief.yes == pytest.approx((2.4 + 3, 1.6 + 1))
    assert belief.mean == pytest.approx(9 / 15 * 5.4 / 8)


def _half(one: SourceAssumption) -> SourceAssumption:
    return replace(one, answered=0.5, yes=0.6, worth=8)


def test_a_pending_ask_is_a_failure_only_as_far_as_its_silence_says_something() -> None:
    # half answer within 2 days; p = 1/2, held there by its weight. F = 1 - 2^(-1/3), 1/2, 1 - 2^(-8/3), 1 - 2^(-31/3)
    # and w = F (1 - p) / (1 - pF)
    curve = reply_curve(kaplan_meier([], []), USUAL)
    firm = alike(0.5, 0.6)
    weights = []
    for ago in (0, 2, 7, 30):
        found = evidence(many(1, ("asked", ago)), curve, NOW, RULES)
        weights.append(beliefs(found, firm)[ALUMNI].answer[1] - 500)
    assert weights == pytest.approx([0.115, 1 / 3, 0.728, 0.998], abs=1e-3)


def test_silence_counts_for_what_is_believed_in_the_end() -> None:
    # worth 1 ask, p = 1/2 assumed, 9 waiting for 2 days: w solves p = 0.5 / (1 + 9 w), w = 0.5 (1 - p) / (1 - p / 2)
    curve = reply_curve(kaplan_meier([], []), USUAL)
    found = evidence(many(9, ("asked", 2)), curve, NOW, RULES)
    answers, failures = beliefs(found, alike(0.5, 0.6, worth=1))[ALUMNI].answer
    p = answers / (answers + failures)
    assert failures - 0.5 == pytest.approx(9 * 0.5 * (1 - p) / (1 - p / 2), abs=1e-9)
    assert 0.08 < p < 0.12

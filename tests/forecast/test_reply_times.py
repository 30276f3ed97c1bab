"""The curve of time to reply: a textbook's, small ones by hand, and what is said about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from forecast_builders import NOW, RULES, known, many

from iiplan.forecast import kaplan_meier, reply_sentence, reply_times
from iiplan.outreach import Rules

# Weeks of remission under 6-mercaptopurine: Freireich et al., Blood 21 (1963), 699-716, as printed with this curve in
# D. G. Kleinbaum and M. Klein, Survival Analysis, chapter 2, and elsewhere. 21 children, 9 relapses.
RELAPSED = [6, 6, 6, 7, 10, 13, 16, 22, 23]
STILL_WELL = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]


def test_the_curve_of_a_textbook_comes_out() -> None:
    times = kaplan_meier(RELAPSED, STILL_WELL)
    printed = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
    assert {step.day: round(1 - step.share, 3) for step in times.steps} == printed
    assert [step.at_risk for step in times.steps] == [21, 17, 15, 12, 11, 7, 6]
    assert [step.answered for step in times.steps] == [3, 1, 1, 1, 1, 1, 1]
    assert times.median == 23


def test_the_band_lies_around_the_curve_and_is_that_of_greenwood_on_the_log_log_scale() -> None:
    # First step: S = 18/21, Greenwood's sum 3 / (21 * 18), log(-log S) +- 1.96 * sqrt(sum) / log S
    # -> S from 0.6197 to 0.9516
    first = kaplan_meier(RELAPSED, STILL_WELL).steps[0]
    assert (first.low, first.high) == pytest.approx((1 - 0.9516, 1 - 0.6197), abs=5e-4)
    for step in kaplan_meier(RELAPSED, STILL_WELL).steps:
        assert step.low is not None
        assert step.high is not None
        assert 0 <= step.low < step.share < step.high <= 1


def test_a_small_curve_by_hand() -> None:
    # five asked: answers after 0, 2 and 2 days; one waits since 1 day, one since 4
    # day 0: 1 of 5 answers, 4/5 left; day 2: 2 of 3 answer, 4/5 * 1/3 = 4/15 left
    times = kaplan_meier([0, 2, 2], [1, 4])
    assert [(step.day, step.at_risk, step.answered) for step in times.steps] == [(0, 5, 1), (2, 3, 2)]
    assert [step.share for step in times.steps] == pytest.approx([1 / 5, 11 / 15])
    assert times.median == 2
    assert times.longest == 4


def test_the_median_does_not_exist_where_less_than_half_answer() -> None:
    assert kaplan_meier([1, 2], [9, 9, 9]).median is None
    assert kaplan_meier([1, 2], [9, 9]).median == 2  # exactly half


def test_most_of_those_who_answer_is_four_in_five_of_where_the_curve_ends() -> None:
    # ten asked, five answer on days 1 to 5, five wait long: the curve ends at 1/2, four fifths of it are there on day 4
    assert kaplan_meier([1, 2, 3, 4, 5], [30] * 5).most_within == 4


def test_nothing_is_said_about_most_with_fewer_than_five_answers() -> None:
    times = kaplan_meier([1, 2, 3, 4], [30])
    assert times.most_within is None
    assert "too few to say" in reply_sentence(times)


def test_no_band_is_given_where_the_curve_has_reached_everybody() -> None:
    last = kaplan_meier([1, 2, 3, 4, 5], []).steps[-1]
    assert (last.share, last.low, last.high) == (1.0, None, None)


def test_times_are_business_days_from_the_first_ask_to_the_first_answer_or_until_now() -> None:
    people = [
        known("ann", ("asked", 9), ("nudged", 4), ("replied", 3), ("accepted", 1)),  # 9 - 3 = 6
        known("ben", ("asked", 8), ("asked", 2)),  # waits since 8
        known("cid", ("replied", 5)),  # never asked
        known("dan", ("asked", 0), ("declined", 0)),
        known("eve"),
    ]
    times = reply_times(people, NOW, RULES)
    assert [step.day for step in times.steps] == [0, 6]
    assert times.waiting == (8,)


def test_public_holidays_are_no_business_days() -> None:
    waits = [known("ann", ("asked", 5))]  # the Monday before
    free = replace(RULES, holidays=frozenset({date(2027, 2, 24)}))
    assert reply_times(waits, NOW, RULES).waiting == (5,)
    assert reply_times(waits, NOW, free).waiting == (4,)


@pytest.mark.parametrize(
    ("answered", "waiting", "sentence"),
    [
        ([], [], "Nobody has been asked yet, so there are no times to an answer."),
        ([], [3], "One person has been asked and has not answered yet."),
        ([3], [], "One person has been asked and has answered."),
        ([], [3, 4], "Of 2 people asked, none have answered yet."),
        ([3], [4], "Of 2 people asked, 1 has answered: too few to say how long most take."),
        (
            [0, 0, 0, 0, 0],
            [],
            "Of 5 people asked, 5 have answered. Half of all asked have answered on the same day. "
            "Most who answer do so on the same day.",
        ),
        (
            [1, 1, 1, 1, 2],
            [9] * 7,
            "Of 12 people asked, 5 have answered. The curve stays under one half, so there is no median. "
            "Most who answer do so within one business day.",
        ),
    ],
)
def test_the_curve_in_a_sentence(answered: list[int], waiting: list[int], sentence: str) -> None:
    assert reply_sentence(kaplan_meier(answered, waiting)) == sentence


def test_a_touch_from_the_future_is_a_wait_of_no_days() -> None:
    assert reply_times(many(2, ("asked", -3)), NOW, Rules()).waiting == (0, 0)

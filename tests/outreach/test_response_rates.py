"""Who answers, and how sure one can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from math import comb
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outreach_builders import AFTER_ALL, log, on, person, random_logs, touch
from scipy.stats import binomtest

from iiplan.errors import InputError
from iiplan.model import Cadence, Source, Touch
from iiplan.outreach import (
    Grouping,
    History,
    ResponseRate,
    Rules,
    asks_to_compare,
    history,
    response_rates,
    response_sentence,
    timing_sentence,
    wilson_interval,
)

NOW = on(31)  # Wednesday 31 March 2027; asks of the 1st are long decided


def only(rates: tuple[ResponseRate, ...]) -> ResponseRate:
    (rate,) = rates
    return rate


def read(logs: Mapping[str, Sequence[Touch]], source: Source = Source.ALUMNI) -> tuple[History, ...]:
    """People found in the same way, each with their log."""
    return tuple(history(person(name, source=source), log) for name, log in logs.items())


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [
        # R. G. Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17 (1998),
        # 857-872, table I, method 3 (score without continuity correction)
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
        # by hand: p = 0.8, z = 1.96; (0.8 + 0.19207 ± 1.96 * sqrt(0.016 + 0.0096035)) / 1.38415
        # = (0.99207 ± 0.31362) / 1.38415
        (8, 10, 0.4902, 0.9433),
    ],
)
def test_the_wilson_interval_is_the_published_one(successes: int, trials: int, low: float, high: float) -> None:
    assert wilson_interval(successes, trials) == pytest.approx((low, high), abs=5e-5)


def test_nothing_tried_says_nothing() -> None:
    assert wilson_interval(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize(("successes", "trials"), [(-1, 3), (4, 3), (1, 0)])
def test_more_successes_than_trials_are_refused(successes: int, trials: int) -> None:
    with pytest.raises(InputError, match=f"{successes} of {trials} is not a share"):
        wilson_interval(successes, trials)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_its_share_and_mirrors(pair: tuple[int, int]) -> None:
    successes, trials = pair
    low, high = wilson_interval(successes, trials)
    assert 0 <= low <= successes / trials <= high <= 1
    mirrored = wilson_interval(trials - successes, trials)
    assert (1 - high, 1 - low) == pytest.approx(mirrored, abs=1e-12)


@pytest.mark.parametrize("trials", [1, 4, 5, 23, 400])
def test_the_wilson_interval_is_that_of_scipy(trials: int) -> None:
    for successes in range(trials + 1):
        theirs = binomtest(successes, trials).proportion_ci(0.95, method="wilson")
        assert wilson_interval(successes, trials) == pytest.approx((theirs.low, theirs.high), abs=1e-12)


@pytest.mark.parametrize("trials", [5, 20, 60])
def test_the_interval_covers_the_truth_about_as_often_as_it_says(trials: int) -> None:
    # exact coverage by binomial sums, averaged over true shares from 5 to 95 %
    intervals = [wilson_interval(k, trials) for k in range(trials + 1)]
    covered = []
    for percent in range(5, 96):
        truth = percent / 100
        held = [k for k, (low, high) in enumerate(intervals) if low <= truth <= high]
        covered.append(sum(comb(trials, k) * truth**k * (1 - truth) ** (trials - k) for k in held))
    assert sum(covered) / len(covered) == pytest.approx(0.95, abs=0.01)


def test_a_pending_ask_is_no_failure_and_a_quick_answer_no_success_yet() -> None:
    people = read(
        {
            "Ada": [touch("asked", on(1)), touch("replied", on(2))],
            "Ben": [touch("asked", on(1))],
            "Cleo": [touch("asked", on(30))],
            "Dan": [touch("asked", on(29)), touch("accepted", on(30))],
        }
    )
    low, high = wilson_interval(1, 2)
    assert only(response_rates(people, NOW)) == ResponseRate(
        group="alumni",
        asked=4,
        answered=1,
        pending=1,
        early=1,
        rate=1 / 2,
        low=low,
        high=high,
        small=True,
        people=("ada", "ben", "cleo", "dan"),
    )


def test_an_ask_is_pending_until_the_patience_is_over() -> None:
    people = read({"Ada": [touch("asked", on(1))]})
    assert only(response_rates(people, on(9))).pending == 1  # six business days
    assert only(response_rates(people, on(10))).pending == 0  # seven
    assert only(response_rates(people, on(10), rules=Rules(cadence=Cadence(nudge_after=8)))).pending == 1


def test_a_public_holiday_gives_a_day_more_to_answer() -> None:
    people = read({"Ada": [touch("asked", on(1))]})
    assert only(response_rates(people, on(10), rules=Rules(holidays=frozenset({on(3).date()})))).pending == 1


def test_a_nudge_does_not_make_an_old_ask_recent() -> None:
    # otherwise those nudged in time would leave the rate for a while, and only those who answered would stay
    rate = only(response_rates(read({"Ada": [touch("asked", on(1)), touch("nudged", on(29))]}), NOW))
    assert (rate.decided, rate.pending, rate.answered) == (1, 0, 0)


def test_the_rate_is_not_flattered_by_those_who_answer_at_once() -> None:
    # Everybody is asked on one of the last 40 days; 2 of 5 answer, after a day; the others are nudged after seven
    # business days. Whatever the day of asking, the true rate is 40 %.
    days = [NOW - timedelta(days=number % 40, hours=1) for number in range(400)]
    logs = {
        f"P{number}": [touch("asked", at)]
        + ([touch("replied", at + timedelta(days=1))] if number // 40 % 5 < 2 and at + timedelta(days=1) < NOW else [])
        + ([touch("nudged", at + timedelta(days=9))] if number // 40 % 5 >= 2 and at + timedelta(days=9) < NOW else [])
        for number, at in enumerate(days)
    }
    for rate in response_rates(read(logs), NOW, by=Grouping.WEEK):
        assert rate.rate is None or rate.rate == pytest.approx(0.4)


@pytest.mark.parametrize("answer", ["replied", "accepted", "declined", "scheduled", "met", "thanked"])
def test_a_yes_a_no_and_a_meeting_are_answers(answer: str) -> None:
    rate = only(response_rates(read({"Ada": log("asked", answer)}), NOW))
    assert (rate.answered, rate.rate) == (1, 1.0)


def test_what_came_before_the_ask_is_no_answer_to_it() -> None:
    told = [touch("met", on(1)), touch("asked", on(2)), touch("thanked", on(3)), touch("note", on(4))]
    assert only(response_rates(read({"Ada": told}), NOW)).answered == 0


def test_who_was_met_without_being_asked_is_in_no_rate() -> None:
    assert response_rates(read({"Ada": log("met", "thanked")}), NOW) == ()


def test_the_most_asked_come_first_but_times_keep_their_order() -> None:
    people = [
        *read({"Ada": [touch("asked", on(2))]}, Source.EVENT),
        *read({"Ben": [touch("asked", on(1))], "Cleo": [touch("asked", on(2))]}, Source.FRIEND),
        *read({"Dan": [], "Eve": [], "Fay": []}, Source.EVENT),  # known, not asked
    ]
    assert [(rate.group, rate.asked) for rate in response_rates(people, NOW)] == [("friend", 2), ("event", 1)]
    weekdays = response_rates(people, NOW, by=Grouping.WEEKDAY)
    assert [(rate.group, rate.asked) for rate in weekdays] == [("monday", 1), ("tuesday", 2)]


def test_five_decided_asks_are_no_longer_few() -> None:
    logs = {f"P{number}": log("asked", "replied") for number in range(5)}
    assert only(response_rates(read(logs)[:4], NOW)).small
    assert not only(response_rates(read(logs), NOW)).small


@given(st.lists(st.tuples(st.sampled_from(Source), random_logs(most=5)), max_size=6))
def test_the_groups_add_up_whatever_happened(made: list[tuple[Source, list[Touch]]]) -> None:
    people = [history(person(f"P{n}", source=source), touches) for n, (source, touches) in enumerate(made)]
    totals = set()
    for by in Grouping:
        rates = response_rates(people, AFTER_ALL, by=by)
        assert all(0 <= rate.answered <= rate.decided for rate in rates)
        assert all(len(rate.people) == rate.asked for rate in rates)
        totals.add(tuple(sum(getattr(rate, word) for rate in rates) for word in ("asked", "answered", "recent")))
        assert response_sentence(rates, {}).endswith(".")
    assert len(totals) == 1


def rate(group: str, answered: int, decided: int, pending: int = 0, early: int = 0) -> ResponseRate:
    low, high = wilson_interval(answered, decided)
    share = answered / decided if decided else None
    return ResponseRate(
        group=group,
        asked=decided + pending + early,
        answered=answered,
        pending=pending,
        early=early,
        rate=share,
        low=low,
        high=high,
        small=decided < 5,
    )


@pytest.mark.parametrize(
    ("rates", "sentence"),
    [
        ([], "Nobody has been asked yet."),
        ([rate("a", 0, 0, 1)], "One person has been asked, too recently for a rate."),
        ([rate("a", 0, 0, 0, 1)], "One person has been asked, too recently for a rate, and has answered."),
        ([rate("a", 0, 0, 2)], "All 2 people asked so far were asked too recently for a rate."),
        (
            [rate("a", 0, 0, 2, 1)],
            "All 3 people asked so far were asked too recently for a rate, though 1 has answered already.",
        ),
        ([rate("a", 1, 1)], "The one person who had time to answer did."),
        (
            [rate("a", 0, 1, 1)],
            "The one person who had time to answer did not; 1 more was asked too recently to count.",
        ),
        (
            [rate("a", 8, 10, 2)],
            "8 of the 10 people who had time to answer did (80 %; 95 % interval 49 % to 94 %); "
            "2 more were asked too recently to count.",
        ),
        (
            [rate("a", 8, 10, 2, 3)],
            "8 of the 10 people who had time to answer did (80 %; 95 % interval 49 % to 94 %); "
            "5 more were asked too recently to count, though 3 have answered already.",
        ),
        (
            [rate("a", 4, 8), rate("b", 2, 2)],
            "6 of the 10 people who had time to answer did (60 %; 95 % interval 31 % to 83 %). "
            "Too few have had time to answer to compare groups.",
        ),
        (
            [rate("a", 4, 8), rate("b", 2, 8)],
            "6 of the 16 people who had time to answer did (38 %; 95 % interval 18 % to 61 %). "
            "Of the groups of five or more, the highest share is Alumni (4 of 8), but that can still be chance.",
        ),
        (
            [rate("b", 2, 40), rate("a", 38, 40)],
            "40 of the 80 people who had time to answer did (50 %; 95 % interval 39 % to 61 %). "
            "Of the groups of five or more, the highest share is Alumni (38 of 40).",
        ),
        (
            [rate("a", 3, 6), rate("b", 3, 6)],
            "6 of the 12 people who had time to answer did (50 %; 95 % interval 25 % to 75 %). "
            "No group of five or more stands out.",
        ),
    ],
)
def test_the_sentence_reads_the_rates_truly(rates: list[ResponseRate], sentence: str) -> None:
    assert response_sentence(rates, {"a": "Alumni"}) == sentence


@pytest.mark.parametrize(
    ("decided", "missing"),
    [([], 10), ([9], 5), ([3], 7), ([4, 4, 4], 2), ([5, 1], 4), ([5, 5], 0), ([9, 6, 1], 0)],
)
def test_it_is_known_how_many_asks_are_missing_until_two_groups_have_five(decided: list[int], missing: int) -> None:
    assert asks_to_compare([rate(f"g{number}", 0, count) for number, count in enumerate(decided)]) == missing


def test_what_is_not_said_is_no_group_to_compare() -> None:
    assert asks_to_compare([rate("", 3, 9), rate("monday", 3, 9)]) == 5


@pytest.mark.parametrize(
    ("rates", "sentence"),
    [
        (
            [rate("monday", 2, 4), rate("", 5, 9)],
            "Too early to tell weekdays apart: at least 6 more people must have had time to answer, "
            "so that two have five.",
        ),
        (
            [rate("monday", 2, 4), rate("friday", 2, 5)],
            "Too early to tell weekdays apart: at least one more person must have had time to answer, "
            "so that two have five.",
        ),
        (
            [rate("monday", 4, 8), rate("friday", 2, 8), rate("", 9, 9)],
            "Of the groups of five or more, the highest share is Monday (4 of 8), but that can still be chance.",
        ),
        (
            [rate("monday", 38, 40), rate("friday", 2, 40)],
            "Of the groups of five or more, the highest share is Monday (38 of 40).",
        ),
    ],
)
def test_the_sentence_about_the_time_to_ask_claims_no_more_than_there_is(
    rates: list[ResponseRate], sentence: str
) -> None:
    assert timing_sentence(rates, {"monday": "Monday"}, "weekdays") == sentence


@pytest.mark.parametrize("days", ["ab", "abcde"])
@pytest.mark.parametrize("asks", [5, 12, 40])
def test_a_difference_that_is_chance_is_hardly_ever_claimed(asks: int, days: str) -> None:
    # weekdays that all answer in 40 of 100 cases; a claim in more than 2 of 100 such logs would be too many
    random, claims, tries = Random(1), 0, 1500
    for _ in range(tries):
        week = [rate(day, sum(random.random() < 0.4 for _ in range(asks)), asks) for day in days]
        sentence = timing_sentence(week, {}, "weekdays")
        claims += "highest share" in sentence and "chance" not in sentence
    assert claims / tries <= 0.02

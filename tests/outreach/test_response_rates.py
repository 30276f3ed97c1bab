"""Who answers, and how sure one can be."""

from __future__ import annotations

from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from outreach_builders import AFTER_ALL, log, on, person, random_logs, touch

from iiplan.errors import InputError
from iiplan.model import Authority, Cadence, Channel, Contact, Source, Touch
from iiplan.outreach import ResponseRate, Rules, response_rates, response_sentence, wilson_interval

NOW = on(31)  # Wednesday 31 March 2027; asks of the 1st are long decided


def only(rates: tuple[ResponseRate, ...]) -> ResponseRate:
    (rate,) = rates
    return rate


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


@settings(deadline=None)
@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_its_share_and_mirrors(pair: tuple[int, int]) -> None:
    successes, trials = pair
    low, high = wilson_interval(successes, trials)
    assert 0 <= low <= successes / trials <= high <= 1
    mirrored = wilson_interval(trials - successes, trials)
    assert (1 - high, 1 - low) == pytest.approx(mirrored, abs=1e-12)


def test_the_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    # exact coverage for n = 20, averaged over true shares from 5 to 95 %
    trials, covered = 20, []
    for percent in range(5, 96):
        truth = percent / 100
        held = 0.0
        for k in range(trials + 1):
            low, high = wilson_interval(k, trials)
            if low <= truth <= high:
                held += comb(trials, k) * truth**k * (1 - truth) ** (trials - k)
        covered.append(held)
    assert sum(covered) / len(covered) == pytest.approx(0.95, abs=0.01)


def test_a_pending_ask_is_no_failure() -> None:
    contacts = [person(name, source=Source.ALUMNI) for name in ("Ada", "Ben", "Cleo")]
    logs = {
        "ada": [touch("asked", on(1)), touch("replied", on(2))],
        "ben": [touch("asked", on(1))],
        "cleo": [touch("asked", on(30))],
    }
    rate = only(response_rates(contacts, logs, NOW))
    low, high = wilson_interval(1, 2)
    assert rate == ResponseRate(
        group="alumni", asked=3, answered=1, pending=1, rate=1 / 2, low=low, high=high, small=True
    )


def test_an_ask_is_pending_until_the_patience_is_over() -> None:
    contacts, logs = [person("Ada")], {"ada": [touch("asked", on(1))]}
    assert only(response_rates(contacts, logs, on(9))).pending == 1  # six business days
    assert only(response_rates(contacts, logs, on(10))).pending == 0  # seven
    assert only(response_rates(contacts, logs, on(10), rules=Rules(cadence=Cadence(nudge_after=8)))).pending == 1


def test_a_nudge_gives_new_time_to_answer() -> None:
    logs = {"ada": [touch("asked", on(1)), touch("nudged", on(29))]}
    assert only(response_rates([person("Ada")], logs, NOW)).pending == 1


@pytest.mark.parametrize("answer", ["replied", "accepted", "declined", "scheduled", "met", "thanked"])
def test_a_yes_a_no_and_a_meeting_are_answers(answer: str) -> None:
    rate = only(response_rates([person("Ada")], {"ada": log("asked", answer)}, NOW))
    assert (rate.answered, rate.rate) == (1, 1.0)


def test_what_came_before_the_ask_is_no_answer_to_it() -> None:
    logs = {"ada": [touch("met", on(1)), touch("asked", on(2)), touch("thanked", on(3)), touch("note", on(4))]}
    assert only(response_rates([person("Ada")], logs, NOW)).answered == 0


def test_who_was_met_without_being_asked_is_in_no_rate() -> None:
    assert response_rates([person("Ada")], {"ada": log("met", "thanked")}, NOW) == ()


def test_people_can_be_grouped_by_each_word() -> None:
    contacts = [
        person("Ada", source=Source.FAMILY, authority=Authority.PEER, organisation="Acme"),
        person("Ben", source=Source.EVENT, authority=Authority.PEER, organisation=" acme "),
        person("Cleo", source=Source.EVENT),
    ]
    logs = {
        "ada": [touch("asked", on(1), channel=Channel.PHONE), touch("nudged", on(9), channel=Channel.EMAIL)],
        "ben": [touch("asked", on(1))],
        "cleo": [touch("asked", on(1), channel=Channel.EMAIL)],
    }

    def groups(by: str) -> dict[str, int]:
        return {rate.group: rate.asked for rate in response_rates(contacts, logs, NOW, by=by)}  # type: ignore[arg-type]

    assert groups("source") == {"event": 2, "family": 1}
    assert groups("authority") == {"peer": 2, "unknown": 1}
    assert groups("organisation") == {"Acme": 2, "": 1}
    assert groups("channel") == {"phone": 1, "": 1, "email": 1}  # of the first ask
    with pytest.raises(InputError, match="Cannot group by 'mood'"):
        groups("mood")


def test_five_decided_asks_are_no_longer_few() -> None:
    names = [f"P{n}" for n in range(5)]
    logs = {name.lower(): log("asked", "replied") for name in names}
    assert only(response_rates([person(name) for name in names[:4]], logs, NOW)).small
    assert not only(response_rates([person(name) for name in names], logs, NOW)).small


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(Source), random_logs(most=5)), max_size=6))
def test_the_groups_add_up_whatever_happened(made: list[tuple[Source, list[Touch]]]) -> None:
    contacts = [Contact(id=str(n), name=f"P{n}", source=source) for n, (source, _) in enumerate(made)]
    logs = {str(n): touches for n, (_, touches) in enumerate(made)}
    by_source = response_rates(contacts, logs, AFTER_ALL)
    by_channel = response_rates(contacts, logs, AFTER_ALL, by="channel")
    for rates in (by_source, by_channel):
        assert all(0 <= rate.answered <= rate.asked - rate.pending for rate in rates)
    assert sum(rate.asked for rate in by_source) == sum(rate.asked for rate in by_channel)
    assert response_sentence(by_source, {}).endswith(".")


def rate(group: str, answered: int, decided: int, pending: int = 0) -> ResponseRate:
    low, high = wilson_interval(answered, decided)
    share = answered / decided if decided else None
    return ResponseRate(
        group=group,
        asked=decided + pending,
        answered=answered,
        pending=pending,
        rate=share,
        low=low,
        high=high,
        small=decided < 5,
    )


@pytest.mark.parametrize(
    ("rates", "sentence"),
    [
        ([], "Nobody has been asked yet."),
        ([rate("a", 0, 0, 1)], "One person has been asked, too recently to count as unanswered."),
        ([rate("a", 0, 0, 2)], "All 2 people asked so far were asked too recently to count."),
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
            [rate("a", 4, 8), rate("b", 2, 2)],
            "6 of the 10 people who had time to answer did (60 %; 95 % interval 31 % to 83 %). "
            "There are too few answers yet to compare groups.",
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

"""How long people stay in each stage, and one person's course in words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from outreach_builders import AFTER_ALL, log, on, person, random_logs, touch, void
from scipy.stats import CensoredData, ecdf

from iiplan.model import Cadence, Stage, Touch
from iiplan.outreach import (
    History,
    Rules,
    StageTime,
    course_sentence,
    days_in_words,
    history,
    stage_at,
    stage_time_sentence,
    stage_times,
    standing,
    stretches,
)
from iiplan.outreach.stage_times import left_within
from iiplan.outreach.stages import silent_from

LABELS = {stage: str(stage).replace("_", " ").capitalize() for stage in Stage}


def ada(*touches: Touch) -> History:
    return history(person("Ada"), touches)


def course(one: History, now: datetime, rules: Rules | None = None) -> list[tuple[str, datetime, datetime, bool]]:
    """A person's stretches as plain data."""
    return [(s.stage, s.start, s.end, s.running) for s in stretches(one, now, rules or Rules())]


def test_each_stage_lasts_until_the_next_and_the_last_goes_on() -> None:
    one = ada(touch("asked", on(1)), touch("accepted", on(3)), touch("scheduled", on(4)))
    assert course(one, on(6)) == [
        ("asked", on(1), on(3), False),
        ("accepted", on(3), on(4), False),
        ("scheduled", on(4), on(6), True),
    ]


def test_silence_begins_with_the_day_on_which_patience_is_over() -> None:
    # Monday the 1st and seven business days: Wednesday the 10th
    one = ada(touch("asked", on(1)))
    assert course(one, on(9, 23, 59)) == [("asked", on(1), on(9, 23, 59), True)]
    assert course(one, on(10, 0)) == [("asked", on(1), on(10, 0), False), ("silent", on(10, 0), on(10, 0), True)]


def test_silence_waits_for_public_holidays_and_for_the_users_own_patience() -> None:
    one = ada(touch("asked", on(1)))
    rules = Rules(cadence=Cadence(nudge_after=2), holidays=frozenset({date(2027, 3, 2)}))
    assert course(one, on(5), rules)[0] == ("asked", on(1), on(4, 0), False)  # Wednesday 1, Thursday 2


def test_a_nudge_ends_the_silence_and_a_note_does_not() -> None:
    noted = ada(touch("asked", on(1)), touch("note", on(12)))
    assert [stage for stage, *_ in course(noted, on(13))] == ["asked", "silent"]
    nudged = ada(touch("asked", on(1)), touch("nudged", on(12)), touch("replied", on(15)))
    assert course(nudged, on(16)) == [
        ("asked", on(1), on(10, 0), False),
        ("silent", on(10, 0), on(12), False),
        ("asked", on(12), on(15), False),
        ("replied", on(15), on(16), True),
    ]


def test_touches_that_leave_the_stage_as_it_is_make_one_stretch() -> None:
    one = ada(touch("met", on(1)), touch("met", on(2)), touch("note", on(3)))
    assert course(one, on(4)) == [("met", on(1), on(4), True)]


def test_nothing_and_what_lies_ahead_make_no_stretch() -> None:
    assert course(ada(), on(1)) == []
    assert course(ada(touch("asked", on(2))), on(1)) == []


@settings(max_examples=100)
@given(random_logs(), st.integers(0, 70 * 24))
def test_the_stretches_tile_the_time_from_the_first_touch_to_now(entries: list[Touch], hours: int) -> None:
    now = datetime(2027, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
    one = history(person("Ada"), entries)
    found = stretches(one, now)
    past = [held for held in one.touches if held.at <= now]
    assert bool(found) == bool(past)
    if past:
        assert (found[0].start, found[-1].end) == (past[0].at, now)
        assert [s.running for s in found] == [False] * (len(found) - 1) + [True]
        assert found[-1].stage is stage_at(standing(past), now)
    for before, after in pairwise(found):
        assert before.end == after.start
        assert before.stage is not after.stage


@settings(max_examples=60)
@given(random_logs(), st.sampled_from([None, *map(ZoneInfo, ["Asia/Kathmandu", "America/New_York"])]))
def test_silence_begins_at_the_moment_at_which_the_stage_turns_silent(
    entries: list[Touch], zone: ZoneInfo | None
) -> None:
    known, rules = standing(entries), Rules(zone=zone)
    begins = silent_from(known, rules)
    if begins is None:
        assert known.stage is not Stage.ASKED
    else:
        assert stage_at(known, begins, rules) is Stage.SILENT
        assert stage_at(known, begins - timedelta(microseconds=1), rules) is Stage.ASKED


@settings(max_examples=60)
@given(random_logs())
def test_taking_a_touch_back_is_as_if_it_had_never_been(entries: list[Touch]) -> None:
    extra = touch("met", on(1))
    taken_back = stretches(history(person("Ada"), [*entries, extra, void(extra)]), AFTER_ALL)
    assert taken_back == stretches(history(person("Ada"), entries), AFTER_ALL)


def test_half_and_quarters_count_those_still_there_for_as_long_as_they_were_seen() -> None:
    # Left after 1, 3 and 6 days, still there after 2 and 6. Still there: 4/5 after day 1; 4/5 · 2/3 = 8/15 after
    # day 3 (the one of day 2 is out of sight); 8/15 · 1/2 = 4/15 after day 6; a quarter of 1/4 is never reached.
    assert left_within([(1, True), (2, False), (3, True), (6, True), (6, False)]) == (3, 6, None)


def test_without_anybody_still_there_the_days_are_those_of_the_people_in_order() -> None:
    assert left_within([(days, True) for days in (4, 1, 3, 2)]) == (1, 2, 3)
    assert left_within([]) == (None, None, None)
    assert left_within([(9, False)]) == (None, None, None)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 12).map(float), st.booleans()), min_size=1, max_size=30))
def test_the_days_agree_with_scipy(spent: list[tuple[float, bool]]) -> None:
    ended = [days for days, over in spent if over]
    staying = ecdf(CensoredData(ended, right=[days for days, over in spent if not over])).sf
    for share, days in zip((0.25, 0.5, 0.75), left_within(spent), strict=True):
        # only days on which somebody left
        reached = [q for q, p in zip(staying.quantiles, staying.probabilities, strict=True) if p <= 1 - share + 1e-9]
        assert days == (min(reached) if reached else None)
    assert not np.isnan(staying.probabilities).any()


def test_each_stage_counts_who_left_and_who_is_still_there() -> None:
    people = [
        history(person("Ada"), [touch("asked", on(1)), touch("accepted", on(3))]),
        history(person("Ben"), [touch("asked", on(1), "ben"), touch("accepted", on(5), "ben"), touch("met", on(6))]),
        history(person("Cleo"), [touch("note", on(1), "cleo")]),  # identified: since when is not in the log
    ]
    asked, accepted, met = stage_times(people, on(9))
    assert (asked.stage, asked.ended, asked.running, asked.half) == (Stage.ASKED, 2, 0, 2.0)
    assert (accepted.stage, accepted.ended, accepted.running) == (Stage.ACCEPTED, 1, 1)
    assert (accepted.half, accepted.three_quarters) == (1.0, None)  # one of two left after a day
    assert (met.stage, met.ended, met.running, met.half) == (Stage.MET, 0, 1, None)
    assert stage_times([], on(1)) == ()


def timed(stage: Stage, ended: int, running: int, half: float | None) -> StageTime:
    return StageTime(stage=stage, ended=ended, running=running, quarter=half, half=half, three_quarters=None)


@pytest.mark.parametrize(
    ("times", "sentence"),
    [
        ([], "Nothing has happened yet, so there is no time to count."),
        (
            [timed(Stage.ASKED, 9, 0, 3), timed(Stage.MET, 4, 0, 1), timed(Stage.REPLIED, 0, 4, None)],
            "Too few people have been in the stages that wait for you (Replied, Accepted, Met) to say how long "
            "they stay.",
        ),
        (
            [timed(Stage.REPLIED, 5, 0, 2.5), timed(Stage.MET, 6, 2, 0.5)],
            "Of the stages that wait for you, half left Replied within 2.5 days (5 left) and Met within 12 hours "
            "(6 left, 2 still there).",
        ),
        (
            [timed(Stage.ACCEPTED, 1, 8, None), timed(Stage.MET, 5, 1, 1)],
            "Of the stages that wait for you, half left Met within 1 day (5 left, 1 still there); fewer than half "
            "have left Accepted (1 left, 8 still there).",
        ),
    ],
)
def test_the_sentence_names_only_stages_that_wait_for_us_and_have_enough(times: list[StageTime], sentence: str) -> None:
    assert stage_time_sentence(times, LABELS) == sentence


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "under an hour"),
        (1 / 24, "1 hour"),
        (0.5, "12 hours"),
        (23.9 / 24, "1 day"),
        (1.04, "1 day"),
        (2.5, "2.5 days"),
        (34.4, "34 days"),
    ],
)
def test_days_are_written_as_people_say_them(days: float, words: str) -> None:
    assert days_in_words(days) == words


@pytest.mark.parametrize(
    ("touches", "now", "sentence"),
    [
        ([], on(1), "Nothing has happened yet."),
        ([touch("note", on(1))], on(2), "No ask yet."),
        ([touch("asked", on(1))], on(1, 12), "Asked on Mon 1 Mar 2027, no answer yet."),
        ([touch("asked", on(1))], on(3), "Asked on Mon 1 Mar 2027, no answer in 2 business days."),
        (
            [touch("asked", on(1))],
            on(11),
            "Asked on Mon 1 Mar 2027, no answer in 8 business days, silent since Wed 10 Mar 2027.",
        ),
        (
            [touch("asked", on(1)), touch("accepted", on(4)), touch("met", on(8)), touch("thanked", on(9))],
            on(10),
            "Asked on Mon 1 Mar 2027, answered after 3 business days, met on Mon 8 Mar 2027, "
            "thanked since Tue 9 Mar 2027.",
        ),
        (
            [touch("asked", on(5)), touch("declined", on(6)), touch("asked", on(8))],
            on(9),
            "Asked on Fri 5 Mar 2027, answered before the next business day, asked again on Mon 8 Mar 2027.",
        ),
        (
            [touch("asked", on(1)), touch("replied", on(1, 12))],
            on(2),
            "Asked on Mon 1 Mar 2027, answered the same day, replied since Mon 1 Mar 2027.",
        ),
        (
            [touch("met", on(1)), touch("met", on(2))],
            on(3),
            "Met on Mon 1 Mar 2027 and once more, last on Tue 2 Mar 2027.",
        ),
        ([touch("asked", on(1)), touch("met", on(5))], on(2), "Asked on Mon 1 Mar 2027, no answer in 1 business day."),
    ],
)
def test_a_course_is_told_in_a_line(touches: list[Touch], now: datetime, sentence: str) -> None:
    assert course_sentence(ada(*touches), now, LABELS) == sentence


@settings(max_examples=60)
@given(random_logs())
def test_every_course_can_be_told(entries: list[Touch]) -> None:
    told = course_sentence(history(person("Ada"), entries), AFTER_ALL, LABELS)
    assert told.endswith(".")
    assert told[0].isupper()


def test_thousands_of_touches_of_one_moment_are_no_trouble() -> None:
    people = [history(person(f"p{n}"), log("asked", "accepted", "met", who=f"p{n}")) for n in range(300)]
    assert [time.ended for time in stage_times(people, on(1, 12))] == [300, 300, 0]

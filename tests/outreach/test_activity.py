"""What was done in each week."""

from __future__ import annotations

from dataclasses import astuple
from datetime import date, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from outreach_builders import AFTER_ALL, BERLIN, log, on, person, random_logs, touch, void

from iiplan.model import Stage, Touch, TouchKind
from iiplan.outreach import History, Rules, Week, activity, activity_sentence, funnel, history


def people(**logs: list[Touch]) -> list[History]:
    """Each name with their log."""
    return [history(person(name), entries) for name, entries in logs.items()]


def week(day: int, **counts: int) -> Week:
    """The week from a day of March 2027 on."""
    return Week(monday=date(2027, 3, 1) + timedelta(days=day - 1), **counts)


def test_each_thing_counts_in_its_week_and_weeks_without_anything_are_there() -> None:
    ada = [touch("asked", on(2)), touch("replied", on(5)), touch("accepted", on(15)), touch("met", on(17))]
    ben = [touch("asked", on(2), "ben"), touch("nudged", on(16), "ben")]
    assert activity(people(ada=ada, ben=ben), on(24)) == (
        week(1, asked=2, answered=1),
        week(8),
        week(15, accepted=1, nudged=1, met=1),
        week(22),
    )


def test_nobody_and_notes_alone_give_no_week() -> None:
    assert activity([], on(1)) == ()
    assert activity(people(ada=log("note")), on(1)) == ()


def test_a_person_is_asked_answers_and_says_yes_once_but_each_nudge_and_meeting_counts() -> None:
    ada = log("asked", "nudged", "nudged", "replied", "accepted", "met", "asked", "replied", "accepted", "met")
    assert activity(people(ada=ada), on(2)) == (week(1, asked=1, nudged=2, answered=1, accepted=1, met=2),)


def test_a_nudge_that_opens_the_asking_is_the_ask() -> None:
    assert activity(people(ada=log("nudged", "nudged")), on(2)) == (week(1, asked=1, nudged=1),)


def test_an_hour_agreed_at_once_is_a_yes_and_a_no_is_only_an_answer() -> None:
    assert activity(people(ada=log("asked", "scheduled")), on(2)) == (week(1, asked=1, answered=1, accepted=1),)
    assert activity(people(ada=log("asked", "declined")), on(2)) == (week(1, asked=1, answered=1),)


def test_a_thank_you_that_stands_for_a_meeting_counts_as_one_and_others_do_not() -> None:
    assert activity(people(ada=log("thanked")), on(2)) == (week(1, accepted=1, met=1),)
    assert activity(people(ada=log("met", "thanked")), on(2)) == (week(1, accepted=1, met=1),)


def test_a_week_ends_at_midnight_of_sunday_where_the_days_count() -> None:
    ask = touch("asked", on(7, 23, 30))  # Sunday in Berlin, a quarter past four of Monday in Kathmandu
    ada = people(ada=[ask])
    assert activity(ada, on(7, 23, 45)) == (week(1, asked=1),)
    assert activity(ada, on(7, 23, 45), Rules(zone=timezone(timedelta(minutes=345)))) == (week(8, asked=1),)


def test_what_lies_ahead_is_left_out() -> None:
    ada = [touch("asked", on(2)), touch("met", on(9))]
    assert activity(people(ada=ada), on(3)) == (week(1, asked=1),)


def test_what_was_taken_back_does_not_count() -> None:
    first, second = touch("asked", on(2)), touch("asked", on(9))
    assert activity(people(ada=[first, second, void(first)]), on(10)) == (week(8, asked=1),)


LOGS = st.dictionaries(st.sampled_from(["ada", "ben", "cleo", "dan"]), random_logs(most=8), max_size=4)


@settings(max_examples=60)
@given(LOGS)
def test_the_weeks_add_up_to_the_totals_and_follow_one_another(logs: dict[str, list[Touch]]) -> None:
    everybody = [history(person(name), entries) for name, entries in logs.items()]
    weeks = activity(everybody, AFTER_ALL)
    totals = [sum(counts) for counts in zip(*[astuple(one)[1:] for one in weeks], strict=True)] or [0] * 5
    assert totals == [
        sum(one.known.first_ask is not None for one in everybody),
        sum(t.kind is TouchKind.NUDGED and t is not one.known.first_ask for one in everybody for t in one.touches),
        sum(one.known.answered for one in everybody),
        funnel(everybody).step(Stage.ACCEPTED).count,
        totals[4],
    ]
    meetings = sum(t.kind is TouchKind.MET for one in everybody for t in one.touches)
    assert meetings <= totals[4] <= meetings + len(everybody)  # a thank-you stands for one at most once a person
    assert [one.monday for one in weeks] == [weeks[0].monday + timedelta(weeks=n) for n in range(len(weeks))]
    assert all(one.monday.weekday() == 0 for one in weeks)
    if weeks:
        assert weeks[-1].monday <= AFTER_ALL.date() + timedelta(days=1)


@pytest.mark.parametrize(
    ("weeks", "sentence"),
    [
        ([], "Nobody has been asked yet, and nobody met."),
        ([week(1, asked=1)], "This week you asked 1 new person, nobody gave a first answer, and you had no meeting."),
        (
            [week(1, asked=2), week(8, asked=1, answered=1, met=1)],
            "In the 2 weeks so far you asked 3 new people, 1 gave a first answer, and you had 1 meeting.",
        ),
        (
            # the ninth week before last is out of both spans
            [week(1, asked=9), *[week(8 * n, asked=n, answered=1, met=2) for n in range(1, 9)]],
            # 5 + 6 + 7 + 8 = 26 and 1 + 2 + 3 + 4 = 10
            "In the last four weeks, this one included, you asked 26 new people, 4 gave a first answer, and "
            "you had 8 meetings; in the four weeks before: 10 asked, 4 answered, 8 meetings.",
        ),
        (
            [week(1, met=1), *[week(8)] * 4],
            "In the last four weeks, this one included, you asked nobody new, nobody gave a first answer, and "
            "you had no meeting; in the four weeks before: 0 asked, 0 answered, 1 meeting.",
        ),
    ],
)
def test_the_sentence_says_the_counts_of_four_weeks_and_four_before(weeks: list[Week], sentence: str) -> None:
    assert activity_sentence(weeks) == sentence


def test_days_are_those_of_each_touch_without_a_zone() -> None:
    ask = touch("asked", on(8, 1), timezone="America/New_York")  # Monday in Berlin, Sunday evening in New York
    assert activity(people(ada=[ask]), on(8, 2)) == (week(1, asked=1), week(8))
    assert activity(people(ada=[ask]), on(8, 2), Rules(zone=BERLIN)) == (week(8, asked=1),)

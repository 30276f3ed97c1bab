"""Repetitions: examples by hand, and every kind of rule against python-dateutil."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import takewhile

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from iiplan.calendars.busy_rules import Work, occurrences, parse_rule
from iiplan.calendars.busy_values import UnreadableError

PLENTY = 1_000_000


def at(year: int, month: int = 1, day: int = 1, hour: int = 0) -> datetime:
    """A time on the wall clock."""
    return datetime(year, month, day, hour)  # noqa: DTZ001


def times(text: str, start: datetime, first: datetime, last: datetime, work: int = PLENTY) -> list[datetime]:
    return list(occurrences(parse_rule(text), start, first, last, Work(work)))


def days(text: str, start: str, first: str, last: str) -> list[str]:
    found = times(text, *(datetime.fromisoformat(day) for day in (start, first, last)))
    return [f"{one:%Y-%m-%d}" for one in found]


@pytest.mark.parametrize(
    ("rule", "start", "expected"),
    [
        # April 2027 begins on a Thursday
        ("FREQ=MONTHLY;BYDAY=2TU", "2026-01-13", ["2027-04-13"]),
        ("FREQ=MONTHLY;BYDAY=-1FR", "2026-01-30", ["2027-04-30"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "2026-01-31", []),  # April has none
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-01-31", ["2027-04-30"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-01-30", ["2027-04-30"]),  # the last working day
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "2026-02-13", []),  # 13 April is a Tuesday
        ("FREQ=YEARLY", "2001-04-09", ["2027-04-09"]),
        ("FREQ=YEARLY;BYDAY=SU;BYMONTH=4;BYMONTHDAY=8,9,10,11,12,13,14", "2001-04-08", ["2027-04-11"]),
        ("FREQ=YEARLY;BYYEARDAY=100", "2001-04-10", ["2027-04-10"]),  # 31 + 28 + 31 + 10
        ("FREQ=YEARLY;BYWEEKNO=15", "2026-04-07", ["2027-04-13"]),  # on the weekday of the start, a Tuesday
        ("FREQ=WEEKLY;INTERVAL=13;BYDAY=TU,WE", "2026-10-14", ["2027-04-13", "2027-04-14"]),  # 26 weeks on
        ("FREQ=DAILY;INTERVAL=10", "2027-03-25", ["2027-04-04", "2027-04-14", "2027-04-24"]),
        # Friday 26 March is the first, then Monday 29, Friday 2 April, Monday 5
        ("FREQ=WEEKLY;BYDAY=MO,FR;COUNT=4", "2027-03-26", ["2027-04-02", "2027-04-05"]),
        ("FREQ=DAILY;COUNT=2", "2027-04-01", ["2027-04-01", "2027-04-02"]),
    ],
)
def test_a_rule_falls_on_the_days_of_april_2027_that_it_says(rule: str, start: str, expected: list[str]) -> None:
    assert days(rule, start, "2027-04-01", "2027-05-01") == expected


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "WEEKLY",
        "FREQ=WEEKLY;FREQ=DAILY",
        "FREQ=WEEKLY;COUNT=0",
        "FREQ=WEEKLY;INTERVAL=-1",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=MONTHLY;BYDAY=0MO",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=YEARLY;BYMONTH=five",
        "FREQ=WEEKLY;UNTIL=tomorrow",
        "FREQ=YEARLY;RSCALE=CHINESE",
        "FREQ=YEARLY;BYEASTER=0",
    ],
)
def test_what_is_no_rule_is_refused_instead_of_guessed(rule: str) -> None:
    with pytest.raises(UnreadableError, match=r"repetition|no date or time"):
        parse_rule(rule)


@pytest.mark.parametrize("rule", ["freq=weekly; byday=mo;", "FREQ=WEEKLY;BYDAY=MO,"])
def test_small_slips_in_a_rule_do_no_harm(rule: str) -> None:
    assert parse_rule(rule).by_day == ((0, 0),)


def test_a_rule_without_end_costs_no_more_work_than_the_stretch_asked_about() -> None:
    start = at(1900, 1, 1, 9)
    found = times("FREQ=DAILY", start, at(2027, 3, 15), at(2027, 3, 20), work=50)
    assert [one.day for one in found] == [15, 16, 17, 18, 19]


def test_a_counted_rule_that_never_comes_true_ends_when_the_work_is_spent() -> None:
    with pytest.raises(UnreadableError, match="cannot be worked out"):
        times(
            "FREQ=DAILY;COUNT=5;BYMONTHDAY=31;BYMONTH=2",
            at(1, 1, 1),
            at(9000, 1, 1),
            at(9000, 2, 1),
            900,
        )


WEEKDAYS = st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"])


def several(values: st.SearchStrategy[object], most: int = 3) -> st.SearchStrategy[str]:
    return st.lists(values, min_size=1, max_size=most, unique=True).map(lambda found: ",".join(map(str, found)))


def signed(most: int) -> st.SearchStrategy[int]:
    return st.integers(-most, most).filter(bool)


@st.composite
def rules(draw: st.DrawFn) -> str:
    frequency = draw(st.sampled_from(["HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    # dateutil takes "MO,1TU" for Mondays that are a first Tuesday, so all have a number or none
    numbered = frequency in {"MONTHLY", "YEARLY"} and draw(st.booleans())
    ordinals = st.sampled_from(["1", "2", "-1", "5"]) if numbered else st.just("")
    parts = {
        "INTERVAL": st.integers(1, 5),
        "COUNT": st.integers(1, 400),
        "BYDAY": several(st.tuples(ordinals, WEEKDAYS).map("".join)),
        "BYMONTH": several(st.integers(1, 12)),
        "BYMONTHDAY": several(signed(28)),
        "BYHOUR": several(st.integers(0, 23)),
        "BYMINUTE": several(st.integers(0, 59)),
        "WKST": WEEKDAYS,
    }
    if frequency == "YEARLY":
        parts |= {"BYYEARDAY": several(signed(366)), "BYSETPOS": several(signed(5), 2)}
    if frequency == "MONTHLY":
        parts |= {"BYSETPOS": several(signed(5), 2)}
    chosen = draw(st.lists(st.sampled_from(sorted(parts)), max_size=4, unique=True))
    if "BYYEARDAY" in chosen:  # beside the others it may never come true, which dateutil seeks to the year 9999
        chosen = [name for name in chosen if name not in {"BYMONTH", "BYMONTHDAY", "BYDAY"}]
    return ";".join([f"FREQ={frequency}", *(f"{name}={draw(parts[name])}" for name in chosen)])


@given(rules(), st.datetimes(at(2019, 1, 1), at(2021, 1, 1)), st.integers(0, 200), st.integers(1, 40))
@settings(max_examples=150)
def test_every_rule_falls_where_dateutil_puts_it(rule: str, start: datetime, ahead: int, length: int) -> None:
    start = start.replace(second=0, microsecond=0)
    first = start.replace(hour=0, minute=0) + timedelta(days=ahead)
    last = first + timedelta(days=length)
    try:
        known = rrulestr(rule, dtstart=start)
    except ValueError:
        assume(False)
    expected = [one for one in takewhile(lambda one: one < last, known) if one >= first]
    assert times(rule, start, first, last) == expected

"""Business days are Monday to Friday."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iiplan.outreach import add_business_days, business_days_between

DAYS = st.dates(date(2020, 1, 1), date(2035, 1, 1))
# March 2027: Monday 1, Friday 5, Saturday 6, Sunday 7, Monday 8


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (1, 1, 0),
        (1, 4, 3),  # Tuesday, Wednesday, Thursday
        (5, 6, 0),
        (5, 8, 1),  # a weekend is no business day
        (6, 8, 1),
        (6, 7, 0),
        (1, 8, 5),
        (1, 10, 7),
        (8, 5, -1),
        (7, 5, -1),
        (4, 1, -3),
    ],
)
def test_days_after_the_first_up_to_the_last_count(start: int, end: int, days: int) -> None:
    assert business_days_between(date(2027, 3, start), date(2027, 3, end)) == days


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [(1, 3, 4), (5, 1, 8), (6, 1, 8), (7, 0, 7), (8, -1, 5), (7, -1, 5), (1, 5, 8), (6, 5, 12), (3, 7, 12)],
)
def test_adding_skips_weekends(start: int, days: int, end: int) -> None:
    assert add_business_days(date(2027, 3, start), days) == date(2027, 3, end)


@settings(deadline=None)
@given(DAYS, st.integers(-400, 400))
def test_adding_days_and_counting_them_agree(start: date, days: int) -> None:
    end = add_business_days(start, days)
    assert business_days_between(start, end) == days
    assert days == 0 or end.weekday() < 5


@settings(deadline=None)
@given(DAYS, st.integers(0, 60))
def test_counting_agrees_with_counting_on_fingers(start: date, days: int) -> None:
    passed = [start + timedelta(days=n) for n in range(1, days + 1)]
    assert business_days_between(start, start + timedelta(days=days)) == sum(day.weekday() < 5 for day in passed)


def test_a_moment_belongs_to_the_day_of_the_zone_given() -> None:
    late = datetime(2027, 3, 2, 3, 0, tzinfo=UTC)  # Monday evening in Washington
    noon = datetime(2027, 3, 3, 17, 0, tzinfo=UTC)  # Wednesday noon there
    assert business_days_between(late, noon, ZoneInfo("America/New_York")) == 2
    assert business_days_between(late, noon) == 1


def test_a_datetime_keeps_its_clock_time_over_the_change_to_summer_time() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    friday = datetime(2027, 3, 26, 10, 0, tzinfo=berlin)  # clocks go forward on Sunday 28 March
    assert add_business_days(friday, 1) == datetime(2027, 3, 29, 10, 0, tzinfo=berlin)

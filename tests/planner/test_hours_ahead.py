"""Nobody is met in the past: hours that are over are neither planned nor offered, and what happened stays."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from builders import MONDAY, WASHINGTON, a_candidate, a_trip, a_window
from hypothesis import given
from hypothesis import strategies as st

from iiplan.errors import InputError
from iiplan.model import Candidate, TimeWindow, TouchKind
from iiplan.planner import asking, offering, week
from iiplan.planner.ahead import hours_ahead
from iiplan.planner.trips import new_trip
from iiplan.planner.workspace import Workspace


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(MONDAY + timedelta(days=day), time(hour, minute), WASHINGTON)


def when(ws: Workspace, moment: datetime) -> Workspace:
    return Workspace(store=ws.store, now=lambda: moment)


def test_hours_that_are_over_are_planned_no_more(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ann", a_window(day=0), a_window(day=3))
    a_candidate(ws, trip, "Bob", a_window(day=1))
    wednesday = when(ws, at(2, 12))
    planned = week.plan(wednesday, trip)
    assert planned.agenda is not None
    assert [(block.title, block.start.date()) for block in planned.agenda.meetings] == [
        ("Ann", MONDAY + timedelta(days=3))
    ]
    assert [(one.name, one.reason) for one in planned.not_ready] == [("Bob", "All the hours are over. Ask for others.")]
    assert [one.name for one in planned.agenda.left_out] == ["Bob"]


def test_an_hour_under_way_begins_at_the_next_step_of_the_grid(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ann", a_window(day=0, start=9, end=12))
    planned = week.plan(when(ws, at(0, 10, 7)), trip)
    assert planned.agenda is not None
    assert planned.agenda.meetings[0].start >= at(0, 10, 15)


def test_only_hours_ahead_are_offered_also_to_somebody_who_gave_none(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ann")
    found = offering.hours_to_offer(when(ws, at(2, 12)), trip, "ann")
    assert found.all
    assert min(hour.start for hour in found.all) >= at(2, 12)
    with pytest.raises(InputError, match="All the hours are over"):
        offering.hours_to_offer(when(ws, at(9, 12)), trip, "ann")


def test_a_plan_is_not_out_of_date_because_an_hour_has_passed(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ann", a_window(day=0), fixed_start=at(0, 9))
    a_candidate(ws, trip, "Bob", a_window(day=3), a_window(day=0, start=9, end=10))
    week.plan(ws, trip)
    week.agree(ws, trip, "bob", at(3, 14))
    week.plan(ws, trip)
    assert not week.current(when(ws, at(2, 12)), trip).out_of_date


def test_a_plan_is_out_of_date_when_a_proposed_hour_has_passed_and_the_trip_goes_on(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ann", a_window(day=0))
    week.plan(ws, trip)
    assert not week.current(when(ws, at(0, 7)), trip).out_of_date
    assert week.current(when(ws, at(1, 7)), trip).out_of_date
    assert not week.current(when(ws, at(6, 7)), trip).out_of_date


def test_who_was_met_at_a_planned_hour_stays_in_the_plan(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ann", a_window(day=0))
    a_candidate(ws, trip, "Bob", a_window(day=3))
    before = week.plan(ws, trip)
    assert before.agenda is not None
    hours = {block.title: block.start for block in before.agenda.meetings}
    tuesday = when(ws, at(1, 8))
    asking.log(tuesday, "ann", TouchKind.MET, at=hours["Ann"] + timedelta(minutes=30))
    after = week.plan(tuesday, trip)
    assert after.agenda is not None
    assert {block.title: block.start for block in after.agenda.meetings} == hours
    assert not after.out_of_date


TRIP = new_trip(name="t", city="c", timezone="America/New_York", first=MONDAY, last=MONDAY + timedelta(days=4))
windows = st.builds(
    lambda start, length: TimeWindow(
        start=at(0, 0) + timedelta(minutes=start), end=at(0, 0) + timedelta(minutes=start + length)
    ),
    st.integers(0, 7000),
    st.integers(1, 900),
)


@given(st.lists(windows, max_size=5), st.integers(-100, 8000))
def test_what_is_left_lies_ahead_and_is_part_of_what_was_given(given_hours: list[TimeWindow], minute: int) -> None:
    now = at(0, 0) + timedelta(minutes=minute)
    candidate = Candidate(contact_id="a", trip_id="t", windows=tuple(given_hours))
    left = hours_ahead(candidate, now, TRIP)
    kept = left.windows if left else ()
    assert all(window.start >= now for window in kept)
    for window in kept:
        assert any(one.start <= window.start and window.end == one.end for one in given_hours)
    lost = [one for one in given_hours if one.start >= now + timedelta(minutes=TRIP.grid_minutes)]
    assert set(lost) <= set(kept)
    fixed = Candidate(contact_id="a", trip_id="t", windows=tuple(given_hours), fixed_start=at(0, 9))
    assert hours_ahead(fixed, now, TRIP) is fixed

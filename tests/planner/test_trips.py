"""Trips as use cases: which one matters now, days laid out, people added, zones corrected."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from builders import MONDAY, WASHINGTON, a_candidate, a_person, a_trip, a_window

from iiplan.errors import InputError, NotFoundError
from iiplan.model import TouchKind, TripDay
from iiplan.planner import asking, trips
from iiplan.planner.workspace import Workspace


def test_hours_keep_their_clock_time_when_the_trip_gets_another_zone(ws: Workspace) -> None:
    trip = a_trip(ws)
    ten = datetime.combine(MONDAY, time(10), WASHINGTON)
    a_candidate(ws, trip, "Ada", a_window(start=9, end=12), fixed_start=ten)
    trips.save_trip(ws, replace(trip, timezone="Europe/Berlin"))
    candidate = ws.store.candidates(trip.id)[0]
    berlin = ZoneInfo("Europe/Berlin")
    assert candidate.windows[0].start == datetime.combine(MONDAY, time(9), berlin)
    assert candidate.windows[0].end == datetime.combine(MONDAY, time(12), berlin)
    assert candidate.fixed_start == datetime.combine(MONDAY, time(10), berlin)


def test_saving_a_trip_in_its_zone_leaves_hours_alone(ws: Workspace) -> None:
    trip = a_trip(ws)
    candidate = a_candidate(ws, trip, "Ada", a_window())
    trips.save_trip(ws, replace(trip, name="Another name"))
    assert ws.store.candidates(trip.id) == (candidate,)


def test_a_new_trip_takes_weekends_off(ws: Workspace) -> None:
    trip = trips.new_trip(
        name="Two weeks", city="Oslo", timezone="Europe/Oslo", first=MONDAY, last=MONDAY + timedelta(days=13)
    )
    assert [day.date.weekday() for day in trip.days if day.off] == [5, 6, 5, 6]


def test_a_last_day_before_the_first_is_refused() -> None:
    with pytest.raises(InputError, match=r"The last day \(06 Dec 2026\) comes before the first \(07 Dec 2026\)"):
        trips.lay_out_days((), MONDAY, MONDAY - timedelta(days=1), TripDay(date=MONDAY))


def test_days_that_differ_stay_when_the_usual_day_changes(ws: Workspace) -> None:
    trip = a_trip(ws)
    late = replace(trip.days[4], end=time(15))
    trip = trips.change_day(trip, late)
    changed = trips.change_usual(trip, trip.first_day, trip.last_day, replace(trips.usual_day(trip), start=time(10)))
    assert [day.start for day in changed.days] == [time(10)] * 4 + [late.start]
    assert changed.days[4] == late


def test_the_trip_that_matters_is_the_one_under_way_or_next(ws: Workspace) -> None:
    past = replace(a_trip(ws, name="Past"), id="past")
    past = replace(past, days=tuple(replace(day, date=day.date - timedelta(days=60)) for day in past.days))
    ws.store.save_trip(past)
    following = trips.next_trip(ws)
    assert following is not None
    assert following.first_day == MONDAY
    assert trips.trip_named(ws, "past").id == "past"


def test_a_database_without_trips_says_how_to_make_one(ws: Workspace) -> None:
    with pytest.raises(NotFoundError, match="no trip yet"):
        trips.trip_named(ws, None)


def test_people_who_said_yes_and_are_not_on_the_trip_are_proposed(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ada", a_window())
    for name in ("Bo", "Cy"):
        a_person(ws, name)
    for contact_id, kind in (("ada", TouchKind.ACCEPTED), ("bo", TouchKind.ACCEPTED), ("cy", TouchKind.ASKED)):
        asking.log(ws, contact_id, kind)
    assert [contact.name for contact in trips.said_yes(ws, trip)] == ["Bo"]


def test_somebody_taken_off_the_trip_comes_back_with_their_hours(ws: Workspace) -> None:
    trip = a_trip(ws)
    candidate = a_candidate(ws, trip, "Ada", a_window())
    ws.store.remove_candidate(trip.id, "ada", ws.now())
    trips.add_candidates(ws, trip, ["ada"])
    assert ws.store.candidates(trip.id) == (candidate,)


def test_a_touch_that_lies_ahead_is_refused(ws: Workspace) -> None:
    a_person(ws, "Ada")
    with pytest.raises(InputError, match="lies ahead"):
        asking.log(ws, "ada", TouchKind.MET, at=ws.now() + timedelta(days=1))
    assert ws.store.touches() == ()


def test_the_first_day_may_be_any_date() -> None:
    day = date(2028, 2, 29)
    trip = trips.new_trip(name="Leap", city="Oslo", timezone="Europe/Oslo", first=day, last=day)
    assert (trip.first_day, trip.last_day) == (day, day)

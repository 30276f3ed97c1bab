"""The day itself: the next stop, being there, running late, and what fell through."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from builders import WASHINGTON, a_candidate, a_trip, a_window

from iiplan.model import TouchKind, Trip
from iiplan.planner import asking, now, settings, week
from iiplan.planner.now import Stop, clock_words, now_on
from iiplan.planner.workspace import Workspace


def at(clock: str, day: int = 7) -> datetime:
    hour, minute = clock.split(":")
    return datetime(2026, 12, day, int(hour), int(minute), tzinfo=WASHINGTON)


def when(ws: Workspace, moment: datetime) -> Workspace:
    return replace(ws, now=lambda: moment)


@pytest.fixture
def trip(ws: Workspace) -> Trip:
    """Ada at 10:00 and Bo at 11:00 on Monday, both for half an hour; Cy on Tuesday; Di is left out."""
    trip = a_trip(ws)
    for name, hour, day in (("Ada", 10, 0), ("Bo", 11, 0), ("Cy", 10, 1)):
        start = a_window(day=day, start=hour).start
        a_candidate(ws, trip, name, a_window(day=day), duration=30, fixed_start=start)
        asking.log(ws, name.lower(), TouchKind.SCHEDULED, timezone="America/New_York")
    a_candidate(ws, trip, "Di", a_window(start=10, end=11), duration=30, value=1)
    week.plan(ws, trip)
    return trip


def stop_at(ws: Workspace, trip: Trip, moment: datetime) -> Stop:
    stop = now_on(when(ws, moment), trip).stop
    assert stop is not None
    return stop


def test_the_next_stop_is_the_meeting_under_way_and_then_the_next_of_the_day(ws: Workspace, trip: Trip) -> None:
    assert [stop_at(ws, trip, at(clock)).contact.id for clock in ("08:00", "10:29", "10:30", "11:10")] == [
        "ada",
        "ada",
        "bo",
        "bo",
    ]
    over = now_on(when(ws, at("11:30")), trip)
    assert over.stop is None
    assert over.next is not None
    assert over.next.contact_id == "cy"
    assert now_on(when(ws, at("11:30", 8)), trip).next is None


def test_what_the_log_answers_is_no_stop_any_more(ws: Workspace, trip: Trip) -> None:
    asking.log(when(ws, at("10:20")), "ada", TouchKind.MET, timezone="America/New_York", trip_id=trip.id)
    assert stop_at(ws, trip, at("10:21")).contact.id == "bo"
    assert now_on(when(ws, at("10:21")), trip).people == {"ada", "bo"}


def test_somebody_who_never_said_yes_is_no_stop(ws: Workspace, trip: Trip) -> None:
    a_candidate(ws, trip, "Ev", a_window(start=13, end=15), duration=30, value=9)
    week.plan(ws, trip)
    assert now_on(when(ws, at("12:00")), trip).stop is None
    asking.log(ws, "ev", TouchKind.ACCEPTED)
    assert stop_at(ws, trip, at("12:00")).contact.id == "ev"


def test_the_day_is_shown_from_some_hours_before_its_first_meeting(ws: Workspace, trip: Trip) -> None:
    shown = [now.is_near(now_on(when(ws, moment), trip), 4) for moment in (at("05:59"), at("06:00"), at("20:00"))]
    assert shown == [False, True, True]
    assert not now.is_near(now_on(when(ws, at("10:00", 9)), trip), 4)


def test_a_cancelled_meeting_of_today_asks_for_a_stand_in_until_its_hour_is_over(ws: Workspace, trip: Trip) -> None:
    clock = when(ws, at("08:00"))
    touch = asking.log(clock, "ada", TouchKind.CANCELLED, timezone="America/New_York", trip_id=trip.id)
    asking.free_hours(clock, touch)
    assert [block.contact_id for block in now_on(clock, trip).cancelled] == ["ada"]
    assert stop_at(ws, trip, at("08:00")).contact.id == "bo"
    assert now_on(when(ws, at("10:30")), trip).cancelled == ()


def test_being_there_is_kept_for_the_day_and_not_in_the_log(ws: Workspace, trip: Trip) -> None:
    clock = when(ws, at("09:50"))
    before = ws.store.touches()
    stop = stop_at(ws, trip, at("09:50"))
    undo = now.arrive(clock, now_on(clock, trip), stop)
    there = stop_at(ws, trip, at("09:52"))
    assert there.there
    assert clock_words(there, at("09:52")) == ("You are there", "It starts at 10:00, in 8 min.")
    undo()
    assert not stop_at(ws, trip, at("09:52")).there
    assert ws.store.touches() == before


def test_lateness_is_kept_for_the_day_adds_up_and_is_taken_back_step_by_step(ws: Workspace, trip: Trip) -> None:
    clock = when(ws, at("10:15"))
    undos = []
    for _ in range(3):
        day = now_on(clock, trip)
        assert day.stop is not None
        undos.append(now.later_by(clock, day, day.stop))
    day = now_on(clock, trip)
    assert day.stop is not None
    assert day.stop.late == 30
    (delay,) = day.delays  # until 11:00 instead of 10:30, so the way to Bo begins at best when he waits already
    assert delay.block.contact_id == "bo"
    assert delay.block.start == at("11:00")
    assert [block.start for block in week.current(ws, trip).agenda.meetings[:2]] == [at("10:00"), at("11:00")]  # type: ignore[union-attr]
    undos.pop()()
    assert stop_at(ws, trip, at("10:15")).late == 20


def test_a_meeting_that_begins_late_stays_the_stop_for_as_long(ws: Workspace, trip: Trip) -> None:
    clock = when(ws, at("09:50"))
    now.later_by(clock, now_on(clock, trip), stop_at(ws, trip, at("09:50")))
    assert stop_at(ws, trip, at("10:35")).contact.id == "ada"
    assert stop_at(ws, trip, at("10:40")).contact.id == "bo"


def test_the_clock_counts_down_to_leaving_and_never_promises_more_time_than_there_is(ws: Workspace, trip: Trip) -> None:
    stop = stop_at(ws, trip, at("08:00"))
    leave = stop.block.leave_by
    assert leave is not None
    assert clock_words(stop, leave - timedelta(minutes=31, seconds=40))[0] == "Leave in 31 min"
    assert clock_words(stop, leave)[0] == "Be on the way"
    assert clock_words(stop, at("10:00"))[0] == "Under way"
    assert clock_words(replace(stop, block=replace(stop.block, place=None)), at("09:30"))[0] == "Call in 30 min"
    unknown = replace(stop, block=replace(stop.block, leave_by=None))
    assert "no way to it" in clock_words(unknown, at("09:30"))[1]
    assert clock_words(replace(stop, late=10), leave)[0] == "Leave in 10 min"


def test_whom_it_concerns_is_told_in_a_sentence(ws: Workspace, trip: Trip) -> None:
    settings.save_profile(ws, settings.Profile(name="Robin Sample"))
    clock = when(ws, at("09:50"))
    for _ in range(2):
        now.later_by(clock, now_on(clock, trip), stop_at(ws, trip, at("09:50")))
    ada = now_on(clock, trip).delays[0]
    assert now.late_message(clock, ada) == (
        f"Dear Ada, I am late and will be with you at {ada.reaches:%H:%M} instead of 10:00. "
        "I am sorry to keep you waiting. Robin"
    )

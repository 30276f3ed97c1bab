"""Questions about a planned week as use cases: what would it take, who could come instead; each change undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest
from builders import a_candidate, a_trip, a_window

from iiplan.errors import InputError
from iiplan.model import Format, Trip
from iiplan.planner import questions, trips, week
from iiplan.planner.workspace import Workspace
from iiplan.scheduling import (
    AddWindow,
    Drop,
    EarlierStart,
    Edit,
    LaterReturn,
    MakeCall,
    Moment,
    MoveFixed,
    RaiseMost,
    ShorterLunch,
    ShorterMeeting,
)


def a_full_hour(ws: Workspace) -> Trip:
    """Ada, worth more, and Bo want the same hour on Monday; Cy is met on Tuesday."""
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ada", a_window(start=10, end=11), value=9)
    a_candidate(ws, trip, "Bo", a_window(start=10, end=11), value=3)
    a_candidate(ws, trip, "Cy", a_window(day=1, start=10, end=12), value=5)
    return trip


def test_every_way_brings_the_person_in_and_is_worth_what_it_says(ws: Workspace) -> None:
    trip = a_full_hour(ws)
    before = week.plan(ws, trip).agenda
    assert before is not None
    assert "bo" not in {block.contact_id for block in before.meetings}
    ways = questions.would_take(ws, trip, "bo")
    assert 1 <= len(ways) <= 3
    assert [way.gain for way in ways] == sorted((way.gain for way in ways), reverse=True)
    for way in ways:
        take_back = questions.apply(ws, trip, way.edit)
        after = week.plan(ws, ws.store.trip(trip.id)).agenda
        assert after is not None
        assert "bo" in {block.contact_id for block in after.meetings}
        assert after.points - before.points == way.gain
        take_back()
        again = week.plan(ws, ws.store.trip(trip.id)).agenda
        assert again is not None
        assert again.points == before.points


def test_who_fits_the_hole_of_a_cancelled_meeting(ws: Workspace) -> None:
    trip = a_full_hour(ws)
    week.plan(ws, trip)
    found = questions.who_could_come(ws, trip, "ada")
    assert [one.name for one in found] == ["Bo"]
    assert found[0].gain < 0
    assert found[0].start.time() in {time(10), time(10, 15), time(10, 30)}


def test_somebody_who_was_no_part_of_the_plan_has_no_ways(ws: Workspace) -> None:
    trip = a_full_hour(ws)
    a_candidate(ws, trip, "Di")
    week.plan(ws, trip)
    assert questions.would_take(ws, trip, "di") == ()


def test_without_a_plan_there_is_nothing_to_ask_of(ws: Workspace) -> None:
    trip = a_full_hour(ws)
    with pytest.raises(InputError, match="no plan yet"):
        questions.would_take(ws, trip, "bo")


@pytest.mark.parametrize(
    "edit",
    [
        AddWindow(candidate="ada", date=a_window(day=2).start.date(), start=600, end=660),
        MoveFixed(candidate="ada", start=Moment(a_window().start.date(), 840)),
        ShorterMeeting(candidate="ada", minutes=20),
        MakeCall(candidate="ada"),
        Drop(candidate="ada"),
        RaiseMost(date=a_window().start.date(), most=5),
        LaterReturn(date=a_window().start.date(), end=1140),
        EarlierStart(date=a_window().start.date(), start=450),
        ShorterLunch(date=a_window().start.date(), minutes=20),
    ],
    ids=lambda edit: edit.kind,
)
def test_each_kind_of_change_is_made_to_the_trip_and_taken_back(ws: Workspace, edit: Edit) -> None:
    trip = a_full_hour(ws)
    before = (ws.store.trip(trip.id), set(ws.store.candidates(trip.id)))
    take_back = questions.apply(ws, trip, edit)
    assert (ws.store.trip(trip.id), set(ws.store.candidates(trip.id))) != before
    take_back()
    assert (ws.store.trip(trip.id), set(ws.store.candidates(trip.id))) == before


def test_a_change_does_what_it_says(ws: Workspace) -> None:
    trip = a_full_hour(ws)
    monday = trip.days[0]
    questions.apply(ws, trip, LaterReturn(date=monday.date, end=1140))
    questions.apply(ws, ws.store.trip(trip.id), RaiseMost(date=monday.date, most=5))
    questions.apply(ws, ws.store.trip(trip.id), MakeCall(candidate="ada"))
    assert ws.store.trip(trip.id).days[0] == replace(monday, end=time(19), max_meetings=5)
    assert ws.store.candidates(trip.id)[0].format is Format.CALL


def test_a_change_of_a_day_that_is_gone_is_refused(ws: Workspace) -> None:
    trip = a_full_hour(ws)
    shorter = replace(trip, days=trip.days[1:])
    trips.save_trip(ws, shorter)
    with pytest.raises(LookupError, match="not a day of the trip any more"):
        questions.apply(ws, shorter, RaiseMost(date=trip.days[0].date, most=5))

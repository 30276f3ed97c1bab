"""Ways of a trip: own minutes, routing servers, notes, tight ways and calmer weeks; on a real database."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from builders import NEAR, a_candidate, a_person, a_trip, a_window
from fake_valhalla import FakeValhalla

from iiplan.errors import InputError
from iiplan.model import Agenda, Basis, Block, BlockKind, Coordinates, Leg, Place, TravelMode, Trip
from iiplan.planner import calmer, trips, ways, week
from iiplan.planner.workspace import Workspace
from iiplan.scheduling import Progress
from iiplan.travel.servers import RoutingServer, ServerKind

FAR = Place(name="Far", at=Coordinates(latitude=38.93, longitude=-77.03))
NORTH = Place(name="North", at=Coordinates(latitude=38.96, longitude=-77.03))


@pytest.fixture
def trip(ws: Workspace) -> Trip:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ann", a_window())
    a_candidate(ws, trip, "Ben", a_window(), place=FAR)
    return trip


def planned(ws: Workspace, trip: Trip) -> Agenda:
    agenda = week.plan(ws, trip).agenda
    assert agenda is not None
    return agenda


def way_to(agenda: Agenda, name: str) -> tuple[Block, Leg]:
    block = next(way for day in agenda.days for way in day.ways if way.title == f"To {name}")
    assert block.leg is not None
    return block, block.leg


def use(ws: Workspace, fake: FakeValhalla, *modes: TravelMode) -> None:
    for mode in modes:
        ways.save_server(ws, mode, RoutingServer(mode=mode, kind=ServerKind.VALHALLA, url=fake.url))


def test_every_way_of_a_plan_says_where_its_minutes_come_from(ws: Workspace, trip: Trip) -> None:
    agenda = planned(ws, trip)
    for day in agenda.days:
        for way in day.ways:
            assert way.leg is not None
            assert way.leg.minutes == way.minutes
    assert way_to(agenda, "Ann")[1].mode is TravelMode.WALK
    assert way_to(agenda, "Ben")[1].mode is TravelMode.TRANSIT
    block = next(one for one in agenda.meetings if one.title == "Ben")
    assert block.leg == way_to(agenda, "Ben")[1]


def test_own_minutes_make_a_plan_out_of_date_hold_in_the_next_and_can_be_undone(ws: Workspace, trip: Trip) -> None:
    leg = way_to(planned(ws, trip), "Ben")[1]
    undo = ways.change_minutes(ws, leg, 41, None, both=True)
    assert week.current(ws, trip).out_of_date
    changed = way_to(planned(ws, trip), "Ben")[1]
    assert (changed.minutes, changed.basis, changed.mode) == (41, Basis.YOURS, None)
    undo()
    assert ws.store.own_minutes() == {}
    assert way_to(planned(ws, trip), "Ben")[1] == leg


def test_own_minutes_hold_on_another_trip_and_for_another_person_there(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ben", a_window(), place=FAR)
    leg = way_to(planned(ws, trip), "Ben")[1]
    ways.change_minutes(ws, leg, 41, None, both=False)
    other = trips.new_trip(
        name="Again",
        city="Washington",
        timezone="America/New_York",
        first=trip.first_day,
        last=trip.first_day,
    )
    ws.store.save_trip(replace(other, base=trip.base))
    near_far = replace(FAR, at=Coordinates(latitude=38.930004, longitude=-77.029998))  # half a metre off
    a_candidate(ws, other, "Cat", a_window(), place=near_far)
    assert way_to(planned(ws, ws.store.trip(other.id)), "Cat")[1].minutes == 41


def test_minutes_for_one_way_of_travelling_take_the_place_of_those_for_any(ws: Workspace, trip: Trip) -> None:
    leg = way_to(planned(ws, trip), "Ben")[1]
    ways.change_minutes(ws, leg, 41, None, both=True)
    ways.change_minutes(ws, leg, 30, TravelMode.TRANSIT, both=True)
    agenda = planned(ws, trip)
    assert {way.leg.minutes for day in agenda.days for way in day.ways if way.leg and way.leg.basis is Basis.YOURS} <= {
        30
    }
    undo = ways.forget_minutes(ws, leg, both=True)
    assert ws.store.own_minutes() == {}
    undo()
    assert set(ws.store.own_minutes().values()) == {30}


def test_a_server_is_asked_when_planning_and_never_when_a_page_is_drawn(
    ws: Workspace, trip: Trip, valhalla: FakeValhalla
) -> None:
    planned(ws, trip)
    use(ws, valhalla, TravelMode.WALK)
    now = week.current(ws, trip)
    assert valhalla.asked == []
    assert any("has not answered; planning again asks" in note for note in now.notes)
    heard: list[Progress] = []
    agenda = week.plan(ws, trip, progress=heard.append).agenda
    assert agenda is not None
    assert way_to(agenda, "Ann")[1].basis is Basis.ROUTED
    assert any(step.phase == "ways" for step in heard)
    assert not week.current(ws, trip).out_of_date


def test_a_server_is_not_asked_twice_for_the_same_way(ws: Workspace, trip: Trip, valhalla: FakeValhalla) -> None:
    use(ws, valhalla, TravelMode.WALK)
    planned(ws, trip)
    asked = len(valhalla.asked)
    assert asked > 0
    planned(ws, trip)
    assert len(valhalla.asked) == asked
    a_candidate(ws, trip, "Cat", a_window(1), place=NORTH)
    planned(ws, trip)
    later = valhalla.asked[asked:]
    cells = sum(len(one["sources"]) * len(one["targets"]) for one in later)  # type: ignore[arg-type]
    assert cells == 6  # from three known places to the new one, and back


def test_only_the_ways_of_travelling_of_the_trip_are_asked_for(
    ws: Workspace, trip: Trip, valhalla: FakeValhalla
) -> None:
    use(ws, valhalla, TravelMode.WALK, TravelMode.BIKE, TravelMode.CAR)
    planned(ws, trip)  # by public transport, which no server knows
    assert {one["costing"] for one in valhalla.asked} == {"pedestrian"}
    ws.store.save_trip(replace(trip, mode=TravelMode.CAR))
    planned(ws, ws.store.trip(trip.id))
    assert {one["costing"] for one in valhalla.asked} == {"pedestrian", "auto"}


def test_without_an_answer_estimates_stand_in_and_it_is_said_for_how_many_ways(
    ws: Workspace, trip: Trip, valhalla: FakeValhalla
) -> None:
    use(ws, valhalla, TravelMode.WALK)
    valhalla.status = 503
    result = week.plan(ws, trip)
    assert result.asked == (
        f"{valhalla.url[7:]} answered with the error 503 to a question for times. "
        "Estimates stand in for 6 ways on foot.",
    )
    assert result.agenda is not None
    assert way_to(result.agenda, "Ann")[1].basis is Basis.ESTIMATE
    valhalla.status = 200
    assert week.plan(ws, trip).asked == ()


def test_ways_that_a_server_does_not_find_are_counted_in_a_note(
    ws: Workspace, trip: Trip, valhalla: FakeValhalla
) -> None:
    valhalla.cell = lambda _a, _b: None
    use(ws, valhalla, TravelMode.WALK)
    result = week.plan(ws, trip)
    assert result.asked == ()
    leg = way_to(result.agenda, "Ann")[1]  # type: ignore[arg-type]
    assert (leg.unreachable, leg.basis) == (True, Basis.ESTIMATE)
    assert leg.minutes > 0
    assert any("found no way on foot for 2 ways; estimates stand in" in note for note in result.notes)


def test_a_way_much_longer_than_a_detour_is_noted_and_left_as_it_is(ws: Workspace, trip: Trip) -> None:
    leg = way_to(planned(ws, trip), "Ann")[1]
    ways.change_minutes(ws, leg, 300, None, both=False)
    now = week.plan(ws, trip)
    assert any("takes 300 minutes, but" in note and "by way of Ben" in note for note in now.notes)
    ways.change_minutes(ws, leg, 20, None, both=False)
    assert not any("by way of" in note for note in week.current(ws, trip).notes)


def test_places_that_are_not_exact_are_counted_in_a_note(ws: Workspace, trip: Trip) -> None:
    a_candidate(ws, trip, "Cat", a_window(1), place=replace(FAR, within_m=300))
    assert "1 of the places are not exact: the ways to them have up to 15 minutes more." in week.current(ws, trip).notes


def test_how_far_one_walks_is_kept_by_trip(ws: Workspace, trip: Trip) -> None:
    assert ways.ways_of(ws, trip).walk_up_to == 15
    ways.save_walk_up_to(ws, trip, 90)
    ways.save_streets(ws, trip, True)
    assert ways.ways_of(ws, trip).walk_up_to == 90
    assert way_to(planned(ws, trip), "Ben")[1].mode is TravelMode.WALK
    other = a_trip(ws, name="Other")
    assert (ways.ways_of(ws, other).walk_up_to, ways.streets(ws, other)) == (15, False)
    assert ways.streets(ws, trip)
    with pytest.raises(InputError, match="longest way to walk"):
        ways.save_walk_up_to(ws, trip, 999)


def test_a_bike_comes_along_also_on_short_ways(ws: Workspace, trip: Trip) -> None:
    ws.store.save_trip(replace(trip, mode=TravelMode.BIKE))
    assert way_to(planned(ws, ws.store.trip(trip.id)), "Ann")[1].mode is TravelMode.BIKE


def test_servers_that_another_version_kept_are_passed_over(ws: Workspace) -> None:
    ws.store.save_setting(ways.SERVERS, {"walk": {"kind": "teleport", "url": "http://x"}, "bike": 3, "car": {}})
    assert ways.servers(ws) == {}


def test_the_tightest_way_has_the_least_time_for_its_length(ws: Workspace, trip: Trip) -> None:
    agenda = planned(ws, trip)
    found = calmer.tightest(agenda)
    chances = [one.chance for one in found]
    assert chances == sorted(chances, reverse=True)
    assert len(found) == 2
    for one in found:
        assert one.block.available is not None
        assert one.block.available >= one.block.minutes + 10  # one is at the door ten minutes early
        assert 0 <= one.chance < 0.5


def test_lunch_before_a_meeting_takes_time_from_the_way(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ann", place=NEAR, duration=45, fixed_start=a_window(0, 11).start)
    a_candidate(ws, trip, "Ben", place=FAR, duration=45, fixed_start=a_window(0, 14).start)
    day = planned(ws, trip).days[0]
    block = next(way for way in day.ways if way.title == "To Ben")
    lunch = next(one for one in day.blocks if one.kind is BlockKind.LUNCH)
    free, start = a_window(0, 11).start + timedelta(minutes=45 + 15), a_window(0, 14).start
    assert free <= lunch.start < lunch.end <= start
    left = start - lunch.end if lunch.end <= block.start else lunch.start - free
    assert block.available == left.total_seconds() / 60


def test_a_calmer_week_is_solved_again_and_nothing_is_saved(ws: Workspace, trip: Trip) -> None:
    before = planned(ws, trip)
    saved = ws.store.plan(trip.id)
    found = calmer.calmer(ws, trip, more=10)
    # the two meetings lie on a day with ways to each and home: at least three ways, 10 minutes at 4 points each
    assert found.points <= before.points - 3 * 10 * 4
    assert (found.kept, found.lost, found.won, found.proven) == (2, (), (), True)
    assert calmer.calmer(ws, trip, more=0).points == before.points
    assert calmer.calmer(ws, trip).points < before.points  # public transport is late by more than is counted
    assert ws.store.plan(trip.id) == saved


def test_a_calmer_week_names_whom_it_loses(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ann", a_window(0, 9, 10), place=NEAR)
    a_candidate(ws, trip, "Ben", a_window(0, 10, 11), place=FAR)
    assert len(planned(ws, trip).meetings) == 2
    found = calmer.calmer(ws, trip, more=60)
    assert (found.kept, len(found.lost)) == (1, 1)


def test_agreed_meetings_that_a_calmer_week_cannot_keep_are_said(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ann", place=NEAR, fixed_start=a_window(0, 9).start)
    a_candidate(ws, trip, "Ben", place=FAR, fixed_start=a_window(0, 11).start)
    planned(ws, trip)
    assert calmer.calmer(ws, trip, more=5).impossible == ""
    assert "Ann" in calmer.calmer(ws, trip, more=90).impossible


def test_a_plan_that_is_out_of_date_is_not_compared(ws: Workspace, trip: Trip) -> None:
    with pytest.raises(InputError, match="no plan yet"):
        calmer.calmer(ws, trip)
    planned(ws, trip)
    a_person(ws, "Dan")
    a_candidate(ws, trip, "Cat", a_window(1))
    with pytest.raises(InputError, match="out of date"):
        calmer.calmer(ws, trip)

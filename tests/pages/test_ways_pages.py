"""Ways on the pages: the tabs Map and Ways of the Week, how far one walks, and routing servers in the Settings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from builders import a_candidate, a_trip, a_window
from fake_valhalla import FakeValhalla
from page_driver import open_page, press, words
from streamlit.testing.v1 import AppTest

from iiplan.model import Coordinates, Format, Place, TravelMode, Trip
from iiplan.planner import ways, week
from iiplan.planner.workspace import Workspace
from iiplan.travel.servers import RoutingServer, ServerKind

FAR = Place(name="Far", at=Coordinates(latitude=38.93, longitude=-77.03))

Visit = Callable[..., AppTest]


@pytest.fixture
def trip(live: Workspace) -> Trip:
    trip = a_trip(live)
    a_candidate(live, trip, "Ann", a_window())
    a_candidate(live, trip, "Ben", a_window(), place=FAR)
    week.plan(live, trip)
    return trip


@pytest.fixture
def visit(database: Path) -> Visit:
    def opened(page: str, **address: str) -> AppTest:
        return open_page(page, **address)

    return opened


def test_the_agenda_says_by_which_way_and_how_well_it_is_known(visit: Visit, trip: Trip) -> None:
    said = words(visit("week"))
    assert "min walk (estimate, " in said
    assert "min transit (estimate, " in said


def test_minutes_are_changed_on_the_week_page_and_undone(visit: Visit, live: Workspace, trip: Trip) -> None:
    at = visit("week")
    press(at, "Change minutes")
    box = next(one for one in at.number_input if one.label == "Minutes door to door")
    box.set_value(55)
    press(at, "Save")
    assert set(live.store.own_minutes().values()) == {55}
    assert len(live.store.own_minutes()) == 2  # there and back
    assert "55 min from now on, on every trip" in words(at)
    assert "Out of date" in words(at)
    press(at, "Undo")
    assert live.store.own_minutes() == {}


def test_own_minutes_are_shown_as_yours_and_can_be_forgotten(visit: Visit, live: Workspace) -> None:
    trip = a_trip(live)
    a_candidate(live, trip, "Ann", a_window())
    week.plan(live, trip)
    leg = week.current(live, trip).agenda.days[0].ways[0].leg  # type: ignore[union-attr]
    assert leg is not None
    ways.change_minutes(live, leg, 17, None, both=False)
    week.plan(live, trip)
    at = visit("week")
    assert "17 min (yours)" in words(at)
    press(at, "Change minutes")
    press(at, "Forget my minutes")
    assert live.store.own_minutes() == {}


def test_the_tightest_ways_and_a_calmer_week_are_sentences(visit: Visit, trip: Trip) -> None:
    at = visit("week")
    assert "The tightest ways" in words(at)
    assert "late: " in words(at)
    press(at, "Work it out")
    assert "The week is then worth" in words(at)
    assert "it keeps 2 meetings and loses nobody" in words(at)


def test_each_way_links_to_three_maps(visit: Visit, trip: Trip) -> None:
    links = "\n".join(one.value for one in visit("week").markdown)
    for host in ("google.com/maps/dir", "maps.apple.com", "openstreetmap.org/directions"):
        assert host in links


def test_streets_are_off_until_turned_on_and_kept_for_the_trip(visit: Visit, live: Workspace, trip: Trip) -> None:
    at = visit("week")
    spec = at.get("plotly_chart")[0].proto.spec
    assert "tile.openstreetmap.org" not in spec
    assert "2 stops" in words(at)
    next(one for one in at.toggle if one.label.startswith("Streets")).set_value(True).run()
    assert ways.streets(live, trip)
    assert "tile.openstreetmap.org" in at.get("plotly_chart")[0].proto.spec
    assert "Without internet the streets stay away" in words(at)


def test_a_day_can_be_singled_out_on_the_map(visit: Visit, trip: Trip) -> None:
    at = visit("week")
    show = next(one for one in at.button_group if one.label == "Show")
    assert show.options[0] == "All days"
    show.set_value([show.options[1]]).run() if isinstance(show.value, list) else show.set_value(show.options[1]).run()
    assert not at.exception
    assert "1 Ann" in at.get("plotly_chart")[0].proto.spec


def test_a_week_of_calls_has_no_map_and_no_ways(visit: Visit, live: Workspace) -> None:
    trip = a_trip(live)
    a_candidate(live, trip, "Ann", a_window(), format=Format.CALL)
    week.plan(live, trip)
    said = words(visit("week"))
    assert "The plan leads nowhere" in said
    assert "There is nowhere to go" in said


def test_how_far_one_walks_is_set_with_the_trip(visit: Visit, live: Workspace, trip: Trip) -> None:
    at = visit("trip")
    next(one for one in at.number_input if one.label.startswith("Walk when")).set_value(40)
    press(at, "Save the trip")
    assert ways.ways_of(live, trip).walk_up_to == 40


def test_a_routing_server_is_set_asked_and_forgotten(
    visit: Visit, live: Workspace, trip: Trip, valhalla: FakeValhalla
) -> None:
    at = visit("settings", section="ways")
    kind = next(one for one in at.selectbox if one.label == "On foot: ask")
    kind.set_value("valhalla")
    next(one for one in at.text_input if one.label == "Address").set_value(valhalla.url + "/")
    press(at, "Save")
    assert ways.servers(live)[TravelMode.WALK].url == valhalla.url
    assert valhalla.asked == []
    at = visit("week")
    assert valhalla.asked == []
    press(at, "Plan again")
    assert len(valhalla.asked) > 0
    assert "min walk (routed)" in words(at)
    at = visit("settings", section="ways")
    assert "6 answers of servers kept" in words(at)
    press(at, "Forget them")
    assert live.store.count_routed() == 0


def test_an_address_that_is_none_is_refused_with_its_cure(visit: Visit, live: Workspace) -> None:
    at = visit("settings", section="ways")
    next(one for one in at.selectbox if one.label == "On foot: ask").set_value("osrm")
    next(one for one in at.text_input if one.label == "Address").set_value("file:///etc/passwd")
    press(at, "Save")
    assert "not the address of a routing server" in words(at)
    assert ways.servers(live) == {}


def test_a_server_that_is_down_is_named_after_planning(
    visit: Visit, live: Workspace, trip: Trip, valhalla: FakeValhalla
) -> None:
    server = RoutingServer(mode=TravelMode.WALK, kind=ServerKind.VALHALLA, url=valhalla.url)
    ways.save_server(live, TravelMode.WALK, server)
    valhalla.status = 500
    at = visit("week")
    press(at, "Plan again")
    assert "Estimates stand in for 6 ways on foot." in words(at)
    assert "Planned: 2 meetings." in words(at)


def test_minutes_typed_for_one_way_never_stand_beside_another_after_a_new_plan(
    visit: Visit, live: Workspace, trip: Trip
) -> None:
    at = visit("week")
    press(at, "Change minutes")
    next(one for one in at.number_input if one.label == "Minutes door to door").set_value(77).run()
    first = next(block for block in week.current(live, trip).agenda.meetings)  # type: ignore[union-attr]
    live.store.remove_candidate(trip.id, first.contact_id or "", live.now())
    week.plan(live, trip)
    at.run()
    assert not [one for one in at.number_input if one.label == "Minutes door to door"]

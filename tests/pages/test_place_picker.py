"""Finding a place in the forms: in city packs, online at a press of a button, or by a click on a map."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from builders import a_candidate, a_person, a_trip
from nominatim_server import FakeNominatim, fake_nominatim
from page_driver import open_page, press, words
from small_city import CENTRE, small_city
from streamlit.testing.v1 import AppTest

from iiplan.model import Coordinates, OnlineLookup, Place, PlaceOrigin
from iiplan.planner import city_packs
from iiplan.planner.online_lookup import online_lookup, save_online_lookup
from iiplan.planner.workspace import Workspace

VIENNA = Place(name="Hotel", at=Coordinates(latitude=CENTRE[0], longitude=CENTRE[1]))

Visit = Callable[..., AppTest]


@pytest.fixture
def city(live: Workspace, tmp_path: Path) -> Workspace:
    city_packs.add_pack(live, small_city(tmp_path / "a.osm.pbf"), "Neustadt", lambda *_: None)
    return live


@pytest.fixture
def visit(database: Path) -> Visit:
    def opened(page: str, **query: str) -> AppTest:
        return open_page(page, **query)

    return opened


@pytest.fixture
def server() -> Iterator[FakeNominatim]:
    with fake_nominatim() as running:
        yield running


def box(at: AppTest, label: str):  # type: ignore[no-untyped-def]
    return next(one for one in at.text_input if one.label == label)


def letters(at: AppTest):  # type: ignore[no-untyped-def]
    return next(one for one in at.text_area if one.label == "Address for letters")


def edit(visit: Visit, person: str) -> AppTest:
    at = visit("contacts", person=person)
    at.button(key="edit-place").click().run()
    assert not at.exception
    return at


def test_an_address_found_in_a_city_pack_is_saved_with_where_it_came_from(city: Workspace, visit: Visit) -> None:
    a_person(city, "Ada")
    at = edit(visit, "ada")
    box(at, "Address, as on an envelope").set_value("hauptstr. 11")
    letters(at).set_value("typed meanwhile")
    press(at, "Find the address")
    choices = next(one for one in at.radio if one.label.startswith("What"))
    assert choices.options[0] == "Hauptstraße 11, Neustadt"
    assert "Data © OpenStreetMap contributors." in words(at)
    press(at, "Use this place")
    assert box(at, "Address, as on an envelope").value == "Hauptstraße 11, Neustadt"
    # 370 m are 6.01 minutes of walking, rounded up
    assert "Found in a city pack (data © OpenStreetMap contributors): within about 380 m" in words(at)
    assert "That adds 7 minutes to each way there and from there." in words(at)
    assert city.store.contact("ada").place is None  # nothing is saved before the user says so
    press(at, "Save")
    saved = city.store.contact("ada")
    assert saved.place is not None
    assert (saved.place.origin, saved.place.within_m) == (PlaceOrigin.CITY_PACK, 371)
    assert (saved.place.address, saved.address) == ("Hauptstraße 11, Neustadt", "typed meanwhile")


def test_what_the_user_wrote_beside_the_address_stays(city: Workspace, visit: Visit) -> None:
    a_person(city, "Ada")
    at = edit(visit, "ada")
    box(at, "Address, as on an envelope").set_value("Acme, 1200 K St NW, 4th floor")
    press(at, "Find the address")
    press(at, "Use this place")
    press(at, "Save")
    place = city.store.contact("ada").place
    assert place is not None
    assert (place.address, place.within_m) == ("Acme, 1200 K St NW, 4th floor", 0)
    # and the place stays what it was when something else is changed
    at = edit(visit, "ada")
    letters(at).set_value("Somewhere else")
    press(at, "Save")
    assert city.store.contact("ada").place == place


@pytest.mark.parametrize(
    ("address", "sentence"),
    [("", "Type an address or a name in the box first"), ("Elm Street", "No city pack yet, in which addresses are")],
)
def test_without_an_address_or_a_pack_it_says_what_to_do(
    live: Workspace, visit: Visit, address: str, sentence: str
) -> None:
    a_person(live, "Ada")
    at = edit(visit, "ada")
    box(at, "Address, as on an envelope").set_value(address)
    press(at, "Find the address")
    assert sentence in words(at)
    next(one for one in at.button if (one.key or "").endswith("-close")).click().run()
    assert sentence not in words(at)


def test_the_server_is_asked_only_when_it_is_switched_on_and_its_button_pressed(
    live: Workspace, visit: Visit, server: FakeNominatim
) -> None:
    a_person(live, "Ada")
    at = edit(visit, "ada")
    box(at, "Address, as on an envelope").set_value("cafe central")
    press(at, "Find the address")
    assert not [one for one in at.button if one.label.startswith("Ask ")]
    save_online_lookup(live, OnlineLookup(enabled=True, server=server.address))
    press(at, "Find the address")
    assert f"Sends “cafe central” to {server.address[7:]}, and nothing else." in words(at)
    assert server.asked == []
    press(at, "Ask ")
    assert [asked["q"] for asked in server.asked] == ["cafe central"]
    press(at, "Use this place")
    press(at, "Save")
    place = live.store.contact("ada").place
    assert place is not None
    assert (place.name, place.origin) == ("Café Central", PlaceOrigin.NOMINATIM)
    assert len(server.asked) == 1


def test_a_server_that_fails_is_said_in_words_and_loses_nothing(
    live: Workspace, visit: Visit, server: FakeNominatim
) -> None:
    a_person(live, "Ada")
    save_online_lookup(live, OnlineLookup(enabled=True, server=server.address))
    server.status = 503
    at = edit(visit, "ada")
    box(at, "Address, as on an envelope").set_value("cafe central")
    letters(at).set_value("typed meanwhile")
    press(at, "Find the address")
    press(at, "Ask ")
    assert "has trouble of its own (503)" in words(at)
    assert letters(at).value == "typed meanwhile"
    server.status, server.body = 200, []
    press(at, "Ask ")
    assert "knows no such place. Check the spelling, or add the city." in words(at)


def click(at: AppTest, latitude: float, longitude: float) -> None:
    """Click on the map that is shown."""
    key = at.get("plotly_chart")[0].proto.id.split("-", 2)[-1]
    at.session_state[key] = {"selection": {"points": [{"customdata": [latitude, longitude]}]}}


def test_a_click_on_the_map_is_a_place_as_exact_as_the_map(live: Workspace, visit: Visit) -> None:
    a_trip(live, base=VIENNA)
    a_person(live, "Ada")
    at = edit(visit, "ada")
    press(at, "Point at it on a map")
    assert "8 by 8 km, north is up." in words(at)
    press(at, "Use this spot")
    assert "Click on the map first" in words(at)
    click(at, 48.21, 16.38)
    press(at, "Closer")
    assert "4 by 4 km" in words(at)
    click(at, 48.215, 16.385)
    press(at, "Use this spot")
    assert "A click on the map: within about 200 m" in words(at)
    press(at, "Save")
    place = live.store.contact("ada").place
    assert place == Place(at=Coordinates(latitude=48.215, longitude=16.385), origin=PlaceOrigin.MAP_CLICK, within_m=200)


def test_without_any_place_there_is_no_map_to_click_on(live: Workspace, visit: Visit) -> None:
    a_person(live, "Ada")
    at = edit(visit, "ada")
    press(at, "Point at it on a map")
    assert "Nothing is known yet to draw a map around." in words(at)


def test_the_base_and_the_place_to_meet_are_found_the_same_way(city: Workspace, visit: Visit) -> None:
    trip = a_trip(city, base=None)
    at = visit("trip")
    box(at, "Address, as on an envelope").set_value("Café Central")
    press(at, "Find the address")
    press(at, "Use this place")
    press(at, "Save the trip")
    base = city.store.trip(trip.id).base
    assert base is not None
    assert (base.name, base.address) == ("Café Central", "Hauptstraße 2, Neustadt")
    a_candidate(city, trip, "Bo")
    at = visit("trip")
    at.selectbox(key=f"candidate-{trip.id}").set_value("bo").run()
    box(at, "Address, as on an envelope").set_value("university")
    press(at, "Find the address")
    press(at, "Use this place")
    press(at, "Save")
    (candidate,) = city.store.candidates(trip.id)
    assert candidate.place is not None
    assert (candidate.place.name, candidate.place.within_m) == ("University of Neustadt", 366)


@pytest.mark.parametrize(
    ("spot", "sentence"),
    [
        ("https://www.google.com/maps/@48.2,16.37,17z", "Middle of what a map link showed: within about 800 m"),
        ("48.2, 16.37", "Latitude and longitude as typed."),
        ("8FWR6922+22", "A plus code."),
        ("6922+22", "A plus code."),  # counts from the base
        ("nowhere at all", "says no latitude and longitude"),
    ],
)
def test_a_spot_says_where_it_came_from_and_how_exact_it_is(
    live: Workspace, visit: Visit, spot: str, sentence: str
) -> None:
    a_trip(live, base=VIENNA)
    a_person(live, "Ada")
    at = edit(visit, "ada")
    box(at, "Spot on the map").set_value(spot)
    press(at, "Find the address")
    assert sentence in words(at)


def test_settings_switch_the_online_look_up_on_and_undo_it(live: Workspace, visit: Visit) -> None:
    at = visit("settings", section="places")
    assert "No city packs yet." in words(at)
    at.checkbox[0].set_value(True)
    box(at, "Nominatim server").set_value("nonsense")
    press(at, "Save")
    assert "is no address of a Nominatim server" in words(at)
    assert online_lookup(live) == OnlineLookup()
    box(at, "Nominatim server").set_value("http://127.0.0.1:9")
    box(at, "Your e-mail, for the server's keeper").set_value("jo@example.org")
    press(at, "Save")
    assert online_lookup(live) == OnlineLookup(enabled=True, server="http://127.0.0.1:9", email="jo@example.org")
    press(at, "Undo")
    assert online_lookup(live) == OnlineLookup()


def test_settings_list_and_remove_city_packs(city: Workspace, visit: Visit) -> None:
    at = visit("settings", section="places")
    assert "Neustadt · 5 streets, 12 addresses, 6 named places" in words(at).replace("*", "")
    assert "Data © OpenStreetMap contributors." in words(at)
    press(at, "Remove")
    assert "Removed the city pack Neustadt." in words(at)
    assert city_packs.city_packs(city) == ()

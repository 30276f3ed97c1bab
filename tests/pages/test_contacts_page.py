"""The Contacts page: the list with its filters, many changed at once, one person, and organisations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from builders import a_candidate, a_person, a_trip, a_window
from page_driver import open_page, press, words
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Element

from iiplan.model import Authority, Contact, Source, Stage, TouchKind
from iiplan.planner import asking, organisations, people, settings
from iiplan.planner.workspace import Workspace

Visit = Callable[..., AppTest]


@pytest.fixture
def visit(database: Path) -> Visit:
    """Open a page with something in its address."""

    def opened(page: str = "contacts", **address: str | list[str]) -> AppTest:
        return open_page(page, **address)

    return opened


@pytest.fixture
def three(live: Workspace) -> Workspace:
    """Ada and Bo at Acme in Washington, Cleo in Oslo; a trip to Washington ahead of nobody's calendar."""
    a_person(live, "Ada", city="Washington, D.C.", organisation="Acme", authority=Authority.CAN_HIRE)
    a_person(live, "Bo", city="Washington", organisation="Acme", source=Source.FRIEND, tags=("energy",))
    a_person(live, "Cleo", city="Oslo", source=Source.EVENT)
    return live


def field(kind: Sequence[Element], label: str):  # type: ignore[no-untyped-def]
    """The first of some widgets whose label starts so."""
    return next(one for one in kind if one.label.startswith(label))


def names(at: AppTest) -> list[str]:
    """Whom the list shows."""
    return list(at.dataframe[0].value["Name"])


def tick(at: AppTest, *rows: int) -> None:
    """Tick rows of the list."""
    key = at.dataframe[0].proto.id.partition("-")[2].partition("-")[2]  # $$ID-hash-key
    at.session_state[key] = {"selection": {"rows": list(rows), "columns": [], "cells": []}}
    at.run()
    assert not at.exception


def choose(at: AppTest, act: str) -> None:
    """Choose what to do with those that are ticked."""
    field(at.selectbox, "With the").select(act).run()


def stage(ws: Workspace, contact_id: str) -> Stage:
    return people.person(ws, contact_id).stage


# ------------------------------------------------------------------------------------------------------- the list


def test_what_is_typed_and_chosen_narrows_the_list_and_stands_in_the_address(visit: Visit, three: Workspace) -> None:
    at = visit()
    assert names(at) == ["Ada", "Bo", "Cleo"]
    field(at.text_input, "Search").input("acme").run()
    field(at.multiselect, "Tag").select("energy").run()
    assert names(at) == ["Bo"]
    assert "1 of 3 people" in words(at).replace("*", "")
    assert at.query_params == {"q": "acme", "tag": "energy"}
    press(at, "Show everybody")
    assert names(at) == ["Ada", "Bo", "Cleo"]
    assert at.query_params == {}


def test_a_link_with_filters_and_an_order_shows_what_it_says(visit: Visit, three: Workspace) -> None:
    at = visit(city=["washington", "oslo", "nowhere"], source="event", sort="worth")
    assert names(at) == ["Cleo"]
    assert field(at.selectbox, "Sorted by").value == "worth"
    # Ada can hire, Bo is a friend: 10 stars each; Cleo from an event: closeness 2
    assert names(visit(sort="worth")) == ["Ada", "Bo", "Cleo"]
    assert names(visit(sort="city")) == ["Cleo", "Bo", "Ada"]
    assert names(visit(sort="shoe size", stage="unheard of")) == ["Ada", "Bo", "Cleo"]


def test_filters_and_order_are_still_there_after_a_person_was_open(visit: Visit, three: Workspace) -> None:
    at = visit(q="acme", sort="city", person="ada")
    assert "Ada" in [one.value for one in at.subheader]
    press(at, "All contacts")
    assert names(at) == ["Bo", "Ada"]


def test_who_is_in_the_trips_city_is_a_click_from_the_trip_and_all_are_added_with_one(
    visit: Visit, three: Workspace
) -> None:
    trip = a_trip(three)
    at = visit("trip")
    links = [one.proto for one in at.get("page_link")]
    (there,) = [one for one in links if one.label.startswith("Who is in Washington")]
    assert f"only=in_city&trip={trip.id}" in there.query_string
    at = visit(only="in_city", trip=trip.id)
    assert names(at) == ["Ada", "Bo"]
    press(at, "Add all 2 to Washington week")
    assert {one.contact_id: one.value for one in three.store.candidates(trip.id)} == {"ada": 10, "bo": 10}
    press(at, "Undo")
    assert three.store.candidates(trip.id) == ()


def test_a_city_without_anybody_says_what_to_do(visit: Visit, live: Workspace) -> None:
    a_person(live, "Cleo", city="Oslo")
    trip = a_trip(live)
    assert "Nobody in your contacts is noted as being in Washington" in words(visit(only="in_city", trip=trip.id))


def test_a_search_that_nobody_matches_says_so(visit: Visit, three: Workspace) -> None:
    assert "Nobody matches" in words(visit(q="nobody like this"))


# ---------------------------------------------------------------------------------------------- many at once


def test_one_ticked_person_opens(visit: Visit, three: Workspace) -> None:
    at = visit()
    tick(at, 1)
    press(at, "Open")
    assert at.query_params["person"] == "bo"
    assert "Bo" in [one.value for one in at.subheader]


def test_a_tick_never_passes_to_somebody_else_when_the_list_changes(visit: Visit, three: Workspace) -> None:
    at = visit()
    tick(at, 0)
    assert "With the 1 person ticked" in [one.label for one in at.selectbox]
    field(at.text_input, "Search").input("cleo").run()
    assert names(at) == ["Cleo"]
    assert not [one for one in at.selectbox if one.label.startswith("With the")]


def test_ticked_people_get_a_tag_and_one_undo_takes_it_back(visit: Visit, three: Workspace) -> None:
    at = visit()
    tick(at, 0, 2)
    choose(at, "tag")
    field(at.selectbox, "Tag").set_value("energy").run()
    press(at, "Tag 2 people")
    assert "“energy” given to 2 people" in words(at)
    assert {one.id: one.tags for one in three.store.contacts()} == dict.fromkeys(("ada", "bo", "cleo"), ("energy",))
    assert not [one for one in at.selectbox if one.label.startswith("With the")]  # nobody is ticked any more
    press(at, "Undo")
    assert {one.id: one.tags for one in three.store.contacts()} == {"ada": (), "bo": ("energy",), "cleo": ()}


def test_a_tag_is_taken_off_and_a_source_is_said_of_several(visit: Visit, three: Workspace) -> None:
    at = visit()
    tick(at, 0, 1)
    choose(at, "untag")
    field(at.selectbox, "Tag").set_value("energy").run()
    press(at, "Take it off 2 people")
    assert "taken off 1 person" in words(at)
    tick(at, 0, 1)
    choose(at, "source")
    field(at.selectbox, "How found").select(Source.ALUMNI).run()
    press(at, "Say it of 2 people")
    assert [one.source for one in three.store.contacts()] == [Source.ALUMNI, Source.ALUMNI, Source.EVENT]
    press(at, "Undo")
    assert [one.source for one in three.store.contacts()] == [Source.OTHER, Source.FRIEND, Source.EVENT]


def test_asks_that_would_be_too_many_are_named_and_left_out(visit: Visit, three: Workspace) -> None:
    at = visit()
    tick(at, 0, 1, 2)
    choose(at, "ask")
    assert "Bo, Acme: Ada would be asked there too." in words(at)
    press(at, "Log 2 asks, leaving out 1")
    assert [stage(three, who) for who in ("ada", "bo", "cleo")] == [Stage.ASKED, Stage.IDENTIFIED, Stage.ASKED]
    press(at, "Undo")
    assert {stage(three, who) for who in ("ada", "bo", "cleo")} == {Stage.IDENTIFIED}


def test_all_asks_are_logged_when_one_wants_so(visit: Visit, three: Workspace) -> None:
    at = visit()
    tick(at, 0, 1)
    choose(at, "ask")
    press(at, "Log all 2 asks")
    assert (stage(three, "ada"), stage(three, "bo")) == (Stage.ASKED, Stage.ASKED)


# ------------------------------------------------------------------------------------------------ one person


def test_everything_about_a_person_is_on_their_page(visit: Visit, live: Workspace) -> None:
    trip = a_trip(live)
    a_candidate(live, trip, "Bo", a_window(), value=8)
    bo = Contact(
        id="bo",
        name="Bo",
        role="Analyst",
        organisation="Acme",
        city="Oslo",
        email="bo@example.org",
        other_emails=("bo@home.example",),
        phone="555 0100",
        links=("https://bo.example/talks",),
        tags=("energy",),
        address="1 Long Street",
        notes="Likes trains.",
        referred_by="ada",
        authority=Authority.HAS_A_SAY,
        source=Source.ALUMNI,
    )
    a_person(live, "Ada")
    live.store.save_contact(bo)
    a_person(live, "Cleo", referred_by="bo")
    asking.log(live, "bo", TouchKind.REPLIED, note="Write to me.")
    at = visit(person="bo")
    shown = words(at) + "\n".join(one.value for one in at.text)
    for part in ("bo@home.example", "555 0100", "1 Long Street", "Likes trains.", "referred by Ada", "Write to me."):
        assert part in shown
    assert "has a say in hiring 4 · fit ? · knows you (alumni) 3 · keen ? → 7 stars" in shown
    assert "Reply to Bo" in shown
    assert "★ 8; free:" in shown
    links = [one.proto.label.replace("\\", "") for one in at.get("page_link")]
    assert {"Acme", "Ada", "Cleo · identified"} <= set(links)
    assert "https://bo.example/talks" in [one.proto.url for one in at.get("link_button")]
    assert field(at.multiselect, "Tags").value == ["energy"]


def edit(at: AppTest, block: str) -> None:
    """Open the form of a block."""
    next(one for one in at.button if one.key == f"edit-{block}").click().run()
    assert not at.exception


def test_a_block_is_edited_in_place_and_the_undo_leaves_the_rest(visit: Visit, three: Workspace) -> None:
    at = visit(person="ada")
    edit(at, "about")
    field(at.text_input, "City").input("Rome")
    press(at, "Save")
    assert three.store.contact("ada").city == "Rome"
    people.change(three, "ada", notes="typed in another tab")
    press(at, "Undo")
    ada = three.store.contact("ada")
    assert (ada.city, ada.notes) == ("Washington, D.C.", "typed in another tab")


def test_further_ways_to_reach_somebody_are_typed_a_line_each(visit: Visit, three: Workspace) -> None:
    at = visit(person="ada")
    edit(at, "reach")
    field(at.text_area, "E-mail").input("ada@example.org\n\nada at home")
    press(at, "Save")
    assert "'ada at home' is not an e-mail address" in words(at)
    assert "ada at home" in field(at.text_area, "E-mail").value  # nothing typed is lost
    field(at.text_area, "E-mail").input("ada@example.org\nada@home.example")
    press(at, "Save")
    ada = three.store.contact("ada")
    assert (ada.email, ada.other_emails) == ("ada@example.org", ("ada@home.example",))


def test_tags_and_the_parts_of_the_worth_are_saved_with_a_click(visit: Visit, three: Workspace) -> None:
    at = visit(person="ada")
    field(at.multiselect, "Tags").set_value(["energy"]).run()
    assert three.store.contact("ada").tags == ("energy",)
    edit(at, "worth")
    field(at.button_group, "Fit").set_value(1).run()
    assert three.store.contact("ada").fit == 1
    assert "can hire 5 · fit 1" in words(at)
    field(at.button_group, "Your own word").set_value(9).run()
    assert "★ 9 of 10" in words(at)
    press(at, "Undo")
    assert three.store.contact("ada").worth is None


@pytest.mark.parametrize("who", ["ada", "bo"], ids=["the referrer", "who was met"])
def test_a_referrer_who_was_not_told_is_named_with_the_message(visit: Visit, live: Workspace, who: str) -> None:
    a_person(live, "Ada", email="ada@example.org")
    a_person(live, "Bo", referred_by="ada")
    asking.log(live, "bo", TouchKind.MET)
    at = visit(person=who)
    assert "Tell Ada how it went" in words(at)
    next(one for one in at.button if one.key == "told-ada").click().run()
    assert "Dear Ada" in at.code[-1].value
    asking.log(live, "ada", TouchKind.FOLLOWED_UP)
    assert "Tell Ada how it went" not in words(at.run())


# ----------------------------------------------------------------------------------------------- organisations


def test_organisations_are_listed_with_counts(visit: Visit, three: Workspace) -> None:
    asking.log(three, "ada", TouchKind.ASKED)
    table = visit(view="organisations").dataframe[0].value
    assert table.to_dict("records") == [{"Name": "Acme", "People": 2, "Asked": 1, "No answer yet": 1, "Met": 0}]


def test_a_list_without_organisations_says_what_to_do(visit: Visit, live: Workspace) -> None:
    a_person(live, "Ada")
    assert "No organisations yet" in words(visit(view="organisations"))


def test_an_organisation_shows_its_ladder_and_keeps_website_and_notes(visit: Visit, three: Workspace) -> None:
    acme = organisations.organisation_named(three, "acme")
    assert acme is not None
    at = visit(organisation=acme.id)
    shown = words(at)
    assert "Ada is next." in shown
    assert shown.index("Can hire") < shown.index("Authority not known")
    field(at.text_input, "Website").input("acme dot example")
    press(at, "Save")
    assert "is not a web address" in words(at)
    field(at.text_input, "Website").input("https://acme.example")
    field(at.text_area, "Notes").input("Ask about night buses.")
    press(at, "Save")
    kept = organisations.organisation(three, acme.id)
    assert (kept.website, kept.notes) == ("https://acme.example", "Ask about night buses.")
    press(at, "Undo")
    assert organisations.organisation(three, acme.id) == acme


@pytest.mark.parametrize("name", ["person", "organisation"])
def test_a_link_to_nobody_known_shows_the_list(visit: Visit, three: Workspace, name: str) -> None:
    assert names(visit(**{name: "gone"})) == ["Ada", "Bo", "Cleo"]


# ---------------------------------------------------------------------------------------------------- settings


def test_what_worth_is_made_of_is_changed_on_the_settings_page(visit: Visit, three: Workspace) -> None:
    at = visit("settings", section="worth")
    for one in at.slider:
        one.set_value(0)
    press(at, "Save")
    assert "Give at least one part a weight above 0" in words(at)
    field(at.slider, "Fit").set_value(4)
    press(at, "Save")
    assert settings.worth_weights(three).fit == 4
    assert settings.worth_weights(three).authority == 0
    press(at, "Undo")
    assert settings.worth_weights(three).authority == 3

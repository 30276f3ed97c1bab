"""Whom the list of contacts shows and in which order, and what is done with many at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from builders import a_person, a_trip

from iiplan.errors import InputError
from iiplan.model import Authority, Candidate, Channel, Source, Stage, TouchKind, WorthWeights
from iiplan.planner import asking, organisations, people, people_bulk, settings, trips
from iiplan.planner.people_list import Filters, Only, Order, choices, found, in_order
from iiplan.planner.workspace import Workspace, open_workspace


@pytest.fixture
def three(ws: Workspace) -> Workspace:
    """Ada in Chicago and asked, Bo in Chicago, Cleo in Berlin."""
    a_person(ws, "Ada", city="Chicago", organisation="Acme", source=Source.FRIEND, tags=("energy", "PhD"))
    a_person(ws, "Bo", city="chicago ", organisation="Globex", authority=Authority.PEER, notes="met in Łódź")
    a_person(ws, "Cleo", city="Berlin", authority=Authority.CAN_HIRE, other_emails=("cleo@work.example",))
    asking.log(ws, "ada", TouchKind.ASKED)
    return ws


def shown(ws: Workspace, **filters: object) -> list[str]:
    return [one.contact.name for one in found(people.overview(ws), Filters(**filters))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({}, ["Ada", "Bo", "Cleo"]),
        ({"text": "CHICAGO acme"}, ["Ada"]),
        ({"text": "łódź"}, ["Bo"]),
        ({"text": "work.example"}, ["Cleo"]),
        ({"text": "phd"}, ["Ada"]),
        ({"cities": ("chicago",)}, ["Ada", "Bo"]),
        ({"cities": ("chicago", "berlin")}, ["Ada", "Bo", "Cleo"]),
        ({"cities": ("chicago",), "sources": (Source.FRIEND,)}, ["Ada"]),
        ({"authorities": (Authority.PEER, Authority.CAN_HIRE)}, ["Bo", "Cleo"]),
        ({"organisations": ("globex",)}, ["Bo"]),
        ({"tags": ("phd",)}, ["Ada"]),
        ({"stages": (Stage.ASKED,)}, ["Ada"]),
        ({"only": (Only.NOT_ASKED,)}, ["Bo", "Cleo"]),
        ({"cities": ("oslo",)}, []),
    ],
)
def test_all_filters_hold_together(three: Workspace, filters: dict[str, object], names: list[str]) -> None:
    assert shown(three, **filters) == names


def test_who_is_in_the_trips_city_and_not_on_it(three: Workspace) -> None:
    trip = replace(a_trip(three), city="Chicago")
    everybody, both = people.overview(three), Filters(only=(Only.IN_CITY, Only.NOT_ON_TRIP))
    assert [one.contact.id for one in found(everybody, both, trip, {"ada"})] == ["bo"]
    assert found(everybody, Filters(only=(Only.IN_CITY,)), None) == ()


def test_a_note_is_no_ask(three: Workspace) -> None:
    asking.log(three, "bo", TouchKind.NOTE, note="heard of them")
    assert "Bo" in shown(three, only=(Only.NOT_ASKED,))


def test_there_is_a_choice_for_each_spelling_without_regard_to_case(three: Workspace) -> None:
    assert dict(choices(people.overview(three)).cities) == {"berlin": "Berlin", "chicago": "Chicago"}


@pytest.mark.parametrize(
    ("order", "names"),
    [
        (Order.NAME, ["Ada", "Bo", "Cleo"]),
        (Order.WORTH, ["Ada", "Cleo", "Bo"]),  # closeness 5 alone: 10; can hire alone: 10; peer alone: 3
        (Order.LAST_TOUCH, ["Ada", "Bo", "Cleo"]),
        (Order.AUTHORITY, ["Cleo", "Bo", "Ada"]),
        (Order.ORGANISATION, ["Ada", "Bo", "Cleo"]),  # nobody's last
        (Order.CITY, ["Cleo", "Ada", "Bo"]),
        (Order.STAGE, ["Bo", "Cleo", "Ada"]),
    ],
)
def test_the_list_is_sorted(three: Workspace, order: Order, names: list[str]) -> None:
    everybody = people.overview(three)
    assert [one.contact.name for one in in_order(everybody, order, WorthWeights())] == names


# ------------------------------------------------------------------------------------------------- many at once


def tags(ws: Workspace) -> dict[str, tuple[str, ...]]:
    return {one.id: one.tags for one in ws.store.contacts()}


def test_a_tag_is_given_once_and_the_undo_takes_it_from_those_only(three: Workspace) -> None:
    before = people_bulk.tag(three, ["ada", "bo"], " Energy ")
    assert [one.id for one in before] == ["bo"]  # Ada had it in another spelling
    assert tags(three) == {"ada": ("energy", "PhD"), "bo": ("Energy",), "cleo": ()}
    people.change(three, "bo", city="Rome")
    people_bulk.put_back(three, before, "tags")
    assert tags(three)["bo"] == ()
    assert three.store.contact("bo").city == "Rome"  # what came since stays


def test_a_tag_is_taken_off_without_regard_to_case(three: Workspace) -> None:
    assert [one.id for one in people_bulk.untag(three, ["ada", "bo"], "phd")] == ["ada"]
    assert tags(three)["ada"] == ("energy",)


def test_a_word_that_is_no_tag_changes_nobody(three: Workspace) -> None:
    with pytest.raises(InputError, match="has a comma"):
        people_bulk.tag(three, ["ada", "bo"], "one, two")
    assert tags(three)["bo"] == ()


def test_asks_are_logged_together_and_taken_back_together(three: Workspace) -> None:
    touches = people_bulk.log_asks(three, ["bo", "cleo"], channel=Channel.EMAIL, timezone="UTC", trip=None)
    assert shown(three, stages=(Stage.ASKED,)) == ["Ada", "Bo", "Cleo"]
    assert {touch.channel for touch in touches} == {Channel.EMAIL}
    people_bulk.take_back_all(three, touches)
    assert shown(three, stages=(Stage.ASKED,)) == ["Ada"]


def test_asks_of_which_one_is_refused_are_not_logged_at_all(three: Workspace) -> None:
    with pytest.raises(Exception, match="nobody"):
        people_bulk.log_asks(three, ["bo", "nobody"], channel=None, timezone="UTC", trip=None)
    assert len(three.store.touches()) == 1


def test_the_asks_that_would_be_too_many_are_known_before_they_are_logged(three: Workspace) -> None:
    a_person(three, "Dan", organisation="ACME")
    (one,) = people_bulk.asks_beyond(three, ["bo", "dan"], None)
    assert (one.contact.id, one.why) == ("dan", "Ada was written to on Mon 23 Nov and may still answer.")


# ------------------------------------------------------------------------------------------- worth and the trip


def test_somebody_put_on_a_trip_is_worth_there_what_they_are_worth(three: Workspace) -> None:
    trip = a_trip(three)
    a_person(three, "Dan")
    three.store.save_candidates([Candidate(contact_id="cleo", trip_id=trip.id, value=2)])
    assert trips.add_candidates(three, trip, ["bo", "cleo", "dan", "bo"]) == ("bo", "dan")
    values = {one.contact_id: one.value for one in three.store.candidates(trip.id)}
    assert values == {"cleo": 2, "bo": 3, "dan": 5}  # Cleo keeps hers; of Dan nothing is known
    settings.save_worth_weights(three, WorthWeights(authority=0))
    trips.take_off(three, trip, ["bo"])
    trips.add_candidates(three, trip, ["bo", "ada"])
    values = {one.contact_id: one.value for one in three.store.candidates(trip.id)}
    assert (values["bo"], values["ada"]) == (3, 10)  # Bo comes back as they were


# ------------------------------------------------------------------------------------------------ read once


@pytest.mark.parametrize(
    "change",
    [
        lambda ws: ws.store.save_contact(replace(ws.store.contact("ada"), city="Rome")),
        lambda ws: asking.log(ws, "ada", TouchKind.REPLIED),
        lambda ws: people.delete(ws, ["bo"]),
    ],
)
def test_the_log_is_worked_out_once_until_another_tab_changes_it(
    three: Workspace, change: Callable[[Workspace], object]
) -> None:
    first = people.log_of_all(three)
    assert people.log_of_all(three) is first
    change(open_workspace(three.store.path, three.now))
    second = people.log_of_all(three)
    assert second is not first
    assert [one.contact for one in second] == list(three.store.contacts())
    assert sum(len(one.touches) for one in second) == len(three.store.touches())


# ---------------------------------------------------------------------------------------------- organisations


def test_organisations_are_counted_with_most_people_first(three: Workspace) -> None:
    a_person(three, "Dan", organisation="GLOBEX")
    asking.log(three, "dan", TouchKind.MET)
    rows = organisations.overview(three, people.overview(three))
    assert [(one.organisation.name, one.people, one.asked, one.waiting, one.met) for one in rows] == [
        ("Globex", 2, 0, 0, 1),
        ("Acme", 1, 1, 1, 0),
    ]


def test_the_ladder_of_an_organisation_holds_its_people_and_the_trips_candidates_come_first(three: Workspace) -> None:
    a_person(three, "Dan", organisation="globex", worth=10)
    globex = organisations.organisation_named(three, " GLOBEX ")
    assert globex is not None
    assert organisations.ladder_of(three, globex, None).next == ("dan",)
    trip = a_trip(three)
    trips.add_candidates(three, trip, ["bo"])
    found_there = organisations.ladder_of(three, globex, trip)
    assert [one.id for one in found_there.rungs] == ["bo", "dan"]
    assert found_there.next == ("bo",)

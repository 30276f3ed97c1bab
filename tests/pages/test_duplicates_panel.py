"""The panel on the Contacts page for people who may be in the list twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from builders import a_candidate, a_person, a_trip, a_window
from page_driver import open_page, press, words
from streamlit.testing.v1 import AppTest

from iiplan.model import Contact, TouchKind
from iiplan.planner import asking, duplicates
from iiplan.planner.workspace import Workspace

Visit = Callable[[], AppTest]


@pytest.fixture
def visit(database: Path) -> Visit:
    """Open the Contacts page in a window of its own."""

    def opened() -> AppTest:
        return open_page("contacts")

    return opened


def titles(at: AppTest) -> list[str]:
    """Of what is folded on the page, without what belongs to importing."""
    return [one.label for one in at.expander if "files" not in one.label]


def choose(at: AppTest, label: str, side: str) -> None:
    chooser = next(one for one in at.radio if one.label == label)
    chooser.set_value(next(option for option in duplicates.Side if option == side))


def ann_twice(ws: Workspace) -> None:
    a_person(ws, "Ann", role="Analyst", organisation="Acme", email="ann@example.org", notes="*tall*")
    a_person(ws, "Anne", role="Director", organisation="Acme", email="ann@example.org", phone="+1 202 555 0143")


def test_where_nobody_is_alike_there_is_no_panel(live: Workspace, visit: Visit) -> None:
    assert titles(visit()) == []
    a_person(live, "Ann")
    a_person(live, "Bob")
    assert titles(visit()) == ["Add people"]


def test_a_pair_is_shown_with_its_reason_and_what_is_known_of_each(live: Workspace, visit: Visit) -> None:
    ann_twice(live)
    at = visit()
    assert titles(at)[0] == "These may be the same person (1)"
    assert "1 of 1 · **Probably the same.** The same e-mail address: ann@example.org." in words(at)
    assert "Role: :yellow-background[Analyst]" in words(at)
    assert "Organisation: Acme" in words(at)
    assert [one.label for one in at.radio] == ["Name", "Phone", "Role", "Notes"]
    assert [at.radio[1].value, at.radio[3].value] == ["right", "left"]  # what is filled


def test_two_are_merged_as_chosen_and_two_again_on_undo(live: Workspace, visit: Visit) -> None:
    ann_twice(live)
    asking.log(live, "anne", TouchKind.ASKED, timezone="UTC")
    at = visit()
    choose(at, "Name", "left")
    choose(at, "Role", "right")
    press(at, "Merge")
    (one,) = live.store.contacts()
    assert (one.name, one.role, one.phone, one.notes) == ("Ann", "Director", "+1 202 555 0143", "*tall*")
    assert "Merged: Ann." in words(at)
    assert titles(at) == ["Merged people (1), told apart (0)", "Add people"]
    press(at, "Undo")
    assert [one.name for one in live.store.contacts()] == ["Ann", "Anne"]
    assert titles(at)[0] == "These may be the same person (1)"


def test_a_merge_can_be_undone_much_later_from_the_list(live: Workspace, visit: Visit) -> None:
    ann_twice(live)
    duplicates.merge(live, "ann", "anne")
    at = visit()
    assert "is part of" in words(at)
    press(at, "Undo")
    assert len(live.store.contacts()) == 2
    assert "Undone." in words(at)


def test_two_who_are_not_the_same_are_not_shown_again_until_that_is_taken_back(live: Workspace, visit: Visit) -> None:
    ann_twice(live)
    at = visit()
    press(at, "Not the same")
    assert titles(at) == ["Merged people (0), told apart (1)", "Add people"]
    assert "Ann and Anne are two people." in words(at)
    press(at, "Compare again")
    assert titles(at)[0] == "These may be the same person (1)"


def test_later_shows_the_next_pair_and_the_first_again_after_the_last(live: Workspace, visit: Visit) -> None:
    ann_twice(live)
    for name in ("Bo", "Boo"):
        a_person(live, name, email="bo@example.org")
    at = visit()
    assert "1 of 2" in words(at)
    press(at, "Later")
    assert "2 of 2" in words(at)
    press(at, "Later")
    assert "1 of 2" in words(at)


def test_of_two_places_on_a_trip_the_agreed_one_is_kept_unless_chosen_otherwise(live: Workspace, visit: Visit) -> None:
    trip = a_trip(live)
    for name, start in (("Ann", None), ("Anne", a_window(1, 9).start)):
        a_candidate(live, trip, name, a_window(), fixed_start=start)
        live.store.save_contact(Contact(id=name.lower(), name=name, email="ann@example.org"))
    at = visit()
    place = next(one for one in at.radio if one.label == "Place on the trip Washington week")
    assert place.value == "right"
    assert [one.replace("\\", "") for one in place.options] == [
        "that of Ann: not agreed, 1 window",
        "that of Anne: agreed for Tue 8 Dec 09:00",
    ]
    press(at, "Merge")
    assert [one.fixed_start for one in live.store.candidates(trip.id)] == [a_window(1, 9).start]


@pytest.mark.parametrize("decision", ["Merge", "Not the same"])
def test_a_second_window_that_decides_on_merged_people_is_told_so_and_nothing_is_lost(
    live: Workspace, visit: Visit, decision: str
) -> None:
    ann_twice(live)
    first, second = visit(), visit()
    press(first, "Merge")
    before = live.store.contacts(), live.store.touches(), live.store.merges()
    press(second, decision)
    told = "has been merged into" if decision == "Merge" else "These two have been merged"
    assert told in words(second)
    assert (live.store.contacts(), live.store.touches(), live.store.merges()) == before


def test_what_people_typed_is_shown_letter_for_letter(live: Workspace, visit: Visit) -> None:
    for number in "12":
        a_person(live, f"<b>*{number}*</b> :red[x]", email="x@example.org", notes=f"![x](https://example.org/{number})")
    at = visit()
    shown = [one.value for one in at.markdown] + [text for radio in at.radio for text in radio.options]
    assert any("\\<b\\>\\*1\\*" in text for text in shown)
    assert not any("<b>" in text or "![" in text or "*1*" in text.replace("\\*", "") for text in shown)


def test_a_long_list_is_compared_only_once_the_panel_is_opened(live: Workspace, visit: Visit) -> None:
    many = [Contact(id=str(number), name=f"Person {number:x} {number:b}") for number in range(duplicates.FEW)]
    live.store.save_contacts(many)
    ann_twice(live)
    at = visit()
    assert titles(at)[0] == "Look for people who are here twice"
    assert "The same e-mail address" not in words(at)
    at.session_state["duplicates"] = True
    at.run()
    assert "The same e-mail address" in words(at)

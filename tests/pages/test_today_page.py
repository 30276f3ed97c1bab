"""The page Today, and logging from wherever a person is shown, run by Streamlit's own test driver."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from builders import WASHINGTON, a_candidate, a_person, a_trip, a_window
from page_driver import open_page, press, words
from streamlit.testing.v1 import AppTest

from iiplan.model import Cadence, Channel, Contact, Stage, TouchKind
from iiplan.planner import asking, people, settings, today, trips, week
from iiplan.planner.workspace import Workspace, load_demo, open_workspace

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=WASHINGTON)  # a Monday

Visit = Callable[..., AppTest]


@pytest.fixture
def live(database: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """The database of the pages; the clock of both stands at NOW."""
    monkeypatch.setenv("IIPLAN_NOW", NOW.isoformat())
    return open_workspace(database, now=lambda: NOW)


@pytest.fixture
def visit(live: Workspace) -> Visit:
    """Open a page of the app by its name."""

    def opened(page: str = "today", **query: str) -> AppTest:
        return open_page(page, **query)

    return opened


def logged(ws: Workspace, name: str, kind: TouchKind, days_ago: int, **details: object) -> None:
    asking.log(ws, name.lower(), kind, at=NOW - timedelta(days=days_ago), timezone="America/New_York", **details)  # type: ignore[arg-type]


def test_the_page_shows_what_is_due_in_its_order(visit: Visit, live: Workspace) -> None:
    load_demo(live)
    trip = trips.trip_named(live, None)
    found = today.due(live, trip, None)
    text = words(visit())
    places = [text.index(f"**{item.title}**") for item in found.items]
    assert places == sorted(places)
    assert len(places) > 5
    assert all(item.why in text for item in found.items)


def test_one_click_logs_it_and_it_is_gone_and_undo_brings_it_back(visit: Visit, live: Workspace) -> None:
    a_person(live, "Ada")
    logged(live, "Ada", TouchKind.ASKED, 14)
    at = visit()
    assert "**Nudge Ada**" in words(at)
    press(at, "Log: nudged")
    assert "**Nudge Ada**" not in words(at)
    assert [touch.kind for touch in people.person(live, "ada").touches] == [TouchKind.ASKED, TouchKind.NUDGED]
    press(at, "Undo")
    assert "**Nudge Ada**" in words(at)


def test_the_message_lies_ready_and_is_logged_with_its_template_and_the_trip(visit: Visit, live: Workspace) -> None:
    trip = a_trip(live)
    a_person(live, "Ada", email="ada@example.org")
    settings.save_profile(live, settings.Profile(name="Robin Example", who="a student", wants="buses"))
    logged(live, "Ada", TouchKind.ASKED, 14)
    at = visit()
    assert not at.code
    press(at, "Message")
    assert any("Dear Ada" in block.value for block in at.code)
    press(at, "Sent by e-mail")
    touch = people.person(live, "ada").touches[-1]
    assert (touch.kind, touch.channel, touch.trip_id) == (TouchKind.NUDGED, Channel.EMAIL, trip.id)
    assert touch.template.startswith("nudge-")
    assert not at.code


def test_what_was_said_is_written_down_on_the_card(visit: Visit, live: Workspace) -> None:
    a_person(live, "Ada")
    logged(live, "Ada", TouchKind.MET, 0)
    at = visit()
    press(at, "Write it down")
    next(one for one in at.text_area if one.label.startswith("Everything")).input("Start with the riders.").run()
    (debrief,) = live.store.debriefs("ada")
    assert debrief.text.dump == "Start with the riders."
    press(at, "Done")
    assert "Write it down" not in [one.label for one in at.button]


def test_hours_are_found_and_held_on_the_card_once_they_are_on_the_trip(visit: Visit, live: Workspace) -> None:
    trip = a_trip(live)
    a_candidate(live, trip, "Ada", a_window(start=10, end=12))
    live.store.remove_candidate(trip.id, "ada", NOW)
    logged(live, "Ada", TouchKind.ACCEPTED, 3)
    at = visit()
    press(at, "Hours")
    press(at, "Put them on the trip")
    assert [one.contact_id for one in live.store.candidates(trip.id)] == ["ada"]
    assert "Would one of these suit you?" in at.code[0].value
    press(at, "Offered: hold")
    assert len(live.store.offers(trip.id)) == 1
    assert "Offer hours to Ada" not in words(at)


def test_what_is_put_off_is_listed_apart_and_can_be_brought_back(visit: Visit, live: Workspace) -> None:
    a_person(live, "Ada")
    logged(live, "Ada", TouchKind.ASKED, 14)
    (item,) = today.due(live, None, None).items
    today.snooze(live, item, NOW + timedelta(days=2))
    at = visit()
    assert "Nothing presses right now." in words(at)
    assert "Nudge Ada · until Wed 25 Nov" in words(at)
    press(at, "Bring back")
    assert "**Nudge Ada**" in words(at)


def test_the_cadence_is_changed_on_the_page_and_a_mistake_is_said_in_words(visit: Visit, live: Workspace) -> None:
    a_person(live, "Ada")
    logged(live, "Ada", TouchKind.ASKED, 5)
    at = visit()
    assert "**Nudge Ada**" not in words(at)
    next(one for one in at.number_input if one.label.startswith("Nudge once")).set_value(3)
    press(at, "Save")
    assert settings.cadence(live) == Cadence(nudge_after=3)
    assert "**Nudge Ada**" in words(at)
    next(one for one in at.number_input if one.label.startswith("and at the latest")).set_value(2)
    press(at, "Save")
    assert "Keeping in touch cannot begin after 14 days and end after 2" in words(at)
    assert settings.cadence(live) == Cadence(nudge_after=3)


def test_what_most_likely_happened_is_one_click_on_the_persons_page(visit: Visit, live: Workspace) -> None:
    a_person(live, "Ada")
    logged(live, "Ada", TouchKind.ASKED, 2)
    at = visit("contacts", person="ada")
    press(at, "Replied")
    assert people.person(live, "ada").stage is Stage.REPLIED
    press(at, "Said yes")
    assert people.person(live, "ada").stage is Stage.ACCEPTED


def test_a_cancellation_logged_on_the_trip_page_frees_the_agreed_hour_and_undo_takes_it_again(
    visit: Visit, live: Workspace
) -> None:
    trip = a_trip(live)
    hour = a_window(day=1, start=10).start
    a_candidate(live, trip, "Ada", a_window(day=1), fixed_start=hour)
    logged(live, "Ada", TouchKind.CONFIRMED, 1)
    at = visit("trip")
    next(one for one in at.selectbox if one.label.startswith("Change one")).select("ada").run()
    press(at, "Cancelled")
    assert live.store.candidates(trip.id)[0].fixed_start is None
    assert "the agreed hour is free again" in words(at)
    press(at, "Undo")
    assert live.store.candidates(trip.id)[0].fixed_start == hour
    assert people.person(live, "ada").stage is Stage.CONFIRMED


def test_a_touch_is_corrected_on_the_timeline_and_the_first_one_stays_in_the_log(visit: Visit, live: Workspace) -> None:
    a_person(live, "Ada")
    a_person(live, "Bo")
    logged(live, "Ada", TouchKind.DECLINED, 2, note="No, sorry.")
    at = visit("contacts", person="ada")
    press(at, "Correct")

    def last(label: str):  # type: ignore[no-untyped-def]
        return [one for one in at.selectbox if one.label == label][-1]  # the form for a new entry stands above

    last("What happened").select(TouchKind.ACCEPTED)
    last("How").select(Channel.INTRODUCTION).run()
    last("Introduced by").select("bo").run()
    press(at, "Save the correction")
    (held,) = people.person(live, "ada").touches
    assert (held.kind, held.through, held.note) == (TouchKind.ACCEPTED, "bo", "No, sorry.")
    assert held.at == NOW - timedelta(days=2)
    assert len(live.store.touches()) == 3
    assert "Take back" in [one.label for one in at.button]  # the timeline stays open
    press(at, "Undo")
    assert people.person(live, "ada").stage is Stage.DECLINED


def test_a_promise_is_logged_and_comes_up_when_it_is_due(visit: Visit, live: Workspace) -> None:
    a_person(live, "Ada")
    at = visit("contacts", person="ada")
    next(one for one in at.date_input if one.label.startswith("Promised")).set_value(NOW.date()).run()
    next(one for one in at.text_area if one.label == "Note").input("The reading list.").run()
    [one for one in at.button if one.label == "Met"][-1].click().run()
    assert not at.exception
    text = words(visit())
    assert "The reading list." in text


def test_meetings_of_the_week_and_people_left_out_have_their_log_at_hand(visit: Visit, live: Workspace) -> None:
    trip = a_trip(live)
    a_candidate(live, trip, "Ada", a_window(start=10, end=11), value=9)
    a_candidate(live, trip, "Bo", a_window(start=10, end=11), value=3)
    week.plan(live, trip)
    at = visit("week")
    menus = at.get("menu_button")
    assert len(menus) == 2


def test_what_people_typed_is_shown_letter_for_letter_on_cards_and_in_labels(visit: Visit, live: Workspace) -> None:
    hostile = "![x](http://evil.example/p.png) :red[no] $e^x$"
    live.store.save_contact(Contact(id="eve", name=hostile, organisation=hostile))
    logged(live, "Eve", TouchKind.MET, 0)
    logged(live, "Eve", TouchKind.REPLIED, 3, note=hostile)
    at = visit()
    press(at, "Write it down")
    shown = [*(one.value for one in at.markdown), *(one.label for one in [*at.text_area, *at.button])]
    assert any(hostile in text.replace("\\", "") for text in shown)
    assert not [text for text in shown if "![x](" in text or ":red[" in text or "$e^x$" in text]

"""Each page, run by Streamlit's own test driver on a real database: empty, with the demo, and with odd input."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from builders import a_candidate, a_person, a_trip, a_window
from page_driver import open_page, press, words
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Element

from iiplan.model import Contact, Source, Stage, TouchKind
from iiplan.outreach import stage_of
from iiplan.planner import offering, week
from iiplan.planner.workspace import Workspace, load_demo
from iiplan.store import Store

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("today", "contacts", "outreach", "messages", "trip", "week")

Visit = Callable[[str], AppTest]


@pytest.fixture
def visit(database: Path) -> Visit:
    """Open a page of the app by its name."""

    def opened(page: str, person: str | None = None) -> AppTest:
        return open_page(page, person=person)

    return opened


def field(kind: Sequence[Element], label: str):  # type: ignore[no-untyped-def]
    """The first of some widgets whose label starts so."""
    return next(one for one in kind if one.label.startswith(label))


@pytest.mark.parametrize(
    ("page", "next_step"),
    [
        ("today", "A week of conversations, planned"),
        ("contacts", "Nobody here yet. Type in the first person"),
        ("outreach", "Nobody to ask yet. Add the people"),
        ("trip", "No trip yet. Choose a city and a week"),
        ("week", "There is no trip yet. Choose a city and a week first."),
    ],
)
def test_a_page_on_an_empty_database_says_what_to_do_next(visit: Visit, page: str, next_step: str) -> None:
    assert next_step in words(visit(page))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_with_the_demo_shows_no_error(visit: Visit, live: Workspace, page: str) -> None:
    load_demo(live)
    at = visit(page)
    assert not at.error
    assert at.title[0].value == page.capitalize()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_hostile_names_letter_for_letter(visit: Visit, live: Workspace, page: str) -> None:
    hostile = "![x](http://evil.example/p.png) <script>alert(1)</script> :red[no] $e^x$"
    trip = a_trip(live)
    a_candidate(live, trip, "Eve", a_window())
    live.store.save_contact(Contact(id="eve", name=hostile, role=hostile, organisation=hostile, city=hostile))
    week.plan(live, trip)
    at = visit(page)
    for element in [*at.markdown, *at.caption, *at.info, *at.success]:
        assert "![x](" not in element.value
        assert "<script>" not in element.value
    for html in at.get("html"):
        assert "<script>" not in html.proto.body


def test_the_demo_loads_from_the_first_page(visit: Visit, live: Workspace) -> None:
    at = visit("today")
    press(at, "Load the demo")
    assert "The demo is loaded" in words(at)
    assert len(live.store.contacts()) >= 40


def test_the_demo_in_the_middle_of_the_week_opens_on_the_day(visit: Visit, live: Workspace) -> None:
    at = visit("today")
    press(at, "In the middle of the week")
    assert "The demo is loaded" in words(at)
    (trip,) = live.store.trips()
    assert trip.days[2].date == live.now().astimezone(trip.zone).date()
    assert live.store.plan(trip.id) is not None


def test_a_database_that_is_none_is_refused_in_words(database: Path) -> None:
    database.write_text("a letter", encoding="utf-8")
    at = AppTest.from_file(str(ROOT / "iiplan" / "ui" / "main.py"), default_timeout=60).run()
    assert not at.exception
    assert "is not a database" in words(at)


def test_a_person_is_typed_in_and_a_mistake_keeps_what_was_typed(visit: Visit, live: Workspace) -> None:
    at = visit("contacts")
    field(at.text_input, "Name").input("Ada Example")
    field(at.text_input, "E-mail").input("ada at example")
    press(at, "Save")
    assert "'ada at example' is not an e-mail address" in words(at)
    assert field(at.text_input, "Name").value == "Ada Example"
    assert live.store.contacts() == ()
    field(at.text_input, "E-mail").input("ada@example.org")
    press(at, "Save")
    assert [one.name for one in live.store.contacts()] == ["Ada Example"]


def test_a_deleted_person_comes_back_with_undo(visit: Visit, live: Workspace) -> None:
    a_person(live, "Ada")
    at = visit("contacts", person="ada")
    press(at, "Delete")
    assert live.store.contacts() == ()
    press(at, "Undo")
    assert [one.name for one in live.store.contacts()] == ["Ada"]


def test_a_touch_is_logged_with_the_person_and_one_click_and_undone(visit: Visit, live: Workspace) -> None:
    a_person(live, "Ada")
    at = visit("outreach")
    field(at.selectbox, "Who?").select("ada").run()
    press(at, "Asked")
    assert stage_of(live.store.touches(contact_id="ada"), live.now()) is Stage.ASKED
    press(at, "Undo")
    assert stage_of(live.store.touches(contact_id="ada"), live.now()) is Stage.IDENTIFIED


def test_a_back_dated_touch_lies_on_the_day_given(visit: Visit, live: Workspace) -> None:
    a_person(live, "Ada")
    at = visit("outreach")
    field(at.selectbox, "Who?").select("ada").run()
    day = live.now().date() - timedelta(days=9)
    field(at.date_input, "Date").set_value(day).run()
    press(at, "Met")
    touch = live.store.touches(contact_id="ada")[0]
    assert (touch.kind, touch.at.date()) == (TouchKind.MET, day)


LINKEDIN = (
    b"First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    b"Ada,Example,https://www.linkedin.com/in/ada,,Acme,Analyst,02 Jan 2024\n"
    b"Bo,Example,https://www.linkedin.com/in/bo,,Acme,Director,03 Jan 2024\n"
    b",,https://www.linkedin.com/in/nobody,,,,04 Jan 2024\n"
)


def test_an_import_is_looked_at_first_then_saved_and_undone(visit: Visit, live: Workspace) -> None:
    at = visit("contacts")
    at.file_uploader[0].upload("Connections.csv", LINKEDIN, "text/csv").run()
    numbers = {metric.label: metric.value for metric in at.metric}
    assert numbers == {"New": "2", "Updated": "0", "Already known": "0", "Unreadable": "1"}
    assert live.store.contacts() == ()
    press(at, "Add 2 people")
    assert {one.name for one in live.store.contacts()} == {"Ada Example", "Bo Example"}
    press(at, "Undo")
    assert live.store.contacts() == ()


def test_a_file_that_is_no_connections_file_is_refused_in_words(visit: Visit, live: Workspace) -> None:
    at = visit("contacts")
    at.file_uploader[0].upload("photo.csv", b"\x89PNG\r\n\x1a\n\x00\x00", "text/csv").run()
    assert not at.exception
    assert len(at.error) == 1
    assert live.store.contacts() == ()


def test_hours_are_said_in_words_and_what_is_not_understood_is_quoted(visit: Visit, live: Workspace) -> None:
    trip = a_trip(live)
    a_candidate(live, trip, "Ada")
    at = visit("trip")
    field(at.selectbox, "Change one").select("ada").run()
    field(at.text_input, "In words").input("every blue moon")
    press(at, "Add hours")
    assert "blue moon" in words(at)
    field(at.text_input, "In words").input("Tue and Wed 13-15")
    press(at, "Add hours")
    windows = live.store.candidates(trip.id)[0].windows
    assert [f"{one.start:%a %H:%M}-{one.end:%H:%M}" for one in windows] == ["Tue 13:00-15:00", "Wed 13:00-15:00"]


def test_the_week_is_planned_with_one_button_and_is_there_on_the_next_visit(visit: Visit, live: Workspace) -> None:
    load_demo(live)
    at = visit("week")
    press(at, "Plan the week")
    assert "No better week exists." in words(at)
    again = visit("week")
    assert (
        next(metric for metric in again.metric if metric.label == "Points").value
        == next(metric for metric in at.metric if metric.label == "Points").value
    )


def test_an_hour_is_agreed_on_and_let_go_of_on_the_week_page(visit: Visit, live: Workspace) -> None:
    trip = a_trip(live)
    a_candidate(live, trip, "Ada", a_window())
    week.plan(live, trip)
    at = visit("week")
    press(at, "Mark agreed")
    assert live.store.candidates(trip.id)[0].fixed_start is not None
    press(at, "Let go")
    assert live.store.candidates(trip.id)[0].fixed_start is None
    assert "Out of date" in words(at)


def test_a_new_trip_is_made_and_a_mistake_is_said_in_words(visit: Visit, live: Workspace) -> None:
    at = visit("trip")
    press(at, "Save the trip")
    assert "The trip's name is empty" in words(at)
    field(at.text_input, "Name of the trip").input("Oslo week")
    field(at.text_input, "City").input("Oslo")
    field(at.text_input, "Spot on the map").input("59.9139, 10.7522")
    press(at, "Save the trip")
    assert not at.exception
    trip = live.store.trips()[0]
    assert (trip.name, trip.city, len(trip.days)) == ("Oslo week", "Oslo", 5)
    assert trip.base is not None


def two_who_want_one_hour(live: Workspace) -> None:
    """Ada, worth more, and Bo are free at the same hour; the week is planned."""
    trip = a_trip(live)
    a_candidate(live, trip, "Ada", a_window(start=10, end=11), value=9)
    a_candidate(live, trip, "Bo", a_window(start=10, end=11), value=3)
    week.plan(live, trip)


def test_hours_are_offered_held_and_chosen_on_the_week_page(visit: Visit, live: Workspace) -> None:
    two_who_want_one_hour(live)
    trip = live.store.trips()[0]
    at = visit("week")
    field(at.selectbox, "Find hours to offer to").select("ada").run()
    assert "Would one of these suit you?" in at.code[0].value
    press(at, "Offered: hold")
    offer = live.store.offers(trip.id)[0]
    assert stage_of(live.store.touches(contact_id="ada"), live.now()) is Stage.ASKED
    press(at, "Chose Mon 7 Dec")
    assert live.store.candidates(trip.id)[0].fixed_start in offer.starts
    assert live.store.offers(trip.id)[0].closed_at is not None


def test_an_offer_made_by_mistake_is_undone_with_its_touch(visit: Visit, live: Workspace) -> None:
    two_who_want_one_hour(live)
    at = visit("week")
    field(at.selectbox, "Find hours to offer to").select("ada").run()
    press(at, "Offered: hold")
    press(at, "Undo")
    assert live.store.offers(live.store.trips()[0].id)[0].closed_at is not None
    assert stage_of(live.store.touches(contact_id="ada"), live.now()) is Stage.IDENTIFIED


def test_a_change_that_brings_somebody_in_is_made_and_undone_on_the_week_page(visit: Visit, live: Workspace) -> None:
    two_who_want_one_hour(live)
    trip = live.store.trips()[0]
    at = visit("week")
    field(at.selectbox, "What would it take to meet").select("bo").run()
    press(at, "Make this change")
    changed = week.current(live, trip)
    assert changed.agenda is not None
    assert "bo" in {block.contact_id for block in changed.agenda.meetings}
    assert not changed.out_of_date
    press(at, "Undo")
    back = week.current(live, live.store.trip(trip.id))
    assert back.agenda is not None
    assert [block.contact_id for block in back.agenda.meetings] == ["ada"]


def test_the_week_page_says_who_could_come_instead(visit: Visit, live: Workspace) -> None:
    two_who_want_one_hour(live)
    at = visit("week")
    field(at.selectbox, "If this meeting falls through").select("ada").run()
    assert "**Bo**, Mon 7 Dec" in words(at)


def test_an_agreed_time_that_is_held_for_somebody_else_is_refused_on_the_trip_page(
    visit: Visit, live: Workspace
) -> None:
    two_who_want_one_hour(live)
    trip = live.store.trips()[0]
    ten = a_window(start=10).start
    offering.make_offer(live, trip, "ada", [ten])
    at = visit("trip")
    field(at.selectbox, "Change one").select("bo").run()
    field(at.selectbox, "Agreed day").select(ten.date())
    field(at.time_input, "Agreed start").set_value(ten.time())
    press(at, "Save")
    assert "could clash with hours offered to Ada" in words(at)
    assert live.store.candidates(trip.id)[1].fixed_start is None


def test_an_error_shows_what_was_typed_letter_for_letter(visit: Visit, live: Workspace) -> None:
    at = visit("contacts")
    field(at.text_input, "Name").input("Ada")
    field(at.text_input, "E-mail").input("![x](http://evil.example/p.png)")
    press(at, "Save")
    assert "![x](" not in at.error[0].value
    assert "![x](http://evil.example/p.png)" in words(at)


def test_an_e_mail_address_adds_nothing_to_the_mail_link(visit: Visit, live: Workspace) -> None:
    a_person(live, "Ada", email="ada?bcc=eve@example.org")
    at = visit("contacts", person="ada")
    links = [element.proto.url for element in at.get("link_button")]
    assert "mailto:ada%3Fbcc%3Deve@example.org" in links


def test_whoever_types_people_in_one_after_another_finds_the_form_open(visit: Visit) -> None:
    at = visit("contacts")
    for name in ("Ada Lee", "Bo Lee"):
        field(at.text_input, "Name").set_value(name)
        press(at, "Save")
        assert next(one for one in at.expander if one.label == "Add people").proto.expanded


def test_before_the_first_plan_the_week_says_who_cannot_be_planned_and_why(visit: Visit, live: Workspace) -> None:
    trip = a_trip(live)
    a_candidate(live, trip, "Ada", a_window())
    a_candidate(live, trip, "Bo")
    text = words(visit("week"))
    assert "1 person can be planned" in text
    assert "**Bo** · No hours given yet" in text


def test_the_week_counts_the_days_that_have_meetings(visit: Visit, live: Workspace) -> None:
    trip = a_trip(live)
    a_candidate(live, trip, "Ada", a_window())
    week.plan(live, trip)
    assert field(visit("week").metric, "Meetings").delta == "on 1 day"


def test_all_ways_into_a_calendar_stand_together_above_the_tabs(visit: Visit, live: Workspace) -> None:
    trip = a_trip(live)
    a_candidate(live, trip, "Ada", a_window())
    week.plan(live, trip)
    labels = [block.label for block in visit("week").main if block.type in {"expander", "tab"}]
    assert labels[:4] == [
        "Put it into your calendar",
        "Keep a CalDAV calendar up to date",
        "Subscribe from a calendar app",
        "Agenda",
    ]


def test_the_page_week_reads_all_people_at_most_once(
    visit: Visit, live: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_demo(live)
    week.plan(live, live.store.trips()[0])
    visit("week")  # the log of all is known by now
    reads: list[object] = []
    every = Store.contacts
    monkeypatch.setattr(Store, "contacts", lambda store, **which: reads.append(store) or every(store, **which))
    visit("week")
    assert reads == []


def test_the_trip_leads_to_the_week_once_somebody_has_hours(visit: Visit, live: Workspace) -> None:
    trip = a_trip(live)
    a_candidate(live, trip, "Ada")
    assert "0 of 1 person with hours. Choose a person below to say when they are free." in words(visit("trip"))
    a_candidate(live, trip, "Bo", a_window())
    at = visit("trip")
    assert "1 of 2 people with hours." in words(at)
    assert "To the Week page" in [one.proto.label for one in at.get("page_link")]


def test_linkedin_keeps_its_capitals_inside_a_sentence(visit: Visit, live: Workspace) -> None:
    a_person(live, "Ada", source=Source.LINKEDIN)
    text = words(visit("contacts", "ada"))
    assert "found by: LinkedIn" in text
    assert "knows you (LinkedIn)" in text


def test_enter_after_a_name_takes_that_one_and_not_all_that_match(visit: Visit, live: Workspace) -> None:
    a_trip(live)
    a_person(live, "Ada", tags=("alumni",))
    for at, label in ((visit("trip"), "Add people to meet"), (visit("contacts", "ada"), "Tags")):
        assert field(at.multiselect, label).proto.select_all == 0

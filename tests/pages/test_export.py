"""The export panel of the Week page, run by Streamlit's own test driver."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from builders import WASHINGTON, a_candidate, a_trip, a_window
from page_driver import open_page, words
from streamlit.testing.v1 import AppTest

from iiplan.calendars import CalendarOptions
from iiplan.model import Trip
from iiplan.planner import calendar_out, week
from iiplan.planner.workspace import Workspace, open_workspace
from iiplan.ui.export import APPS

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=WASHINGTON)

Visit = Callable[[], AppTest]


@pytest.fixture
def live(database: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """The database of the pages; the clock of both stands at NOW."""
    monkeypatch.setenv("IIPLAN_NOW", NOW.isoformat())
    return open_workspace(database, now=lambda: NOW)


@pytest.fixture
def visit(live: Workspace) -> Visit:
    """Open the Week page."""

    def opened() -> AppTest:
        return open_page("week")

    return opened


def planned(ws: Workspace, *names: str) -> Trip:
    trip = a_trip(ws)
    for number, name in enumerate(names):
        a_candidate(ws, trip, name, a_window(day=number))
    week.plan(ws, trip)
    return trip


def choose(at: AppTest, which: str) -> AppTest:
    """What to export, by the start of its label."""
    radio = at.radio(key="export-which")
    at = radio.set_value(next(value for value in calendar_out.Which if value.value == which)).run()
    assert not at.exception
    return at


def download(at: AppTest):  # type: ignore[no-untyped-def]
    (button,) = at.get("download_button")
    return button.proto


def test_the_panel_says_what_is_in_the_file(visit: Visit, live: Workspace) -> None:
    trip = planned(live, "Ada", "Bo")
    at = visit()
    assert "In the file: 2 meetings." in words(at)
    calendar_out.save_options(live, CalendarOptions(ways=True, lunch=True))
    assert "In the file: 2 meetings, 4 ways, 2 lunches." in words(visit())
    calendar_out.calendar(live, trip)
    live.store.remove_candidate(trip.id, "bo", live.now())
    # Off are the meeting with Bo, the ways there and back, and the lunch of a day with nobody left to meet.
    assert "1 meeting, 2 ways, 1 lunch, 4 off." in words(visit())


def test_looking_at_the_page_is_no_export(visit: Visit, live: Workspace) -> None:
    trip = planned(live, "Ada")
    choose(choose(visit(), "day"), "changes")
    assert live.store.handed_out(trip.id) == ()


def test_the_changes_are_listed_one_by_one(visit: Visit, live: Workspace) -> None:
    trip = planned(live, "Ada", "Bo")
    calendar_out.calendar(live, trip)
    live.store.remove_candidate(trip.id, "bo", live.now())
    at = choose(visit(), "changes")
    assert "Changes since the last export (1)" in at.radio(key="export-which").options
    assert "**Off** · Tue 8 Dec" in words(at)
    assert "No longer planned: Bo (Acme)" in words(at)


def test_when_nothing_has_changed_there_is_nothing_to_download(visit: Visit, live: Workspace) -> None:
    trip = planned(live, "Ada")
    calendar_out.calendar(live, trip)
    at = choose(visit(), "changes")
    assert "Nothing has changed since the last export." in words(at)
    assert download(at).disabled
    assert not download(choose(at, "whole")).disabled


def test_one_day_and_one_meeting_are_chosen_from_those_there_are(visit: Visit, live: Workspace) -> None:
    planned(live, "Ada", "Bo")
    at = choose(visit(), "day")
    assert at.selectbox(key="export-day").options == ["Mon 7 Dec", "Tue 8 Dec"]
    at = choose(at, "meeting")
    assert [one.partition(" · ")[2] for one in at.selectbox(key="export-meeting").options] == [
        "Ada (Acme)",
        "Bo (Acme)",
    ]
    assert "In the file: 1 meeting." in words(at)


def test_what_is_off_can_be_left_out_for_an_empty_calendar(visit: Visit, live: Workspace) -> None:
    trip = planned(live, "Ada", "Bo")
    calendar_out.calendar(live, trip)
    live.store.remove_candidate(trip.id, "bo", live.now())
    at = visit()
    assert "1 meeting, 1 off." in words(at)
    at.checkbox(key="export-fresh").check().run()
    assert "In the file: 1 meeting." in words(at)


def test_options_are_saved_as_they_are_chosen(visit: Visit, live: Workspace) -> None:
    planned(live, "Ada")
    at = visit()
    pills = next(one for one in at.button_group if one.key == "export-options")
    assert pills.value == ["leave"]
    pills.set_value(["ways", "thank"]).run()
    assert not at.exception
    assert calendar_out.options(live) == CalendarOptions(ways=True, leave=False, thank=True)


@pytest.mark.parametrize("app", APPS)
def test_the_panel_says_what_each_app_does_with_the_file(visit: Visit, live: Workspace, app: str) -> None:
    planned(live, "Ada")
    at = visit()
    at.selectbox(key="export-app").select(app).run()
    assert APPS[app] in words(at)


def test_there_is_no_panel_before_there_is_anything_to_export(visit: Visit, live: Workspace) -> None:
    a_trip(live)
    assert not visit().get("download_button")


def test_hostile_names_are_shown_letter_for_letter(visit: Visit, live: Workspace) -> None:
    planned(live, "Eve")
    eve = live.store.contact("eve")
    live.store.save_contact(replace(eve, name="![x](http://evil.example/p.png) <b>"))
    at = choose(visit(), "changes")
    assert not [one for one in at.markdown if "![x](" in one.value or "<b>" in one.value]
    assert "![x](http://evil.example/p.png) <b>" in words(at)


def test_the_way_back_is_offered_once_something_was_exported(visit: Visit, live: Workspace) -> None:
    trip = planned(live, "Ada")
    assert not visit().get("file_uploader")
    calendar_out.calendar(live, trip)
    assert visit().get("file_uploader")


def test_a_meeting_moved_in_the_calendar_is_taken_over_and_undone(visit: Visit, live: Workspace) -> None:
    trip = planned(live, "Ada")
    lines = calendar_out.calendar(live, trip).decode().split("\r\n")
    moved = [
        "DTSTART:20261209T160000Z" if line.startswith("DTSTART;TZID") else line
        for line in lines
        if not line.startswith("DTEND;TZID")
    ]
    at = visit()
    at.file_uploader(key="read-back-file").upload("trip.ics", "\r\n".join(moved).encode(), "text/calendar").run()
    # 16:00 UTC is 11:00 in Washington in winter.
    assert "moved to **Wed 9 Dec 11:00**, in the plan Mon 7 Dec" in words(at)
    next(one for one in at.button if one.label == "Agreed for Wed 9 Dec 11:00").click().run()
    assert not at.exception
    assert live.store.candidates(trip.id)[0].fixed_start == datetime(2026, 12, 9, 11, 0, tzinfo=WASHINGTON)
    assert "Nothing was moved or cancelled there." in words(at)
    next(one for one in at.button if one.label == "Undo").click().run()
    assert live.store.candidates(trip.id)[0].fixed_start is None


def test_a_file_that_is_none_is_refused_in_words(visit: Visit, live: Workspace) -> None:
    trip = planned(live, "Ada")
    calendar_out.calendar(live, trip)
    at = visit()
    at.file_uploader(key="read-back-file").upload("trip.ics", b"no calendar", "text/calendar").run()
    assert not at.exception
    assert "This is no calendar file" in at.error[0].value.replace("\\", "")

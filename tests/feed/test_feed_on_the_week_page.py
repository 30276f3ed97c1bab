"""Subscribing on the Week page, run by Streamlit's own test driver."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import a_candidate, a_trip, a_window
from streamlit.testing.v1 import AppTest

from iiplan.model import Trip
from iiplan.planner import feed, week
from iiplan.planner.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def trip(ws: Workspace) -> Trip:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ada", a_window())
    return trip


def week_page(url: str = "http://localhost:8501/week") -> AppTest:
    at = AppTest.from_file(str(ROOT / "iiplan" / "ui" / "main.py"), default_timeout=60)
    at.context = {"url": url, "timezone": "America/New_York"}
    at.run()
    at.switch_page("../../pages/week.py").run()
    assert not at.exception
    return at


def press(at: AppTest, key: str) -> None:
    at.button(key=key).click().run()
    assert not at.exception


def words(at: AppTest) -> str:
    kinds = (at.markdown, at.caption, at.warning, at.success)
    return "\n".join(element.value for kind in kinds for element in kind)


def test_nothing_is_offered_before_there_is_a_plan(ws: Workspace, trip: Trip) -> None:
    assert "feed-on" not in [button.key for button in week_page().button]
    week.plan(ws, trip)
    assert "feed-on" in [button.key for button in week_page().button]


def test_it_is_switched_on_renewed_and_switched_off_with_a_way_back_each_time(ws: Workspace, trip: Trip) -> None:
    week.plan(ws, trip)
    at = week_page()
    assert [one.value for one in at.code] == []
    press(at, "feed-on")
    first = feed.of_trip(ws, trip)
    assert first is not None
    assert [one.value for one in at.code] == [f"http://localhost:8501{feed.path_of(first)}"]
    press(at, "undo")
    assert feed.of_trip(ws, trip) is None
    press(at, "feed-on")
    first = feed.of_trip(ws, trip)
    press(at, "feed-renew")
    second = feed.of_trip(ws, trip)
    assert second is not None
    assert second != first
    assert feed.path_of(second) in at.code[0].value
    press(at, "undo")
    assert feed.of_trip(ws, trip) == first
    press(at, "feed-off")
    assert feed.of_trip(ws, trip) is None
    press(at, "undo")
    assert feed.of_trip(ws, trip) == first


def test_a_feed_of_a_trip_whose_plan_is_gone_can_still_be_switched_off(ws: Workspace, trip: Trip) -> None:
    feed.switch_on(ws, trip)
    press(week_page(), "feed-off")
    assert feed.of_trip(ws, trip) is None


def test_a_feed_switched_off_in_another_tab_is_not_renewed_and_the_page_says_so(ws: Workspace, trip: Trip) -> None:
    week.plan(ws, trip)
    feed.switch_on(ws, trip)
    at = week_page()
    feed.switch_off(ws, trip)
    press(at, "feed-renew")
    assert "has been switched off" in at.error[0].value
    assert feed.of_trip(ws, trip) is None


def test_on_this_machine_it_says_who_cannot_reach_it(ws: Workspace, trip: Trip) -> None:
    feed.switch_on(ws, trip)
    said = words(week_page("http://127.0.0.1:8501/week"))
    assert "works on this machine only" in said
    assert "**Google Calendar** and **Outlook on the web**: not with this address" in said


@pytest.mark.parametrize(("url", "warned"), [("https://plan.example.org/week", 0), ("http://plan.example.org/week", 1)])
def test_on_a_server_it_names_that_address_and_warns_without_encryption(
    ws: Workspace, trip: Trip, url: str, warned: int
) -> None:
    on = feed.switch_on(ws, trip)
    at = week_page(url)
    origin = url.removesuffix("/week")
    assert at.code[0].value == f"{origin}{feed.path_of(on)}"
    assert "works on this machine only" not in words(at)
    assert len([one for one in at.warning if "not encrypted" in one.value]) == warned


def test_it_says_when_an_app_last_came_by(ws: Workspace, trip: Trip) -> None:
    on = feed.switch_on(ws, trip)
    assert "No app has fetched it since iiplan was started" in words(week_page())
    feed.calendar_at(ws, feed.path_of(on))
    assert "An app last fetched it Mon 23 Nov 10:00" in words(week_page())

"""The main job in a real browser, from an empty database to a calendar file that another program reads."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import vobject
from app_in_browser import fill_in, open_page, press, settled, visitor
from playwright.sync_api import Browser, Page, expect

PAGES = ("", "contacts", "outreach", "messages", "trip", "week")
PHONE, LAPTOP = 400, 1300


def load_demo(page: Page, address: str) -> None:
    open_page(page, address, "")
    page.get_by_role("button", name="Load the demo").click()
    page.get_by_text("The demo is loaded").wait_for()


def plan_week(page: Page, address: str) -> None:
    open_page(page, address, "week")
    page.get_by_role("button", name="Plan the week").click()
    page.get_by_text("No better week exists").wait_for()
    settled(page)


def downloaded_calendar(page: Page) -> bytes:
    page.get_by_text("Put it into your calendar").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download for your calendar").click()
    return Path(download.value.path()).read_bytes()


def hours_on_the_page(page: Page) -> set[tuple[str, str]]:
    """Start and end of each meeting that the agenda shows."""
    text = page.get_by_test_id("stMain").inner_text()
    return set(re.findall(r"(\d\d:\d\d) to (\d\d:\d\d) · (?!Lunch|Back)", text))


def test_a_newcomer_loads_the_demo_plans_the_week_and_downloads_the_calendar(browser: Browser, app: str) -> None:
    with visitor(browser, app) as (page, strangers):
        load_demo(page, app)
        plan_week(page, app)
        shown = hours_on_the_page(page)
        content = downloaded_calendar(page)
        page.get_by_text("Changes since the last export (0)").wait_for()  # what was downloaded is new no longer
        page.reload()
        page.get_by_role("button", name="Plan again").wait_for()
        assert strangers == []
    events = vobject.readOne(content.decode()).vevent_list
    assert len(events) >= 12
    for event in events:
        start, end = event.dtstart.value, event.dtend.value
        assert isinstance(start, datetime)
        assert start.tzinfo is not None
        assert (f"{start:%H:%M}", f"{end:%H:%M}") in shown


def test_a_newcomer_types_in_a_person_a_trip_and_hours_and_gets_the_calendar(browser: Browser, app: str) -> None:
    with visitor(browser, app) as (page, strangers):
        open_page(page, app, "contacts")
        fill_in(page, "Name", "Ada Example")
        fill_in(page, "Organisation", "Acme")
        press(page, "Save")
        page.get_by_text("Saved: Ada Example").wait_for()

        open_page(page, app, "trip")
        fill_in(page, "Name of the trip", "Washington week")
        fill_in(page, "City", "Washington")
        fill_in(page, "Spot on the map", "38.9007, -77.0365")
        press(page, "Save the trip")
        page.get_by_text("The trip is saved").wait_for()

        page.get_by_role("combobox", name="Add people to meet").click()
        page.get_by_role("option", name="Ada Example").click()
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Add", exact=True).click()
        page.get_by_text("Now say when they are free").wait_for()
        page.get_by_role("combobox", name="Change one person's meeting").click()
        page.get_by_role("option", name="Ada Example").click()
        settled(page)
        fill_in(page, "In words", "Tue and Wed 13-15")
        page.get_by_role("textbox", name="In words").press("Enter")
        page.get_by_role("button", name="Clear all").wait_for()
        fill_in(page, "Spot on the map", "38.9025, -77.0285")
        press(page, "Save")
        page.get_by_text("Saved: Ada Example").wait_for()

        plan_week(page, app)
        content = downloaded_calendar(page)
        assert strangers == []
    event = vobject.readOne(content.decode()).vevent
    # Free on Tuesday and Wednesday from 13 to 15, for 30 minutes: it starts at 13:00 to 14:30.
    assert event.dtstart.value.hour in {13, 14}
    assert event.dtstart.value.strftime("%a") in {"Tue", "Wed"}
    assert "Ada Example" in event.summary.value


def test_a_deep_link_on_a_fresh_server_opens_its_page_inside_the_app(browser: Browser, app: str) -> None:
    with visitor(browser, app) as (page, strangers):
        open_page(page, app, "trip")
        expect(page.get_by_role("heading", level=1)).to_have_text("Trip")
        expect(page.get_by_role("link", name="Week")).to_be_visible()
        expect(page).to_have_title("Trip · iiplan")
        assert strangers == []


def test_pages_fit_a_phone_and_ask_no_other_host(browser: Browser, app: str) -> None:
    with visitor(browser, app) as (page, _):
        load_demo(page, app)
        plan_week(page, app)
    with visitor(browser, app, width=PHONE, height=850) as (page, strangers):
        for name in PAGES:
            open_page(page, app, name)
            main = page.get_by_test_id("stMain")
            assert main.evaluate("box => box.scrollWidth <= box.clientWidth"), f"{name or 'today'} scrolls sideways"
        assert strangers == []


def test_the_back_button_leads_from_a_person_to_the_list(browser: Browser, app: str) -> None:
    with visitor(browser, app, width=LAPTOP) as (page, _):
        load_demo(page, app)
        open_page(page, app, "contacts")
        search = page.get_by_role("searchbox", name="Search")
        search.press_sequentially("ada ex dir")  # no Enter: the list follows what is typed
        page.get_by_text("1 of 46 people").wait_for()
        settled(page)
        page.get_by_test_id("stDataFrame").click(position={"x": 90, "y": 52})  # the name in the first row
        page.get_by_role("heading", name="Ada Example").wait_for()
        page.go_back()
        page.get_by_text("1 of 46 people").wait_for()
        expect(search).to_have_value("ada ex dir")
        expect(page.get_by_role("heading", name="Ada Example")).to_have_count(0)


def test_a_password_left_by_the_tab_key_is_not_lost(browser: Browser, app: str) -> None:
    with visitor(browser, app) as (page, _):
        load_demo(page, app)
        plan_week(page, app)
        page.get_by_text("Keep a CalDAV calendar up to date").click()
        fill_in(page, "Server address", "http://127.0.0.1:9/")
        fill_in(page, "User name", "ada")
        page.get_by_role("textbox", name="Password").press_sequentially("secret")
        page.keyboard.press("Tab")
        settled(page)
        page.get_by_role("button", name="Show my calendars").click()
        page.get_by_text("Nothing answers at 127.0.0.1:9").wait_for()

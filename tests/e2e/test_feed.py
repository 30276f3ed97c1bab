"""Subscribing in the real app: switched on in a browser, fetched by another program, switched off."""

from __future__ import annotations

from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import vobject
from app_in_browser import settled, visitor
from playwright.sync_api import Browser, Page

from iiplan.planner import week
from iiplan.planner.workspace import load_demo, open_workspace

PHONE = 400


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()
    settled(page)


def fetched(address: str, **headers: str) -> tuple[int, bytes]:
    """Status and body, failures included."""
    try:
        with urlopen(Request(address, headers=headers), timeout=60) as answer:
            return answer.status, answer.read()
    except HTTPError as error:
        return error.code, error.read()


def test_an_app_subscribes_to_the_week_until_it_is_switched_off(browser: Browser, app: str, tmp_path: Path) -> None:
    ws = open_workspace(tmp_path / "browser.sqlite")
    planned = week.plan(ws, ws.store.trip(load_demo(ws))).agenda
    assert planned is not None
    with visitor(browser, app, width=PHONE) as (page, strangers):
        page.goto(f"{app}/week")
        page.get_by_text("Subscribe from a calendar app").click()
        press(page, "Switch on")
        page.get_by_text("works on this machine only").wait_for()
        address = page.get_by_test_id("stExpander").locator("code").inner_text().strip()
        assert address.startswith(f"{app}/calendar/")
        link = page.get_by_role("link", name="Open in Apple Calendar").get_attribute("href")
        assert link == "webcal" + address.removeprefix("http")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

        status, body = fetched(address)
        events = vobject.readOne(body.decode()).vevent_list
        assert status == 200
        assert sorted(event.dtstart.value for event in events) == sorted(block.start for block in planned.meetings)
        assert fetched(address, Host="evil.example") == (404, b"Not found.\n")
        assert fetched(f"{address}x") == (404, b"Not found.\n")

        press(page, "Switch off")
        page.get_by_text("Switched off: the address has stopped").wait_for()
        assert fetched(address) == (404, b"Not found.\n")
        assert strangers == []
    token = urlsplit(address).path.rpartition("/")[2].removesuffix(".ics")
    assert len(token) == 43
    assert token not in (tmp_path / "app.log").read_text()

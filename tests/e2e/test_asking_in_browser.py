"""The asking half in a real browser: from the first person to the ask that is logged, on a phone."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from app_in_browser import SOME_TIME, fill_in, open_page, press, visitor
from playwright.sync_api import Browser, expect


def test_somebody_is_asked_from_the_list_of_today_with_a_message_that_is_whole(browser: Browser, app: str) -> None:
    with visitor(browser, app, width=400) as (page, strangers):
        open_page(page, app, "contacts")
        fill_in(page, "Name", "Ada Example")
        fill_in(page, "E-mail", "ada@example.org")
        press(page, "Save")
        page.get_by_text("Saved: Ada Example").wait_for()
        open_page(page, app, "trip")
        fill_in(page, "Name of the trip", "Washington week")
        fill_in(page, "City", "Washington, D.C.")
        fill_in(page, "Spot on the map", "38.9007, -77.0365")
        press(page, "Save the trip")
        page.get_by_text("The trip is saved").wait_for()

        open_page(page, app, "")
        page.get_by_text("Ask Ada Example", exact=True).wait_for()
        press(page, "Message")
        page.get_by_text(re.compile("blanks left")).wait_for()  # who writes is not known yet
        expect(page.get_by_role("button", name="Sent by e-mail: log it")).to_be_disabled()

        page.get_by_role("link", name="Say who you are").click()
        fill_in(page, "Your name", "Robin Sample")
        fill_in(page, "I am …", "a student of buses")
        fill_in(page, "I would like to learn about …", "how cities plan bus lines")
        press(page, "Save")
        page.get_by_text("Saved").first.wait_for()

        open_page(page, app, "")
        press(page, "Message")
        page.get_by_label(re.compile("caught your eye")).fill("your report on night buses")
        page.get_by_label(re.compile("caught your eye")).press("Tab")
        link = page.get_by_role("link", name="Open in e-mail")
        expect(page.get_by_text(re.compile("blanks? left"))).to_have_count(0, timeout=SOME_TIME)
        expect(link).to_have_count(1, timeout=SOME_TIME)  # what the run before drew goes when this one ends
        expect(link).to_have_attribute("href", re.compile("night%20buses"))
        parts = urlsplit(link.get_attribute("href") or "")
        assert (parts.scheme, parts.path) == ("mailto", "ada@example.org")
        body = parse_qs(parts.query)["body"][0]
        assert body.startswith("Dear Ada,\r\n")
        assert "your report on night buses" in body
        press(page, "Sent by e-mail: log it")
        page.get_by_text("Logged: Asked · Ada Example · E-mail").wait_for()
        expect(page.get_by_text("Ask Ada Example", exact=True)).to_have_count(0, timeout=SOME_TIME)
        press(page, "Undo")
        page.get_by_text("Ask Ada Example", exact=True).wait_for()
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert strangers == []

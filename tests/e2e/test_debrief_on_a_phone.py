"""Writing down what was said, on a phone: every box that was left is there after a reload."""

from __future__ import annotations

import re
from pathlib import Path

from app_in_browser import SOME_TIME, open_page, press, settled, visitor
from builders import a_person
from playwright.sync_api import Browser, expect

from iiplan.model import TouchKind
from iiplan.planner import asking
from iiplan.planner.workspace import open_workspace


def test_what_was_typed_stays_open_while_one_writes_and_survives_a_reload(
    browser: Browser, app: str, tmp_path: Path
) -> None:
    ws = open_workspace(tmp_path / "browser.sqlite")
    a_person(ws, "Ann")
    asking.log(ws, "ann", TouchKind.MET, timezone="America/New_York")
    with visitor(browser, app, width=400) as (page, strangers):
        open_page(page, app, "")
        press(page, "Write it down")
        page.get_by_label("Everything that comes to mind").fill("Started as a clerk.")
        page.get_by_label("Their advice").click()
        expect(page.get_by_text(re.compile("Saved ")).first).to_be_visible(timeout=SOME_TIME)
        settled(page)
        page.keyboard.type("Start with the riders.")  # the editor is where it was, and so is the cursor
        page.get_by_label("What surprised me").click()
        expect(page.get_by_text("1 earlier version")).to_be_visible(timeout=SOME_TIME)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        open_page(page, app, "learned?section=debriefs&person=ann")
        expect(page.get_by_label("Everything that comes to mind")).to_have_value("Started as a clerk.")
        expect(page.get_by_label("Their advice")).to_have_value("Start with the riders.")
        assert strangers == []

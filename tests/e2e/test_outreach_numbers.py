"""The numbers of the Outreach page under a real mouse: what AppTest cannot click."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from app_in_browser import settled, visitor
from playwright.sync_api import Browser, Page, expect

from iiplan.model import Contact, Source, Touch, TouchKind
from iiplan.planner.workspace import open_workspace


@pytest.fixture
def two_asked(app: str, tmp_path: Path) -> str:
    """The address of an app that knows Ada and Bo, both asked, Ada met."""
    store = open_workspace(tmp_path / "browser.sqlite").store
    store.save_contacts([Contact(id=name.lower(), name=name, source=Source.EVENT) for name in ("Ada", "Bo")])
    at = datetime.now(UTC) - timedelta(days=30)
    log = (("ada", TouchKind.ASKED), ("ada", TouchKind.MET), ("bo", TouchKind.ASKED))
    store.add_touches(
        Touch(id=str(number), contact_id=who, kind=kind, at=at + timedelta(hours=number))
        for number, (who, kind) in enumerate(log)
    )
    return app


def open_numbers(page: Page, address: str) -> list[str]:
    """Open the page at an address; what breaks in the browser is added to the list."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(address)
    page.get_by_role("heading", level=1).wait_for()
    settled(page)
    return faults


@pytest.mark.parametrize(
    ("address", "point"),
    [
        ("outreach", ".bars .point:nth-child(6) path"),  # met
        ("outreach?funnel-by=source", ".scatterlayer .trace:nth-child(2) .points path:nth-child(5)"),  # met
    ],
)
def test_a_click_on_the_chart_lists_people_and_leads_to_one(
    browser: Browser, two_asked: str, address: str, point: str
) -> None:
    with visitor(browser, two_asked) as (page, strangers):
        faults = open_numbers(page, f"{two_asked}/{address}")
        page.locator(point).click(force=True)
        expect(page.get_by_role("button", name="Close")).to_be_visible()
        expect(page.get_by_role("link", name="Bo")).to_have_count(0)
        page.get_by_role("link", name="Ada").click()
        expect(page.get_by_role("heading", name="Contacts")).to_be_visible()
        expect(page.get_by_role("heading", name="Ada")).to_be_visible()
        assert (faults, strangers) == ([], [])


def test_back_leads_to_the_section_seen_before(browser: Browser, two_asked: str) -> None:
    with visitor(browser, two_asked) as (page, _):
        open_numbers(page, f"{two_asked}/outreach?section=when")
        expect(page.get_by_role("heading", name="When to ask")).to_be_visible()
        page.get_by_text("Who answers", exact=True).click()
        expect(page.get_by_role("heading", name="Who answers")).to_be_visible()
        assert page.url.endswith("section=rates")
        page.go_back()
        expect(page.get_by_role("heading", name="When to ask")).to_be_visible()

"""The day sheet in a real browser: printed, on a phone, and in the app."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path

import pypdfium2
import pytest
from app_in_browser import open_page, visitor
from builders import MONDAY, WASHINGTON, a_candidate, a_trip
from playwright.sync_api import Browser, expect
from sheet_days import hard_day

from iiplan.briefing import Paper, sheets_html
from iiplan.planner.workspace import open_workspace


@pytest.mark.parametrize(("paper", "size"), [(Paper.A4, (595, 842)), (Paper.LETTER, (612, 792))])
def test_a_hard_day_prints_on_two_pages_and_fits_a_phone(
    browser: Browser, tmp_path: Path, paper: Paper, size: tuple[int, int]
) -> None:
    file = tmp_path / "day.html"
    file.write_text(sheets_html([hard_day()], paper), encoding="utf-8")
    with visitor(browser, "http://localhost", width=400) as (page, strangers):
        page.goto(file.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 400
        pages = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
        assert len(pages) <= 2
        assert tuple(round(side) for side in pages[0].get_size()) == size
        assert "Bo Nowhere" in "".join(one.get_textpage().get_text_range() for one in pages)
        assert strangers == []


def test_a_day_is_looked_at_and_downloaded_in_the_app(browser: Browser, app: str, tmp_path: Path) -> None:
    ws = open_workspace(tmp_path / "browser.sqlite")
    a_candidate(ws, a_trip(ws), "Ann <b>Bold</b>", fixed_start=datetime.combine(MONDAY, time(9), WASHINGTON))
    with visitor(browser, app) as (page, strangers):
        open_page(page, app, "prepare?section=sheet")
        sheet = page.frame_locator("iframe").frame_locator("iframe")
        expect(sheet.get_by_role("heading", level=1)).to_have_text("Monday 7 December 2026")
        expect(sheet.get_by_role("heading", level=2).first).to_have_text("Ann <b>Bold</b>")
        with page.expect_download() as found:
            page.get_by_role("button", name="Download the PDF").click()
        assert found.value.suggested_filename == "day-sheet-2026-12-07.pdf"
        assert Path(found.value.path()).read_bytes().startswith(b"%PDF")
        assert strangers == []

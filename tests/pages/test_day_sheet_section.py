"""The section Day sheet of the page Prepare, and the way there from the page Week."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from builders import MONDAY, WASHINGTON, a_candidate, a_trip
from page_driver import words
from streamlit.testing.v1 import AppTest

from iiplan.briefing import Paper
from iiplan.planner import day_sheets, question_lists
from iiplan.planner.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def section(database: Path) -> Callable[..., AppTest]:
    def opened(**query: str) -> AppTest:
        at = AppTest.from_file(str(ROOT / "iiplan" / "ui" / "main.py"), default_timeout=60)
        at.run()
        for name, value in {"section": "sheet", **query}.items():
            at.query_params[name] = value
        at.switch_page("../../pages/prepare.py").run()
        assert not at.exception
        return at

    return opened


def shown(at: AppTest) -> str:
    """The frame that shows the sheet."""
    return str(at.get("iframe")[0].proto)


def on(day: int, hour: int = 9) -> datetime:
    return datetime.combine(MONDAY + timedelta(days=day), time(hour), WASHINGTON)


def test_without_a_trip_or_meetings_it_says_what_to_do(live: Workspace, section: Callable[..., AppTest]) -> None:
    assert "There is no trip yet." in words(section())
    a_trip(live)
    assert "No meeting is planned yet. Plan the week, and each day gets a sheet." in words(section())


def test_a_day_is_shown_in_a_frame_that_runs_nothing(live: Workspace, section: Callable[..., AppTest]) -> None:
    trip = a_trip(live)
    a_candidate(live, trip, "Ann", fixed_start=on(0))
    a_candidate(live, trip, "Bo", fixed_start=on(1))
    at = section(day=on(1).date().isoformat())
    assert "Tuesday 8 December 2026" in shown(at)
    assert "Monday 7 December 2026" not in shown(at)
    assert "allow-scripts" not in shown(at)
    assert "sandbox=" in shown(at)
    assert "&lt;!DOCTYPE html&gt;" in shown(at)
    assert "Would make it better: questions for Bo and your introduction." in words(at)
    at.selectbox(key="day").set_value("week").run()
    assert not at.exception
    assert "Monday 7 December 2026" in shown(at)
    at.selectbox(key="day").set_value(on(3).date().isoformat()).run()
    assert "No meeting on this day." in shown(at)


def test_nothing_is_missing_once_questions_and_introduction_are_there(
    live: Workspace, section: Callable[..., AppTest]
) -> None:
    trip = a_trip(live)
    a_candidate(live, trip, "Ann", fixed_start=on(0))
    question_lists.propose(live, live.store.contact("ann"), 30)
    live.store.save_setting("introductions", {"variants": [{"id": "a", "title": "A", "text": "I am Jo."}]})
    assert "Would make it better" not in words(section())


def test_the_paper_is_remembered_and_both_files_are_offered(live: Workspace, section: Callable[..., AppTest]) -> None:
    trip = a_trip(live)
    a_candidate(live, trip, "Ann", fixed_start=on(0))
    at = section()
    assert [one.proto.label for one in at.get("download_button")] == ["Download the PDF", "Download the page (HTML)"]
    at.button_group(key="sheet-paper").set_value(Paper.LETTER).run()
    assert not at.exception
    assert day_sheets.paper(live) is Paper.LETTER
    assert "size: letter" in shown(at)
    assert "size: letter" in shown(section())


def test_what_has_no_font_is_said(live: Workspace, section: Callable[..., AppTest]) -> None:
    trip = a_trip(live)
    a_candidate(live, trip, "Ann \U0010fffd", fixed_start=on(0))
    assert "The PDF shows boxes for symbols and emoji: install a font such as Noto" in words(section())

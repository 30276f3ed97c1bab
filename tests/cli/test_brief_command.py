"""iiplan brief: the day sheet as text, as a page and as a PDF."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from pathlib import Path

from builders import MONDAY, WASHINGTON, a_candidate, a_trip
from click.testing import CliRunner, Result

from iiplan.cli import main
from iiplan.planner.workspace import Workspace


def brief(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["brief", *arguments])


def two_days(ws: Workspace) -> None:
    trip = a_trip(ws)
    for number, name in enumerate(("Ann\x9b31m\u202e", "Bo")):
        start = datetime.combine(MONDAY + timedelta(days=number), time(9), WASHINGTON)
        a_candidate(ws, trip, name, fixed_start=start)


def test_it_prints_one_day_or_the_week(ws: Workspace) -> None:
    two_days(ws)
    one = brief("--trip", "washington week", "--day", "2026-12-07")
    assert one.exit_code == 0
    assert "Monday 7 December 2026" in one.stdout
    assert "Tuesday" not in one.stdout
    assert {"\x9b", "\u202e"} & set(one.stdout) == set()
    assert "09:00 to 09:30 · Ann" in one.stdout
    assert "    Analyst, Acme" in one.stdout
    week = brief("--week")
    assert "Monday 7 December 2026" in week.stdout
    assert "Tuesday 8 December 2026" in week.stdout


def test_it_writes_a_page_and_a_pdf_on_the_paper_that_is_asked_for(ws: Workspace, tmp_path: Path) -> None:
    two_days(ws)
    page, pdf = tmp_path / "day.html", tmp_path / "day.pdf"
    done = brief("--day", "2026-12-08", "--html", str(page), "--pdf", str(pdf), "--paper", "letter")
    assert (done.exit_code, done.stdout) == (0, f"Wrote {page}.\nWrote {pdf}.\n")
    assert "size: letter" in page.read_text(encoding="utf-8")
    assert pdf.read_bytes().startswith(b"%PDF")
    assert b"/MediaBox[0 0 612 792]" in pdf.read_bytes()


def test_letters_without_a_font_are_named(ws: Workspace, tmp_path: Path) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ann \U0010fffd", fixed_start=datetime.combine(MONDAY, time(9), WASHINGTON))
    done = brief("--day", "2026-12-07", "--pdf", str(tmp_path / "day.pdf"))
    assert done.exit_code == 0
    assert "Note: The PDF shows boxes for symbols and emoji: install a font" in done.stderr


def test_what_cannot_be_printed_ends_with_status_2_and_the_cure(ws: Workspace) -> None:
    assert brief().exit_code == 2
    assert "There is no trip yet." in brief().stderr
    a_trip(ws)
    assert "Plan the week first" in brief("--week").stderr
    assert "--day and --week exclude each other" in brief("--week", "--day", "2026-12-07").stderr
    assert brief("--day", "2026-12-08").exit_code == 0
    assert "is not on Washington week" in brief("--day", "2027-12-08").stderr

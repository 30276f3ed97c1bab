"""Take the pictures of the documentation again: the demo, planned, in a real browser. Run it from the checkout."""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "e2e")]

from app_in_browser import chromium, running_app, settled, visitor  # noqa: E402

from iiplan.planner import packing, question_lists, trips, week  # noqa: E402
from iiplan.planner.workspace import Workspace, load_demo, open_workspace  # noqa: E402

NOON = datetime(2027, 3, 10, 11, 50, tzinfo=ZoneInfo("America/New_York"))  # a Wednesday
BEFORE = {"week": "week", "outreach": "outreach", "today": "", "day-sheet": "prepare?section=sheet"}
UNDER_WAY = {"now": "", "prepare": "prepare", "learned": "learned?section=direction"}


def main() -> None:
    """Write docs/NAME.png for each name of BEFORE (before the trip) and UNDER_WAY (in the middle of it)."""
    os.environ["IIPLAN_NOW"] = NOON.isoformat()
    with tempfile.TemporaryDirectory() as folder:
        ahead = _loaded(Path(folder) / "ahead.sqlite", under_way=False)
        trip = trips.trip_named(ahead, None)
        week.plan(ahead, trip)
        for meetings in packing.meetings_by_day(ahead, trip).values():
            for block in meetings:
                question_lists.propose(ahead, ahead.store.contact(block.contact_id or ""), block.minutes)
        _take(ahead, BEFORE)
        _take(_loaded(Path(folder) / "under-way.sqlite", under_way=True), UNDER_WAY)


def _loaded(database: Path, *, under_way: bool) -> Workspace:
    workspace = open_workspace(database, now=lambda: NOON)
    load_demo(workspace, under_way=under_way)
    return workspace


def _take(workspace: Workspace, pages: dict[str, str]) -> None:
    """A picture of each page, by its name, as docs/NAME.png."""
    database = workspace.store.path
    with (
        running_app(database, database.with_suffix(".log")) as address,
        chromium() as browser,
        visitor(browser, address, width=1300, height=1180) as (page, _),
    ):
        for name, path in pages.items():
            page.goto(f"{address}/{path}")
            page.get_by_role("heading", level=1).wait_for()
            settled(page)
            page.wait_for_load_state("networkidle")
            page.mouse.move(0, 0)
            page.wait_for_timeout(1500)  # charts fade in
            page.screenshot(path=str(ROOT / "docs" / f"{name}.png"))


if __name__ == "__main__":
    main()

"""Take the pictures of the documentation again: the demo, planned, in a real browser. Run it from the checkout."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "e2e")]

from app_in_browser import chromium, running_app, settled, visitor  # noqa: E402

from iiplan.planner import packing, question_lists, trips, week  # noqa: E402
from iiplan.planner.workspace import load_demo, open_workspace  # noqa: E402


def main() -> None:
    """Write docs/week.png, docs/outreach.png, docs/today.png and docs/day-sheet.png."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "demo.sqlite"
        workspace = open_workspace(database)
        load_demo(workspace)
        trip = trips.trip_named(workspace, None)
        week.plan(workspace, trip)
        for meetings in packing.meetings_by_day(workspace, trip).values():
            for block in meetings:
                question_lists.propose(workspace, workspace.store.contact(block.contact_id or ""), block.minutes)
        with (
            running_app(database, Path(folder) / "app.log") as address,
            chromium() as browser,
            visitor(browser, address, width=1300, height=1180) as (page, _),
        ):
            pages = {"week": "week", "outreach": "outreach", "today": "", "day-sheet": "prepare?section=sheet"}
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

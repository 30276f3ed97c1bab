"""``python -m bench.numbers``: how the Outreach numbers and the due list grow with the log. ``make bench`` calls it.

Writes its own section into the page of the benchmarks and leaves the rest of the page as it is.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from bench.logs import TOUCHES_EACH, invented_log
from bench.report import seconds
from iiplan.forecast import forecast, reply_times
from iiplan.outreach import Grouping, History, activity, funnel_document, histories, referrals, stage_times
from iiplan.planner import people, today, trips
from iiplan.planner.workspace import Workspace, open_workspace

ROOT = Path(__file__).resolve().parents[1]
HEADING = "## How the numbers grow with the log"
NOW = dt.datetime(2027, 3, 11, 9, 0, tzinfo=dt.UTC)
SIZES, QUICK_SIZES = (200, 2_000, 20_000), (200, 2_000)  # touches
TRIES, QUICK_TRIES = 5, 3
MOST = 12.0  # times as long for ten times as much: linear, and a fifth for caches that overflow

TRIP = trips.new_trip(
    name="Week", city="Washington", timezone="America/New_York", first=dt.date(2027, 4, 5), last=dt.date(2027, 4, 9)
)


def read(ws: Workspace) -> Sequence[History]:
    """The log as it is read once for each state of the file; what is remembered of it is passed over."""
    state = ws.store.people_state()
    return histories(state.contacts, state.touches)


Job = Callable[[Workspace, Sequence[History]], object]
JOBS: dict[str, Job] = {
    "read the log": lambda ws, log: read(ws),
    "funnels and response rates, all groupings": lambda ws, log: [funnel_document(log, by, NOW) for by in Grouping],
    "activity, time in each stage, referrals": lambda ws, log: (
        activity(log, NOW),
        stage_times(log, NOW),
        referrals(log),
    ),
    "reply times and forecast": lambda ws, log: (reply_times(log, NOW), forecast(log, TRIP, (), NOW, seed=1)),
    "due list, reading included": lambda ws, log: today.due(ws, None, None, log=read(ws)),
}


@dataclass(frozen=True, kw_only=True)
class Grown:
    """Seconds of one job by the number of touches, smallest first."""

    job: str
    times: dict[int, float]

    @property
    def ratios(self) -> list[float]:
        """How many times as long each size took as the one before it."""
        taken = list(self.times.values())
        return [after / before for before, after in pairwise(taken)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, write the section, and say it; 1 when something grows too fast."""
    parser = argparse.ArgumentParser(prog="python -m bench.numbers", description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="small logs; written to build/, not to docs/")
    quick = parser.parse_args(arguments).quick
    page = ROOT / ("build/benchmarks-quick.md" if quick else "docs/benchmarks.md")
    grown = measured(QUICK_SIZES if quick else SIZES, QUICK_TRIES if quick else TRIES)
    lines = section(grown)
    page.parent.mkdir(exist_ok=True)
    before = page.read_text(encoding="utf-8") if page.exists() else "# Benchmarks\n"
    page.write_text(with_section(before, lines), encoding="utf-8")
    print("\n".join(lines), f"\n\nWritten: {page}")
    return 0 if met(grown) else 1


def measured(sizes: Sequence[int], tries: int) -> list[Grown]:
    """The best of ``tries`` for each job and size; the log of each size lies in a database of its own."""
    times: dict[str, dict[int, float]] = {job: {} for job in JOBS}
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            ws = open_workspace(Path(folder) / f"{size}.sqlite", now=lambda: NOW)
            contacts, touches = invented_log(size // TOUCHES_EACH, NOW)
            ws.store.save_contacts(contacts)
            ws.store.add_touches(touches)
            log = people.log_of_all(ws)
            for job, run in JOBS.items():
                times[job][size] = min(_took(run, ws, log) for _ in range(tries))
    return [Grown(job=job, times=found) for job, found in times.items()]


def _took(run: Job, ws: Workspace, log: Sequence[History]) -> float:
    began = time.perf_counter()
    run(ws, log)
    return time.perf_counter() - began


def met(grown: Sequence[Grown]) -> bool:
    """Whether nothing grows faster than the target allows."""
    return all(ratio <= MOST for one in grown for ratio in one.ratios)


def section(grown: Sequence[Grown]) -> list[str]:
    """The section of the page, heading first."""
    sizes = list(grown[0].times)
    lines = [
        HEADING,
        "",
        f"Written by `python -m bench.numbers`. An invented log of ten touches a person, read from its database; best "
        f"of several runs. Target: ten times as many people and touches take at most {MOST:g} times as long "
        f"({'met' if met(grown) else '**missed**'}).",
        "",
        "| touches | " + " | ".join(f"{size:,}" for size in sizes) + " | growth a tenfold |",
        "|---|" + "--:|" * (len(sizes) + 1),
    ]
    for one in grown:
        cells = [seconds(taken) for taken in one.times.values()]
        growth = ", ".join(f"{ratio:.1f}" for ratio in one.ratios)
        lines.append(f"| {one.job} | " + " | ".join(cells) + f" | {growth} |")
    return lines


def with_section(page: str, lines: Sequence[str], heading: str = HEADING) -> str:
    """The page with this section in the place of its last version, or at its end."""
    before, found, after = page.partition(f"{heading}\n")
    if not found:
        return page.rstrip("\n") + "\n\n" + "\n".join(lines) + "\n"
    _, next_one, rest = after.partition("\n## ")
    tail = f"\n## {rest}" if next_one else ""
    return before + "\n".join(lines) + "\n" + tail


if __name__ == "__main__":
    sys.exit(main())

"""The demo as it is lived: each step done at its moment, by the same use cases that the pages call.

``home.json`` happens before the trip, dated in ``business_days_ago`` before the day the demo is laid out for;
``week.json`` on the trip, dated by its ``day`` (1: the first; 0 and less: before it). Both are lists of steps with a
clock time ``at`` in the trip's zone and what to ``do`` (``planner/demo_steps.py``). What lies ahead has not happened.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path

from iiplan.errors import InputError
from iiplan.outreach import add_business_days
from iiplan.planner import trips
from iiplan.planner.demo import DemoData, read_demo, zone_of
from iiplan.planner.demo_entry import Entry, about, load
from iiplan.planner.demo_steps import Scene, do
from iiplan.planner.workspace import Workspace

__all__ = ["tell"]

TODAY = 3  # the day of the trip that today is, under way
LEAD = 6  # days before the trip for which the people are laid out then


def tell(workspace: Workspace, folder: Path, *, under_way: bool) -> str:
    """Fill the empty database; returns the trip's id. InputError names the file and the step."""
    now = workspace.now()
    laid_out, first_day, files = now, None, ["home.json"]
    if under_way:
        zone = zone_of(folder)
        first_day = now.astimezone(zone).date() - timedelta(days=TODAY - 1)
        laid_out = datetime.combine(first_day - timedelta(days=LEAD), time(), zone)
        files.append("week.json")
    demo = read_demo(folder, laid_out, first_day)
    _save(workspace, demo)
    reference = laid_out.astimezone(demo.trip.zone).date()
    for name in files:
        for at, where, step in _steps(folder, name, demo, reference):
            if at <= now:
                with about(where):
                    do(Scene(workspace=replace(workspace, now=partial(_same, at)), trip=demo.trip, ids=demo.ids), step)
    return demo.trip.id


def _save(workspace: Workspace, demo: DemoData) -> None:
    store = workspace.store
    store.save_contacts(demo.contacts)
    trips.save_trip(workspace, demo.trip)
    store.add_touches(demo.touches)
    store.save_candidates(demo.candidates)


def _steps(folder: Path, name: str, demo: DemoData, reference: date) -> Iterator[tuple[datetime, str, Entry]]:
    """Each step with its moment and where it stands, by time; two of one moment in the order of the file."""
    raw = load(folder, name)
    if not isinstance(raw, list):
        raise InputError(f"{name} must be a list of steps.")
    found = []
    for number, one in enumerate(raw, 1):
        where = f"{name}, step {number}"
        with about(where):
            step = Entry(one)
            found.append((_moment(step, demo, reference), where, step))
    yield from sorted(found, key=lambda one: one[0])


def _moment(step: Entry, demo: DemoData, reference: date) -> datetime:
    if step.has("day"):
        on = demo.trip.first_day + timedelta(days=step.whole("day") - 1)
    else:
        ago = step.whole("business_days_ago")
        if ago < 1:
            raise InputError(f"business_days_ago is {ago}. Give 1 or more, so that nothing lies in the future.")
        on = add_business_days(reference, -ago)
    return datetime.combine(on, step.clock("at"), demo.trip.zone)


def _same(moment: datetime) -> datetime:
    """What a clock that stands still says."""
    return moment

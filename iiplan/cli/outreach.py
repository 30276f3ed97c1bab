"""The commands about the asking: the funnel and who answers, what is due, how full the week will be."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from iiplan.cli.common import as_json, opened, plain
from iiplan.errors import NotFoundError

if TYPE_CHECKING:
    from datetime import datetime

    from iiplan.model import Trip
    from iiplan.planner.workspace import Workspace

__all__ = ["due"]

_TRIP = click.option("--trip", "name", help="Name of the trip. Without it: the one under way or next.")
_NOW = click.option("--now", "moment", help="Another moment than now, like 2027-03-11T09:00 (in the trip's zone).")
_JSON = click.option("--json", "in_json", is_flag=True, help="Print JSON (docs/numbers.md).")


@click.command()
@_TRIP
@_NOW
@_JSON
@click.pass_obj
def due(db: Path | None, name: str | None, moment: str | None, in_json: bool) -> None:
    """Say what to do now: replies owed, whom to ask, confirm, thank. The same list as on the page Today.

    With --now, what was logged later is left out, as if it had not happened yet.
    """
    from iiplan.planner import today, week

    workspace, trip, at = _situation(db, name, moment)
    agenda = week.current(workspace, trip).agenda if trip else None
    found = today.due(workspace, trip, agenda, now=at)
    if in_json:
        as_json(today.due_document(found))
        return
    for item in found.items:
        zone = trip.zone if trip else None
        until = f" (by {item.deadline.astimezone(zone):%a %d %b %H:%M})" if item.deadline else ""
        click.echo(f"{plain(item.title)}{until}\n    {plain(item.why)}")
    if not found.items:
        click.echo("Nothing presses right now.")
    if found.snoozed:
        click.echo(f"{len(found.snoozed)} put off.")


def _situation(db: Path | None, name: str | None, moment: str | None) -> tuple[Workspace, Trip | None, datetime | None]:
    """The database, the trip in question if there is one, and the moment asked about (None: now)."""
    from datetime import UTC

    from iiplan.planner import trips
    from iiplan.planner.workspace import read_moment

    workspace = opened(db)
    try:
        trip = trips.trip_named(workspace, name)
    except NotFoundError:
        if name is not None:
            raise
        trip = None
    return workspace, trip, read_moment(moment, trip.zone if trip else UTC) if moment else None

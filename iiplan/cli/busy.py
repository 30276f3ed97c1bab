"""The command about calendar files: when somebody is busy by them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from iiplan.cli.common import as_json, plain
from iiplan.errors import InputError

if TYPE_CHECKING:
    from iiplan.calendars import BusyEvent

__all__ = ["busy_command"]

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command(name="busy")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--from", "start", type=_DAY, required=True, help="The first day to look at.")
@click.option("--to", "end", type=_DAY, required=True, help="The day after the last: it is not looked at itself.")
@click.option("--tz", "timezone", required=True, help="Time zone of the days and of the answer: America/New_York.")
@click.option("--json", "json_wanted", is_flag=True, help="Print JSON (docs/calendars.md).")
def busy_command(files: tuple[Path, ...], start: datetime, end: datetime, timezone: str, json_wanted: bool) -> None:
    """Say when calendar files (.ics) keep you busy, overlapping appointments as one.

    Cancelled events and those marked as free time are left out. What cannot be read is named in a warning.
    """
    # The reading of calendars takes a moment to load that other commands need not wait.
    from iiplan.calendars import read_busy
    from iiplan.planner.busy import busy_document, merged

    first, last = start.date(), end.date()
    times = read_busy([(str(path), _content(path)) for path in files], start=first, end=last, timezone=timezone)
    stretches = merged(times.events, start=first, end=last, timezone=timezone)
    if json_wanted:
        as_json(busy_document(stretches, times.warnings))
        return
    for warning in times.warnings:
        click.echo(f"Warning: {plain(warning)}", err=True)
    if not stretches:
        click.echo(f"Nothing from {first:%a %d %b %Y} to before {last:%a %d %b %Y}.")
        return
    click.echo(f"Times are {timezone}.")
    for one in stretches:
        click.echo(_line(one))


def _content(path: Path) -> bytes:
    """What the file holds, one byte more than can be read at most."""
    from iiplan.calendars import MOST_BYTES

    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise InputError(f"Cannot read {path}: {error.strerror or error}. Check the name.") from error


def _line(one: BusyEvent) -> str:
    same_day = one.start.date() == one.end.date()
    until = f"{one.end:%H:%M}" if same_day else f"{one.end:%a %d %b %Y %H:%M}"
    return f"  {one.start:%a %d %b %Y %H:%M} to {until}  {plain(one.title)} ({plain(one.file)})"

"""The command that prints the day sheet: as text, as a page for phone and printer, as a PDF."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from iiplan.cli.common import opened, plain, write_whole
from iiplan.errors import InputError

__all__ = ["brief"]

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.option("--trip", "name", help="Name of the trip. Without it: the one under way or next.")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="The day. Without it: the next one with meetings.")
@click.option("--week", is_flag=True, help="All days with meetings instead of one.")
@click.option("--html", type=_FILE, help="Write one web page that works offline, on a phone and on paper.")
@click.option("--pdf", type=_FILE, help="Write a PDF.")
@click.option("--paper", type=click.Choice(["a4", "letter"]), help="Without it: what was chosen in the app, else A4.")
@click.pass_obj
def brief(
    db: Path | None,
    name: str | None,
    day: datetime | None,
    week: bool,
    html: Path | None,
    pdf: Path | None,
    paper: str | None,
) -> None:
    """Print the day sheet: when to leave, whom to meet where, what to ask, what to bring.

    Without --html and --pdf it is printed here as text.
    """
    from iiplan.briefing import Paper, boxes_sentence, sheets_html, sheets_pdf, sheets_text
    from iiplan.planner import day_sheets, trips

    if week and day:
        raise InputError("--day and --week exclude each other. Take one of them.")
    workspace = opened(db)
    trip = trips.trip_named(workspace, name)
    if week:
        sheets = day_sheets.week_sheets(workspace, trip)
    else:
        sheets = (day_sheets.day_sheet(workspace, trip, day.date() if day else day_sheets.next_day(workspace, trip)),)
    on = Paper(paper) if paper else day_sheets.paper(workspace)
    if html is not None:
        write_whole(html, sheets_html(sheets, on).encode())
        click.echo(f"Wrote {html}.")
    if pdf is not None:
        made = sheets_pdf(sheets, on)
        write_whole(pdf, made.content)
        click.echo(f"Wrote {pdf}.")
        if made.boxes:
            click.echo(f"Note: {boxes_sentence(made.boxes)}", err=True)
    if html is None and pdf is None:
        for line in sheets_text(sheets).split("\n"):
            indent = len(line) - len(line.lstrip(" "))
            click.echo(" " * indent + plain(line))

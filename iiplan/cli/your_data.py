"""The commands that take data out and bring it back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from iiplan.cli.common import opened, plain, write_whole
from iiplan.errors import InputError

if TYPE_CHECKING:
    from iiplan.planner.your_data import Summary

__all__ = ["backup_command", "export_command", "restore_command"]

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command(name="export")
@click.option("--contacts-csv", type=FILE, metavar="FILE", help="Every contact, all fields, for a spreadsheet.")
@click.option("--contacts-vcard", type=FILE, metavar="FILE", help="Every contact as a vCard 4.0, for an address book.")
@click.option("--workspace", type=FILE, metavar="FILE", help="Everything as one zip file that restores anywhere.")
@click.pass_obj
def export_command(
    db: Path | None, contacts_csv: Path | None, contacts_vcard: Path | None, workspace: Path | None
) -> None:
    """Write people, or everything, to files in open formats (docs/your-data.md).

    A file that is there is replaced. The zip file holds all but the addresses at which calendar apps subscribe:
    whoever has one can read the plan.
    """
    from iiplan.planner import your_data

    wanted = (
        (contacts_csv, your_data.people_as_csv),
        (contacts_vcard, your_data.people_as_vcard),
        (workspace, your_data.workspace_as_zip),
    )
    if not any(target for target, _ in wanted):
        raise InputError("Say what to export: --contacts-csv, --contacts-vcard or --workspace, each with a file name.")
    ws = opened(db)
    for target, made in wanted:
        if target is not None:
            if target.resolve() == ws.store.path:
                raise InputError(f"{target} is the database itself. Choose another name.")
            write_whole(target, made(ws))
            click.echo(f"Wrote {target}.")


@click.command(name="backup")
@click.argument("file", required=False, type=FILE)
@click.pass_obj
def backup_command(db: Path | None, file: Path | None) -> None:
    """Write an exact copy of the database to FILE, or to a dated name beside it. Also while the app runs.

    The copy is checked before it gets its name. A file that is there is never replaced. It holds everything, the
    addresses at which calendar apps subscribe included: keep it to yourself.
    """
    from iiplan.planner import your_data

    click.echo(f"Wrote {your_data.backup(opened(db), file)}.")


@click.command(name="restore")
@click.argument("file", type=FILE)
@click.option("--replace", is_flag=True, help="Replace what is there, after keeping a dated copy of it.")
@click.pass_obj
def restore_command(db: Path | None, file: Path, replace: bool) -> None:
    """Bring back a backup (.sqlite) or an export (.zip) from FILE. Also while the app runs.

    FILE is checked as a whole first. A database that holds anything is refused without --replace; with it, a dated
    copy of what was there is kept beside it, from which it can be restored again.
    """
    from iiplan.planner import your_data

    ws = opened(db)
    there = your_data.summary(ws)
    if not there.is_empty and not replace:
        arriving = your_data.preview(ws, file)
        raise InputError(
            f"{ws.store.path} holds {_words(there)}; {file} holds {_words(arriving)}. Add --replace to put the second "
            "in the place of the first, of which a dated copy is kept; or name another database with --db."
        )
    done = your_data.restore(ws, file)
    click.echo(f"Restored {_words(done.summary)} into {ws.store.path}.")
    if done.kept is not None:
        click.echo(f"What was there before is kept in {done.kept}.")
    if done.summary.arrival is not None and not done.summary.arrival.secrets:
        click.echo("Subscriptions of calendar apps are not in an export: switch them on again in the app.")


def _words(found: Summary) -> str:
    """'2 people, 3 touches and the trips Oslo (1 to 5 Mar 2027)' on one line."""
    trips = "; ".join(f"{plain(name)}, {first:%d %b %Y}" for name, first, _ in found.trips)
    return f"{_count(found.people, 'person', 'people')}, {_count(found.touches, 'touch', 'touches')} and " + (
        f"{_count(len(found.trips), 'trip', 'trips')} ({trips})" if trips else "no trip"
    )


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"

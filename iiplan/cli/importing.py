"""The command that brings people in from files, and takes an import back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from iiplan.cli.common import as_json, opened, plain
from iiplan.errors import InputError
from iiplan.model import Import, Source

if TYPE_CHECKING:
    from iiplan.planner.importing import Looked
    from iiplan.planner.workspace import Workspace

__all__ = ["import_command"]

NOBODY = 3
MOST_LINES = 20
MOST_BYTES = 200_000_000  # of a file on the command line; what is inside has bounds of its own
_KINDS = ("linkedin", "google", "outlook", "vcard", "table")


@click.command(name="import")
@click.argument("files", metavar="FILE...", nargs=-1, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--as", "kind", type=click.Choice(_KINDS), help="What the files are. Without it: found by their content.")
@click.option("--source", type=click.Choice([one.value for one in Source]), help="How these people were found.")
@click.option("--city", default="", help="The city of everybody whose row has none.")
@click.option("--tag", "tags", multiple=True, help="A tag for everybody. May be given several times.")
@click.option("--rejected", type=click.Path(file_okay=False, path_type=Path), help="Folder for the unreadable rows.")
@click.option("--dry-run", is_flag=True, help="Say what would come in, and save nothing.")
@click.option("--undo", "undo_id", metavar="ID", help="Take an import back, as a whole.")
@click.option("--json", "json_wanted", is_flag=True, help="Print JSON (docs/importing.md).")
@click.pass_context
def import_command(
    ctx: click.Context,
    files: tuple[Path, ...],
    kind: str | None,
    source: str | None,
    city: str,
    tags: tuple[str, ...],
    rejected: Path | None,
    dry_run: bool,
    undo_id: str | None,
    json_wanted: bool,
) -> None:
    """Bring people in from CSV, vCard and Excel files, or from a zip of an export.

    Says what is new, what is added to whom, who is known already, and each row that cannot be read with the reason.
    Exit status 3 when nobody could be read.
    """
    if bool(files) == bool(undo_id):
        raise InputError("Name the files to import, or an import to take back with --undo; not both.")
    workspace = opened(ctx.obj)
    if undo_id:
        _undo(workspace, undo_id, json_wanted)
        return
    from iiplan.importers import FileKind
    from iiplan.planner import importing
    from iiplan.planner.import_document import import_document

    given = [(path.name, _content(path)) for path in files]
    found, refused = importing.open_files(given, as_kind=FileKind(kind) if kind else None)
    chosen = importing.Choices(
        source=Source(source) if source else None, city=city.strip(), tags=importing.tags_of(tags)
    )
    looked = importing.look(workspace, found, refused, chosen)
    done = None
    if not dry_run and (looked.preview.arrivals or looked.preview.changes):
        done = importing.save(workspace, looked)
    if rejected is not None:
        _write_rejected(looked, rejected)
    if json_wanted:
        as_json(import_document(looked, done))
    else:
        _say(looked, done, dry_run)
    if not any(result.people for result in looked.results.values()):
        ctx.exit(NOBODY)


def _undo(workspace: Workspace, import_id: str, json_wanted: bool) -> None:
    from iiplan.planner.import_undo import undo

    undone = undo(workspace, import_id)
    if json_wanted:
        kept = [{"name": one.name, "reason": one.reason} for one in undone.kept]
        as_json({"undone": import_id, "removed": undone.removed, "restored": undone.restored, "kept": kept})
    else:
        click.echo(plain(undone.in_words()))


def _say(looked: Looked, done: Import | None, dry_run: bool) -> None:
    preview = looked.preview
    for one in looked.refused:
        click.echo(f"Not read: {plain(one.name)}: {plain(one.reason)}", err=True)
    for file in looked.files:
        if file.name in looked.results:
            click.echo(f"{plain(file.name)}: {file.kind.value}, {looked.results[file.name].rows:,} rows")
    counts = (len(preview.new), len(preview.updated), len(preview.known), len(preview.rejected))
    click.echo("{:,} new, {:,} updated, {:,} already known, {:,} unreadable.".format(*counts))
    for row in preview.rejected[:MOST_LINES]:
        click.echo(f"  {plain(row.file)}, line {row.line}: {plain(row.reason)}")
    if len(preview.rejected) > MOST_LINES:
        click.echo(f"  and {len(preview.rejected) - MOST_LINES:,} more; --rejected FOLDER writes them all")
    if not any(result.people for result in looked.results.values()):
        click.echo("Nobody could be read from these files.", err=True)
    if done is not None:
        click.echo(f"Saved. To take it back: iiplan import --undo {done.id}")
    else:
        click.echo("Nothing was saved (--dry-run)." if dry_run else "There was nothing to save.")


def _write_rejected(looked: Looked, folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, result in looked.results.items():
            if result.rejected:
                title, content = looked.to_correct(name)
                (folder / title).write_bytes(content)
    except OSError as error:
        raise InputError(f"Cannot write to {folder}: {error.strerror or error}. Choose another folder.") from error


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES)
    except OSError as error:
        raise InputError(f"Cannot read {path}: {error.strerror or error}. Check the name.") from error

"""Everything out, and everything in: people as files, the whole workspace, backups, and restoring one."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from iiplan.errors import InputError, StorageError
from iiplan.importers import contacts_csv, contacts_vcard
from iiplan.planner.workspace import Workspace
from iiplan.store import DAYS_KEPT, Arrival, KeptCopy, Store

__all__ = [
    "DAYS_KEPT",
    "Arrival",
    "KeptCopy",
    "Restored",
    "Summary",
    "backup",
    "copies",
    "keep_daily_copy",
    "people_as_csv",
    "people_as_vcard",
    "preview",
    "preview_upload",
    "restore",
    "restore_upload",
    "summary",
    "workspace_as_zip",
]


@dataclass(frozen=True, kw_only=True)
class Summary:
    """What a workspace holds, deleted things left out. ``arrival`` says where one that could be restored comes from."""

    people: int
    organisations: int
    touches: int
    last_touch: datetime | None
    trips: tuple[tuple[str, date, date], ...]  # name, first and last day
    templates: int
    feeds: int
    rows: int
    arrival: Arrival | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was ever kept in it."""
        return self.rows == 0


@dataclass(frozen=True, kw_only=True)
class Restored:
    """What is there now, and the dated copy of what was there before; None when there was nothing."""

    summary: Summary
    kept: Path | None


def people_as_csv(workspace: Workspace) -> bytes:
    """Every contact that is not deleted, all fields, for a spreadsheet."""
    return contacts_csv(workspace.store.contacts())


def people_as_vcard(workspace: Workspace) -> bytes:
    """Every contact that is not deleted as a vCard, for an address book."""
    return contacts_vcard(workspace.store.contacts(), workspace.now())


def workspace_as_zip(workspace: Workspace) -> bytes:
    """Everything, deleted things included, but no calendar addresses."""
    return workspace.store.export_workspace(workspace.now())


def backup(workspace: Workspace, target: Path | None = None) -> Path:
    """An exact copy of the database at ``target``, which must be free, or under a dated name beside it."""
    if target is not None:
        return workspace.store.write_backup(target)
    return workspace.store.keep_backup(workspace.now())


def copies(workspace: Workspace) -> tuple[KeptCopy, ...]:
    """The dated copies beside the database, the newest first."""
    return workspace.store.dated_copies()


def keep_daily_copy(workspace: Workspace) -> str:
    """Keep the copy of the day if it is due; what stands in the way of it, or nothing. Never an obstacle itself."""
    try:
        workspace.store.keep_daily_copy(workspace.now())
    except (StorageError, OSError) as error:
        return str(error)
    return ""


def summary(workspace: Workspace) -> Summary:
    """What there is."""
    return _summary(workspace.store, None)


def preview(workspace: Workspace, source: Path) -> Summary:
    """What a backup or an export would bring; nothing changes. ``InputError`` when it cannot be restored."""
    with _arriving(workspace, source) as (_, found):
        return found


def restore(workspace: Workspace, source: Path) -> Restored:
    """Put a backup or an export in the place of all there is, after keeping a dated copy of that.

    ``InputError`` when the file cannot be restored, ``StorageError`` when this one cannot be written: then nothing
    has changed.
    """
    with _arriving(workspace, source) as (store, found):
        return Restored(summary=found, kept=workspace.store.replace_by(store, workspace.now()))


def preview_upload(workspace: Workspace, content: bytes) -> Summary:
    """``preview`` of a file that came through the browser."""
    with _uploaded(content) as source:
        return preview(workspace, source)


def restore_upload(workspace: Workspace, content: bytes) -> Restored:
    """``restore`` from a file that came through the browser."""
    with _uploaded(content) as source:
        return restore(workspace, source)


@contextmanager
def _uploaded(content: bytes) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "uploaded"
        source.write_bytes(content)
        yield source


@contextmanager
def _arriving(workspace: Workspace, source: Path) -> Iterator[tuple[Store, Summary]]:
    """The workspace of a file, once all that pages show of it has been read."""
    with workspace.store.arriving(source) as (store, arrival):
        try:
            _read_all(store)
            found = _summary(store, arrival)
        except StorageError as error:
            raise InputError(
                f"The file holds something that iiplan cannot show: {error.__cause__ or error}. Choose another copy."
            ) from error
        yield store, found


def _read_all(store: Store) -> None:
    """Make the nouns of the store, deleted ones too: what the model refuses would stop the pages later."""
    for read in (
        store.organisations,
        store.touches,
        store.feeds,
        store.templates,
        store.snoozes,
        store.own_questions,
        store.planned_questions,
        store.research,
        store.rehearsals,
        store.debriefs,
        store.insights,
        store.imports,
        store.own_minutes,
        store.calendar_links,
        store.merges,
        store.distinct_pairs,
    ):
        read()
    for deleted in (False, True):
        store.contacts(deleted=deleted)
        for trip in store.trips(deleted=deleted):
            store.candidates(trip.id)
            store.offers(trip.id)
            store.plan(trip.id)
            store.handed_out(trip.id)


def _summary(store: Store, arrival: Arrival | None) -> Summary:
    touches = store.touches()
    return Summary(
        people=len(store.contacts()),
        organisations=len(store.organisations()),
        touches=len(touches),
        last_touch=touches[-1].at if touches else None,
        trips=tuple((trip.name, trip.first_day, trip.last_day) for trip in store.trips()),
        templates=len(store.templates()),
        feeds=len(store.feeds()),
        rows=sum(store.row_counts().values()),
        arrival=arrival,
    )

"""Everything out, and everything in: exports, exact copies, and putting one in the place of what there is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Self

from iiplan.errors import InputError
from iiplan.store import copies
from iiplan.store.base import StoreBase
from iiplan.store.connections import Connections, connect, file_version, sqlite_errors_in_words
from iiplan.store.files import apply, build
from iiplan.store.schema import APPLICATION_ID, STEPS
from iiplan.store.tables import SECRETS, Content, data_tables, fill, read_tables, replace_rows
from iiplan.store.workspace_file import MOST_BYTES, WorkspaceFile, pack, unpack

__all__ = ["Arrival", "BackupStore", "export_of"]

_ZIP: Final = b"PK\x03\x04"
_SQLITE: Final = b"SQLite format 3\0"


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """Where a workspace that may be restored comes from.

    ``version`` is that of its tables before they were brought up to date. A backup does not say when it was made and by
    which iiplan: None. ``secrets`` is whether it brings the addresses that calendar apps subscribe to.
    """

    version: int
    made_at: datetime | None
    iiplan: str | None
    secrets: bool


class BackupStore(StoreBase):
    """Exports, backups and restoring."""

    def row_counts(self) -> dict[str, int]:
        """How many rows each table has, deleted ones included."""
        with self._reading() as db:
            return {name: db.table(name).count for name in data_tables(db.conn)}

    def export_workspace(self, at: datetime) -> bytes:
        """Everything but secrets as a zip file, all of one moment; ``at`` is the time it says it was made."""
        with self._reading() as db:
            return export_of(db.conn, at)

    def write_backup(self, target: Path) -> Path:
        """An exact copy, checked, under a name that must be free, also while others write."""
        return copies.write_copy(self.path, target)

    def keep_backup(self, at: datetime) -> Path:
        """An exact copy, checked, under a dated name beside the file."""
        return copies.keep_copy(self.path, "backup", at, "going on")

    def keep_daily_copy(self, at: datetime) -> Path | None:
        """The copy of the day, once a day and only when something has changed; None when there is nothing to do."""
        if not any(self.row_counts().values()):
            return None
        return copies.keep_daily_copy(self.path, at)

    def dated_copies(self) -> tuple[copies.KeptCopy, ...]:
        """The dated copies beside the file, the newest first."""
        return copies.dated_copies(self.path)

    @contextmanager
    def arriving(self, source: Path) -> Iterator[tuple[Self, Arrival]]:
        """What a backup or an export holds, brought up to date, as a store beside this one; gone at the end.

        The file at ``source`` is only read. ``InputError`` says why it cannot be restored.
        """
        content, arrival = _content(source, self.path)
        with copies.scratch_file(self.path) as scratch:
            with sqlite_errors_in_words(self.path), closing(connect(scratch)) as conn:
                conn.execute("PRAGMA synchronous = OFF")  # it is thrown away in any case
                build(conn, STEPS[: content.version])
                fill(conn, content)
                _bring_up_to_date(conn)
            yield type(self)(Connections(scratch, len(STEPS))), arrival

    def replace_by(self, other: Self, at: datetime) -> Path | None:
        """Put all that another store holds in the place of what this one holds; the dated copy kept of it before.

        One transaction: whoever reads sees the old or the new, whoever writes meanwhile waits and writes to the new,
        and all that was saved before is in the copy. None when there was nothing to keep. Not inside a transaction.
        """
        with sqlite_errors_in_words(self.path), closing(self._connections.open()) as conn:
            conn.execute("PRAGMA foreign_keys = OFF")
            conn.execute("ATTACH DATABASE ? AS arriving", [str(other.path)])
            conn.execute("BEGIN IMMEDIATE")  # from here on nobody else writes
            try:
                kept = None
                if any(self.row_counts().values()):
                    kept = copies.keep_copy(self.path, "before-restore", at, "replacing it")
                replace_rows(conn, "arriving")
                conn.commit()
            except BaseException:
                conn.rollback()
                raise
        return kept


def export_of(conn: sqlite3.Connection, at: datetime) -> bytes:
    """The zip of an open database of any version, in the transaction of the caller."""
    names = [name for name in data_tables(conn) if name not in SECRETS]
    tables = read_tables(conn, names)
    return pack(Content(version=file_version(conn), tables=tables, secret=SECRETS), at)


def _bring_up_to_date(conn: sqlite3.Connection) -> None:
    conn.execute("BEGIN")
    try:
        apply(conn, STEPS)
    except (sqlite3.IntegrityError, ValueError, LookupError, TypeError) as error:
        raise InputError(f"The file cannot be brought up to date: {error}. Choose another copy.") from error
    conn.commit()


def _content(source: Path, live: Path) -> tuple[Content, Arrival]:
    try:
        source = source.resolve(strict=True)
        with source.open("rb") as file:
            head = file.read(len(_SQLITE))
            if head.startswith(_ZIP):
                found = unpack(head + file.read(MOST_BYTES), len(STEPS))
                return found.content, _arrival(found)
    except (OSError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{source} cannot be read: {copies.reason(error)}. Check the name.") from error
    if source == live:
        raise InputError(f"{source} is the file in use itself. Choose a backup or an export.")
    if head != _SQLITE:
        raise InputError("The file is neither a backup (.sqlite) nor an export (.zip) of iiplan's. Choose another.")
    content = _of_backup(source)
    return content, Arrival(version=content.version, made_at=None, iiplan=None, secrets=True)


def _arrival(found: WorkspaceFile) -> Arrival:
    return Arrival(version=found.content.version, made_at=found.made_at, iiplan=found.iiplan, secrets=False)


def _of_backup(source: Path) -> Content:
    """The rows of a database file. Nothing in it is run: no trigger, no view, only its tables are read."""
    log = source.with_name(source.name + "-wal")
    options = "mode=ro" if log.exists() and log.stat().st_size else "mode=ro&immutable=1"
    try:
        with closing(connect(source, options)) as conn:
            conn.execute("PRAGMA trusted_schema = OFF")
            conn.execute("BEGIN")
            version = file_version(conn)
            if conn.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                raise InputError("The file is a database of another program. Choose a backup of iiplan's.")
            if version > len(STEPS):
                raise InputError(
                    f"The file was written by a newer iiplan (version {version} of the file; this iiplan knows up to "
                    f"{len(STEPS)}). Install the newer iiplan, or choose another file."
                )
            faults = conn.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if faults != "ok":
                raise InputError(f"The file is damaged ({' '.join(faults.split())}). Choose another copy.")
            return Content(version=version, tables=read_tables(conn, data_tables(conn)))
    except sqlite3.Error as error:
        raise InputError(f"The file is damaged ({error}). Choose another copy.") from error

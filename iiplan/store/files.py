"""The database file itself: creating, refusing, keeping a copy, and bringing it up to date.

A refusal leaves the file as it was, to the byte, and nothing beside it. So the first look is through
an ``immutable`` connection, which takes no lock, replays no journal and creates no side file. (Opening
the file in the ordinary way to read its header would drop the locks that this process holds on it.)
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final

import platformdirs
from sqlite_utils import Database

from iiplan.errors import StorageError
from iiplan.store.connections import connect, file_version, in_words, sqlite_errors_in_words
from iiplan.store.copies import keep_copy, publish, reason, scratch_file
from iiplan.store.schema import APPLICATION_ID, STEPS, Step, migrations

__all__ = ["apply", "build", "default_path", "prepare"]

_OLDEST_SQLITE: Final = (3, 37, 0)  # strict tables
_SMALLEST_DATABASE: Final = 512  # bytes, one page of SQLite's


def default_path() -> Path:
    """Where the database lies unless the user names another place; nothing is created."""
    return platformdirs.user_data_path("iiplan", appauthor=False) / "iiplan.sqlite"


def prepare(path: Path, steps: Sequence[Step] = STEPS) -> Path:
    """Make ``path`` a database that has been through exactly ``steps``; return its resolved path.

    Creates the file and its folders when missing. A file that has been through fewer steps is copied
    beside itself, then brought up to date. Safe to call from many threads and processes at once.
    Raises ``StorageError`` for anything else, and then leaves the file as it was.
    """
    _refuse_an_old_sqlite(sqlite3.sqlite_version_info)
    path = _resolved(path)
    try:
        if not path.exists():
            _create(path, steps)
    except OSError as error:
        raise StorageError(f"{path} cannot be created: {reason(error)}. Choose another place.") from error
    _refuse_what_is_no_file(path)
    _refuse_what_is_not_ours(path, len(steps))
    _refuse_what_cannot_be_written(path)
    _refuse_what_is_damaged(path)
    _bring_up_to_date(path, steps)
    return path


def _refuse_an_old_sqlite(version: tuple[int, ...]) -> None:
    if version < _OLDEST_SQLITE:
        has, needs = (".".join(map(str, numbers)) for numbers in (version, _OLDEST_SQLITE))
        raise StorageError(f"This Python has SQLite {has}; iiplan needs {needs}. Use a newer Python.")


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError) as error:  # a name too long, a loop of links, a NUL
        raise StorageError(f"{str(path)!a} is no place for a file: {reason(error)}. Choose another.") from error


def _create(path: Path, steps: Sequence[Step]) -> None:
    """Build the whole database under another name, then give it its own: nobody ever sees half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with scratch_file(path) as scratch, sqlite_errors_in_words(path):
        with closing(connect(scratch)) as conn:
            build(conn, steps)
            conn.execute("PRAGMA journal_mode = WAL")
        publish(scratch, path)


def build(conn: sqlite3.Connection, steps: Sequence[Step]) -> None:
    """Make the empty file of ``conn`` a database that has been through ``steps``."""
    conn.execute("BEGIN IMMEDIATE")
    conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    apply(conn, steps)
    conn.commit()


def _refuse_what_is_no_file(path: Path) -> None:
    if path.is_dir():
        raise StorageError(f"{path} is a folder, not a file. Name a file in it, such as {path / 'iiplan.sqlite'}.")
    if not path.is_file():
        raise StorageError(f"{path} is not an ordinary file. Choose another place for the database.")
    size = path.stat().st_size
    if size == 0:
        raise StorageError(
            f"{path} is empty, so it is no database. Put a backup copy in its place, or delete it to start afresh."
        )
    if size < _SMALLEST_DATABASE:
        raise StorageError(_no_database(path))


def _refuse_what_is_not_ours(path: Path, newest: int) -> None:
    try:
        with closing(connect(path, "mode=ro&immutable=1")) as conn:
            application = conn.execute("PRAGMA application_id").fetchone()[0]
            version = file_version(conn)
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_NOTADB:
            raise StorageError(_no_database(path)) from error
        raise StorageError(in_words(error, path)) from error
    if application != APPLICATION_ID:
        raise StorageError(
            f"{path} is a database of another program. Choose another file, or a name that is still free."
        )
    _refuse_what_is_newer(path, version, newest)


def _no_database(path: Path) -> str:
    return f"{path} is not a database. Choose another file, or a name that is still free."


def _refuse_what_is_newer(path: Path, version: int, newest: int) -> None:
    if version > newest:
        raise StorageError(
            f"{path} was written by a newer iiplan (version {version} of the file; this iiplan knows up to {newest}). "
            "Install the newer iiplan, or choose another file."
        )


def _refuse_what_cannot_be_written(path: Path) -> None:
    for part, what in ((path, "the file"), (path.parent, "its folder")):
        if not os.access(part, os.W_OK):
            raise StorageError(
                f"{path} cannot be used: {what} is not writable. Allow writing to {part}, or choose another place."
            )


def _refuse_what_is_damaged(path: Path) -> None:
    # Closing the last writable connection folds a left-over log into the file; a read-only one never does.
    left_over = _bytes_in(path.with_name(path.name + "-wal")) > 0
    with (
        sqlite_errors_in_words(path),
        closing(connect(path, "mode=ro" if left_over else "mode=rw")) as conn,
    ):
        found = conn.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise StorageError(
            f"{path} is damaged ({' '.join(found.split())}). Keep it, and put a backup copy in its place or choose "
            "another file."
        )


def _bytes_in(log: Path) -> int:
    """Its size; 0 when there is none, or none any more: another connection may just have folded it in."""
    try:
        return log.stat().st_size
    except FileNotFoundError:
        return 0


def _bring_up_to_date(path: Path, steps: Sequence[Step]) -> None:
    with sqlite_errors_in_words(path), closing(connect(path)) as conn:
        if file_version(conn) != len(steps):
            conn.execute("BEGIN IMMEDIATE")  # from here on this process is the only one to migrate
            try:
                version = file_version(conn)
                _refuse_what_is_newer(path, version, len(steps))
                if version < len(steps):
                    _keep_copy(path, version)
                    apply(conn, steps)
            except BaseException:
                conn.rollback()
                raise
            conn.commit()
        Database(conn, execute_plugins=False).enable_wal()


def apply(conn: sqlite3.Connection, steps: Sequence[Step]) -> None:
    """Apply the steps that are missing, in the transaction of the caller.

    Foreign keys are off meanwhile and checked at the end.
    """
    migrations(steps).apply(Database(conn, execute_plugins=False, strict=True))
    orphan = conn.execute("PRAGMA foreign_key_check").fetchone()
    if orphan is not None:
        raise StorageError(f"The update of the database was undone: a row of {orphan[0]} points nowhere. Report this.")
    conn.execute(f"PRAGMA user_version = {len(steps)}")


def _keep_copy(path: Path, version: int) -> None:
    keep_copy(path, f"v{version}", datetime.now().astimezone(), "updating it")

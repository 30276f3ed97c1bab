"""Connections to one database file: a fresh one for each unit of work, closed at its end.

Nothing is shared between threads. A write is one ``BEGIN IMMEDIATE`` transaction, so that writers
queue instead of failing; whatever a thread does inside its own open transaction joins it.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final
from urllib.parse import quote

from sqlite_utils import Database

from iiplan.errors import StorageError
from iiplan.store.schema import APPLICATION_ID

__all__ = ["Connections", "connect", "file_version", "in_words", "sqlite_errors_in_words"]

_PATIENCE: Final = 30.0  # seconds that a connection waits for another one's write to end


def connect(path: Path, options: str = "mode=rw") -> sqlite3.Connection:
    """A connection in autocommit mode that never creates ``path``; ``options`` is the query of an SQLite URI."""
    posix = path.as_posix()
    rooted = posix if posix.startswith("/") else "/" + posix
    uri = f"file://{quote(os.fsencode(rooted))}?{options}"
    return sqlite3.connect(uri, uri=True, timeout=_PATIENCE, isolation_level=None)


def file_version(conn: sqlite3.Connection) -> int:
    """How many migration steps the file has been through."""
    return int(conn.execute("PRAGMA user_version").fetchone()[0])


class Connections:
    """Units of work on the file at ``path``, which must be of exactly ``version``."""

    def __init__(self, path: Path, version: int) -> None:
        self.path = path
        self.version = version
        self._mine = threading.local()

    @contextmanager
    def reading(self) -> Iterator[Database]:
        """One consistent view of the file; inside a transaction of this thread, the view of that transaction."""
        joined = self._current()
        if joined is not None:
            yield joined
            return
        with sqlite_errors_in_words(self.path), closing(self.open()) as conn:
            conn.execute("BEGIN")
            yield _database(conn)

    @contextmanager
    def writing(self) -> Iterator[Database]:
        """One transaction: saved as a whole at the end, or not at all when anything is raised.

        Inside a transaction of this thread it is a part of that one, undone by itself when it raises.
        """
        joined = self._current()
        if joined is not None:
            with sqlite_errors_in_words(self.path), joined.atomic():
                yield joined
            return
        with sqlite_errors_in_words(self.path), closing(self.open()) as conn:
            conn.execute("BEGIN IMMEDIATE")
            self._mine.db = _database(conn)
            try:
                yield self._mine.db
            except BaseException:
                with suppress(sqlite3.Error):
                    conn.rollback()
                raise
            else:
                conn.commit()
            finally:
                self._mine.db = None

    def _current(self) -> Database | None:
        return getattr(self._mine, "db", None)

    def open(self) -> sqlite3.Connection:
        """A connection of the caller's own to the file, found to be what it was; the caller closes it."""
        conn = connect(self.path)
        try:
            conn.execute("PRAGMA foreign_keys = ON")
            conn.execute("PRAGMA synchronous = FULL")
            found = conn.execute("PRAGMA application_id").fetchone()[0]
            if found != APPLICATION_ID or file_version(conn) != self.version:
                raise StorageError(
                    f"{self.path} was replaced or updated while iiplan was running. Stop iiplan and start it again."
                )
        except BaseException:
            conn.close()
            raise
        return conn


def _database(conn: sqlite3.Connection) -> Database:
    return Database(conn, execute_plugins=False, strict=True)


@contextmanager
def sqlite_errors_in_words(path: Path) -> Iterator[None]:
    """Turn what SQLite reports about the file, the disk or the lock into a ``StorageError``.

    Broken constraints and misuse are bugs, not the user's to cure, and pass unchanged.
    """
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise
    except sqlite3.DatabaseError as error:
        raise StorageError(in_words(error, path)) from error


def in_words(error: sqlite3.DatabaseError, path: Path) -> str:
    """What happened to ``path`` and what to do, for one error of SQLite's."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return (
            f"{path} has been in use by another program for {_PATIENCE:.0f} seconds. "
            "Nothing of this change was saved. Close the other program and try again."
        )
    if code == sqlite3.SQLITE_FULL:
        return f"The disk that holds {path} is full. Nothing of this change was saved. Free some space and try again."
    if code == sqlite3.SQLITE_READONLY:
        return f"{path} can be read but not written. Allow writing to the file and its folder, or choose another place."
    if code == sqlite3.SQLITE_CANTOPEN:
        return f"{path} cannot be opened. Put it back if it was moved, or allow reading and writing it and its folder."
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return f"{path} is damaged. Keep it, and put a backup copy in its place or choose another file."
    return f"{path} cannot be used ({error}). Nothing of this change was saved. Try again, or choose another file."

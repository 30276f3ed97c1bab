"""The rows of a whole database, table by table, whatever tables there are: read, and filled in again.

Which tables hold data is read from the file itself, so that one that is added later is never forgotten.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from iiplan.errors import InputError

__all__ = [
    "BOOKKEEPING",
    "DRAWN",
    "SECRETS",
    "Content",
    "Table",
    "Value",
    "data_tables",
    "fill",
    "read_tables",
    "replace_rows",
]

Value = str | int | float | bytes | None

BOOKKEEPING: Final = frozenset({"_sqlite_migrations"})  # follows from the version, so it is made anew
DRAWN: Final = frozenset({"people_state"})  # drawn anew by triggers whenever the data change
SECRETS: Final = frozenset({"feeds"})  # whoever has a feed's address reads the plan: never in a file to hand on

_KINDS: Final[Mapping[str, tuple[type, ...]]] = {
    "TEXT": (str,),
    "INTEGER": (int,),
    "INT": (int,),
    "REAL": (float,),
    "BLOB": (bytes,),
    "ANY": (str, int, float, bytes),
}
_WORDS: Final = {"TEXT": "a text", "INTEGER": "a whole number", "INT": "a whole number", "REAL": "a number"}
_LARGEST: Final = 2**63  # an SQLite integer is at least -2**63 and less than 2**63


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows in the order in which they lie in the file, a value for each column."""

    columns: tuple[str, ...]
    rows: list[tuple[Value, ...]]


@dataclass(frozen=True, kw_only=True)
class Content:
    """All that a database holds at a version (of how many steps); ``secret`` is what was left out of it."""

    version: int
    tables: Mapping[str, Table]
    secret: frozenset[str] = frozenset()


def data_tables(conn: sqlite3.Connection) -> list[str]:
    """The names of all tables that hold what users typed, sorted."""
    found = conn.execute("PRAGMA main.table_list").fetchall()
    names = {name for schema, name, kind, *_ in found if schema == "main" and kind == "table"}
    return sorted(name for name in names - BOOKKEEPING - DRAWN if not name.startswith("sqlite_"))


def read_tables(conn: sqlite3.Connection, names: list[str]) -> dict[str, Table]:
    """All rows of these tables; the caller's transaction keeps them of one moment."""
    tables = {}
    for name in names:
        columns = tuple(_columns(conn, name))
        listed = ", ".join(map(_quoted, columns))
        rows = conn.execute(f"SELECT {listed} FROM {_quoted(name)} ORDER BY {_order(conn, name)}")  # noqa: S608
        tables[name] = Table(columns=columns, rows=rows.fetchall())
    return tables


def fill(conn: sqlite3.Connection, content: Content) -> None:
    """Put the rows into the empty tables of a database that is of the content's version.

    ``InputError`` names the table and row that does not fit; the caller then throws the database away.
    """
    wanted = set(data_tables(conn)) - content.secret
    for name in sorted(wanted ^ content.tables.keys()):
        says = "lacks the table" if name in wanted else "holds a table that is unknown here:"
        raise InputError(f"The file {says} {name!a}. {_DAMAGED}")
    conn.execute("PRAGMA foreign_keys = OFF")
    conn.execute("BEGIN")
    for name in sorted(wanted):
        _fill_one(conn, name, content.tables[name])
    orphan = conn.execute("PRAGMA foreign_key_check").fetchone()
    if orphan is not None:
        raise InputError(f"A row of {orphan[0]} in the file points to one of {orphan[2]} that is missing. {_DAMAGED}")
    conn.commit()


def replace_rows(conn: sqlite3.Connection, other: str) -> None:
    """Put the rows of the attached database ``other``, which has the same tables, in the place of all of ``main``'s.

    Foreign keys must be off; the transaction is the caller's. What triggers drew for ``other`` comes along, since no
    trigger runs here.
    """
    triggers = conn.execute("SELECT name, sql FROM main.sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:  # the log refuses to be emptied
        conn.execute(f"DROP TRIGGER main.{_quoted(name)}")
    for name in (*data_tables(conn), *DRAWN):
        table, columns = _quoted(name), ", ".join(map(_quoted, _columns(conn, name)))
        conn.execute(f"DELETE FROM main.{table}")  # noqa: S608
        conn.execute(
            f"INSERT INTO main.{table} ({columns}) "  # noqa: S608
            f"SELECT {columns} FROM {_quoted(other)}.{table} ORDER BY {_order(conn, name)}"
        )
    for _, sql in triggers:
        conn.execute(sql)


_DAMAGED: Final = "It is damaged or was changed by hand: choose another copy."


def _fill_one(conn: sqlite3.Connection, name: str, table: Table) -> None:
    known = _columns(conn, name)
    for column in sorted(known.keys() ^ set(table.columns)):
        says = "lacks the column" if column in known else "has a column that is unknown here:"
        raise InputError(f"The table {name} of the file {says} {column!a}. {_DAMAGED}")
    if len(table.columns) != len(known):
        raise InputError(f"The table {name} of the file has a column twice. {_DAMAGED}")
    kinds = [(column, known[column]) for column in table.columns]
    for number, row in enumerate(table.rows, start=1):
        _check_row(f"Row {number} of the table {name}", row, kinds)
    listed, marks = ", ".join(map(_quoted, table.columns)), ", ".join("?" for _ in table.columns)
    try:
        conn.executemany(f"INSERT INTO {_quoted(name)} ({listed}) VALUES ({marks})", table.rows)  # noqa: S608
    except (sqlite3.IntegrityError, UnicodeEncodeError) as error:
        raise InputError(f"The rows of the table {name} in the file cannot be kept: {error}. {_DAMAGED}") from error


def _check_row(what: str, row: tuple[Value, ...], kinds: list[tuple[str, str]]) -> None:
    """Nothing that SQLite would quietly make something else of."""
    if len(row) != len(kinds):
        raise InputError(f"{what} has {len(row)} values for {len(kinds)} columns. {_DAMAGED}")
    for value, (column, kind) in zip(row, kinds, strict=True):
        fits = value is None or (isinstance(value, _KINDS[kind]) and not isinstance(value, bool))
        if not fits or (isinstance(value, int) and not -_LARGEST <= value < _LARGEST):
            word = _WORDS.get(kind, "a value")
            raise InputError(f"{what} has {str(value)[:40]!a} as its {column}, which is not {word}. {_DAMAGED}")


def _columns(conn: sqlite3.Connection, table: str) -> dict[str, str]:
    """Names and types of the columns that are not computed from others."""
    found = conn.execute("SELECT name, type FROM pragma_table_info(?, 'main') ORDER BY cid", [table])
    return {name: kind.upper() for name, kind in found}


def _order(conn: sqlite3.Connection, table: str) -> str:
    """The order in which rows lie in the file: that of their making, or of the key of a table without row numbers."""
    found = conn.execute("SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = ?", [table]).fetchone()
    if not found[0]:
        return "rowid"
    key = conn.execute("SELECT name FROM pragma_table_info(?, 'main') WHERE pk > 0 ORDER BY pk", [table])
    return ", ".join(_quoted(name) for (name,) in key)


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'

"""The whole workspace as a zip: out and in without loss, older ones too."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import tempfile
import zipfile
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_workspaces import everything_in, fill_anyhow
from sqlite_utils import Database
from store_builders import NOON
from test_database_file import add_shoe_size, fill

from iiplan.errors import InputError
from iiplan.model import Feed
from iiplan.store import Store, workspace_file
from iiplan.store.backup import export_of
from iiplan.store.connections import connect
from iiplan.store.files import build
from iiplan.store.schema import STEPS
from iiplan.store.tables import BOOKKEEPING, DRAWN, SECRETS
from iiplan.store.tables import fill as fill_tables
from iiplan.store.workspace_file import unpack

FEEDS = frozenset({"feeds"})


def restored(content: bytes, folder: Path) -> Store:
    """A new store into which the file was restored."""
    source = folder / "some.zip"
    source.write_bytes(content)
    store = Store.open(folder / "new.sqlite")
    with store.arriving(source) as (other, _):
        assert store.replace_by(other, NOON) is None
    return store


# Without loss


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_any_workspace_comes_back_row_for_row_and_gives_the_same_bytes_again(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as name:
        store = Store.open(Path(name) / "iiplan.sqlite")
        fill_anyhow(store, data)
        content = store.export_workspace(NOON)
        new = restored(content, Path(name))
        assert everything_in(new.path, FEEDS) == everything_in(store.path, FEEDS)
        assert new.feeds() == ()
        assert new.export_workspace(NOON) == content


def test_no_table_is_left_out_but_those_that_say_so(store: Store) -> None:
    fill(store)
    with closing(connect(store.path)) as conn:
        every = {name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")}
        odd = [row[1] for row in conn.execute("PRAGMA table_list") if row[2] != "table"]
    exported = set(unpack(store.export_workspace(NOON), len(STEPS)).content.tables)
    assert exported | SECRETS | BOOKKEEPING | DRAWN == {name for name in every if not name.startswith("sqlite_")}
    assert exported.isdisjoint(SECRETS | BOOKKEEPING | DRAWN)
    assert odd == []  # a virtual table or a view would need a rule of its own


def add_odd_tables(db: Database) -> None:
    """What later versions might bring: other types, no row numbers, a row number that is no key, a computed column."""
    db.executescript(
        """
        CREATE TABLE "odd ""name" (b BLOB, r REAL, a ANY, twice INTEGER AS (2 * n) STORED, n INTEGER) STRICT;
        CREATE TABLE keyed (k TEXT, l INTEGER, PRIMARY KEY (l, k)) STRICT, WITHOUT ROWID;
        """
    )


def test_tables_that_come_later_are_exported_by_themselves() -> None:
    steps = (*STEPS, add_odd_tables)
    with (
        closing(sqlite3.connect(":memory:", isolation_level=None)) as old,
        closing(sqlite3.connect(":memory:", isolation_level=None)) as new,
    ):
        build(old, steps)
        odd = [(b"\x00\xff", 0.1, "text", 7), (b"", float("inf"), 2**63 - 1, None), (None, -1e-300, 5.0, -(2**63))]
        old.executemany('INSERT INTO "odd ""name" (b, r, a, n) VALUES (?, ?, ?, ?)', odd)
        old.executemany("INSERT INTO keyed VALUES (?, ?)", [("b", 2), ("a", 2), ("nul \0 in it", 1)])
        content = unpack(export_of(old, NOON), len(steps)).content
        build(new, steps)
        fill_tables(new, content)
        for table in ('"odd ""name"', "keyed"):
            select = f"SELECT * FROM {table}"  # noqa: S608
            assert new.execute(select).fetchall() == old.execute(select).fetchall()
        assert export_of(new, NOON) == export_of(old, NOON)


def test_rows_come_back_in_their_order_also_when_it_is_that_of_nothing_in_them(store: Store, tmp_path: Path) -> None:
    for key in ("z", "a", "m"):
        store.save_setting(key, {"k": 1})
    (tmp_path / "other").mkdir()
    new = restored(store.export_workspace(NOON), tmp_path / "other")
    assert [row[0] for row in everything_in(new.path)["settings"]] == ["z", "a", "m"]


def test_the_secret_addresses_of_calendars_are_not_in_an_export_and_the_export_says_so(store: Store) -> None:
    fill(store)
    store.save_feed(Feed(trip_id="dc", token="S" * 43, made_at=NOON))
    with zipfile.ZipFile(BytesIO(store.export_workspace(NOON))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert [name for name, part in parts.items() if b"SSSS" in part] == []
    assert "whoever has one can read the plan" in json.loads(parts["manifest.json"])["left_out"]["feeds"]


def test_the_manifest_says_when_by_what_and_how_much(store: Store) -> None:
    fill(store)
    with zipfile.ZipFile(BytesIO(store.export_workspace(NOON))) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        contacts = archive.read("tables/contacts.json")
    assert (manifest["format"], manifest["format_version"]) == ("iiplan workspace", 1)
    assert (manifest["schema_version"], manifest["made_at"]) == (len(STEPS), "2026-11-23T12:00:00+00:00")
    assert manifest["tables"]["contacts"] == {"rows": 2, "sha256": hashlib.sha256(contacts).hexdigest()}


# Of other versions

_OLD_ROWS = """
INSERT INTO organisations VALUES ('o', 'Acme', 'acme', '', '');
INSERT INTO contacts (id, name, role, organisation_id, city, email, phone, profile_url, source, authority, notes)
    VALUES ('ann', 'Ann', '', 'o', 'Oslo', '', '', '', 'friend', 'peer', 'typed long ago');
INSERT INTO trips (id, name, city, timezone, mode, grid_minutes, weights)
    VALUES ('dc', 'Week', 'Oslo', 'Europe/Oslo', 'walk', 15,
            '{"value": 60, "travel_minute": 1, "idle_minute": 1, "lunch": 60, "min_meetings": 60}');
"""

_OLD_MEETING = """
INSERT INTO meetings (trip_id, contact_id, sequence, digest, modified)
VALUES ('dc', 'ann', 3, 'd', '2026-11-23T12:00:00+00:00')
"""


@pytest.mark.parametrize("version", range(1, len(STEPS) + 1))
def test_an_export_of_any_earlier_version_comes_in_as_an_update_of_its_file_would(tmp_path: Path, version: int) -> None:
    older = tmp_path / "older.sqlite"
    with closing(sqlite3.connect(older, isolation_level=None)) as conn:
        build(conn, STEPS[:version])
        conn.executescript(_OLD_ROWS)
        if version < 4:
            conn.execute(_OLD_MEETING)
        content = export_of(conn, NOON)
    assert unpack(content, len(STEPS)).content.version == version
    new = restored(content, tmp_path)
    assert everything_in(new.path) == everything_in(Store.open(older).path)
    assert new.contact("ann").notes == "typed long ago"
    assert [given.revision.sequence for given in new.handed_out("dc")] == ([3] if version < 4 else [])


def test_an_export_of_a_newer_version_is_refused(store: Store, tmp_path: Path) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as conn:
        build(conn, (*STEPS, add_shoe_size))
        content = export_of(conn, NOON)
    (tmp_path / "newer.zip").write_bytes(content)
    with (
        pytest.raises(InputError, match=rf"newer iiplan \(schema_version {len(STEPS) + 1}; .*\. Install the newer"),
        store.arriving(tmp_path / "newer.zip"),
    ):
        pytest.fail("it was let in")


def test_an_export_that_could_not_be_read_back_is_not_made(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(store)
    monkeypatch.setattr(workspace_file, "MOST_UNPACKED", 1000)
    with pytest.raises(InputError, match=r"too much for one export\. Make a backup instead"):
        store.export_workspace(NOON)

"""Imports and what they brought, kept in the file."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from iiplan.errors import NotFoundError
from iiplan.model import Brought, Contact, Import, ImportedFile, Touch, TouchKind
from iiplan.store import Store
from iiplan.store.files import prepare
from iiplan.store.schema import STEPS

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def an_import(name: str = "one", at: datetime = AT) -> Import:
    files = (ImportedFile(name="a 'quoted'; name.csv", kind="table"), ImportedFile(name="\u00fc.vcf", kind="vcard"))
    return Import(id=name, at=at, files=files, new=1, updated=2, known=3, rejected=4)


@pytest.fixture
def kept(tmp_path: Path) -> Store:
    store = Store.open(tmp_path / "kept.sqlite")
    store.save_contacts([Contact(id="ada", name="Ada"), Contact(id="bo", name="Bo")])
    return store


def test_an_import_comes_back_as_it_was_saved_the_latest_first(kept: Store) -> None:
    brought = (
        Brought(contact_id="ada", before=None, after={"name": "Ada", "tags": ["x"]}),
        Brought(contact_id="bo", before={"city": ""}, after={"city": "Oslo"}),
    )
    kept.save_import(an_import("one"), brought)
    kept.save_import(an_import("two", AT - timedelta(days=1)), [])
    assert kept.imports() == (an_import("two", AT - timedelta(days=1)), an_import("one"))
    assert kept.one_import("one") == an_import("one")
    assert kept.brought("one") == brought
    assert kept.brought("two") == ()


def test_an_undone_import_says_since_when(kept: Store) -> None:
    kept.save_import(an_import(), [])
    kept.mark_undone("one", AT + timedelta(hours=1))
    assert kept.one_import("one").undone_at == AT + timedelta(hours=1)


def test_an_unknown_import_is_said(kept: Store) -> None:
    with pytest.raises(NotFoundError, match=r"No import 'x'\. Choose one from the list of imports"):
        kept.one_import("x")


def test_an_import_that_brings_nobody_known_is_not_kept(kept: Store) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        kept.save_import(an_import(), [Brought(contact_id="nobody", before=None, after={})])
    assert kept.imports() == ()


def test_many_are_deleted_at_once_and_the_first_date_stays(kept: Store) -> None:
    kept.delete_contact("ada", AT)
    kept.delete_contacts(["ada", "bo"], AT + timedelta(days=1))
    assert kept.contacts() == ()
    with sqlite3.connect(kept.path) as conn:
        dates = dict(conn.execute("SELECT id, deleted_at FROM contacts"))
    assert dates["ada"][:10] == "2026-11-24"
    assert dates["bo"][:10] == "2026-11-25"


def test_who_something_rests_on_is_in_use(kept: Store) -> None:
    kept.save_contacts(
        [Contact(id="cy", name="Cy", referred_by="ada"), Contact(id="di", name="Di"), Contact(id="ed", name="Ed")]
    )
    touch = Touch(id="t", contact_id="bo", kind=TouchKind.ASKED, at=AT, timezone="UTC", through="di")
    kept.add_touches([touch])
    assert kept.in_use() == {"ada", "bo", "di"}


def test_a_file_of_an_earlier_version_gets_room_for_imports(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    before = next(number for number, step in enumerate(STEPS) if step.__name__ == "v8_imports")
    prepare(path, STEPS[:before])
    assert Store.open(path).imports() == ()

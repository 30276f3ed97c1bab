"""Exports that are damaged or made to do harm: one sentence, and nothing changed."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_builders import NOON
from test_database_file import fill, fingerprint

from iiplan.errors import InputError
from iiplan.store import Store

Parts = dict[str, bytes]
Change = Callable[[Parts], Parts]
EMPTY = b'{"columns": [], "rows": []}'


def parts_of(content: bytes) -> Parts:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Parts) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return packed.getvalue()


# Changes to the parts; a table is changed by somebody who also corrects its hash and count


def adding(name: str, part: bytes = b"{}") -> Change:
    return lambda parts: {**parts, name: part}


def without(name: str) -> Change:
    return lambda parts: {kept: part for kept, part in parts.items() if kept != name}


def listing(**changed: object) -> Change:
    """Other entries in the manifest."""
    return lambda parts: {
        **parts,
        "manifest.json": json.dumps({**json.loads(parts["manifest.json"]), **changed}).encode(),
    }


def listing_table(name: str, **changed: object) -> Change:
    """Other entries in the manifest about one table."""

    def change(parts: Parts) -> Parts:
        tables = json.loads(parts["manifest.json"])["tables"]
        return listing(tables={**tables, name: {**tables.get(name, {}), **changed}})(parts)

    return change


def table(name: str, edit: Callable[[dict[str, Any]], object]) -> Change:
    def change(parts: Parts) -> Parts:
        document = json.loads(parts[f"tables/{name}.json"])
        edit(document)
        part = json.dumps(document).encode()
        rows = document["rows"]
        count = len(rows) if isinstance(rows, list) else 0
        listed = listing_table(name, rows=count, sha256=hashlib.sha256(part).hexdigest())(parts)
        return {**listed, f"tables/{name}.json": part}

    return change


def cell(column: str, value: object, row: int = 0) -> Change:
    """Another value in a row of the contacts."""
    return table("contacts", lambda document: set_cell(document, row, document["columns"].index(column), value))


def set_cell(document: dict[str, Any], row: int, column: int, value: object) -> None:
    document["rows"][row][column] = value


def unknown_table(parts: Parts) -> Parts:
    listed = listing_table("sqlite_master", rows=0, sha256=hashlib.sha256(EMPTY).hexdigest())(parts)
    return {**listed, "tables/sqlite_master.json": EMPTY}


HOSTILE: dict[str, tuple[Change, str]] = {
    "a path out of the folder": (adding("../../evil.json"), r"'\.\./\.\./evil\.json' is in the file or in its list"),
    "an absolute path": (adding("/etc/evil"), "'/etc/evil' is in the file or in its list"),
    "an extra file": (adding("readme.txt", b"hello"), "'readme.txt' is in the file or in its list"),
    "a missing file": (without("tables/trips.json"), "'tables/trips.json' is in the file or in its list"),
    "no manifest": (without("manifest.json"), r"no manifest\.json, so it is no export"),
    "another program's zip": (adding("manifest.json", b'{"name": "app"}'), "is no export of iiplan's"),
    "a thousand files": (lambda parts: parts | {str(n): b"" for n in range(1000)}, "unpacks to more than an export"),
    "a changed table": (adding("tables/contacts.json", EMPTY), "contacts of the file is not what was exported"),
    "no JSON": (adding("manifest.json", b"{"), "The list of contents of the file is not JSON"),
    "no UTF-8": (adding("manifest.json", b'"\xff"'), "is not JSON"),
    "deep nesting": (adding("manifest.json", b"[" * 100_000), "is not JSON"),
    "a number of many digits": (adding("manifest.json", b"9" * 10_000), "is not JSON"),
    "no number": (table("contacts", lambda d: d["rows"].append([float("nan")])), "NaN is no JSON"),
    "an unknown column": (
        table("trips", lambda d: d["columns"].append('x"; DROP TABLE trips; --')),
        "trips of the file has a column that is unknown here: 'x\"; DROP",
    ),
    "a missing column": (table("trips", lambda d: d["columns"].remove("name")), "trips of the file lacks .* 'name'"),
    "a column twice": (table("trips", lambda d: d["columns"].append("name")), "has a column twice"),
    "a short row": (table("trips", lambda d: d["rows"][0].pop()), r"Row 1 of the table trips has \d+ values for \d+"),
    "a number for a text": (cell("name", 5), "Row 1 of the table contacts has '5' as its name, which is not a text"),
    "a text for a number": (cell("fit", "5"), "has '5' as its fit, which is not a whole number"),
    "a yes for a number": (cell("fit", True), "holds a value that none can be: 'True'"),
    "a list for a text": (cell("name", ["x"]), "holds a value that none can be"),
    "bytes that are none": (cell("name", {"base64": "?"}), "holds a value that none can be"),
    "bytes for a text": (cell("name", {"base64": "QW5u"}), "which is not a text"),
    "too large a number": (cell("fit", 2**63), "which is not a whole number"),
    "half a character": (cell("name", "\ud800"), "contacts in the file cannot be kept"),
    "nothing where something must be": (cell("name", None), r"cannot be kept: NOT NULL constraint failed: contacts\.n"),
    "an id twice": (cell("id", "ann", row=1), r"cannot be kept: UNIQUE constraint failed: contacts\.id"),
    "broken JSON in a cell": (cell("tags", "[1"), "cannot be kept: CHECK constraint failed"),
    "somebody who is not there": (cell("referred_by", "nobody"), "A row of contacts .* points to one of contacts that"),
    "a touch twice": (
        table("touches", lambda d: d["rows"].append(d["rows"][0])),
        "cannot be kept: touches are append-only",
    ),
    "a table that is unknown": (unknown_table, "holds a table that is unknown here: 'sqlite_master'"),
    "no rows": (table("trips", lambda d: d.update(rows=7)), "trips of the file has no rows"),
    "no columns": (table("trips", lambda d: d.update(columns=7)), "trips of the file has no columns"),
    "a wrong count": (listing_table("trips", rows=5), "has 1 rows, not as many as its list says"),
    "tables of another shape": (listing(tables=[1]), "does not say which tables"),
    "a version that is a text": (listing(schema_version="6"), "schema_version of the file is missing or no number"),
    "a version that is a yes": (listing(schema_version=True), "schema_version of the file is missing or no number"),
    "a version before all others": (listing(schema_version=0), "schema_version of the file is missing or no number"),
    "a version older than its tables": (listing(schema_version=1), "The file (lacks|holds)"),
    "another format": (listing(format_version=2), r"newer iiplan \(format_version 2; this iiplan knows up to 1\)"),
    "a time that is none": (listing(made_at="now"), "time of the export, 'now', cannot be read"),
    "no maker": (listing(iiplan=None), "does not say when and by which iiplan"),
}


@pytest.fixture
def filled(store: Store) -> Store:
    fill(store)
    return store


def refused(store: Store, content: bytes, sentence: str) -> None:
    """The file is refused with this sentence, and the whole folder is as it was."""
    source = store.path.with_name("given.zip")
    source.write_bytes(content)
    before = fingerprint(store.path.parent)
    with pytest.raises(InputError, match=sentence), store.arriving(source):
        pytest.fail("it was let in")
    assert fingerprint(store.path.parent) == before


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_not_whole_is_refused_in_a_sentence_and_changes_nothing(filled: Store, name: str) -> None:
    change, sentence = HOSTILE[name]
    refused(filled, zipped(change(parts_of(filled.export_workspace(NOON)))), sentence)


def test_a_part_that_is_there_twice_is_refused(filled: Store) -> None:
    packed = BytesIO(filled.export_workspace(NOON))
    with zipfile.ZipFile(packed, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("manifest.json", b"{}")
    refused(filled, packed.getvalue(), "holds a part twice")


def test_a_bomb_is_refused_before_it_is_unpacked(filled: Store) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", "{}")
        with archive.open("tables/contacts.json", "w") as part:
            for _ in range(201):
                part.write(bytes(1_000_000))
    refused(filled, packed.getvalue(), "unpacks to more than an export ever holds")


def test_a_part_that_unpacks_to_more_than_it_says_is_refused(filled: Store) -> None:
    content = filled.export_workspace(NOON)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        true = archive.getinfo("tables/touches.json").file_size
    entry = content.rindex(b"tables/touches.json") - 46  # in the directory at the end of a zip
    assert content[entry : entry + 4] == b"PK\x01\x02"
    lying = content[: entry + 24] + (true - 10).to_bytes(4, "little") + content[entry + 28 :]
    refused(filled, lying, "cannot be unpacked: Bad CRC-32")


def test_a_file_that_was_cut_off_is_refused(filled: Store) -> None:
    refused(filled, filled.export_workspace(NOON)[:-40], "cannot be unpacked: File is not a zip file")


# Anything else that may have happened to a file


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, bytes]:
    store = Store.open(tmp_path_factory.mktemp("sample") / "iiplan.sqlite")
    fill(store)
    return store, store.export_workspace(NOON)


def let_in_or_refused(store: Store, content: bytes) -> None:
    """Nothing but an ``InputError`` with its cure ever comes out, and nothing is left behind."""
    source = store.path.with_name("given.zip")
    source.write_bytes(content)
    told = "Choose"
    try:
        with store.arriving(source) as (other, _):
            tables = other.row_counts().keys()
    except InputError as error:
        told, tables = str(error), store.row_counts().keys()
    assert re.search("choose|install", told, re.IGNORECASE)
    assert tables == store.row_counts().keys()
    assert {file.name for file in store.path.parent.iterdir()} == {"iiplan.sqlite", "given.zip"}


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_whatever_bytes_change_it_is_let_in_or_refused_in_a_sentence(
    sample: tuple[Store, bytes], data: st.DataObject
) -> None:
    store, content = sample
    changed = bytearray(content)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(changed) - 1))
        changed[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    let_in_or_refused(store, bytes(changed))


WORDS = st.sampled_from(["rows", "columns", "base64", "real", "x"])
JSONS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_whatever_stands_in_it_is_let_in_or_refused_in_a_sentence(
    sample: tuple[Store, bytes], data: st.DataObject
) -> None:
    store, content = sample
    name = data.draw(st.sampled_from(["contacts", "touches", "trips", "plans", "handed_out"]))
    key = data.draw(st.sampled_from(["tables", "schema_version", "made_at", "iiplan", "format_version"]))
    value = data.draw(JSONS)
    column = data.draw(st.integers(0, 3))
    change = data.draw(
        st.sampled_from(
            [
                listing(**{key: value}),
                listing_table(name, rows=value),
                table(name, lambda document: document.update(rows=value)),
                table(name, lambda document: document.update(columns=value)),
                table(name, lambda document: document["rows"].append(value)),
                table(name, lambda document: set_cell(document, 0, column, value)),
            ]
        )
    )
    let_in_or_refused(store, zipped(change(parts_of(content))))

"""The command import: its JSON and exit status are for scripts."""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from iiplan.cli import main
from iiplan.store import Store

TABLE = "Name,E-mail,Company\nAda Lee,ada@x.example,Acme\n,nobody@x.example,Acme\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def run(database: Path, *arguments: object) -> Result:
    return CliRunner().invoke(main, ["--db", str(database), "import", *map(str, arguments)])


def names(database: Path) -> list[str]:
    return [one.name for one in Store.open(database).contacts()]


def test_a_file_is_imported_and_everything_said(database: Path, table: Path) -> None:
    done = run(database, table)
    assert done.exit_code == 0
    assert "people.csv: table, 2 rows" in done.stdout
    assert "1 new, 0 updated, 0 already known, 1 unreadable." in done.stdout
    assert "people.csv, line 3: no name in this row, only an e-mail address" in done.stdout
    assert names(database) == ["Ada Lee"]


def test_a_dry_run_says_the_same_and_saves_nothing(database: Path, table: Path) -> None:
    done = run(database, table, "--dry-run")
    assert "1 new, 0 updated, 0 already known, 1 unreadable." in done.stdout
    assert "Nothing was saved (--dry-run)." in done.stdout
    assert names(database) == []


def test_an_import_is_taken_back_by_the_id_it_printed(database: Path, table: Path) -> None:
    done = run(database, table)
    import_id = done.stdout.rsplit("--undo ", 1)[1].strip()
    undone = run(database, "--undo", import_id)
    assert (undone.exit_code, undone.stdout) == (0, "1 person removed.\n")
    assert names(database) == []
    again = run(database, "--undo", import_id)
    assert again.exit_code == 2
    assert "taken back already" in again.stderr


def test_json_names_every_row(database: Path, table: Path) -> None:
    document = json.loads(run(database, table, "--json").stdout)
    assert document["import"] == Store.open(database).imports()[0].id
    assert document["files"] == [{"name": "people.csv", "kind": "table", "rows": 2}]
    assert document["new"] == [{"file": "people.csv", "line": 2, "name": "Ada Lee"}]
    assert [(row["line"], row["reason"]) for row in document["rejected"]] == [
        (3, "no name in this row, only an e-mail address")
    ]
    table.write_text("Name,E-mail,Company\nAda M. Lee,ada@x.example,Zenith\n", encoding="utf-8")
    (known,) = json.loads(run(database, table, "--json").stdout)["known"]
    assert (known["by"], known["adds"]) == ("e-mail address", [])
    assert [gap["field"] for gap in known["differs"]] == ["name", "organisation"]
    removed = json.loads(run(database, "--undo", document["import"], "--json").stdout)
    assert removed == {"undone": document["import"], "removed": 1, "restored": 0, "kept": []}


def test_what_is_said_of_all_is_taken(database: Path, table: Path) -> None:
    run(database, table, "--source", "alumni", "--city", "Oslo", "--tag", "fair", "--tag", "spring")
    (person,) = Store.open(database).contacts()
    assert (person.source, person.city, person.tags) == ("alumni", "Oslo", ("fair", "spring"))


def test_the_kind_can_be_said(database: Path, table: Path) -> None:
    table.write_text("First Name,Last Name,Title,Email\nAda,Lee,Chief,a@x.example\n", encoding="utf-8")
    run(database, table, "--as", "outlook")
    assert Store.open(database).contacts()[0].role == ""


def test_unreadable_rows_are_written_to_a_folder_to_be_corrected(database: Path, table: Path, tmp_path: Path) -> None:
    run(database, table, "--rejected", tmp_path / "bad")
    written = tmp_path / "bad" / "people-to-correct.csv"
    with written.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows == [
        ["Why this row was not imported", "Name", "E-mail", "Company"],
        ["line 3: no name in this row, only an e-mail address", "", "nobody@x.example", "Acme"],
    ]
    written.write_text(written.read_text(encoding="utf-8").replace(",,nobody", ",Bo Ray,nobody"), encoding="utf-8")
    run(database, written)
    assert names(database) == ["Ada Lee", "Bo Ray"]


def test_nobody_at_all_is_status_3_and_said_aloud(database: Path, table: Path) -> None:
    table.write_text("Name,E-mail\n,a@x.example\n", encoding="utf-8")
    done = run(database, table)
    assert done.exit_code == 3
    assert "Nobody could be read from these files." in done.stderr


def test_several_files_and_archives_come_in_at_once(database: Path, table: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.writestr("Takeout/all.vcf", "BEGIN:VCARD\nVERSION:3.0\nFN:Bo Ray\nEND:VCARD\n")
    broken = tmp_path / "broken.csv"
    broken.write_bytes(b"%PDF-1.4")
    done = run(database, table, tmp_path / "export.zip", broken)
    assert done.exit_code == 0
    assert "Not read: broken.csv: This is neither text nor a workbook." in done.stderr
    assert names(database) == ["Ada Lee", "Bo Ray"]


@pytest.mark.parametrize("arguments", [(), ("people.csv", "--undo", "x")])
def test_files_or_an_import_are_named_not_both(database: Path, arguments: tuple[str, ...]) -> None:
    done = run(database, *arguments)
    assert done.exit_code == 2
    assert "Name the files to import, or an import to take back with --undo; not both." in done.stderr


def test_a_file_that_is_not_there_is_said(database: Path) -> None:
    done = run(database, "nowhere.csv")
    assert done.exit_code == 2
    assert "Cannot read nowhere.csv: No such file or directory. Check the name." in done.stderr

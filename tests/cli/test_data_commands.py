"""Taking data out and bringing it back from the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import vobject
from click.testing import CliRunner, Result

from iiplan.cli import main
from iiplan.model import Contact
from iiplan.store import Store

ROOT = Path(__file__).resolve().parents[2]


def iiplan(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    path = tmp_path / "demo.sqlite"
    assert iiplan("--db", path, "demo").exit_code == 0
    return path


def test_an_export_writes_each_file_that_was_asked_for(demo: Path, tmp_path: Path) -> None:
    names = [tmp_path / name for name in ("p.csv", "p.vcf", "w.zip")]
    done = iiplan(
        "--db", demo, "export", "--contacts-csv", names[0], "--contacts-vcard", names[1], "--workspace", names[2]
    )
    assert (done.exit_code, done.stdout.splitlines()) == (0, [f"Wrote {name}." for name in names])
    people = Store.open(demo).contacts()
    assert len(names[0].read_text(encoding="utf-8-sig").splitlines()) >= len(people) + 1
    assert len(list(vobject.readComponents(names[1].read_text(encoding="utf-8")))) == len(people)


def test_an_export_of_nothing_is_told_what_there_is(demo: Path) -> None:
    done = iiplan("--db", demo, "export")
    assert done.exit_code == 2
    assert "Say what to export: --contacts-csv, --contacts-vcard or --workspace" in done.stderr


def test_an_export_never_goes_over_the_database(demo: Path) -> None:
    before = demo.read_bytes()
    done = iiplan("--db", demo, "export", "--workspace", demo)
    assert done.exit_code == 2
    assert "is the database itself" in done.stderr
    assert demo.read_bytes() == before


@pytest.mark.parametrize("kind", ["export", "backup"])
def test_what_was_taken_out_comes_back_in_an_empty_database(demo: Path, tmp_path: Path, kind: str) -> None:
    file, new = tmp_path / "file", tmp_path / "new.sqlite"
    arguments = ["export", "--workspace", file] if kind == "export" else ["backup", file]
    assert iiplan("--db", demo, *arguments).exit_code == 0
    done = iiplan("--db", new, "restore", file)
    assert done.exit_code == 0
    assert "Restored 46 people, " in done.stdout
    assert "1 trip (Washington week, " in done.stdout
    assert ("switch them on again" in done.stdout) == (kind == "export")
    assert Store.open(new).contacts() == Store.open(demo).contacts()
    assert Store.open(new).touches() == Store.open(demo).touches()


def test_a_database_that_holds_something_is_replaced_only_when_that_was_said(demo: Path, tmp_path: Path) -> None:
    file, other = tmp_path / "b.sqlite", tmp_path / "other.sqlite"
    iiplan("--db", demo, "backup", file)
    zoe = Contact(id="zoe", name="Zoe")
    Store.open(other).save_contact(zoe)
    refused = iiplan("--db", other, "restore", file)
    assert refused.exit_code == 2
    assert "holds 1 person, 0 touches and no trip; " in refused.stderr
    assert "holds 46 people" in refused.stderr
    assert "Add --replace" in refused.stderr
    assert Store.open(other).contacts() == (zoe,)
    done = iiplan("--db", other, "restore", file, "--replace")
    assert done.exit_code == 0
    (kept,) = Store.open(other).dated_copies()
    assert f"What was there before is kept in {kept.path}." in done.stdout
    assert Store.open(kept.path).contacts() == (zoe,)
    assert len(Store.open(other).contacts()) == 46


def test_a_backup_without_a_name_lies_beside_the_file_with_its_date(demo: Path) -> None:
    done = iiplan("--db", demo, "backup")
    (copy,) = Store.open(demo).dated_copies()
    assert (done.exit_code, done.stdout) == (0, f"Wrote {copy.path}.\n")
    assert copy.why == "backup"


def test_a_file_that_cannot_be_restored_ends_with_status_2_and_one_sentence(demo: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Ada,")
    for name, sentence in (
        ("letter.txt", "neither a backup"),
        ("nowhere", "cannot be read"),
        ("demo.sqlite", "in use"),
    ):
        done = iiplan("--db", demo, "restore", tmp_path / name, "--replace")
        assert (done.exit_code, done.stdout) == (2, "")
        assert sentence in done.stderr
        assert len(done.stderr.splitlines()) == 1
    assert Store.open(demo).dated_copies() == ()


def test_what_no_page_could_show_is_refused(demo: Path, tmp_path: Path) -> None:
    file = tmp_path / "b.sqlite"
    iiplan("--db", demo, "backup", file)
    with Store.open(file)._connections.writing() as db:
        db.execute("UPDATE candidates SET format = 'telepathy'")
    done = iiplan("--db", demo, "restore", file, "--replace")
    assert done.exit_code == 2
    assert "holds something that iiplan cannot show" in done.stderr
    assert "telepathy" in done.stderr


def test_an_export_for_which_the_disk_has_no_room_leaves_the_older_one(demo: Path, tmp_path: Path) -> None:
    target = tmp_path / "people.csv"
    target.write_text("the older one")
    Store.open(demo).save_contacts([Contact(id=str(n), name="Long", notes="x" * 20_000) for n in range(10)])
    limited = f'ulimit -f 100; exec "{sys.executable}" -m iiplan --db "$1" export --contacts-csv "$2"'
    done = subprocess.run(
        ["bash", "-c", limited, "bash", str(demo), str(target)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2, done.stderr
    assert "Cannot write" in done.stderr
    assert target.read_text() == "the older one"
    assert [name for name in os.listdir(tmp_path) if name.endswith(".part")] == []

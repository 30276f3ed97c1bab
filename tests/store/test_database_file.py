from __future__ import annotations

import hashlib
import multiprocessing
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database
from store_builders import NOON, candidate, handed_out, person, touch, week
from test_transactions import ROOT, WITHOUT_PANDAS, in_threads

from iiplan.errors import StorageError
from iiplan.model import SavedPlan
from iiplan.store import Store, default_path, files
from iiplan.store.connections import Connections, connect
from iiplan.store.schema import APPLICATION_ID, STEPS, Step


def fingerprint(folder: Path) -> dict[str, str]:
    """Every file of a folder with what is in it."""
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def refuses(path: Path, sentence: str) -> None:
    """Opening is refused with this, and changes nothing in the folder."""
    before = fingerprint(path.parent)
    with pytest.raises(StorageError, match=sentence):
        Store.open(path)
    assert fingerprint(path.parent) == before


def add_shoe_size(db: Database) -> None:
    db.execute("ALTER TABLE contacts ADD COLUMN shoe_size INTEGER")


def rebuild_contacts(db: Database) -> None:
    db.table("contacts").transform(rename={"city": "town"})


def make_orphans(db: Database) -> None:
    db.execute("UPDATE contacts SET organisation_id = 'nowhere'")


def fill(store: Store) -> None:
    """One row at least in every table."""
    store.save_contacts([person("ann", organisation="Acme"), person("bob", referred_by="ann")])
    store.save_trip(week("dc"))
    hours = week("dc").days[0]
    store.add_touches([touch("1", trip_id="dc")])
    start = NOON.replace(hour=hours.start.hour)
    store.save_candidates([candidate("ann", windows=(), fixed_start=start)])
    store.save_plan(SavedPlan(trip_id="dc", planned_at=NOON, fingerprint="f", document="{}"))
    store.save_handed_out("dc", [handed_out("a")])


# Where it lies, and what is made there


def test_the_usual_place_is_in_the_users_data_folder() -> None:
    assert default_path().name == "iiplan.sqlite"
    assert default_path().parent.name == "iiplan"
    assert default_path().is_absolute()


def test_a_missing_file_is_created_with_its_folders_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folders" / "people & places #1 100%25?.sqlite"
    store = Store.open(path)
    assert store.path == path
    assert store.is_empty()
    assert fingerprint(tmp_path).keys() == {str(path.relative_to(tmp_path))}
    store.save_contact(person("ann"))
    assert Store.open(path).contacts() == (person("ann"),)


def test_a_new_file_is_for_the_users_eyes_only(store: Store) -> None:
    assert store.path.stat().st_mode & 0o077 == 0


def test_a_link_is_followed_to_the_file(store: Store, tmp_path: Path) -> None:
    link = tmp_path / "link.sqlite"
    link.symlink_to(store.path)
    assert Store.open(link).path == store.path
    dangling = tmp_path / "dangling.sqlite"
    dangling.symlink_to(tmp_path / "elsewhere" / "new.sqlite")
    assert Store.open(dangling).path == tmp_path / "elsewhere" / "new.sqlite"


def test_opening_a_file_that_is_up_to_date_changes_nothing(store: Store, path: Path) -> None:
    fill(store)
    before = fingerprint(path.parent)
    Store.open(path)
    assert fingerprint(path.parent) == before


def test_a_disk_without_hard_links_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise OSError("not supported")

    monkeypatch.setattr(os, "link", no_links)
    store = Store.open(tmp_path / "iiplan.sqlite")
    store.save_contact(person("ann"))
    assert fingerprint(tmp_path).keys() == {"iiplan.sqlite"}
    files.prepare(store.path, (*STEPS, add_shoe_size))
    assert len(fingerprint(tmp_path)) == 2


# What is refused, and left untouched


def test_a_file_of_a_newer_version_is_refused(store: Store, path: Path) -> None:
    fill(store)
    files.prepare(path, (*STEPS, add_shoe_size))
    refuses(
        path,
        rf"written by a newer iiplan \(version {len(STEPS) + 1} of the file; "
        rf"this iiplan knows up to {len(STEPS)}\)\. Install the newer",
    )


@pytest.mark.parametrize(
    "content",
    [b"name,city\nAnn,Oslo\n", b"x", b"\x89PNG\r\n" * 2000, b"SQLite format 3\0" + b"\xff" * 4080],
    ids=["table", "one letter", "picture", "only the first words"],
)
def test_a_file_that_is_no_database_is_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    refuses(path, r"is not a database\. Choose another file")


def test_an_empty_file_is_refused(path: Path) -> None:
    path.touch()
    refuses(path, r"is empty, so it is no database\. Put a backup copy in its place, or delete it")


@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_a_database_of_another_program_is_refused(path: Path, mode: str) -> None:
    with closing(sqlite3.connect(path)) as conn:
        conn.execute(f"PRAGMA journal_mode = {mode}")
        conn.execute("CREATE TABLE contacts (id TEXT)")
        conn.commit()
    refuses(path, r"is a database of another program\. Choose another file")


def test_a_database_of_another_program_that_crashed_is_refused_with_its_journal(tmp_path: Path) -> None:
    other, path = tmp_path / "a" / "other.db", tmp_path / "b" / "other.db"
    other.parent.mkdir()
    with closing(sqlite3.connect(other)) as conn:
        conn.execute("PRAGMA journal_mode = wal")
        conn.execute("CREATE TABLE t (x)")
        conn.commit()
        shutil.copytree(other.parent, path.parent)  # as a crash would leave it
    refuses(path, "is a database of another program")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "iiplan").mkdir()
    refuses(tmp_path / "iiplan", r"is a folder, not a file\. Name a file in it, such as .*iiplan\.sqlite")


def test_what_is_neither_file_nor_folder_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    refuses(tmp_path / "pipe", "is not an ordinary file")


@pytest.mark.parametrize("name", ["file/iiplan.sqlite", "n" * 300, "loop/iiplan.sqlite", "nul\0.sqlite"])
def test_a_place_where_no_file_can_be_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    before = fingerprint(tmp_path)
    with pytest.raises(StorageError, match=r"(cannot be created|is no place for a file): .*\. Choose another"):
        Store.open(tmp_path / name)
    assert fingerprint(tmp_path) == before


def cut_off(content: bytes) -> bytes:
    return content[: len(content) // 2]


def garbled(content: bytes) -> bytes:
    return content[:4096] + b"\xa5" * 8192 + content[12288:]


def first_page_garbled(content: bytes) -> bytes:
    return content[:100] + b"\x5a" * 3996 + content[4096:]


@pytest.mark.parametrize("damage", [cut_off, garbled, first_page_garbled])
def test_a_damaged_file_is_refused(store: Store, path: Path, damage: Callable[[bytes], bytes]) -> None:
    fill(store)
    path.write_bytes(damage(path.read_bytes()))
    refuses(path, r"is damaged.*Keep it, and put a backup copy in its place")


@pytest.mark.parametrize("damage", [cut_off, garbled, first_page_garbled])
def test_a_damaged_file_with_a_log_left_by_a_crash_keeps_both(
    store: Store, path: Path, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    fill(store)
    crashed = tmp_path / "crashed" / path.name
    crashed.parent.mkdir()
    with closing(connect(path)) as conn:
        conn.execute("UPDATE contacts SET notes = 'in the log only'")
        for suffix in ("", "-wal", "-shm"):
            shutil.copy(f"{path}{suffix}", f"{crashed}{suffix}")
    assert Path(f"{crashed}-wal").stat().st_size > 0
    crashed.write_bytes(damage(crashed.read_bytes()))
    before = fingerprint(crashed.parent)
    with pytest.raises(StorageError, match="is damaged"):
        Store.open(crashed)
    after = fingerprint(crashed.parent)
    assert {name: after[name] for name in (path.name, f"{path.name}-wal")} == {
        name: before[name] for name in (path.name, f"{path.name}-wal")
    }


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """A folder that a user without rights can reach, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def told_without_rights(path: Path) -> str:
    """What a user who may not write there is told on opening ``path``."""

    def attempt(answer: multiprocessing.Queue[str]) -> None:
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
        try:
            Store.open(path)
        except StorageError as error:
            answer.put(str(error))
        else:
            answer.put("opened")

    fork = multiprocessing.get_context("fork")
    answer = fork.Queue()
    child = fork.Process(target=attempt, args=(answer,))
    child.start()
    told = str(answer.get(timeout=60))
    child.join()
    return told


@pytest.mark.parametrize(
    ("file_mode", "folder_mode", "sentence"),
    [
        (0o444, 0o755, "the file is not writable. Allow writing to"),
        (0o666, 0o555, "its folder is not writable. Allow writing to"),
        (0o000, 0o755, "cannot be opened. Put it back if it was moved, or allow reading"),
    ],
)
def test_a_place_that_may_not_be_written_is_refused(
    public_folder: Path, file_mode: int, folder_mode: int, sentence: str
) -> None:
    folder = public_folder / "data"
    path = folder / "iiplan.sqlite"
    fill(Store.open(path))
    before = fingerprint(folder)
    path.chmod(file_mode)
    folder.chmod(folder_mode)
    told = told_without_rights(path)
    folder.chmod(0o755)
    path.chmod(0o600)
    assert sentence in told
    assert fingerprint(folder) == before


def test_a_new_file_in_a_folder_that_may_not_be_written_is_refused(public_folder: Path) -> None:
    public_folder.chmod(0o555)
    told = told_without_rights(public_folder / "new" / "iiplan.sqlite")
    assert "cannot be created: Permission denied. Choose another place." in told
    assert list(public_folder.iterdir()) == []


def test_a_python_with_an_old_sqlite_is_told_so() -> None:
    with pytest.raises(StorageError, match=r"has SQLite 3\.31\.1; iiplan needs 3\.37\.0\. Use a newer Python"):
        files._refuse_an_old_sqlite((3, 31, 1))


# Bringing an older file up to date


def copies_beside(path: Path) -> list[Path]:
    return sorted(file for file in path.parent.iterdir() if file != path)


def test_an_older_file_is_copied_before_it_is_brought_up_to_date(store: Store, path: Path) -> None:
    fill(store)
    before = store.contacts()
    files.prepare(path, (*STEPS, add_shoe_size))
    with closing(connect(path)) as conn:
        assert conn.execute("PRAGMA user_version").fetchone() == (len(STEPS) + 1,)
        assert conn.execute("SELECT id, shoe_size FROM contacts ORDER BY id").fetchall() == [
            ("ann", None),
            ("bob", None),
        ]
    (copy,) = copies_beside(path)
    assert copy.match(f"iiplan-????-??-??T??????-v{len(STEPS)}.sqlite")
    assert copy.stat().st_mode & 0o077 == 0
    assert Store.open(copy).contacts() == before


def test_the_copy_holds_what_was_still_in_the_log(store: Store, path: Path) -> None:
    with closing(connect(path)) as reader:
        reader.execute("SELECT count(*) FROM contacts").fetchone()  # keeps the log from being folded in
        store.save_contact(person("ann"))
        assert Path(f"{path}-wal").stat().st_size > 0
        files.prepare(path, (*STEPS, add_shoe_size))
    (copy,) = copies_beside(path)
    assert Store.open(copy).contacts() == (person("ann"),)


def test_steps_may_rebuild_tables_that_others_point_to(store: Store, path: Path) -> None:
    fill(store)
    files.prepare(path, (*STEPS, rebuild_contacts, add_shoe_size))
    with closing(connect(path)) as conn:
        assert conn.execute("PRAGMA user_version").fetchone() == (len(STEPS) + 2,)
        assert conn.execute("SELECT count(*) FROM touches").fetchone() == (1,)
        assert conn.execute("SELECT count(town) FROM contacts").fetchone() == (2,)
        assert conn.execute("PRAGMA foreign_key_check").fetchall() == []


def test_two_updates_in_one_second_keep_two_copies(store: Store, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = {f"iiplan-2026-11-23T101500-v{len(STEPS)}{tail}.sqlite" for tail in ("", "-2")}
    for name in names - {f"iiplan-2026-11-23T101500-v{len(STEPS)}-2.sqlite"}:
        (path.parent / name).write_text("an earlier copy")

    class AtAQuarterPastTen(files.datetime):
        @classmethod
        def now(cls, tz: object = None) -> files.datetime:
            return files.datetime(2026, 11, 23, 10, 15)

    monkeypatch.setattr(files, "datetime", AtAQuarterPastTen)
    files.prepare(path, (*STEPS, add_shoe_size))
    assert {file.name for file in copies_beside(path)} == names
    assert (path.parent / f"iiplan-2026-11-23T101500-v{len(STEPS)}.sqlite").read_text() == "an earlier copy"


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        (make_orphans, "a row of contacts points nowhere"),
        (lambda db: db.execute("INSERT INTO no_such_table VALUES (1)"), "no such table"),
    ],
)
def test_an_update_that_fails_is_undone_as_a_whole(store: Store, path: Path, step: Step, sentence: str) -> None:
    fill(store)
    with pytest.raises(StorageError, match=sentence):
        files.prepare(path, (*STEPS, add_shoe_size, step))
    assert Store.open(path).contacts() == store.contacts()
    with closing(connect(path)) as conn:
        assert "shoe_size" not in [column[1] for column in conn.execute("PRAGMA table_info(contacts)")]
    assert len(copies_beside(path)) == 1


def test_a_file_with_no_steps_behind_it_gets_them_all(path: Path) -> None:
    files.prepare(path, STEPS[:0])
    store = Store.open(path)
    fill(store)
    assert [contact.id for contact in store.contacts()] == ["ann", "bob"]
    assert copies_beside(path)[0].match("*-v0.sqlite")


# Many at once


def test_many_threads_may_open_a_new_file_at_once(path: Path) -> None:
    def work(number: int) -> None:
        Store.open(path).save_contact(person(str(number)))

    assert in_threads(8, work) == []
    assert len(Store.open(path).contacts()) == 8
    assert copies_beside(path) == []


def test_a_log_that_goes_while_it_is_looked_at_is_no_obstacle(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when another connection closes at that moment and folds its log into the file."""
    log = path.with_name(path.name + "-wal")
    log.touch()
    look = Path.exists

    def looked_at_last(self: Path, **options: bool) -> bool:
        found = look(self, **options)
        if self == log:
            log.unlink(missing_ok=True)
        return found

    monkeypatch.setattr(Path, "exists", looked_at_last)
    assert Store.open(path).contacts() == ()


def test_many_threads_may_update_an_older_file_at_once_and_keep_one_copy(store: Store, path: Path) -> None:
    fill(store)
    steps = (*STEPS, add_shoe_size)

    def work(number: int) -> None:
        files.prepare(path, steps)
        with Connections(path, len(steps)).writing() as db:
            db.execute("UPDATE contacts SET shoe_size = coalesce(shoe_size, 0) + 1 WHERE id = 'ann'")

    assert in_threads(6, work) == []
    with Connections(path, len(steps)).reading() as db:
        assert db.execute("SELECT shoe_size FROM contacts WHERE id = 'ann'").fetchone() == (6,)
    assert len(copies_beside(path)) == 1


def test_many_processes_may_open_create_and_update_at_once(tmp_path: Path) -> None:
    older = tmp_path / "older" / "iiplan.sqlite"
    files.prepare(older, STEPS[:0])
    new = tmp_path / "new" / "iiplan.sqlite"
    code = WITHOUT_PANDAS + textwrap.dedent(
        """
        import threading
        from pathlib import Path
        from iiplan.model import Contact
        from iiplan.store import Store

        def work(path, name):
            for turn in range(5):
                Store.open(path).save_contact(Contact(id=f"{name}-{turn}", name=name))

        print("ready", flush=True)
        sys.stdin.readline()
        threads = [
            threading.Thread(target=work, args=(Path(path), f"{sys.argv[1]}-{number}"))
            for path in sys.argv[2:]
            for number in range(2)
        ]
        for thread in threads:
            thread.start()
        """
    )
    children = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(number), str(new), str(older)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(3)
    ]
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
    told = []
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    for child in children:
        told.append(child.communicate()[1])
    assert told == ["", "", ""]
    # 3 processes of 2 threads a file of 5 turns
    assert len(Store.open(new).contacts()) == len(Store.open(older).contacts()) == 30
    assert copies_beside(new) == []
    assert len(copies_beside(older)) == 1


# What every table holds to


def tables(conn: sqlite3.Connection) -> dict[str, bool]:
    """Every table with whether it is strict."""
    return {row[1]: bool(row[5]) for row in conn.execute("PRAGMA table_list") if not row[1].startswith("sqlite_")}


def test_every_table_is_strict(store: Store) -> None:
    with closing(connect(store.path)) as conn:
        found = tables(conn)
    assert {
        "organisations",
        "contacts",
        "touches",
        "trips",
        "trip_days",
        "candidates",
        "windows",
        "plans",
        "handed_out",
    } < set(found)
    assert [name for name, strict in found.items() if not strict] == []


def test_every_table_refuses_values_of_another_type(store: Store) -> None:
    with closing(connect(store.path)) as conn:
        for table in tables(conn):
            columns = conn.execute(f"PRAGMA table_info({table})").fetchall()
            values = ", ".join("x'ff'" for _ in columns)
            with pytest.raises(sqlite3.IntegrityError, match=r"cannot store BLOB value|datatype mismatch"):
                conn.execute(f"INSERT INTO {table} VALUES ({values})")  # noqa: S608


def test_foreign_keys_are_held_in_every_unit_of_work(store: Store) -> None:
    fill(store)
    assert_refused = [
        "UPDATE contacts SET organisation_id = 'nowhere'",
        "DELETE FROM organisations",
        "DELETE FROM trips",
        "DELETE FROM contacts",
        "UPDATE candidates SET contact_id = 'nobody'",
        "INSERT INTO windows VALUES ('dc', 'nobody', 0, '', '')",
        "INSERT INTO touches VALUES (9, 'x', 'nobody', 'met', '', '', NULL, NULL, '', NULL, '', NULL, NULL)",
        "INSERT INTO touches VALUES (9, 'x', 'bob', 'void', '', '', NULL, NULL, '', '1', '', NULL, NULL)",
        "UPDATE contacts SET referred_by = 'nobody'",
    ]
    for sql in assert_refused:
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"), store._connections.writing() as db:
            db.execute(sql)


def test_files_are_marked_as_ours_and_keep_a_log(store: Store) -> None:
    with closing(connect(store.path)) as conn:
        assert conn.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert conn.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert conn.execute("PRAGMA user_version").fetchone() == (len(STEPS),)

"""Exact copies and restoring: whole or not at all, whoever else writes, whatever the disk does."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from random_workspaces import everything_in
from store_builders import NOON, person, touch
from test_database_file import add_shoe_size, fill, fingerprint
from test_transactions import ROOT, WITHOUT_PANDAS

from iiplan.errors import InputError, StorageError
from iiplan.model import Feed
from iiplan.store import DAYS_KEPT, Store, files
from iiplan.store.connections import connect
from iiplan.store.files import build
from iiplan.store.schema import STEPS


def restore(store: Store, source: Path, at: datetime = NOON) -> Path | None:
    with store.arriving(source) as (other, _):
        return store.replace_by(other, at)


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """A backup of another workspace: two people, one touch, a trip, a subscription."""
    other = Store.open(tmp_path / "elsewhere" / "other.sqlite")
    fill(other)
    other.save_feed(Feed(trip_id="dc", token="S" * 43, made_at=NOON))
    return other.write_backup(tmp_path / "elsewhere" / "backup.sqlite")


# Copies


def test_a_backup_is_the_same_row_for_row_secrets_included(store: Store, tmp_path: Path) -> None:
    fill(store)
    store.save_feed(Feed(trip_id="dc", token="S" * 43, made_at=NOON))
    copy = store.write_backup(tmp_path / "copy.sqlite")
    assert everything_in(copy) == everything_in(store.path)
    assert Store.open(copy).feeds() == store.feeds()
    assert copy.stat().st_mode & 0o077 == 0
    assert names(tmp_path) == {"iiplan.sqlite", "copy.sqlite"}


def test_a_backup_holds_what_is_still_in_the_log_and_needs_no_other_file(store: Store, tmp_path: Path) -> None:
    with closing(connect(store.path)) as reader:
        reader.execute("SELECT count(*) FROM contacts").fetchone()  # keeps the log from being folded in
        store.save_contact(person("ann"))
        assert Path(f"{store.path}-wal").stat().st_size > 0
        copy = store.write_backup(tmp_path / "away" / ".." / "copy.sqlite")
    moved = tmp_path / "moved"
    moved.mkdir()
    shutil.copy(copy, moved / "copy.sqlite")
    with closing(connect(moved / "copy.sqlite", "mode=ro")) as conn:
        assert conn.execute("SELECT id FROM contacts").fetchall() == [("ann",)]
    assert names(moved) == {"copy.sqlite"}


def test_a_backup_never_goes_over_another_file(store: Store, tmp_path: Path) -> None:
    (tmp_path / "copy.sqlite").write_text("an older copy")
    with pytest.raises(InputError, match=r"copy\.sqlite is there already\. Name a file that is not"):
        store.write_backup(tmp_path / "copy.sqlite")
    with pytest.raises(InputError, match="is there already"):
        store.write_backup(store.path)
    assert (tmp_path / "copy.sqlite").read_text() == "an older copy"


def test_a_backup_where_no_file_can_be_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"cannot be written: No such file or directory\. Choose another place"):
        store.write_backup(tmp_path / "nowhere" / "copy.sqlite")


def test_no_backup_is_made_of_a_damaged_file(store: Store, tmp_path: Path) -> None:
    fill(store)
    content = store.path.read_bytes()
    store.path.write_bytes(content[:4096] + b"\xa5" * 8192 + content[12288:])
    with pytest.raises(StorageError, match="is damaged"):
        store.write_backup(tmp_path / "copy.sqlite")
    assert names(tmp_path) == {"iiplan.sqlite"}


def test_dated_copies_are_listed_newest_first_with_what_they_are_for(store: Store, path: Path) -> None:
    store.save_contact(person("ann"))
    store.keep_daily_copy(NOON)
    store.keep_backup(NOON)
    store.keep_backup(NOON)
    for other in ("iiplan-2026-02-31-day.sqlite", "iiplan-notes.sqlite", "other-2026-11-23-day.sqlite"):
        shutil.copy(path, path.with_name(other))
    files.prepare(path, (*STEPS, add_shoe_size))
    assert sorted(copy.why for copy in store.dated_copies()) == ["backup", "backup", "day", f"v{len(STEPS)}"]
    made = [copy.made for copy in store.dated_copies()]
    assert made == sorted(made, reverse=True)
    assert all(copy.size == copy.path.stat().st_size for copy in store.dated_copies())


# A copy a day


def test_the_copy_of_the_day_is_made_once_and_holds_what_was_there_before(store: Store) -> None:
    store.save_contact(person("ann"))
    copy = store.keep_daily_copy(NOON)
    assert copy is not None
    assert copy.name == f"iiplan-{NOON.astimezone():%Y-%m-%d}-day.sqlite"
    store.save_contact(person("bob"))
    assert store.keep_daily_copy(NOON) is None
    assert Store.open(copy).contacts() == (person("ann"),)


def test_no_copy_of_the_day_is_made_of_nothing_or_of_what_has_one(store: Store) -> None:
    assert store.keep_daily_copy(NOON) is None
    store.save_contact(person("ann"))
    store.keep_backup(NOON)
    assert store.keep_daily_copy(NOON) is None
    store.save_contact(person("bob"))
    later = store.path.stat().st_mtime + 10
    os.utime(store.path, (later, later))
    assert store.keep_daily_copy(NOON) is not None


def test_only_the_newest_copies_of_days_stay_and_no_other_file_goes(store: Store, path: Path) -> None:
    store.save_contact(person("ann"))
    store.keep_backup(NOON - timedelta(days=100))
    kept = [path.with_name(name) for name in ("iiplan-2001-01-01-day-mine.sqlite", "iiplan-2001-01-01.sqlite")]
    for file in kept:
        file.write_text("somebody's own")
    for day in range(DAYS_KEPT + 3):
        changed = datetime(2100, 1, 1 + day, tzinfo=UTC).timestamp()
        os.utime(path, (changed, changed))
        assert store.keep_daily_copy(NOON + timedelta(days=day)) is not None
    days = [copy.made.date() for copy in store.dated_copies() if copy.why == "day"]
    last = (NOON + timedelta(days=DAYS_KEPT + 2)).astimezone().date()
    assert days == [last - timedelta(days=n) for n in range(DAYS_KEPT)]
    assert all(file.exists() for file in kept)
    assert [copy.why for copy in store.dated_copies()].count("backup") == 1


def test_what_a_crash_left_of_a_copy_goes_after_a_day_and_what_is_being_made_stays(store: Store, path: Path) -> None:
    store.save_contact(person("ann"))
    left, made, foreign = (path.with_name(name) for name in (".iiplan-abc.part", ".iiplan-def.part", ".other-abc.part"))
    for file in (left, made, foreign):
        file.write_text("half")
        os.utime(file, (NOON.timestamp() - 90_000,) * 2)
    os.utime(made, (NOON.timestamp() - 60,) * 2)
    store.keep_daily_copy(NOON)
    assert [file.exists() for file in (left, made, foreign)] == [False, True, True]


# Restoring


def test_a_backup_restores_everything_and_keeps_a_dated_copy_of_what_was_there(store: Store, backup: Path) -> None:
    store.save_contacts([person("zoe")])
    store.add_touches([touch("z", "zoe")])
    before = everything_in(store.path)
    kept = restore(store, backup)
    assert kept is not None
    assert kept.match("iiplan-2026-11-23T??????-before-restore.sqlite")
    assert everything_in(store.path) == everything_in(backup)
    assert everything_in(kept) == before
    restore(store, kept)  # the way back
    assert everything_in(store.path) == before


def test_restoring_into_nothing_keeps_no_copy(store: Store, backup: Path) -> None:
    assert restore(store, backup) is None
    assert names(store.path.parent) == {"iiplan.sqlite", "elsewhere"}


def test_after_restoring_the_log_still_only_grows(store: Store, backup: Path) -> None:
    restore(store, backup)
    for sql in ("DELETE FROM touches", "UPDATE touches SET note = 'x'"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"), store._connections.writing() as db:
            db.execute(sql)


def test_whoever_goes_by_the_token_of_the_people_sees_that_they_are_others(store: Store, backup: Path) -> None:
    store.save_contact(person("zoe"))
    tokens = [store.people_token()]
    kept = restore(store, backup)
    tokens.append(store.people_token())
    assert kept is not None
    restore(store, kept)
    tokens.append(store.people_token())
    assert len(set(tokens)) == 3
    store.save_contact(person("eve"))
    assert store.people_token() not in tokens


def test_a_restore_touches_neither_the_file_it_comes_from_nor_the_folder_of_it(store: Store, backup: Path) -> None:
    before = fingerprint(backup.parent)
    backup.chmod(0o400)
    restore(store, backup)
    assert fingerprint(backup.parent) == before


def test_a_copy_of_a_file_in_use_with_its_log_restores_what_the_log_holds(store: Store, tmp_path: Path) -> None:
    other = Store.open(tmp_path / "a" / "iiplan.sqlite")
    with closing(connect(other.path)) as reader:
        reader.execute("SELECT count(*) FROM contacts").fetchone()
        other.save_contact(person("ann"))
        shutil.copytree(tmp_path / "a", tmp_path / "b")
    restore(store, tmp_path / "b" / "iiplan.sqlite")
    assert store.contacts() == (person("ann"),)


@pytest.mark.parametrize("version", range(len(STEPS)))
def test_a_backup_of_any_earlier_version_is_brought_up_to_date(store: Store, tmp_path: Path, version: int) -> None:
    older = tmp_path / "older.sqlite"
    with closing(sqlite3.connect(older, isolation_level=None)) as conn:
        build(conn, STEPS[:version])
        if version:
            conn.execute("INSERT INTO organisations VALUES ('o', 'Acme', 'acme', '', '')")
    before = fingerprint(tmp_path)["older.sqlite"]
    restore(store, older)
    assert [one.name for one in store.organisations()] == (["Acme"] if version else [])
    assert fingerprint(tmp_path)["older.sqlite"] == before


def refuses(store: Store, source: Path, sentence: str) -> None:
    before = fingerprint(store.path.parent)
    with pytest.raises(InputError, match=sentence), store.arriving(source):
        pytest.fail("it was let in")
    assert fingerprint(store.path.parent) == before


def test_what_is_no_backup_is_refused_and_changes_nothing(store: Store, backup: Path, tmp_path: Path) -> None:
    fill(store)
    (tmp_path / "text").write_text("Dear Ada,")
    refuses(store, tmp_path / "text", r"neither a backup \(\.sqlite\) nor an export \(\.zip\)")
    refuses(store, tmp_path / "nowhere", "nowhere cannot be read: No such file or directory. Check the name")
    refuses(store, tmp_path, "cannot be read: Is a directory")
    refuses(store, store.path, "is the file in use itself")
    with closing(sqlite3.connect(tmp_path / "other.sqlite")) as conn:
        conn.execute("CREATE TABLE contacts (id)")
    refuses(store, tmp_path / "other.sqlite", "is a database of another program")
    files.prepare(backup, (*STEPS, add_shoe_size))
    refuses(store, backup, rf"newer iiplan \(version {len(STEPS) + 1} of the file; .* Install the newer")


def test_a_damaged_backup_is_refused(store: Store, backup: Path) -> None:
    content = backup.read_bytes()
    for damaged in (content[: len(content) // 2], content[:4096] + b"\xa5" * 8192 + content[12288:]):
        backup.write_bytes(damaged)
        refuses(store, backup, r"The file is damaged \(.*\)\. Choose another copy")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("DROP TABLE snoozes", "lacks the table 'snoozes'"),
        ("CREATE TABLE extra (x)", "holds a table that is unknown here: 'extra'"),
        ("ALTER TABLE contacts ADD COLUMN shoe_size TEXT", "has a column that is unknown here: 'shoe_size'"),
        ("DROP TABLE snoozes; CREATE VIEW snoozes AS SELECT 'k' AS key, 'u' AS until", "lacks the table 'snoozes'"),
        (
            "PRAGMA foreign_keys = OFF; DELETE FROM contacts WHERE id = 'ann'",
            "points to one of contacts that is missing",
        ),
    ],
)
def test_a_backup_that_somebody_changed_is_refused(store: Store, backup: Path, change: str, sentence: str) -> None:
    with closing(connect(backup)) as conn:
        conn.executescript(change)
    refuses(store, backup, sentence)


def test_nothing_in_a_backup_is_run(store: Store, backup: Path) -> None:
    with closing(connect(backup)) as conn:
        conn.execute("CREATE TRIGGER evil AFTER INSERT ON contacts BEGIN DELETE FROM contacts; END")
    restore(store, backup)
    store.save_contact(person("zoe"))
    assert [contact.id for contact in store.contacts()] == ["ann", "bob", "zoe"]


# Under a running app


def test_nothing_that_was_shown_as_saved_is_lost_by_a_restore_under_a_running_app(store: Store, backup: Path) -> None:
    """Writers go on while it happens: what they saved is in what there is now or in the copy of what was before."""
    saved: list[str] = []
    stop, begun = threading.Event(), threading.Event()

    def work(number: int) -> None:
        mine = Store.open(store.path)
        turn = 0
        while not stop.is_set():
            mine.save_contact(person(f"{number}-{turn}"))
            saved.append(f"{number}-{turn}")
            turn += 1
            if turn == 3:
                begun.set()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    try:
        begun.wait()
        kept = restore(store, backup)
        seen = len(saved)
        while len(saved) < seen + 6 and all(thread.is_alive() for thread in threads):
            pass  # they go on, and nobody has to start again
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert kept is not None
    before = {contact.id for contact in Store.open(kept).contacts()}
    after = {contact.id for contact in store.contacts()}
    assert len(saved) >= seen + 6
    assert set(saved) <= before | after
    assert {"ann", "bob"} <= after
    assert before.isdisjoint(after)  # nothing was half replaced


def test_a_reader_keeps_seeing_the_old_while_it_reads(store: Store, backup: Path) -> None:
    store.save_contact(person("zoe"))
    with store._connections.reading() as db:
        assert db.table("contacts").count == 1
        restore(store, backup)
        assert [row["id"] for row in db.query("SELECT id FROM contacts")] == ["zoe"]
    assert [contact.id for contact in store.contacts()] == ["ann", "bob"]


# Crashes and full disks

CHILD = WITHOUT_PANDAS + textwrap.dedent(
    """
    import resource
    from datetime import UTC, datetime
    from pathlib import Path
    from iiplan.errors import IiplanError
    from iiplan.store import Store

    path, source, action, most = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    store = Store.open(path)
    if most:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    print("ready", flush=True)
    try:
        while True:
            if action == "backup":
                store.write_backup(source)
            else:
                with store.arriving(source) as (other, _):
                    store.replace_by(other, now)
            if action != "restore-again":
                break
    except IiplanError as error:
        print(error)
        sys.exit(2)
    """
)


def child(path: Path, source: Path, action: str, most: int = 0) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, str(path), str(source), action, str(most)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def many(prefix: str, count: int) -> list[object]:
    return [person(f"{prefix}{number}", notes=prefix * 500) for number in range(count)]


@pytest.fixture
def large(store: Store, tmp_path: Path) -> Path:
    """A backup of 300 people with long notes; the store holds 300 others."""
    other = Store.open(tmp_path / "elsewhere" / "other.sqlite")
    other.save_contacts(many("new", 300))  # type: ignore[arg-type]
    store.save_contacts(many("old", 300))  # type: ignore[arg-type]
    return other.write_backup(tmp_path / "elsewhere" / "backup.sqlite")


def whole(path: Path) -> str:
    """Which of the two workspaces a file holds, all of it; opening it checks the file."""
    ids = [contact.id for contact in Store.open(path).contacts()]
    prefix = ids[0][:3]
    assert sorted(ids) == sorted(f"{prefix}{number}" for number in range(300))
    return prefix


def kill_when(process: subprocess.Popen[str], path: Path, moment: int) -> None:
    """Kill the child at the nth of the states that its folder goes through: files that appear, grow and go."""
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    seen: list[object] = []
    while len(seen) < moment and process.poll() is None:
        state = sorted((re.sub(r"\.iiplan-.*\.part", "part", one.name), one.stat().st_size) for one in entries(path))
        if not seen or seen[-1] != state:
            seen.append(state)
    process.send_signal(signal.SIGKILL)
    process.communicate()


def entries(path: Path) -> list[os.DirEntry[str]]:
    """What lies beside the file and is there long enough to be asked for its size."""
    found = []
    for entry in os.scandir(path.parent):
        try:
            entry.stat()
        except FileNotFoundError:
            continue
        found.append(entry)
    return found


@pytest.mark.parametrize("moment", [1, 2, 3, 5, 8, 12, 17, 23])
def test_a_restore_that_is_killed_leaves_the_old_or_the_new_whole(store: Store, large: Path, moment: int) -> None:
    process = child(store.path, large, "restore-again")
    kill_when(process, store.path, moment)
    assert process.returncode == -signal.SIGKILL
    assert whole(store.path) in {"old", "new"}
    for copy in store.dated_copies():
        assert whole(copy.path) in {"old", "new"}
    store.save_contact(person("one more"))


def test_a_backup_that_is_killed_leaves_no_half_of_one(store: Store, large: Path, tmp_path: Path) -> None:
    for moment in (1, 2, 3, 4, 5, 6):
        target = tmp_path / "backups" / f"{moment}.sqlite"
        target.parent.mkdir(exist_ok=True)
        kill_when(child(store.path, target, "backup"), target, moment)
        assert not target.exists() or whole(target) == "old"
    assert whole(store.path) == "old"


@pytest.mark.parametrize("most", [4_096, 100_000, 400_000, 700_000])
def test_a_restore_for_which_the_disk_has_no_room_leaves_everything_as_it_was(
    store: Store, large: Path, most: int
) -> None:
    assert store.path.stat().st_size > 500_000
    process = child(store.path, large, "restore", most)
    told = process.communicate()[0]
    assert process.returncode == 2, told
    assert re.search("cannot be used|is full|could be made", told)
    assert whole(store.path) == "old"
    assert names(store.path.parent) <= {"iiplan.sqlite", "elsewhere"} | {c.path.name for c in store.dated_copies()}
    for copy in store.dated_copies():
        assert whole(copy.path) == "old"


def test_a_backup_for_which_the_disk_has_no_room_is_not_there(store: Store, large: Path, tmp_path: Path) -> None:
    process = child(store.path, tmp_path / "copy.sqlite", "backup", 300_000)
    told = process.communicate()[0]
    assert process.returncode == 2, told
    assert names(tmp_path) == {"iiplan.sqlite", "elsewhere"}
    assert whole(store.path) == "old"

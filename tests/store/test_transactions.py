from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from store_builders import NOON, candidate, person, touch, week

from iiplan.errors import NotFoundError, StorageError
from iiplan.store import Store
from iiplan.store.connections import connect, in_words

ROOT = Path(__file__).parents[2]
WITHOUT_PANDAS = "import sys; sys.modules['pandas'] = None  # slow to load, and not needed here\n"


class DeliberateError(Exception):
    pass


def in_threads(count: int, work: Callable[[int], None]) -> list[BaseException]:
    """Run ``work`` in so many threads at once; what they raised."""
    raised: list[BaseException] = []
    start = threading.Barrier(count)

    def run(number: int) -> None:
        try:
            start.wait()
            work(number)
        except BaseException as error:
            raised.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_a_transaction_that_raises_leaves_nothing_half_saved(store: Store) -> None:
    store.save_contact(person("ann"))

    def change_much() -> None:
        with store.transaction():
            store.save_contacts([person("ann", notes="changed"), person("bob")])
            store.save_trip(week("dc"))
            store.save_candidates([candidate("bob")])
            store.add_touches([touch("1")])
            store.delete_contact("ann", NOON)
            assert [contact.id for contact in store.contacts()] == ["bob"]  # inside, one sees it all
            raise DeliberateError

    with pytest.raises(DeliberateError):
        change_much()
    assert store.contacts() == (person("ann"),)
    assert store.contacts(deleted=True) == ()
    assert store.trips() == ()
    assert store.touches() == ()


def test_a_call_that_fails_half_way_leaves_nothing_half_saved(store: Store) -> None:
    store.save_contact(person("ann"))
    with pytest.raises(NotFoundError):
        store.add_touches([touch("1"), touch("2", "nobody")])
    assert store.touches() == ()


def test_an_inner_call_that_failed_is_undone_by_itself_when_the_outer_one_goes_on(store: Store) -> None:
    def save_and_fail() -> None:
        with store.transaction():
            store.save_contact(person("bob"))
            raise DeliberateError

    with store.transaction():
        store.save_contact(person("ann"))
        with pytest.raises(NotFoundError):
            store.add_touches([touch("1"), touch("2", "nobody")])
        with pytest.raises(DeliberateError):
            save_and_fail()
        store.add_touches([touch("3")])
    assert [contact.id for contact in store.contacts()] == ["ann"]
    assert [t.id for t in store.touches()] == ["3"]


def test_a_transaction_inside_another_is_saved_only_with_the_outer_one(store: Store) -> None:
    def outer() -> None:
        with store.transaction():
            with store.transaction():
                store.save_contact(person("ann"))
            raise DeliberateError

    with pytest.raises(DeliberateError):
        outer()
    assert store.is_empty()
    store.save_contact(person("bob"))  # the thread is free for the next transaction
    assert [contact.id for contact in store.contacts()] == ["bob"]


def test_others_see_a_transaction_only_when_it_is_whole(store: Store, path: Path) -> None:
    other = Store.open(path)
    seen: list[int] = []
    with store.transaction():
        store.save_contact(person("ann"))
        seen.append(len(other.contacts()))
        reader = threading.Thread(target=lambda: seen.append(len(store.contacts())))
        reader.start()
        reader.join()
        store.save_contact(person("bob"))
    seen.append(len(other.contacts()))
    assert seen == [0, 0, 2]


def test_two_stores_on_one_file_see_each_others_writes_at_once(store: Store, path: Path) -> None:
    other = Store.open(path)
    for number in range(20):
        writer, reader = (store, other) if number % 2 else (other, store)
        writer.save_contact(person("ann", notes=str(number)))
        assert reader.contact("ann").notes == str(number)


def test_six_threads_write_and_read_at_once_without_an_error(store: Store, path: Path) -> None:
    store.save_contact(person("count", notes="0"))
    store.save_trip(week("dc"))

    def work(number: int) -> None:
        mine = store if number % 2 else Store.open(path)
        for turn in range(20):
            with mine.transaction():
                count = int(mine.contact("count").notes)
                mine.save_contact(person("count", notes=str(count + 1)))
                mine.save_contact(person(f"p{number}-{turn}", organisation=f"Org {turn}"))
                mine.save_candidates([candidate(f"p{number}-{turn}")])
            mine.add_touches([touch(f"t{number}-{turn}", f"p{number}-{turn}")])
            assert len(mine.touches(contact_id=f"p{number}-{turn}")) == 1

    assert in_threads(6, work) == []
    # 6 threads of 20 turns each: no increment is lost, no organisation made twice
    assert store.contact("count").notes == "120"
    assert len(store.touches()) == len(store.candidates("dc")) == 120
    assert len(store.organisations()) == 20


def test_a_process_killed_inside_a_transaction_leaves_all_that_was_saved_and_nothing_half(path: Path) -> None:
    code = WITHOUT_PANDAS + textwrap.dedent(
        """
        from pathlib import Path
        from iiplan.model import Contact
        from iiplan.store import Store

        store = Store.open(Path(sys.argv[1]))
        number = 0
        while True:
            with store.transaction():
                store.save_contact(Contact(id=f"{number}a", name="A"))
                if number == 10:
                    print("inside", flush=True)
                    sys.stdin.read()  # until the end
                store.save_contact(Contact(id=f"{number}b", name="B"))
            number += 1
        """
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code, str(path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdin is not None
    with child.stdout, child.stdin:
        assert child.stdout.readline() == "inside\n"
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
    # ten whole pairs, 0 to 9; of the eleventh nothing
    expected = {f"{number}{half}" for number in range(10) for half in "ab"}
    assert {contact.id for contact in Store.open(path).contacts()} == expected
    Store.open(path).save_contact(person("next"))
    assert len(Store.open(path).contacts()) == 21


def test_a_process_killed_at_any_moment_leaves_only_whole_transactions(path: Path) -> None:
    code = WITHOUT_PANDAS + textwrap.dedent(
        """
        from pathlib import Path
        from iiplan.model import Contact
        from iiplan.store import Store

        store = Store.open(Path(sys.argv[1]))
        for number in range(10_000):
            with store.transaction():
                store.save_contacts([Contact(id=f"{number}{half}", name="N") for half in "ab"])
            print(number, flush=True)
        """
    )
    child = subprocess.Popen([sys.executable, "-c", code, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    with child.stdout:
        for expected_number in range(25):
            assert child.stdout.readline() == f"{expected_number}\n"
        os.kill(child.pid, signal.SIGKILL)  # while it goes on writing
        reported = 24 + len(child.stdout.read().splitlines())
        child.wait()
    kept = {contact.id for contact in Store.open(path).contacts()}
    pairs = len(kept) // 2
    assert kept == {f"{number}{half}" for number in range(pairs) for half in "ab"}
    # All that was reported as saved is there, and at most the one that was being reported besides.
    assert reported + 1 <= pairs <= reported + 2


def test_a_file_that_vanished_is_not_quietly_made_anew(store: Store, path: Path) -> None:
    path.unlink()
    with pytest.raises(StorageError, match=r"cannot be opened\. Put it back"):
        store.save_contact(person("ann"))
    assert not path.exists()


def test_a_file_that_a_newer_version_has_taken_over_is_written_no_more(store: Store, path: Path) -> None:
    conn = connect(path)
    conn.execute("PRAGMA user_version = 99")
    conn.close()
    with pytest.raises(StorageError, match=r"was replaced or updated while iiplan was running.*start it again"):
        store.save_contact(person("ann"))


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (sqlite3.SQLITE_BUSY, "in use by another program for 30 seconds. Nothing of this change was saved. Close"),
        (sqlite3.SQLITE_FULL, "is full. Nothing of this change was saved. Free some space"),
        (sqlite3.SQLITE_READONLY_DIRECTORY, "can be read but not written. Allow writing"),
        (sqlite3.SQLITE_CANTOPEN_ISDIR, "cannot be opened. Put it back"),
        (sqlite3.SQLITE_CORRUPT, "is damaged. Keep it, and put a backup copy in its place"),
        (sqlite3.SQLITE_IOERR_WRITE, "cannot be used (told by the disk). Nothing of this change was saved"),
    ],
)
def test_what_sqlite_reports_is_said_in_words_with_a_cure(path: Path, code: int, sentence: str) -> None:
    error = sqlite3.OperationalError("told by the disk")
    error.sqlite_errorcode = code
    told = in_words(error, path)
    assert sentence in told
    assert str(path) in told


def test_a_full_disk_is_told_and_loses_nothing_that_was_saved(store: Store, path: Path) -> None:
    store.save_contact(person("ann"))

    def fill() -> None:
        with store.transaction():
            with store._connections.writing() as db:  # the only way to make this file's disk small
                pages = db.execute("PRAGMA page_count").fetchone()[0]
                db.execute(f"PRAGMA max_page_count = {pages}")
            store.save_contacts(person(str(number), notes="x" * 10_000) for number in range(100))

    with pytest.raises(StorageError, match=r"is full\. Nothing of this change was saved"):
        fill()
    assert store.contacts() == (person("ann"),)

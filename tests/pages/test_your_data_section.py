"""Settings, Your data: what is there, copies of it, and a look at a file before it replaces anything."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from builders import a_person
from page_driver import open_page, press, words
from streamlit.testing.v1 import AppTest

from iiplan.planner import your_data
from iiplan.planner.workspace import Workspace, load_demo, open_workspace

Visit = Callable[[], AppTest]


@pytest.fixture
def visit(database: Path) -> Visit:
    def opened() -> AppTest:
        return open_page("settings")

    return opened


@pytest.fixture
def exported(tmp_path: Path) -> bytes:
    """An export of the demo."""
    (tmp_path / "elsewhere").mkdir()
    other = open_workspace(tmp_path / "elsewhere" / "demo.sqlite")
    load_demo(other)
    return your_data.workspace_as_zip(other)


def give(at: AppTest, content: bytes, name: str = "w.zip") -> None:
    at.file_uploader[0].upload(name, content, "application/zip").run()
    assert not at.exception


def shown(at: AppTest) -> dict[str, tuple[str, str]]:
    """The preview: what, and how much of it now and after."""
    frame = at.dataframe[-1].value
    return {row[0]: (row[1], row[2]) for row in frame.itertuples(index=False)}


def test_an_empty_workspace_says_what_to_do_next(visit: Visit, database: Path) -> None:
    said = words(visit())
    assert "There is nothing to take along yet. Add people on *Contacts*, or restore a file below." in said
    assert "No copies yet." in said
    assert str(database) in said


def test_it_says_where_the_file_is_and_what_is_in_it(visit: Visit, live: Workspace, database: Path) -> None:
    load_demo(live)
    at = visit()
    assert str(database) in words(at)
    numbers = {metric.label: metric.value for metric in at.metric}
    assert numbers["People"] == "46"
    assert numbers["Logged touches"] == f"{len(live.store.touches())}"
    assert numbers["Trips"] == "1"
    assert len(at.get("download_button")) == 3
    assert "secret addresses" in words(at)


def test_opening_the_app_keeps_the_copy_of_the_day_and_the_list_shows_it(visit: Visit, live: Workspace) -> None:
    a_person(live, "Ann")
    at = visit()
    (copy,) = your_data.copies(live)
    assert copy.why == "day"
    assert list(at.dataframe[0].value["What"]) == ["daily copy"]
    assert list(at.dataframe[0].value["File"]) == [copy.path.name]


def test_a_day_whose_copy_cannot_be_made_is_a_day_all_the_same(visit: Visit, live: Workspace, database: Path) -> None:
    a_person(live, "Ann")
    today = live.now().astimezone()
    at_fault = database.with_name(f"iiplan-{today:%Y-%m-%d}-day.sqlite")
    at_fault.symlink_to(database.with_name("nowhere") / "x")  # neither there nor free
    said = words(visit())
    assert "Everything is in one file" in said


def test_a_backup_is_a_click_away(visit: Visit, live: Workspace) -> None:
    a_person(live, "Ann")
    at = visit()
    press(at, "Make a backup now")
    assert [copy.why for copy in your_data.copies(live)].count("backup") == 1
    assert "Kept as iiplan-" in words(at)


def test_a_file_is_looked_at_before_anything_changes(visit: Visit, live: Workspace, exported: bytes) -> None:
    a_person(live, "Ann")
    at = visit()
    give(at, exported)
    assert shown(at)["People"] == ("1", "46")
    assert shown(at)["Trips"][0] == "none"
    assert shown(at)["Trips"][1].startswith("Washington week, ")
    assert "Everything that is here now is replaced" in words(at)
    assert "by iiplan 0.1.0" in words(at)
    assert [contact.name for contact in live.store.contacts()] == ["Ann"]


def test_replacing_says_where_what_was_here_is_and_can_be_undone(
    visit: Visit, live: Workspace, exported: bytes
) -> None:
    a_person(live, "Ann")
    at = visit()
    give(at, exported)
    press(at, "Replace everything with this")
    assert len(live.store.contacts()) == 46
    assert "Restored: 46 people" in words(at)
    assert "before-restore.sqlite" in words(at)
    assert not [button for button in at.button if button.key == "restore"]
    press(at, "Undo")
    assert [contact.name for contact in live.store.contacts()] == ["Ann"]


def test_a_copy_beside_the_file_is_restored_by_choosing_it(visit: Visit, live: Workspace) -> None:
    a_person(live, "Ann")
    kept = your_data.backup(live)
    a_person(live, "Bob")
    at = visit()
    at.selectbox(key="restore-from-0").select(kept.name).run()
    assert shown(at)["People"] == ("2", "1")
    press(at, "Replace everything with this")
    assert [contact.name for contact in live.store.contacts()] == ["Ann"]


def test_restoring_into_nothing_says_that_nothing_is_lost(visit: Visit, live: Workspace, exported: bytes) -> None:
    at = visit()
    give(at, exported)
    assert "nothing is lost" in words(at)
    press(at, "Restore this")
    assert len(live.store.contacts()) == 46
    assert "before-restore" not in [copy.why for copy in your_data.copies(live)]


def test_a_file_that_cannot_be_restored_is_said_in_a_sentence(visit: Visit, live: Workspace) -> None:
    a_person(live, "Ann")
    at = visit()
    give(at, b"<script>alert(1)</script>", "evil.zip")
    assert "neither a backup (.sqlite) nor an export (.zip)" in words(at)
    assert not [button for button in at.button if button.key == "restore"]

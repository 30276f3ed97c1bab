"""The import panel on the page Contacts: look first, say what columns are, save, take back."""

from __future__ import annotations

import pytest
from builders import a_person
from page_driver import press, words
from streamlit.testing.v1 import AppTest

from iiplan.model import Source
from iiplan.planner.workspace import Workspace

TABLE = b"Who;Works at;E-mail\nAda Lee;Acme;ada@x.example\n;Acme;nobody@x.example\n"


@pytest.fixture
def at(live: Workspace) -> AppTest:
    """The page with the panel alone, on the app's own database."""

    def page() -> None:
        from iiplan.ui import session
        from iiplan.ui.importing import import_panel

        session.show_notice()
        import_panel(session.workspace())

    found = AppTest.from_function(page, default_timeout=30).run()
    assert not found.exception
    return found


def drop(at: AppTest, *files: tuple[str, bytes]) -> None:
    for name, data in files:
        at.file_uploader[0].upload(name, data, "text/csv")
    at.run()
    assert not at.exception


def numbers(at: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in at.metric}


def test_an_empty_panel_says_where_the_files_come_from(at: AppTest) -> None:
    assert "LinkedIn" in words(at)
    assert len(at.button) == 0


def test_a_file_is_looked_at_saved_and_taken_back(at: AppTest, live: Workspace) -> None:
    drop(at, ("people.csv", TABLE))
    assert numbers(at) == {"New": "1", "Updated": "0", "Already known": "0", "Unreadable": "1"}
    assert live.store.contacts() == ()
    press(at, "Add 1 person")
    assert [one.name for one in live.store.contacts()] == ["Ada Lee"]
    assert "Imported: 1 new, 0 updated, 0 already known, 1 unreadable." in words(at)
    press(at, "Undo")
    assert live.store.contacts() == ()
    assert "1 person removed." in words(at)
    assert "taken back" in words(at)


def test_columns_can_be_changed_and_are_remembered(at: AppTest, live: Workspace) -> None:
    drop(at, ("people.csv", TABLE))
    at.session_state[at.data_editor[0].key] = {
        "edited_rows": {1: {"Becomes": "Organisation"}},
        "added_rows": [],
        "deleted_rows": [],
    }
    at.run()
    press(at, "Add 1 person")
    assert live.store.contacts()[0].organisation == "Acme"
    drop(at, ("other.csv", TABLE.replace(b"Ada", b"Eva").replace(b"ada@", b"eva@")))
    press(at, "Add 1 person")
    assert {one.name: one.organisation for one in live.store.contacts()} == {"Ada Lee": "Acme", "Eva Lee": "Acme"}


def test_what_is_said_of_all_goes_with_everybody(at: AppTest, live: Workspace) -> None:
    drop(at, ("people.csv", TABLE))
    next(one for one in at.selectbox if one.label == "How were they found?").select(Source.ALUMNI)
    next(one for one in at.text_input if one.label.startswith("City")).input("Oslo")
    next(one for one in at.text_input if one.label.startswith("Tags")).input("fair, spring").run()
    press(at, "Add 1 person")
    (person,) = live.store.contacts()
    assert (person.source, person.city, person.tags) == (Source.ALUMNI, "Oslo", ("fair", "spring"))


def test_another_kind_can_be_chosen(at: AppTest, live: Workspace) -> None:
    drop(at, ("people.csv", b"First Name,Last Name,Title,Email\nAda,Lee,Chief,a@x.example\n"))
    next(one for one in at.selectbox if "people.csv" in one.label.replace("\\", "")).select("outlook").run()
    press(at, "Add 1 person")
    assert live.store.contacts()[0].role == ""


def test_a_known_person_gains_only_what_was_missing_and_what_differs_is_shown(at: AppTest, live: Workspace) -> None:
    a_person(live, "Ada", email="ada@x.example", role="Head")
    drop(at, ("people.csv", b"Name,E-mail,Role,Phone\nAda,ada@x.example,Chief,+47 22 12 34 56\n"))
    assert numbers(at)["Updated"] == "1"
    titles = [one.label for one in at.expander]
    assert "Differs: what you have stays as it is (1)" in titles
    press(at, "Update 1 person")
    assert (live.store.contact("ada").role, live.store.contact("ada").phone) == ("Head", "+47 22 12 34 56")


def test_a_file_without_anybody_is_said_aloud(at: AppTest, live: Workspace) -> None:
    drop(at, ("people.csv", b"Name,E-mail\n,a@x.example\n,b@x.example\n"))
    assert "Nobody could be read from people.csv" in at.error[0].value.replace("\\", "")
    assert not any(one.label.startswith("Add") for one in at.button)


def test_new_people_who_may_be_here_already_are_counted_after_the_import(at: AppTest, live: Workspace) -> None:
    a_person(live, "Robert Lee", organisation="Acme")
    drop(at, ("people.csv", b"Name,Organisation\nBob Lee,ACME Inc.\nEva Park,Acme\n"))
    press(at, "Add 2 people")
    assert "1 of the new people may be here already: look below the list." in words(at)


def test_everybody_known_is_said_and_nothing_offered(at: AppTest, live: Workspace) -> None:
    a_person(live, "Ada", email="ada@x.example")
    drop(at, ("people.csv", b"Name,E-mail\nAda,ada@x.example\n"))
    assert "You know everybody in these files already" in words(at)
    assert not any(one.label.startswith(("Add", "Update")) for one in at.button)


def test_one_bad_file_of_several_is_named_and_the_others_come_in(at: AppTest, live: Workspace) -> None:
    drop(at, ("photo*.csv", b"\x89PNG\r\n"), ("people.csv", TABLE))
    assert "photo*.csv** was not read" in at.error[0].value.replace("\\", "")
    assert "\\*" in at.error[0].value  # a file's name is no Markdown
    press(at, "Add 1 person")
    assert len(live.store.contacts()) == 1


def test_an_old_workbook_is_refused_with_the_cure(at: AppTest) -> None:
    drop(at, ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
    assert "save it as 'Excel workbook (.xlsx)'" in at.error[0].value.replace("\\", "")

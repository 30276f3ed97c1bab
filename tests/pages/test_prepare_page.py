"""The page Prepare: meetings with their marks, research, the introduction and its practice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path

import pytest
from builders import MONDAY, WASHINGTON, a_candidate, a_trip
from page_driver import open_page, press, words
from streamlit.testing.v1 import AppTest

from iiplan.model import Introduction
from iiplan.planner import preparing, settings
from iiplan.planner.workspace import Workspace

Visit = Callable[..., AppTest]


@pytest.fixture
def visit(database: Path) -> Visit:
    def opened(**query: str) -> AppTest:
        return open_page("prepare", **query)

    return opened


@pytest.fixture
def ann(live: Workspace) -> Workspace:
    trip = a_trip(live)
    a_candidate(live, trip, "Ann", fixed_start=datetime.combine(MONDAY, time(9), WASHINGTON))
    return live


def field(at: AppTest, kind: str, label: str):  # type: ignore[no-untyped-def]
    return next(one for one in at.get(kind) if one.label.startswith(label))


def test_without_a_trip_or_a_meeting_it_says_what_to_do(live: Workspace, visit: Visit) -> None:
    assert "There is no trip yet." in words(visit())
    a_trip(live)
    assert "Nobody to prepare for yet. Plan the week" in words(visit())


def test_the_next_meeting_and_the_first_step_stand_on_top(ann: Workspace, visit: Visit) -> None:
    at = visit()
    assert "Next is Ann, Mon 7 Dec 09:00. First: Note two things about them." in words(at).replace("*", "")
    assert "1 of 7 seen to" in words(at)
    press(at, "Prepare")
    assert at.subheader[0].value == "Ann"


def test_a_note_is_kept_shared_by_the_organisation_deleted_and_brought_back(ann: Workspace, visit: Visit) -> None:
    at = visit(person="ann")
    field(at, "text_area", "In your words").input("They run the *night* buses.")
    field(at, "text_input", "Link").input("javascript:alert(1)")
    press(at, "Save")
    assert "is not a web address" in words(at)
    assert ann.store.research() == ()
    field(at, "text_input", "Link").input("https://example.org/buses")
    field(at, "checkbox", "About Acme").check()
    press(at, "Save")
    (kept,) = ann.store.research()
    assert (kept.organisation, kept.contact_id, kept.text) == ("Acme", None, "They run the *night* buses.")
    press(at, "Delete")
    assert ann.store.research() == ()
    press(at, "Undo")
    assert ann.store.research() == (kept,)


def test_an_introduction_is_kept_as_it_is_typed_and_undone(live: Workspace, visit: Visit) -> None:
    at = visit(section="introduction")
    field(at, "text_area", "Introduction: I know").input("I am looking for a job in planning.").run()
    assert preparing.introductions(live)[0].text == "I am looking for a job in planning."
    assert "“looking for a job” sounds like asking for a job." in words(at)
    assert "8 words, about 0:03 aloud" in words(at).replace("*", "")  # 8 / 140 minutes
    press(at, "Undo")
    assert preparing.introductions(live)[0].text == ""
    assert field(at, "text_area", "Introduction: I know").value == ""


def test_a_variant_is_added_and_deleted_with_a_way_back(live: Workspace, visit: Visit) -> None:
    at = visit(section="introduction")
    field(at, "text_input", "A further variant").input("city planners").run()
    press(at, "Add")
    assert [one.title for one in preparing.introductions(live)][-1] == "city planners"
    press(at, "Delete")
    assert [one.title for one in preparing.introductions(live)] == ["I am not sure yet", "city planners"]
    press(at, "Undo")
    assert len(preparing.introductions(live)) == 3


def test_practice_is_timed_logged_and_taken_back(live: Workspace, visit: Visit) -> None:
    preparing.save_introductions(live, [Introduction(id="know", title="I know", text="I am …")])
    at = visit(section="introduction")
    press(at, "Practise aloud")
    assert [one.label for one in at.metric] == ["Talking"]
    press(at, "Stop")
    (run,) = live.store.rehearsals()
    assert run.introduction_id == "know"
    assert "1 practice run, 0 of them between one and two minutes." in words(at)
    press(at, "Take back")
    assert live.store.rehearsals() == ()
    press(at, "Undo")
    assert live.store.rehearsals() == (run,)


def test_what_is_said_about_oneself_is_kept_line_by_line_beside_who_writes(live: Workspace, visit: Visit) -> None:
    settings.save_profile(live, settings.Profile(name="Sam Sample"))
    at = visit(section="introduction")
    field(at, "text_area", "Skills").input("maps\n\n  statistics \nmaps")
    press(at, "Save")
    assert settings.profile(live) == settings.Profile(name="Sam Sample", skills=("maps", "statistics"))

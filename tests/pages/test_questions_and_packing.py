"""Questions and what to bring, on the page Prepare and in the parts that show them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path

import pytest
from builders import MONDAY, WASHINGTON, a_candidate, a_person, a_trip
from page_driver import press, words
from streamlit.testing.v1 import AppTest

from iiplan.planner import packing, question_lists
from iiplan.planner.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def prepare(database: Path) -> Callable[[str], AppTest]:
    def opened(section: str) -> AppTest:
        at = AppTest.from_file(str(ROOT / "iiplan" / "ui" / "main.py"), default_timeout=60)
        at.run()
        at.query_params["section"] = section
        at.switch_page("../../pages/prepare.py").run()
        assert not at.exception
        return at

    return opened


def the_list() -> None:
    from iiplan.ui import session
    from iiplan.ui.question_list import question_list

    ws = session.workspace()
    session.show_notice()
    question_list(ws, ws.store.contact("ann"), None)


@pytest.fixture
def listed(live: Workspace) -> AppTest:
    a_person(live, "Ann")
    at = AppTest.from_function(the_list, default_timeout=60).run()
    assert not at.exception
    return at


def test_an_empty_list_proposes_one_that_fits_and_undo_takes_it_back(live: Workspace, listed: AppTest) -> None:
    assert "No questions yet. 30 minutes hold about 6 questions (an estimate)." in words(listed)
    press(listed, "Propose questions")
    assert "6 questions." in words(listed)
    assert "Whom else should I talk to?" in words(listed)
    press(listed, "Undo")
    assert live.store.planned_questions("ann") == ()


def test_a_question_moves_down_and_off_the_list(live: Workspace, listed: AppTest) -> None:
    press(listed, "Propose questions")
    first, second, *_ = live.store.planned_questions("ann")
    listed.button(key=f"down-{first.id}").click().run()
    assert [one.id for one in live.store.planned_questions("ann")][:2] == [second.id, first.id]
    listed.button(key=f"remove-{second.id}").click().run()
    assert live.store.planned_questions("ann")[0].id == first.id
    press(listed, "Undo")
    assert live.store.planned_questions("ann")[0].id == second.id


def test_the_closing_two_cannot_be_taken_off(live: Workspace, listed: AppTest) -> None:
    press(listed, "Propose questions")
    closing = live.store.planned_questions("ann")[-1]
    assert f"remove-{closing.id}" not in {one.key for one in listed.button}


def test_an_answer_is_kept_as_it_is_typed(live: Workspace, listed: AppTest) -> None:
    press(listed, "Propose questions")
    listed.checkbox[0].check().run()
    listed.text_area[0].input("By *chance*, she said.").run()
    kept = live.store.planned_questions("ann")[0]
    assert (kept.asked, kept.answer) == (True, "By *chance*, she said.")


def test_what_others_answered_stands_beside_the_question(live: Workspace, listed: AppTest) -> None:
    bob, question = a_person(live, "Bob"), question_lists.bank().questions[0]
    question_lists.add_from_bank(live, bob, question)
    said = live.store.planned_questions("bob")[0]
    live.store.save_planned_questions([type(said)(**{**said.__dict__, "answer": "By chance."})])
    question_lists.add_from_bank(live, live.store.contact("ann"), question)
    listed.run()
    assert "Bob: By chance." in words(listed).replace("*", "")


def test_a_question_that_a_search_answers_is_flagged_before_it_is_added(live: Workspace, listed: AppTest) -> None:
    listed.text_input[0].input("What do you do?").run()
    assert "A quick search answers this." in words(listed)
    press(listed, "Add")
    assert live.store.planned_questions("ann")[0].text == "What do you do?"


def test_the_bank_is_searched_and_ones_own_question_stands_in_it(
    live: Workspace, prepare: Callable[[str], AppTest]
) -> None:
    at = prepare("questions")
    assert len(at.dataframe[0].value) >= 80
    next(one for one in at.text_area if one.label == "Question").input("Which bus do you take?").run()
    press(at, "Save")
    assert [one.text for one in live.store.own_questions()] == ["Which bus do you take?"]
    at.text_input(key="bank-search").input("which bus").run()
    assert list(at.dataframe[0].value["Question"]) == ["Which bus do you take?"]
    press(at, "Delete")
    assert live.store.own_questions() == ()
    press(at, "Undo")
    assert len(live.store.own_questions()) == 1


def test_what_to_bring_says_what_to_do_without_a_trip_or_meetings(
    live: Workspace, prepare: Callable[[str], AppTest]
) -> None:
    assert "There is no trip yet." in words(prepare("bring"))
    a_trip(live)
    assert "No meeting is planned yet. Plan the week" in words(prepare("bring"))


def test_a_thing_is_ticked_off_and_the_dress_changes_the_list(
    live: Workspace, prepare: Callable[[str], AppTest]
) -> None:
    trip = a_trip(live)
    a_candidate(live, trip, "Ann", fixed_start=datetime.combine(MONDAY, time(9), WASHINGTON))
    at = prepare("bring")
    things = len(at.checkbox)
    at.checkbox[0].check().run()
    assert sum(one.ticked for one in packing.day_checklist(live, trip, MONDAY)) == 1
    assert at.get("progress")[0].proto.text == f"1 of {things} things seen to"
    at.button_group(key="dress-Acme").set_value(packing.Dress.FORMAL).run()
    assert packing.dress_at(live, "acme") is packing.Dress.FORMAL
    assert any("Suit" in one.label for one in at.checkbox)

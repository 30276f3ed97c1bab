"""The list for one person is kept, ordered, undone; what people answered is known at the next meeting."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import a_person

from iiplan.errors import InputError
from iiplan.model import Theme
from iiplan.planner import question_lists
from iiplan.planner.workspace import Workspace


def texts(ws: Workspace, contact_id: str = "ann") -> list[str]:
    return [one.text for one in ws.store.planned_questions(contact_id)]


def test_a_proposed_list_fits_and_a_second_proposal_adds_nothing(ws: Workspace) -> None:
    ann = a_person(ws, "Ann")
    first = question_lists.propose(ws, ann, 30)
    assert len(first) == question_lists.room(ws, 30) == 6
    assert question_lists.propose(ws, ann, 30) == first == ws.store.planned_questions("ann")


def test_filling_keeps_what_stands_on_the_list(ws: Workspace) -> None:
    ann = a_person(ws, "Ann")
    question_lists.add_own_words(ws, ann, "Why  buses?", Theme.PATH)
    assert texts(ws)[0] == "Why buses?"
    assert len(texts(ws)) == 3
    question_lists.propose(ws, ann, 30)
    assert texts(ws)[0] == "Why buses?"
    assert len(texts(ws)) == 6


def test_the_closing_two_stay_last_whatever_is_moved_or_added(ws: Workspace) -> None:
    ann = a_person(ws, "Ann")
    planned = question_lists.propose(ws, ann, 30)
    closing = [one.text for one in planned[-2:]]
    question_lists.move(ws, ann, planned[3].id, 1)
    question_lists.add_own_words(ws, ann, "One more?", Theme.WORK)
    question_lists.move(ws, ann, planned[-1].id, -1)
    assert texts(ws)[-2:] == closing
    question_lists.move(ws, ann, planned[0].id, 1)
    assert texts(ws)[:2] == [planned[1].text, planned[0].text]
    question_lists.move(ws, ann, planned[1].id, -1)
    assert texts(ws)[0] == planned[1].text


def test_a_question_stands_on_a_list_once(ws: Workspace) -> None:
    ann = a_person(ws, "Ann")
    question = question_lists.bank().questions[0]
    question_lists.add_from_bank(ws, ann, question)
    with pytest.raises(InputError, match="is on the list for Ann already"):
        question_lists.add_from_bank(ws, ann, question)
    with pytest.raises(InputError, match="is on the list for Ann already"):
        question_lists.add_own_words(ws, ann, question.text.upper(), Theme.PATH)


def test_a_list_goes_back_to_how_it_was_with_answers_and_all(ws: Workspace) -> None:
    ann = a_person(ws, "Ann")
    planned = question_lists.propose(ws, ann, 30)
    question_lists.save_question(ws, replace(planned[0], answer="Because."))
    before = ws.store.planned_questions("ann")
    question_lists.remove(ws, ann, planned[0].id)
    question_lists.add_own_words(ws, ann, "Another?", Theme.WORK)
    assert ws.store.planned_questions("ann") != before
    question_lists.restore(ws, ann, before)
    assert ws.store.planned_questions("ann") == before


def test_who_answered_was_asked_and_others_see_the_answer(ws: Workspace) -> None:
    ann, bob = a_person(ws, "Ann"), a_person(ws, "Bob")
    question = question_lists.bank().questions[0]
    question_lists.add_from_bank(ws, ann, question)
    mine = ws.store.planned_questions("ann")[0]
    question_lists.save_question(ws, replace(mine, answer="By chance."))
    assert ws.store.planned_questions("ann")[0].asked
    said = question_lists.answers(ws)[question.id]
    assert [(one.name, one.answer) for one in said] == [("Ann", "By chance.")]
    assert question_lists.times_asked(ws)[question.id] == 1
    assert question.id not in {one.question_id for one in question_lists.propose(ws, bob, 12)}  # answered: it waits


def test_a_longer_question_makes_a_shorter_list(ws: Workspace) -> None:
    question_lists.save_minutes_a_question(ws, 9)
    assert question_lists.room(ws, 30) == 3  # 27 / 9
    with pytest.raises(InputError, match="A question of 0 minutes is no question"):
        question_lists.save_minutes_a_question(ws, 0)

"""What one prepares comes back as it was."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from store_builders import NOON, person

from iiplan.errors import InputError, NotFoundError
from iiplan.model import Audience, PlannedQuestion, Question, Rehearsal, ResearchKind, ResearchNote, Theme, Tick
from iiplan.store import Store

MINE = Question(id="mine", theme=Theme.WORK, text="What is a bad day?", suits=(Audience.PEER,), own=True)


def planned(question_id: str, position: int, contact_id: str = "ann") -> PlannedQuestion:
    return PlannedQuestion(id=question_id, contact_id=contact_id, position=position, text=question_id, theme=Theme.PATH)


def test_own_questions_come_back_and_a_deleted_one_returns_when_saved_again(store: Store) -> None:
    other = Question(id="other", theme=Theme.PATH, text="How did you begin?", own=True)
    store.save_own_question(MINE)
    store.save_own_question(other)
    assert store.own_questions() == (other, MINE)
    store.delete_own_question("mine", NOON)
    store.delete_own_question("never there", NOON)
    assert store.own_questions() == (other,)
    store.save_own_question(MINE)
    assert store.own_questions() == (other, MINE)


def test_a_shipped_question_is_not_saved_over(store: Store) -> None:
    with pytest.raises(InputError, match="comes with iiplan and cannot be changed"):
        store.save_own_question(Question(id="ours", theme=Theme.WORK, text="Ours?"))


def test_a_list_of_questions_keeps_its_order_its_ticks_and_the_answers(store: Store) -> None:
    store.save_contacts([person("ann"), person("bob")])
    first = PlannedQuestion(
        id="b", contact_id="ann", position=0, text="Why?", theme=Theme.PATH, asked=True, answer="Because.\nReally."
    )
    store.save_planned_questions([planned("a", 1), first, planned("c", 0, "bob")])
    assert store.planned_questions("ann") == (first, planned("a", 1))
    assert len(store.planned_questions()) == 3
    store.delete_planned_question("b", NOON)
    assert store.planned_questions("ann") == (planned("a", 1),)
    store.save_planned_questions([first])
    assert store.planned_questions("ann") == (first, planned("a", 1))
    with pytest.raises(NotFoundError, match="No contact 'zoe'"):
        store.save_planned_questions([planned("a", 5), planned("z", 0, "zoe")])
    assert store.planned_questions("ann")[1].position == 1  # nothing of a refused list is kept


def test_research_comes_back_newest_first_about_a_person_or_an_organisation(store: Store) -> None:
    store.save_contact(person("ann"))
    old = ResearchNote(id="1", kind=ResearchKind.ARTICLE, text="On buses", found_on=date(2027, 1, 5), contact_id="ann")
    new = ResearchNote(
        id="2",
        kind=ResearchKind.NEWS,
        text="",
        url="https://example.org/x",
        found_on=date(2027, 2, 1),
        organisation="A",
    )
    for note in (old, new):
        store.save_research(note)
    assert store.research() == (new, old)
    store.delete_research("2", NOON)
    assert store.research() == (old,)


@pytest.mark.parametrize("given", [{}, {"contact_id": "ann", "organisation": "Acme"}])
def test_research_is_about_exactly_one_thing(given: dict[str, str]) -> None:
    with pytest.raises(InputError, match="belongs to a person or to an organisation"):
        ResearchNote(id="1", kind=ResearchKind.NEWS, text="x", found_on=date(2027, 1, 1), **given)


def test_practice_runs_come_back_by_time_and_can_be_forgotten(store: Store) -> None:
    later = Rehearsal(id="l", introduction_id="i", at=NOON + timedelta(hours=1), seconds=80)
    earlier = Rehearsal(id="e", introduction_id="i", at=NOON, seconds=95)
    store.save_rehearsal(later)
    store.save_rehearsal(earlier)
    assert store.rehearsals() == (earlier, later)
    store.delete_rehearsal("e")
    assert store.rehearsals() == (later,)


def test_a_tick_holds_on_its_own_list_until_it_is_taken_back(store: Store) -> None:
    store.tick(Tick(scope="monday", item="pen", at=NOON))
    store.tick(Tick(scope="monday", item="pen", at=NOON + timedelta(days=1)))
    assert store.ticks("monday") == {"pen"}
    assert store.ticks("tuesday") == frozenset()
    store.untick("monday", "pen")
    assert store.ticks("monday") == frozenset()

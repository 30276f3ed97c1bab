"""A proposed list fits the minutes, suits the person, and goes deeper than what was answered."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from iiplan.briefing import QuestionBank, audiences_of, proposed, read_bank, room_for
from iiplan.model import Audience, Authority, Contact, Question, Source, Theme
from iiplan.resources import data_folder

BANK = read_bank(data_folder() / "questions")
ANN = Contact(id="ann", name="Ann")
CLOSING = tuple(Question(id=key, theme=Theme.NEXT, text=key) for key in ("whom", "again"))


def bank(*questions: Question) -> QuestionBank:
    return QuestionBank(questions=questions, closing=CLOSING)


def question(key: str, theme: Theme = Theme.WORK, *suits: Audience, own: bool = False) -> Question:
    return Question(id=key, theme=theme, text=key, suits=suits, own=own)


def ids(found: tuple[Question, ...]) -> list[str]:
    return [one.id for one in found]


def test_half_an_hour_holds_six_questions() -> None:
    assert room_for(30) == 6  # 3 minutes to begin with, then 27 / 4
    assert room_for(5) == 2  # the closing two are always asked


people = st.builds(
    Contact, id=st.just("x"), name=st.just("X"), authority=st.sampled_from(Authority), source=st.sampled_from(Source)
)


@given(people, st.integers(5, 240), st.sets(st.sampled_from([one.id for one in BANK.questions]), max_size=40))
def test_any_list_fits_the_minutes_and_the_person_and_ends_with_the_closing_two(
    contact: Contact, minutes: int, answered: set[str]
) -> None:
    found = proposed(BANK, (), contact, minutes, answered_by_them=answered)
    assert len(found) <= room_for(minutes)
    assert found[-2:] == BANK.closing
    assert len(set(ids(found))) == len(found)
    assert not answered & set(ids(found))
    assert all(not one.suits or set(one.suits) & audiences_of(contact) for one in found)
    assert found == proposed(BANK, (), contact, minutes, answered_by_them=answered)
    if len(found) > 3:
        assert found[0].theme is Theme.PATH


def test_themes_take_turns_before_any_comes_twice() -> None:
    many = [question(f"{theme}{n}", theme) for theme in (Theme.PATH, Theme.WORK, Theme.ADVICE) for n in range(3)]
    found = proposed(bank(*many), (), ANN, 27)  # (27 - 3) / 4 = 6, two of them closing
    assert ids(found) == ["path0", "path1", "work0", "advice0", "whom", "again"]


def test_what_fewer_people_answered_comes_first() -> None:
    found = proposed(bank(question("old"), question("new")), (), ANN, 15, answered={"old": 3})
    assert ids(found) == ["new", "whom", "again"]


def test_a_question_for_this_kind_of_person_goes_before_one_for_everybody() -> None:
    boss = Contact(id="b", name="B", authority=Authority.CAN_HIRE)
    both = bank(question("all"), question("boss", Theme.WORK, Audience.CAN_HIRE))
    assert ids(proposed(both, (), boss, 15))[0] == "boss"
    assert ids(proposed(both, (), ANN, 15))[0] == "all"


def test_ones_own_questions_go_before_shipped_ones() -> None:
    found = proposed(bank(question("shipped")), (question("mine", own=True),), ANN, 15)
    assert ids(found)[0] == "mine"

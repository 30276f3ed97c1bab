"""What to bring follows from the plan, by rules in plain files."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iiplan.briefing import (
    Dress,
    Moment,
    PackedMeeting,
    checklist_for_day,
    checklist_for_meeting,
    conduct_for,
    read_checklist,
    read_conduct,
)
from iiplan.briefing.checklist import is_cafe
from iiplan.errors import InputError
from iiplan.model import Coordinates, Format, Place
from iiplan.resources import data_folder

FOLDER = data_folder() / "checklists"
DAY = read_checklist(FOLDER / "day.txt")
AT = Coordinates(latitude=52.5, longitude=13.4)
OFFICE = PackedMeeting(format=Format.IN_PERSON, place=Place(name="Office", at=AT))
CAFE = PackedMeeting(format=Format.IN_PERSON, place=Place(name="Café Central", at=AT))
CALL = PackedMeeting(format=Format.CALL)

meetings = st.lists(
    st.builds(
        PackedMeeting,
        format=st.sampled_from(Format),
        place=st.sampled_from([None, OFFICE.place, CAFE.place]),
        dress=st.sampled_from(Dress),
    ),
    max_size=6,
)


def texts(*given: PackedMeeting) -> str:
    return "\n".join(item.text for item in checklist_for_day(DAY, given))


@given(meetings)
def test_resumes_are_one_for_each_person_visited_and_two_more(given: list[PackedMeeting]) -> None:
    visits = sum(one.format is Format.IN_PERSON for one in given)
    assert (f"{visits + 2} résumés" in texts(*given)) == (visits > 0)
    assert ("Headphones" in texts(*given)) == (visits < len(given))
    assert (texts(*given) == "") == (not given)


def test_a_cafe_means_money_for_two_coffees_each() -> None:
    assert "coffees" not in texts(OFFICE, CALL)
    assert "Money for 2 coffees" in texts(OFFICE, CAFE)
    assert "Money for 4 coffees" in texts(CAFE, CAFE)


@pytest.mark.parametrize(
    "name", ["Starbucks K St", "Kaffeehaus", "Blue Bottle Coffee", "喫茶カフェ", "Кафе Пушкин", "CAFÉ"]
)
def test_a_cafe_is_known_by_its_name(name: str) -> None:
    assert is_cafe(Place(name=name, at=AT))


@pytest.mark.parametrize("name", ["Office", "Costain Building", "Ministry of Coffins"])
def test_another_place_is_no_cafe(name: str) -> None:
    assert not is_cafe(Place(name=name, at=AT))


def test_the_most_formal_place_of_the_day_decides_what_to_wear() -> None:
    casual = PackedMeeting(format=Format.IN_PERSON, place=OFFICE.place, dress=Dress.CASUAL)
    formal = PackedMeeting(format=Format.IN_PERSON, place=OFFICE.place, dress=Dress.FORMAL)
    assert "everyday" in texts(casual)
    assert "everyday" not in texts(casual, formal)
    assert "Suit" in texts(casual, formal)
    assert "laid out" not in texts(CALL)


def test_each_thing_and_each_rule_of_conduct_is_said_once() -> None:
    items = texts(OFFICE, CAFE, CALL).split("\n")
    assert len(set(items)) == len(items)
    said = [rule.text for rule in read_conduct(FOLDER / "conduct.txt")]
    assert len(set(said)) == len(said)
    assert {rule.moment for rule in read_conduct(FOLDER / "conduct.txt")} == set(Moment)


def test_a_visit_begins_early_and_a_call_on_the_dot() -> None:
    rules = read_conduct(FOLDER / "conduct.txt")
    visit = " ".join(rule.text for rule in conduct_for(rules, Format.IN_PERSON))
    call = " ".join(rule.text for rule in conduct_for(rules, Format.CALL))
    assert "five to ten minutes early" in visit
    assert "on the dot" not in visit
    assert "on the dot" in call
    assert "ten minutes early" not in call


def test_one_meeting_has_a_list_of_its_own() -> None:
    found = checklist_for_meeting(read_checklist(FOLDER / "meeting.txt"), CALL)
    assert any("Their number or the link" in item.text for item in found)
    assert not any("Address" in item.text for item in found)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sometimes: A pen", "line 1: 'sometimes: A pen' does not belong there"),
        ("# x\nalways:", "line 2: 'always:' does not belong there"),
        ("always: {pens} pens", r"line 1: \{pens\} is not counted"),
    ],
)
def test_a_mistake_in_a_list_is_named_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "day.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        read_checklist(path)
    with pytest.raises(InputError, match=r"line \d: .* does not belong there. Begin with one of arrive in person"):
        read_conduct(path)

"""The direction keeps every version; topics are renamed over all insights, and back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from builders import a_person

from iiplan.briefing import DirectionField
from iiplan.errors import InputError
from iiplan.model import About, Draw, Insight, Profile, ResearchKind, ResearchNote
from iiplan.planner import direction, learning, settings
from iiplan.planner.direction import Mark
from iiplan.planner.workspace import Workspace, load_demo

WHAT, WHERE = DirectionField.WHAT, DirectionField.WHERE


def learned(ws: Workspace, number: int, topic: str = "", text: str = "It is so.") -> Insight:
    one = Insight(id=str(number), text=text, about=About.WORK, learned_on=date(2027, 3, number), topic=topic)
    ws.store.save_insight(one)
    return one


def texts(ws: Workspace, field: DirectionField = WHAT) -> list[str]:
    return [one.text for one in direction.versions(ws, field)]


def test_every_text_saved_is_a_version_and_fields_know_nothing_of_one_another(ws: Workspace) -> None:
    first = direction.save(ws, WHAT, "Buses", 0)
    direction.save(ws, WHERE, "Oslo", 0)
    second = direction.save(ws, WHAT, "Trams", first.version.number)
    assert (texts(ws), texts(ws, WHERE)) == (["Buses", "Trams"], ["Oslo"])
    assert (second.version.number, second.version.at, second.beside) == (2, ws.now(), None)
    assert direction.latest(ws, WHAT).text == "Trams"


def test_what_another_window_saved_meanwhile_is_said_and_kept(ws: Workspace) -> None:
    base = direction.save(ws, WHAT, "Buses", 0).version.number
    direction.save(ws, WHAT, "Buses, says one window", base)
    later = direction.save(ws, WHAT, "Buses, says the other", base)
    assert later.beside is not None
    assert later.beside.text == "Buses, says one window"
    assert texts(ws) == ["Buses", "Buses, says one window", "Buses, says the other"]


def test_the_same_text_again_makes_no_version(ws: Workspace) -> None:
    direction.save(ws, WHAT, "Buses", 0)
    assert direction.save(ws, WHAT, "Buses", 0).beside is None
    assert texts(ws) == ["Buses"]
    assert texts(ws, WHERE) == []
    assert direction.save(ws, WHERE, "", 0).version.number == 0


def test_the_oldest_versions_go_and_numbers_go_on(ws: Workspace) -> None:
    for number in range(direction.MOST_VERSIONS + 3):
        direction.save(ws, WHAT, f"Text {number}", number)
    assert len(texts(ws)) == direction.MOST_VERSIONS
    assert texts(ws)[0] == "Text 3"
    assert direction.latest(ws, WHAT).number == direction.MOST_VERSIONS + 3


def test_a_text_that_is_too_long_is_refused_and_nothing_is_lost(ws: Workspace) -> None:
    direction.save(ws, WHAT, "Buses", 0)
    with pytest.raises(InputError, match=r"20,001 characters. Keep it to 20,000"):
        direction.save(ws, WHAT, "x" * 20_001, 1)
    assert texts(ws) == ["Buses"]


def test_marks_are_the_users_and_stand_on_the_sheet(ws: Workspace) -> None:
    settings.save_profile(ws, Profile(name="Jo", skills=("Writing", "Maps"), values=("Calm", "writing")))
    direction.mark(ws, "Writing", Mark.MET)
    direction.mark(ws, "Calm", Mark.MISSING)
    direction.mark(ws, "Maps", Mark.MET)
    direction.mark(ws, "maps", None)
    found = direction.sheet(ws, date(2027, 3, 1))
    assert (found.name, found.met, found.missing) == ("Jo", ("Writing",), ("Calm",))


def test_topics_are_spelled_as_first_and_the_profiles_phrases_are_offered_after_them(ws: Workspace) -> None:
    settings.save_profile(ws, Profile(skills=("Writing", "Maps"), values=("x" * 81,)))
    insights = [learned(ws, 1, "Hours"), learned(ws, 2, "writing"), learned(ws, 3, "HOURS"), learned(ws, 4)]
    assert learning.topics(insights) == ("Hours", "writing")
    assert learning.topics_to_choose(ws, insights) == ("Hours", "writing", "Maps")


def test_a_topic_is_merged_into_another_over_all_insights_and_back(ws: Workspace) -> None:
    for number, topic in enumerate(["Hours", "hours", "Time", ""], 1):
        learned(ws, number, topic)
    before = learning.rename_topic(ws, "HOURS", " Time ")
    assert [one.topic for one in ws.store.insights()] == ["Time", "Time", "Time", ""]
    learning.restore_topics(ws, before, "Time")
    assert [one.topic for one in ws.store.insights()] == ["Hours", "hours", "Time", ""]


def test_an_undone_merge_leaves_what_was_changed_or_deleted_since(ws: Workspace) -> None:
    first, second, third = (learned(ws, number, "Hours") for number in (1, 2, 3))
    before = learning.rename_topic(ws, "Hours", "Time")
    ws.store.save_insight(replace(first, topic="Evenings"))
    ws.store.delete_insight(second.id, ws.now())
    ws.store.save_insight(replace(third, topic="Time", text="Corrected."))
    learning.restore_topics(ws, before, "Time")
    assert [(one.text, one.topic) for one in ws.store.insights()] == [
        ("It is so.", "Evenings"),
        ("Corrected.", "Hours"),
    ]


def test_the_demo_has_topics_on_which_people_disagree(ws: Workspace) -> None:
    load_demo(ws)
    insights = ws.store.insights()
    hours = [one for one in insights if one.topic == "Hours"]
    assert {one.draw for one in hours} == {Draw.DRAWS, Draw.PUTS_OFF}
    assert len({one.contact_id for one in hours}) == 3
    assert all(one.learned_on < ws.now().date() for one in insights)
    assert {debrief.version for debrief in ws.store.debriefs()} == {1}


def test_a_question_found_out_leaves_the_list_and_comes_back(ws: Workspace) -> None:
    a_person(ws, "Ann")
    note = ResearchNote(
        id="1", kind=ResearchKind.OPEN_QUESTION, text="Why?", found_on=date(2027, 3, 1), contact_id="ann"
    )
    ws.store.save_research(note)
    learning.found_out(ws, "1")
    assert learning.open_research_notes(ws) == ()
    learning.not_found_out(ws, "1")
    assert [one.id for one in learning.open_research_notes(ws)] == ["1"]

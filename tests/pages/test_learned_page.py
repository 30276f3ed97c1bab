"""The page Learned: insights, the direction and the network, as a user meets them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from builders import a_person
from page_driver import open_page, press, words
from streamlit.testing.v1 import AppTest

from iiplan.briefing import DirectionField
from iiplan.model import (
    About,
    Authority,
    Debrief,
    DebriefText,
    Draw,
    Insight,
    PlannedQuestion,
    Profile,
    ResearchKind,
    ResearchNote,
    Theme,
    Touch,
    TouchKind,
    Welcome,
)
from iiplan.planner import direction, settings
from iiplan.planner.workspace import Workspace, load_demo

HOSTILE = "# Eve [x](https://example.org) <b>&</b> $x$"

Visit = Callable[..., AppTest]


@pytest.fixture
def visit(database: Path) -> Visit:
    def opened(**query: str) -> AppTest:
        return open_page("learned", **query)

    return opened


def learned(ws: Workspace, text: str, who: str | None = None, topic: str = "", draw: Draw = Draw.NEITHER) -> Insight:
    one = Insight(
        id=text.lower(),
        text=text,
        about=About.WORK,
        draw=draw,
        topic=topic,
        contact_id=who,
        learned_on=date(2026, 3, 2),
    )
    ws.store.save_insight(one)
    return one


def labelled(elements: object, label: str) -> object:
    return next(one for one in elements if one.label == label)  # type: ignore[attr-defined]


# ------------------------------------------------------------------------------------------------------- insights


@pytest.mark.parametrize(
    ("query", "hint"),
    [
        ({}, "Nothing is written down yet. After each meeting, write down what you learned"),
        ({"view": "topics"}, "Give insights a topic"),
        ({"view": "questions"}, "No question is on a list yet. Make a list for each meeting"),
        ({"view": "time"}, "Mark what you learn as drawing you or putting you off"),
        ({"section": "direction"}, "Say what you are good at and what matters to you"),
        ({"section": "direction"}, "Nothing learned about the place yet."),
        ({"section": "network"}, "Nobody was met yet. In each meeting, ask who else to talk to"),
        ({"section": "network"}, "Nobody named one yet. Ask which organisations are growing"),
        ({"section": "network"}, "ask whether you may follow up"),
        ({"section": "network"}, "No meeting was held and no introduction rehearsed yet."),
    ],
)
def test_every_part_says_what_to_do_when_it_is_empty(visit: Visit, query: dict[str, str], hint: str) -> None:
    assert hint in words(visit(**query))


def test_an_insight_is_written_down_and_undone(live: Workspace, visit: Visit) -> None:
    a_person(live, "Ann")
    settings.save_profile(live, Profile(values=("Hours",)))  # what is new is typed in a browser only
    at = visit()
    labelled(at.text_area, "What did you learn?").input(HOSTILE)
    labelled(at.button_group, "About").set_value(About.PLACE)
    labelled(at.button_group, "What it does to you").set_value(Draw.PUTS_OFF)
    labelled(at.selectbox, "Topic (optional)").select("Hours")
    labelled(at.selectbox, "From whom (optional)").select("ann")
    press(at, "Add insight")
    (kept,) = live.store.insights()
    assert (kept.text, kept.about, kept.draw) == (HOSTILE, About.PLACE, Draw.PUTS_OFF)
    assert (kept.topic, kept.contact_id) == ("Hours", "ann")
    assert f"Saved: {HOSTILE}" in words(at)
    assert "1 insight from 1 person." in words(at)
    press(at, "Undo")
    assert live.store.insights() == ()


def test_an_empty_insight_is_refused_in_words(live: Workspace, visit: Visit) -> None:
    at = visit()
    press(at, "Add insight")
    assert "What was learned is empty" in words(at)
    assert live.store.insights() == ()


def test_an_insight_is_changed_and_undone(live: Workspace, visit: Visit) -> None:
    before = learned(live, "Half is writing")
    at = visit()
    press(at, "Change")
    at.text_area[1].input("Most is writing")
    press(at, "Save")
    assert [one.text for one in live.store.insights()] == ["Most is writing"]
    assert "Save" not in [one.label for one in at.button]
    press(at, "Undo")
    assert live.store.insights() == (before,)


def test_an_insight_is_deleted_and_comes_back(live: Workspace, visit: Visit) -> None:
    before = learned(live, "Half is writing")
    at = visit()
    press(at, "Delete")
    assert live.store.insights() == ()
    press(at, "Undo")
    assert live.store.insights() == (before,)


def test_filters_narrow_the_list_and_many_come_page_by_page(live: Workspace, visit: Visit) -> None:
    for number in range(30):
        learned(live, f"Thing {number}.", draw=Draw.DRAWS if number < 3 else Draw.NEITHER)
    at = visit()
    assert words(at).count("Thing ") == 20
    press(at, "Show more (10 left)")
    assert words(at).count("Thing ") == 30
    at.button_group(key="insights-draw").set_value([Draw.DRAWS]).run()
    assert words(at).count("Thing ") == 3
    assert "3 insights of 30" in words(at)
    at.text_input(key="insights-search").input("thing 2.").run()
    assert words(at).count("Thing ") == 1
    at.text_input(key="insights-search").input("nowhere").run()
    assert "No insight fits. Take a filter off." in words(at)


def test_several_people_stand_side_by_side_and_a_topic_is_merged(live: Workspace, visit: Visit) -> None:
    a_person(live, "Ann")
    live.store.save_contact(type(live.store.contact("ann"))(id="ann2", name="Ann"))
    learned(live, "Late", "ann", "Hours", Draw.PUTS_OFF)
    learned(live, "Early", "ann2", "Time", Draw.DRAWS)
    at = visit(view="topics")
    assert "No topic was spoken of by more than one person yet." in words(at)
    labelled(at.selectbox, "Topic").select("Hours")
    labelled(at.selectbox, "Call it").set_value("Time").run()
    press(at, "Merge")
    assert "2 people spoke of it, and they disagree" in words(at)
    table = at.dataframe[0].value
    assert list(table.columns) == ["Topic", "People", "Ann", "Ann (2)"]
    assert len(table) == 1
    press(at, "Undo")
    assert {one.topic for one in live.store.insights()} == {"Hours", "Time"}


def test_answers_stand_beside_each_other_and_open_questions_are_listed(live: Workspace, visit: Visit) -> None:
    for name in ("Ann", "Bob"):
        a_person(live, name)
    live.store.save_planned_questions(
        PlannedQuestion(
            id=f"{who}-{text}", contact_id=who, position=n, text=text, theme=Theme.WORK, asked=asked, answer=answer
        )
        for who, said in (("ann", "Waiting."), ("bob", "People."))
        for n, (text, asked, answer) in enumerate(
            [("What is hard?", True, said), ("What next?", who == "ann", ""), ("Why?", False, "")]
        )
    )
    live.store.save_research(
        ResearchNote(
            id="r", kind=ResearchKind.OPEN_QUESTION, text="Who pays?", found_on=date(2026, 3, 1), organisation="Acme"
        )
    )
    at = visit(view="questions")
    assert "Ann: Waiting." in words(at).replace("*", "")
    assert "Bob: People." in words(at).replace("*", "")
    assert (
        "1 question left open by research; 1 question asked and not answered; "
        "1 question on lists and asked of nobody yet." in words(at)
    )
    assert at.dataframe[0].value.to_dict("records") == [
        {"Question": "What next?", "Asked of": "Ann", "On the lists of": "Ann, Bob"},
        {"Question": "Why?", "Asked of": "nobody yet", "On the lists of": "Ann, Bob"},
    ]
    press(at, "Found out")
    assert "Who pays?" not in words(at).replace("Found out: Who pays?", "")
    press(at, "Undo")
    assert "Who pays?" in words(at)


def test_the_picture_over_time_is_read_in_a_sentence(live: Workspace, visit: Visit) -> None:
    learned(live, "Half is writing", draw=Draw.DRAWS)
    assert "So far 1 thing drew you, all about the work; nothing put you off." in words(visit(view="time"))


# ------------------------------------------------------------------------------------------------------ direction


def test_a_field_is_kept_as_typed_and_an_earlier_version_comes_back(live: Workspace, visit: Visit) -> None:
    at = visit(section="direction")
    at.text_area[0].input("Buses").run()
    at.text_area[0].input("Trams").run()
    assert direction.latest(live, DirectionField.WHAT).text == "Trams"
    press(at, "Bring it back")
    assert at.text_area[0].value == "Buses"
    press(at, "Undo")
    assert at.text_area[0].value == "Trams"
    assert [one.text for one in direction.versions(live, DirectionField.WHAT)] == ["Buses", "Trams", "Buses", "Trams"]


def test_two_tabs_keep_both_texts_and_the_later_says_so(live: Workspace, visit: Visit) -> None:
    one, other = visit(section="direction"), visit(section="direction")
    one.text_area[0].input("From one").run()
    other.text_area[0].input("From the other").run()
    assert "“What work?” was changed in another window meanwhile." in words(other)
    assert [kept.text for kept in direction.versions(live, DirectionField.WHAT)] == ["From one", "From the other"]
    one.run()
    assert one.text_area[0].value == "From the other"


def test_a_quote_goes_below_what_was_just_typed(live: Workspace, visit: Visit) -> None:
    a_person(live, "Ann")
    learned(live, "Half is writing", "ann", draw=Draw.DRAWS)
    at = visit(section="direction")
    at.text_area[0].input("I like to write.")  # left by clicking the button: both reach the server together
    press(at, "Quote this")
    quote = "“Half is writing” (Ann, 2 Mar 2026)"
    assert at.text_area[0].value == f"I like to write.\n{quote}"
    assert "Quoted" in [one.label for one in at.button]
    assert not at.error
    press(at, "Undo")
    assert at.text_area[0].value == "I like to write."


def test_ones_own_phrases_are_marked_and_matches_are_called_exact(live: Workspace, visit: Visit) -> None:
    settings.save_profile(live, Profile(skills=("Writing",), values=("Calm",)))
    a_person(live, "Ann")
    learned(live, "Half is writing")
    learned(live, "Nobody shouts", "ann", "calm", Draw.DRAWS)
    at = visit(section="direction")
    labels = [one.label for one in at.expander]
    assert "1 insight: 1 with exactly this word" in labels
    assert "1 insight: 1 linked" in labels
    labelled(at.button_group, "Is “Calm” met?").set_value(direction.Mark.MET).run()
    assert direction.marks(live) == {"calm": direction.Mark.MET}


def test_the_pdf_is_made_when_asked_and_old_once_the_text_changes(live: Workspace, visit: Visit) -> None:
    at = visit(section="direction")
    at.text_area[0].input(HOSTILE).run()
    press(at, "Make the PDF")
    names = [one.proto.label for one in at.get("download_button")]
    assert names == ["Download as Markdown", "Download the PDF"]
    at.text_area[0].input("Else").run()
    assert [one.proto.label for one in at.get("download_button")] == ["Download as Markdown"]


# -------------------------------------------------------------------------------------------------------- network


def test_the_network_says_who_may_be_hiring_and_who_welcomes_hearing_from_us(live: Workspace, visit: Visit) -> None:
    a_person(live, "Ann", authority=Authority.CAN_HIRE, organisation="Acme")
    a_person(live, "Bob", organisation="Beta", referred_by="ann")
    live.store.add_touches(
        [Touch(id="1", contact_id="ann", kind=TouchKind.MET, at=datetime(2026, 3, 2, 9, tzinfo=UTC), timezone="UTC")]
    )
    text = DebriefText(hiring=f"beta: two people\n{HOSTILE}", welcome=Welcome.YES)
    live.store.save_debrief(Debrief(id="d", contact_id="ann", met_on=date(2026, 3, 2)), text, live.now())
    shown = words(visit(section="network"))
    assert "2 people met or led to: 1 met, 0 asked and not met yet, 1 not asked yet." in shown
    assert "2 organisations were named; at 2 of them nobody was asked yet." in shown
    assert "Ann, Mon 2 Mar 2026: two people" in shown
    assert "Nobody asked there yet." in shown
    assert "You know nobody there yet" in shown
    assert "# Eve [x]" in shown.replace("*", "")
    assert "The rule: they can hire or have a say in it" in shown
    assert "So far 1 meeting and no rehearsals of your introduction" in shown


def test_the_page_is_whole_with_the_demo(live: Workspace, visit: Visit) -> None:
    load_demo(live)
    assert "3 topics were spoken of by several; they disagree on 2." in words(visit())
    for query in ({"view": "topics"}, {"view": "time"}, {"section": "direction"}, {"section": "network"}):
        assert not visit(**query).exception

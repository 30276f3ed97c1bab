"""The parts that look ahead, run by Streamlit's own test driver on a real database."""

from __future__ import annotations

from datetime import timedelta

from builders import a_person, a_trip
from page_driver import press, words
from streamlit.testing.v1 import AppTest

from iiplan.forecast import Assumptions, needed_sentence
from iiplan.model import Source, TouchKind
from iiplan.planner import asking, forecasting
from iiplan.planner.workspace import Workspace, load_demo


def page() -> None:
    """Both parts as a page puts them."""
    import streamlit as st

    from iiplan.planner import people
    from iiplan.ui import session
    from iiplan.ui.forecast import show_reply_times, show_still_needed
    from iiplan.ui.navigation import all_pages

    st.navigation(all_pages(), position="hidden")
    ws = session.workspace()
    session.show_notice()
    trip = session.pick_trip(ws)
    everybody = people.log_of_all(ws)
    show_reply_times(ws, everybody, trip)
    show_still_needed(ws, trip, everybody)


def shown() -> AppTest:
    at = AppTest.from_function(page, default_timeout=60).run()
    assert not at.exception
    return at


def test_with_nobody_and_no_trip_it_says_what_is_missing(live: Workspace) -> None:
    text = words(shown())
    assert "Nobody has been asked yet" in text
    assert "There is no trip yet. With a city and a week" in text


def test_with_one_person_asked_there_is_a_sentence_and_no_curve(live: Workspace) -> None:
    a_person(live, "Ada")
    asking.log(live, "ada", TouchKind.ASKED)
    at = shown()
    assert "One person has been asked and has not answered yet." in words(at)
    assert not at.get("plotly_chart")


def test_the_answer_is_that_of_the_planner_for_three_and_for_four_a_day(live: Workspace) -> None:
    load_demo(live)
    trip = live.store.trips()[0]
    at = shown()
    assert needed_sentence(forecasting.still_needed(live, trip, 3)) in words(at)
    at.button_group[0].set_value(4).run()
    assert not at.exception
    assert needed_sentence(forecasting.still_needed(live, trip, 4)) in words(at)
    assert "a full week of 20 meetings" in words(at)


def test_assumptions_are_changed_in_the_table_and_come_back(live: Workspace) -> None:
    a_trip(live)
    at = shown()
    key = "assumptions-0-table"
    at.session_state[key] = {"edited_rows": {2: {"Answered, %": 66}}, "added_rows": [], "deleted_rows": []}
    next(one for one in at.number_input if one.label.startswith("A yes becomes")).set_value(70)
    next(one for one in at.selectbox if one.label.startswith("People who are not")).set_value(Source.EVENT)
    press(at, "Save the assumptions")
    kept = forecasting.assumptions(live)
    assert (kept.of(Source.ALUMNI).answered, kept.kept, kept.found_through) == (0.66, 0.7, Source.EVENT)
    assert kept.of(Source.FRIEND) == Assumptions().of(Source.FRIEND)
    press(at, "Back to the usual values")
    assert forecasting.assumptions(live) == Assumptions()
    press(at, "Undo")
    assert forecasting.assumptions(live) == kept


def test_a_trip_that_is_over_says_so_and_draws_nothing(live: Workspace) -> None:
    trip = a_trip(live)
    days = tuple(type(day)(date=day.date - timedelta(days=3_000), off=False) for day in trip.days)
    live.store.save_trip(type(trip)(id=trip.id, name="*Old*", city="Oslo", timezone="Europe/Oslo", days=days))
    at = shown()
    assert "No free day of *Old* is left" in words(at)
    assert not at.get("plotly_chart")
    assert not any("*Old*" in element.value for element in at.markdown)  # letter for letter, not as markup

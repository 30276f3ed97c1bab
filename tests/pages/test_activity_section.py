"""The sections about what happened over time, run by Streamlit's own test driver on a real database."""

from __future__ import annotations

from datetime import timedelta

from builders import a_person
from page_driver import words
from streamlit.testing.v1 import AppTest

from iiplan.model import Contact, TouchKind
from iiplan.planner import asking
from iiplan.planner.people import log_of_all
from iiplan.planner.workspace import Workspace, load_demo

HOSTILE = "![x](http://evil.example/p.png) <script>alert(1)</script> :red[no] $e^x$"


def page(person: str = "") -> None:
    """The sections as a page shows them, and the picture of one person (an id)."""
    import streamlit as st

    from iiplan.planner import trips
    from iiplan.planner.people import log_of_all
    from iiplan.ui import session
    from iiplan.ui.activity import show_activity, show_referrals, show_timeline_picture
    from iiplan.ui.navigation import all_pages

    st.navigation(all_pages())
    ws = session.workspace()
    people = log_of_all(ws)
    trip = trips.find_trip(ws, None)
    show_activity(ws, people, trip)
    show_referrals(ws, people)
    for one in people:
        if one.contact.id == person:
            show_timeline_picture(ws, one, trip)


def shown(person: str = "", **chosen: object) -> AppTest:
    at = AppTest.from_function(page, default_timeout=60, args=(person,))
    for key, value in chosen.items():
        at.session_state[key.replace("_", "-")] = value
    at.run()
    assert not at.exception
    return at


def links(at: AppTest) -> list[tuple[str, str]]:
    """Label and query of each link to a page."""
    return [(one.proto.label.replace("\\", ""), one.proto.query_string) for one in at.get("page_link")]


def happened(ws: Workspace, who: str, kind: str, days_ago: float) -> None:
    asking.log(ws, who, TouchKind(kind), at=ws.now() - timedelta(days=days_ago))


def test_an_empty_list_says_what_to_do_next() -> None:
    at = shown()
    assert "Add the people you know" in words(at)
    assert "ask who else to talk to" in words(at)
    assert [label for label, _ in links(at)] == ["Add people", "Add people"]


def test_people_of_whom_nobody_was_asked_lead_to_the_first_ask(live: Workspace) -> None:
    a_person(live, "Ada")
    at = shown()
    assert "Nobody has been asked yet" in words(at)
    assert links(at)[0][0] == "See whom to ask first"


def test_the_demo_shows_every_picture_with_its_sentence_and_numbers(live: Workspace) -> None:
    load_demo(live)
    busiest = max(log_of_all(live), key=lambda one: len(one.touches))
    at = shown(busiest.contact.id)
    assert len(at.get("plotly_chart")) == 4
    text = words(at)
    assert "In the last four weeks, this one included, you asked" in text
    assert "came by referral, through" in text
    assert "Asked on " in text
    assert len(at.dataframe) == 4
    assert list(at.dataframe[0].value.columns) == [
        "Week of",
        "People asked",
        "Nudges",
        "First answers",
        "People who said yes",
        "Meetings",
    ]


def test_days_in_a_stage_are_days_and_no_shares(live: Workspace) -> None:
    a_person(live, "Ada")
    happened(live, "ada", "asked", 5)
    happened(live, "ada", "accepted", 2)
    table = shown().dataframe[1].value
    assert table["Days until half had left"].tolist() == ["3.0", ""]
    assert table["Still there"].tolist() == [0, 1]


def test_a_click_in_the_tree_leads_to_the_person(live: Workspace) -> None:
    a_person(live, "Ada")
    a_person(live, "Ben", referred_by="ada")
    assert "Click on somebody" in words(shown())
    at = shown(chart_referrals={"selection": {"points": [{"customdata": ["ben"]}]}})
    assert ("Open Ben", "person=ben") in links(at)
    gone = shown(chart_referrals={"selection": {"points": [{"customdata": ["deleted"]}]}})
    assert "Click on somebody" in words(gone)


def test_whoever_led_to_a_meeting_is_named_until_they_were_told(live: Workspace) -> None:
    a_person(live, "Ada")
    a_person(live, "Ben", referred_by="ada")
    happened(live, "ben", "met", 2)
    at = shown()
    assert "Tell them how it went" in words(at)
    assert ("Ada, about Ben", "person=ada") in links(at)
    happened(live, "ada", "followed_up", 1)
    assert "Tell them how it went" not in words(shown())


def test_a_person_without_touches_has_no_picture(live: Workspace) -> None:
    a_person(live, "Ada")
    assert len(shown("ada").get("plotly_chart")) == 0


def test_hostile_names_and_notes_are_shown_letter_for_letter(live: Workspace) -> None:
    live.store.save_contact(Contact(id="eve", name=HOSTILE))
    live.store.save_contact(Contact(id="fred", name=HOSTILE, referred_by="eve"))
    asking.log(live, "fred", TouchKind.MET, note=HOSTILE)
    at = shown("fred")
    for element in [*at.markdown, *at.caption, *at.info]:
        assert "![x](" not in element.value
        assert "<script>" not in element.value
    for link in at.get("page_link"):
        assert "![x](" not in link.proto.label
    for chart in at.get("plotly_chart"):
        assert "<script>" not in chart.proto.spec.replace("\\u003c", "<").replace("\\u003e", ">")

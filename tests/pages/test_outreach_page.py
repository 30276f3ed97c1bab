"""The Outreach page: one section of numbers at a time, and the people behind a point of a chart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from builders import a_person
from page_driver import open_page, words
from streamlit.testing.v1 import AppTest

from iiplan.model import Cadence, Channel, Contact, Source, TouchKind
from iiplan.planner import asking, settings
from iiplan.planner.workspace import Workspace, load_demo

SECTIONS = ("funnel", "rates", "speed", "when", "needed", "activity", "referrals")

Visit = Callable[..., AppTest]


@pytest.fixture
def visit(database: Path) -> Visit:
    """Open the page at an address: visit(section="rates", **{"rates-by": "channel"})."""

    def opened(**address: str) -> AppTest:
        return open_page("outreach", **address)

    return opened


def links(at: AppTest) -> list[str]:
    """The labels of the links on the page."""
    return [element.proto.label.replace("\\", "") for element in at.get("page_link")]


def click(at: AppTest, chart: str, *point: object) -> None:
    """Choose a point of a chart by its custom data."""
    at.session_state[f"{chart}-0"] = {"selection": {"points": [{"customdata": list(point)}]}}
    at.run()
    assert not at.exception


def asked(ws: Workspace, name: str, *then: TouchKind, days_ago: int = 30, **details: object) -> Contact:
    """Somebody asked by e-mail so long ago, and what came of it."""
    contact = a_person(ws, name, **details)
    at = ws.now() - timedelta(days=days_ago)
    asking.log(ws, contact.id, TouchKind.ASKED, at=at, channel=Channel.EMAIL)
    for number, kind in enumerate(then, start=1):
        asking.log(ws, contact.id, kind, at=at + timedelta(hours=number))
    return contact


@pytest.mark.parametrize("section", SECTIONS)
def test_each_section_stands_in_the_address_and_shows_no_error(visit: Visit, live: Workspace, section: str) -> None:
    load_demo(live)
    at = visit(section=section)
    assert not at.error
    assert at.get("button_group")[0].value == section


def test_the_page_opens_with_the_funnel_also_at_an_unknown_address(visit: Visit, live: Workspace) -> None:
    a_person(live, "Ada")
    assert "How far people have come" in words(visit())
    odd = visit(section="<script>", **{"funnel-by": "<script>"})
    assert "How far people have come" in words(odd)
    assert odd.get("button_group")[0].value == "funnel"
    assert next(one for one in odd.selectbox if one.label == "Split by").value == "all"


def test_a_section_is_chosen_with_a_click_and_written_into_the_address(visit: Visit, live: Workspace) -> None:
    asked(live, "Ada")
    at = visit()
    at.get("button_group")[0].set_value("rates").run()
    assert "Who answers" in words(at)
    assert at.query_params["section"] == "rates"
    at.get("button_group")[0].set_value("funnel").run()
    assert "How far people have come" in words(at)
    assert "section" not in at.query_params


def test_the_grouping_stays_when_something_is_logged(visit: Visit, live: Workspace) -> None:
    asked(live, "Ada", source=Source.EVENT)
    at = visit(**{"funnel-by": "source"})
    assert "The one person is in one group: Event." in words(at)
    next(one for one in at.selectbox if one.label == "Who?").select("ada").run()
    next(one for one in at.button if one.label == "Met").click().run()
    assert "The one person is in one group: Event." in words(at)
    next(one for one in at.selectbox if one.label == "Split by").select("channel").run()
    assert at.query_params["funnel-by"] == "channel"
    assert "The one person is in one group: E-mail." in words(at)


@pytest.mark.parametrize("section", ["rates", "when"])
def test_a_section_without_asks_says_what_to_do_next(visit: Visit, live: Workspace, section: str) -> None:
    a_person(live, "Ada")
    at = visit(section=section)
    assert "Nobody has been asked yet. Ask somebody and log it" in words(at)
    assert "See whom to ask first" in links(at)


def test_a_click_on_a_bar_lists_the_people_behind_it_until_it_is_closed(visit: Visit, live: Workspace) -> None:
    asked(live, "Ada", TouchKind.MET, organisation="Acme [Works]")
    asked(live, "Bo")
    at = visit()
    assert links(at) == []
    click(at, "funnel", "met")
    assert links(at) == ["Ada"]
    assert "Acme [Works] · Met · last touch" in words(at)
    next(one for one in at.button if one.label == "Close").click().run()
    assert links(at) == []


def test_a_click_on_a_square_lists_that_group_only(visit: Visit, live: Workspace) -> None:
    asked(live, "Ada", TouchKind.REPLIED, source=Source.EVENT)
    asked(live, "Bo", TouchKind.REPLIED, source=Source.FRIEND)
    at = visit(**{"funnel-by": "source"})
    click(at, "funnel-by-source", "friend", "replied", 0)
    assert links(at) == ["Bo"]
    assert "Friend: Replied" in words(at)


def test_the_row_of_smaller_groups_lists_its_people_too(visit: Visit, live: Workspace) -> None:
    for number in range(13):
        a_person(live, f"P{number:02}", organisation=f"Works {number:02}")
    at = visit(**{"funnel-by": "organisation"})
    click(at, "funnel-by-organisation", "", "identified", 2)
    assert links(at) == ["P11", "P12"]
    assert "2 smaller groups: Identified" in words(at)


def test_a_click_on_a_dot_lists_who_was_asked(visit: Visit, live: Workspace) -> None:
    asked(live, "Ada", source=Source.EVENT)
    a_person(live, "Bo", source=Source.EVENT)
    at = visit(section="rates")
    click(at, "response-rate-by-source", "event")
    assert links(at) == ["Ada"]


def test_fifty_people_are_listed_and_the_rest_counted(visit: Visit, live: Workspace) -> None:
    live.store.save_contacts([Contact(id=f"p{number}", name=f"Person {number}") for number in range(53)])
    at = visit()
    click(at, "funnel", "identified")
    assert len([label for label in links(at) if label.startswith("Person")]) == 50
    assert "And 3 more people" in words(at)


def test_a_click_on_what_is_gone_meanwhile_lists_nobody(visit: Visit, live: Workspace) -> None:
    asked(live, "Ada", source=Source.EVENT)
    at = visit(**{"funnel-by": "source"})
    click(at, "funnel-by-source", "family", "replied", 0)
    assert links(at) == []


def test_who_was_never_asked_is_said_to_be_left_out(visit: Visit, live: Workspace) -> None:
    asked(live, "Ada")
    a_person(live, "Bo")
    assert "1 person never asked is left out." in words(visit(**{"funnel-by": "channel"}))
    assert "never asked" not in words(visit(**{"funnel-by": "source"}))


def test_the_patience_is_the_one_that_was_set(visit: Visit, live: Workspace) -> None:
    asked(live, "Ada", TouchKind.REPLIED, days_ago=5)
    assert "asked, too recently for a rate" in words(visit(section="rates"))
    settings.save_cadence(live, Cadence(next_person_after=1, nudge_after=1))
    at = visit(section="rates")
    assert "The one person who had time to answer did." in words(at)
    assert "first asked 1 business day ago or earlier" in words(at)


def test_when_to_ask_is_said_only_once_there_is_enough(visit: Visit, live: Workspace) -> None:
    for number in range(5):
        asked(live, f"P{number}", days_ago=28)
    at = visit(section="when")
    assert "Too early to tell weekdays apart: at least 5 more people" in words(at)
    assert not at.get("plotly_chart")
    for number in range(5):
        asked(live, f"Q{number}", TouchKind.REPLIED, days_ago=27)
    at = visit(section="when")
    assert "Of the groups of five or more, the highest share is" in words(at)
    assert len(at.get("plotly_chart")) == 1  # all were asked at one time of day
    assert "Too early to tell times of day apart" in words(at)


@pytest.mark.parametrize("section", ["funnel", "rates"])
@pytest.mark.parametrize("by", ["organisation", "template"])
def test_what_people_typed_is_shown_letter_for_letter(visit: Visit, live: Workspace, section: str, by: str) -> None:
    hostile = "![x](http://evil.example/p.png) <script>alert(1)</script> :red[no] $e^x$"
    contact = asked(live, "Eve", TouchKind.MET, organisation=hostile)
    live.store.save_contact(Contact(id=contact.id, name=hostile, organisation=hostile))
    asking.log(live, contact.id, TouchKind.ASKED, at=live.now() - timedelta(days=40), template=hostile)
    at = visit(section=section, **{f"{section}-by": by})
    if section == "funnel":
        click(at, f"funnel-by-{by}", hostile, "met", 0)
    else:
        click(at, f"response-rate-by-{by}", hostile)
    assert links(at) == [hostile]
    labels = [element.proto.label for element in at.get("page_link")]
    for text in [*labels, *(element.value for element in [*at.markdown, *at.caption])]:
        assert "![x](" not in text
        assert "<script>" not in text

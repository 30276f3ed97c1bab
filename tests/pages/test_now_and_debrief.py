"""The day on the phone, debriefs in one and in two windows, and thanks, run by Streamlit's own test driver."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from builders import WASHINGTON, a_candidate, a_person, a_trip, a_window
from page_driver import open_page, press, words
from streamlit.testing.v1 import AppTest

from iiplan.model import Channel, TouchKind, Trip, Welcome
from iiplan.planner import asking, debriefs, keeping, people, settings, week
from iiplan.planner.workspace import Workspace, open_workspace

NOW = datetime(2026, 12, 7, 9, 50, tzinfo=WASHINGTON)

Visit = Callable[..., AppTest]


@pytest.fixture
def live(database: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("IIPLAN_NOW", NOW.isoformat())
    return open_workspace(database, now=lambda: NOW)


@pytest.fixture
def visit(live: Workspace) -> Visit:
    """Open a page in a window of its own."""

    def opened(page: str = "today", **query: str) -> AppTest:
        return open_page(page, timezone="America/New_York", **query)

    return opened


@pytest.fixture
def trip(live: Workspace) -> Trip:
    """Ada at 10:00 and Bo at 11:00, both agreed and in one house; Di was left out."""
    trip = a_trip(live)
    for name, hour in (("Ada", 10), ("Bo", 11)):
        start = a_window(start=hour).start
        a_candidate(live, trip, name, a_window(), duration=30, fixed_start=start, debrief=10)
        asking.log(live, name.lower(), TouchKind.SCHEDULED, at=NOW - timedelta(days=4), timezone="America/New_York")
    a_candidate(live, trip, "Di", a_window(start=10, end=11), duration=30)
    week.plan(live, trip)
    return trip


def kinds(ws: Workspace, who: str) -> list[TouchKind]:
    return [touch.kind for touch in people.person(ws, who).touches]


def write(at: AppTest, label: str, text: str) -> None:
    next(one for one in at.text_area if one.label.startswith(label)).input(text).run()
    assert not at.exception


def a_talk(ws: Workspace, name: str = "Ann") -> None:
    a_person(ws, name)
    asking.log(ws, name.lower(), TouchKind.MET, at=NOW - timedelta(hours=1), timezone="America/New_York")


def kept(ws: Workspace, who: str = "ann") -> debriefs.Debrief:
    (debrief,) = ws.store.debriefs(who)
    return debrief


# ------------------------------------------------------------------------------------------------------------- now


def test_near_a_meeting_the_page_shows_the_next_stop_first_and_the_address_can_say_otherwise(
    visit: Visit, live: Workspace, trip: Trip
) -> None:
    text = words(visit())
    assert "Be on the way" in text
    assert text.index("**Ada**") < text.index("**Meet Bo at 11:00**")
    assert "1200 K St NW" in text
    assert "**Meet Ada at 10:00**" not in text
    assert "Next meeting" in words(visit(now="0"))


def test_far_from_a_meeting_the_day_is_there_when_asked_for(visit: Visit, live: Workspace) -> None:
    trip = a_trip(live)
    a_candidate(live, trip, "Ada", a_window(day=2), fixed_start=a_window(day=2).start)
    assert "No meeting is left today" not in words(visit())
    at = visit(now="1")
    assert "No meeting is left today. The next: Ada, Wed 9 Dec 09:00." in words(at)
    at.toggle[0].set_value(False).run()
    assert "No meeting is left today" not in words(at)
    assert at.query_params["now"] == "0"


def test_there_is_kept_for_the_day_and_met_is_logged_and_opens_the_debrief(
    visit: Visit, live: Workspace, trip: Trip
) -> None:
    at = visit()
    press(at, "There")
    assert "You are there" in words(at)
    assert kinds(live, "ada") == [TouchKind.SCHEDULED]
    press(at, "Undo")
    assert "Be on the way" in words(at)
    press(at, "Met")
    assert kinds(live, "ada") == [TouchKind.SCHEDULED, TouchKind.MET]
    assert "**Bo**" in words(at)
    write(at, "Everything", "Riders first.")
    write(at, "Their advice", "Write shorter.")  # it stays open although it is no longer due
    assert kept(live, "ada").text.dump == "Riders first."
    press(at, "Done")
    assert not [one for one in at.text_area if one.label.startswith("Everything")]
    assert "**Write down what Ada said**" not in words(at)


def test_late_says_what_breaks_and_whom_to_tell_and_undo_takes_it_back(
    visit: Visit, live: Workspace, trip: Trip
) -> None:
    at = visit()
    press(at, "Late by 10")
    assert "10 minutes late, and you are in time for everything today." in words(at)
    press(at, "Late by 20")
    press(at, "Late by 30")
    press(at, "Late by 40")
    text = words(at)
    assert "You reach Ada at 10:30 instead of 09:50: 30 minutes late." in text
    assert "You reach Bo at 11:10 instead of 10:50: 10 minutes late; skip the notes and you are on time." in text
    assert "Dear Ada, I am late and will be with you at 10:30 instead of 10:00." in text
    press(at, "Undo")
    assert "You reach Ada at 10:20" in words(at)
    assert [block.fixed for block in week.current(live, trip).agenda.meetings] == [True, True]  # type: ignore[union-attr]


def test_a_cancellation_is_logged_and_offers_stand_ins(visit: Visit, live: Workspace, trip: Trip) -> None:
    at = visit()
    press(at, "Cancelled")
    assert kinds(live, "ada")[-1] is TouchKind.CANCELLED
    text = words(at)
    assert "**Ada**, 10:00 to 10:30, fell through." in text
    assert "**Di**, Mon 7 Dec 10:" in text
    press(at, "Undo")
    assert "fell through" not in words(at)


# --------------------------------------------------------------------------------------------------------- debriefs


def test_every_box_is_a_version_and_the_promise_comes_up_on_today(visit: Visit, live: Workspace) -> None:
    a_talk(live)
    at = visit("learned", section="debriefs", person="ann")
    write(at, "Everything", "Clerk first.")
    write(at, "Something they said", "A map is a promise.")
    write(at, "What I promised", "the reading list")
    at.date_input[0].set_value(date(2026, 12, 8)).run()
    next(one for one in at.get("button_group") if one.label.startswith("Do they")).set_value(Welcome.YES).run()
    text = kept(live).text
    assert (text.dump, text.quote, text.promised_by, text.welcome) == (
        "Clerk first.",
        "A map is a promise.",
        date(2026, 12, 8),
        Welcome.YES,
    )
    assert kept(live).version == 5
    assert "Come back to Ann as promised" in words(visit())
    assert kinds(live, "ann") == [TouchKind.MET, TouchKind.NOTE]


def test_two_windows_that_write_at_once_lose_nothing_and_are_brought_together(visit: Visit, live: Workspace) -> None:
    a_talk(live)
    left = visit("learned", section="debriefs", person="ann")
    right = visit("learned", section="debriefs", person="ann")
    write(left, "Their advice", "Riders first.")
    write(right, "Their advice", "Write shorter.")
    assert "Another window wrote about Ann at the same time." in words(right)
    assert "**Advice**: Riders first." in words(right)
    assert [version.text.advice for version in kept(live).versions] == ["Riders first.", "Write shorter."]
    left.run()
    assert "Another window has written on since." in words(left)
    press(right, "Take it in")
    assert kept(live).text.advice == "Write shorter.\nRiders first."
    assert kept(live).unread_by_latest == ()
    assert "at the same time" not in words(right)
    press(left, "Show what is there now")
    assert next(one for one in left.text_area if one.label == "Their advice").value == "Write shorter.\nRiders first."


def test_keeping_mine_settles_it_and_the_other_text_can_still_be_brought_back(visit: Visit, live: Workspace) -> None:
    a_talk(live)
    left = visit("learned", section="debriefs", person="ann")
    right = visit("learned", section="debriefs", person="ann")
    write(left, "Their advice", "Riders first.")
    write(right, "Their advice", "Write shorter.")
    press(right, "Keep mine")
    assert kept(live).text.advice == "Write shorter."
    assert kept(live).unread_by_latest == ()
    next(one for one in right.selectbox if one.label == "Version").select(1).run()
    press(right, "Bring this version back")
    assert kept(live).text.advice == "Riders first."


def test_names_become_contacts_with_who_named_them_and_undo_takes_them_back(visit: Visit, live: Workspace) -> None:
    a_talk(live)
    a_person(live, "Bo")
    at = visit("contacts", person="ann")
    write(at, "Names they", "Jane Doe, Acme, can hire\nBo\nAnn")
    assert [one.label.replace("\\", "") for one in at.checkbox] == [
        "Jane Doe, Acme, Can hire · new",
        "Bo · known: note that Ann referred you",
    ]
    press(at, "Add 2 people")
    assert {one.name for one in live.store.contacts() if one.referred_by == "ann"} == {"Jane Doe", "Bo"}
    press(at, "Undo")
    assert {one.name for one in live.store.contacts()} == {"Ann", "Bo"}
    assert live.store.contact("bo").referred_by is None


def test_an_insight_is_added_from_the_debrief(visit: Visit, live: Workspace) -> None:
    a_talk(live)
    at = visit("learned", section="debriefs", person="ann")
    write(at, "Their advice", "Write shorter.")
    next(one for one in at.text_area if one.label.startswith("What did you learn")).input("Half the week is writing.")
    press(at, "Add insight")
    (insight,) = live.store.insights()
    assert (insight.contact_id, insight.debrief_id, insight.learned_on) == ("ann", kept(live).id, date(2026, 12, 7))


def test_without_a_meeting_both_places_say_what_to_do(visit: Visit, live: Workspace) -> None:
    a_person(live, "Ann")
    assert "Nobody was met yet." in words(visit("learned", section="debriefs"))
    at = visit("contacts", person="ann")
    at.session_state["person-debrief"] = True
    at.run()
    assert "No meeting with Ann is in the log." in words(at)


# ------------------------------------------------------------------------------------- thanks and keeping in touch


def test_a_card_has_its_envelope_the_quote_and_the_day_it_was_sent(
    visit: Visit, live: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_talk(live)
    settings.save_profile(live, settings.Profile(name="Robin Sample"))
    (talk,) = debriefs.talks(live)
    debriefs.save(live, talk.debrief, debriefs.DebriefText(quote="A map is a promise."))
    monkeypatch.setenv("IIPLAN_NOW", (NOW + timedelta(hours=15)).isoformat())
    at = visit()
    assert "8 h 00 min left" in words(at)  # of the 24 after the meeting
    press(at, "Message")
    next(one for one in at.selectbox if one.label == "How").select(Channel.CARD).run()
    assert "A map is a promise" in words(at)
    write(at, "Postal address", "12 Example Street\n20001 Washington")
    assert "Ann\n12 Example Street\n20001 Washington" in [one.value for one in at.code]
    next(one for one in at.date_input if one.label == "Sent on").set_value(date(2026, 12, 7)).run()
    press(at, "Card is in the post")
    touch = people.person(live, "ann").touches[-1]
    assert (touch.kind, touch.channel, touch.at.astimezone(WASHINGTON)) == (
        TouchKind.THANKED,
        Channel.CARD,
        datetime(2026, 12, 7, 12, 0, tzinfo=WASHINGTON),
    )


def test_a_gift_is_logged_by_its_name(visit: Visit, live: Workspace) -> None:
    a_talk(live)
    settings.save_profile(live, settings.Profile(name="Robin Sample"))
    at = visit()
    press(at, "Message")
    next(one for one in at.selectbox if one.label == "How").select(Channel.GIFT).run()
    next(one for one in at.text_input if one.label == "The gift").input("a bar of chocolate").run()
    write(at, "Something they said", "Riders first")
    press(at, "Gift is on its way")
    touch = people.person(live, "ann").touches[-1]
    assert (touch.channel, touch.note) == (Channel.GIFT, "a bar of chocolate")
    assert touch.at == NOW


def test_keeping_in_touch_has_a_reason_and_a_rhythm(
    visit: Visit, live: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_talk(live)
    asking.log(live, "ann", TouchKind.THANKED, timezone="America/New_York")
    monkeypatch.setenv("IIPLAN_NOW", (NOW + timedelta(days=20)).isoformat())
    at = visit()
    press(at, "Message")
    next(one for one in at.selectbox if one.label == "Keep in touch").select(8).run()
    assert keeping.every_weeks(live) == {"ann": 8}
    assert "**Keep in touch with Ann**" not in words(at)
    press(at, "Undo")
    assert keeping.every_weeks(live) == {}
    reasons = next(one for one in at.get("button_group") if one.label == "Reason to write")
    reasons.set_value(keeping.Reason.ARTICLE).run()
    press(at, "Written in words of my own")
    touch = people.person(live, "ann").touches[-1]
    assert (touch.kind, touch.note) == (TouchKind.FOLLOWED_UP, keeping.REASON[keeping.Reason.ARTICLE])


def test_who_does_not_welcome_it_is_named_on_today_with_the_reason(visit: Visit, live: Workspace) -> None:
    a_talk(live)
    asking.log(live, "ann", TouchKind.THANKED, timezone="America/New_York")
    (talk,) = debriefs.talks(live)
    debriefs.save(live, talk.debrief, debriefs.DebriefText(welcome=Welcome.NO))
    assert "Ann: They did not welcome a follow-up on Mon 7 Dec." in words(visit())
